import pytest
from django.core.exceptions import ImproperlyConfigured

from config.databases import database
from config.env import Env


def env(*, strict: bool = True, **values: str) -> Env:
    return Env(values, strict=strict)


def test_a_secret_may_come_from_a_file(tmp_path):
    (tmp_path / "key").write_text("hush\n")
    assert env(KEY_FILE=str(tmp_path / "key")).secret("KEY") == "hush"


def test_a_file_that_cannot_be_read_says_so(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="KEY_FILE"):
        env(KEY_FILE=str(tmp_path / "none")).secret("KEY")


def test_production_has_no_defaults_of_the_demo():
    assert env(strict=False).secret("KEY", demo="x") == "x"
    with pytest.raises(ImproperlyConfigured, match="Set KEY"):
        env().secret("KEY", demo="x")


@pytest.mark.parametrize(("word", "flag"), [("yes", True), ("ON", True), ("0", False), ("", True)])
def test_flags_take_strict_words(word, flag):
    assert env(FLAG=word).flag("FLAG", default=True) is flag


@pytest.mark.parametrize(
    "read", [lambda e: e.flag("X", default=True), lambda e: e.number("X", 1), lambda e: e.choice("X", "a", {"a"})]
)
def test_any_other_word_stops_the_start(read):
    with pytest.raises(ImproperlyConfigured, match="X takes"):
        read(env(X="perhaps"))


def test_numbers_words_and_choices():
    assert env(X="12").number("X", 1) == 12
    assert env(X="a, b c").words("X") == ["a", "b", "c"]
    assert env().choice("X", "a", {"a", "b"}) == "a"
    assert env().text("X", "y") == "y"


def test_a_database_address_is_taken_apart():
    entry = database("postgresql://siji:p%40ss@db.example:5433/city?sslmode=require")
    assert {name: entry[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "city",
        "USER": "siji",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
    }
    assert entry["OPTIONS"]["sslmode"] == "require"


def test_a_socket_folder_goes_in_the_query():
    assert database("postgresql://siji@/city?host=/run/pg")["HOST"] == "/run/pg"


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://host", "nonsense", ""])
def test_any_other_address_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="database address"):
        database(url)
