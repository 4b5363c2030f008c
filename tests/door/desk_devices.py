"""A device that joined the desk, and its browser: one call each."""

from datetime import datetime

from django.conf import settings
from django.test import Client

from kit import clock
from networks.models import Area, inside
from programmes.door.choices import Stay
from programmes.door.commands.desk_devices import join, make_desk_device
from programmes.door.models import DeskDevice
from programmes.door.queries.desk_devices import code_of


def made(network, by, *, name="门口平板", area="", stay=Stay.TONIGHT, at: datetime | None = None):
    """Not joined yet; with its code."""
    with inside(network):
        place = Area.objects.get(name=area) if area else Area.objects.get(parent=None)
        row = make_desk_device(name=name, area=place, stay=stay, by=by, at=at or clock.now())
        return row, code_of(row)


def joined(network, by, **made_of):
    """The device, and a browser that is it and nobody else."""
    _row, code = made(network, by, **made_of)
    with inside(network):
        row, secret = join(code=code, at=clock.now())
        return DeskDevice.objects.select_related("area").get(pk=row.pk), browser_with(network, secret)


def browser_with(network, secret=""):
    client = Client(HTTP_HOST=network.hosts.get(is_primary=True).host)
    if secret:
        client.cookies[settings.DESK_DEVICE_COOKIE_NAME] = secret
    return client
