from django.urls import URLPattern, path

from programmes.door.views import alone, app, desk

app_name = "door"

urlpatterns: list[URLPattern] = [
    path("desk/", desk.desk, name="desk"),
    path("desk/ping/", alone.ping, name="ping"),
    path("desk/alone/", app.shell, name="alone"),
    path("desk/app.webmanifest", app.manifest, name="manifest"),
    path("desk/<slug:code>/", desk.door, name="door"),
    path("desk/<slug:code>/roster/", alone.roster, name="roster"),
    path("desk/<slug:code>/upload/", alone.upload, name="upload"),
    path("desk/<slug:code>/seen/", alone.seen, name="seen"),
    path("desk/<slug:code>/ask/", desk.ask, name="ask"),
    path("desk/<slug:code>/seats/<int:seat_id>/tick/", desk.tick_seat, name="tick"),
    path("desk/<slug:code>/seats/<int:seat_id>/untick/", desk.untick_seat, name="untick"),
    path("desk/<slug:code>/sign-ups/<slug:registration>/add/", desk.add_one, name="add"),
]
