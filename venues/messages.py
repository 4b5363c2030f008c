"""Facts that venues post; rooms above listen."""

CHANGED = "venues.changed"
CLOSURE_ADDED = "venues.closure_added"
CLOSURE_CHANGED = "venues.closure_changed"
CALENDAR_WANTED = "venues.calendar_wanted"
