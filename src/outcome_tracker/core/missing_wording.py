"""What is said and asked of markers that stand for a missing figure."""

from __future__ import annotations

from outcome_tracker.core.figure import Status
from outcome_tracker.core.missing import ABSENT, BLANK
from outcome_tracker.core.text import listed, plural

_MEANT = {
    Status.NOT_RETURNED: "nobody has sent it yet, and it is still due",
    Status.NOT_AVAILABLE: "it could not be had",
    Status.SUPPRESSED: "it is hidden, because the number is small",
    Status.NOT_APPLICABLE: "there can be none",
}


def _what(written: str, count: int, place: str) -> str:
    """Return `'x' stands in 3 cells (first figures.csv:4, value)`, or the same of empty cells."""
    one_place = f"{'' if count == 1 else 'first '}{place}"
    if written == BLANK:
        return f"{plural(count, 'row has', 'rows have')} neither a figure nor a status ({one_place})"
    return f"'{written}' stands in {plural(count, 'cell')} ({one_place})"


def question(written: str, count: int, place: str) -> str:
    """Return what is asked of a marker, once an import."""
    return f"{_what(written, count, place)}. What does it mean?"


def choices() -> list[str]:
    """Return the statuses to choose from, each with what it says."""
    return [f"{number} {status.value}: {_MEANT[status]}" for number, status in enumerate(ABSENT, 1)]


def untold(written: str, count: int, place: str) -> str:
    """Return the problem with a marker of which nobody has said what it means."""
    if written == BLANK:
        name, told, instead = 'blank="not returned"', Status.NOT_RETURNED, "fill them in"
    else:
        name, told = f'"{written}=suppressed"', Status.SUPPRESSED
        instead = "write [c] (suppressed), [x] (not available) or [z] (not applicable)"
    others = listed([status.value for status in ABSENT if status is not told], "or")
    return (
        f"{_what(written, count, place)}, and what it means is not known; it is never taken for zero. "
        f"Import with --missing {name} (or {others}), {instead}, or write a status and leave the figure empty."
    )


def partial_note(parts: dict[str, str]) -> str:
    """Return what a note keeps of a figure that one missing part made absent: `numerator x, denominator 37`."""
    return f"In the file: {listed([f'{name} {text}' for name, text in parts.items()])}."


def beside_value_text(value: str, column: str, written: str) -> str:
    """Return what is wrong with a value one of whose parts is a marker."""
    return (
        f"The {column} is '{written}' beside the value {value}; leave the {column} empty if the value stands, "
        "or the value if it is missing too."
    )


def status_text(status: Status, column: str, written: str) -> str:
    """Return what is wrong with a marker in a figure that its status says is there."""
    return f"The status is {status}, but the {column} is '{written}'; write why there is no figure, or the figure."


def contradiction_text(meanings: dict[str, str]) -> str:
    """Return what is wrong with a figure whose markers give different reasons."""
    said = listed([f"'{written}' means {status}" for written, status in meanings.items()])
    return f"{said}, and a figure is absent for one reason; write it under status."
