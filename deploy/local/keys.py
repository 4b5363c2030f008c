"""The demo's own secrets: made once, kept beside its data, so that what was sealed yesterday opens today."""

import base64
import secrets
from collections.abc import Callable
from pathlib import Path

NEW: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(64),
    "DATA_KEYS": lambda: f"demo:{base64.b64encode(secrets.token_bytes(32)).decode()}",
    "INDEX_KEY": lambda: base64.b64encode(secrets.token_bytes(32)).decode(),
}


def keep_secrets(folder: Path, **known: str) -> dict[str, str]:
    """Files only their owner reads; returns the NAME_FILE settings that point at them."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, make in NEW.items():
        if not (folder / name).exists():
            _write(folder / name, make())
    for name, value in known.items():
        _write(folder / name, value)
    return {f"{name}_FILE": str(folder / name) for name in [*NEW, *known]}


def _write(path: Path, value: str) -> None:
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(f"{value}\n")
    draft.replace(path)
