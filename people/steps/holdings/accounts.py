"""Accounts, and with what people sign in."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kit import clock
from people.models import Child, DataCopy, Device, FormerNumber, LoginSession, Member, Person
from people.queries.ownership import all_of, ends_with
from people.queries.persons import never_verified
from people.queries.silence import silent_and_warned
from people.registers.holdings import Holding, Owner, Retention, Section, holdings
from people.rules import agents, phones
from people.steps.erasing import erase
from people.steps.holdings.words import NOBODY, SERVICE, YOU_AND_STAFF

# In the journal, as the reason of what the clock did.
SILENCE = "silence"


def _persons() -> "QuerySet[Person]":
    rows: QuerySet[Person] = Person.objects.filter(erased_at=None)
    return rows


def _ours() -> "QuerySet[Person]":
    """To narrow tables of third parties, which know no network, to this one."""
    return Person.objects.values("pk")


def _export_account(owner: Owner) -> list[Section]:
    heads = (_("Mobile number"), _("Name"), _("E-mail"), _("Since"), _("Last visit"))
    rows = [
        (phones.spaced(person.phone), person.name, person.email, person.joined_at, person.seen_on)
        for person in owner.persons
    ]
    return [Section("account", _("Your account"), heads, tuple(rows))]


def _erase_account(owner: Owner, at: datetime) -> int:
    gone = 0
    # A young person's own account goes alone; the record stays with the family.
    Child.objects.filter(person__in=owner.persons).update(person=None)
    for person in owner.persons:
        EmailAddress.objects.filter(user_id=person.pk).delete()
        person.groups.clear()
        person.user_permissions.clear()
        person.name = person.email = person.phone_sealed = ""
        person.phone_index = person.phone_verified_at = person.seen_on = person.silence_warned_at = None
        person.is_active, person.erased_at = False, at
        person.set_unusable_password()
        person.__dict__.pop("phone", None)
        person.save()
        gone += 1
    return gone


def _purge_silent(before: datetime, most: int, at: datetime) -> int:
    """With the families that end with them. Families are locked first, as everywhere; then it is asked once more."""
    gone = 0
    for person in silent_and_warned(before)[:most]:
        ending = [all_of(household) for household in ends_with(person).select_for_update(of=("self",))]
        if not silent_and_warned(before).select_for_update(of=("self",)).filter(pk=person.pk).exists():
            continue
        owner = Owner(
            person,
            tuple(child for each in ending for child in each.children),
            tuple(household for each in ending for household in each.households),
        )
        erase(owner, by=None, at=at, reason=SILENCE)
        gone += 1
    return gone


def _purge_unverified(before: datetime, most: int, _at: datetime) -> int:
    found = list(never_verified(before=before).order_by("pk").values_list("pk", flat=True)[:most])
    Person.objects.filter(pk__in=found).delete()
    return len(found)


def _export_devices(owner: Owner) -> list[Section]:
    devices = Device.objects.filter(person__in=owner.persons).order_by("-first_seen_at", "-pk")
    sessions = UserSession.objects.filter(user_id__in=[person.pk for person in owner.persons]).order_by("-pk")
    return [
        Section(
            "devices",
            _("Devices on which you signed in"),
            (_("Device"), _("First time"), _("Confirmed for work")),
            tuple((row.label, row.first_seen_at, row.confirmed_at) for row in devices),
        ),
        Section(
            "sessions",
            _("Where you are signed in"),
            (_("Device"), _("Network address"), _("Since")),
            tuple((agents.name_of(row.user_agent), row.ip, row.created_at) for row in sessions),
        ),
    ]


def _erase_devices(owner: Owner, _at: datetime) -> int:
    gone: int = Device.objects.filter(person__in=owner.persons).delete()[0]
    return gone


def _quiet_devices(before: datetime) -> "QuerySet[Device]":
    """A confirmed phone holds for ninety days after its confirmation, far less than this."""
    rows: QuerySet[Device] = Device.objects.filter(
        Q(confirmed_at=None) | Q(confirmed_at__lt=before), Q(asked_at=None) | Q(asked_at__lt=before)
    ).filter(first_seen_at__lt=before)
    return rows.order_by("first_seen_at", "pk")


def _erase_sessions(owner: Owner, _at: datetime) -> int:
    """Signed out everywhere."""
    sessions = UserSession.objects.filter(user_id__in=[person.pk for person in owner.persons])
    LoginSession.objects.filter(session_key__in=list(sessions.values_list("session_key", flat=True))).delete()
    return int(sessions.delete()[0])


def _ended_sessions(before: datetime) -> "QuerySet[LoginSession]":
    rows: QuerySet[LoginSession] = LoginSession.objects.filter(expire_date__lt=before)
    return rows.order_by("expire_date", "pk")


def _purge_sessions(before: datetime, most: int, _at: datetime) -> int:
    """With what the list of devices knew of them."""
    gone = _first(_ended_sessions(before), most)
    live = LoginSession.objects.values("session_key")
    UserSession.objects.filter(user_id__in=_ours()).exclude(session_key__in=live).delete()
    return gone


def _export_factors(owner: Owner) -> list[Section]:
    rows = Authenticator.objects.filter(user_id__in=[person.pk for person in owner.persons]).order_by("pk")
    heads = (_("Kind"), _("Since"), _("Last used"))
    cells = tuple((row.get_type_display(), row.created_at, row.last_used_at) for row in rows)
    return [Section("second_factors", _("Second factors"), heads, cells)]


def _erase_factors(owner: Owner, _at: datetime) -> int:
    return int(Authenticator.objects.filter(user_id__in=[person.pk for person in owner.persons]).delete()[0])


def _export_numbers(owner: Owner) -> list[Section]:
    rows = FormerNumber.objects.filter(person__in=owner.persons).select_related("network").order_by("-taken_at", "-pk")
    cells = tuple((phones.masked(row.phone), row.taken_at) for row in rows)
    return [Section("former_numbers", _("Former numbers"), (_("Mobile number"), _("Taken over")), cells)]


def _erase_numbers(owner: Owner, _at: datetime) -> int:
    gone: int = FormerNumber.objects.filter(person__in=owner.persons).delete()[0]
    return gone


def _old_numbers(before: datetime) -> "QuerySet[FormerNumber]":
    rows: QuerySet[FormerNumber] = FormerNumber.objects.filter(taken_at__lt=before)
    return rows.order_by("taken_at", "pk")


def _export_copies(owner: Owner) -> list[Section]:
    rows = DataCopy.objects.filter(person__in=owner.persons).order_by("-asked_at", "-pk")
    cells = tuple((row.asked_at, row.expires_at, row.taken) for row in rows)
    heads = (_("Asked for"), _("Until"), _("Times fetched"))
    return [Section("copies", _("Copies of your data"), heads, cells)]


def _drop_copies(rows: "QuerySet[DataCopy]") -> int:
    found = list(rows)
    for copy in found:
        if copy.file:
            copy.file.delete(save=False)
    DataCopy.objects.filter(pk__in=[copy.pk for copy in found]).delete()
    return len(found)


def _erase_copies(owner: Owner, _at: datetime) -> int:
    """Copies that hold an erased child go from whoever had them made."""
    families = [child.household_id for child in owner.children]
    with_child = Member.objects.filter(household__in=families).values("person_id")
    return _drop_copies(DataCopy.objects.filter(Q(person__in=owner.persons) | Q(person__in=with_child)))


def _old_copies(before: datetime) -> "QuerySet[DataCopy]":
    """Counted from the day on which they were asked for, as their time to be fetched is."""
    rows: QuerySet[DataCopy] = DataCopy.objects.filter(asked_at__lt=before)
    return rows.order_by("asked_at", "pk")


def _first(rows: "QuerySet[Any]", most: int) -> int:
    """Take the first so many away."""
    found = list(rows.values_list("pk", flat=True)[:most])
    rows.model.objects.filter(pk__in=found).delete()
    return len(found)


ACCOUNTS = holdings.add(
    Holding(
        key="people.accounts",
        title=_("Accounts"),
        what=_("Mobile number (sealed), name and e-mail if given, the day of the last visit."),
        why=_("To sign you in, and to reach you about what you signed up for."),
        basis=SERVICE,
        who_sees=_("You and the adults of your family; library staff by a search for the full number, never in lists."),
        models=(
            "people.Person",
            "people.Person_groups",
            "people.Person_user_permissions",
            "account.EmailAddress",
        ),
        rows=_persons,
        export=_export_account,
        erase=_erase_account,
        retention=Retention(
            days=730,
            shortest=365,
            longest=1825,
            since=_("the last visit; told 30 days before"),
            since_field="joined_at",
            due=silent_and_warned,
            purge=_purge_silent,
        ),
        place=90,
        shown=30,
    )
)
UNVERIFIED = holdings.add(
    Holding(
        key="people.unverified",
        title=_("Numbers that nobody proved"),
        what=_("A mobile number that was typed once, without the code that belongs to it."),
        why=_("So that the code can be checked when it is typed."),
        basis=SERVICE,
        who_sees=NOBODY,
        models=("people.Person",),
        rows=lambda: never_verified(before=clock.now()),
        stays=_("Nothing stays: these rows are removed whole."),
        retention=Retention(
            days=1,
            shortest=1,
            longest=7,
            since=_("the typing of the number"),
            since_field="joined_at",
            due=lambda before: never_verified(before=before).order_by("joined_at", "pk"),
            purge=_purge_unverified,
        ),
        place=95,
    )
)
DEVICES = holdings.add(
    Holding(
        key="people.devices",
        title=_("Known devices"),
        what=_("Kind of phone or browser, and when you first signed in on it. Its secret only as a hash."),
        why=_(
            "So that a number that was handed on does not open your account; keepers' phones are confirmed for work."
        ),
        basis=SERVICE,
        who_sees=_("You; for a keeper's phone the librarians of the district."),
        models=("people.Device",),
        rows=Device.objects.all,
        export=_export_devices,
        erase=_erase_devices,
        retention=Retention(
            days=400,
            shortest=90,
            longest=800,
            since=_("the first sign-in on it"),
            since_field="first_seen_at",
            due=_quiet_devices,
            purge=lambda before, most, _at: _first(_quiet_devices(before), most),
        ),
        place=80,
    )
)
SESSIONS = holdings.add(
    Holding(
        key="people.sessions",
        title=_("Sign-in sessions"),
        what=_("That a browser is signed in, its kind and network address."),
        why=_("So that you stay signed in, and can sign out elsewhere."),
        basis=SERVICE,
        who_sees=NOBODY,
        models=("usersessions.UserSession", "people.LoginSession"),
        rows=LoginSession.objects.all,
        erase=_erase_sessions,
        retention=Retention(
            days=1,
            shortest=1,
            longest=30,
            since=_("the end of the session"),
            since_field="expire_date",
            due=_ended_sessions,
            purge=_purge_sessions,
        ),
        place=85,
    )
)
FACTORS = holdings.add(
    Holding(
        key="people.second_factors",
        title=_("Second factors"),
        what=_("Sealed secrets of authenticator apps, public keys of passkeys, and recovery codes."),
        why=_("To be sure of who opens a staff page."),
        basis=SERVICE,
        who_sees=NOBODY,
        models=("mfa.Authenticator",),
        rows=lambda: Authenticator.objects.filter(user_id__in=_ours()),
        export=_export_factors,
        erase=_erase_factors,
        kept=_("Until you remove it, or your account goes."),
        place=81,
    )
)
NUMBERS = holdings.add(
    Holding(
        key="people.former_numbers",
        title=_("Former numbers"),
        what=_("The number (sealed) that a long silent account lost to a new one."),
        why=_("So that staff can give it back when the family of the older account comes to the desk."),
        basis=SERVICE,
        who_sees=YOU_AND_STAFF,
        models=("people.FormerNumber",),
        rows=FormerNumber.objects.all,
        export=_export_numbers,
        erase=_erase_numbers,
        retention=Retention(
            days=365,
            shortest=180,
            longest=730,
            since=_("the change of hands"),
            since_field="taken_at",
            due=_old_numbers,
            purge=lambda before, most, _at: _first(_old_numbers(before), most),
        ),
        place=82,
    )
)
COPIES = holdings.add(
    Holding(
        key="people.copies",
        title=_("Copies of one's data"),
        what=_("The file that you asked for, with all that is listed here."),
        why=_("So that you can take your data home."),
        basis=SERVICE,
        who_sees=NOBODY,
        models=("people.DataCopy",),
        rows=DataCopy.objects.all,
        export=_export_copies,
        erase=_erase_copies,
        retention=Retention(
            days=7,
            shortest=1,
            longest=7,
            since=_("the asking"),
            since_field="asked_at",
            due=_old_copies,
            purge=lambda before, most, _at: _drop_copies(_old_copies(before)[:most]),
        ),
        place=83,
    )
)
