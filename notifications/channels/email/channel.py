"""E-mail over SMTP. One delivery keeps one Message-ID over all tries, so that a mail server knows it again."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from notifications.channels.contract import Permanent, Temporary
from notifications.models import Delivery
from notifications.queries.wording import Wording

_TIMEOUT = 20


def send(delivery: Delivery, wording: Wording) -> str:
    to = delivery.content["to"]
    if not to:
        raise Permanent("There is no address to send to.")
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ")
    message_id = f"<{delivery.code}@{domain}>"
    message = EmailMessage(
        subject=wording.title,
        body=wording.body,
        to=[to],
        headers={"Message-ID": message_id, "X-Siji-Network": delivery.network.code, "Auto-Submitted": "auto-generated"},
        connection=get_connection(timeout=_TIMEOUT),
    )
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        raise _answer(min(code for code, _text in error.recipients.values())) from error
    except smtplib.SMTPResponseException as error:
        raise _answer(error.smtp_code) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Temporary(f"The mail server does not answer ({type(error).__name__}).") from error
    return message_id


def _answer(code: int) -> Temporary | Permanent:
    """A 5xx is the server's last word; what it said may hold the address, so only the number is kept."""
    if 500 <= code < 600:
        return Permanent(f"The mail server refused it ({code}).")
    return Temporary(f"The mail server asks to try later ({code}).")
