from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.static import serve

from config import views
from kit.urls import dev_urlpatterns

urlpatterns: list[URLPattern | URLResolver] = [
    # In the minute when sign-up opens nobody waits for what was not asked for to be ruled out.
    path("", include("programmes.signup.urls")),
    path("", include("programmes.door.urls")),
    path("", include("programmes.planning.urls")),
    path("", include("venues.urls")),
    path("", include("people.urls")),
    path("", include("notifications.urls")),
    path("", include("networks.urls")),
    path("", include("kit.urls")),
    path("", include("config.sign_in_urls")),
]
if not settings.IS_PRODUCTION:
    urlpatterns += [*dev_urlpatterns, path("dev/pages/<int:status>/", views.pages_of_last_resort)]
    # In production the proxy hands files out (deploy/Caddyfile). Documents are asked for at Wagtail's own address.
    urlpatterns += [
        re_path(r"^media/(?!documents/)(?P<path>(?:[\w-]+/)*\w[\w.-]*)$", serve, {"document_root": settings.MEDIA_ROOT})
    ]
urlpatterns += [path("", include("cms.urls"))]

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
