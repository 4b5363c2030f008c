"""Words with a fixed meaning in people."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    """What somebody does for a library system. A reader has none."""

    PLANNER = "planner", _("Planner")
    DISTRICT_LIBRARIAN = "district_librarian", _("District librarian")
    KEEPER = "keeper", _("Keeper of a reading space")
    EDITOR = "editor", _("Editor")
    JUDGE = "judge", _("Judge")
    TEACHER = "teacher", _("School teacher")
    VOLUNTEER_COORDINATOR = "volunteer_coordinator", _("Volunteer coordinator")
    NETWORK_ADMIN = "network_admin", _("Administrator of the library system")
    OPERATOR = "operator", _("Operator of the service")


class Verb(TextChoices):
    """Few on purpose: a page asks for one verb, perhaps for an area."""

    SEE_PLAN = "see_plan", _("See the plan")
    PLAN = "plan", _("Plan seasons and sessions")
    CLAIM = "claim", _("Claim, report and order for an area")
    RUN_SESSIONS = "run_sessions", _("Run sessions on the day")
    WRITE_PAGES = "write_pages", _("Write and publish pages")
    JUDGE_ENTRIES = "judge_entries", _("Judge entries")
    SUBMIT_ENTRIES = "submit_entries", _("Send in the entries of a class")
    TEND_VOLUNTEERS = "tend_volunteers", _("Look after volunteers")
    SEE_PEOPLE = "see_people", _("See people's records")
    EXPORT = "export", _("Take figures and lists out")
    CONFIRM_DEVICES = "confirm_devices", _("Confirm keepers' phones")
    GRANT_ROLES = "grant_roles", _("Give and end roles")
    SEE_JOURNAL = "see_journal", _("Read the journal")
    WATCH_SERVICE = "watch_service", _("See what was not delivered and send it again")
    CHANGE_SETTINGS = "change_settings", _("Change the settings of the library system")
    OPERATE = "operate", _("Open library systems")
    APPOINT_KEEPERS = "appoint_keepers", _("Invite keepers of reading spaces")
    TEND_VENUES = "tend_venues", _("Look after venues: details, hours, closures")
    OPEN_VENUES = "open_venues", _("Add, import and close venues and areas")
    MEND_FAMILIES = "mend_families", _("Correct and merge families' records")
    TEND_PRIVACY = "tend_privacy", _("Look after what is kept about people, and for how long")


class Assurance(TextChoices):
    """How sure we must be of who it is, weakest first."""

    CODE = "code", _("Code by SMS")
    BOUND_DEVICE = "bound_device", _("Code by SMS on a confirmed phone")
    SECOND_FACTOR = "second_factor", _("Second factor")


class DeviceState(TextChoices):
    ASKED = "asked", _("Waiting")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")
    REVOKED = "revoked", _("Revoked")
    EXPIRED = "expired", _("Expired")


class OfferState(TextChoices):
    OPEN = "open", pgettext_lazy("an invitation", "Waiting for an answer")
    EXPIRED = "expired", _("Not answered in time")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class MemberRole(TextChoices):
    """What an adult may do in a household; family_rights.py has the table. A young person has an own login."""

    GUARDIAN = "guardian", _("Guardian")
    CARER = "carer", _("Carer")
    YOUNG = "young", _("The child")


class FamilyVerb(TextChoices):
    """What can be done in a household, for rules/family_rights.py."""

    SEE_CHILDREN = "see_children", _("See the children")
    ADD_CHILD = "add_child", _("Add a child")
    CHANGE_CHILD = "change_child", _("Change a child's details")
    REMOVE_CHILD = "remove_child", _("Have a child's record erased")
    GIVE_READER_NUMBER = "give_reader_number", _("Give a child's reader number")
    REGISTER = "register", _("Sign up, within what was agreed to")
    SEE_CONSENTS = "see_consents", _("See what was agreed to")
    ANSWER_CONSENTS = "answer_consents", _("Agree or not")
    WITHDRAW_CONSENTS = "withdraw_consents", _("Withdraw what was agreed to")
    DECLARE_CONSENTS = "declare_consents", _("Say that a guardian agrees, until a guardian answers")
    SEE_MEMBERS = "see_members", _("See the members")
    INVITE_CARER = "invite_carer", _("Invite a carer")
    INVITE_GUARDIAN = "invite_guardian", _("Invite a guardian")
    CHANGE_ROLE = "change_role", _("Change a member's role")
    REMOVE_MEMBER = "remove_member", _("Remove a member")
    LEAVE = "leave", _("Leave the household")
    SEE_READINGS = "see_readings", _("See which staff looked")
    EXPORT = "export", _("Take a copy of all that is kept")
    ERASE = "erase", _("Have the household erased")
    OPEN_YOUNG_LOGIN = "open_young_login", _("Open a young person's own login")
    END_YOUNG_LOGIN = "end_young_login", _("End a young person's own login")
    CHOOSE_DISTRICT = "choose_district", _("Choose the district")


class Relation(TextChoices):
    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    FATHERS_PARENT = "fathers_parent", _("Grandparent, father's side")
    MOTHERS_PARENT = "mothers_parent", _("Grandparent, mother's side")
    RELATIVE = "relative", _("Other relative")
    NANNY = "nanny", _("Nanny")
    OTHER = "other", _("Other")


class ConsentAnswer(TextChoices):
    GIVEN = "given", _("Agreed")
    REFUSED = "refused", _("Not agreed")


class ConsentEnd(TextChoices):
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REPLACED = "replaced", _("Replaced by another answer")
    EXPIRED = "expired", _("Not confirmed in time")
    ERASED = "erased", _("Erased")


class PairState(TextChoices):
    OPEN = "open", _("To be looked at")
    DIFFERENT = "different", _("Two children")
    MERGED = "merged", _("One child")
