"""A report as Markdown: what is said is said, and nobody's words become markup."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.drawing import Drawing
from outcome_tracker.core.number import Unit, UnitKind
from outcome_tracker.core.report import (
    Bullets,
    Cell,
    Column,
    Facts,
    Headline,
    Paragraph,
    Picture,
    Report,
    Section,
    Table,
)
from outcome_tracker.report.markdown import inert, render

PERCENT = Unit(UnitKind.PERCENT)


def _one(*blocks: Bullets | Facts | Headline | Paragraph | Picture | Table) -> str:
    report = Report("Title", "Quarter 4", "Testshire", (), (Section("part", "A part", blocks),))
    return render(report).partition("## A part\n\n")[2]


def test_a_report_is_headings_anchors_and_contents() -> None:
    inner = Section("inner", "Inside", (Paragraph("Text."),))
    report = Report(
        "Feel safe",
        "Quarter 4 2018-19",
        "Testshire",
        (("As at", "31 May 2019"),),
        (Section("part", "A part", (), (inner,)),),
        "Small numbers are not hidden.",
    )

    assert render(report) == (
        "# Feel safe\n\nTestshire: Quarter 4 2018-19\n\n> **Warning.** Small numbers are not hidden.\n\n"
        "- **As at:** 31 May 2019\n\n## Contents\n\n- [A part](#part)\n\n"
        '<a id="part"></a>\n\n## A part\n\n<a id="inner"></a>\n\n### Inside\n\nText.\n'
    )


def test_a_table_has_a_heading_row_and_numbers_on_the_right() -> None:
    table = Table(
        "list",
        "All measures",
        (Column("Indicator"), Column("Figure", numeric=True)),
        ((Cell("SAFE-01 Repeat plans", target="indicator-SAFE-01"), Cell("16.0%", Decimal("16.0"), PERCENT)),),
        ("As printed.",),
    )

    assert _one(table) == (
        "**All measures**\n\n| Indicator | Figure |\n| --- | ---: |\n"
        "| [SAFE-01 Repeat plans](#indicator-SAFE-01) | 16.0% |\n\n- As printed.\n"
    )


def test_a_row_that_something_leads_to_has_its_place() -> None:
    table = Table("list", "Definitions", (Column("Indicator"),), ((Cell("SAFE-01", code="definition-SAFE-01"),),))

    assert _one(table).endswith('| <a id="definition-SAFE-01"></a>SAFE-01 |\n')


def test_blocks_in_words() -> None:
    assert _one(Headline("Are we better?", "Yes – 1"), Bullets(("One", "Two"))) == (
        "**Are we better?** Yes – 1\n\n- One\n- Two\n"
    )
    assert _one(Paragraph("A quote.", source=True), Paragraph("A note.", note=True)) == "> A quote.\n\n*A note.*\n"


def test_a_chart_is_its_text() -> None:
    drawing = Drawing(10, 10, (), "Repeat plans", "Repeat plans: latest 16.0%.")

    assert _one(Picture(drawing, "Figures and target")) == "**Figures and target.** Repeat plans: latest 16.0%.\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a | b", r"a \| b"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("*bold* _it_ `code`", r"\*bold\* \_it\_ \`code\`"),
        ("[click](javascript:x)", r"\[click\](javascript:x)"),
        ("https://example.org", "https&#58;//example.org"),
        ("www.example.org", "www&#46;example.org"),
        ("jo@example.org", "jo&#64;example.org"),
        ("# heading", r"\# heading"),
        ("- item", r"\- item"),
        ("+ item", r"\+ item"),
        ("1. item", r"1\. item"),
        ("12) item", r"12\) item"),
        ("16.0% in all", "16.0% in all"),
        ("R&D &amp;", "R&amp;D &amp;amp;"),
        ("~~gone~~", r"\~\~gone\~\~"),
        ("a\\b", r"a\\b"),
        ("a\nb\n\n# c", r"a b \# c"),
        ("[c]", r"\[c\]"),
    ],
)
def test_texts_from_people_are_inert(text: str, shown: str) -> None:
    assert inert(text) == shown


@given(st.text(alphabet="|<>*_`[]()#&\\~!-+1.) \nw:/@a", max_size=40))
def test_nothing_active_is_left(text: str) -> None:
    shown = inert(text)
    without = re.sub(r"\\[\\`*_{}\[\]|~#$.)+-]|&(?:lt|gt|amp|#58|#64|#46);", "", shown)

    assert not re.search(r"[\\`*_{}\[\]<>|~#&@\n]|://|www\.", without)
    assert not re.match(r"[-+]|[0-9]+[.)](?: |$)", shown)
    assert re.sub(r"\s+", "", _back(shown)) == re.sub(r"\s+", "", text)


def _back(shown: str) -> str:
    """Read what a Markdown program shows."""
    plain = re.sub(r"\\([\\`*_{}\[\]|~#$.)+-])", r"\1", shown)
    for entity, letter in (
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&#58;", ":"),
        ("&#64;", "@"),
        ("&#46;", "."),
        ("&amp;", "&"),
    ):
        plain = plain.replace(entity, letter)
    return plain
