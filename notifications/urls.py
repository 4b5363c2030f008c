from django.conf import settings
from django.urls import path

from notifications import views

app_name = "notifications"

urlpatterns = [
    path("me/inbox/", views.inbox_page, name="inbox"),
    path("plan/deliveries/", views.deliveries, name="deliveries"),
    path("plan/deliveries/<int:delivery_id>/again/", views.send_again, name="send-again"),
]

if settings.IS_DEMO:
    urlpatterns += [path("dev/phone/", views.phone, name="phone")]
