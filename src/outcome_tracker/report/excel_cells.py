"""What may stand in a workbook: texts that nothing runs, numbers that show what the report prints, names of sheets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from outcome_tracker.core.number import grouped, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outcome_tracker.core.report import Cell

LONGEST_TEXT = 32_000  # a cell holds 32,767 UTF-16 units
RUNS = ("=", "+", "-", "@", "\t", "\r")  # what a formula typed into a cell begins with
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_SHEET = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_RESERVED = "history"  # Excel keeps this name for itself
_LONGEST_FORMAT = 200
_LONGEST_HEADING = 250


def text(words: str) -> str:
    """Return a text as a workbook's file holds it: without what XML can't hold, and `_x0041_` meaning just that."""
    return _ESCAPED.sub("_x005F_", _ILLEGAL.sub("", words))


def pieces(words: str) -> list[str]:
    """Cut a text into as many parts as cells are needed for it; an empty one is one part."""
    if len(words) <= LONGEST_TEXT // 2:  # nearly every text
        return [words]
    found, start, size = [], 0, 0
    for end, letter in enumerate(words):
        units = 2 if letter > "\uffff" else 1
        if size + units > LONGEST_TEXT:
            found.append(words[start:end])
            start, size = end, 0
        size += units
    return [*found, words[start:]]


def number_format(cell: Cell) -> str | None:
    """Return the format with which a cell's number shows the cell's text; None where that is no number with a unit.

    So `15.9%`, `£1,204` and `[p] 73.0` are numbers that can be added up, and look as in the report.
    """
    if cell.number is None or "\n" in cell.text or '"' in cell.text:
        return None
    size = abs(cell.number)
    for shown in (grouped(size), plain(size)):
        at = _found(shown, cell.text)
        if at >= 0:
            break
    else:
        return None
    decimals = len(shown.partition(".")[2])
    digits = ("#,##0" if "," in shown else "0") + (f".{'0' * decimals}" if decimals else "")
    before, after = _literal(cell.text[:at]), _literal(cell.text[at + len(shown) :])
    made = f"{before}{digits}{after}"
    made = f"{digits};{made}" if cell.number < 0 else made
    return made if len(made) <= _LONGEST_FORMAT else None


def _found(number: str, words: str) -> int:
    """Return where a number stands in a text, not as a part of a longer one; else -1."""
    at = words.find(number)
    while at >= 0:
        before, after = words[max(at - 1, 0) : at], words[at + len(number) : at + len(number) + 2]
        goes_on = after[:1].isdecimal() or (after[:1] in {".", ","} and after[1:].isdecimal())
        if not goes_on and not before.isdecimal() and before not in {".", ","}:
            return at
        at = words.find(number, at + 1)
    return -1


def _literal(words: str) -> str:
    return f'"{words}"' if words else ""


def unique(names: Iterable[str], taken: Iterable[str] = (), longest: int = _LONGEST_HEADING) -> Iterator[str]:
    """Yield the names, each other than those before in whatever case, and none longer than so many letters."""
    seen = {name.casefold() for name in taken}
    for name in names:
        made, number = name[:longest], 1
        while made.casefold() in seen:
            number += 1
            ending = f" {number}"
            made = name[: longest - len(ending)] + ending
        seen.add(made.casefold())
        yield made


def sheet_names(codes: Iterable[str], taken: Iterable[str]) -> Iterator[str]:
    """Yield names of sheets that Excel allows, made from codes."""
    allowed = (_SHEET.sub("-", _ILLEGAL.sub("", code)).strip(" '") or "Table" for code in codes)
    return unique(allowed, (*taken, _RESERVED), _LONGEST_NAME)


def headings(titles: Iterable[str]) -> Iterator[str]:
    """Yield headings of a table that Excel allows: one line each, none empty, none twice."""
    return unique(" ".join(title.split()) or "Column" for title in titles)


def table_name(sheet: str, number: int) -> str:
    """Return a name for a table as formulas use it: no space, and never like a cell's address."""
    return f"Table_{number}_{re.sub('[^0-9A-Za-z]', '_', sheet)}"
