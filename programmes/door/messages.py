"""Facts that the door posts."""

# Payload: session. Posted each time that its diary is handed in.
DIARY_HANDED_IN = "session.diary_handed_in"
# Payload: session; was_kept; by: the person who settled it, or none.
SESSION_SETTLED = "session.settled"
# Payload: registration. Once for each of which nobody came, and that nobody has excused.
ABSENT = "registration.absent"
# Payload: registration; why: excused or came. Once, where an absence was told before.
ABSENCE_LIFTED = "registration.absence_lifted"
# Children of a family have not been fetched a while after a session without adults. Payload: registration. Once for each.
NOT_FETCHED = "door.not_fetched"
