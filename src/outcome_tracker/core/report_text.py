"""What people wrote, as blocks: a line is a paragraph, lines that begin with a bullet are a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from outcome_tracker.core.commentary import OWNER, RED_SECTIONS, label
from outcome_tracker.core.report import Bullets, Facts, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outcome_tracker.core.commentary import Commentary
    from outcome_tracker.core.report import Block

_BULLET = re.compile(r"\s*(?:[•▪◦‣·]\s*|[-–*]\s+)(?=\S)")
_ANSWERS = {section.name for section in RED_SECTIONS}


def text_blocks(text: str) -> Iterator[Block]:
    """Yield the paragraphs and lists of a text; empty lines part them and are nothing themselves."""
    items: list[str] = []
    for line in text.split("\n"):
        if bullet := _BULLET.match(line):
            items.append(line[bullet.end() :].strip())
            continue
        if not line.strip():
            continue
        if items:
            yield Bullets(tuple(items))
            items = []
        yield Paragraph(line.strip())
    if items:
        yield Bullets(tuple(items))


def said_blocks(said: Iterable[Commentary], *, titled: bool = True) -> tuple[Block, ...]:
    """Return commentary: the short answers of a Red as facts, then every other section's text.

    `titled`: sections are named before their text where there is more than one, or it is an answer or a forecast.
    """
    every = list(said)
    answers = [c for c in every if c.section in _ANSWERS and "\n" not in c.text.strip()]
    others = [c for c in every if c not in answers]
    blocks: list[Block] = []
    if answers:
        blocks.append(Facts(tuple((_asked(c), c.text.strip()) for c in answers)))
    for each in others:
        is_own = each.section in _ANSWERS or label(each.section) != each.section
        if titled and (len(others) > 1 or is_own):
            blocks.append(Paragraph(f"{label(each.section)}:", note=True))
        blocks += text_blocks(each.text)
    return tuple(blocks)


def _asked(said: Commentary) -> str:
    """Return what an answer is called beside others' owners: who acts is not who owns the indicator."""
    return "Owner of the action" if said.section == OWNER.name else said.section
