"""`report` as a Word document and as a workbook, and with a council's own template."""

from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from tests.running import run

ASKED = ("report", "--plan", "SAFE", "--unsuppressed", "-o")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def test_a_word_document(demo: Path, out: Path) -> None:
    path = out / "SAFE_UNSUPPRESSED.docx"
    ran = run(demo, *ASKED, str(path))

    assert (ran.code, ran.out, ran.err) == (0, "", "")
    document = docx.Document(str(path))
    shown = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert shown[0] == "How are we doing?"
    assert "Vulnerable adults and children feel safe and are protected" in [p.text for p in document.paragraphs]
    assert len(document.inline_shapes) >= 4


def test_a_workbook(demo: Path, out: Path) -> None:
    path = out / "SAFE_UNSUPPRESSED.xlsx"
    ran = run(demo, *ASKED, str(path))

    assert (ran.code, ran.out, ran.err) == (0, "", "")
    book = load_workbook(path)
    assert book.sheetnames[:4] == ["Cover", "Contents", "Notes", "Text"]
    assert book["Cover"]["A1"].value == "Vulnerable adults and children feel safe and are protected"
    measures = list(book["measures-list"].iter_rows(min_row=5, values_only=True))
    figure = measures[0].index("Figure")
    assert {row[0]: row[figure] for row in measures[1:]}[
        "SAFE-01 Children subject to a second or subsequent child protection plan"
    ] == pytest.approx(15.9)


def test_the_councils_own_document(demo: Path, out: Path) -> None:
    template = docx.Document()
    template.add_paragraph("Cover of the council")
    template.add_paragraph("{{ report }}")
    template.save(str(out / "council.docx"))
    ran = run(demo, *ASKED, str(out / "SAFE_UNSUPPRESSED.docx"), "--template", str(out / "council.docx"))

    assert (ran.code, ran.err) == (0, "")
    assert docx.Document(str(out / "SAFE_UNSUPPRESSED.docx")).paragraphs[0].text == "Cover of the council"


def test_a_template_that_cannot_be_used_leaves_no_file(demo: Path, out: Path) -> None:
    template = out / "letter.docx"
    template.write_text("Dear all,", "utf-8")
    ran = run(demo, *ASKED, str(out / "SAFE_UNSUPPRESSED.docx"), "--template", str(template))

    assert ran.code == 3
    assert ran.err == (
        f"The template {template} is not a Word document, or is damaged. Nothing was written. "
        "Give a Word document (.docx), such as one saved from Word with the words {{ report }} where it begins.\n"
    )
    assert [path.name for path in out.iterdir()] == ["letter.docx"]


def test_a_template_is_for_word_only(demo: Path, out: Path) -> None:
    ran = run(demo, *ASKED, str(out / "report.xlsx"), "--template", str(out / "council.docx"))

    assert ran.code == 2
    assert "A --template is for Word documents: add --format docx, or leave it out." in ran.err
