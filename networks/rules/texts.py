"""The plain form in which privacy texts are written: a line that starts with # is a heading, any other a paragraph."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    is_heading: bool
    text: str


def blocks(body: str) -> list[Block]:
    lines = (line.strip() for line in body.splitlines())
    return [Block(line.startswith("#"), line.lstrip("# ").strip()) for line in lines if line.strip("# ")]
