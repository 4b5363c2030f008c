from hypothesis import given
from hypothesis import strategies as st

from kit import ids


def test_ids_sort_by_the_time_they_were_made(time_machine):
    made = []
    for second in range(1, 6):
        time_machine.move_to(f"2026-11-20T09:00:0{second}Z", tick=False)
        made.append(ids.new_id())
    assert made == sorted(made)
    assert {len(code) for code in made} == {26}


def test_no_character_looks_like_another():
    assert set("ILOU") & set(ids.ALPHABET) == set()
    assert len(ids.ALPHABET) == 32


def test_ids_made_in_the_same_moment_differ():
    assert len({ids.new_id() for _ in range(1000)}) == 1000


@given(st.integers(1, 40))
def test_a_code_is_as_long_as_asked_and_tidy_already(length):
    code = ids.random_code(length)
    assert len(code) == length
    assert ids.tidy_code(code) == code


@given(st.text(ids.ALPHABET, min_size=1, max_size=16))
def test_a_code_typed_by_a_person_is_read_as_printed(code):
    typed = "-".join(code.lower()).replace("0", "o").replace("1", "l")
    wide = "".join(chr(ord(c) + 0xFEE0) for c in code)
    assert ids.tidy_code(f" {typed} ") == code
    assert ids.tidy_code(wide) == code


@given(st.text())
def test_whatever_is_typed_comes_out_in_the_alphabet(text):
    assert set(ids.tidy_code(text)) <= set(ids.ALPHABET)
