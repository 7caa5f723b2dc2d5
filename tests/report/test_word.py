import hashlib
import sys
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.report import Cell, Column, Paragraph, Report, Section, Table
from outcome_tracker.report.word import render
from tests.report.blocks import CHART, NASTY, WARNING, nasty, report, wide

W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


def written(made: Report, template: Path | None = None) -> Document:
    return docx.Document(BytesIO(render(made, template)))


def blocks(document: Document) -> Iterator[WordParagraph | WordTable]:
    return document.iter_inner_content()


def texts(document: Document, style: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name == style]


def tables(document: Document) -> list[CT_Tbl]:
    return [table for table in document.element.body if isinstance(table, CT_Tbl)]


def cells(table: CT_Tbl) -> list[list[str]]:
    return [["".join(t.text or "" for t in tc.iter(qn("w:t"))) for tc in tr.tc_lst] for tr in table.tr_lst]


def instructions(document: Document) -> list[str]:
    return [(found.text or "").strip() for found in document.element.iter(qn("w:instrText"))]


def test_headings_are_headings_in_order_under_the_title() -> None:
    document = written(report())
    assert texts(document, "Title") == ["Outcome plans"]
    assert texts(document, "Subtitle") == ["Quarter 4 2018-19 (Jan to Mar 2019)"]
    headings = [
        (p.style.name, p.text)
        for p in document.paragraphs
        if p.style is not None and p.style.name is not None and p.style.name.startswith("Heading")
    ]
    assert headings == [
        ("Heading 1", "How are we doing?"),
        ("Heading 1", "Headline indicators"),
        ("Heading 2", "SAFE-01 Second or subsequent protection plans"),
        ("Heading 1", "Appendix: all measures"),
    ]


def test_each_block_has_the_style_of_its_kind() -> None:
    document = written(report())
    assert texts(document, "Outcome Question") == ["Are we achieving our targets?"]
    assert texts(document, "Outcome Answer") == ["Green – 4; Amber – 0; Red – 1; M – 1"]
    assert texts(document, "Outcome Lead") == ["15.9% in Quarter 4 2018-19: Red."]
    assert texts(document, "Outcome Source") == ["Quoted from the source."]
    assert texts(document, "List Bullet") == [
        "Cause: more families came back.",
        "Action: a review of every second plan.",
    ]
    assert texts(document, "Outcome Fact") == [
        "For\tOverview and Scrutiny Committee",
        "As at\t31 May 2019",
        "Owner\tSafeguarding Unit",
        "Definition\tShare of the children starting a plan.",
    ]
    assert "Provisional until the statutory return." in texts(document, "Outcome Note")
    assert "Each in turn." in texts(document, "Normal")


def test_captions_are_numbered_by_word_and_stand_above_tables_and_below_charts() -> None:
    document = written(report())
    assert texts(document, "Caption") == ["Table 1: Ratings", "Figure 1: SAFE-01 by quarter", "Table 2: All measures"]
    assert [i for i in instructions(document) if i.startswith("SEQ")] == [
        r"SEQ Table \* ARABIC",
        r"SEQ Figure \* ARABIC",
        r"SEQ Table \* ARABIC",
    ]
    before = [first for first, second in pairwise(blocks(document)) if isinstance(second, WordTable)]
    assert [p.text for p in before if isinstance(p, WordParagraph)] == ["Table 1: Ratings", "Table 2: All measures"]
    assert all(isinstance(p, WordParagraph) and p.paragraph_format.keep_with_next for p in before)


def test_the_contents_list_every_heading_with_the_page_it_is_on() -> None:
    document = written(report())
    listed = [
        (p.style.name, p.text) for p in document.paragraphs if p.style is not None and p.style.name.startswith("toc")
    ]
    assert listed == [
        ("toc 1", "How are we doing?\t"),
        ("toc 1", "Headline indicators\t"),
        ("toc 2", "SAFE-01 Second or subsequent protection plans\t"),
        ("toc 1", "Appendix: all measures\t"),
    ]
    found = instructions(document)
    assert r'TOC \o "1-3" \h \z \u' in found
    asked = [i.split()[1] for i in found if i.startswith("PAGEREF")]
    assert asked == [link.get(qn("w:anchor")) for link in document.element.iter(qn("w:hyperlink"))][: len(asked)]
    marked = {b.get(qn("w:name")) for b in document.element.iter(qn("w:bookmarkStart"))}
    assert set(asked) <= marked
    begun, ended = (
        [f for f in document.element.iter(qn("w:fldChar")) if f.get(qn("w:fldCharType")) == kind]
        for kind in ("begin", "end")
    )
    assert len(begun) == len(ended)


