from django.conf import settings
from django.urls import path, register_converter

from notifications.views import deliveries, letters, mine, spending, words

app_name = "notifications"


class KindKey:
    """A kind of message: its room, a dot, its name."""

    regex = r"[a-z_]+\.[a-z_]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(KindKey, "message_kind")

urlpatterns = [
    path("me/inbox/", mine.inbox_page, name="inbox"),
    path("me/messages/", mine.wishes, name="wishes"),
    path("unsubscribe/<str:token>/", mine.unsubscribe, name="unsubscribe"),
    path("plan/deliveries/", deliveries.deliveries, name="deliveries"),
    path("plan/deliveries/<int:delivery_id>/again/", deliveries.send_again, name="send-again"),
    path("plan/spending/", spending.spending, name="spending"),
    path("plan/letters/", letters.outbox, name="letters"),
    path("plan/letters/new/<message_kind:audience>/<slug:subject>/", letters.write, name="letter-new"),
    path("plan/letters/<slug:code>/", letters.letter, name="letter"),
    path("plan/letters/<slug:code>/withdraw/", letters.withdraw, name="letter-withdraw"),
    path("plan/messages/", words.message_kinds, name="message-kinds"),
    path("plan/messages/<message_kind:key>/", words.message_words, name="message-words"),
    path("plan/messages/<message_kind:key>/standard/", words.message_reset, name="message-reset"),
]

if settings.IS_DEMO:
    urlpatterns += [path("dev/phone/", deliveries.phone, name="phone")]
