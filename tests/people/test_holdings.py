"""The register of holdings names every table that leads to a person or a child, and says all that it has to say."""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Model
from django.test.utils import isolate_apps
from django.utils import translation

from kit import clock
from networks.models import inside
from people.models import Child, Household, Person
from people.queries.retention import register_now
from people.registers.holdings import Holding, Holdings, Owner, holdings
from tests.docs.reading import OUR_ROOMS, ROOT, bare, table_rows

ROOTS = {Person, Child, Household}
# Tables without a relation that still name persons by their number, or hold what is theirs.
BY_NUMBER = {"networks.JournalLine", "networks.Job", "networks.Export", "networks.Fact", "people.LoginSession"}


def reaching(found: Iterable[type[Model]]) -> set[str]:
    """Labels of models with a way to a person or child; through tables of ours the way may have several steps."""
    tables = list(found)
    reached: set[Any] = set(ROOTS)
    while more := {
        model
        for model in tables
        if model not in reached
        and any(
            field.concrete and field.is_relation and field.related_model in reached and _leads(field.related_model)
            for field in model._meta.get_fields()
        )
    }:
        reached |= more
    return {model._meta.label for model in reached}


def _leads(model: Any) -> bool:
    """A page knows its owner, and everything knows a page: through tables of third parties no way is followed."""
    return model in ROOTS or model._meta.app_label in OUR_ROOMS


def all_models() -> list[type[Model]]:
    return list(apps.get_models(include_auto_created=True))


def test_every_table_that_leads_to_a_person_is_in_the_register() -> None:
    assert reaching(all_models()) | BY_NUMBER == holdings.labels()


@isolate_apps("people")
def test_a_new_table_that_is_not_in_the_register_is_found() -> None:
    meta = type("Meta", (), {"app_label": "people"})
    link = models.ForeignKey
    seat = type("Seat", (Model,), {"child": link(Child, models.CASCADE, related_name="+"), **_named(meta)})
    ticket = type("Ticket", (Model,), {"seat": link(seat, models.CASCADE, related_name="+"), **_named(meta)})
    assert reaching([*all_models(), seat, ticket]) - holdings.labels() == {"people.Seat", "people.Ticket"}


def _named(meta: type) -> dict[str, Any]:
    return {"__module__": __name__, "Meta": meta}


def test_every_label_is_a_model_of_ours() -> None:
    labels = {model._meta.label for model in all_models()}
    assert holdings.labels() - labels == set()


@pytest.mark.parametrize("left_out", ["stays", "kept"])
def test_an_entry_that_does_not_say_how_it_ends_is_refused(left_out: str) -> None:
    words = {"stays": "x", "kept": "x"}
    words[left_out] = ""
    entry = Holding("a", "a", "a", "a", "a", "a", ("people.Child",), rows=Child.objects.all, **words)
    with pytest.raises(ValueError, match="says n"):
        Holdings().add(entry)


def test_two_entries_of_one_name_are_refused() -> None:
    first = Holding("a", "a", "a", "a", "a", "a", (), rows=Child.objects.all, stays="x", kept="x")
    second = Holding("a", "b", "a", "a", "a", "a", (), rows=Child.objects.all, stays="x", kept="x")
    register = Holdings()
    register.add(first)
    with pytest.raises(ValueError, match="Two rooms"):
        register.add(second)


def test_bounds_hold_the_default() -> None:
    clocks = [holding.retention for holding in holdings if holding.retention]
    assert [clock for clock in clocks if not clock.shortest <= clock.days <= clock.longest] == []


@pytest.mark.django_db
def test_the_register_counts_every_class_and_every_class_exports_nothing_of_nobody(nanjing_cast) -> None:
    with inside(nanjing_cast.network):
        nanjing_cast["reader"]
        lines = {line.holding.key: line for line in register_now(at=clock.now())}
        assert set(lines) == {holding.key for holding in holdings}
        assert (lines["people.accounts"].rows, lines["people.accounts"].due) == (1, 0)
        rows = [section.rows for holding in holdings for section in holding.export(Owner())]
    assert [cells for cells in rows if cells] == []


def test_the_page_of_holdings_is_the_register() -> None:
    page = (ROOT / "docs/reference/holdings.md").read_text(encoding="utf-8")
    with translation.override("en-GB"):
        registered = {
            holding.key: (
                str(holding.title),
                f"{holding.retention.days} ({holding.retention.shortest}–{holding.retention.longest})"
                if holding.retention
                else "",
                set(holding.models),
            )
            for holding in holdings
        }
    told = {
        bare(row[0]): (row[1], row[2], set(re.findall(r"`([\w.]+)`", row[3])))
        for row in table_rows(page)
        if len(row) == 4
    }
    assert told == registered
