from django.urls import URLPattern, path

from programmes.door.views import counting, desk, leaving, streams

app_name = "door"

urlpatterns: list[URLPattern] = [
    path("desk/", desk.desk, name="desk"),
    path("desk/<slug:code>/", desk.door, name="door"),
    path("desk/<slug:code>/ask/", desk.ask, name="ask"),
    path("desk/<slug:code>/seats/<int:seat_id>/tick/", desk.tick_seat, name="tick"),
    path("desk/<slug:code>/seats/<int:seat_id>/untick/", desk.untick_seat, name="untick"),
    path("desk/<slug:code>/sign-ups/<slug:registration>/add/", desk.add_one, name="add"),
    path("desk/<slug:code>/out/", leaving.way_out, name="out"),
    path("desk/<slug:code>/out/scan/", leaving.scan, name="out-scan"),
    path("desk/<slug:code>/out/sign/", leaving.sign, name="out-sign"),
    path("desk/<slug:code>/out/seats/<int:seat_id>/undo/", leaving.undo, name="out-undo"),
    path("desk/<slug:code>/count/", counting.heads, name="count"),
    path("desk/<slug:code>/count/sums/", counting.sums, name="count-sums"),
    path("desk/<slug:code>/count/tap/", counting.tap, name="count-tap"),
    path("desk/<slug:code>/count/list/", counting.enter, name="count-list"),
    path("desk/<slug:code>/count/correct/", counting.put_right, name="count-correct"),
    path("desk/<slug:code>/views/", streams.views, name="views"),
    path("desk/<slug:code>/views/<int:line_id>/picture/", streams.picture, name="views-picture"),
]
