"""Workbooks made by hand, part by part, so that a test shows what is in them and can spoil any of it."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"


def links(*targets: tuple[str, str]) -> str:
    found = "".join(
        f'<Relationship Id="rId{n}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{found}</Relationships>'


def book(*sheets: str, more: str = "") -> str:
    """List sheets by their attributes, as in `name="Data" state="hidden"`."""
    found = "".join(f'<sheet {sheet} sheetId="{n}" r:id="rId{n}"/>' for n, sheet in enumerate(sheets, 1))
    return f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{more}<sheets>{found}</sheets></workbook>'


def sheet(rows: str, after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def styles(*formats: int, codes: Mapping[int, str] | None = None) -> str:
    """Style 0 is plain; the others show the formats with these numbers."""
    own = "".join(f'<numFmt numFmtId="{n}" formatCode="{code}"/>' for n, code in (codes or {}).items())
    cells = "".join(f'<xf numFmtId="{n}"/>' for n in (0, *formats))
    inherited = '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{own}</numFmts>{inherited}<cellXfs>{cells}</cellXfs></styleSheet>'


def shared(*items: str) -> str:
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def parts(rows: str = "", after: str = "", **more: str) -> dict[str, str]:
    """Return the parts of a workbook with one sheet; `more` are `styles`, `shared` and `book`."""
    found = {
        "_rels/.rels": links(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": more.get("book", book('name="Data"')),
        "xl/_rels/workbook.xml.rels": links(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "/xl/sharedStrings.xml")
        ),
        SHEET: sheet(rows, after),
    }
    for name, part in (("styles", "xl/styles.xml"), ("shared", "xl/sharedStrings.xml")):
        if name in more:
            found[part] = more[name]
    return found


def zipped(found: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, text in found.items():
            # Always of one day, so that the same parts are the same bytes.
            archive.writestr(zipfile.ZipInfo(name, (2019, 5, 31, 12, 0, 0)), text, method)
    return out.getvalue()


def saved(folder: Path, data: bytes | Mapping[str, str | bytes], name: str = "return.xlsx") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else zipped(data))
    return path
