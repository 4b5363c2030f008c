from venues.models.calendar import CalendarDay, Closure
from venues.models.venue import OpeningHours, Room, Venue, VenuePicture

__all__ = ["CalendarDay", "Closure", "OpeningHours", "Room", "Venue", "VenuePicture"]
