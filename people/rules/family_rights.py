"""The one table of who may do what in a household. Pages, commands of upper rooms and tests read it.

A young person is no member: the row is a child's own login, and every verb is about that child alone.
"""

from people.choices import FamilyVerb, MemberRole

V = FamilyVerb

FAMILY_RIGHTS: dict[MemberRole, frozenset[FamilyVerb]] = {
    # Guardians see and stop everything.
    MemberRole.GUARDIAN: frozenset(V) - {V.DECLARE_CONSENTS},
    # Carers do the day's work within what guardians agreed to. A guardian they may invite only where there is none yet.
    MemberRole.CARER: frozenset(
        {
            V.SEE_CHILDREN,
            V.ADD_CHILD,
            V.CHANGE_CHILD,
            V.GIVE_READER_NUMBER,
            V.REGISTER,
            V.SEE_CONSENTS,
            V.DECLARE_CONSENTS,
            V.SEE_MEMBERS,
            V.INVITE_GUARDIAN,
            V.LEAVE,
            V.CHOOSE_DISTRICT,
        }
    ),
    MemberRole.YOUNG: frozenset({V.SEE_CHILDREN, V.REGISTER, V.SEE_CONSENTS, V.SEE_READINGS, V.END_YOUNG_LOGIN}),
}

# As long as no guardian has joined, carers answer for what they began.
WITHOUT_GUARDIAN = frozenset({V.REMOVE_CHILD, V.ERASE})


def may(role: MemberRole | str, verb: FamilyVerb, *, has_guardian: bool = True) -> bool:
    if role == MemberRole.CARER and not has_guardian and verb in WITHOUT_GUARDIAN:
        return True
    return verb in FAMILY_RIGHTS[MemberRole(role)]
