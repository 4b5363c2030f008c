from django.urls import URLPattern, path

from programmes.door.views import absent, after, desk, diary, evidence

app_name = "door"

urlpatterns: list[URLPattern] = [
    path("desk/", desk.desk, name="desk"),
    path("desk/<slug:code>/", desk.door, name="door"),
    path("desk/<slug:code>/ask/", desk.ask, name="ask"),
    path("desk/<slug:code>/seats/<int:seat_id>/tick/", desk.tick_seat, name="tick"),
    path("desk/<slug:code>/seats/<int:seat_id>/untick/", desk.untick_seat, name="untick"),
    path("desk/<slug:code>/sign-ups/<slug:registration>/add/", desk.add_one, name="add"),
    path("plan/diaries/", after.after, name="diaries"),
    path("plan/sessions/<slug:code>/diary/", diary.diary, name="diary"),
    path("plan/sessions/<slug:code>/diary/photos/<int:photo_id>/", diary.photo, name="photo"),
    path("plan/sessions/<slug:code>/diary/reopen/", diary.reopen, name="diary-reopen"),
    path("plan/sessions/<slug:code>/diary/read/", diary.problems_read, name="diary-read"),
    path("plan/sessions/<slug:code>/absent/", absent.absent, name="absent"),
    path("plan/sessions/<slug:code>/absent/all-came/", absent.all_came, name="all-came"),
    path("plan/sessions/<slug:code>/absent/settle/", absent.settle, name="settle"),
    path("plan/sessions/<slug:code>/absent/not-kept/", absent.unkept, name="unkept"),
    path("plan/sessions/<slug:code>/absent/<slug:registration>/excuse/", absent.excuse, name="excuse"),
    path("plan/sessions/<slug:code>/absent/<slug:registration>/late/", absent.late, name="late"),
    path("plan/diaries/evidence/", evidence.evidence_of_many, name="evidence-of-many"),
    path("plan/sessions/<slug:code>/evidence/", evidence.evidence, name="evidence"),
]
