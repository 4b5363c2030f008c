from django.urls import URLPattern, path

from programmes.door.views import desk, desk_devices, joining

app_name = "door"

urlpatterns: list[URLPattern] = [
    path("desk/", desk.desk, name="desk"),
    path("desk/join/", joining.code, name="join"),
    path("desk/join/<slug:code>/", joining.join, name="join-with"),
    path("desk/devices/", desk_devices.devices, name="devices"),
    path("desk/devices/add/", desk_devices.add, name="device-add"),
    path("desk/devices/<int:device_id>/", desk_devices.device, name="device"),
    path("desk/devices/<int:device_id>/code/", desk_devices.code, name="device-code"),
    path("desk/devices/<int:device_id>/revoke/", desk_devices.revoke, name="device-revoke"),
    path("desk/<slug:code>/", desk.door, name="door"),
    path("desk/<slug:code>/ask/", desk.ask, name="ask"),
    path("desk/<slug:code>/seats/<int:seat_id>/tick/", desk.tick_seat, name="tick"),
    path("desk/<slug:code>/seats/<int:seat_id>/untick/", desk.untick_seat, name="untick"),
    path("desk/<slug:code>/seats/<int:seat_id>/take-back/", desk.take_back_one, name="take-back"),
    path("desk/<slug:code>/sign-ups/<slug:registration>/add/", desk.add_one, name="add"),
]
