from typing import Any

from wagtail.fields import StreamField

from cms.parts.body import Body


class BodyField(StreamField):  # type: ignore[misc]
    """The parts of a page. What parts there are is no business of the database's, so that a new one needs no migration."""

    def __init__(self, _parts: Any = None, **options: Any) -> None:
        super().__init__(Body(), **options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _parts, options = super().deconstruct()
        options.pop("block_lookup", None)
        return name, path, [], options
