"""Commentary: what is missing, writing it with drafts, and two people on one section."""

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.events import Paste
from textual.messages import ExitApp
from textual.pilot import Pilot

from outcome_tracker.core.period import Period, parse
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store.writer import Conflict
from outcome_tracker.tracker.collect import enter
from outcome_tracker.tracker.commentary import save_sections
from outcome_tracker.tracker.drafts import Draft, Drafts, drafts_of
from outcome_tracker.tracker.workspace import Workspace
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.screens import commentary_page
from outcome_tracker.tui.screens.ask import Ask
from outcome_tracker.tui.screens.commentary import CommentaryScreen
from outcome_tracker.tui.screens.commentary_compare import Compare
from outcome_tracker.tui.screens.commentary_edit import CommentaryEdit
from outcome_tracker.tui.screens.commentary_fields import Field, pasted
from outcome_tracker.tui.widgets.drawn import Drawn
from outcome_tracker.tui.widgets.grid_view import GridView
from tests.tui.entering import Q4, Drive, drive, settled, workspace
from tests.tui.showing import on, painted, words

Q3 = parse("2018-19 Q3")
SMALL = (80, 24)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commentary") / "ws"
    made = workspace(folder)
    for code, text in (("S-01", "44/276"), ("S-02", "22.1"), ("S-03", "240")):
        enter(made, code, "2018-19 Q4", text)
    return folder


