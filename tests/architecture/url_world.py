"""Rows of every kind in two networks, and browsers for every kind of visitor."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from kit import clock, ids, sealed
from kit.pictures import keep_in, record_of
from networks.choices import FactState, JobState, PrivacyTextKind
from networks.commands.check_files import put_check_file
from networks.commands.exports import make_export
from networks.commands.privacy import draft_privacy_text
from networks.models import Area, Fact, Job, inside
from notifications.choices import Channel, DeliveryState
from notifications.models import Delivery, Letter
from notifications.queries.wishes import unsubscribe_address
from people.choices import MemberRole, Role
from people.commands.appointments import appoint
from people.commands.devices import ask_for_device
from people.models import (
    Child,
    ChildPair,
    DataCopy,
    Device,
    FormerNumber,
    Grant,
    Household,
    JoinLink,
    Member,
    Person,
    ReaderNumber,
)
from people.models.child import READER_NUMBER
from people.models.household import JOIN_LINK
from people.models.person import PHONE
from people.queries.joining import hash_of
from programmes.door.choices import Stay
from programmes.door.commands.desk_devices import make_desk_device
from programmes.door.models import Diary, DiaryPhoto, PrintedCode, Screen, StreamViews
from programmes.door.queries.desk_devices import code_of
from programmes.planning.models import Session
from programmes.signup.choices import CircleKind, QuestionKind
from programmes.signup.commands.personal_feeds import make_feed
from programmes.signup.models import Circle, CircleMember, Places, Question, Registration, Seat, Terms
from programmes.signup.queries.personal_feed import secret_of
from programmes.signup.steps.tickets import give_ticket
from tests.architecture.url_table import Row
from tests.cast import Cast
from tests.door.diaries import photo_file
from tests.planning.world import plan_of
from venues.models import Closure, Venue, VenuePicture
from venues.steps.venues import RoomPlan, open_venue

# What only Nanjing's own people may read; it stands in rows of every kind.
SECRET = "钟山以南"


@dataclass(frozen=True)
class World:
    nanjing: Cast
    shenzhen: Cast
    operator: Cast
    names: dict[str, object]

    def visit(self, row: Row, visitor: str) -> tuple[Client, str]:
        home = self.operator if row.as_owner == "operator" else self.nanjing
        like = "admin" if row.as_owner == "operator" else row.as_owner
        if visitor == "stranger":
            browser = self.shenzhen.client(like)
        else:
            parts = {"nobody": None, "reader": "neighbour", "owner": row.as_owner, "colleague": row.as_colleague}
            browser = home.client(parts[visitor])
        return browser, row.address.format(**self.names)

    def data(self, row: Row) -> dict[str, str]:
        """What is sent along; it may name rows, too."""
        return {name: value.format(**self.names) for name, value in row.data}


def make_world(nanjing: Cast, shenzhen: Cast, operator: Cast) -> World:
    """Shenzhen has rows too, so that its pages are not empty for want of any."""
    names = _rows(nanjing, word=SECRET, file="MP_verify_a1.txt")
    _rows(shenzhen, word="梧桐山下", file="MP_verify_b2.txt")
    return World(nanjing, shenzhen, operator, names)


def _rows(cast: Cast, *, word: str, file: str) -> dict[str, object]:
    actor, at = cast["admin"], clock.now()
    with inside(cast.network):
        for kind in (PrivacyTextKind.CHILDREN, PrivacyTextKind.TERMS):
            draft_privacy_text(kind=kind, body=word, responsible=word, contact=word, actor=actor.pk)
        put_check_file(network=cast.network, name=file, content=word, actor=actor.pk)
        for part in ("keeper", "reader"):
            Person.objects.filter(pk=cast[part].pk).update(name=f"{word}{part}")
        device = Device.objects.create(person=cast["keeper"], secret_hash=word.encode(), label=word)
        ask_for_device(device=device, at=at)
        delivery = Delivery.objects.create(
            person=cast["reader"],
            kind=word,
            channel=Channel.SMS,
            dedupe_key=word,
            content_sealed="",
            state=DeliveryState.FAILED,
            settled_at=at,
            last_error=word,
        )
        fact = Fact.objects.create(
            kind=word, listener=word, dedupe_key=word, state=FactState.SET_ASIDE, settled_at=at, last_error=word
        )
        job = Job.objects.create(
            kind=word, asked_by=cast["reader"].pk, state=JobState.FAILED, finished_at=at, note=word
        )
        former = FormerNumber.objects.create(
            person=cast["reader"],
            phone_sealed=sealed.seal("+8613800138099", network_code=cast.network.code, purpose=PHONE),
            phone_index=word.encode(),
        )
        export = make_export(
            list_key="people.staff",
            query="",
            purpose=word,
            days=1,
            content=b"",
            rows=0,
            by=cast["planner"].pk,
            at=at,
        )
        venue = _venue_of(cast, word=word)
        family = _family_of(cast, word=word)
        plan = plan_of(cast, word=word, venue=str(venue["venue"]))
        return {
            **family,
            **_staff(cast, word=word),
            "export": export.code,
            **venue,
            **plan,
            **_registration_of(cast, child=family["child"], event=plan["event"]),
            **_past_of(cast, child=family["child"], event=plan["event"], word=word),
            "views": _views_of(cast, event=plan["event"], word=word),
            **_circle_of(cast, child=family["child"], word=word),
            **_put_up_at(str(venue["venue"]), word=word),
            "fact": fact.pk,
            "job": job.code,
            "copy": DataCopy.objects.create(person=cast["reader"], expires_at=at + timedelta(days=7)).code,
            "former": former.pk,
            "device": device.pk,
            **_desk_device_of(cast, word=word),
            "delivery": delivery.pk,
            "letter": Letter.objects.create(
                audience="signup.session",
                subject=plan["event"],
                group="all",
                about=word,
                title=word,
                body=word,
                written_by=cast["planner"].pk,
            ).code,
            "unsubscribe": unsubscribe_address(cast["reader"]).split("/")[-2],
            "session": _session_of(cast["reader"], word=word),
            "passkey": _passkey_of(cast["reader"], word=word),
        }


def _family_of(cast: Cast, *, word: str) -> dict[str, object]:
    """The reader is a guardian, with a carer, a child of fifteen, and a link to forward."""
    household = Household.objects.create(code=ids.random_code(10))
    Member.objects.create(household=household, person=cast["reader"], role=MemberRole.GUARDIAN)
    carer = Member.objects.create(household=household, person=cast["editor"], role=MemberRole.CARER)
    child = Child.objects.create(household=household, name=word, birth_month=date(clock.now().year - 15, 1, 1))
    twin = Child.objects.create(household=Household.objects.create(), name=word, birth_month=child.birth_month)
    number = ReaderNumber.objects.create(
        child=child,
        number_sealed=sealed.seal(word, network_code=cast.network.code, purpose=READER_NUMBER),
        number_index=word.encode(),
    )
    secret = ids.random_code(20)
    link = JoinLink.objects.create(
        household=household,
        secret_hash=hash_of(secret),
        secret_sealed=sealed.seal(secret, network_code=cast.network.code, purpose=JOIN_LINK),
        role=MemberRole.CARER,
        made_by=cast["reader"],
        expires_at=clock.now() + timedelta(days=3),
    )
    return {
        "household": household.code,
        "child": child.code,
        "member": carer.pk,
        "pair": ChildPair.objects.create(first=child, second=twin).pk,
        "number": number.pk,
        "secret": secret,
        "link": link.pk,
    }


def _registration_of(cast: Cast, *, child: object, event: object) -> dict[str, object]:
    """The reader's child comes to the session that is public; whoever plans it has said how families come."""
    session, seated = Session.objects.get(code=event), Child.objects.get(code=child)
    terms = Terms.objects.create(activity_id=session.activity_id, asks=True)
    asked = Question.objects.create(terms=terms, place=1, kind=QuestionKind.TEXT, label="?")
    Places.objects.create(session=session, capacity=20, taken=1)
    made = Registration(
        session=session, household_id=seated.household_id, by=cast["reader"], request_key=uuid4(), counted=1
    )
    with transaction.atomic():
        give_ticket(made)
    made.save(force_insert=True)
    seat = Seat.objects.create(registration=made, session=session, child=seated)
    secret = secret_of(make_feed(by=cast["reader"], at=clock.now()), network=cast.network)
    return {"registration": made.code, "ticket": made.ticket, "feed": secret, "question": asked.pk, "seat": seat.pk}


