from django.urls import URLPattern, path

from programmes.door.views import (
    alone,
    app,
    desk,
    desk_devices,
    here,
    joining,
    reader_parts,
    scanning,
    screen,
    screens,
)

app_name = "door"

urlpatterns: list[URLPattern] = [
    path("desk/", desk.desk, name="desk"),
    path("desk/ping/", alone.ping, name="ping"),
    path("desk/alone/", app.shell, name="alone"),
    path("desk/app.webmanifest", app.manifest, name="manifest"),
    path("desk/join/", joining.code, name="join"),
    path("desk/join/<slug:code>/", joining.join, name="join-with"),
    path("desk/devices/", desk_devices.devices, name="devices"),
    path("desk/devices/add/", desk_devices.add, name="device-add"),
    path("desk/devices/<int:device_id>/", desk_devices.device, name="device"),
    path("desk/devices/<int:device_id>/code/", desk_devices.code, name="device-code"),
    path("desk/devices/<int:device_id>/revoke/", desk_devices.revoke, name="device-revoke"),
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
    path("desk/<slug:code>/roster/", alone.roster, name="roster"),
    path("desk/<slug:code>/upload/", alone.upload, name="upload"),
    path("desk/<slug:code>/seen/", alone.seen, name="seen"),
    path("desk/<slug:code>/scan/", scanning.scan, name="scan"),
    path("desk/<slug:code>/ask/", desk.ask, name="ask"),
    path("desk/<slug:code>/seats/<int:seat_id>/tick/", desk.tick_seat, name="tick"),
    path("desk/<slug:code>/seats/<int:seat_id>/untick/", desk.untick_seat, name="untick"),
    path("desk/<slug:code>/sign-ups/<slug:registration>/", desk.party, name="party"),
    path("desk/<slug:code>/seats/<int:seat_id>/take-back/", desk.take_back_one, name="take-back"),
    path("desk/<slug:code>/sign-ups/<slug:registration>/add/", desk.add_one, name="add"),
]
