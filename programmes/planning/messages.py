"""Facts that planning posts; rooms above listen."""

# One for each session; payload: {"session": id}.
PUBLISHED = "planning.session_published"
MOVED = "planning.session_moved"
CALLED_OFF = "planning.session_called_off"
RESTORED = "planning.session_restored"
# Readers know of it, or of its new name; payload: {"activity": id}.
ACTIVITY_TOLD = "planning.activity_told"
# Its new name; payload: {"programme": id}, or the programme goes by another brand.
PROGRAMME_TOLD = "planning.programme_told"
# Its new name, or its new place among brands; payload: {"brand": id}.
BRAND_TOLD = "planning.brand_told"
# Its new theme; payload: {"season": id}.
SEASON_TOLD = "planning.season_told"
# What a new library system begins with: days of note, which the relay enters.
OBSERVANCES_WANTED = "planning.observances_wanted"
# Payload: phase. For planners, as the two below.
PHASE_BEGINS = "planning.phase_begins"
# Payload: phase, posted two weeks before it ends.
PHASE_ENDS = "planning.phase_ends"
# Payload: observance, first (its first day), with nothing planned for it.
OBSERVANCE_NEAR = "planning.observance_near"
