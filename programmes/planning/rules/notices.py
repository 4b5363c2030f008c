"""What a safety notice is to say."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from kit.refusals import Refusal

SHORTEST_TEXT = 20


def against_notice(title: str, text: str, *, titles: Collection[str]) -> Iterator[Refusal]:
    if not title.strip():
        yield Refusal("no_title", _("A notice needs a title."), field="title")
    elif title.strip() in titles:
        yield Refusal(
            "title_taken",
            _("There is a notice called %(title)s already.") % {"title": title},
            _("Write its next version instead."),
            field="title",
        )
    if len(text.strip()) < SHORTEST_TEXT:
        yield Refusal(
            "too_short",
            _("A notice of a few characters warns nobody."),
            _("Say what is dangerous there, and who minds the children."),
            field="text",
        )


def against_old_version(version: int, *, newest: int) -> Iterator[Refusal]:
    if version != newest:
        yield Refusal(
            "old_version",
            _("There is a newer version, %(version)s.") % {"version": newest},
            _("Change that one."),
            field="text",
        )
