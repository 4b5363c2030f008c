"""The site with the demo's phone, which no test stage has by itself."""

from django.urls import path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns
from notifications.views import deliveries

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("dev/phone/", deliveries.phone), *urlpatterns]
