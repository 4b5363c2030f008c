"""`celery -A tests.networks.redis.celery_app worker`: the service's own app, with the probe's listeners."""

import django

django.setup()

# Django has to be set up first.
from config.celery import app  # noqa: E402
from tests.networks.probe_work import register  # noqa: E402

register()
__all__ = ["app"]
