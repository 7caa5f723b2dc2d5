"""Text from people is data: what could steer a terminal or reorder a line is removed where it enters."""

from __future__ import annotations

import re
import unicodedata

_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI sequences, such as colours and cursor moves
    r"|\x1b[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\|$)"  # OSC, DCS, PM, APC and SOS strings
    r"|\x1b[ -/]*[0-~]"  # two-character escapes
    r"|\x9b[0-?]*[ -/]*[@-~]"
)
_LINE_BREAKS = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


def clean(text: str, *, lines: bool = False) -> str:
    """Return `text` without control sequences, control, bidirectional and zero-width characters.

    Tabs and non-breaking spaces become spaces; line breaks become spaces too unless `lines` keeps them.
    The ends are stripped and the letters composed (NFC), so that equal-looking texts are equal.
    """
    if text.isprintable() and text.isascii():  # nearly every text is
        return text.strip()
    text = _ESCAPES.sub("", text)
    kept = [_clean_line(line) for line in _LINE_BREAKS.split(text)]
    return ("\n" if lines else " ").join(kept).strip()


def harmless(text: str) -> str:
    """Return `text` without control sequences and what is not seen; lines and tabs stay, and spaces as plain ones.

    For what is still to be taken apart, such as copied cells.
    """
    if text.isprintable():
        return text
    kept = (" " if unicodedata.category(c) == "Zs" else c for c in _ESCAPES.sub("", text))
    return "".join(c for c in kept if c.isprintable() or c.isspace())


def _clean_line(line: str) -> str:
    # Not printable are the categories C* (control, format with the bidirectional and zero-width characters,
    # surrogates, private use, unassigned) and Z*; of the latter every space becomes the plain one.
    kept = (" " if c.isspace() else c for c in line if c.isspace() or c.isprintable())
    return unicodedata.normalize("NFC", "".join(kept)).rstrip()


def plural(count: int, one: str, many: str = "") -> str:
    """Return `1 figure`, `3 figures`; `many` where the plural is not `one` with an s."""
    return f"{count:,} {one if abs(count) == 1 else many or one + 's'}"


def listed(words: list[str], last: str = "and") -> str:
    """Return `a, b and c`."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def size(count: int) -> str:
    """Return a number of bytes as people read it: `0.4 MB`, `12.0 MB`, `1,204 MB`; what is small in kB."""
    if count < 100_000:  # noqa: PLR2004 - where MB with one decimal begin to say something
        return f"{-(-count // 1000):,} kB"
    return f"{count / 1e6:,.0f} MB" if count >= 100e6 else f"{count / 1e6:,.1f} MB"  # noqa: PLR2004 - decimals say little
