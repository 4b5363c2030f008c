"""Facts that the door posts."""

# A child has not been fetched a while after a session without adults. Payload: seat. Once for each.
NOT_FETCHED = "door.not_fetched"