@pytest.fixture
def found(template: Path, tmp_path: Path) -> Workspace:
    """S-01 is Red, S-02 declines, S-03 (wider) is Red; none is explained."""
    return workspace(Path(shutil.copytree(template, tmp_path / "ws")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "drafts"


@pytest.fixture(autouse=True)
def drafts_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep drafts without waiting for a pause."""
    monkeypatch.setattr(commentary_page, "DRAFT_AFTER", 0.001)


def on_commentary(
    found: Workspace, folder: Path, steps: Drive, *, focus: str | None = None, size: tuple[int, int] = SMALL
) -> None:
    drive(found, steps, size=size, screen=CommentaryScreen(None, focus, folder))


def editing(found: Workspace, folder: Path, code: str, steps: Drive) -> None:
    async def opened(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("enter")
        await settled(app, pilot)
        assert edit(app).subject == code
        await steps(app, pilot)

    on_commentary(found, folder, opened, focus=code)


def edit(app: TrackerApp) -> CommentaryEdit:
    return on(app, CommentaryEdit)


def field(app: TrackerApp, section: str) -> Field:
    return next(s for s in app.screen_stack if isinstance(s, CommentaryEdit)).fields[section]


async def write(app: TrackerApp, pilot: Pilot[None], section: str, text: str) -> None:
    field(app, section).area.focus()
    await pilot.pause()
    await put(app, pilot, text)
    await kept(app, pilot)


async def put(app: TrackerApp, pilot: Pilot[None], text: str, *keys: str) -> None:
    """Put a text where the cursor is, all at once: a key takes a test as long as a text does."""
    assert app.focused is not None
    app.focused.post_message(Paste(text))
    await pilot.pause()
    await pilot.press(*keys)


async def kept(app: TrackerApp, pilot: Pilot[None]) -> None:
    """Wait until the draft is written."""
    await pilot.pause()
    while edit(app)._timer is not None:  # noqa: ASYNC110, SLF001 - a timer has no event for when it has run
        await asyncio.sleep(0.001)
    await pilot.pause()


async def press(app: TrackerApp, pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and wait until what they ask for is on the screen."""
    await pilot.press(*keys)
    await settled(app, pilot)


def label(app: TrackerApp, section: str) -> str:
    drawn = field(app, section).query_one(Drawn)
    return " ".join(" ".join(line.plain for line in drawn.lines(drawn.content_size.width)).split())


def grid_text(app: TrackerApp) -> list[str]:
    """Return the list's lines, columns joined."""
    return [
        line.title if line.heading else " ".join(cell.text for cell in line.cells.values() if cell.text)
        for line in on(app, CommentaryScreen).query_one(GridView).lines
    ]


def status(app: TrackerApp) -> str:
    """Return the line that says how what is typed stands."""
    return " ".join(words(app, "#status").split())


def said(app: TrackerApp) -> list[str]:
    return [notice.message for notice in app._notifications]  # noqa: SLF001 - Textual has no other list of them


def current(found: Workspace, code: str = "S-01", period: Period = Q4) -> dict[str, tuple[str, int]]:
    with found.read() as reader:
        every = [c for c in reader.commentary() if (c.subject, c.period) == (code, period)]
        return {c.section: (c.text, c.version) for c in every}


def by_ben(found: Workspace, **texts: str) -> None:
    saved = save_sections(replace(found, user="ben"), "S-01", Q4, {k.replace("_", " "): v for k, v in texts.items()})
    assert isinstance(saved, tuple)


def draft(found: Workspace, folder: Path, code: str = "S-01") -> Draft | None:
    return drafts_of(found, folder).get(code, Q4)


# The end of the program


def test_the_last_moment_of_typing_is_in_the_draft_when_the_screens_end(
    found: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commentary_page, "DRAFT_AFTER", 60)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        field(app, "Cause").area.focus()
        await pilot.pause()
        await put(app, pilot, "Two teams were short of staff")
        assert draft(found, folder) is None
        app.post_message(ExitApp())
        await pilot.pause()

    editing(found, folder, "S-01", steps)
    kept = draft(found, folder)
    assert kept is not None
    assert kept.texts == {"Cause": "Two teams were short of staff"}


# The list


@pytest.mark.parametrize("size", [SMALL, (120, 40)])
def test_what_is_missing_comes_first_and_is_counted(found: Workspace, folder: Path, size: tuple[int, int]) -> None:
    save_sections(found, "S-02", Q4, {"Analysis and issues": "More repeat referrals\nin the north."})

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert words(app, "#bar").split("  ")[-1].strip() == "1 of 2 explained; 1 missing"
        assert grid_text(app) == [
            "Missing · 1",
            "! missing S-01  Second or subsequent protection plan ■ Red ↗",
            "Other Reds, and what declined · 2",
            "○ incomplete S-02  Repeat referrals ana ■ Red ↘",
            "– none S-03  Families helped ■ Red ?",
            "Plans · 1",
            "– none SAFE  Children are safe",
        ]
        assert on(app, CommentaryScreen).grid.lines[3].note == "no cause, action, owner, due date or return date"
        assert "it must be explained. Enter writes." in words(app, "#detail").replace("\n ", " ")
        await press(app, pilot, "down")
        assert "More repeat referrals\n in the north." in words(app, "#detail")
        await press(app, pilot, "t")
        assert grid_text(app)[-2:] == ["Everything else · 1", "– none S-04  Days to first visit ◌ M ?"]

    on_commentary(found, folder, steps, size=size)


def test_the_choice_of_what_is_listed_is_remembered_and_plans_come_one_by_one(found: Workspace, folder: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "t", "l")
        assert app.memory.get("commentary.every", default=False) is True
        assert "Children are safe ▾   all ▾" in words(app, "#bar")
        assert on(app, CommentaryScreen).about()[0] == "SAFE"
        await press(app, pilot, "l")
        assert "Every plan ▾   all ▾" in words(app, "#bar")
        await pilot.click("#bar", offset=(3, 0))
        await pilot.click("#bar", offset=(24, 0))
        await settled(app, pilot)
        assert "Children are safe ▾   needed ▾" in words(app, "#bar")

    on_commentary(found, folder, steps)


def test_one_comes_from_any_screen_with_k_and_an_indicator_that_is_not_asked_for_is_shown(found: Workspace) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "escape", "k")
        assert on(app, CommentaryScreen).crumb == "Commentary"
        app.open_indicator("S-04")
        await settled(app, pilot)
        await press(app, pilot, "f6")
        assert on(app, CommentaryScreen).grid.cursor_key == "S-04"

    drive(found, steps)


# Writing


def test_a_red_is_asked_for_cause_action_owner_and_dates_and_all_is_saved_at_once(
    found: Workspace, folder: Path
) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert list(edit(app).fields) == [
            "Analysis and issues",
            "Cause",
            "Action",
            "Owner",
            "Due date",
            "Expected return to target",
            "Year-end forecast",
        ]
        assert "15.9% in Quarter 4 2018-19" in words(app, "#head").replace("\n", " ")
        assert "6 fewer to Green" in " ".join(words(app, "#head").split())
        assert label(app, "Cause") == "Cause missing"
        assert label(app, "Analysis and issues") == "Analysis and issues"
        assert field(app, "Cause").area.has_focus
        await put(app, pilot, "Two teams", "enter", "enter")
        await put(app, pilot, "were short.", "tab")
        await put(app, pilot, "Hire", "tab")
        await pilot.press("J", "o", "enter")
        await put(app, pilot, "30 Sept 2019", "tab")
        await put(app, pilot, "2019-20 Q4")
        await settled(app, pilot)
        assert label(app, "Cause") == "Cause not saved yet"
        assert current(found) == {}
        await press(app, pilot, "ctrl+s")
        assert status(app) == ("Saved: Cause, Action, Owner, Due date and Expected return to target.")
        assert label(app, "Owner") == "Owner ana · 20 Apr 2019"
        assert draft(found, folder) is None
        await press(app, pilot, "escape")
        assert grid_text(app)[0] == "Missing · 1"
        assert "✓ given S-01  Second or subsequent protection plan" in " ".join(grid_text(app))
        assert words(app, "#bar").strip().endswith("1 of 2 explained; 1 missing")

    editing(found, folder, "S-01", steps)
    assert current(found) == {
        "Cause": ("Two teams\n\nwere short.", 1),
        "Action": ("Hire", 1),
        "Owner": ("Jo", 1),
        "Due date": ("30 Sept 2019", 1),
        "Expected return to target": ("2019-20 Q4", 1),
    }


def test_only_what_has_changed_becomes_a_version(found: Workspace, folder: Path) -> None:
    save_sections(found, "S-01", Q4, {"Cause": "Winter", "Owner": "Jo"})

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "ctrl+s")
        assert said(app) == ["Nothing has changed since it was saved."]
        await write(app, pilot, "Owner", "Ms ")
        await write(app, pilot, "Cause", " ")
        await press(app, pilot, "ctrl+s")

    editing(found, folder, "S-01", steps)
    assert current(found) == {"Cause": ("Winter", 1), "Owner": ("Ms Jo", 2)}


