"""A host's telephone, as staff type and read it."""

# What a sealed number is bound to; another column's does not open here.
HOST_PHONE = "host_phone"
