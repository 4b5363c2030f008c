from django.urls import URLPattern, path

from programmes.signup.views import (
    approving,
    circles,
    joining,
    mine,
    personal_feed,
    questions,
    registration_for,
    session_list,
    sheet,
    terms,
    tickets,
    waiting_staff,
)

app_name = "signup"

urlpatterns: list[URLPattern] = [
    # For readers
    path("events/<slug:code>/sign-up/", sheet.sheet, name="sheet"),
    path("me/sign-ups/", mine.registrations, name="mine"),
    path("me/sign-ups/calendar/", personal_feed.settings, name="feed-settings"),
    path("feeds/<str:secret>.ics", personal_feed.personal_feed, name="personal-feed"),
    path("me/sign-ups/<slug:code>/", mine.registration, name="registration"),
    path("me/sign-ups/<slug:code>/change/", mine.change, name="change"),
    path("me/sign-ups/<slug:code>/cancel/", mine.cancel, name="cancel"),
    path("t/<str:typed>/", tickets.ticket, name="ticket"),
    path("t/<str:typed>/calendar.ics", tickets.calendar_file, name="ticket-calendar"),
    path("me/sign-ups/<slug:code>/answer/", mine.answer, name="answer"),
    path("circles/<slug:secret>/", joining.join, name="circle-join"),
    path("me/circles/", joining.circles, name="my-circles"),
    path("me/circles/<int:member_id>/leave/", joining.leave, name="circle-leave"),
    path("t/<str:typed>/picture.png", tickets.picture, name="ticket-picture"),
    # For staff
    path("plan/circles/", circles.circles, name="circles"),
    path("plan/circles/add/", circles.add, name="circle-add"),
    path("plan/circles/<int:circle_id>/", circles.circle, name="circle"),
    path("plan/circles/<int:circle_id>/edit/", circles.edit, name="circle-edit"),
    path("plan/circles/<int:circle_id>/link/", circles.link, name="circle-link"),
    path("plan/circles/<int:circle_id>/families/", circles.add_family, name="circle-family"),
    path("plan/circles/<int:circle_id>/members/<int:member_id>/take-out/", circles.take_out, name="circle-take-out"),
    path("plan/circles/<int:circle_id>/close/", circles.close, name="circle-close"),
    path("plan/activities/<int:activity_id>/sign-up/", terms.terms, name="terms"),
    path("plan/activities/<int:activity_id>/sign-up/questions/", questions.questions, name="questions"),
    path("plan/sign-up-questions/<int:question_id>/", questions.question, name="question"),
    path("plan/sign-up-questions/<int:question_id>/up/", questions.move_up, name="question-up"),
    path("plan/sign-up-questions/<int:question_id>/retire/", questions.retire, name="question-retire"),
    path("plan/sessions/<slug:code>/sign-ups/", session_list.sign_ups, name="session-sign-ups"),
    path("plan/sessions/<slug:code>/sign-ups/approval/", approving.approval, name="approval"),
    path("plan/sign-ups/approvals/", approving.approvals, name="approvals"),
    path("plan/sign-ups/<slug:code>/", registration_for.registration, name="registration-for"),
    path("plan/sign-ups/<slug:code>/note/", registration_for.note, name="note"),
    path("plan/sign-ups/<slug:code>/move/", registration_for.move, name="move"),
    path("plan/sign-ups/<slug:code>/up/", waiting_staff.up, name="move-up"),
    path("plan/sign-ups/<slug:code>/accept/", waiting_staff.accept, name="accept-for"),
    path("plan/sign-ups/<slug:code>/cancel/", registration_for.cancel, name="cancel-for"),
]