def _desk_device_of(cast: Cast, *, word: str) -> dict[str, object]:
    """Of the keeper's district, with a code that is good."""
    area = Grant.objects.select_related("area").get(person=cast["keeper"], role=Role.KEEPER).area
    row = make_desk_device(name=word, area=area, stay=Stay.TONIGHT, by=cast["keeper"], at=clock.now())
    return {"desk_device": row.pk, "join_code": code_of(row)}


def _past_of(cast: Cast, *, child: object, event: object, word: str) -> dict[str, object]:
    """The same activity yesterday: the reader's child was signed up, and somebody wrote of it."""
    session, seated, at = Session.objects.get(code=event), Child.objects.get(code=child), clock.now()
    lasts = session.ends_at - session.starts_at
    session.pk, session.code = None, ids.random_code(8).lower()
    session.starts_at = at - timedelta(days=1)
    session.ends_at = session.starts_at + lasts
    session.occupies = (session.starts_at, session.ends_at)
    session.save(force_insert=True)
    made = Registration(
        session=session, household_id=seated.household_id, by=cast["reader"], request_key=uuid4(), counted=1
    )
    with transaction.atomic():
        give_ticket(made)
    made.save(force_insert=True)
    Seat.objects.create(registration=made, session=session, child=seated)
    diary = Diary.objects.create(session=session, line=word, problems=word)
    record = record_of(photo_file().read())
    photo = DiaryPhoto(client_id=uuid4(), diary=diary, place=0, width=800, height=600, caption=word)
    for file in (photo.image, photo.small):
        keep_in(file, record.small)
    photo.save(force_insert=True)
    return {"past": session.code, "photo": photo.pk, "absent": made.code}


