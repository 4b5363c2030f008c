from people.models.appointment import Appointment
from people.models.child import Child, ChildPair, ReaderNumber
from people.models.consent import Consent, Retention
from people.models.data_copy import DataCopy
from people.models.device import Device
from people.models.former_number import FormerNumber
from people.models.grant import Grant
from people.models.household import Household, JoinLink, Member
from people.models.login_session import LoginSession
from people.models.person import Person

__all__ = [
    "Appointment",
    "Child",
    "ChildPair",
    "Consent",
    "DataCopy",
    "Device",
    "FormerNumber",
    "Grant",
    "Household",
    "JoinLink",
    "LoginSession",
    "Member",
    "Person",
    "ReaderNumber",
    "Retention",
]
