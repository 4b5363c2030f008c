from django.urls import path, re_path

from networks import views

app_name = "networks"

urlpatterns = [
    path("privacy/<slug:kind>/", views.privacy_text, name="privacy"),
    path("privacy/<slug:kind>/<int:version>/", views.privacy_text, name="privacy-version"),
    path("sitemap.xml", views.map_of_site, name="site-map"),
    path("sitemap-<slug:key>-<int:number>.xml", views.part_of_site, name="site-map-part"),
    path("robots.txt", views.robots, name="robots"),
    re_path(r"^(?P<name>[A-Za-z0-9_-]+\.txt)$", views.check_file, name="check-file"),
]
