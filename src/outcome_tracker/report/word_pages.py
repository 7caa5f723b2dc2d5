"""Where in a Word document a report goes, and the pages it is on: upright, and on their side for wide tables."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Self

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from outcome_tracker.report import word_xml as xml
from outcome_tracker.report.word_body import Page
from outcome_tracker.report.word_template import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import _Footer, _Header

    from outcome_tracker.core.report import Report
    from outcome_tracker.report.word_body import Body

_NS = nsdecls("w", "r")
_SIZE = '<w:pgSz {ns} w:w="11906" w:h="16838"/>'  # A4
_MARGINS = (
    '<w:pgMar {ns} w:top="1304" w:right="1134" w:bottom="1304" w:left="1134" '
    'w:header="624" w:footer="624" w:gutter="0"/>'
)
# Parts of python-docx's empty document that nobody asked for: its own preview, older Word's styles, a bibliography.
_SPARE = ("customXml", "stylesWithEffects", "thumbnail")
_FONTS = (b'typeface="Calibri"', b'typeface="Cambria"')
_FONT = b'typeface="Arial"'  # on every machine, or a twin of the same widths
_BLANK = 2  # elements that the body of an empty document has: a paragraph and the set-up of its pages
_NARROWEST = 2835  # of the room for text: 5 cm
_RED = '<w:b/><w:color w:val="7D1A1A"/>'


def empty(document: Document, report: Report) -> None:
    """Make the empty document an A4 one, with the report's name above each page and the page's number below."""
    part, package = document.part, document.part.package
    for rels in (part.rels, package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_SPARE)]:
            del rels[key]
    theme = part.part_related_by(RELATIONSHIP_TYPE.THEME)
    blob = theme.blob
    for font in _FONTS:
        blob = blob.replace(font, _FONT)
    for key in [key for key, rel in part.rels.items() if rel.reltype == RELATIONSHIP_TYPE.THEME]:
        del part.rels[key]
    part.relate_to(Part(theme.partname, theme.content_type, blob, package), RELATIONSHIP_TYPE.THEME)
    section = document.element.body.sectPr
    for made in (_SIZE, _MARGINS):
        new = parse_xml(made.format(ns=_NS))
        section.replace(section.find(new.tag), new)
    named = " · ".join(text for text in (report.council, report.title) if text)
    first = document.sections[0]
    _put(first.header, xml.run(named))
    number = f"{xml.run('Page ')}{xml.field('PAGE', '1')}{xml.run(' of ')}{xml.field('NUMPAGES', '1')}"
    _put(first.footer, number, '<w:jc w:val="right"/>')


def _put(story: _Header | _Footer, content: str, more: str = "") -> None:
    """Make a header or footer one paragraph."""
    old = story.paragraphs[0]
    style = old.style.style_id if old.style is not None else ""
    old._p.getparent().replace(old._p, _parsed(xml.paragraph(style, content, more))[0])  # noqa: SLF001 - the element


def warn(document: Document, warning: str, style: Callable[[str], str]) -> None:
    """Put a warning on top of every page, whichever headers the document has."""
    for number, section in enumerate(document.sections):
        stories = [section.header]
        if section.different_first_page_header_footer:
            stories.append(section.first_page_header)
        if document.settings.odd_and_even_pages_header_footer:
            stories.append(section.even_page_header)
        for story in stories:
            if number and story.is_linked_to_previous:
                continue
            made = _parsed(xml.paragraph(style("header"), xml.run(warning, _RED)))[0]
            story._element.insert(0, made)  # noqa: SLF001 - python-docx has no way to put a paragraph first


def first_free_id(document: Document) -> int:
    """Return a number above those of all bookmarks and pictures in the document."""
    found = document.element.xpath("//w:bookmarkStart/@w:id | //wp:docPr/@id")
    return 1 + max((int(number) for number in found if str(number).isdecimal()), default=0)


MARK = b"<?outcome-report?>"  # where the report goes; an instruction to nobody, which no template has


class Place:
    """Where the report goes: before an element of the body, in pages set up by the section that the element is in."""

    def __init__(self, document: Document, before: BaseOxmlElement, spare: list[BaseOxmlElement]) -> None:
        self._before = before
        self._spare = spare
        self._section = next(_sections_from(before), document.element.body.sectPr)
        self._goes_on = False

    @classmethod
    def find(cls, document: Document) -> Self:
        """Return the placeholder's place, or else the end of the document."""
        body = document.element.body
        wanted = "".join(PLACEHOLDER.split())
        for paragraph in body.findall(qn("w:p")):
            if "".join(_said(paragraph).split()) == wanted:
                return cls(document, paragraph, [paragraph])
        blank = (
            len(body) == _BLANK and not _said(body[0]) and not body[0].xpath(".//w:drawing | .//w:pict | .//w:object")
        )
        return cls(document, body.sectPr, [body[0]] if blank else [])

    @property
    def page(self) -> Page:
        """The room for text; a document that lies on its side already is not turned."""
        size, margins = self._section.find(qn("w:pgSz")), self._section.find(qn("w:pgMar"))
        width, height = (_length(size, name, default) for name, default in (("w", 11_906), ("h", 16_838)))
        left, right, top, bottom = (_length(margins, name, 1440) for name in ("left", "right", "top", "bottom"))
        upright = max(width - left - right, _NARROWEST)
        return Page(upright, max(height - top - bottom, upright))

    def ending(self, sideways: bool) -> str:  # noqa: FBT001 - the one thing it is told
        """Return what ends a stretch of pages: the section's set-up as the document has it, or on its side."""
        made = deepcopy(self._section)
        if self._goes_on:
            _go_on(made)
        self._goes_on = True
        if sideways:
            _turn(made)
        return str(made.xml)

    def fill(self, body: Body) -> None:
        """Mark the place where the paragraphs and tables go, which are ready after that."""
        if body.sideways and self._is_last:
            _turn(self._section)
        else:
            body.turn_back()
        if self._goes_on:
            _go_on(self._section)
        self._before.addprevious(_parsed(MARK.decode())[0])
        for element in self._spare:
            if element.find(f".//{qn('w:sectPr')}") is None:
                element.getparent().remove(element)
            else:
                for run in element.findall(qn("w:r")):
                    element.remove(run)

    @property
    def _is_last(self) -> bool:
        """Tell whether nothing of the document follows in the same section."""
        after = self._before.getnext() if self._before in self._spare else self._before
        return after is self._section


