"""Licences of everything the service runs with: the locked sets without the tools, as the packages themselves say."""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "licences.md"

# Permissive: keep the notice, and that is all.
PERMISSIVE = {
    "Apache-2.0",
    "BSD",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "PSF-2.0",
    "Python-2.0",
    "Unlicense",
}
# Others, each argued.
ARGUED = {
    "LGPL-2.1-or-later": "used unchanged as a library that anybody can replace, which is what the LGPL asks for",
    "LGPL-3.0-only": "used unchanged as a library that anybody can replace, which is what the LGPL asks for",
    "MPL-2.0": "used unchanged; the MPL binds changes to its own files only",
}
# What a package says in words of its own, or in several that do not agree: read in its licence file.
READ_BY_HAND = {
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "qrcode": "BSD-3-Clause",
    # Its WebAssembly is zxing-cpp.
    "zxing-wasm": "MIT AND Apache-2.0",
}
SPELLINGS = {
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD License": "BSD",
    "BSD 3-Clause": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "New BSD": "BSD-3-Clause",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
}


@dataclass(frozen=True)
class Package:
    name: str
    licence: str
    """An SPDX expression; "" when the package does not say."""
    page: str


def runtime_packages(root: Path = ROOT) -> list[Package]:
    lock = tomllib.loads((root / "uv.lock").read_text(encoding="utf-8"))
    from_npm = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))
    return [*(_package(name) for name in locked_for_runtime(lock)), *locked_for_browsers(from_npm)]


def locked_for_browsers(lock: dict[str, Any]) -> list[Package]:
    """As their lock file says, which the package manager wrote from what they say of themselves."""
    found = {path.removeprefix("node_modules/"): one for path, one in lock["packages"].items() if path}
    return [
        Package(
            name,
            READ_BY_HAND.get(name) or one.get("license", "").strip("()"),
            f"https://www.npmjs.com/package/{name}",
        )
        for name, one in sorted(found.items())
        if not one.get("dev")
    ]


def locked_for_runtime(lock: dict[str, Any]) -> list[str]:
    """What the project needs here, its extras included and its tool groups left out."""
    by_name = {package["name"]: package for package in lock["package"]}
    project = next(package for package in lock["package"] if "dev-dependencies" in package)
    seen: set[tuple[str, str]] = set()
    waiting = list(_needs(project, extra=""))
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) not in seen:
            seen.add((name, extra))
            waiting.extend(_needs(by_name[name], extra=extra))
    return sorted({name for name, _extra in seen})


def _needs(package: dict[str, Any], *, extra: str) -> Iterator[tuple[str, str]]:
    needs = package.get("optional-dependencies", {}).get(extra, []) if extra else package.get("dependencies", [])
    for need in needs:
        if "marker" not in need or Marker(need["marker"]).evaluate():
            yield need["name"], ""
            yield from ((need["name"], each) for each in need.get("extra", []))


def _package(name: str) -> Package:
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return Package(name, "", "")
    return Package(name, READ_BY_HAND.get(name) or licence_of(found), _page_of(found))


def licence_of(found: Distribution) -> str:
    about = found.metadata
    if stated := _said(found, "License-Expression"):
        return stated
    words = _said(found, "License")
    if words and "\n" not in words and _spdx(words) in PERMISSIVE | ARGUED.keys() - {"BSD"}:
        return _spdx(words)
    classes = [_spdx(line.rpartition(" :: ")[2]) for line in about.get_all("Classifier", []) if "License ::" in line]
    return " AND ".join(sorted(set(classes))) or _spdx(words.splitlines()[0] if words else "")


def _spdx(words: str) -> str:
    return SPELLINGS.get(words.strip(), words.strip())


def _page_of(found: Distribution) -> str:
    links = dict(entry.split(", ", 1) for entry in found.metadata.get_all("Project-URL", []) if ", " in entry)
    named = {name.lower(): link for name, link in links.items()}
    for name in ("source", "source code", "repository", "homepage", "home"):
        if name in named:
            return named[name]
    return _said(found, "Home-page") or next(iter(links.values()), "")


def _said(found: Distribution, name: str) -> str:
    about = found.metadata
    return about[name] if name in about else ""  # noqa: SIM401 - its type promises no get()


def unargued(package: Package) -> list[str]:
    """The licences of a package that are on neither list. Of alternatives, one is enough."""
    known = PERMISSIVE | ARGUED.keys()
    left = [
        [part or "none" for part in choice.split(" AND ") if part not in known]
        for choice in package.licence.split(" OR ")
    ]
    return [] if [] in left else left[0]


def faults(packages: list[Package]) -> list[str]:
    return [f"{one.name}: {', '.join(bad)}" for one in packages if (bad := unargued(one))]


def page(packages: list[Package]) -> str:
    lines = [
        "# Licences of what we run with",
        "",
        "Siji itself is under the [Apache License 2.0](../../LICENSE). `manage.py licences` writes this page from what the",
        "locked packages say of themselves; `uv.lock` and `package-lock.json` have their versions, and the tools for tests and checks are not in it. A",
        "licence that is not permissive has to be argued in `config/licences.py`, else the checks fail.",
        "",
        "| Package | Licence | Home |",
        "|---|---|---|",
    ]
    lines += [f"| {one.name} | {one.licence} | {_link(one.page)} |" for one in packages]
    lines += ["", "## Argued", ""]
    lines += [f"- {licence}: {reason}." for licence, reason in sorted(ARGUED.items())]
    return "\n".join(lines) + "\n"


def _link(address: str) -> str:
    return f"<{address}>" if address else ""
