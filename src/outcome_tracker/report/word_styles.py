"""Every style a report uses in Word. A template's own style of the same name is kept, whatever it looks like."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document

TABLE = "Outcome Table"


class _Style(NamedTuple):
    """What a paragraph style sets: properties of its paragraphs and of their letters, beyond those of its parent."""

    paragraph: str = ""
    letters: str = ""
    parent: str = "Normal"

    @property
    def xml(self) -> str:
        return f"<w:pPr>{self.paragraph}</w:pPr><w:rPr>{self.letters}</w:rPr>"


def _space(before: int, after: int, *, tight: bool = False) -> str:
    """Return the space above and below, in twentieths of a point."""
    lines = " w:line='240' w:lineRule='auto'" if tight else ""
    return f"<w:spacing w:before='{before}' w:after='{after}'{lines}/>"


def _letters(half_points: int, colour: str = "", *, bold: bool = False) -> str:
    """Return the look of letters: bold, a colour as RRGGBB, and a size."""
    shade = f"<w:color w:val='{colour}'/>" if colour else ""
    return f"{'<w:b/>' if bold else ''}{shade}<w:sz w:val='{half_points}'/><w:szCs w:val='{half_points}'/>"


def _title(half_points: int) -> str:
    """Return the look of headings: the theme's fonts and its darker colour."""
    fonts = "<w:rFonts w:asciiTheme='majorHAnsi' w:hAnsiTheme='majorHAnsi' w:cstheme='majorBidi'/>"
    size = f"<w:sz w:val='{half_points}'/><w:szCs w:val='{half_points}'/>"
    return f"{fonts}<w:b/><w:color w:val='1F497D' w:themeColor='text2'/>{size}"


def _heading(level: int, half_points: int, before: int) -> _Style:
    outline = f"<w:outlineLvl w:val='{level - 1}'/>"
    return _Style(f"{_KEEP}{_space(before, 100, tight=True)}{outline}", _title(half_points))


def _contents(indent: int, before: int = 0, *, bold: bool = False) -> _Style:
    indents = f"<w:ind w:left='{indent}' w:right='567'/>"
    return _Style(f"{_space(before, 30, tight=True)}{indents}", _letters(21, bold=bold))


