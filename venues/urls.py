from django.urls import path

from venues.views import calendar, closure_list, closures, hours, imports, lists, pictures, public, rooms, venue

app_name = "venues"

urlpatterns = [
    path("venues/", public.venues, name="public"),
    path("venues/near/", public.near, name="near"),
    path("venues/<slug:slug>/", public.venue, name="page"),
    path("venues/<slug:slug>/sheet/", public.sheet, name="sheet"),
    path("plan/venues/", lists.venues, name="venues"),
    path("plan/venues/add/", venue.add, name="add"),
    path("plan/venues/import/", imports.import_, name="import"),
    path("plan/venues/import/template/", imports.template, name="import-template"),
    path("plan/venues/import/confirm/", imports.confirm, name="import-confirm"),
    path("plan/venues/<slug:slug>/", venue.venue, name="venue"),
    path("plan/venues/<slug:slug>/details/", venue.details, name="details"),
    path("plan/venues/<slug:slug>/hours/", hours.hours, name="hours"),
    path("plan/venues/<slug:slug>/close/", venue.close, name="close"),
    path("plan/venues/<slug:slug>/open-again/", venue.open_again, name="open-again"),
    path("plan/venues/<slug:slug>/rooms/add/", rooms.add, name="room-add"),
    path("plan/venues/<slug:slug>/rooms/<int:room_id>/", rooms.change, name="room"),
    path("plan/venues/<slug:slug>/rooms/<int:room_id>/close/", rooms.close, name="room-close"),
    path("plan/venues/<slug:slug>/rooms/<int:room_id>/again/", rooms.use_again, name="room-again"),
    path("plan/venues/<slug:slug>/pictures/", pictures.pictures, name="pictures"),
    path("plan/venues/<slug:slug>/pictures/<int:picture_id>/", pictures.describe, name="picture"),
    path("plan/venues/<slug:slug>/pictures/<int:picture_id>/forward/", pictures.forward, name="picture-forward"),
    path("plan/venues/<slug:slug>/pictures/<int:picture_id>/remove/", pictures.remove, name="picture-remove"),
    path("plan/venues/<slug:slug>/pictures/<int:picture_id>/back/", pictures.bring_back, name="picture-back"),
    path("plan/closures/", closure_list.closures, name="closures"),
    path("plan/closures/add/", closures.add, name="closure-add"),
    path("plan/closures/many/", closures.many, name="closure-many"),
    path("plan/closures/withdraw/", closures.withdraw, name="closures-withdraw"),
    path("plan/closures/restore/", closures.restore, name="closures-restore"),
    path("plan/closures/end/", closures.end_now, name="closure-end"),
    path("plan/calendar/", calendar.calendar, name="calendar"),
    path("plan/calendar/remove/", calendar.remove, name="calendar-remove"),
    path("plan/calendar/restore/", calendar.restore, name="calendar-restore"),
]
