from django.urls import path

from kit import gallery, views

app_name = "kit"

urlpatterns = [
    path("look/<int:hue>-<int:strength>-<slug:digest>.css", views.look_sheet, name="look"),
    path("look/type/", views.set_type, name="type"),
    path("sw.js", views.service_worker, name="service-worker"),
    path("look/language/", views.set_language, name="language"),
]

# Never in production.
dev_urlpatterns = [path("dev/gallery/", gallery.gallery, name="gallery")]
