"""What LibreOffice makes of the Word document and of the workbook: nothing of them is lost."""

import unicodedata
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from outcome_tracker.core.report import Paragraph, Report, Section, Table
from outcome_tracker.report import excel, word
from outcome_tracker.report.columns import with_shape
from outcome_tracker.tracker.reporting import Asked, make_report
from outcome_tracker.tracker.workspace import open_workspace
from tests.office import converted
from tests.poppler import dense, pages, sizes
from tests.report.blocks import WARNING, every, nasty, report, said, wide

pytestmark = pytest.mark.documents


@pytest.fixture
def published(demo: Path) -> Report:
    """The report of the published plans, as officers see it."""
    workspace = open_workspace(demo, user="officer", now=lambda: datetime(2019, 5, 31, 12, tzinfo=UTC))
    return make_report(workspace, Asked(unsuppressed=True)).report


def as_pdf(made: Report, folder: Path) -> Path:
    path = folder / "report.docx"
    path.write_bytes(word.render(made))
    return converted(path, "pdf", folder)


def lost(made: Report, pdf: Path) -> list[str]:
    """What of a report a PDF does not say, or not in its place; what stands above and below pages aside."""
    shown, above = pages(pdf), dense(f"{made.warning}{made.council} · {made.title}")
    found = "".join(
        dense(page).replace(above, "", 1).replace(f"Page{number}of{len(shown)}", "")
        for number, page in enumerate(shown, start=1)
    )
    first = dense(made.sections[0].title)
    at, missing = found.index(first, found.index(first) + 1), []  # the contents name it before
    for text in said(made.sections, with_shape):
        place = found.find(dense(text), at)
        if place >= 0:
            at = place
        elif not is_from_right(text) or not all(dense(word) in found[at:] for word in text.split()):
            missing.append(text)
    return missing


def is_from_right(text: str) -> bool:
    """Whether any of it is written from right to left, so that a PDF says its words in another order."""
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)


def test_a_word_document_becomes_a_pdf_with_every_word_in_its_place(published: Report, tmp_path: Path) -> None:
    pdf = as_pdf(published, tmp_path)
    assert lost(published, pdf) == []
    assert sizes(pdf) <= {(210, 297), (297, 210)}


def test_the_contents_give_the_page_that_a_heading_is_on(published: Report, tmp_path: Path) -> None:
    found = pages(as_pdf(published, tmp_path))
    listed = {
        title: int(number)
        for title, _, number in (line.rpartition(" ") for page in found[:3] for line in page.splitlines())
        if number.isdecimal() and title in {section.title for section in published.sections}
    }
    assert listed == {section.title: listed[section.title] for section in published.sections}
    for title, number in listed.items():
        assert dense(title) in dense(found[number - 1])


def test_the_warning_is_on_every_page(tmp_path: Path) -> None:
    found = pages(as_pdf(report(Section("wide", "Wide", (wide(90),)), warning=WARNING), tmp_path))
    assert len(found) >= 5
    assert all(dense(WARNING) in dense(page) for page in found)


def test_headings_of_a_long_table_are_on_every_page_of_it(tmp_path: Path) -> None:
    found = pages(as_pdf(report(measures=wide(90)), tmp_path))
    of_table = [page for page in found if "r50c" in page or "r1c" in page or "r89c" in page]
    assert len(of_table) >= 3
    assert all("Measurement11" in dense(page) for page in of_table)


def test_what_people_write_comes_through(tmp_path: Path) -> None:
    made = report(nasty())
    assert lost(made, as_pdf(made, tmp_path)) == []


def test_a_text_of_fifty_thousand_characters_comes_through(tmp_path: Path) -> None:
    long = "".join(f"{number:05} " for number in range(9000))
    made = report(Section("long", "Long", (Paragraph(long), Paragraph("x" * 50_000))))
    above = dense(f"{made.council} · {made.title}")
    found = "".join(dense(page).replace(above, "") for page in pages(as_pdf(made, tmp_path)))
    assert all(f"{number:05}" in found for number in range(9000))
    assert found.count("x") >= 50_000


def values(data: bytes) -> dict[str, list[list[object]]]:
    book = load_workbook(BytesIO(data))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


@pytest.mark.parametrize("dangerous", [False, True])
def test_a_workbook_comes_back_from_libreoffice_with_the_same_values(
    dangerous: bool, published: Report, tmp_path: Path
) -> None:
    path = tmp_path / "report.xlsx"
    made = report(nasty()) if dangerous else published
    path.write_bytes(excel.render(made))
    (tmp_path / "back").mkdir()
    back = converted(converted(path, "ods", tmp_path), "xlsx", tmp_path / "back")
    ours, theirs = values(path.read_bytes()), values(back.read_bytes())
    assert list(ours) == list(theirs)
    for name, rows in ours.items():
        expected = [[_read(value) for value in row] for row in rows]
        found = [row[: len(expected[0])] for row in theirs[name]][: len(expected)]
        assert found == expected, name


def _read(value: object) -> object:
    """What a program reads from an escaped text."""
    return value.replace("_x005F_", "_") if isinstance(value, str) else value


def test_a_workbook_shows_what_the_report_prints(published: Report, tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(excel.render(published))
    shown = dense("".join(pages(converted(path, "pdf", tmp_path))))
    tables = [block for section in every(published.sections) for block in section.blocks if isinstance(block, Table)]
    cells = {cell.text for table in tables for row in table.rows for cell in row}
    assert len(cells) > 200
    assert [text for text in cells if dense(text) not in shown] == []
