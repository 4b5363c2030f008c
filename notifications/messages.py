"""Facts that notifications posts, besides each delivery's own."""

# Payload: day. Once for each day on which no more SMS may go out.
BUDGET_USED_UP = "notifications.budget_used_up"
# Payload: letter. Each tells so many of its people, and posts the next.
LETTER = "notifications.letter"
