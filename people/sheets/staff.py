"""The empty table that people fill in: an example, and a sheet of the words that may stand there."""

from django.utils.translation import gettext as _

from kit.sheets import excel_bytes
from networks.models import Network
from people.choices import Role
from people.queries.staff import areas_to_choose
from people.queries.staff_import import COLUMNS


def template(*, network: Network, roles: list[Role], paths: tuple[str, ...]) -> bytes:
    areas = areas_to_choose(paths)
    example = {
        "name": _("Example: Zhang San"),
        "phone": "13800138000",
        "role": roles[0].label if roles else "",
        "area": areas[-1].name if areas else "",
    }
    words = [
        (str(_("Role")), [str(role.label) for role in roles]),
        (str(_("Place")), [area.name for area in areas]),
    ]
    return excel_bytes([example], columns=COLUMNS, title=_("Staff"), zone=network.zone, words=words)
