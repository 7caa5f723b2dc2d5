"""A report as a Word document: real styles, headings and captions, table headings, alternative texts, contents."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING

from outcome_tracker.report.png import png
from outcome_tracker.report.word_template import opened
from outcome_tracker.report.zipped import settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docx.document import Document

    from outcome_tracker.core.drawing import Drawing
    from outcome_tracker.core.report import Report

_LANGUAGE = "en-GB"
_UNKNOWN = datetime(1980, 1, 1)  # noqa: DTZ001 - python-docx writes all times as UTC


def render(report: Report, template: Path | None = None) -> bytes:
    """Return the report as a .docx file, in a council's own document if one is given.

    Raises `Unavailable` where the libraries are missing or the template can't be used.
    """
    document = opened(template)
    from outcome_tracker.report import word_pages as pages
    from outcome_tracker.report.word_body import Body
    from outcome_tracker.report.word_styles import Styles

    if template is None:
        pages.empty(document, report)
    styles = Styles(document, own=template is None)
    if report.warning:
        pages.warn(document, report.warning, styles.id)
    place = pages.Place.find(document)
    body = Body(styles.id, place.page, _pictures(document), place.ending, pages.first_free_id(document))
    body.write(report)
    place.fill(body)
    _describe(document, report)
    file = BytesIO()
    document.save(file)
    # As text into the file: taking a hundred thousand elements into the tree one by one takes longer than all the rest.
    name = str(document.part.partname).removeprefix("/")
    return settled(file.getvalue(), {name: (pages.MARK, "".join(body.pieces).encode())})


def _pictures(document: Document) -> Callable[[Drawing], str]:
    """Return what puts a drawing into the document and says by which name the text refers to it.

    python-docx compares each picture with all before it, which takes minutes for the charts of a council.
    """
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.parts.image import ImagePart

    part = document.part
    taken = {str(found.partname) for found in part.package.iter_parts()}
    numbers = count(1)

    def add(drawing: Drawing) -> str:
        name = next(name for number in numbers if (name := f"/word/media/chart{number}.png") not in taken)
        return part.relate_to(ImagePart(PackURI(name), CONTENT_TYPE.PNG, png(drawing)), RELATIONSHIP_TYPE.IMAGE)

    return add


def _describe(document: Document, report: Report) -> None:
    """Say what the document is, without a time that only the computer knows."""
    told = document.core_properties
    told.title, told.subject, told.author = (text[:255] for text in (report.title, report.subtitle, report.council))
    told.last_modified_by, told.language, told.comments, told.keywords = report.council[:255], _LANGUAGE, "", ""
    told.revision = 1
    made = datetime(report.day.year, report.day.month, report.day.day) if report.day else _UNKNOWN  # noqa: DTZ001
    told.created = told.modified = made
