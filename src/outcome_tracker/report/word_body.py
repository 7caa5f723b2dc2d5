"""A report's blocks as the body of a Word document: paragraphs in named styles, tables, pictures, contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, assert_never

from outcome_tracker.core.report import Bullets, Facts, Headline, Paragraph, Picture, Table
from outcome_tracker.report import columns
from outcome_tracker.report import word_xml as xml
from outcome_tracker.report.grounds import GROUNDS
from outcome_tracker.report.word_styles import TABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from outcome_tracker.core.drawing import Drawing
    from outcome_tracker.core.report import Cell, Report, Section

_LEVELS = 6  # headings as deep as the styles go
_LISTED, _ENTRIES = 3, 44  # and as deep as the contents list them, if they are no more than a page holds
_CONTENTS_FROM = 10_000_000  # numbers of the names that Word gives to headings for its contents
_SIZES = (20, 18, 16)  # of a table's text in half points: the largest with which it reads well
_LINES = 2.5  # in a usual row
_MARGINS = 170  # of a cell, left and right, in twentieths of a point
_BRIEF = 2  # paragraphs that a wide table takes onto its pages with it
_SPLITS_FROM = 1500  # letters of a cell that may run over a page's end: held together it could be higher than the page
_ROWS, _FACTS = 8, 12  # so many stay on one page together
_LAST = 2  # rows before the last that stay with it
_TWENTIETHS = 10  # of a point in half a point
_EMU = 635  # of a twentieth of a point
_UNIT = 11_000  # English Metric Units of a drawing's unit: its text is then as large as a table's
CONTENTS = "Contents"
NOTHING = "There is nothing to list."


class Page(NamedTuple):
    """The room for text on an upright page and on one on its side, in twentieths of a point."""

    upright: int
    sideways: int


class Body:
    """Writes a report; `section` returns what ends a stretch of pages, upright or sideways, as XML."""

    def __init__(
        self,
        styles: Callable[[str], str],
        page: Page,
        picture: Callable[[Drawing], str],
        section: Callable[[bool], str],
        first_id: int = 1,
    ) -> None:
        self.sideways = False
        self._style, self._page, self._picture, self._section = styles, page, picture, section
        self.pieces: list[str] = []
        self._ids = first_id
        self._tables = self._figures = 0
        self._headings = 0
        self._anchors: dict[str, str] = {}

    def write(self, report: Report) -> None:
        """Write the report."""
        if report.warning:
            self._add("Outcome Warning", xml.run(report.warning))
        self._add("Title", xml.run(report.title))
        if report.subtitle:
            self._add("Subtitle", xml.run(report.subtitle))
        self._facts(report.facts)
        every = list(_every(report.sections))
        for number, (_, section) in enumerate(every, start=1):
            self._anchors.setdefault(section.code, f"section_{number}")
        for code in _codes(section for _, section in every):
            self._anchors.setdefault(code, f"row_{len(self._anchors)}")
        self._list(every)
        for number, section in enumerate(report.sections):
            self._part(section, 1, "<w:pageBreakBefore/>" if number == 0 else "")

    def _add(self, style: str, content: str, more: str = "") -> None:
        self.pieces.append(xml.paragraph(self._style(style), content, more))

    def _next(self, count: int = 1) -> int:
        self._ids += count
        return self._ids - count

    def _part(self, section: Section, level: int, more: str = "") -> None:
        """Write a section; a table that needs the room is on pages on their side, with the heading just before it."""
        wide = [isinstance(block, Table) and self._is_wide(block) for block in section.blocks]
        opening = next((n for n, block in enumerate(section.blocks) if not isinstance(block, Paragraph)), 0)
        if opening <= _BRIEF and any(wide[opening : opening + 1]):
            wide[:opening] = [True] * opening
        self._turn(sideways=any(wide[:1]))
        names = [self._anchors[section.code], f"_Toc{_CONTENTS_FROM + self._headings}"]
        self._headings += 1
        heading = xml.bookmark(names, self._next(len(names)), xml.run(section.title))
        self._add(f"heading {min(level, _LEVELS)}", heading, more)
        for block, sideways, after in zip(section.blocks, wide, (*section.blocks[1:], None), strict=False):
            self._turn(sideways=sideways)
            if isinstance(block, Paragraph):
                self._paragraph(block, opens=block.lead or isinstance(after, Table))
            else:
                self._block(block)
        for part in section.sections:
            self._part(part, level + 1)

    def turn_back(self) -> None:
        """End a stretch of pages on their side."""
        self._turn(sideways=False)

    def _turn(self, *, sideways: bool) -> None:
        if sideways == self.sideways:
            return
        break_ = self._section(self.sideways)
        if self.pieces and self.pieces[-1].startswith("<w:p>"):
            self.pieces[-1] = self.pieces[-1].replace("</w:pPr>", f"{break_}</w:pPr>", 1)
        else:
            tiny = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
            self._add("Outcome Note", "", tiny + break_)
        self.sideways = sideways

    def _list(self, every: list[tuple[int, Section]]) -> None:
        """Write the contents as a field that is filled in, its page numbers apart: nobody knows them yet.

        Word works them out when it prints, or saves a PDF; LibreOffice when it opens the document.
        """
        deepest = next((n for n in range(_LISTED, 1, -1) if sum(level <= n for level, _ in every) <= _ENTRIES), 1)
        listed = [(n, level, section.title) for n, (level, section) in enumerate(every) if level <= deepest]
        if not listed:
            return
        self._add("TOC Heading", xml.run(CONTENTS))
        right = f'<w:tabs><w:tab w:val="right" w:pos="{self._page.upright}"/></w:tabs>'
        for n, level, title in listed:
            start = xml.only_word(xml.field_start(rf'TOC \o "1-{deepest}" \h \z \u')) if n == listed[0][0] else ""
            end = xml.only_word(xml.field_end()) if n == listed[-1][0] else ""
            mark = f"_Toc{_CONTENTS_FROM + n}"
            page = xml.field(rf"PAGEREF {mark} \h", "")
            entry = xml.link(mark, f"{xml.run(title)}<w:r><w:tab/></w:r>{page}")
            self._add(f"toc {level}", start + entry + end, right)

    def _block(self, block: Bullets | Facts | Table | Picture | Headline) -> None:
        match block:
            case Bullets():
                for item in block.items:
                    self._add("List Bullet", xml.run(item))
            case Facts():
                self._facts(block.pairs)
            case Table():
                self._table(block)
            case Picture():
                self._chart(block)
            case Headline():
                self._headline(block)
            case _:
                assert_never(block)

    def _paragraph(self, block: Paragraph, *, opens: bool) -> None:
        """Write a paragraph; one that opens what follows stays on the page with it."""
        style = "Outcome Lead" if block.lead else "Outcome Source" if block.source else "Outcome Note"
        kept = "<w:keepNext/>" if opens else ""
        self._add(style if block.lead or block.source or block.note else "Normal", xml.run(block.text), kept)

    def _facts(self, pairs: tuple[tuple[str, str], ...]) -> None:
        together = len(pairs) <= _FACTS
        for left, (name, text) in enumerate(pairs, start=1 - len(pairs)):
            kept = "<w:keepNext/>" if together and left else ""
            self._add("Outcome Fact", f"{xml.run(name, '<w:b/>')}<w:r><w:tab/></w:r>{xml.run(text)}", kept)

    def _headline(self, block: Headline) -> None:
        """Write question and answer; the counts are what the answer says."""
        self._add("Outcome Question", xml.run(block.question))
        self._add("Outcome Answer", xml.run(block.answer))

    def _caption(self, word: str, number: int, text: str, more: str = "") -> None:
        counted = xml.field(rf"SEQ {word} \* ARABIC", str(number))
        self._add("caption", f"{xml.run(f'{word} ')}{counted}{xml.run(f': {text}')}", more)

    def _chart(self, block: Picture) -> None:
        self._figures += 1
        drawing = block.drawing
        room = (self._page.sideways if self.sideways else self._page.upright) * _EMU
        width = min(round(drawing.width * _UNIT), room)
        size = (width, round(width * drawing.height / drawing.width))
        content = xml.picture(self._picture(drawing), self._next(), size, drawing.title, drawing.text)
        self._add("Outcome Chart", content)
        self._caption("Figure", self._figures, block.caption, '<w:keepNext w:val="0"/>')

    def _is_wide(self, table: Table) -> bool:
        """Tell whether an upright page is too narrow for a table's words, or makes the rows of a long one too high."""
        if self._page.sideways <= self._page.upright:
            return False
        return columns.is_cramped(columns.texts_of(table), _room(table, self._page.upright, _SIZES[-1]))

    def _table(self, table: Table) -> None:
        self._tables += 1
        self._caption("Table", self._tables, table.caption, "<w:keepNext/>")
        size, widths = self._fitted(table)
        look = "" if size == _SIZES[0] else f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        named = f"{len(table.columns)} columns: {', '.join(column.title for column in table.columns)}."
        rows = self._rows(table, widths, look)
        self.pieces.append(xml.table(self._style(TABLE), widths, rows, table.caption, named))
        for note in table.notes if table.rows else (NOTHING, *table.notes):
            self._add("Outcome Note", xml.run(note))
        if table.rows and not table.notes:
            self._add("Outcome Note", "")

    def _fitted(self, table: Table) -> tuple[int, list[int]]:
        """Return the size of a table's text and the widths of its columns."""
        page, texts = self._page.sideways if self.sideways else self._page.upright, columns.texts_of(table)
        least = sum(columns.needed(texts))
        tried = [(size, columns.shared(texts, room)) for size in _SIZES if (room := _room(table, page, size)) >= least]
        good = (each for each in tried if columns.lines(texts, each[1]) <= _LINES)
        smallest = (_SIZES[-1], columns.shared(texts, _room(table, page, _SIZES[-1])))
        size, shares = next(good, smallest)
        return size, [round(width * size * _TWENTIETHS + _MARGINS) for width in shares]

    def _rows(self, table: Table, widths: list[int], look: str) -> Iterator[str]:
        """Return the rows; what is the same in many cells is looked up once."""
        heads = [self._style(f"Outcome Table {'Figure ' if c.numeric else ''}Heading") for c in table.columns]
        styles = [self._style(f"Outcome Table {'Figure' if c.numeric else 'Text'}") for c in table.columns]
        titles = (xml.paragraph(head, xml.run(c.title, look)) for head, c in zip(heads, table.columns, strict=True))
        yield xml.row(map(xml.cell, widths, titles), heading=True)
        together = len(table.rows) <= _ROWS
        for left, cells in enumerate(table.rows, start=1 - len(table.rows)):
            kept = "<w:keepNext/>" if left and (together or left >= -_LAST) else ""
            yield xml.row(
                (
                    xml.cell(width, xml.paragraph(style, self._text(cell, look), kept), GROUNDS.get(cell.rag, ""))
                    for width, style, cell in zip(widths, styles, cells, strict=True)
                ),
                whole=all(len(cell.text) < _SPLITS_FROM for cell in cells),
            )

    def _text(self, cell: Cell, look: str) -> str:
        text = columns.with_shape(cell)
        anchor = self._anchors.get(cell.target) if cell.target else None
        if anchor is None:
            made = xml.run(text, look)
        else:
            made = xml.link(anchor, xml.run(text, f'<w:rStyle w:val="{self._style("Hyperlink")}"/>{look}'))
        return xml.bookmark([self._anchors[cell.code]], self._next(), made) if cell.code else made


def _room(table: Table, room: int, size: int) -> float:
    """Return the room for a table's text in parts of its size."""
    return max(room - _MARGINS * len(table.columns), 1) / (size * _TWENTIETHS)


def _codes(sections: Iterable[Section]) -> Iterator[str]:
    """Yield the codes of the rows that something can lead to."""
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Table):
                yield from (cell.code for row in block.rows for cell in row[:1] if cell.code)


def _every(sections: tuple[Section, ...], level: int = 1) -> Iterator[tuple[int, Section]]:
    for section in sections:
        yield level, section
        yield from _every(section.sections, level + 1)
