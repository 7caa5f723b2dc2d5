from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.report import Report, Section
from outcome_tracker.report.word import render
from tests.report.blocks import WARNING, report, wide

REMEDY = (
    "Nothing was written. Give a Word document (.docx), such as one saved from Word with the words {{ report }} "
    "where it begins."
)


@pytest.fixture
def council(tmp_path: Path) -> Callable[[Document], Path]:
    def saved(document: Document) -> Path:
        path = tmp_path / "council.docx"
        document.save(str(path))
        return path

    return saved


def house_style() -> Document:
    """A council's own document: its cover, its letters, its margins, what stands above and below each page."""
    document = docx.Document()
    document.styles["Heading 1"].font.size = Pt(31)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(30)
    section.header.paragraphs[0].text = "Cheshire West and Chester Council"
    section.footer.paragraphs[0].text = "Agenda item 7"
    document.add_paragraph("Cover of the council")
    document.add_paragraph("{{ report }}")
    document.add_paragraph("Contact: Democratic Services")
    return document


def written(made: Report, template: Path) -> Document:
    return docx.Document(BytesIO(render(made, template)))


def test_the_report_stands_where_the_template_says(council: Callable[[Document], Path]) -> None:
    document = written(report(), council(house_style()))
    shown = [p.text for p in document.paragraphs]
    assert shown[:3] == ["Cover of the council", "Outcome plans", "Quarter 4 2018-19 (Jan to Mar 2019)"]
    assert shown[-1] == "Contact: Democratic Services"
    assert "{{ report }}" not in shown


def test_the_template_keeps_its_pages_and_its_styles(council: Callable[[Document], Path]) -> None:
    document = written(report(), council(house_style()))
    (section,) = document.sections
    assert round((section.left_margin or 0) / Mm(1)) == 30
    assert section.header.paragraphs[0].text == "Cheshire West and Chester Council"
    assert [p.text for p in section.footer.paragraphs] == ["Agenda item 7"]
    assert document.styles["Heading 1"].font.size == Pt(31)
    assert document.styles["Outcome Table"].type is WD_STYLE_TYPE.TABLE


def test_without_a_placeholder_the_report_comes_last(council: Callable[[Document], Path]) -> None:
    template = docx.Document()
    template.add_paragraph("Cover of the council")
    shown = [p.text for p in written(report(), council(template)).paragraphs]
    assert shown[:2] == ["Cover of the council", "Outcome plans"]


def test_a_template_with_nothing_in_it_leaves_no_empty_paragraph(council: Callable[[Document], Path]) -> None:
    template = docx.Document()
    template.add_paragraph("")
    assert written(report(), council(template)).paragraphs[0].text == "Outcome plans"


def test_a_placeholder_that_word_has_cut_into_pieces_is_found(council: Callable[[Document], Path]) -> None:
    template = docx.Document()
    paragraph = template.add_paragraph("{{")
    paragraph.add_run(" rep").bold = True
    paragraph.add_run("ort }}")
    template.add_paragraph("After")
    shown = [p.text for p in written(report(), council(template)).paragraphs]
    assert (shown[0], shown[-1]) == ("Outcome plans", "After")


def test_the_warning_is_above_every_kind_of_page(council: Callable[[Document], Path]) -> None:
    template = house_style()
    template.sections[0].different_first_page_header_footer = True
    template.settings.odd_and_even_pages_header_footer = True
    (section,) = written(report(warning=WARNING), council(template)).sections
    for header in (section.header, section.first_page_header, section.even_page_header):
        assert header.paragraphs[0].text == WARNING
    assert section.header.paragraphs[1].text == "Cheshire West and Chester Council"


