from django.urls import URLPattern, path

from programmes.door.views import desk

app_name = "door"

urlpatterns: list[URLPattern] = [
    path("desk/", desk.desk, name="desk"),
    path("desk/<slug:code>/", desk.door, name="door"),
    path("desk/<slug:code>/ask/", desk.ask, name="ask"),
    path("desk/<slug:code>/seats/<int:seat_id>/tick/", desk.tick_seat, name="tick"),
    path("desk/<slug:code>/seats/<int:seat_id>/untick/", desk.untick_seat, name="untick"),
    path("desk/<slug:code>/sign-ups/<slug:registration>/add/", desk.add_one, name="add"),
]
