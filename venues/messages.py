"""Facts that venues post; rooms above listen."""

CHANGED = "venues.changed"
CLOSURE_ADDED = "venues.closure_added"
CLOSURE_WITHDRAWN = "venues.closure_withdrawn"
