"""Facts that people post, by name."""

# Payload: person, and phone, code sealed under CODE; minutes.
SIGN_IN_CODE = "people.sign_in_code"
# Payload: person, whose account lost its number.
NUMBER_TAKEN_OVER = "people.number_taken_over"
# Payload: person; old and new number sealed under CODE.
NUMBER_CHANGED = "people.number_changed"
# Payload: device.
DEVICE_ASKED = "people.device_asked"
# Payload: device, answer.
DEVICE_ANSWERED = "people.device_answered"
# Payload: person, what was added or removed.
SECOND_FACTOR_CHANGED = "people.second_factor_changed"
# Payload: consent, the answer that took the place of an agreement.
CONSENT_WITHDRAWN = "people.consent_withdrawn"
# Payload: consent that a carer declared and that runs out soon.
CONSENT_RUNS_OUT = "people.consent_runs_out"
# Payload: household; by, whoever did it, or none for the clock.
CHILD_ERASED = "people.child_erased"
# Payload: members, the ids of the adults; by.
HOUSEHOLD_ERASED = "people.household_erased"
# Payload: person; phone as it was, sealed under CODE.
PERSON_ERASED = "people.person_erased"
# Payload: person, long silent; on, the day on which the account goes.
SILENCE_WARNED = "people.silence_warned"
# Payload: copy, ready to be fetched.
DATA_COPY_READY = "people.data_copy_ready"
# Payload: appointment. Posted again when somebody is reminded.
ROLE_OFFERED = "people.role_offered"
# Payload: appointment, answer.
ROLE_ANSWERED = "people.role_answered"
# Payload: person who leaves, by, ends_at.
STAFF_LEFT = "people.staff_left"
# Payload: device whose 90 days end soon.
DEVICE_RUNS_OUT = "people.device_runs_out"

# What the phone and code in a payload are sealed for.
CODE = "people.code"

# Payload: member, who came in by a link.
MEMBER_JOINED = "people.member_joined"
# Payload: member; by, who changed the role.
MEMBER_CHANGED = "people.member_changed"
# Payload: member; by, who removed them.
MEMBER_REMOVED = "people.member_removed"
# Payload: member, who left.
MEMBER_LEFT = "people.member_left"
# Payload: link, of role young.
YOUNG_LOGIN_OFFERED = "people.young_login_offered"
# Payload: child.
YOUNG_LOGIN_OPENED = "people.young_login_opened"
# Payload: kept and gone, two children; household, the one that lost its row.
CHILDREN_MERGED = "people.children_merged"

# The journal's line for each child whose record staff opened.
CHILD_READ = "people.child_read"
