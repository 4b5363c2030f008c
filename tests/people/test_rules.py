"""Rules of people, by tables."""

from datetime import UTC, date, datetime, timedelta

import pytest

from people.choices import Assurance, DeviceState, Role, Verb
from people.rules import agents, codes, devices, phones
from people.rules.rights import ASSURANCE, NOTHING, RIGHTS, Held, Rights, assurance_needed, assurance_of_verb

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13800138000", "+8613800138000"),
        ("138 0013 8000", "+8613800138000"),
        ("138-0013-8000", "+8613800138000"),
        ("１３８００１３８０００", "+8613800138000"),
        ("+86 138-0013-8000", "+8613800138000"),
        ("＋８６　１３８００１３８０００", "+8613800138000"),
        ("0086 13800138000", "+8613800138000"),
        ("8613800138000", "+8613800138000"),
        ("(+86)13800138000", "+8613800138000"),
        ("013800138000", "+8613800138000"),
        ("\u202d13800138000\u202c", "+8613800138000"),
        ("+1 (202) 555-0100", "+12025550100"),
        ("00 44 20 7946 0000", "+442079460000"),
        ("02584000000", "02584000000"),
        ("hello", "hello"),
        ("", ""),
    ],
)
def test_a_number_in_any_usual_spelling_is_one_number(typed, number):
    assert phones.normal(typed) == number


@pytest.mark.parametrize(
    ("number", "foreign", "refused"),
    [
        ("+8613800138000", False, []),
        ("+8613800138000", True, []),
        ("", False, ["empty"]),
        ("+8612800138000", True, ["not_a_mobile"]),
        ("+86138001380", False, ["not_a_mobile"]),
        ("02584000000", False, ["not_a_mobile"]),
        ("hello", True, ["not_a_mobile"]),
        ("+12025550100", False, ["foreign"]),
        ("+12025550100", True, []),
        ("+12", True, ["not_a_number"]),
    ],
)
def test_which_numbers_are_refused(number, foreign, refused):
    assert [each.code for each in phones.against_number(number, foreign_allowed=foreign)] == refused


@pytest.mark.parametrize(
    ("rules", "allowed"), [({}, False), ({"foreign_phones": True}, True), ({"foreign_phones": "yes"}, False)]
)
def test_foreign_numbers_are_a_rule_of_the_network(rules, allowed):
    assert phones.foreign_allowed(rules) is allowed


@pytest.mark.parametrize(
    ("number", "masked", "spaced"),
    [
        ("+8613800138000", "138****8000", "138 0013 8000"),
        ("+12025550100", "+12*****00", "+12025550100"),
        ("", "", ""),
    ],
)
def test_a_number_is_shown_masked_or_spaced(number, masked, spaced):
    assert (phones.masked(number), phones.spaced(number)) == (masked, spaced)


@pytest.mark.parametrize(
    ("age", "tries", "here", "refused"),
    [
        (0, 0, True, []),
        (300, 4, True, []),
        (301, 0, True, ["expired"]),
        (0, 5, True, ["used_up"]),
        (301, 5, True, ["used_up"]),
        (301, 5, False, ["other_tab"]),
    ],
)
def test_what_stands_against_a_code_before_it_is_looked_at(age, tries, here, refused):
    state = codes.CodeState(sent_at=AT - timedelta(seconds=age), tries=tries, is_for_this_page=here)
    assert [each.code for each in codes.against_state(state, at=AT)] == refused


@pytest.mark.parametrize(
    ("typed", "left", "refused", "words"),
    [
        ("123456", 4, [], ""),
        (" １２３ ４５６ ", 4, [], ""),
        ("123-456", 4, [], ""),
        ("12345", 4, ["incomplete"], "newest"),
        ("1234567", 4, ["incomplete"], "newest"),
        ("654321", 4, ["wrong"], "4 more times"),
        ("654321", 1, ["wrong"], "1 more time."),
        ("654321", 0, ["wrong"], "new one"),
    ],
)
def test_what_stands_against_what_was_typed(typed, left, refused, words):
    from django.utils import translation

    with translation.override("en-gb"):
        found = list(codes.against_code(typed, expected="123456", tries_left=left))
        assert [each.code for each in found] == refused
        assert all(words in str(each.way_on) for each in found)


@pytest.mark.parametrize(("typed", "counts"), [("123456", True), ("12345", False), ("", False)])
def test_only_a_whole_code_is_a_try(typed, counts):
    assert codes.counts_as_try(typed) is counts


@pytest.mark.parametrize(
    ("seen", "rules", "silent"),
    [
        (date(2026, 11, 20), {}, False),
        (date(2026, 5, 24), {}, False),
        (date(2026, 5, 23), {}, True),
        (date(2026, 11, 1), {"silent_days": 10}, True),
        (date(2026, 11, 19), {"silent_days": 0}, False),
        (date(2026, 11, 19), {"silent_days": True}, False),
    ],
)
def test_when_a_number_counts_as_silent(seen, rules, silent):
    assert codes.is_silent(last_seen_on=seen, today=date(2026, 11, 20), network_rules=rules) is silent


