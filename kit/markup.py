"""HTML written by hand, for what stands hundreds of times on a page and would take a template four times as long."""

import html

from django.utils.safestring import SafeString

NOTHING = SafeString("")


def said(text: object) -> str:
    """As it may stand between tags and in quotes; what is HTML already stays."""
    word = str(text)
    return word if isinstance(word, SafeString) else html.escape(word)


def attribute(name: str, text: object) -> str:
    """` title="…"`, and nothing where there is nothing to say."""
    return f' {name}="{said(text)}"' if text else ""
