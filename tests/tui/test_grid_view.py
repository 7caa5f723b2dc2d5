"""The read-only grid: headings, texts that wrap, and how little is measured of many lines."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import replace

import pytest
from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot

from outcome_tracker.tui.widgets import grid_view
from outcome_tracker.tui.widgets.grid_data import Cell, Column, Line
from outcome_tracker.tui.widgets.grid_view import GridView

COLUMNS = (
    Column("code", "Code", priority=90),
    Column("title", "Indicator", width=12, fill=1, priority=100, wrap=2),
    Column("value", "Figure", align="right", priority=95),
    Column("way", "Direction", narrow=4, short="Dir.", priority=50),
)


def line(key: str, title: str = "Short", value: str = "1.0") -> Line:
    return Line(key, {"code": Cell(key), "title": Cell(title), "value": Cell(value), "way": Cell("Same", "", "→")})


class Table(App[None]):
    def __init__(self, grid: GridView) -> None:
        super().__init__()
        self.grid = grid
        self.heard: list[tuple[str, str]] = []

    def compose(self) -> ComposeResult:
        yield self.grid

    def on_grid_heading_clicked(self, message: GridView.HeadingClicked) -> None:
        self.heard.append((message.line, message.column))


def rows(app: Table) -> list[str]:
    return ["".join(s.text for s in app.grid.render_line(y)).rstrip() for y in range(app.grid.size.height)]


def drive(
    lines: Iterable[Line],
    steps: Callable[[Table, Pilot[None]], Awaitable[None]],
    *,
    columns: tuple[Column, ...] = COLUMNS,
    size: tuple[int, int] = (57, 10),
) -> None:
    async def run() -> None:
        app = Table(GridView(columns, lines, cursor_type="cell"))
        async with app.run_test(size=size) as pilot:
            app.grid.focus()
            await pilot.pause()
            await steps(app, pilot)

    asyncio.run(run())


LONG = "Children subject to a second or subsequent child protection plan"


def test_a_long_text_takes_two_rows_where_all_lines_fit() -> None:
    async def steps(app: Table, _pilot: Pilot[None]) -> None:
        assert rows(app)[1:5] == [
            "▌ a     Children subject to a second      1.0  Same",
            "▌       or subsequent child protecti…",
            "  b     Short                             1.0  Same",
            "",
        ]

    drive([line("a", LONG), line("b")], steps)


def test_where_the_lines_would_not_fit_a_long_text_is_cut() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        assert rows(app)[1] == "▌ 0     Children subject to a second…     1.0  Same"
        assert rows(app)[2].startswith("  1     Short")
        await pilot.resize_terminal(57, 12)
        await pilot.pause()
        assert rows(app)[2] == "▌       or subsequent child protecti…"

    drive([line("0", LONG), *(line(str(n)) for n in range(1, 9))], steps)


def test_a_click_goes_to_the_line_whose_second_row_it_is_on() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        await pilot.press("down")
        assert app.grid.cursor_key == "b"
        await pilot.click(app.grid, (10, 2))
        assert app.grid.cursor_key == "a"

    drive([line("a", LONG), line("b")], steps)


def test_a_title_that_does_not_fit_has_a_short_form_and_keeps_its_mark() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        assert rows(app)[0] == "  Code  Indicator                      Figure  Direction"
        await pilot.resize_terminal(38, 10)
        await pilot.pause()
        assert rows(app)[0] == "  Code  Indicator        Figure  Dir."
        app.grid.columns = (*COLUMNS[:3], Column("way", "Direction", narrow=6, short="Dir.", mark="≤", priority=50))
        await pilot.pause()
        assert rows(app)[0].endswith("Figure  Dir. ≤")

    drive([line("a")], steps)


def test_the_heading_of_the_cursors_column_is_stronger() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        def strong() -> str:
            header = app.grid.render_line(0)
            return "".join(s.text for s in header if s.style and s.style.bold).strip()

        assert strong() == "Code"
        await pilot.press("right", "right")
        assert strong() == "Figure"

    drive([line("a")], steps)


def test_a_click_on_a_heading_names_its_column() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        await pilot.click(app.grid, (41, 0))
        assert app.heard == [("a", "value")]
        assert app.grid.cursor_key == "a"

    drive([line("a")], steps)


class Counted(Mapping[str, Cell]):
    """Cells that say when they are looked at."""

    def __init__(self, key: str, value: str, seen: set[str]) -> None:
        self._key, self._cells, self._seen = key, line(key, value=value).cells, seen

    def __getitem__(self, key: str) -> Cell:
        self._seen.add(self._key)
        return self._cells[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)


def many(seen: set[str], widest: int) -> list[Line]:
    return [
        Line(str(n), Counted(str(n), "1234567890.5" if n == widest else "1.0", seen))
        for n in range(grid_view.SAMPLE * 4)
    ]


def test_of_many_lines_few_are_measured_before_they_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid_view, "_IDLE", 3600)
    seen: set[str] = set()

    async def steps(app: Table, pilot: Pilot[None]) -> None:
        assert len(seen) <= grid_view.SAMPLE
        await pilot.press("end")
        await pilot.pause()
        assert len(seen) < grid_view.SAMPLE + 40
        assert "1234567890.5" in "\n".join(rows(app))

    drive(many(seen, grid_view.SAMPLE * 4 - 1), steps)


def test_in_idle_moments_the_columns_are_laid_out_for_all_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid_view, "_IDLE", 0.001)
    seen: set[str] = set()

    async def steps(app: Table, pilot: Pilot[None]) -> None:
        def width() -> int:
            return next(slot.width for slot in app.grid.laid_out.slots if slot.column.key == "value")

        for _ in range(200):
            if width() == len("1234567890.5"):
                break
            await asyncio.sleep(0.001)
        assert width() == len("1234567890.5")
        assert len(seen) == grid_view.SAMPLE * 4
        await pilot.pause()
        assert "1.0" in rows(app)[1]

    drive(many(seen, grid_view.SAMPLE * 2), steps)


def test_messages_of_the_headings_are_the_grids() -> None:
    assert issubclass(GridView.HeadingClicked, Message)
    assert GridView.HeadingClicked.handler_name == "on_grid_heading_clicked"


def test_other_columns_and_lines_are_shown_at_once_and_the_cursor_stays_on_its_line() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        await pilot.press("down", "right")
        app.grid.set_table((COLUMNS[0], COLUMNS[2]), [line("c"), line("b", value="7.5"), line("a")])
        await pilot.pause()
        assert rows(app)[0].split() == ["Code", "Figure"]
        assert rows(app)[2].split() == ["▌", "b", "7.5"]
        assert (app.grid.cursor_key, app.grid.cursor.column) == ("b", "code")
        app.grid.set_table(COLUMNS[:1], app.grid.lines)
        await pilot.pause()
        assert rows(app)[0].split() == ["Code"]

    drive([line("a"), line("b")], steps)


def test_a_wider_number_leaves_other_lines_less_room_and_they_wrap() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        assert rows(app)[2].startswith("  b     Short")
        app.grid.update_line("b", line("b", value="1234567890.5"))
        await pilot.pause()
        assert rows(app)[1:4] == [
            "▌ a     Children subject to a second             1.0  Same",
            "▌       plan",
            "  b     Short                           1234567890.5  Same",
        ]

    drive([line("a", "Children subject to a second plan"), line("b")], steps, size=(64, 10))


@pytest.mark.parametrize("style", ["", "muted"])
def test_a_note_without_a_style_is_drawn_as_a_quiet_one(style: str) -> None:
    async def steps(app: Table, _pilot: Pilot[None]) -> None:
        assert rows(app)[2].split() == ["▌", "What", "it", "is"]
        quiet = app.grid.render_line(2)
        assert {segment.style.color for segment in quiet if segment.style and "What" in segment.text} == {
            app.grid._parts["muted"].color  # noqa: SLF001 - the colour that a quiet note has
        }

    drive([replace(line("a"), note="What it is", note_style=style)], steps)


def test_lines_that_come_in_above_leave_the_cursor_on_the_screen() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        app.grid.set_lines([*(line(f"new {n}") for n in range(30)), *app.grid.lines])
        await pilot.pause()
        assert app.grid.cursor_key == "a"
        assert any(row.startswith("▌ a ") for row in rows(app))

    drive([line("a"), line("b")], steps)


def test_lines_that_come_in_leave_who_has_scrolled_away_where_they_are() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        app.grid.scroll_to(y=20, animate=False)
        await pilot.pause()
        app.grid.set_lines([*app.grid.lines, line("last")])
        await pilot.pause()
        assert app.grid.scroll_offset.y == 20

    drive([line(str(n)) for n in range(40)], steps)


def test_a_note_that_comes_below_the_last_line_that_is_seen_is_seen_too() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        await pilot.press(*["down"] * 8)
        app.grid.scroll_to(y=0, animate=False)
        await pilot.pause()
        assert rows(app)[-1].startswith("▌ 8 ")
        app.grid.update_line("8", replace(line("8"), note="Is that right?"))
        await pilot.pause()
        assert any("Is that right?" in row for row in rows(app))

    drive([line(str(n)) for n in range(20)], steps)
