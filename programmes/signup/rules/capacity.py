"""What speaks against fewer places."""

from collections.abc import Iterable, Iterator

from django.utils.translation import ngettext

from kit.refusals import Refusal
from programmes.planning.models import Session
from programmes.planning.rules.wording import span_words


def against_fewer(wanted: Iterable[tuple[Session, int, int | None]], *, is_one: bool) -> Iterator[Refusal]:
    """`wanted`: sessions, how many of their places are taken, and how many there would be. Of many the fullest is named:
    what is enough for that one is enough for all.
    """
    short = [(taken, session) for session, taken, capacity in wanted if capacity is not None and capacity < taken]
    if not short:
        return
    taken, session = max(short, key=lambda one: one[0])
    words = {"taken": taken, "when": span_words(session.starts_at, session.ends_at)}
    if is_one:
        text = ngettext(
            "%(taken)s place is taken, so there cannot be fewer than %(taken)s.",
            "%(taken)s places are taken, so there cannot be fewer than %(taken)s.",
            taken,
        )
    else:
        text = ngettext(
            "%(taken)s place of %(when)s is taken, so there cannot be fewer than %(taken)s.",
            "%(taken)s places of %(when)s are taken, so there cannot be fewer than %(taken)s.",
            taken,
        )
    yield Refusal("places_are_taken", text % words, field="capacity")
