"""The lists of statistical neighbours, as the Department for Education publishes them: one row an authority.

Headings change between releases: `SN_1` or `SN1` is a neighbour's DfE number, and the column after it may say how close
it is. Our own export has the columns `release` and `source` too, so that one file holds several releases.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from outcome_tracker.core.area import Neighbour, NeighbourList
from outcome_tracker.core.problem import Problem
from outcome_tracker.core.text import clean
from outcome_tracker.exchange.csv_in import uncovered
from outcome_tracker.exchange.open_data.lines import CsvFile
from outcome_tracker.exchange.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_AUTHORITY = re.compile(
    r"(?:old[ _]?la[ _]?code|la[ _]?(?:num|number|code)|dfe[ _]?(?:num|number|code))", re.IGNORECASE
)
_NEIGHBOUR = re.compile(r"sn[ _]?([0-9]{1,2})", re.IGNORECASE | re.ASCII)
_CLOSENESS = re.compile(r"sn[ _]?[0-9]{0,2}[ _]?p", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(r"([0-9]{3})(?:\.0)?", re.ASCII)


def read_neighbours(path: Path, release: str, source: str, encoding: str) -> tuple[list[NeighbourList], list[Problem]]:
    """Return every authority's list, and what is wrong with the file; a row's own release and source come first."""
    problems: list[Problem] = []
    found: list[NeighbourList] = []
    lines: dict[tuple[str, str], int] = {}
    try:
        file = CsvFile(path, encoding)
        authority, neighbours = _columns(file, problems)
        own = {name.casefold(): place for place, name in enumerate(file.heading)}
        if not release and "release" not in own:
            message = (
                "The file's name has no year that the release could be called after; give it, as in --release 2021."
            )
            problems.append(file.problem(message))
        for chunk in file.chunks(problems.append) if not problems else ():
            for line, cells in zip(chunk.lines, zip(*chunk.columns, strict=True), strict=True):
                texts = [clean(cell) for cell in cells]
                if sum(map(bool, texts)) < 2:  # noqa: PLR2004 - a title between two tables
                    continue
                read = _row(file, line, texts, authority, neighbours)
                problems += [each for each in read if isinstance(each, Problem)]
                listed = [each for each in read if isinstance(each, Neighbour)]
                number = _number(texts[authority])
                its_release = _own(texts, own, "release") or release
                if not its_release:
                    problems.append(file.problem("The release is empty; fill it in, as in 2021.", line, "release"))
                elif (before := lines.get((its_release, number))) is not None:
                    message = f"The authority {number} has a list in line {before} already; keep one."
                    problems.append(file.problem(message, line, file.heading[authority]))
                elif number and listed:
                    lines[its_release, number] = line
                    its_source = _own(texts, own, "source") or source
                    found.append(NeighbourList(its_release, number, tuple(listed), its_source))
        if not found and not problems:
            problems.append(file.problem("The file has no rows."))
    except Unreadable as unreadable:
        problems.append(unreadable.problem)
    return found, problems


def _own(texts: Sequence[str], places: Mapping[str, int], column: str) -> str:
    return uncovered(texts[places[column]]) if column in places else ""


def _number(text: str) -> str:
    found = _NUMBER.fullmatch(text)
    return found[1] if found else ""


def _columns(file: CsvFile, problems: list[Problem]) -> tuple[int, list[tuple[int, int | None]]]:
    """Return the authority's column, and each neighbour's with that of its closeness, nearest first."""
    heading = file.heading
    authority = next((place for place, name in enumerate(heading) if _AUTHORITY.fullmatch(name)), None)
    if authority is None:
        problems.append(
            file.problem("No column has the authority's DfE number; call one old_la_code, as in 896 in its rows.", 1)
        )
    ranked: list[tuple[int, int]] = []
    for place, name in enumerate(heading):
        if match := _NEIGHBOUR.fullmatch(name):
            ranked.append((int(match[1]), place))
    ranks = [rank for rank, _ in ranked]
    if not ranks:
        problems.append(file.problem("No column has a neighbour; call them SN_1 to SN_10, nearest first.", 1))
    problems += [
        file.problem(f"The neighbour {rank} has two columns; keep one.", 1)
        for rank in sorted(set(ranks))
        if ranks.count(rank) > 1
    ]
    problems += [
        file.problem(
            f"No column has the neighbour {rank}, but one has the neighbour {max(ranks)}; call it SN_{rank}.", 1
        )
        for rank in range(1, max(ranks, default=0))
        if rank not in ranks
    ]
    return authority or 0, [
        (place, place + 1 if place + 1 < len(heading) and _CLOSENESS.fullmatch(heading[place + 1]) else None)
        for _, place in sorted(ranked)
    ]


def _row(
    file: CsvFile, line: int, texts: Sequence[str], authority: int, neighbours: Sequence[tuple[int, int | None]]
) -> list[Neighbour | Problem]:
    """Return a row's neighbours, and what is wrong with it."""
    found: list[Neighbour | Problem] = []
    own = _number(texts[authority])
    if not own:
        message = f"'{texts[authority]}' is not a DfE number, which has three digits, as in 896."
        return [file.problem(message, line, file.heading[authority])]
    seen = {own}
    for place, closeness in neighbours:
        text, name = texts[place], file.heading[place]
        number = _number(text)
        if not number:
            what = (
                f"'{text}' is not a DfE number, which has three digits, as in 896."
                if text
                else "It is empty; write a DfE number, as in 896."
            )
            found.append(file.problem(what, line, name))
        elif number in seen:
            which = "the authority itself" if number == own else "a neighbour already"
            found.append(file.problem(f"{number} is {which}; correct it.", line, name))
        else:
            seen.add(number)
            found.append(Neighbour(number, "" if closeness is None else texts[closeness]))
    return found