_INK, _GREY, _RED, _RULE = "1D2A33", "4F5B66", "7D1A1A", "8A949D"
_KEEP = "<w:keepNext/><w:keepLines/>"
_TIGHT = _space(0, 0, tight=True)
_SIDES = ("top", "left", "bottom", "right")
_BOX = "".join(f"<w:{side} w:val='single' w:sz='12' w:space='6' w:color='A61B1B'/>" for side in _SIDES)
_BAR = f"<w:pBdr><w:left w:val='single' w:sz='18' w:space='10' w:color='{_RULE}'/></w:pBdr>"
_PALE = "<w:shd w:val='clear' w:color='auto' w:fill='FBE9E9'/>"
_TABULAR = "<w14:numForm w14:val='lining'/><w14:numSpacing w14:val='tabular'/>"
# By name; Word's own "heading 1", "caption" and "toc 1" are written small in the file.
_STYLES: Mapping[str, _Style] = {
    "Title": _Style(f"<w:keepNext/>{_space(0, 80, tight=True)}", _title(48)),
    "Subtitle": _Style(f"<w:keepNext/>{_space(0, 240)}", _letters(28, _GREY)),
    "heading 1": _heading(1, 36, 480),
    "heading 2": _heading(2, 30, 340),
    "heading 3": _heading(3, 26, 280),
    "heading 4": _heading(4, 24, 240),
    "heading 5": _heading(5, 24, 240),
    "heading 6": _heading(6, 24, 240),
    "caption": _Style(f"{_KEEP}{_space(200, 80)}", _letters(22, _INK, bold=True)),
    "List Bullet": _Style(f"<w:numPr><w:numId w:val='{{bullets}}'/></w:numPr>{_space(0, 60)}"),
    "TOC Heading": _Style(f"{_KEEP}{_space(360, 120)}", _title(30)),
    "toc 1": _contents(0, 60, bold=True),
    "toc 2": _contents(284),
    "toc 3": _contents(567),
    "header": _Style(_TIGHT, _letters(18, _GREY)),
    "footer": _Style(_TIGHT, _letters(18, _GREY)),
    "Outcome Warning": _Style(
        f"{_KEEP}<w:pBdr>{_BOX}</w:pBdr>{_PALE}{_space(120, 240)}<w:ind w:left='142' w:right='142'/>",
        f"<w:b/><w:color w:val='{_RED}'/>",
    ),
    "Outcome Lead": _Style(_space(0, 140), "<w:b/>"),
    "Outcome Question": _Style(f"{_KEEP}{_space(160, 0)}"),
    "Outcome Answer": _Style(f"<w:keepLines/>{_space(0, 80)}", _letters(25, bold=True)),
    "Outcome Source": _Style(f"{_BAR}<w:ind w:left='284'/>"),
    "Outcome Note": _Style(_space(60, 60, tight=True), _letters(20, _GREY)),
    "Outcome Fact": _Style(
        f"<w:tabs><w:tab w:val='left' w:pos='2835'/></w:tabs>{_space(0, 40)}<w:ind w:left='2835' w:hanging='2835'/>"
    ),
    "Outcome Chart": _Style(f"{_KEEP}{_space(160, 0, tight=True)}"),
    "Outcome Table Text": _Style(_TIGHT, _letters(20)),
    "Outcome Table Heading": _Style("<w:keepNext/>", "<w:b/>", "Outcome Table Text"),
    "Outcome Table Figure": _Style("<w:jc w:val='right'/>", _TABULAR, "Outcome Table Text"),
    "Outcome Table Figure Heading": _Style("<w:jc w:val='right'/>", "", "Outcome Table Heading"),
}
_LINK = "<w:rPr><w:color w:val='0B4F9E'/><w:u w:val='single'/></w:rPr>"
_STRONG_RULE = f"w:val='single' w:sz='8' w:space='0' w:color='{_INK}'"
_TABLE = f"""
<w:tblPr>
  <w:tblBorders><w:top {_STRONG_RULE}/><w:bottom {_STRONG_RULE}/>
    <w:insideH w:val='single' w:sz='4' w:space='0' w:color='C9CFD4'/></w:tblBorders>
  <w:tblCellMar><w:top w:w='50' w:type='dxa'/><w:left w:w='80' w:type='dxa'/>
    <w:bottom w:w='50' w:type='dxa'/><w:right w:w='80' w:type='dxa'/></w:tblCellMar>
</w:tblPr>
<w:tblStylePr w:type='firstRow'>
  <w:rPr><w:b/></w:rPr>
  <w:tcPr><w:tcBorders><w:bottom {_STRONG_RULE}/></w:tcBorders>
    <w:shd w:val='clear' w:color='auto' w:fill='E9EDF1'/></w:tcPr>
</w:tblStylePr>"""
# Where Word lists it among the styles: what one looks for most comes first.
_PRIORITY = {"Title": 10, "Subtitle": 11, "heading": 9, "toc": 39, "TOC": 39, "caption": 35}
_DEFAULTS = (
    "<w:docDefaults {ns}><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme='minorHAnsi' w:eastAsiaTheme='minorEastAsia' "
    "w:hAnsiTheme='minorHAnsi' w:cstheme='minorBidi'/><w:sz w:val='24'/><w:szCs w:val='24'/>"
    "<w:lang w:val='en-GB' w:eastAsia='en-GB' w:bidi='ar-SA'/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
    "<w:spacing w:after='140' w:line='276' w:lineRule='auto'/></w:pPr></w:pPrDefault></w:docDefaults>"
)
_BULLETS = (
    "<w:abstractNum {ns} w:abstractNumId='{id}'><w:multiLevelType w:val='singleLevel'/><w:lvl w:ilvl='0'>"
    "<w:start w:val='1'/><w:numFmt w:val='bullet'/><w:lvlText w:val='•'/><w:lvlJc w:val='left'/>"
    "<w:pPr><w:ind w:left='360' w:hanging='360'/></w:pPr></w:lvl></w:abstractNum>"
)
_NUM = "<w:num {ns} w:numId='{id}'><w:abstractNumId w:val='{abstract}'/></w:num>"
_NS, _NS14 = nsdecls("w"), 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


