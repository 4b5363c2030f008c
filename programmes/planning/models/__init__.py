from programmes.planning.models.book import ActivityBook, Book, BookList, BookListLine
from programmes.planning.models.brand import Brand
from programmes.planning.models.host import Engagement, Host, HostAbsence, HostHours
from programmes.planning.models.programme import Activity, ActivityPicture, Programme, ProgrammeVenue
from programmes.planning.models.season import Observance, Phase, Season
from programmes.planning.models.session import Rollout, SafetyNotice, Session, Slot, VenueSet
from programmes.planning.models.unit import PartnerUnit, UnitLine

__all__ = [
    "Activity",
    "ActivityBook",
    "ActivityPicture",
    "Book",
    "BookList",
    "BookListLine",
    "Brand",
    "Engagement",
    "Host",
    "HostAbsence",
    "HostHours",
    "Observance",
    "PartnerUnit",
    "Phase",
    "Programme",
    "ProgrammeVenue",
    "Rollout",
    "SafetyNotice",
    "Season",
    "Session",
    "Slot",
    "UnitLine",
    "VenueSet",
]
