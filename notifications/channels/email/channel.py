"""E-mail over SMTP. One delivery keeps one Message-ID over all tries, so that a mail server knows it again."""

import smtplib
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string

from kit.colour import as_hex
from kit.palette import Brand
from networks.queries.hosts import address_of
from notifications.channels.contract import Permanent, Temporary
from notifications.choices import Need
from notifications.models import Delivery
from notifications.queries.wishes import unsubscribe_address
from notifications.queries.wording import Wording, link_of
from notifications.registers import kinds

_TIMEOUT = 20


def send(delivery: Delivery, wording: Wording) -> str:
    to = delivery.content["to"]
    if not to:
        raise Permanent("There is no address to send to.")
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ")
    message_id = f"<{delivery.code}@{domain}>"
    message = _message(delivery, wording, to=to, headers={"Message-ID": message_id})
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        raise _answer(min(code for code, _text in error.recipients.values())) from error
    except smtplib.SMTPResponseException as error:
        raise _answer(error.smtp_code) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Temporary(f"The mail server does not answer ({type(error).__name__}).") from error
    return message_id


def _message(delivery: Delivery, wording: Wording, *, to: str, headers: dict[str, str]) -> EmailMultiAlternatives:
    """As text and as simple HTML, in the library's name. What can be switched off says how, also to mail services."""
    network, kind, person = delivery.network, kinds[delivery.kind], delivery.person
    link = link_of(kind, delivery.content)
    stop = "" if person is None or kind.need is Need.NECESSARY else unsubscribe_address(person)
    if stop:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    page = {
        "network": network,
        "wording": wording,
        "link": address_of(network) + link if link else "",
        "stop": stop,
        "brand": as_hex(Brand(hue=network.brand_hue).shade("light")),
    }
    message = EmailMultiAlternatives(
        subject=wording.title,
        body=render_to_string("notifications/mail/mail.txt", page),
        from_email=formataddr((network.library_name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        to=[to],
        headers={**headers, "X-Siji-Network": network.code, "Auto-Submitted": "auto-generated"},
        connection=get_connection(timeout=_TIMEOUT),
    )
    message.attach_alternative(render_to_string("notifications/mail/mail.html", page), "text/html")
    return message


def _answer(code: int) -> Temporary | Permanent:
    """A 5xx is the server's last word; what it said may hold the address, so only the number is kept."""
    if 500 <= code < 600:
        return Permanent(f"The mail server refused it ({code}).")
    return Temporary(f"The mail server asks to try later ({code}).")
