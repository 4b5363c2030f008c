"""A session's block on pages of days and weeks: drawn hundreds of times on a page, so without a template of its own."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from kit.markup import NOTHING, attribute, said
from programmes.planning.choices import SessionState
from programmes.planning.queries.days import Block

register = template.Library()


@register.simple_tag
def session_block(block: Block, part: int | None = None) -> SafeString:
    """`part`: eighths of its width that are its own time."""
    return _drawn(block, attribute("data-part", part), NOTHING)


@register.simple_tag
def session_line(block: Block) -> SafeString:
    """With its place, for lists by time."""
    venue = block.session.venue
    place = " · ".join(word for word in (venue.name if venue else "", block.place) if word)
    return _drawn(block, "", f' <span class="dv-place">{said(place)}</span>')


def _drawn(block: Block, marks: str, place: str) -> SafeString:
    state, time, title, hosts = block.state, said(block.time), said(block.title), said(block.hosts)
    whole = " · ".join(word for word in (f"{time} {title}", hosts, said(state.label)) if word)
    led = f' <span class="dv-host">{hosts}</span>' if hosts else ""
    return mark_safe(  # noqa: S308 - each word went through said()
        f'<a class="dv-block" href="{said(block.address)}" data-state="{said(state.value)}" data-hue="{block.hue:d}"'
        f'{marks} title="{whole}"><span class="dv-time numbers">{time}</span> <span class="dv-title">{title}</span>'
        f"{led}{place}{_state_word(state)}</a>"
    )


def _state_word(state: SessionState) -> str:
    """Public needs no word; that something is over is seen."""
    if state == SessionState.PUBLIC:
        return NOTHING
    look = "unseen" if state == SessionState.OVER else "dv-word"
    return f' <span class="{look}">{said(state.label)}</span>'