def test_wide_tables_turn_the_page_and_what_follows_in_the_template_stays_upright(
    council: Callable[[Document], Path],
) -> None:
    template = house_style()
    template.sections[0].different_first_page_header_footer = True
    document = written(report(measures=wide()), council(template))
    assert [s.orientation for s in document.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    assert [s.different_first_page_header_footer for s in document.sections] == [True, False, False]
    assert [s.footer.paragraphs[0].text for s in document.sections] == ["Agenda item 7"] * 3
    assert document.paragraphs[-1].text == "Contact: Democratic Services"


def test_a_placeholder_that_ends_a_section_keeps_that_section(council: Callable[[Document], Path]) -> None:
    template = docx.Document()
    template.add_paragraph("Cover")
    template.add_section()
    template.add_paragraph("{{ report }}")
    template.add_section()
    template.sections[1].left_margin = Mm(40)
    template.add_paragraph("Last")
    document = written(report(Section("wide", "Wide", (wide(),))), council(template))
    assert [s.orientation for s in document.sections].count(WD_ORIENT.LANDSCAPE) == 1
    assert [round((s.left_margin or 0) / Mm(1)) for s in document.sections] == [32, 40, 40, 40, 32]
    shown = [p.text for p in document.paragraphs]
    assert (shown[0], shown[-1]) == ("Cover", "Last")
    assert "{{ report }}" not in shown


def test_a_template_on_its_side_is_not_turned_upright(council: Callable[[Document], Path]) -> None:
    template = docx.Document()
    section = template.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    document = written(report(measures=wide()), council(template))
    assert [(s.page_width or 0) > (s.page_height or 0) for s in document.sections] == [True]


def test_styles_are_found_by_name_whatever_their_id(council: Callable[[Document], Path]) -> None:
    template = house_style()
    heading = template.styles["Heading 1"].element
    heading.set(qn("w:styleId"), "berschrift1")
    document = written(report(), council(template))
    found = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert found[0] == "How are we doing?"
    assert [s.style_id for s in document.styles if s.name == "Heading 1"] == ["berschrift1"]


def test_missing_styles_and_lists_are_added(council: Callable[[Document], Path]) -> None:
    template = docx.Document()
    for style in list(template.styles):
        if style.name != "Normal":
            style.delete()
    for key in [key for key, rel in template.part.rels.items() if rel.reltype.endswith("/numbering")]:
        del template.part.rels[key]
    document = written(report(), council(template))
    names = [style.name for style in document.styles]
    assert len(names) == len(set(names))
    assert {"Heading 1", "Title", "Caption", "List Bullet", "Outcome Table"} <= set(names)
    bullets = [p for p in document.paragraphs if p.style is not None and p.style.name == "List Bullet"]
    assert len(bullets) == 2
    number = document.styles["List Bullet"].element.find(f".//{qn('w:numId')}").get(qn("w:val"))
    assert document.part.numbering_part.element.xpath(f"w:num[@w:numId='{number}']")


def test_a_report_made_from_a_report_names_nothing_twice(tmp_path: Path) -> None:
    path = tmp_path / "first.docx"
    path.write_bytes(render(report()))
    document = written(report(), path)
    drawn = [p.get("id") for p in document.element.iter(qn("wp:docPr"))]
    marked = [b.get(qn("w:id")) for b in document.element.iter(qn("w:bookmarkStart"))]
    assert len({*drawn, *marked}) == len(drawn) + len(marked)
    with ZipFile(BytesIO(render(report(), path))) as archive:
        assert len(set(archive.namelist())) == len(archive.namelist())
        assert {"word/media/chart1.png", "word/media/chart2.png"} <= set(archive.namelist())


def changed(path: Path, change: Callable[[str, bytes], bytes | None], **added: bytes) -> Path:
    """A copy of an archive whose entries are changed, or left out where that gives nothing."""
    other = path.with_name("changed.docx")
    with ZipFile(path) as archive, ZipFile(other, "w", ZIP_DEFLATED) as written:
        for name in archive.namelist():
            data = change(name, archive.read(name))
            if data is not None:
                written.writestr(name, data)
        for name, data in added.items():
            written.writestr(name, data)
    return other


def refusal(template: Path) -> str:
    with pytest.raises(Unavailable) as raised:
        render(report(), template)
    assert raised.value.remedy in {REMEDY, REMEDY.removeprefix("Nothing was written. ")}
    return raised.value.sentence


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none.docx"
    assert refusal(path) == f"The template {path} cannot be read: No such file or directory."
    assert refusal(tmp_path) == f"The template {tmp_path} cannot be read: Is a directory."


@pytest.mark.parametrize("content", [b"", b"Dear all,", b"PK\x03\x04 and then nothing", b"{\\rtf1}"])
def test_what_is_no_word_document_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(content)
    assert refusal(path) == f"The template {path} is not a Word document, or is damaged."


def test_old_and_protected_documents_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert refusal(path) == f"The template {path} is protected by a password, or a document of before 2007 (.doc)."


def test_a_spreadsheet_is_refused(tmp_path: Path) -> None:
    from openpyxl import Workbook

    path = tmp_path / "sheet.docx"
    Workbook().save(path)
    assert refusal(path) == f"The template {path} is not a Word document."


def test_a_word_template_is_refused(council: Callable[[Document], Path]) -> None:
    def as_template(name: str, data: bytes) -> bytes:
        return data.replace(b"document.main+xml", b"template.main+xml") if name == "[Content_Types].xml" else data

    path = changed(council(house_style()), as_template)
    assert refusal(path) == f"The template {path} is a Word template (.dotx)."


def test_macros_are_refused(council: Callable[[Document], Path]) -> None:
    path = changed(council(house_style()), lambda _, data: data, **{"word/vbaProject.bin": b"Sub AutoOpen()"})
    assert refusal(path) == f"The template {path} holds macros, which a report must not pass on."


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "_rels/.rels"])
@pytest.mark.parametrize("damage", [None, b"<w:document", b"\x00\x01"])
def test_a_damaged_document_is_refused(part: str, damage: bytes | None, council: Callable[[Document], Path]) -> None:
    path = changed(council(house_style()), lambda name, data: damage if name == part else data)
    assert refusal(path) in {
        f"The template {path} is damaged: Word can perhaps repair it.",
        f"The template {path} is not a Word document, or is damaged.",
    }


