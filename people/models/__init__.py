from people.models.device import Device
from people.models.former_number import FormerNumber
from people.models.grant import Grant
from people.models.login_session import LoginSession
from people.models.person import Person

__all__ = ["Device", "FormerNumber", "Grant", "LoginSession", "Person"]
