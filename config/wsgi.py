import gc
import os
from typing import Any

from config import left_out  # noqa: F401 - before what would load it

from django.conf import settings  # isort: skip
from django.core.wsgi import get_wsgi_application  # isort: skip

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application: Any = get_wsgi_application()

if settings.IS_DEMO:
    # Production never loads the demo's part.
    from config.demo.guard import at_home

    application = at_home(application)

# What is loaded by now stays: nobody need look through it for what could go, and a request makes little that does not go by itself.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
