"""Facts that sign-up posts."""

# Payload: registration.
REGISTERED = "signup.registered"
CHANGED = "signup.registration_changed"
# Payload: registration; by: the person who ended it, or none.
ENDED = "signup.registration_ended"
