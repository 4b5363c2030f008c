import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application: Any = get_wsgi_application()

if settings.IS_DEMO:
    # Production never loads the demo's part.
    from config.demo.guard import at_home

    application = at_home(application)
