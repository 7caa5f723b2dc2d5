"""The four forms of a report say the same: whatever a block says is in each of them."""

import re
from datetime import UTC, date, datetime
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook

from outcome_tracker.core.period import parse
from outcome_tracker.core.report import Picture, Report, Table
from outcome_tracker.report import excel, html, markdown, word
from outcome_tracker.tracker.reporting import Asked, make_report
from outcome_tracker.tracker.workspace import open_workspace
from tests.report.blocks import every, said

FORMS = ("html", "docx", "xlsx", "md")


@pytest.fixture(params=[("SAFE", "2018-19 Q4", date(2019, 5, 31)), ("GUARD", "2021-04", date(2021, 6, 15))], ids=str)
def published(demo: Path, request: pytest.FixtureRequest) -> Report:
    plan, period, as_at = request.param
    workspace = open_workspace(demo, user="", as_at=as_at, now=lambda: datetime(2021, 6, 20, 10, 30, tzinfo=UTC))
    return make_report(workspace, Asked((plan,), period=parse(period))).report


def _flat(text: str) -> str:
    """Return a text without what a form may change: spaces, and the shapes beside ratings and directions."""
    return re.sub(r"[\s●▲■◌↗→↘]+", " ", text.replace("\u00a0", " ")).strip()


class _Words(HTMLParser):
    """Collects what a page shows and what it says of its pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _in_html(report: Report) -> str:
    page = _Words()
    page.feed(html.render(report))
    return "".join(page.words)


def _in_word(report: Report) -> str:
    document = docx.Document(BytesIO(word.render(report)))
    body = document.element.body
    shown = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]
    return "\n".join([*shown, *(each.get("descr", "") for each in body.iter(qn("wp:docPr")))])


def _in_excel(report: Report) -> str:
    book = load_workbook(BytesIO(excel.render(report)))
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def _in_markdown(report: Report) -> str:
    text = re.sub(r"<a id=\"[^\"]*\"></a>", "", markdown.render(report))
    text = re.sub(r"(?<!\\)\[((?:\\.|[^\]\\])*)\]\(#[^)]*\)", r"\1", text)
    return re.sub(r"\\([^A-Za-z0-9\s])", r"\1", unescape(text))


READ = {"html": _in_html, "docx": _in_word, "xlsx": _in_excel, "md": _in_markdown}


@pytest.mark.parametrize("form", FORMS)
def test_every_text_of_every_block_is_in_every_form(form: str, published: Report) -> None:
    shown = _flat(READ[form](published))
    blocks = [block for section in every(published.sections) for block in section.blocks]
    pictures = [block.drawing.text for block in blocks if isinstance(block, Picture)]
    wanted = dict.fromkeys(_flat(text) for text in (*said(published.sections), *pictures) if text.strip())
    numbers = _numbers(published) if form == "xlsx" else set()

    assert len(wanted) > 300
    assert [text for text in wanted if text not in shown and text not in numbers] == []


def _numbers(report: Report) -> set[str]:
    """Return the figures that a workbook has as numbers, which are tested for looking as printed elsewhere."""
    tables = (block for section in every(report.sections) for block in section.blocks if isinstance(block, Table))
    return {_flat(cell.text) for table in tables for row in table.rows for cell in row if cell.number is not None}
