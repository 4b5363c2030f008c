from networks.models.area import Area
from networks.models.journal import JournalLine
from networks.models.network import CheckFile, Network, NetworkHost
from networks.models.opening import OpeningStep
from networks.models.privacy import PrivacyText
from networks.models.scoping import TenantModel, inside

__all__ = [
    "Area",
    "CheckFile",
    "JournalLine",
    "Network",
    "NetworkHost",
    "OpeningStep",
    "PrivacyText",
    "TenantModel",
    "inside",
]
