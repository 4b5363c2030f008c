"""The site with the demo's phone, which no test stage has by itself."""

from django.urls import path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns
from notifications import views

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("dev/phone/", views.phone), *urlpatterns]
