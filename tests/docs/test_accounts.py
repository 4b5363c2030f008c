"""Both READMEs list exactly the people whom the demo makes."""

import pytest
from django.utils import translation

from config.demo.cast import PLAYERS, Player
from people.rules.codes import DEMO_CODE
from people.rules.phones import normal, spaced
from tests.docs.reading import ROOT, table_rows


def shown(player: Player, brackets: str) -> str:
    area = brackets.format(player.area) if player.area else ""
    return f"{player.name} {spaced(normal(player.phone))}{area}"


@pytest.mark.parametrize(
    ("page", "language", "brackets"), [("README.md", "en-gb", " ({})"), ("README.zh-CN.md", "zh-hans", "（{}）")]
)
def test_the_accounts_are_those_of_the_demo(page: str, language: str, brackets: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    with translation.override(language):
        made = [
            [str(one.part), shown(one, brackets), shown(other, brackets)]
            for one, other in zip(PLAYERS["nanjing"], PLAYERS["shenzhen"], strict=True)
        ]
    assert [row for row in table_rows(text) if len(row) == 3] == made
    (operator,) = PLAYERS["operator"]
    assert operator.name in text
    assert spaced(normal(operator.phone)) in text
    assert f"**{DEMO_CODE}**" in text