def test_a_document_of_the_strict_form_is_refused(council: Callable[[Document], Path]) -> None:
    def strict(_: str, data: bytes) -> bytes:
        usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        return data.replace(usual, b"http://purl.oclc.org/ooxml/wordprocessingml/main")

    path = changed(council(house_style()), strict)
    assert refusal(path) == f"The template {path} was not saved by Word in its usual form (.docx)."


def test_a_document_without_a_body_is_refused(council: Callable[[Document], Path]) -> None:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    relations = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    empty = f"<w:document {names} {relations}/>".encode()
    path = changed(council(house_style()), lambda name, data: empty if name == "word/document.xml" else data)
    assert refusal(path) == f"The template {path} is damaged: Word can perhaps repair it."


def test_a_document_that_says_nothing_of_its_pages_has_those_of_a4(council: Callable[[Document], Path]) -> None:
    template = docx.Document()
    template.element.body.remove(template.element.body.sectPr)
    document = written(report(measures=wide()), council(template))
    assert [round((s.page_width or 0) / Mm(1)) for s in document.sections] == [210, 297]


def test_a_document_whose_bytes_have_changed_on_the_way_is_refused(council: Callable[[Document], Path]) -> None:
    path = council(house_style())
    data = bytearray(path.read_bytes())
    with ZipFile(path) as archive:
        entry = archive.getinfo("word/theme/theme1.xml")
    data[entry.header_offset + 200] ^= 0xFF
    path.write_bytes(data)
    assert refusal(path) in {
        f"The template {path} is damaged: Word can perhaps repair it.",
        f"The template {path} is not a Word document, or is damaged.",
    }


def test_a_bomb_is_refused_before_it_is_unpacked(council: Callable[[Document], Path]) -> None:
    path = changed(council(house_style()), lambda _, data: data, **{"word/media/image1.bin": bytes(201_000_000)})
    assert path.stat().st_size < 1_000_000
    assert refusal(path) == f"The template {path} is too large."
