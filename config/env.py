"""Typed readers of the environment. Only strict words are accepted; a secret may come from a file."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}


@dataclass(frozen=True)
class Env:
    """Reads one mapping. `demo` values count in every stage but production, which must name its own."""

    values: Mapping[str, str]
    strict: bool

    def _raw(self, name: str, default: str | None, demo: str | None) -> str:
        value = self.values.get(name, "")
        if value:
            return value
        if demo is not None and not self.strict:
            return demo
        if default is not None:
            return default
        raise ImproperlyConfigured(f"Set {name}: STAGE=production has no default for it (see .env.example).")

    def text(self, name: str, default: str | None = None, *, demo: str | None = None) -> str:
        return self._raw(name, default, demo)

    def secret(self, name: str, default: str | None = None, *, demo: str | None = None) -> str:
        """NAME, or the content of the file that NAME_FILE names."""
        path = self.values.get(f"{name}_FILE", "")
        if path:
            try:
                return Path(path).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise ImproperlyConfigured(f"{name}_FILE names a file that cannot be read: {error}") from error
        return self._raw(name, default, demo)

    def words(self, name: str, default: str | None = None, *, demo: str | None = None) -> list[str]:
        return [word for word in self._raw(name, default, demo).replace(",", " ").split() if word]

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.values.get(name, "").strip().lower()
        if not value:
            return default
        if value in TRUE_WORDS:
            return True
        if value in FALSE_WORDS:
            return False
        raise ImproperlyConfigured(f"{name} takes yes or no, not {value!r}.")

    def number(self, name: str, default: int) -> int:
        value = self.values.get(name, "")
        try:
            return int(value) if value else default
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} takes a whole number, not {value!r}.") from error

    def choice(self, name: str, default: str, allowed: set[str]) -> str:
        value = self.values.get(name, "") or default
        if value not in allowed:
            raise ImproperlyConfigured(f"{name} takes one of {', '.join(sorted(allowed))}, not {value!r}.")
        return value


STAGES = {"production", "demo", "test"}
_plain = Env(os.environ, strict=False)
stage = _plain.choice("STAGE", "production", STAGES)
env = Env(os.environ, strict=stage == "production")
