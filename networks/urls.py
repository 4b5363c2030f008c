from django.urls import path, re_path

from networks import views

app_name = "networks"

urlpatterns = [
    path("privacy/<slug:kind>/", views.privacy_text, name="privacy"),
    path("privacy/<slug:kind>/<int:version>/", views.privacy_text, name="privacy-version"),
    re_path(r"^(?P<name>[A-Za-z0-9_-]+\.txt)$", views.check_file, name="check-file"),
]
