from venues.forms.calendar import DaysForm
from venues.forms.closures import ClosureForm
from venues.forms.hours import HoursForm
from venues.forms.pictures import PictureForm, PictureWordsForm
from venues.forms.rooms import RoomForm
from venues.forms.tables import TableForm
from venues.forms.venues import CloseForGoodForm, DetailsForm, VenueForm

__all__ = [
    "CloseForGoodForm",
    "ClosureForm",
    "DaysForm",
    "DetailsForm",
    "HoursForm",
    "PictureForm",
    "PictureWordsForm",
    "RoomForm",
    "TableForm",
    "VenueForm",
]
