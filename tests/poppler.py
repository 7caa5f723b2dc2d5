"""What poppler finds in a PDF: the text of its pages, and their sizes."""

import re
import subprocess
from pathlib import Path

from tests.programs import program


def pages(pdf: Path) -> list[str]:
    """What each page says, in the order in which it was written."""
    return _ran("pdftotext", "-raw", str(pdf), "-").removesuffix("\f").split("\f")


def sizes(pdf: Path) -> set[tuple[int, int]]:
    """The sizes of the pages, in millimetres."""
    told = _ran("pdfinfo", "-l", "9999", str(pdf))
    found = re.findall(r"^Page +[0-9]+ size: ([0-9.]+) x ([0-9.]+) pts", told, re.MULTILINE)
    return {(round(float(width) / 72 * 25.4), round(float(height) / 72 * 25.4)) for width, height in found}


def dense(text: str) -> str:
    """A text without spaces, which lines are broken at, and without emoji, which PDFs hold as pictures."""
    return "".join(letter for letter in text if not letter.isspace() and letter < "\U00010000" and letter != "\u200d")


def _ran(name: str, *arguments: str) -> str:
    return subprocess.run([program(name), *arguments], check=True, capture_output=True, timeout=60).stdout.decode()
