from django.urls import URLPattern, path

from programmes.door.views import desk, here, reader_parts, screen, screens

app_name = "door"

urlpatterns: list[URLPattern] = [
    path("desk/", desk.desk, name="desk"),
    # Self check-in: what staff put up, what hangs there, what families scan.
    path("desk/screens/", screens.screens, name="screens"),
    path("desk/screens/<int:screen_id>/", screens.address, name="screen-address"),
    path("desk/screens/<int:screen_id>/withdraw/", screens.withdraw, name="screen-withdraw"),
    path("desk/printed-codes/", screens.put_up, name="printed-code-put-up"),
    path("desk/printed-codes/<int:code_id>/take-down/", screens.take_down, name="printed-code-take-down"),
    path("desk/printed-codes/<int:code_id>/sheet/", screens.sheet, name="printed-code-sheet"),
    path("screen/<slug:secret>/", screen.screen, name="screen"),
    path("screen/<slug:secret>/now/", screen.now, name="screen-now"),
    path("here/", here.here, name="here"),
    path("here/<slug:code>/", here.from_paper, name="from-paper"),
    path("here/<slug:screen>/<slug:shown>/", here.from_screen, name="from-screen"),
    path("t/<str:typed>/here/", reader_parts.arrived, name="arrived"),
    # The desk
    path("desk/<slug:code>/", desk.door, name="door"),
    path("desk/<slug:code>/ask/", desk.ask, name="ask"),
    path("desk/<slug:code>/seats/<int:seat_id>/tick/", desk.tick_seat, name="tick"),
    path("desk/<slug:code>/seats/<int:seat_id>/untick/", desk.untick_seat, name="untick"),
    path("desk/<slug:code>/sign-ups/<slug:registration>/add/", desk.add_one, name="add"),
]
