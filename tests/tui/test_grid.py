"""The grid widget, driven by keys and mouse as people do: messages and state first."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import events
from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.strip import Strip

from outcome_tracker.tui.widgets.grid import KEPT, Cell, Column, Cursor, Grid, Line
from outcome_tracker.tui.widgets.grid_data import fit, fitted, natural_widths, shown, wrapped
from outcome_tracker.tui.widgets.grid_edit import Draft, pasted_line
from outcome_tracker.tui.widgets.grid_render import Look, Painter
from outcome_tracker.tui.widgets.grid_view import GridView, Placed

COLUMNS = (
    Column("title", "measure", 10, fill=1, priority=100),
    Column("num", "numerator", align="right", editable=True, priority=90),
    Column("den", "denominator", align="right", editable=True, priority=90),
    Column("value", "value", align="right", priority=80),
    Column("rag", "rating", 7, narrow=1, priority=70),
    Column("year", "a year ago", align="right", priority=10),
)


def line(key: str, title: str = "", **cells: str) -> Line:
    shown_cells = {"title": title or f"Measure {key}", "num": "44", "den": "276", "value": "15.9%"} | cells
    return Line(key, {name: Cell(text) for name, text in shown_cells.items()})


LINES = (
    Line("unit", heading=True, title="Safeguarding Unit"),
    line("a"),
    line("b").with_cell("den", Cell("–", locked=True)),
    Line("other", heading=True, title="Early Help", gap=True),
    line("c"),
)


class Table(App[None]):
    def __init__(self, grid: Grid) -> None:
        super().__init__()
        self.grid = grid
        self.heard: list[Message] = []
        self.pressed: list[str] = []

    BINDINGS = [("p", "period", "Period"), ("escape", "leave", "Back")]  # noqa: RUF012 - as Textual declares it

    def compose(self) -> ComposeResult:
        yield self.grid

    def on_mount(self) -> None:
        self.grid.focus()

    def action_period(self) -> None:
        self.pressed.append("p")

    def action_leave(self) -> None:
        self.pressed.append("escape")

    def hear(self, message: Message) -> None:
        self.heard.append(message)

    on_grid_selected = on_grid_highlighted = on_grid_changed = on_grid_committed = hear
    on_grid_pasted = on_grid_reverted = on_grid_cleared = on_grid_fitted = hear

    def said(self, kind: type[Placed]) -> list[tuple[object, ...]]:
        """What messages of a kind carried, the grid apart."""
        return [tuple(vars_of(m).values()) for m in self.heard if type(m) is kind]


def vars_of(message: Placed) -> dict[str, object]:
    names = [name for name in message.__dataclass_fields__ if name != "grid"]
    return {name: getattr(message, name) for name in names}


def drive(
    steps: Callable[[Table, Pilot[None]], Awaitable[None]],
    *,
    lines: Iterable[Line] = LINES,
    columns: Iterable[Column] = COLUMNS,
    cursor: str = "cell",
    size: tuple[int, int] = (80, 24),
) -> Table:
    """Run an app that holds a grid, and do `steps` in it."""
    app = Table(Grid(columns, lines, cursor_type="cell" if cursor == "cell" else "row"))

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await steps(app, pilot)
            await pilot.pause()

    asyncio.run(run())
    return app


def keys(*pressed: str) -> Callable[[Table, Pilot[None]], Awaitable[None]]:
    async def steps(_app: Table, pilot: Pilot[None]) -> None:
        await pilot.press(*pressed)

    return steps


def picture(grid: GridView) -> list[str]:
    return [grid.render_line(y).text.rstrip() for y in range(grid.size.height)]


def dropped(grid: GridView) -> list[str]:
    return [column.key for column in grid.dropped]


# Cursor


def test_the_cursor_starts_on_the_first_line_and_column_to_type_into() -> None:
    app = drive(keys())
    assert (app.grid.cursor_key, app.grid.cursor.column) == ("a", "num")
    assert app.said(Grid.Highlighted) == [("a", "num")]


def test_the_cursor_skips_headings() -> None:
    app = drive(keys("down", "down", "down", "up"))
    assert [key for key, _ in app.said(Grid.Highlighted)] == ["a", "b", "c", "b"]


def test_arrows_move_between_cells_and_stop_at_the_edges() -> None:
    app = drive(keys("left", "left", "left"))
    assert app.grid.cursor == Cursor(1, "title")
    assert drive(keys("end", "home")).grid.cursor_key == "a"


def test_a_row_cursor_opens_with_enter() -> None:
    app = drive(keys("down", "enter", "right", "x"), cursor="row")
    assert app.said(Grid.Selected) == [("b", "title")]
    assert app.grid.unaccepted == ()


def test_enter_opens_a_cell_that_cannot_be_typed_into() -> None:
    assert drive(keys("left", "enter")).said(Grid.Selected) == [("a", "title")]


def test_pages_and_edges_reach_every_line_and_keep_it_in_sight() -> None:
    many = [line(f"k{n}") for n in range(100)]

    async def steps(app: Table, pilot: Pilot[None]) -> None:
        await pilot.press("end")
        await pilot.pause()
        assert app.grid.cursor_key == "k99"
        assert any("Measure k99" in row for row in picture(app.grid))
        await pilot.press("pageup")
        await pilot.pause()
        assert app.grid.cursor_key == "k77"
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        assert app.grid.cursor_key == "k99"
        await pilot.press("home")
        await pilot.pause()
        assert app.grid.scroll_offset.y == 0
        assert "numerator" in picture(app.grid)[0]

    drive(steps, lines=many)


def test_the_titles_stay_on_top_while_scrolling() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        await pilot.press("end")
        await pilot.pause()
        assert "numerator" in picture(app.grid)[0]

    drive(steps, lines=[line(f"k{n}") for n in range(100)])


def test_a_click_selects_and_a_double_click_opens() -> None:
    async def steps(_app: Table, pilot: Pilot[None]) -> None:
        await pilot.click(Grid, offset=(5, 3))
        await pilot.click(Grid, offset=(5, 6), times=2)
        await pilot.click(Grid, offset=(5, 0))
        await pilot.click(Grid, offset=(5, 20))

    app = drive(steps, cursor="row")
    assert app.said(Grid.Highlighted) == [("a", ""), ("b", ""), ("c", "")]
    assert app.said(Grid.Selected) == [("c", "title")]


def test_the_wheel_scrolls() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        app.grid.post_message(events.MouseScrollDown(app.grid, 5, 5, 0, 1, 0, shift=False, meta=False, ctrl=False))
        await pilot.pause(0.3)
        assert app.grid.scroll_offset.y > 0

    drive(steps, lines=[line(f"k{n}") for n in range(100)])


# Typing


def test_typing_replaces_and_enter_commits_and_moves_down() -> None:
    app = drive(keys("5", "4", "3", "enter"))
    assert app.said(Grid.Changed) == [("a", "num", "5"), ("a", "num", "54"), ("a", "num", "543")]
    assert app.said(Grid.Committed) == [("a", "num", "543", "down", False)]
    assert app.grid.cursor == Cursor(2, "num")


def test_tab_goes_to_the_next_cell_to_type_into_and_on_to_the_next_line() -> None:
    app = drive(keys("1", "tab", "2", "tab", "3", "tab", "4", "shift+tab"))
    assert [(m[0], m[1], m[3]) for m in app.said(Grid.Committed)] == [
        ("a", "num", "right"),
        ("a", "den", "right"),
        ("b", "num", "right"),
        ("c", "num", "left"),
    ]
    assert (app.grid.cursor_key, app.grid.cursor.column) == ("b", "num")


def test_arrows_while_typing_move_the_caret_or_commit() -> None:
    app = drive(keys("1", "3", "left", "2", "home", "delete", "end", "backspace", "down"))
    assert app.said(Grid.Committed) == [("a", "num", "2", "down", False)]


def test_f2_edits_what_is_there_and_escape_reverts() -> None:
    percent = replace(LINES[1], cells={**LINES[1].cells, "num": Cell("44.0 children", edit="44.0")})

    async def steps(app: Table, pilot: Pilot[None]) -> None:
        await pilot.press("f2", "5")
        assert app.grid.unaccepted == (("a", "num", "44.05"),)
        await pilot.press("escape")

    app = drive(steps, lines=[percent])
    assert app.said(Grid.Reverted) == [("a", "num")]
    assert app.grid.unaccepted == ()
    assert app.pressed == []


def test_an_unchanged_text_is_not_committed() -> None:
    app = drive(keys("f2", "enter"))
    assert app.said(Grid.Committed) == []
    assert app.grid.cursor_key == "b"


def test_emptying_a_cell_asks_for_it_to_be_cleared() -> None:
    assert drive(keys("delete")).said(Grid.Cleared) == [("a", "num")]
    assert drive(keys("backspace", "enter")).said(Grid.Cleared) == [("a", "num")]
    assert drive(keys("left", "delete")).said(Grid.Cleared) == []


def test_letters_are_the_screens_where_nothing_can_be_typed() -> None:
    assert drive(keys("left", "p")).pressed == ["p"]
    assert drive(keys("p", "escape", "escape")).pressed == ["escape"]
    assert drive(keys("down", "right", "p")).pressed == ["p"]  # a locked cell


def test_paging_does_not_leave_a_text_behind() -> None:
    app = drive(keys("5", "pagedown", "ctrl+end", "6"))
    assert app.grid.unaccepted == (("a", "num", "56"),)
    assert app.grid.cursor_key == "a"


def test_a_click_elsewhere_commits_what_is_typed() -> None:
    async def steps(_app: Table, pilot: Pilot[None]) -> None:
        await pilot.press("7")
        await pilot.click(Grid, offset=(5, 2))
        await pilot.click(Grid, offset=(5, 6))

    app = drive(steps)
    assert app.said(Grid.Committed) == [("a", "num", "7", "", False)]
    assert app.grid.cursor_key == "c"


def test_a_click_into_the_text_being_typed_leaves_it() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        await pilot.press("7")
        x = next(slot.x for slot in app.grid.laid_out.slots if slot.column.key == "num")
        await pilot.click(Grid, offset=(x + 2, 2))
        await pilot.press("8")

    assert drive(steps).grid.unaccepted == (("a", "num", "78"),)


def test_a_double_click_edits_a_cell_to_type_into() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        x = next(slot.x for slot in app.grid.laid_out.slots if slot.column.key == "den")
        await pilot.click(Grid, offset=(x + 2, 2), times=2)

    assert drive(steps).grid.unaccepted == (("a", "den", "276"),)


def test_tab_behind_the_last_cell_leaves_the_grid() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        await pilot.press("end", "right", "tab")
        assert app.grid.cursor == Cursor(4, "den")

    drive(steps)


# The owner's answers


def answering(*pressed: str, accepts: bool = False) -> Callable[[Table, Pilot[None]], Awaitable[None]]:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        await pilot.press(*pressed)
        await pilot.pause()
        for key, column, text, *_ in app.said(Grid.Committed):
            if accepts:
                app.grid.accept(line(str(key), num=str(text)), str(column))
            else:
                app.grid.refuse(str(key), str(column), "That is not a number; write digits, as in 1,234.")
        await pilot.pause()

    return steps


def test_an_accepted_text_gives_way_to_the_owners_line() -> None:
    app = drive(answering("9", "9", "enter", accepts=True))
    assert app.grid.unaccepted == ()
    assert app.grid.lines[1].cell("num").text == "99"
    assert app.grid.cursor_key == "b"


def test_a_refused_text_stays_with_its_sentence_and_the_cursor_returns() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        await answering("x", "y", "enter")(app, pilot)
        rows = picture(app.grid)
        assert "xy" in rows[2]
        assert "That is not a number" in rows[3]
        assert app.grid.cursor_key == "a"
        await pilot.press("enter")  # enters it again
        await pilot.pause()

    app = drive(steps)
    assert app.said(Grid.Committed)[-1] == ("a", "num", "xy", "down", True)
    assert app.grid.unaccepted == (("a", "num", "xy"),)


def test_a_refusal_does_not_pull_someone_back_who_is_typing_elsewhere() -> None:
    app = drive(answering("x", "enter", "5"))
    assert app.grid.cursor_key == "b"
    assert set(app.grid.unaccepted) == {("a", "num", "x"), ("b", "num", "5")}


def test_a_refused_text_can_be_mended_or_dropped() -> None:
    async def mend(app: Table, pilot: Pilot[None]) -> None:
        await answering("4", "x", "enter")(app, pilot)
        await pilot.press("f2", "backspace", "5", "enter")

    app = drive(mend)
    assert app.said(Grid.Committed)[-1] == ("a", "num", "45", "down", False)

    async def drop(app: Table, pilot: Pilot[None]) -> None:
        await answering("4", "x", "enter")(app, pilot)
        await pilot.press("escape")

    app = drive(drop)
    assert app.said(Grid.Reverted) == [("a", "num")]
    assert app.grid.unaccepted == ()


def test_an_answer_to_an_earlier_commit_leaves_a_newer_text_alone() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        await pilot.press("1", "enter", "up", "2")
        app.grid.accept(line("a", num="1"), "num")
        app.grid.refuse("a", "num", "late")
        await pilot.pause()

    assert drive(steps).grid.unaccepted == (("a", "num", "2"),)


def test_nothing_typed_is_lost_by_new_lines_updates_or_another_size() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        await pilot.press("5", "4")
        app.grid.update_line("a", line("a", num="1", value="99.9%"))
        app.grid.set_lines([line("z"), *LINES])
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert (app.grid.cursor_key, app.grid.cursor.column) == ("a", "num")
        await pilot.press("3")

    assert drive(steps).grid.unaccepted == (("a", "num", "543"),)


def test_a_text_whose_line_is_filtered_away_waits_for_it() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        await pilot.press("5", "4")
        app.grid.set_lines(LINES[2:])
        await pilot.pause()
        assert app.grid.unaccepted == (("a", "num", "54"),)
        app.grid.set_lines(LINES)
        await pilot.pause()
        assert KEPT in picture(app.grid)[3]
        app.grid.discard()

    assert drive(steps).grid.unaccepted == ()


# Pasting


@pytest.mark.parametrize(
    ("pasted", "inside"), [("12\r\n", "512"), (" 1\u202e2 ", "512"), ("1\t2", None), ("1\r\n2\r\n", None)]
)
def test_a_paste_goes_into_the_text_or_to_the_owner_and_never_away(pasted: str, inside: str | None) -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        await pilot.press("5")
        app.grid.post_message(events.Paste(pasted))
        await pilot.pause()

    app = drive(steps)
    assert app.grid.unaccepted == (("a", "num", inside or "5"),)
    assert app.said(Grid.Pasted) == ([] if inside else [("a", "num", pasted)])


def test_a_paste_without_typing_is_the_owners() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        app.grid.post_message(events.Paste("12"))
        await pilot.pause()

    assert drive(steps).said(Grid.Pasted) == [("a", "num", "12")]
    assert drive(steps, cursor="row").said(Grid.Pasted) == []


# Drawing


def test_text_is_data() -> None:
    evil = line("a", "[b]bold[/b] \x1b[31mred\x1b[0m\u202e[@click=app.quit]x[/]")

    async def steps(app: Table, _pilot: Pilot[None]) -> None:
        row = picture(app.grid)[1]
        assert "[b]bold[/b] red[@click=app.quit]x[/]" in row
        assert "\x1b" not in row

    drive(steps, lines=[evil], columns=COLUMNS[:2])


def test_every_row_is_as_wide_as_the_grid_whatever_is_in_it() -> None:
    wide = [line("a", "漢字漢字漢字漢字漢字漢字漢字漢字"), line("b", "🙂" * 40), line("c", "e\u0301⚠\ufe0f" * 30)]

    async def steps(app: Table, pilot: Pilot[None]) -> None:
        for width in (79, 60, 41, 20, 8):
            await pilot.resize_terminal(width, 10)
            await pilot.pause()
            assert {app.grid.render_line(y).cell_length for y in range(10)} == {width - 1}

    drive(steps, lines=wide)


def test_columns_that_do_not_fit_shrink_or_go_and_are_named() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        assert dropped(app.grid) == []
        await pilot.resize_terminal(60, 24)
        await pilot.pause()
        assert dropped(app.grid) == []
        assert "a year ago" in picture(app.grid)[0]
        assert "rating" not in picture(app.grid)[0]  # one letter wide, as it may be
        await pilot.resize_terminal(56, 24)
        await pilot.pause()
        assert dropped(app.grid) == ["year"]
        assert "a year ago" not in picture(app.grid)[0]

    app = drive(steps)
    assert [len(m.dropped) for m in app.heard if isinstance(m, Grid.Fitted)] == [1]


def test_a_longer_number_widens_its_column_rather_than_being_cut() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        app.grid.update_line("b", line("b", value="1,234,567,890.5"))
        await pilot.pause()
        assert "1,234,567,890.5" in picture(app.grid)[3]

    drive(steps)


def test_a_note_appears_and_goes_and_lines_below_follow() -> None:
    sentence = (
        "This is far above what was returned a year ago: Enter keeps it with a note, Esc changes it, F1 explains it."
    )

    async def steps(app: Table, pilot: Pilot[None]) -> None:
        app.grid.update_line("a", replace(LINES[1], note=sentence))
        await pilot.pause()
        rows = picture(app.grid)
        assert " ".join([*rows[3].strip("▌").split(), *rows[4].strip("▌").split()]) == sentence
        assert "Measure b" in rows[5]
        app.grid.update_line("a", LINES[1])
        await pilot.pause()
        assert "Measure b" in picture(app.grid)[3]

    drive(steps)


def test_the_cursor_is_seen_without_colour() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        strip = app.grid.render_line(2)
        assert strip.text.startswith("▌")
        assert [s.text.strip() for s in strip if s.style and s.style.reverse] == ["44"]
        await pilot.press("7")
        await pilot.pause()
        field = [s for s in app.grid.render_line(2) if s.style and (s.style.underline or s.style.reverse)]
        assert "".join(s.text for s in field).strip() == "7"

    drive(steps)


def test_only_the_lines_that_changed_are_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    paint = Painter.line

    def counted(self: Painter, line: Line, drafts: Mapping[str, Draft], look: Look) -> Strip:
        drawn.append(line.key)
        return paint(self, line, drafts, look)

    monkeypatch.setattr(Painter, "line", counted)

    async def steps(app: Table, pilot: Pilot[None]) -> None:
        drawn.clear()
        await pilot.press("down")
        await pilot.pause()
        assert set(drawn) == {"k0", "k1"}
        drawn.clear()
        app.grid.update_line("k5", line("k5", value="1.0%"))
        await pilot.pause()
        assert set(drawn) == {"k5"}

    drive(steps, lines=[line(f"k{n}") for n in range(100)])


def test_a_heading_shows_its_cells_beside_its_title() -> None:
    counted = Line("unit", {"value": Cell("12"), "rag": Cell("● 3", "rag-green")}, heading=True, title="A" * 60)

    async def steps(app: Table, _pilot: Pilot[None]) -> None:
        title, *cells = picture(app.grid)[1].split()
        assert title.endswith("…")
        assert cells == ["12", "●", "3"]

    drive(steps, lines=[counted, line("a")])


def test_other_columns_can_be_shown() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        app.grid.columns = COLUMNS[:1] + COLUMNS[3:]
        await pilot.pause()
        assert app.grid.cursor.column == "title"
        assert "numerator" not in picture(app.grid)[0]

    drive(steps)


def test_without_the_focus_the_cursor_steps_back() -> None:
    async def steps(app: Table, pilot: Pilot[None]) -> None:
        app.grid.blur()
        await pilot.pause()
        strip = app.grid.render_line(2)
        assert strip.text.startswith("  ")
        assert not any(segment.style and segment.style.reverse for segment in strip)

    drive(steps)


def test_moving_to_a_key_that_is_gone_does_nothing() -> None:
    async def steps(app: Table, _pilot: Pilot[None]) -> None:
        app.grid.move_to("nowhere")
        app.grid.move_to("c", "den")
        assert (app.grid.cursor_key, app.grid.cursor.column) == ("c", "den")
        assert app.grid.draft_at("c", "den") is None
        app.grid.refuse("c", "den", "nothing was entered")
        app.grid.accept("nowhere")

    assert drive(steps).grid.unaccepted == ()


def test_messages_name_their_grid_for_selectors() -> None:
    app = drive(keys("left", "enter"))
    assert {getattr(message, "control", None) for message in app.heard} == {app.grid}


def test_two_lines_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="same key"):
        Grid(COLUMNS, [line("a"), line("a")])


def test_a_line_keeps_its_key() -> None:
    grid = Grid(COLUMNS, LINES)
    grid.update_line("nowhere", line("nowhere"))
    with pytest.raises(ValueError, match="set_lines"):
        grid.update_line("a", line("b"))


def test_an_empty_grid_is_calm() -> None:
    app = drive(keys("down", "enter", "pagedown", "home", "5", "f2", "delete", "tab"), lines=[])
    assert [m for m in app.heard if isinstance(m, Placed)] == []


# Pure parts


@given(st.text(max_size=40), st.integers(0, 30), st.booleans())
def test_a_fitted_text_is_exactly_as_wide_as_asked(text: str, width: int, right: bool) -> None:
    assert cell_len(fitted(text, width, right=right)) == width


@given(st.text(max_size=40), st.integers(0, 12))
def test_a_number_is_never_cut(text: str, width: int) -> None:
    drawn = fitted(text, width, right=True)
    assert drawn.strip() in {shown(text).strip(), "#" * width}


@given(st.text(max_size=80))
def test_shown_text_has_nothing_that_steers_a_terminal(text: str) -> None:
    assert all(c.isprintable() for c in shown(text))


@given(st.lists(st.integers(1, 12), min_size=1, max_size=8), st.integers(0, 90))
def test_columns_never_reach_beyond_the_width(widths: list[int], total: int) -> None:
    columns = tuple(
        Column(str(n), width=w, fill=n % 3 == 0, priority=n % 4, narrow=w // 2) for n, w in enumerate(widths)
    )
    layout = fit(columns, natural_widths(columns, []), total)
    for before, after in zip(layout.slots, layout.slots[1:], strict=False):
        assert before.x + before.width < after.x
    assert all(slot.x + slot.width <= max(total, slot.x) for slot in layout.slots)
    assert len(layout.slots) + len(layout.dropped) == len(columns)


@given(st.text(max_size=60), st.integers(5, 40))
def test_wrapping_keeps_every_word(sentence: str, width: int) -> None:
    assert " ".join(wrapped(sentence, width)).split() == shown(sentence).split()
    assert len(wrapped(sentence, width)) <= 3


@given(st.text(max_size=30), st.integers(0, 30), st.integers(2, 12))
def test_the_caret_stays_in_sight(text: str, caret: int, width: int) -> None:
    draft = replace(Draft().insert(text), caret=min(caret, len(Draft().insert(text).text)))
    part, place = draft.window(width)
    assert 0 <= place <= len(part)
    assert cell_len(part) + (place == len(part)) <= max(width, cell_len(part[:1]) + 1)


@given(st.text(max_size=10), st.lists(st.sampled_from(["left", "right", "home", "end", "backspace", "delete"])))
def test_editing_keys_never_lose_the_caret(text: str, pressed: list[str]) -> None:
    draft = Draft().insert(text)
    for key in pressed:
        draft = draft.press(key) or draft
        assert 0 <= draft.caret <= len(draft.text)


def test_a_paste_of_one_cell_ends_with_a_line_break() -> None:
    assert pasted_line("543\r\n") == "543"
    assert pasted_line("543\n21") is None
