import gc
import os
import sys
from typing import Any

# What others bring, and packages take where it is there: for colours that no web process shows, for formats that nobody
# sends, for texts of unknown encoding, which nobody hands in, and for questions to other servers, of which a web process
# asks none. With what stands behind them they are fifteen megabytes.
for tool in ("rich", "pygments", "greenlet", "yaml", "charset_normalizer", "requests"):
    sys.modules.setdefault(tool, None)  # type: ignore[arg-type] # as the import system marks what is not to be had

from django.conf import settings  # noqa: E402 - only after what must not be loaded is marked
from django.core.wsgi import get_wsgi_application  # noqa: E402

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