@pytest.mark.parametrize(("rules", "most"), [({}, 5000), ({"sms_a_day": 20}, 20), ({"sms_a_day": "20"}, 5000)])
def test_the_budget_of_messages_is_a_rule_of_the_network(rules, most):
    assert codes.sms_a_day(rules) == most


@pytest.mark.parametrize(
    ("confirmed", "refused", "revoked", "state"),
    [
        (None, None, None, DeviceState.ASKED),
        (AT, None, None, DeviceState.CONFIRMED),
        (AT - timedelta(days=90), None, None, DeviceState.EXPIRED),
        (None, AT, None, DeviceState.REFUSED),
        (AT, None, AT, DeviceState.REVOKED),
    ],
)
def test_how_a_bound_phone_stands(confirmed, refused, revoked, state):
    assert devices.state_of(confirmed_at=confirmed, refused_at=refused, revoked_at=revoked, at=AT) == state


@pytest.mark.parametrize("state", list(DeviceState))
def test_only_a_waiting_phone_is_answered_and_only_a_confirmed_one_revoked(state):
    assert [each.code for each in devices.against_answering(state)] == (
        [] if state == DeviceState.ASKED else ["answered_already"]
    )
    assert [each.code for each in devices.against_revoking(state)] == (
        [] if state == DeviceState.CONFIRMED else ["not_in_use"]
    )


def test_every_role_has_verbs_and_an_assurance():
    assert set(RIGHTS) == set(ASSURANCE) == set(Role)
    assert frozenset().union(*RIGHTS.values()) == set(Verb)


@pytest.mark.parametrize(
    ("role", "verb", "path", "may"),
    [
        (Role.DISTRICT_LIBRARIAN, Verb.CLAIM, "/1/7/", True),
        (Role.DISTRICT_LIBRARIAN, Verb.CLAIM, "/1/7/9/", True),
        (Role.DISTRICT_LIBRARIAN, Verb.CLAIM, "/1/8/", False),
        (Role.DISTRICT_LIBRARIAN, Verb.CLAIM, "/1/", False),
        (Role.DISTRICT_LIBRARIAN, Verb.CLAIM, "/1/77/", False),
        (Role.DISTRICT_LIBRARIAN, Verb.CLAIM, None, True),
        (Role.DISTRICT_LIBRARIAN, Verb.PLAN, None, False),
        (Role.KEEPER, "run_sessions", "/1/7/", True),
    ],
)
def test_a_right_holds_for_its_area_and_all_below(role, verb, path, may):
    assert Rights((Held(role, "/1/7/"),)).may(verb, path=path) is may


def test_rights_name_the_widest_areas_only():
    rights = Rights((Held(Role.PLANNER, "/1/7/"), Held(Role.PLANNER, "/1/"), Held(Role.KEEPER, "/1/8/")))
    assert rights.paths(Verb.PLAN) == ("/1/",)
    assert rights.paths(Verb.RUN_SESSIONS) == ("/1/8/",)
    assert rights.paths(Verb.OPERATE) == ()
    assert rights.roles == {Role.PLANNER, Role.KEEPER}
    assert (bool(rights), bool(NOTHING)) == (True, False)


@pytest.mark.parametrize(
    ("roles", "needed"),
    [
        ([], Assurance.CODE),
        ([Role.JUDGE], Assurance.CODE),
        ([Role.KEEPER, Role.TEACHER], Assurance.BOUND_DEVICE),
        ([Role.KEEPER, Role.EDITOR], Assurance.SECOND_FACTOR),
    ],
)
def test_the_strongest_role_sets_the_assurance(roles, needed):
    assert assurance_needed(roles) == needed


def test_whoever_exports_sees_several_venues_or_administers_needs_a_second_factor():
    wide = {Verb.EXPORT, Verb.SEE_PEOPLE, Verb.GRANT_ROLES, Verb.CHANGE_SETTINGS, Verb.OPERATE, Verb.CONFIRM_DEVICES}
    assert {ASSURANCE[role] for role, verbs in RIGHTS.items() if verbs & wide} == {Assurance.SECOND_FACTOR}
    assert assurance_of_verb(Verb.RUN_SESSIONS) == Assurance.BOUND_DEVICE


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit MicroMessenger/8.0 Chrome/120 Safari", "Android · 微信"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18) AppleWebKit Version/18 Safari/605", "iPhone · Safari"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari Edg/120", "Windows · Edge"),
        ("", "未知浏览器"),
    ],
)
def test_a_browser_has_a_name_that_people_know(agent, name):
    from django.utils import translation

    with translation.override("zh-hans"):
        assert agents.name_of(agent) == name
