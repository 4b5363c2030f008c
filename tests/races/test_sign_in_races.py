"""Two at once: one account per number, five tries per code."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from kit import limits
from networks.models import inside
from people.commands import sign_in as commands
from people.models import Person
from tests.people.conftest import newest_code, token

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
AT_ONCE = 8


def all_at_once(work):
    barrier = Barrier(AT_ONCE)

    def run(number):
        try:
            barrier.wait()
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def test_a_number_typed_in_eight_browsers_at_once_is_one_person(nanjing):
    def begin(_number):
        with inside(nanjing):
            return commands.begin(network=nanjing, phone="+8613800138000").pk

    assert len(set(all_at_once(begin))) == 1
    with inside(nanjing):
        assert Person.objects.count() == 1


def test_eight_guesses_at_once_share_five_tries(nanjing):
    cache.clear()
    client = Client(HTTP_HOST="nanjing.test")
    client.post("/sign-in/", {"phone": "13800138000"})
    right, sent = newest_code(nanjing), token(client.get("/sign-in/code/"))
    wrong = f"{(int(right) + 1) % 1_000_000:06}"

    def guess(_number):
        other = Client(HTTP_HOST="nanjing.test")
        other.cookies = client.cookies.copy()
        return other.post("/sign-in/code/", {"code": wrong, "sent": sent}).content.decode()

    told = all_at_once(guess)
    assert sum("不是我们发出的验证码" in page for page in told) == 5
    assert sum("已经输错五次" in page for page in told) == 3
    assert client.post("/sign-in/code/", {"code": right, "sent": sent}).status_code == 422


def test_of_eight_at_once_one_is_within_a_limit_of_one(nanjing):
    cache.clear()
    waits = all_at_once(lambda _number: limits.take("race", limits.Limit(1, 60)))
    assert sorted(wait > 0 for wait in waits) == [False] + [True] * (AT_ONCE - 1)
