"""What upper rooms hang on sign-up, filled in their `apps.ready()`."""

from kit.page_parts import PageParts
from programmes.signup.models import Registration

# High up on a ticket, to whoever has its code: whether the party is in, for one. No names.
ticket_parts: PageParts[Registration] = PageParts()
