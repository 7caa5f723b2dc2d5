"""What reaches the terminal: data on stdout, narration on stderr, nothing in either that could steer a terminal.

Styles are private-use characters inside the text until the very end, where they become colours or nothing and
every other unprintable character a space. `core.text.clean` has removed both from what people write.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outcome_tracker.core.problem import Problem

RESET, BOLD, DIM, GREEN, AMBER, RED = "\ue000\ue001\ue002\ue003\ue004\ue005"
_SEQUENCES = {RESET: "0", BOLD: "1", DIM: "2", GREEN: "32", AMBER: "33", RED: "31"}
_COLOURS = str.maketrans({style: f"\x1b[{code}m" for style, code in _SEQUENCES.items()})
_NO_COLOURS = str.maketrans(dict.fromkeys(_SEQUENCES, ""))
# What takes one column each: Latin letters, punctuation and our own glyphs. Other letters are looked up.
_NARROW = re.compile("[ -\u02ff\u2010-\u2027\u2190-\u2199\u2212\u2248\u2500\u25a0-\u25cf\u2713\u2717]*")
_NARROWEST, _USUAL, _WIDEST = 66, 80, 160


def styled(text: str, *styles: str) -> str:
    """Return a text in these styles; meaning never hangs on them alone."""
    return f"{''.join(styles)}{text}{RESET}" if styles else text


def use_utf8() -> None:
    """Make both streams UTF-8 whatever the console or `LANG` says; what has no UTF-8 form becomes `?`.

    A stream that was closed before the start becomes one that leads nowhere.
    """
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the end
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as above
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def out(lines: Iterable[str]) -> None:
    """Write lines for reading to stdout."""
    colours = _has_colours(sys.stdout)
    sys.stdout.write("".join(f"{_safe(line, colours=colours)}\n" for line in lines))


def out_data(text: str) -> None:
    """Write JSON or CSV to stdout as it is: its texts were cleaned when it was made."""
    sys.stdout.write(text)


def err(*lines: str) -> None:
    """Write sentences to stderr."""
    colours = _has_colours(sys.stderr)
    sys.stderr.write("".join(f"{_safe(line, colours=colours)}\n" for line in lines))


def problems(found: Iterable[Problem]) -> None:
    """Write problems to stderr, one a line: `path:line:column: key: message`."""
    for problem in found:
        err(str(replace(problem, message=f"warning: {problem.message}") if problem.warning else problem))


def _has_colours(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _safe(line: str, *, colours: bool) -> str:
    """Return one line without anything unprintable but our own styles."""
    if line.isprintable():
        return line
    kept = (c if c.isprintable() or c in _SEQUENCES else " " for c in line)
    return "".join(kept).translate(_COLOURS if colours else _NO_COLOURS)


def terminal_width() -> int:
    """Return how many columns to fill: the terminal's, or 80 where there is none."""
    try:
        columns = int(os.environ.get("COLUMNS", "")) if sys.stdout.isatty() else _USUAL
    except ValueError:
        columns = 0
    if not columns:
        try:
            columns = os.get_terminal_size(sys.stdout.fileno()).columns
        except (OSError, ValueError):
            columns = _USUAL
    return max(_NARROWEST, min(columns or _USUAL, _WIDEST))


def cells(text: str) -> int:
    """Return how many columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    plain = text.translate(_NO_COLOURS)
    if _NARROW.fullmatch(plain):
        return len(plain)
    import unicodedata

    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in plain)


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` columns, between words where that is possible."""
    lines: list[str] = []
    line = ""
    for word in (w for w in text.split(" ") if w):  # a non-breaking space holds
        longer = f"{line} {word}" if line else word
        if cells(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        rest = word
        while cells(rest) > width:
            head = cut(rest, width)
            lines.append(head)
            rest = rest[len(head) :]
        line = rest
    return [*lines, line] if line or not lines else lines


def cut(text: str, width: int) -> str:
    """Return the longest beginning of a text that fits, at least one character."""
    end = len(text)
    while end > 1 and cells(text[:end]) > width:
        end -= 1
    return text[:end]


def paragraph(text: str, width: int, *, first: str = "", indent: str = "") -> list[str]:
    """Wrap a text behind a first indent, the other lines behind `indent`."""
    lines = wrap(text, max(width - max(cells(first), cells(indent)), 1))
    return [f"{first if n == 0 else indent}{line}".rstrip() for n, line in enumerate(lines)]


def facts(pairs: Iterable[tuple[str, str]], width: int, *, indent: int = 0) -> list[str]:
    """Return names and texts beside each other, texts wrapped; pairs without a text are left out."""
    shown = [(name, text) for name, text in pairs if text]
    if not shown:
        return []
    margin = indent + max(cells(name) for name, _ in shown) + 2
    return [
        line
        for name, text in shown
        for line in paragraph(text, width, first=" " * indent + padded(name, margin - indent), indent=" " * margin)
    ]


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Return a text filled up with spaces to `width` columns."""
    spaces = " " * (width - cells(text))
    return spaces + text if right else text + spaces


def spaced(text: str, width: int, indent: str = "") -> list[str]:
    """Return a text with its own spacing where it fits, else as a paragraph."""
    return [f"{indent}{text}"] if cells(indent + text) <= width else paragraph(text, width, first=indent, indent=indent)


def heading(text: str) -> str:
    """Return a section's heading, in capitals."""
    return styled(text.upper(), BOLD)


def named(text: str, width: int) -> list[str]:
    """Return what people named, as a heading with a rule below it."""
    lines = wrap(text, width)
    return [*(styled(line, BOLD) for line in lines), "─" * max(cells(line) for line in lines)]


def table(
    columns: Sequence[str], found: Sequence[Sequence[str]], width: int, *, right: str = "", title: int = 0
) -> list[str]:
    """Return an aligned table with a heading. `right` names the right-aligned columns.

    The column with index `title` takes what the others leave and wraps; a row with one cell more than there are
    columns gets that cell wrapped below it, behind the title's margin.
    """
    least = 12
    widths = [max(cells(row[n]) for row in (columns, *found)) for n in range(len(columns))]
    others = sum(w for n, w in enumerate(widths) if n != title) + 2 * (len(widths) - 1)
    widths[title] = min(widths[title], max(width - others, least))
    margin = sum(w + 2 for w in widths[:title])
    rights = {n for n, column in enumerate(columns) if column in right.split("|")}

    def line(row: Sequence[str], title_text: str) -> str:
        shown = [title_text if n == title else row[n] for n in range(len(columns))]
        return "  ".join(padded(cell, widths[n], right=n in rights) for n, cell in enumerate(shown)).rstrip()

    lines = [styled(line(columns, columns[title]), DIM)]
    for row in found:
        first, *rest = wrap(row[title], widths[title])
        lines += [line(row, first), *(f"{' ' * margin}{more}" for more in rest)]
        for note in row[len(columns) :]:
            if note:
                lines += paragraph(note, width, first=" " * (margin + 2), indent=" " * (margin + 2))
    return lines
