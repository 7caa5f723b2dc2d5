"""A report as Markdown, for a council's web page: nobody's words turn into markup in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from outcome_tracker.core.report import Bullets, Facts, Headline, Paragraph, Picture, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outcome_tracker.core.report import Block, Cell, Report

# Whatever Markdown, its tables or HTML in it give a meaning to, anywhere in a line.
_ACTIVE = re.compile(r"[\\`*_{}\[\]<>|~&#$]|://|@|(?i:(?<=www))\.")
_OPENING = re.compile(r"^([-+]|[0-9]+(?=[.)](?: |$)))")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "://": "&#58;//", "@": "&#64;", ".": "&#46;"}
_DEEPEST = 6


def render(report: Report) -> str:
    """Return the whole report, deterministic to the byte."""
    lines = [f"# {inert(report.title)}", f"{inert(report.council)}: {inert(report.subtitle)}"]
    if report.warning:
        lines.append(f"> **Warning.** {inert(report.warning)}")
    lines += list(_block(Facts(report.facts)))
    lines.append("## Contents")
    lines.append("\n".join(f"- [{inert(section.title)}](#{section.code})" for section in report.sections))
    for section in report.sections:
        lines += _section(section, 2)
    return "\n\n".join(lines) + "\n"


def inert(text: str, *, opens: bool = True) -> str:
    """Return a text that Markdown shows as it is: no emphasis, link, code, heading, list, table cell or HTML.

    `opens`: it may stand at the beginning of a line, where more has a meaning.
    """
    words = " ".join(text.split())
    escaped = _ACTIVE.sub(lambda found: _escaped(found[0]), words)
    if not opens:
        return escaped
    return _OPENING.sub(lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", escaped)


def _escaped(found: str) -> str:
    """Escape one of these; addresses, of which some programs make links by themselves, are parted by an entity."""
    entity = _ENTITIES.get(found)
    return entity if entity is not None else f"\\{found}"


def _section(section: Section, depth: int) -> Iterator[str]:
    yield f'<a id="{section.code}"></a>\n\n{"#" * min(depth, _DEEPEST)} {inert(section.title)}'
    for block in section.blocks:
        yield from _block(block)
    for inner in section.sections:
        yield from _section(inner, depth + 1)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _paragraph(block)
        case Bullets():
            yield "\n".join(f"- {inert(item)}" for item in block.items)
        case Facts():
            if block.pairs:
                yield "\n".join(f"- **{inert(name)}:** {inert(text)}" for name, text in block.pairs)
        case Headline():
            yield f"**{inert(block.question)}** {inert(block.answer)}"
        case Picture():
            yield f"**{inert(block.caption)}.** {inert(block.drawing.text)}"
        case Table():
            yield from _table(block)


def _paragraph(block: Paragraph) -> str:
    text = inert(block.text)
    if block.source:
        return f"> {text}"
    return f"*{text}*" if block.note else text


def _table(block: Table) -> Iterator[str]:
    yield f"**{inert(block.caption)}**"
    head = _row(inert(column.title) for column in block.columns)
    rule = _row("---:" if column.numeric else "---" for column in block.columns)
    yield "\n".join([head, rule, *(_row(_cell(cell) for cell in row) for row in block.rows)])
    if block.notes:
        yield "\n".join(f"- {inert(note)}" for note in block.notes)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    text = inert(cell.text, opens=False)
    place = f'<a id="{cell.code}"></a>' if cell.code else ""
    return f"{place}[{text}](#{cell.target})" if cell.target and text else f"{place}{text}"
