"""A command is one durable transaction; a step runs only inside one."""

import pytest
from django.db import connection
from django.db.transaction import TransactionManagementError

from kit.command import command, step
from kit.refusals import Refusal, Refused, refuse_if
from networks.models import Network


@command
def rename(network: Network, name: str, *, refuse: bool = False) -> str:
    Network.objects.filter(pk=network.pk).update(name=name)
    if refuse:
        raise Refused(Refusal("no", "不行。"))
    return name


@command
def rename_twice(network: Network) -> None:
    rename(network, "一次")


@step
def touch() -> bool:
    return connection.in_atomic_block


@command
def touching() -> bool:
    return touch()


@pytest.mark.django_db
def test_a_command_answers_and_keeps_its_name(nanjing):
    assert rename(nanjing, "新名") == "新名"
    assert rename.__name__ == "rename"


@pytest.mark.django_db
def test_a_refused_command_has_written_nothing(nanjing):
    with pytest.raises(Refused):
        rename(nanjing, "新名", refuse=True)
    nanjing.refresh_from_db()
    assert nanjing.name == "阅美四季"


@pytest.mark.django_db
def test_a_command_inside_a_command_raises(nanjing):
    with pytest.raises(RuntimeError, match="durable"):
        rename_twice(nanjing)


@pytest.mark.django_db(transaction=True)
def test_a_step_outside_a_command_raises():
    with pytest.raises(TransactionManagementError, match="touch is a step"):
        touch()
    assert touching() is True


def test_refusals_carry_codes_and_a_way_on():
    rule = [Refusal("full", "这场已经满了。", "可以加入候补。"), Refusal("late", "报名已经结束。")]
    with pytest.raises(Refused) as no:
        refuse_if(iter(rule))
    assert no.value.codes == ("full", "late")
    assert str(no.value.refusals[0]) == "这场已经满了。可以加入候补。"
    refuse_if([])


def test_a_refusal_without_a_reason_is_a_bug():
    with pytest.raises(ValueError, match="says why"):
        Refused()
