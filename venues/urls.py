from django.urls import path

from venues.views import public

app_name = "venues"

urlpatterns = [
    path("venues/", public.venues, name="public"),
    path("venues/near/", public.near, name="near"),
    path("venues/<slug:slug>/", public.venue, name="page"),
    path("venues/<slug:slug>/sheet/", public.sheet, name="sheet"),
]
