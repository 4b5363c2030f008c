"""The floor of a check-in: a view of Django, with no middleware, doing one conditional update of one of a thousand rows."""

import itertools
import os
from typing import ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import path

_at = urlsplit(os.environ["DATABASE_URL"])
settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": parse_qs(_at.query).get("host", [_at.hostname])[0],
            "PORT": _at.port or "",
            "USER": _at.username,
            "PASSWORD": unquote(_at.password or ""),
            "NAME": _at.path.lstrip("/"),
            "CONN_MAX_AGE": None,
        }
    },
)
application = get_wsgi_application()
_turn = itertools.count()


class Places(models.Model):
    capacity = models.IntegerField()
    taken = models.IntegerField()
    objects: ClassVar[models.Manager["Places"]] = models.Manager()

    class Meta:
        app_label = "bench"
        managed = False
        db_table = 'bench"."places'

    def __str__(self) -> str:
        return str(self.taken)


def one(_request: HttpRequest) -> HttpResponse:
    rows = Places.objects.filter(pk=next(_turn) % 1000 + 1, taken__lt=models.F("capacity"))
    rows.update(taken=models.F("taken") + 1)
    return HttpResponse(headers={"Content-Length": "0"})


urlpatterns = [path("one/", one)]
