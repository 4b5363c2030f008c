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


def may(role: MemberRole | str, verb: FamilyVerb) -> bool:
    return verb in FAMILY_RIGHTS[MemberRole(role)]