def test_a_plan_has_its_own_sections(found: Workspace, folder: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "end", "enter")
        assert list(edit(app).fields) == ["Analysis and issues", "Wider performance indicators"]
        await write(app, pilot, "Wider performance indicators", "Good.")
        await press(app, pilot, "ctrl+s")

    on_commentary(found, folder, steps)
    assert current(found, "SAFE") == {"Wider performance indicators": ("Good.", 1)}


def test_a_date_that_is_none_is_refused_beside_its_field_and_nothing_is_saved(found: Workspace, folder: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await write(app, pilot, "Cause", "Winter")
        await write(app, pilot, "Due date", "soon")
        assert "✗" not in label(app, "Due date")  # nobody is told off while typing
        await press(app, pilot, "ctrl+s")
        assert "✗ 'soon' is neither a date nor a period; write 2019-09-30, September 2019" in label(app, "Due date")
        assert field(app, "Due date").area.has_focus
        assert field(app, "Due date").words == "soon"
        assert current(found) == {}
        await press(app, pilot, "ctrl+u")
        await put(app, pilot, "2019-20")
        await settled(app, pilot)
        assert "✗" not in label(app, "Due date")
        await press(app, pilot, "ctrl+s")

    editing(found, folder, "S-01", steps)
    assert current(found) == {"Cause": ("Winter", 1), "Due date": ("2019-20", 1)}


def test_an_empty_text_clears_its_section_once_that_is_confirmed(found: Workspace, folder: Path) -> None:
    save_sections(found, "S-01", Q4, {"Cause": "Winter"})

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        field(app, "Cause").area.focus()
        await press(app, pilot, "f7", "delete", "ctrl+s")
        assert on(app, Ask).query_one(".popup").border_title == "Clear Cause?"
        await press(app, pilot, "p")
        assert field(app, "Cause").words == "Winter"
        assert current(found) == {"Cause": ("Winter", 1)}
        await press(app, pilot, "f7", "delete", "ctrl+s", "c")
        assert status(app) == "Saved: Cause."

    editing(found, folder, "S-01", steps)
    assert current(found) == {"Cause": ("", 2)}


def test_what_was_said_the_period_before_stands_beside_and_fills_what_is_empty(found: Workspace, folder: Path) -> None:
    save_sections(found, "S-01", Q3, {"Cause": "Autumn.\nFlu.", "Owner": "Jo"})

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        before = edit(app).query_one("#before Drawn", Drawn)
        assert [line.plain for line in before.lines(60)] == [
            "Said for Quarter 3 2018-19",
            "",
            "Cause · ana",
            "Autumn.",
            "Flu.",
            "",
            "Owner · ana",
            "Jo",
            "",
        ]
        await write(app, pilot, "Owner", "Al")
        await press(app, pilot, "ctrl+b")
        assert (field(app, "Cause").words, field(app, "Owner").words) == ("Autumn.\nFlu.", "Al")
        assert status(app) == "Copied, for you to change: Cause. Not saved yet."
        await press(app, pilot, "ctrl+b")
        assert said(app) == ["Every section that was filled earlier has a text; empty it first."]
        left = draft(found, folder)
        assert left is not None
        assert left.texts == {"Cause": "Autumn.\nFlu.", "Owner": "Al"}

    editing(found, folder, "S-01", steps)


def test_the_period_before_can_be_reached_by_keyboard(found: Workspace, folder: Path) -> None:
    save_sections(found, "S-01", Q3, {"Cause": "Autumn."})

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        for _ in range(len(edit(app).fields) - 1):
            await pilot.press("tab")
        await settled(app, pilot)
        assert app.focused is edit(app).query_one("#before")
        assert "Said for Quarter 3 2018-19" in painted(app)

    editing(found, folder, "S-01", steps)


def test_without_an_earlier_text_there_is_nothing_to_copy(found: Workspace, folder: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert edit(app).query_one("#before").display is False
        await press(app, pilot, "ctrl+b", "ctrl+g")
        assert said(app) == [
            "Nothing was said of this in an earlier period.",
            "Nothing is typed that is not saved.",
        ]

    editing(found, folder, "S-01", steps)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("a\r\nb\n", "a\nb\n"),
        (" word ", " word "),
        ("\x1b[31mred\x1b]0;title\x07\u202e", "red"),
        ("one\ttwo", "one two"),
        (" \n ", " "),
        ("", ""),
    ],
)
def test_what_is_pasted_keeps_its_lines_and_loses_what_steers_a_terminal(text: str, inside: str) -> None:
    assert pasted(text) == inside


