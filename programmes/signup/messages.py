"""Facts that sign-up posts."""

# A registration was made, each told in its own way: by the family; and the library says yes first; by the library for the
# family; of a class; by moving it from another session. Payload: registration; of a course, the first one, and days: how many.
REGISTERED = "signup.registered"
ASKED = "signup.asked"
WRITTEN_DOWN = "signup.written_down"
GROUP_REGISTERED = "signup.group_registered"
MOVED = "signup.moved"
WAITING = "signup.waiting"
CHANGED = "signup.registration_changed"
# Payload: session. Posted once for each session and day.
APPROVAL_ASKED = "signup.approval_asked"
# Payload: session. The day before, while somebody still waits for an answer.
APPROVAL_DUE = "signup.approval_due"
# Payload: registration.
APPROVED = "signup.approved"
# Payload: registration; by: the person who ended it, or none; of a course that is given up, days.
ENDED = "signup.registration_ended"
# Payload: session; starts_at: when it begins, as it was known then. Posted the evening before.
REMINDERS_DUE = "signup.reminders_due"
# Payload: registration; starts_at.
REMINDER_DUE = "signup.reminder_due"
# Payload: session. Posted once it is over.
THANKS_DUE = "signup.thanks_due"
# Payload: registration.
THANK_DUE = "signup.thank_due"
# Payload: registration; until: when the invitation runs out.
INVITED = "signup.invited"
