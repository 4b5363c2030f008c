"""Facts that sign-up posts."""

# Payload: registration.
REGISTERED = "signup.registered"
CHANGED = "signup.registration_changed"
# Payload: session. Posted once for each session and day.
APPROVAL_ASKED = "signup.approval_asked"
# Payload: session. The day before, while somebody still waits for an answer.
APPROVAL_DUE = "signup.approval_due"
# Payload: registration.
APPROVED = "signup.approved"
# Payload: registration; by: the person who ended it, or none.
ENDED = "signup.registration_ended"