def test_a_long_paste_keeps_its_lines_in_the_database(found: Workspace, folder: Path) -> None:
    long = "\r\n".join(f"• {n} \x1b[2Jline ’é’" for n in range(300))

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        field(app, "Cause").area.post_message(Paste(long))
        await settled(app, pilot)
        field(app, "Owner").area.post_message(Paste("Jo\nSmith"))
        await settled(app, pilot)
        await press(app, pilot, "ctrl+s")

    editing(found, folder, "S-01", steps)
    assert current(found) == {
        "Cause": ("\n".join(f"• {n} line ’é’" for n in range(300)), 1),
        "Owner": ("Jo Smith", 1),
    }


def test_letters_that_are_commands_elsewhere_are_typed(found: Workspace, folder: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "q", "question_mark", "slash", "left_square_bracket")
        assert field(app, "Cause").words == "q?/["
        names = [command.words() for command in edit(app).offered()]
        assert [names.count(name) for name in ("Help", "Quit")] == [1, 1]
        assert edit(app).offered()[0].shown_keys() == ("F1",)
        await press(app, pilot, "tab", "shift+tab", "f1")
        assert "Begin with the period before" in painted(app)

    editing(found, folder, "S-01", steps)


# Drafts


def test_what_is_typed_is_in_the_draft_while_one_types(found: Workspace, folder: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await write(app, pilot, "Cause", "Win")
        left = draft(found, folder)
        assert left is not None
        assert (left.texts, left.seen) == ({"Cause": "Win"}, {"Cause": 0})
        assert status(app) == "Not saved yet, kept as a draft while you type. ^S saves."
        await press(app, pilot, "backspace", "backspace", "backspace")
        await kept(app, pilot)
        assert draft(found, folder) is None

    editing(found, folder, "S-01", steps)


def test_leaving_keeps_the_draft_and_coming_back_brings_it(found: Workspace, folder: Path) -> None:
    async def leave(app: TrackerApp, pilot: Pilot[None]) -> None:
        await write(app, pilot, "Action", "Hire")
        await press(app, pilot, "escape")
        line = next(x for x in on(app, CommentaryScreen).grid.lines if x.key == "S-01")
        assert line.cell("draft").text == "draft"

    async def back(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert status(app) == "Draft from 20 Apr 2019 10:00, not saved yet. ^G discards it."
        assert field(app, "Action").area.has_focus
        await put(app, pilot, " two")
        await press(app, pilot, "ctrl+s", "escape")
        assert next(x for x in on(app, CommentaryScreen).grid.lines if x.key == "S-01").cell("draft").text == ""

    editing(found, folder, "S-01", leave)
    editing(replace(found, now=lambda: datetime(2019, 4, 25, tzinfo=UTC)), folder, "S-01", back)
    assert current(found) == {"Action": ("Hire two", 1)}
    assert list(folder.rglob("*.json")) == []


def test_quitting_keeps_the_draft(found: Workspace, folder: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await write(app, pilot, "Action", "Hire")
        drafts_of(found, folder).drop("S-01", Q4)
        field(app, "Action").area.insert("!")
        await pilot.press("ctrl+q")

    editing(found, folder, "S-01", steps)
    left = draft(found, folder)
    assert left is not None
    assert left.texts == {"Action": "Hire!"}


def test_a_draft_can_be_discarded_once_that_is_confirmed(found: Workspace, folder: Path) -> None:
    save_sections(found, "S-01", Q4, {"Cause": "Winter"})
    drafts_of(found, folder).put("S-01", Q4, Draft({"Cause": "Sum", "Gone": "x"}, {"Cause": 1}, found.now()))

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert field(app, "Gone").words == "x"  # a section that is not asked for any more
        await press(app, pilot, "ctrl+g", "k")
        assert field(app, "Cause").words == "Sum"
        await press(app, pilot, "ctrl+g", "d")
        assert (field(app, "Cause").words, field(app, "Gone").words) == ("Winter", "")
        assert status(app) == "The draft is discarded."
        assert draft(found, folder) is None

    editing(found, folder, "S-01", steps)


def test_a_draft_that_says_what_is_saved_is_none(found: Workspace, folder: Path) -> None:
    save_sections(found, "S-01", Q4, {"Cause": "Winter"})
    drafts_of(found, folder).put("S-01", Q4, Draft({"Cause": "Winter "}, {"Cause": 0}, found.now()))

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert status(app) == "What you type is kept as a draft until you save it with ^S."
        assert draft(found, folder) is None
        await write(app, pilot, "Cause", "Cold ")
        await press(app, pilot, "ctrl+s")

    editing(found, folder, "S-01", steps)
    assert current(found) == {"Cause": ("Cold Winter", 2)}


def test_a_draft_says_what_others_have_changed_since_it_was_written(found: Workspace, folder: Path) -> None:
    drafts_of(found, folder).put("S-01", Q4, Draft({"Cause": "Mine", "Owner": "Jo"}, {}, found.now()))
    by_ben(found, Cause="Theirs")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert status(app) == (
            "Draft from 20 Apr 2019 10:00, not saved yet. ^G discards it. Changed by others since: Cause. ^S compares."
        )
        await press(app, pilot, "ctrl+s")
        assert compared(app)[:2] == ["Theirs · saved by ben on 20 Apr 2019 10:00", "Theirs"]

    editing(found, folder, "S-01", steps)


def test_a_draft_that_cannot_be_kept_is_said_and_leaving_asks(
    found: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Drafts, "put", full)
    sentence = "What you type can't be kept as a draft (No space left on device): save it with ^S before you leave."

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await write(app, pilot, "Cause", "Winter")
        assert status(app) == sentence
        await press(app, pilot, "escape")
        assert said(app) == [f"{sentence} Esc again leaves all the same."]
        await press(app, pilot, "ctrl+s")
        assert status(app) == "Saved: Cause."
        await press(app, pilot, "escape")
        on(app, CommentaryScreen)

    editing(found, folder, "S-01", steps)
    assert current(found) == {"Cause": ("Winter", 1)}


def test_a_save_that_fails_says_why_and_keeps_the_draft(
    found: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise Unavailable("There is no room left on the disk.", "Nothing was saved. Free some space, and try again.")

    sentence = "There is no room left on the disk. Nothing was saved. Free some space, and try again."

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await write(app, pilot, "Cause", "Winter")
        with monkeypatch.context() as patch:
            patch.setattr(Workspace, "save", full)
            await press(app, pilot, "ctrl+s")
        assert said(app) == [f"{sentence} What you typed stays as a draft."]
        assert field(app, "Cause").words == "Winter"
        assert draft(found, folder) is not None
        await press(app, pilot, "ctrl+s")
        assert draft(found, folder) is None

    editing(found, folder, "S-01", steps)
    assert current(found) == {"Cause": ("Winter", 1)}


def test_what_is_typed_while_it_is_being_saved_stays_unsaved(
    found: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    go, save = Event(), Workspace.save

    def slow(self: Workspace, facts: list[object]) -> None:
        assert go.wait(10)
        save(self, facts)  # type: ignore[arg-type]  # a list of commentary, which is one kind of fact

    monkeypatch.setattr(Workspace, "save", slow)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await write(app, pilot, "Cause", "One")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert status(app) == "Saving …"
        await put(app, pilot, " two")
        await pilot.press("ctrl+s")
        assert said(app) == ["It is being saved."]
        await pilot.press("escape")
        edit(app)  # it is left once that is stored
        go.set()
        await settled(app, pilot)
        on(app, CommentaryScreen)
        assert said(app)[-1] == "S-01: Cause saved."

    editing(found, folder, "S-01", steps)
    assert current(found) == {"Cause": ("One", 1)}
    left = draft(found, folder)
    assert left is not None
    assert (left.texts, left.seen) == ({"Cause": "One two"}, {"Cause": 1})


# Two people on one section


def clashing(found: Workspace, folder: Path, after: Drive) -> None:
    """Have ben change the cause and the owner while ana writes on both, and on the action."""
    save_sections(found, "S-01", Q4, {"Cause": "Old"})

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await write(app, pilot, "Cause", "Not ")
        await write(app, pilot, "Action", "Hire")
        by_ben(found, Cause="Theirs\nin two lines", Owner="Ben")
        await write(app, pilot, "Owner", "Ana")
        await press(app, pilot, "ctrl+s")
        assert current(found)["Cause"] == ("Theirs\nin two lines", 2)
        assert "Action" not in current(found)
        await after(app, pilot)

    editing(found, folder, "S-01", steps)


def compared(app: TrackerApp) -> list[str]:
    drawn = on(app, Compare).query_one(Drawn)
    return [line.plain for line in drawn.lines(90)]


def test_theirs_the_one_before_and_ones_own_are_shown_and_one_is_kept(found: Workspace, folder: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert on(app, Compare).query_one(".popup").border_title == "ben saved Cause meanwhile"
        assert compared(app) == [
            "Theirs · saved by ben on 20 Apr 2019 10:00",
            "Theirs",
            "in two lines",
            "",
            "Before",
            "Old",
            "",
            "Yours · not saved yet",
            "Not Old",
            "",
        ]
        assert "m Save mine" in painted(app)
        await press(app, pilot, "t")
        assert on(app, Compare).query_one(".popup").border_title == "ben saved Owner meanwhile"
        assert compared(app)[4:6] == ["(empty)", ""]
        await press(app, pilot, "m")
        assert field(app, "Cause").words == "Theirs\nin two lines"
        assert status(app) == "Saved: Action and Owner."
        assert draft(found, folder) is None

    clashing(found, folder, steps)
    assert current(found) == {
        "Cause": ("Theirs\nin two lines", 2),
        "Action": ("Hire", 1),
        "Owner": ("Ana", 2),
    }


def test_one_can_write_on_with_theirs_in_sight(found: Workspace, folder: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "w", "t")
        assert status(app) == "Not saved yet: Cause is still to be settled. ^S saves."
        beside = [line.plain for line in edit(app).query_one("#before Drawn", Drawn).lines(60)]
        assert beside[:4] == [
            "Cause: changed meanwhile",
            "Theirs · saved by ben on 20 Apr 2019 10:00",
            "Theirs",
            "in two lines",
        ]
        assert field(app, "Cause").area.has_focus
        await put(app, pilot, "x")
        await press(app, pilot, "ctrl+s")
        assert edit(app).query_one("#before").display is False

    clashing(found, folder, steps)
    assert current(found)["Cause"] == ("Not xOld", 3)
    assert current(found)["Owner"] == ("Ben", 1)


def test_leaving_the_question_open_saves_nothing_and_keeps_the_draft_and_the_conflict(
    found: Workspace, folder: Path
) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "escape", "escape")
        assert status(app) == "Not saved yet: Cause is still to be settled. ^S saves."
        await press(app, pilot, "escape", "enter")
        left = draft(found, folder)
        assert left is not None
        assert (left.texts["Cause"], left.seen["Cause"]) == ("Not Old", 1)
        await press(app, pilot, "ctrl+s")
        assert on(app, Compare).query_one(".popup").border_title == "ben saved Cause meanwhile"
        await pilot.press("t")
        await press(app, pilot, "t")
        assert status(app) == "Saved: Action."

    clashing(found, folder, steps)


def test_keeping_theirs_everywhere_saves_nothing(found: Workspace, folder: Path) -> None:
    save_sections(found, "S-01", Q4, {"Cause": "Old"})

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await write(app, pilot, "Cause", "Not ")
        by_ben(found, Cause="")
        await press(app, pilot, "ctrl+s")
        title = on(app, Compare).query_one(".popup").border_title
        assert title == "ben saved Cause meanwhile, which clears it"
        await press(app, pilot, "t")
        assert status(app) == "Theirs is kept."
        assert field(app, "Cause").words == ""
        assert draft(found, folder) is None

    editing(found, folder, "S-01", steps)
    assert current(found) == {"Cause": ("", 2)}


def test_the_same_text_from_two_people_is_no_conflict(found: Workspace, folder: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await write(app, pilot, "Cause", "Same")
        by_ben(found, Cause="Same")
        await press(app, pilot, "ctrl+s")
        assert status(app) == "Saved: Cause."
        assert draft(found, folder) is None

    editing(found, folder, "S-01", steps)
    assert current(found) == {"Cause": ("Same", 1)}


def test_somebody_who_is_always_quicker_is_said_and_the_text_stays(
    found: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save(*_arguments: object) -> None:
        raise Conflict(())

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await write(app, pilot, "Cause", "Winter")
        with monkeypatch.context() as patch:
            patch.setattr(Workspace, "save", save)
            await press(app, pilot, "ctrl+s")
        assert said(app) == ["Others are saving this at the same moment; press ^S again."]
        await press(app, pilot, "ctrl+s")
        assert status(app) == "Saved: Cause."

    editing(found, folder, "S-01", steps)


# The past


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda found: replace(found, as_at=Q4.end), "Read-only: the commentary as known on 31 Mar 2019"),
        (
            lambda found: replace(found, now=lambda: datetime(2018, 12, 31, tzinfo=UTC)),
            f"{Q4.label} has not begun; there is nothing to explain yet.",
        ),
    ],
)
def test_the_past_and_the_future_are_for_reading(
    found: Workspace, folder: Path, change: Callable[[Workspace], Workspace], sentence: str
) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await press(app, pilot, "t", "down", "enter")
        assert status(app).startswith(sentence)
        await press(app, pilot, "x", "ctrl+s")
        assert {f.words for f in edit(app).fields.values()} == {""}
        assert said(app)[0].startswith(sentence)
        await press(app, pilot, "escape")
        on(app, CommentaryScreen)

    on_commentary(change(found), folder, steps)
    assert list(folder.rglob("*")) == []
    assert current(found) == {}


def test_commentary_says_nothing_of_another_period(found: Workspace, folder: Path) -> None:
    save_sections(found, "S-01", Q3, {"Cause": "Then"})

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert grid_text(app)[0].startswith("Missing")
        await press(app, pilot, "left_square_bracket")
        line = next(x for x in on(app, CommentaryScreen).grid.lines if x.key == "S-01")
        assert line.cell("state").text == "○ incomplete"

    on_commentary(found, folder, steps)
