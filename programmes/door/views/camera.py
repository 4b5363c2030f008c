"""摄像头: where a browser that reads no codes by itself finds what does."""

from dataclasses import dataclass

from django.conf import settings
from django.templatetags.static import static


@dataclass(frozen=True)
class CodeReader:
    """Addresses of the reader, and of the WebAssembly that it fetches."""

    module: str
    wasm: str


def code_reader() -> CodeReader | None:
    """None where the service was set up without npm."""
    if not settings.HAS_CODE_READER:
        return None
    return CodeReader(static(settings.CODE_READER), static(settings.CODE_READER_WASM))
