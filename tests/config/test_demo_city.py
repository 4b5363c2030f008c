"""The demo's cities as a whole: enough of everything, and no row that the service would not have made itself."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.db.models import Count, F, Q
from django.utils import timezone

from config.demo import build as demo
from kit import clock
from networks.choices import AreaKind
from networks.models import Area, Network, inside
from notifications.models import Letter
from people.choices import ConsentAnswer, MemberRole, PairState, Role
from people.models import Appointment, Child, ChildPair, Consent, Device, Grant, Household, Member, Person
from people.queries.persons import person_with_phone
from people.queries.readings import readings_of
from people.queries.rights import rights_of
from people.registers import CHILD_DATA, OWN_LOGIN
from people.rules import phones
from programmes.door.models import (
    Absence,
    CheckIn,
    Diary,
    DiaryPhoto,
    PrintedCode,
    Scan,
    Screen,
    Settlement,
)
from programmes.planning.models import Host, Session
from programmes.signup.models import Answer, Circle, CircleMember, Group, Places, Question, Registration, Seat, Terms
from tests.config.demo_arrivals import (
    every_check_in_could_be,
    families_check_themselves_in_where_a_code_hangs,
    most_families_came,
)
from tests.config.demo_diaries import (
    every_absence_could_be,
    every_diary_could_be,
    most_sessions_have_a_diary_and_some_wait,
)
from tests.config.demo_hand_overs import children_are_handed_over
from tests.config.demo_head_counts import every_head_count_could_be, much_is_counted
from tests.config.demo_sign_ups import every_registration_could_be, families_sign_up, newly_opened_sessions_fill
from tests.config.demo_terms import (
    every_family_kept_to_the_terms,
    every_kind_of_terms_is_there,
    the_named_family_has_some_of_each,
)
from tests.config.demo_year import (
    every_coming_room_was_open_when_it_was_planned,
    every_session_could_be,
    the_year_is_alive,
)
from venues.choices import VenueKind
from venues.models import Closure, OpeningHours, Room, Venue
from venues.queries.openness import open_slots

pytestmark = [pytest.mark.django_db(transaction=True)]

COUNTED = (
    Venue,
    Room,
    OpeningHours,
    Closure,
    Area,
    Person,
    Grant,
    Appointment,
    Household,
    Member,
    Child,
    Consent,
    Session,
    Host,
    Terms,
    Places,
    Registration,
    Seat,
    Answer,
    Question,
    Circle,
    CircleMember,
    Group,
    Letter,
    Scan,
    CheckIn,
    Diary,
    DiaryPhoto,
    Settlement,
    Absence,
    Screen,
    PrintedCode,
)


@pytest.fixture
def city():
    demo.build()
    nanjing = Network.objects.get(code="nanjing")
    with inside(nanjing):
        yield nanjing


def counts():
    return {model.__name__: model.objects.count() for model in COUNTED}


def test_the_city_is_whole_and_stays_so(city):
    _it_is_large(city)
    _families_of_the_second_city_keep_to_the_terms()
    _a_second_start_changes_nothing()
    _a_start_on_a_later_day_deals_out_the_coming_weeks()
    _the_second_city_is_smaller_and_apart()


def _it_is_large(city):
    open_kinds = Counter(Venue.objects.filter(closed_at=None).values_list("kind", flat=True))
    assert open_kinds == {
        VenueKind.READING_SPACE: 102,
        VenueKind.CITY_LIBRARY: 1,
        VenueKind.DISTRICT_LIBRARY: 12,
        VenueKind.BRANCH: 12,
        VenueKind.ALWAYS_OPEN: 4,
        VenueKind.SCENIC: 4,
        VenueKind.PARTNER: 2,
    }
    assert list(Venue.objects.exclude(closed_at=None).values_list("name", flat=True)) == ["大光路小书屋"]
    holders = set(Grant.objects.values_list("person_id", flat=True))
    invited = set(Appointment.objects.values_list("person_id", flat=True))
    assert (len(holders | invited), len(holders & invited)) == (150, 0)
    assert Household.objects.count() == 601
    assert set(Household.objects.annotate(n=Count("children")).values_list("n", flat=True)) == {1, 2, 3}
    assert ChildPair.objects.filter(state=PairState.OPEN).count() >= 3
    assert Appointment.objects.filter(expires_at__gt=clock.now(), declined_at=None).count() == 8
    assert Appointment.objects.filter(expires_at__lt=clock.now()).count() == 3
    _every_path_tells_the_truth()
    _every_room_fits_its_venue()
    _every_family_is_answered_for()
    _young_people_sign_in_with_a_guardians_word()
    _nobody_is_keeper_of_what_is_closed()
    _named_players_have_what_the_tutorial_says(city)
    _every_hour_of_the_year_can_be_asked()
    the_year_is_alive()
    every_session_could_be()
    every_coming_room_was_open_when_it_was_planned()
    families_sign_up(city)
    most_families_came()
    every_check_in_could_be()
    most_sessions_have_a_diary_and_some_wait(city)
    every_diary_could_be()
    every_absence_could_be()
    families_check_themselves_in_where_a_code_hangs()
    every_head_count_could_be()
    much_is_counted()
    children_are_handed_over()
    every_kind_of_terms_is_there()
    the_named_family_has_some_of_each(city)
    every_family_kept_to_the_terms(city)


def _every_path_tells_the_truth():
    areas = {area.pk: area for area in Area.objects.all()}
    for area in areas.values():
        above = areas[area.parent_id].path if area.parent_id else "/"
        assert area.path == f"{above}{area.pk}/"
    leaves = {area.pk for area in areas.values() if area.kind == AreaKind.VENUE}
    assert leaves == set(Venue.objects.values_list("area_id", flat=True))
    districts = [area for area in areas.values() if area.kind in {AreaKind.DISTRICT, AreaKind.ZONE}]
    tiles = {(area.tile_column, area.tile_row) for area in districts}
    assert (len(districts), len(tiles), (None, None) in tiles) == (12, 12, False)


def _every_room_fits_its_venue():
    assert not Room.objects.filter(capacity__gt=F("venue__capacity")).exists()
    assert set(Venue.objects.annotate(n=Count("rooms")).values_list("n", flat=True)) == {1, 2, 3}


def _every_family_is_answered_for():
    """Each child has one live answer; what a carer declared runs out; nobody answers who is not in the family."""
    live = Consent.objects.filter(ended_at=None, purpose=CHILD_DATA.key)
    assert live.values("child_id").distinct().count() == live.count() == Child.objects.count()
    assert not live.filter(given_as=MemberRole.CARER, expires_at=None).exists()
    assert not live.filter(given_as=MemberRole.GUARDIAN, expires_at__isnull=False).exists()
    assert live.filter(given_as=MemberRole.CARER).exists()
    assert live.filter(answer=ConsentAnswer.REFUSED).exists()
    members = set(Member.objects.values_list("household_id", "person_id", "role"))
    assert not set(Consent.objects.values_list("household_id", "given_by_id", "given_as")) - members
    assert not Consent.objects.filter(child__isnull=False).exclude(child__household=F("household")).exists()
    assert not Consent.objects.filter(Q(given_at__gt=clock.now()) | Q(given_at__lt=F("household__made_at"))).exists()
    assert not Child.objects.filter(birth_month__gt=clock.now().date()).exists()


def _young_people_sign_in_with_a_guardians_word():
    young = Child.objects.exclude(person=None)
    agreed = Consent.objects.filter(purpose=OWN_LOGIN.key, answer=ConsentAnswer.GIVEN, ended_at=None)
    assert young.count() == 5
    assert set(young.values_list("pk", flat=True)) == set(agreed.values_list("child_id", flat=True))
    fourteen = clock.now().date().replace(day=1) - timedelta(days=14 * 365)
    assert not young.filter(birth_month__gt=fourteen).exists()


def _nobody_is_keeper_of_what_is_closed():
    assert not Grant.objects.filter(role=Role.KEEPER, area__venue__closed_at__isnull=False).exists()
    assert not Grant.objects.filter(role=Role.KEEPER).exclude(area__kind=AreaKind.VENUE).exists()
    keepers = set(Grant.objects.filter(role=Role.KEEPER).values_list("person_id", flat=True))
    assert set(Device.objects.values_list("person_id", flat=True)) <= keepers | set(
        Appointment.objects.values_list("person_id", flat=True)
    )


def _named_players_have_what_the_tutorial_says(city):
    def player(number):
        return person_with_phone(phones.normal(f"1380000{number:04}"), network=city)

    space = Venue.objects.get(name="清凉门阅读空间")
    assert rights_of(player(3)).paths("tend_venues") == (space.area.path,)
    assert space.area.path.startswith(Area.objects.get(name="鼓楼区").path)
    mother, grandmother = (Member.objects.get(person=player(number)) for number in (10, 11))
    assert (mother.role, grandmother.role) == (MemberRole.GUARDIAN, MemberRole.CARER)
    assert mother.household_id == grandmother.household_id
    assert [child.name for child in mother.household.children.order_by("pk")] == ["张小雨", "张小宇"]
    read = [(line.name, line.reason) for line in readings_of(mother.household.children.all())]
    assert read == [("林*梅", "家长来电更正出生月份")] * 2 + [("周*", "核对读者证号")] * 2


def _every_hour_of_the_year_can_be_asked():
    """Every venue that is not closed opens within the next weeks; those closed for good never."""
    at = clock.now()
    slots = open_slots(Venue.objects.all(), at, at + timedelta(days=28))
    shut = {venue for venue, found in slots.items() if not found}
    assert set(Venue.objects.filter(pk__in=shut).values_list("name", flat=True)) == {"大光路小书屋", "淳化阅读空间"}


def _a_second_start_changes_nothing():
    Venue.objects.filter(name="清凉门阅读空间").update(phone="025-1111 1111")
    before = counts()
    demo.build()
    assert counts() == before
    assert Venue.objects.get(name="清凉门阅读空间").phone == "025-1111 1111"


def _a_start_on_a_later_day_deals_out_the_coming_weeks():
    last = Session.objects.latest("starts_at").starts_at
    drafts = Session.objects.filter(published_at=None).count()
    with time_machine.travel(clock.now() + timedelta(days=20)):
        demo.build()
        assert Session.objects.filter(starts_at__gt=last).count() >= 200
        assert not Session.objects.filter(starts_at__lt=clock.now(), published_at=None).exists()
        with timezone.override(Network.objects.get(code="nanjing").zone):
            every_registration_could_be()
        every_family_kept_to_the_terms(Network.objects.get(code="nanjing"))
        _links_of_circles_work_again()
        newly_opened_sessions_fill()
        _families_of_the_second_city_keep_to_the_terms()
    assert Session.objects.filter(published_at=None).count() < drafts + 700


def _links_of_circles_work_again():
    assert not Circle.objects.filter(opens_until__lte=clock.now()).exists()


def _families_of_the_second_city_keep_to_the_terms():
    shenzhen = Network.objects.get(code="shenzhen")
    with inside(shenzhen):
        every_family_kept_to_the_terms(shenzhen)


def _the_second_city_is_smaller_and_apart():
    with inside(Network.objects.get(code="shenzhen")):
        assert (Venue.objects.count(), Household.objects.count()) == (24, 41)
        assert not Person.objects.filter(name="王芳").exists()
