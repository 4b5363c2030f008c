from networks.models.area import Area
from networks.models.export import Export
from networks.models.fact import Fact
from networks.models.job import Job
from networks.models.journal import JournalLine
from networks.models.network import CheckFile, Network, NetworkHost
from networks.models.opening import OpeningStep
from networks.models.privacy import PrivacyText
from networks.models.scoping import TenantModel, inside
from networks.models.service import Period, Pulse

__all__ = [
    "Area",
    "CheckFile",
    "Export",
    "Fact",
    "Job",
    "JournalLine",
    "Network",
    "NetworkHost",
    "OpeningStep",
    "Period",
    "PrivacyText",
    "Pulse",
    "TenantModel",
    "inside",
]