def _sections_from(element: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield the set-ups of pages from an element of the body on: each stands in the last paragraph of its section."""
    for each in (element, *element.itersiblings()):
        if each.tag == qn("w:sectPr"):
            yield each
        elif (found := each.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")) is not None:
            yield found


def _said(element: BaseOxmlElement) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def _length(element: BaseOxmlElement | None, name: str, default: int) -> int:
    """Return a length in twentieths of a point; Word writes whole numbers, other programs not always."""
    found = element.get(qn(f"w:{name}")) if element is not None else None
    try:
        return abs(round(float(found))) if found else default
    except ValueError:
        return default


def _go_on(section: BaseOxmlElement) -> None:
    """Make pages go on from those before: no first page of their own, no numbers from 1."""
    for name in ("w:type", "w:titlePg", "w:pgNumType"):
        for found in section.findall(qn(name)):
            section.remove(found)


def _turn(section: BaseOxmlElement) -> None:
    """Lay pages on their side."""
    size = section.find(qn("w:pgSz"))
    if size is None:
        size = parse_xml(_SIZE.format(ns=_NS))
        section.insert_element_before(
            size, "w:pgMar", "w:paperSrc", "w:pgBorders", "w:lnNumType", "w:cols", "w:docGrid"
        )
    width, height = size.get(qn("w:w")), size.get(qn("w:h"))
    size.set(qn("w:w"), height)
    size.set(qn("w:h"), width)
    size.set(qn("w:orient"), "landscape")


def _parsed(pieces: str) -> list[BaseOxmlElement]:
    return list(parse_xml(f"<w:body {_NS}>{pieces}</w:body>"))
