"""What a browser is called in a list of devices."""

from django.utils.translation import gettext as _

_BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def is_wechat(user_agent: str) -> bool:
    """It opens neither calendars nor downloads, and keeps nothing for when there is no network."""
    return "MicroMessenger" in user_agent


def name_of(user_agent: str) -> str:
    found = [next((name for mark, name in marks if mark in user_agent), "") for marks in (_SYSTEMS, _BROWSERS)]
    return " · ".join(part for part in found if part) or _("Unknown browser")
