"""Where a message about a registration leads: to its ticket, to its page, or to other times. The ticket's code is a
secret: it stands in what is sealed alone.
"""

from datetime import timedelta

import pytest

from kit import clock
from networks.models import Fact, JournalLine, inside
from notifications.channels.sending import words_of
from notifications.models import Delivery, Message
from programmes.planning.commands.sessions import call_off, change_session, restore
from programmes.planning.rules.changes import SessionChange
from programmes.signup.commands.changing import cancel, cancel_for, change_party
from programmes.signup.commands.moving import move_to
from programmes.signup.models import Registration
from tests.browsers import browser, person
from tests.people import homes
from tests.people.conftest import relay
from tests.signup.signing import another, family, party, sign_up, story_hour, wait
from tests.signup.test_groups import sign as sign_class
from tests.signup.test_on_behalf import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def mother(nanjing):
    return person(nanjing, "13800138010", name="王芳")


@pytest.fixture
def home(nanjing, mother):
    return homes.home(nanjing, mother, children=2)


@pytest.fixture
def session(nanjing):
    return story_hour(nanjing)


def led(network, kind, who=None):
    """Where it leads: in the inbox, and by SMS, where one was sent."""
    relay(network)
    with inside(network):
        rows = Message.objects.filter(kind=f"signup.{kind}").order_by("pk")
        sent = Delivery.objects.filter(kind=f"signup.{kind}", channel="sms").select_related(
            "network", "person__network"
        )
        if who is not None:
            rows, sent = rows.filter(person=who), sent.filter(person=who)
        text = words_of(sent.get()).sms if sent else ""
        return rows.get().link, text[text.index("https:") :] if "https:" in text else ""


def page(row):
    return f"/me/sign-ups/{row.code}/", f"https://nanjing.test/me/sign-ups/{row.code}/"


def ticket(row):
    return f"/me/sign-ups/{row.code}/ticket/", f"https://nanjing.test/t/{row.ticket}/"


def times(session):
    return f"/events/{session.code}/", ""


def test_who_is_signed_up_is_led_to_the_ticket(nanjing, session, home, mother):
    row = sign_up(nanjing, session, home, mother)
    assert led(nanjing, "registered") == (ticket(row)[0], "")
    inbox = browser(mother)
    assert f'href="{ticket(row)[0]}"' in inbox.get("/me/inbox/").content.decode()
    onto = inbox.get(ticket(row)[0])
    assert (onto.status_code, onto["Location"], onto["Referrer-Policy"]) == (302, f"/t/{row.ticket}/", "no-referrer")
    stranger = browser(person(nanjing, "13800138019", name="陌生人"))
    assert stranger.get(ticket(row)[0]).status_code == 404


def test_who_called_has_the_ticket_in_the_sms(nanjing, nanjing_cast, session):
    row = write(nanjing, session, nanjing_cast["planner"], nameless=1)
    assert led(nanjing, "written_down") == ticket(row)


def test_a_teacher_is_led_to_the_ticket_of_the_class(nanjing, nanjing_cast, session):
    row = sign_class(nanjing, session, nanjing_cast["planner"])
    assert led(nanjing, "group") == ticket(row)
    with inside(nanjing):
        teacher = row.group.contact
    assert browser(teacher).get(ticket(row)[0])["Location"] == f"/t/{row.ticket}/"


def test_who_waits_is_led_to_the_page_where_one_answers(nanjing, home, mother):
    session = story_hour(nanjing, places=1)
    holder = sign_up(nanjing, session, *family(nanjing))
    row = wait(nanjing, session, home, mother)
    assert led(nanjing, "waiting") == (page(row)[0], "")
    with inside(nanjing):
        cancel(registration=holder, by=holder.by, at=clock.now())
    assert led(nanjing, "invited") == page(row)
    assert browser(mother).get(page(row)[0]).content.decode().count('name="answer"') == 2


def test_of_what_changed_or_ended_one_is_led_to_the_page_or_to_other_times(
    nanjing, nanjing_cast, session, home, mother
):
    row, planner = sign_up(nanjing, session, home, mother), nanjing_cast["planner"]
    other = another(nanjing, session.activity, later=timedelta(days=4))
    with inside(nanjing):
        change_party(registration=row, party=party(home, children=2), by=mother, at=clock.now())
    assert led(nanjing, "changed") == (page(row)[0], "")
    with inside(nanjing):
        change = SessionChange(session, starts_at=session.starts_at + timedelta(hours=2))
        change_session(change=change, by=planner, at=clock.now(), anyway=True)
    assert led(nanjing, "session_moved") == ticket(row)
    with inside(nanjing):
        call_off(sessions=[session], reason="停电。", by=planner, at=clock.now())
    assert led(nanjing, "session_called_off") == times(session)
    with inside(nanjing):
        restore(session=session, by=planner, at=clock.now())
    assert led(nanjing, "session_restored") == ticket(row)
    with inside(nanjing):
        onto = move_to(registration=row, session=other, reason="老师生病。", by=planner, at=clock.now())
    assert led(nanjing, "moved") == ticket(onto)
    with inside(nanjing):
        cancel_for(registration=onto, reason="检修。", by=planner, at=clock.now())
    assert led(nanjing, "ended_by_library") == times(other)


def test_of_two_families_in_a_session_each_is_led_to_its_own_ticket(nanjing, nanjing_cast, session, home, mother):
    theirs, father = family(nanjing, name="赵强")
    rows = {mother: sign_up(nanjing, session, home, mother), father: sign_up(nanjing, session, theirs, father)}
    with inside(nanjing):
        change = SessionChange(session, starts_at=session.starts_at + timedelta(hours=2))
        change_session(change=change, by=nanjing_cast["planner"], at=clock.now(), anyway=True)
    for who, row in rows.items():
        assert led(nanjing, "session_moved", who)[0] == ticket(row)[0]


def test_no_open_column_holds_the_code_of_a_ticket(nanjing, nanjing_cast, session, home, mother):
    first = sign_up(nanjing, session, home, mother)
    write(nanjing, session, nanjing_cast["planner"], nameless=1)
    relay(nanjing)
    with inside(nanjing):
        codes = [first.ticket, Registration.objects.exclude(pk=first.pk).get().ticket]
        said = [
            *Fact.objects.values_list("payload", flat=True),
            *Message.objects.values_list("fields", "link"),
            *JournalLine.objects.values_list("values", flat=True),
            *Delivery.objects.values_list("content_sealed", "dedupe_key", "last_error"),
        ]
        assert [code for code in codes if code in str(said)] == []
        assert [row.content["link"] for row in Delivery.objects.filter(kind="signup.written_down")] == [
            f"/t/{codes[1]}/"
        ]
