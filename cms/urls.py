from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms import feeds, search, views

# Wagtail's screens that know no networks, its own sign-in, and what leads out of the country.
SHUT = "users|groups|sites|workflows|reports|password_reset|api|failwhale|test404|settings"

urlpatterns = [
    path("picture-<slug:version>.png", views.front_picture, name="cms-front-picture"),
    path("cms/login/", views.to_sign_in),
    path("_util/login/", views.to_sign_in),
    path("cms/account/", views.to_own_pages),
    path("cms/front-page/", views.to_front_page, name="cms-front-page"),
    path("cms/jsi18n/", views.texts_for_scripts),
    re_path(rf"^cms/(?:{SHUT})/", views.shut),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("search/", search.search, name="cms-search"),
    path("search/suggest/", search.suggest, name="cms-suggest"),
    path("stories.rss", feeds.stories_feed, name="cms-stories-feed"),
    # Last of all: Wagtail answers whatever is left.
    re_path(wagtail_urls.serve_pattern, views.page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]
