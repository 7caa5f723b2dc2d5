"""The HTML report as Chromium shows it: accessible, as narrow as a phone, and printed on A4."""

import re
import subprocess
from pathlib import Path

import pytest

from outcome_tracker.core.report import Section
from outcome_tracker.report.html import render
from tests.browser import answer, faults, printed
from tests.programs import program
from tests.report.example import COMMITTEE, report, warned

pytestmark = pytest.mark.documents

WIDTH, HEIGHT = 595, 842  # A4 in points


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (360, False), (360, True)])
def test_axe_finds_nothing_against_wcag(tmp_path: Path, width: int, dark: bool) -> None:
    assert faults(render(warned()), tmp_path, width=width, dark=dark) == []


@pytest.mark.parametrize("width", [360, 800, 1280])
def test_nothing_overflows_the_page(tmp_path: Path, width: int) -> None:
    long_words = report("Gesellschafterdarlehensvertragsentwurf" * 3)
    script = "async () => document.documentElement.scrollWidth"
    assert answer(render(report()), script, tmp_path, width=width) <= width
    assert answer(render(long_words), script, tmp_path, width=width) <= width


def test_wide_tables_scroll_in_their_box_on_a_phone(tmp_path: Path) -> None:
    script = "async () => [...document.querySelectorAll('.scroll')].map(box => box.scrollWidth > box.clientWidth)"
    assert answer(render(report()), script, tmp_path, width=360) == [True, False, True]


def test_texts_of_charts_are_not_too_small_on_a_phone(tmp_path: Path) -> None:
    script = """async () => Math.min(...[...document.querySelectorAll('svg')].map(
        image => 13 * image.getBoundingClientRect().width / image.viewBox.baseVal.width))"""
    assert answer(render(report()), script, tmp_path, width=360) >= 10


def test_the_fonts_and_colours_follow_the_scheme(tmp_path: Path) -> None:
    script = "async () => getComputedStyle(document.body).backgroundColor"
    assert answer(render(report()), script, tmp_path) == "rgb(255, 255, 255)"
    assert answer(render(report()), script, tmp_path, dark=True) == "rgb(21, 23, 27)"


# Printed


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return printed(render(warned()), tmp_path_factory.mktemp("printed"))


def pages(pdf: Path) -> list[str]:
    """The text of each page, in lines as they are laid out."""
    command = [program("pdftotext"), "-layout", str(pdf), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\f")[:-1]


def headings(sections: tuple[Section, ...]) -> list[str]:
    return [title for s in sections for title in (s.title, *headings(s.sections))]


def test_each_page_is_a4_and_the_widest_table_lies_across(pdf: Path) -> None:
    info = subprocess.run([program("pdfinfo"), "-l", "99", str(pdf)], check=True, capture_output=True, text=True).stdout
    sizes = [(round(float(a)), round(float(b))) for a, b in re.findall(r"size: +([\d.]+) x ([\d.]+)", info)]
    assert set(sizes) == {(WIDTH, HEIGHT), (HEIGHT, WIDTH)}
    for size, text in zip(sizes, pages(pdf), strict=True):
        assert ("Compared with" in text) == (size == (HEIGHT, WIDTH))


def test_no_page_is_blank_and_each_has_its_number_and_the_warning(pdf: Path) -> None:
    found = pages(pdf)
    assert len(found) > 3
    for number, text in enumerate(found, 1):
        assert f"Page {number} of {len(found)}" in text
        assert "Small numbers are not hidden in this report." in text
        _, *lines, _ = [line for line in text.splitlines() if line.strip()]
        assert lines, f"page {number} is blank"


def test_every_heading_is_printed_and_none_stands_last_on_its_page(pdf: Path) -> None:
    found = pages(pdf)
    words = " ".join(" ".join(found).split())
    for title in headings(report().sections):
        assert title in words
    titles = set(headings(report().sections)) - {"Appendix: nothing"}
    for text in found:
        *_, last, _ = [line.strip() for line in text.splitlines() if line.strip()]
        assert last not in titles
    assert COMMITTEE in words


def test_a_long_table_repeats_its_heading_and_splits_no_row(pdf: Path) -> None:
    spread = [text for text in pages(pdf) if "Safeguarding Unit" in text]
    assert len(spread) > 1
    for text in spread:
        assert text.count("Compared with") == 1
        assert text.count("SAFE-") == text.count("Safeguarding Unit")


def test_what_is_for_the_screen_only_is_not_printed(pdf: Path) -> None:
    assert not re.search("Skip to the report|Back to contents", " ".join(pages(pdf)))