def test_what_only_word_reads_names_the_space_that_it_requires() -> None:
    document = written(report())
    choices = [e for e in document.element.iter() if str(e.tag).endswith("}Choice")]
    assert [(choice.get("Requires"), choice.nsmap["w15"]) for choice in choices] == [("w15", W15)] * 2


def test_table_rows_have_a_heading_row_and_stay_whole() -> None:
    document = written(report())
    table = tables(document)[1]
    assert cells(table) == [
        ["Indicator", "Figure", "Target", "Rating", "Direction"],
        ["SAFE-01 Second or subsequent protection plans", "15.9%", "14%", "■\u00a0Red", "↗\u00a0Improved"],
        ["SAFE-02 Children in care", "[p] 73.0", "–", "◌\u00a0M: no target", "?\u00a0Unknown"],
    ]
    first, *others = table.tr_lst
    assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None for row in others)
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in (first, *others))
    assert [table.style.name for table in document.tables if table.style is not None] == ["Outcome Table"] * 2


def test_a_row_with_a_very_long_text_may_run_over_the_end_of_a_page() -> None:
    long = Table("long", "Long", (Column("Text"),), ((Cell("word " * 2000),), (Cell("short"),)))
    _, first, second = tables(written(report(measures=long)))[1].tr_lst
    assert first.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None
    assert second.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None


def test_screen_readers_are_told_what_a_table_is_and_where_its_headings_are() -> None:
    properties = tables(written(report()))[1].tblPr
    assert properties.find(qn("w:tblCaption")).get(qn("w:val")) == "All measures"
    assert (
        properties.find(qn("w:tblDescription")).get(qn("w:val"))
        == "5 columns: Indicator, Figure, Target, Rating, Direction."
    )
    look = properties.find(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")


def test_numbers_are_on_the_right_and_ratings_have_a_ground() -> None:
    row = tables(written(report()))[1].tr_lst[1]
    styles = [tc.p_lst[0].style for tc in row.tc_lst]
    assert styles == ["OutcomeTableText", *["OutcomeTableFigure"] * 2, *["OutcomeTableText"] * 2]
    fills = [[shade.get(qn("w:fill")) for shade in tc.iter(qn("w:shd"))] for tc in row.tc_lst]
    assert fills == [[], [], [], ["F9D9D6"], []]


def test_counts_have_no_shape_before_them() -> None:
    assert cells(tables(written(report()))[0])[1] == ["All", "4", "1,204"]


def test_a_name_leads_to_its_section() -> None:
    document = written(report())
    link = tables(document)[1].tr_lst[1].tc_lst[0].find(f"{qn('w:p')}/{qn('w:hyperlink')}")
    (heading,) = document.element.xpath("//w:p[w:pPr/w:pStyle/@w:val='Heading2']")
    assert link.get(qn("w:anchor")) in [mark.get(qn("w:name")) for mark in heading.iter(qn("w:bookmarkStart"))]
    assert "hyperlink" not in tables(document)[1].tr_lst[2].xml


def test_a_name_leads_to_its_row() -> None:
    row = (Cell("SAFE-01", code="definition-SAFE-01"), Cell("Share of the children"))
    defined = Table("defined", "Definitions", (Column("Indicator"), Column("Definition")), (row,))
    leading = Table("leading", "Leading", (Column("Indicator"),), ((Cell("SAFE-01", target="definition-SAFE-01"),),))
    document = written(report(Section("s", "Definitions", (leading, defined))))
    [link] = tables(document)[1].iter(qn("w:hyperlink"))
    [mark] = tables(document)[2].iter(qn("w:bookmarkStart"))
    assert link.get(qn("w:anchor")) == mark.get(qn("w:name"))
    names = [each.get(qn("w:name")) for each in document.element.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))


def test_what_opens_a_table_stays_on_its_page_and_its_last_rows_stay_together() -> None:
    rows = tuple((Cell(f"Row {number}"),) for number in range(12))
    long = Table("long", "Long", (Column("Text"),), rows)
    document = written(report(Section("s", "A part", (Paragraph("It opens."), long, Paragraph("It ends.")))))
    kept = {p.text: p.paragraph_format.keep_with_next for p in document.paragraphs}
    assert (kept["It opens."], kept["It ends."]) == (True, None)
    in_rows = [p.pPr is not None and p.pPr.keepNext is not None for p in tables(document)[1].iter(qn("w:p"))]
    assert in_rows[1:] == [False] * 9 + [True] * 2 + [False]


def test_contents_that_a_page_does_not_hold_list_the_parts_only() -> None:
    sections = tuple(Section(f"s-{number}", f"Indicator {number}") for number in range(60))
    document = written(report(Section("many", "Many", (), sections)))
    listed = [p.text for p in document.paragraphs if p.style is not None and p.style.name.startswith("toc")]
    assert listed == [
        f"{title}\t" for title in ("How are we doing?", "Headline indicators", "Many", "Appendix: all measures")
    ]


