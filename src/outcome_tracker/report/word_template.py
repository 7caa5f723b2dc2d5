"""The document that a report is written into: a council's own, looked at before it is trusted, or an empty one."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.report.png import missing

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document

PLACEHOLDER = "{{ report }}"
_REMEDY = f"Give a Word document (.docx), such as one saved from Word with the words {PLACEHOLDER} where it begins."
_CONTENT_TYPES = "[Content_Types].xml"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
# By these prefixes a report names what it is made of; a document of the strict form has others.
_NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_MACROS = ("vbaProject.bin", "vbaData.xml")
_OLD = b"\xd0\xcf\x11\xe0"  # how .doc files begin, and whatever has a password
_LARGEST = 50_000_000  # bytes, packed
_UNPACKED = 200_000_000  # bytes


def opened(template: Path | None) -> Document:
    """Open a template, or an empty document; raises `Unavailable` with a sentence where it can't be used."""
    try:
        import docx.shared
    except ImportError as error:
        raise missing() from error
    if template is None:
        return docx.Document()
    data = _checked(template)
    try:
        document = docx.Document(BytesIO(data))
    except Exception as error:  # python-docx and lxml raise whatever the damage leads them to
        raise _refused(template, "is damaged: Word can perhaps repair it") from error
    if any(document.element.nsmap.get(prefix) != name for prefix, name in _NAMES.items()):
        raise _refused(template, "was not saved by Word in its usual form (.docx)")
    if document.element.body is None:
        raise _refused(template, "is damaged: Word can perhaps repair it")
    if document.element.body.sectPr is None:  # other programs may leave it out
        document.element.body.get_or_add_sectPr()
        document.sections[-1].page_width, document.sections[-1].page_height = docx.shared.Mm(210), docx.shared.Mm(297)
    return document


def _checked(template: Path) -> bytes:
    """Return the file's bytes if it is a Word document without macros."""
    try:
        with template.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise Unavailable(f"The template {template} cannot be read: {error.strerror or error}.", _REMEDY) from error
    if data.startswith(_OLD):
        raise _refused(template, "is protected by a password, or a document of before 2007 (.doc)")
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if len(data) > _LARGEST or sum(entry.file_size for entry in entries) > _UNPACKED:
                raise _refused(template, "is too large")
            if any(name.endswith(_MACROS) for name in names):
                raise _refused(template, "holds macros, which a report must not pass on")
            types = archive.read(_CONTENT_TYPES).decode(errors="replace") if _CONTENT_TYPES in names else ""
            broken = archive.testzip() is not None
    except (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        raise _refused(template, "is not a Word document, or is damaged") from error
    if _TEMPLATE in types:
        raise _refused(template, "is a Word template (.dotx)")
    if _DOCUMENT not in types:
        raise _refused(template, "is not a Word document")
    if broken:
        raise _refused(template, "is damaged: Word can perhaps repair it")
    return data


def _refused(template: Path, why: str) -> Unavailable:
    return Unavailable(f"The template {template} {why}.", f"Nothing was written. {_REMEDY}")
