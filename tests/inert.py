"""Judges of what comes out: nothing in it steers a terminal, runs, opens, reaches out or becomes structure."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from defusedxml.ElementTree import fromstring
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

OWN = re.compile(rb"\x1b\[(?:0|1|2|31|32|33)m")  # what the program itself sends to a terminal
# A no-break space keeps a mark with its word, and a bullet of Word's is a letter of its font; people's are taken away.
_OURS = {"\N{NO-BREAK SPACE}", "\uf0b7"}
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_ELEMENTS = re.compile(
    "html|head|meta|title|style|body|a|header|h[1-6]|p|dl|dt|dd|nav|ol|ul|li|main|section|div|table|caption|colgroup|col"
    "|thead|tbody|tr|th|td|span|strong|em|footer|figure|figcaption|svg|g|path|rect|circle|line|polyline|polygon|text"
    "|desc|wbr|blockquote"
)
_ATTRIBUTES = re.compile(
    "lang|charset|http-equiv|name|content|href|class|id|role|tabindex|aria-(?:label|labelledby|hidden)|scope|style"
    "|viewbox|width|height|xmlns|x|y|x1|x2|y1|y2|cx|cy|r|d|points|rx|text-anchor|transform|font-size|colspan|rowspan"
)
_FIELD = re.compile(  # of Word's: page numbers, contents, captions, and links within the document
    r" ?(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF \w+(?: \\h)?|SEQ \w+ \\\* ARABIC|TOC [\\\w \"-]*"
    r"|HYPERLINK \\l \"[\w.-]+\") ?"
)


def printable(text: str, *, lines: bool = True) -> None:
    """Fail where a text has anything that is not seen, or that moves what is seen."""
    steering = [hex(ord(c)) for c in text if not (c.isprintable() or c in _OURS or (lines and c == "\n"))]
    assert not steering, (steering[:5], text[:200])


def terminal(raw: bytes, *, colours: bool = False) -> None:
    """Judge what a command sends: with `colours` its own may be among it."""
    printable((OWN.sub(b"", raw) if colours else raw).decode("utf-8"))


def as_json(raw: bytes) -> Iterator[str]:
    """Judge JSON, and yield every text in it."""
    terminal(raw)
    yield from _texts(json.loads(raw))


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, str):
        printable(data)
        yield data
    elif isinstance(data, dict | list):
        for each in (*data, *data.values()) if isinstance(data, dict) else data:
            yield from _texts(each)


def as_csv(raw: bytes) -> Iterator[str]:
    """Judge CSV, none of whose cells a spreadsheet runs, and yield each cell, uncovered."""
    terminal(raw)
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8"), newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    for row in rows:
        for cell in row:
            assert not cell.startswith(_FORMULA) or _NUMBER.fullmatch(cell), cell
            yield cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


class _Page(HTMLParser):
    """Collects a page's texts; its elements and attributes are those of our own templates, and lead nowhere else."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert _ELEMENTS.fullmatch(tag), tag
        self.open.append(tag)
        for name, value in attrs:
            assert _ATTRIBUTES.fullmatch(name), (tag, name)
            assert name != "href" or re.fullmatch(r"#[\w.-]+", value or ""), value
            assert name not in {"id", "class"} or re.fullmatch(r"[\w. -]*", value or ""), value
            assert name != "style" or re.fullmatch(r"--share: [0-9.]+%|flex-grow: [0-9]+", value or ""), value
            printable(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open[-1] in {"meta", "col", "wbr", "br"}:
            self.open.pop()
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    unknown_decl = handle_pi = handle_comment

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            printable(data)
            self.shown.append(data)


def as_html(raw: bytes) -> str:
    """Judge a page and return what it says."""
    page = _Page()
    page.feed(raw.decode("utf-8"))
    page.close()
    assert not set(page.open) - {"meta", "col", "wbr", "br"}
    styles = re.findall(r"<style>(.*?)</style>", raw.decode("utf-8"), re.DOTALL)
    assert not any(re.search(r"@import|url\(|expression", style) for style in styles)
    return "".join(page.shown)


def _parts(raw: bytes) -> Iterator[tuple[str, Any]]:
    """Yield the parts of a package as trees; none leads out of it, none runs."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = archive.namelist()
        assert len(set(names)) == len(names)
        for name in names:
            assert not re.search(r"vba|macro|embed|external|activeX|\.\.|^/|\\", name, re.IGNORECASE), name
            if name.endswith((".xml", ".rels")):
                root: Element = fromstring(archive.read(name).decode("utf-8"))
                for element in root.iter():
                    assert element.get("TargetMode") != "External", element.attrib
                    for text in (element.text, element.tail, *element.attrib.values()):
                        printable((text or "").replace("\t", " "))
                yield name, root


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def as_word(raw: bytes) -> str:
    """Judge a document and return what its body says: its fields are our own."""
    said: list[str] = []
    for name, root in _parts(raw):
        for element in root.iter():
            assert _local(element) not in {"altChunk", "object", "OLEObject", "attachedTemplate", "subDoc"}, name
            if _local(element) in {"instrText", "fldSimple"}:
                field = element.text or next((v for k, v in element.attrib.items() if k.endswith("}instr")), "")
                assert _FIELD.fullmatch(field), field
        if name == "word/document.xml":
            said = [
                "".join(t.text or "" for t in p.iter() if _local(t) == "t") for p in root.iter() if _local(p) == "p"
            ]
    return "\n".join(said)


def as_excel(raw: bytes, formulas: Iterable[str] = ()) -> list[str]:
    """Judge a workbook and return the texts of its cells: none is a formula but those given, none links out."""
    own = set(formulas)
    found: list[str] = []
    parts = dict(_parts(raw))
    items = parts.get("xl/sharedStrings.xml", ())
    shared = ["".join(t.text or "" for t in item.iter() if _local(t) == "t") for item in items]
    for name, root in parts.items():
        for element in root.iter():
            kind = _local(element)
            assert kind not in {"ddeLink", "oleLink", "externalReference", "webPublishItem"}, name
            assert kind != "hyperlink" or element.get("location"), element.attrib
            if kind == "f":
                assert element.text in own, element.text
            elif kind == "c" and "worksheets" in name:
                assert element.get("t") in {None, "n", "s", "inlineStr", "b"}, element.attrib
                value = "".join(each.text or "" for each in element.iter() if _local(each) in {"v", "t"})
                found.append(shared[int(value)] if element.get("t") == "s" else value)
            elif kind == "sheet" and name == "xl/workbook.xml":
                title = element.get("name", "")
                assert re.fullmatch(r"[^\[\]:*?/\\]{1,31}", title), title
                assert title[0] != "'" != title[-1], title
    return found


def as_markdown(raw: bytes) -> str:
    """Judge Markdown as a web site renders it, with links made of addresses, and return what it says."""
    terminal(raw)
    said: list[str] = []
    for token in MarkdownIt("gfm-like", {"linkify": True, "html": True}).parse(raw.decode("utf-8")):
        assert token.type not in {"html_block", "fence", "code_block", "hr"} or re.fullmatch(
            r'<a id="[\w.-]+"></a>\n*', token.content
        ), token
        for inner in token.children or ():
            assert inner.type in _INLINE, inner
            if inner.type == "html_inline":
                assert re.fullmatch(r'<a id="[\w.-]+">|</a>', inner.content), inner.content
            if inner.type == "link_open":
                assert re.fullmatch(r"#[\w.-]+", str(inner.attrs["href"])), inner.attrs
        said.append("".join(inner.content for inner in token.children or () if inner.type == "text"))
    return "\n".join(said)


_INLINE = {"text", "softbreak", "html_inline", "link_open", "link_close", "em_open", "em_close"} | {
    *("strong_open", "strong_close")
}
_DEVICE = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)")


def file_name(name: str) -> None:
    """Judge a name that was made of texts: every system takes it, for a file in the folder where it is."""
    printable(name, lines=False)
    assert len(name.encode("utf-8")) <= 255
    assert not set(name) & set('<>:"/\\|?*')
    assert name == name.strip(" ").rstrip(".")
    assert not name.startswith((".", "-", "~"))
    assert not _DEVICE.match(name)
    assert unicodedata.normalize("NFC", name) == name