class Styles:
    """The ids of the styles by name, once they are all in the document.

    In a document of our own they replace those of the same name; a template keeps the ones it has.
    """

    def __init__(self, document: Document, *, own: bool) -> None:
        self._document = document
        self._root = document.styles.element
        self._own = own
        self._found = {
            style.find(qn("w:name")).get(qn("w:val"), "").casefold(): style
            for style in self._root.findall(qn("w:style"))
            if style.find(qn("w:name")) is not None
        }
        if own:
            self._root.replace(self._root.find(qn("w:docDefaults")), parse_xml(_DEFAULTS.format(ns=_NS)))
        for name, style in _STYLES.items():
            self._define("paragraph", name, style.xml, style.parent)
        self._define("character", "Hyperlink", _LINK, "Default Paragraph Font")
        self._define("table", TABLE, _TABLE, "Normal Table")

    def id(self, name: str) -> str:
        """Return a style's id, which another language's Word writes otherwise than its name."""
        return str(self._found[name.casefold()].get(qn("w:styleId")))

    def _define(self, kind: str, name: str, body: str, parent: str) -> None:
        there = self._found.get(name.casefold())
        if there is not None and (not self._own or name == "List Bullet"):
            return
        if "{bullets}" in body:
            body = body.format(bullets=_bullets(self._document))
        style = there.get(qn("w:styleId")) if there is not None else self._free(name)
        based = self._found.get(parent.casefold())
        based_on = f"<w:basedOn w:val='{based.get(qn('w:styleId'))}'/>" if based is not None else ""
        custom = " w:customStyle='1'" if name.startswith("Outcome") else ""
        made = parse_xml(
            f"<w:style {_NS} {_NS14} w:type='{kind}'{custom} w:styleId='{style}'><w:name w:val='{name}'/>{based_on}"
            f"<w:uiPriority w:val='{_PRIORITY.get(name.partition(' ')[0], 20)}'/><w:qFormat/>{body}</w:style>"
        )
        if there is None:
            self._root.append(made)
        else:
            self._root.replace(there, made)
        self._found[name.casefold()] = made

    def _free(self, name: str) -> str:
        """Return an id that no style has."""
        taken = {style.get(qn("w:styleId")) for style in self._found.values()}
        words = name.title().replace(" ", "")
        return next(made for n in count() if (made := f"{words}{n or ''}") not in taken)


def _bullets(document: Document) -> int:
    """Add a list with bullets to the document, and return its number."""
    part = document.part
    there = [rel.target_part for rel in part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.NUMBERING]
    if there and isinstance(there[0], XmlPart):
        root = there[0].element
    else:
        root = parse_xml(f"<w:numbering {_NS}/>")
        made = NumberingPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, root, part.package)
        part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
    abstract = 1 + max((int(found) for found in root.xpath("w:abstractNum/@w:abstractNumId")), default=-1)
    number = 1 + max((int(found) for found in root.xpath("w:num/@w:numId")), default=0)
    first = root.find(qn("w:num"))
    listed = parse_xml(_BULLETS.format(ns=_NS, id=abstract))
    if first is None:
        root.append(listed)
    else:
        first.addprevious(listed)
    last = root.findall(qn("w:num"))[-1] if first is not None else listed
    last.addnext(parse_xml(_NUM.format(ns=_NS, id=number, abstract=abstract)))
    return number
