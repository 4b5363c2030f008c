"""Draws one document and ends: HTML comes in as JSON on standard input, the PDF goes out on standard output.

Run by its path, on its own (`python -I child.py`): it sees neither settings nor secrets, reads files in the folders that it
is handed and nothing else, and opens no connection. Its exit status says what went wrong.
"""

import ctypes
import ctypes.util
import json
import mimetypes
import resource
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

# Where the document's own addresses begin; nothing is ever asked for there.
HOME = "http://siji.invalid"
PARTS_MISSING, FONTS_MISSING, REACHED_OUT, TOO_LARGE = 71, 72, 73, 74
LARGEST_MEMORY = 2 * 1024**3


def main() -> int:
    asked = json.loads(sys.stdin.buffer.read())
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY, LARGEST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"] + 1))
    if not has_chinese_fonts():
        return FONTS_MISSING
    try:
        # Loaded only once the limits stand; without the libraries of the system it raises here.
        import weasyprint  # noqa: TID251 - the one place where it is spoken
        from weasyprint.text import ffi  # noqa: TID251
    except OSError:
        return PARTS_MISSING
    if ffi.harfbuzz_subset is None:
        # Without it a page takes seconds and a file holds whole fonts.
        return PARTS_MISSING
    return draw(asked, fetcher_of(asked), weasyprint)


def draw(asked: dict[str, Any], fetcher: Any, weasyprint: Any) -> int:
    try:
        page = weasyprint.HTML(string=asked["html"], base_url=f"{HOME}/", url_fetcher=fetcher)
        sys.stdout.buffer.write(page.write_pdf(pdf_tags=True))
    except MemoryError:
        return TOO_LARGE
    except weasyprint.urls.FatalURLFetchingError as no:
        sys.stderr.write(f"foreign address: {no}\n")
        return REACHED_OUT
    return 0


def fetcher_of(asked: dict[str, Any]) -> Any:
    """What brings style sheets and pictures: our own files, what stands in the page itself, and nothing else."""
    # Loaded only where it is known to be there.
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: TID251

    made = {f"{HOME}{address}": sheet for address, sheet in asked["sheets"].items()}

    class OurFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            if not url.startswith(f"{HOME}/"):
                raise FatalURLFetchingError(url.partition(":")[0])
            if url in made:
                return URLFetcherResponse(url, made[url].encode(), {"Content-Type": "text/css; charset=utf-8"})
            found = file_of(url, asked["folders"])
            if found is None:
                # A picture that is gone leaves its place empty.
                raise ValueError(url)
            kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, found.read_bytes(), {"Content-Type": kind})

    return OurFiles(allowed_protocols={"data"})


def file_of(url: str, folders: list[list[str]]) -> Path | None:
    """The file behind one of our own addresses, in the first folder that has it."""
    path = unquote(urlsplit(url).path)
    for beginning, folder in folders:
        if path.startswith(beginning):
            root = Path(folder).resolve()
            found = (root / path[len(beginning) :]).resolve()
            if found.is_relative_to(root) and found.is_file():
                return found
    return None


def has_chinese_fonts() -> bool:
    """As fontconfig knows them; True where there is none to ask, as the drawing itself will then say what it lacks."""
    name = ctypes.util.find_library("fontconfig") if sys.platform == "darwin" else "libfontconfig.so.1"
    try:
        fonts = ctypes.CDLL(name or "libfontconfig.so.1")
    except OSError:
        return True
    fonts.FcNameParse.restype = fonts.FcObjectSetCreate.restype = fonts.FcFontList.restype = ctypes.c_void_p
    fonts.FcFontList.argtypes = [ctypes.c_void_p] * 3
    wanted = fonts.FcFontList(None, fonts.FcNameParse(b":lang=zh-cn"), fonts.FcObjectSetCreate())
    return bool(wanted) and ctypes.cast(wanted, ctypes.POINTER(ctypes.c_int))[0] > 0


if __name__ == "__main__":
    sys.exit(main())
