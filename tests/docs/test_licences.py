"""Every licence is on a list, the page is up to date, and a licence that is not argued shows red."""

import pytest

from config import licences
from config.licences import Package

LOCK = {
    "package": [
        {
            "name": "us",
            "dependencies": [
                {"name": "web", "extra": ["fast"]},
                {"name": "winonly", "marker": "sys_platform == 'win32'"},
            ],
            "dev-dependencies": {"dev": [{"name": "checker"}]},
        },
        {"name": "web", "dependencies": [{"name": "wire"}], "optional-dependencies": {"fast": [{"name": "speed"}]}},
        {"name": "wire", "dependencies": [{"name": "web"}]},
        {"name": "speed"},
        {"name": "winonly"},
        {"name": "checker"},
    ]
}


def test_the_page_is_what_the_packages_say() -> None:
    packages = licences.runtime_packages()
    assert licences.faults(packages) == []
    assert licences.PAGE.read_text(encoding="utf-8") == licences.page(packages)


def test_extras_count_and_tools_and_other_platforms_do_not() -> None:
    assert licences.locked_for_runtime(LOCK) == ["speed", "web", "wire"]


@pytest.mark.parametrize(
    ("licence", "left"),
    [
        ("MIT", []),
        ("LGPL-3.0-only", []),
        ("AGPL-3.0-only", ["AGPL-3.0-only"]),
        ("AGPL-3.0-only OR MIT", []),
        ("MIT AND AGPL-3.0-only", ["AGPL-3.0-only"]),
        ("Other/Proprietary License", ["Other/Proprietary License"]),
        ("", ["none"]),
    ],
)
def test_a_licence_that_is_not_argued_shows(licence: str, left: list[str]) -> None:
    assert licences.unargued(Package("one", licence, "")) == left


def test_a_package_that_is_not_installed_shows() -> None:
    assert licences.faults([licences._package("no-such-package-here")]) == ["no-such-package-here: none"]
