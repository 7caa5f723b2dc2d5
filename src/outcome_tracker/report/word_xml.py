"""Pieces of WordprocessingML as text: writing rows so takes a hundredth of the time that cells one by one take."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DRAWN = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/drawingml/2006/{name}"'
    for prefix, name in (("wp", "wordprocessingDrawing"), ("a", "main"), ("pic", "picture"))
)
# What XML cannot hold at all; text from people has been cleaned, and a title of a template perhaps not.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def attribute(text: str) -> str:
    """Return a text as it stands between the quotes of an attribute, on one line."""
    return escape(_ILLEGAL.sub("", text)).replace("\n", "&#10;")


def run(text: str, marks: str = "") -> str:
    """Return text that looks as `marks` say (`<w:b/>`), its line breaks kept."""
    look = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    lines = escape(_ILLEGAL.sub("", text), quote=False).replace("\r", "").split("\n")
    pieces = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' if line else "" for line in lines)
    return f"<w:r>{look}{pieces}</w:r>"


def paragraph(style: str, content: str, more: str = "") -> str:
    """Return a paragraph of a style's id; `more` are properties beside it, in the order that Word wants."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{content}</w:p>'


def field(instruction: str, shown: str, marks: str = "") -> str:
    """Return a field that Word works out, with what it shows until then."""
    look = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f"{field_start(instruction)}<w:r>{look}<w:t>{escape(shown)}</w:t></w:r>{field_end()}"


def field_start(instruction: str) -> str:
    """Return what stands before a field's result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def field_end() -> str:
    """Return what stands after a field's result."""
    return '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def only_word(content: str) -> str:
    """Return runs that Word reads and LibreOffice leaves out, by the standard's own rule for alternative content.

    Inside a contents field LibreOffice shows page numbers as they were saved; outside it works them out.
    """
    standard = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    named = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" Requires="w15"'
    return (
        f"<mc:AlternateContent {standard}><mc:Choice {named}>{content}</mc:Choice><mc:Fallback/></mc:AlternateContent>"
    )


def link(bookmark: str, content: str) -> str:
    """Return runs that lead to a bookmark of the same document."""
    return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{content}</w:hyperlink>'


def bookmark(names: Iterable[str], first: int, content: str) -> str:
    """Return runs under these names; their ids count on from `first`."""
    numbered = list(enumerate(names, first))
    starts = "".join(f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>' for number, name in numbered)
    return starts + content + "".join(f'<w:bookmarkEnd w:id="{number}"/>' for number, _ in numbered)


def cell(width: int, content: str, fill: str = "") -> str:
    """Return a cell with its paragraphs, `fill` its ground as RRGGBB."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{content}</w:tc>'


def row(cells: Iterable[str], *, heading: bool = False, whole: bool = True) -> str:
    """Return a row; a `heading` is repeated on each page, a `whole` one is not split between pages."""
    kept = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if heading else "")
    return f"<w:tr>{f'<w:trPr>{kept}</w:trPr>' if kept else ''}{''.join(cells)}</w:tr>"


def table(style: str, widths: Sequence[int], rows: Iterable[str], title: str, description: str) -> str:
    """Return a table whose first row and column are headings, with what it is and holds for screen readers."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = 'w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook {look}/><w:tblCaption w:val="{attribute(title)}"/>'
        f'<w:tblDescription w:val="{attribute(description)}"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def picture(relation: str, number: int, size: tuple[int, int], title: str, text: str) -> str:
    """Return a picture in the line of text; `size` in English Metric Units, `text` what it shows in words."""
    width, height = size
    named = f'id="{number}" name="Chart {number}" descr="{attribute(text)}" title="{attribute(title)}"'
    return (
        f'<w:r><w:drawing><wp:inline {_DRAWN} distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f"<wp:docPr {named}/><wp:cNvGraphicFramePr>"
        '<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="Chart {number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