def test_a_picture_says_in_words_what_it_shows() -> None:
    document = written(report())
    (told,) = document.element.iter(qn("wp:docPr"))
    assert (told.get("title"), told.get("descr")) == (CHART.title, CHART.text)
    (shape,) = document.inline_shapes
    assert shape.width.cm == pytest.approx(12.8, abs=0.1)
    assert shape.width / shape.height == pytest.approx(CHART.width / CHART.height, rel=0.01)


def test_the_warning_is_first_and_above_every_page() -> None:
    document = written(report(warning=WARNING))
    assert document.paragraphs[0].text == WARNING
    assert document.sections[0].header.paragraphs[0].text == WARNING
    assert WARNING not in [p.text for p in written(report()).sections[0].header.paragraphs]


def test_pages_are_a4_with_their_number_below() -> None:
    (section,) = written(report()).sections
    assert (round((section.page_width or 0) / 36000), round((section.page_height or 0) / 36000)) == (210, 297)
    assert section.header.paragraphs[0].text == "Cheshire West and Chester · Outcome plans"
    assert section.footer.paragraphs[0].text == "Page 1 of 1"
    fields = [(i.text or "").strip() for i in section.footer.part.element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_a_wide_table_is_on_pages_on_their_side_and_what_follows_is_not() -> None:
    wider = Section("wide", "Wide", (wide(),))
    document = written(report(wider))
    turned = [section.orientation for section in document.sections]
    assert turned == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    assert [round((s.page_width or 0) / 36000) for s in document.sections] == [210, 297, 210]
    assert [s.footer.paragraphs[0].text for s in document.sections] == ["Page 1 of 1"] * 3


def test_a_wide_table_at_the_end_leaves_no_empty_page_behind() -> None:
    document = written(report(measures=wide()))
    assert [section.orientation for section in document.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]


def test_a_table_without_rows_says_so() -> None:
    document = written(report(measures=Table("none", "None", (Column("A"), Column("B")), ())))
    assert "There is nothing to list." in texts(document, "Outcome Note")


def test_a_report_without_sections_has_no_contents() -> None:
    document = written(Report("Empty", "", "", (), ()))
    assert [p.text for p in document.paragraphs] == ["Empty"]


def test_the_document_says_what_it_is_and_in_which_language() -> None:
    document = written(report())
    told = document.core_properties
    assert (told.title, told.subject, told.author) == (
        "Outcome plans",
        "Quarter 4 2018-19 (Jan to Mar 2019)",
        "Cheshire West and Chester",
    )
    assert (told.created, told.modified) == (datetime.fromisoformat("2019-05-31T00:00Z"),) * 2
    assert (told.language, told.comments) == ("en-GB", "")
    (language,) = document.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "en-GB"


def test_the_same_report_is_the_same_bytes() -> None:
    first, second = render(report()), render(report())
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()
    with ZipFile(BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_what_people_write_is_there_to_the_letter_and_does_nothing() -> None:
    document = written(report(nasty()))
    shown = [p.text for p in document.paragraphs]
    for text in NASTY:
        assert shown.count(text) >= 2
    table = next(table for table in tables(document) if cells(table)[0] == ["Text", NASTY[0]])
    broken = [text.replace("\n", "") for text in NASTY]
    assert cells(table)[1:] == [[text, text] for text in broken]
    assert texts(document, "Heading 1").count(NASTY[3]) == 1


def test_what_xml_cannot_hold_is_left_out() -> None:
    document = written(report(Section("x", "Bell\x07 and \ufffe", (Paragraph("a\x00b\ud800c"),))))
    assert "Bell and " in texts(document, "Heading 1")
    assert "abc" in [p.text for p in document.paragraphs]


def test_fifty_thousand_characters_are_complete() -> None:
    long, unbroken = "word " * 10_000, "x" * 50_000
    table = Table("long", "Long", (Column("Text"), Column("More")), ((Cell(long), Cell(unbroken)),))
    document = written(report(Section("long", "Long", (Paragraph(long), Paragraph(unbroken), table))))
    shown = [p.text for p in document.paragraphs]
    assert long in shown
    assert unbroken in shown
    assert cells(tables(document)[1])[1] == [long, unbroken]


@pytest.mark.parametrize("library", ["docx", "PIL"])
def test_without_its_libraries_it_says_how_to_get_them(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(Unavailable) as raised:
        render(report())
    assert str(raised.value) == (
        "Word reports need libraries that are not installed. "
        "Install them with: python -m pip install python-docx pillow"
    )
