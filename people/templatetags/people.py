"""What templates ask of people: a masked number, a right."""

from collections.abc import Sequence
from datetime import timedelta

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.refusals import Text
from people.models import Child, Person
from people.prints.data_copy import in_words
from people.queries.rights import rights_of
from people.rules import names, phones, reader_numbers
from people.rules.ages import told_apart

register = template.Library()


@register.filter
def masked_phone(number: str) -> str:
    return phones.masked(number)


@register.filter
def masked_reader_number(number: str) -> str:
    return reader_numbers.masked(number)


@register.filter
def masked_name(name: str) -> str:
    return names.masked(name)


@register.filter
def child_line(child: Child) -> str:
    """Month of birth, age and school: what tells a child from another of the same name."""
    return told_apart(child.birth_month, timezone.localdate(), school=child.school)


@register.filter
def span(length: timedelta) -> str:
    """How long something takes, to the second or, beyond an hour, to the minute."""
    seconds = int(length.total_seconds())
    if seconds < 60:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": seconds}
    hours, minutes = divmod(minutes, 60)
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}


@register.filter
def cell(value: object) -> str:
    """A value of the register of what is kept, in the time zone that is switched on."""
    return in_words(value, timezone.get_current_timezone())


@register.filter
def labelled(row: Sequence[object], heads: Sequence[Text]) -> list[tuple[Text, str]]:
    """The cells of a row in words, each with its head; what is empty is left out."""
    return [(head, words) for head, words in headed(row, heads) if words]


@register.filter
def headed(row: Sequence[object], heads: Sequence[Text]) -> list[tuple[Text, str]]:
    """The cells of a row in words, each with its head; what is empty too, for a table."""
    return [(head, cell(value)) for head, value in zip(heads, row, strict=True)]


@register.filter
def may(person: Person, verb: str) -> bool:
    """{% if request.user|may:"export" %}: the same table as the doors read."""
    return person.is_authenticated and rights_of(person).may(verb)