def _views_of(cast: Cast, *, event: object, word: str) -> int:
    """Read off a platform, with a screenshot."""
    row = StreamViews(
        client_id=uuid4(),
        session=Session.objects.get(code=event),
        platform=word,
        live_views=1,
        as_of=clock.now().date(),
    )
    keep_in(row.image, word.encode())
    row.save(force_insert=True)
    return int(row.pk)


def _circle_of(cast: Cast, *, child: object, word: str) -> dict[str, object]:
    """Of the city, with the reader's child in it, and a link."""
    area = Area.objects.get(pk=cast["planner"].grants.get().area_id)
    secret, until = ids.random_code(20), clock.now() + timedelta(days=3)
    circle = Circle.objects.create(area=area, name=word, kind=CircleKind.CLASS, secret=secret, opens_until=until)
    seated = Child.objects.get(code=child)
    rows = [CircleMember.objects.create(circle=circle, household_id=seated.household_id, child=seated)]
    rows.append(CircleMember.objects.create(circle=circle, household_id=seated.household_id))
    return {
        "circle": circle.pk,
        "circle_secret": secret,
        "circle_member": rows[0].pk,
        "own_circle": rows[1].pk,
    }


def _put_up_at(venue: str, *, word: str) -> dict[str, object]:
    """What families check themselves in with there."""
    home = Venue.objects.get(slug=venue)
    screen = Screen.objects.create(venue=home, name=word[:20])
    printed = PrintedCode.objects.create(venue=home)
    return {
        "screen": screen.pk,
        "screen_secret": screen.secret,
        "screen_code": screen.code,
        "printed": printed.code,
        "printed_code": printed.pk,
    }


def _venue_of(cast: Cast, *, word: str) -> dict[str, object]:
    """In the keeper's district, with a room, a picture and a closure."""
    slug = ids.random_code(8).lower()
    district = Area.objects.get(pk=cast["district"].grants.get().area_id)
    with transaction.atomic():
        venue = open_venue(parent=district, name=word, address=word, values={"slug": slug}, rooms=[RoomPlan(word, 20)])
    picture = VenuePicture.objects.create(venue=venue, image="venues/none.webp", description=word)
    closure = Closure.objects.create(venue=venue, starts_at=clock.now(), reason=word)
    return {"venue": slug, "room": venue.rooms.get().pk, "picture": picture.pk, "closure": closure.pk}


def _staff(cast: Cast, *, word: str) -> dict[str, object]:
    """A keeper with a role in the district, and a reader who was invited there."""
    grant = Grant.objects.get(person=cast["keeper"], role=Role.KEEPER)
    offer = appoint(
        network=cast.network,
        phone=cast["reader"].phone,
        name=word,
        role=Role.KEEPER,
        area=grant.area,
        by=cast["district"],
        at=clock.now(),
    )
    return {"keeper": cast["keeper"].pk, "grant": grant.pk, "offer": offer.pk, "area": grant.area_id}


def _session_of(person: Person, *, word: str) -> int:
    return UserSession.objects.create(user=person, ip="192.0.2.1", user_agent=word, session_key=word).pk


def _passkey_of(person: Person, *, word: str) -> int:
    """A credential as a browser would have made it."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    credential = AttestedCredentialData.create(bytes(16), word.encode(), key)
    data = AuthenticatorData.create(bytes(32), AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT, 0, credential)
    client = CollectedClientData.create("webauthn.create", bytes(16), "https://nanjing.test")
    answer = {
        "id": websafe_encode(word.encode()),
        "rawId": websafe_encode(word.encode()),
        "type": "public-key",
        "clientExtensionResults": {},
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
    }
    row = Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": word, "credential": answer}
    )
    return row.pk
