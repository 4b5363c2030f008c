from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from kit.urls import dev_urlpatterns

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kit.urls")),
    path("", include("networks.urls")),
    path("", include("people.urls")),
    path("", include("notifications.urls")),
    path("", include("config.sign_in_urls")),
]
if not settings.IS_PRODUCTION:
    urlpatterns += dev_urlpatterns
urlpatterns += [path("", include("cms.urls"))]

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
