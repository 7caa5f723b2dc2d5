import shutil
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from textual.geometry import Offset
from textual.pilot import Pilot

from outcome_tracker.core.period import parse
from outcome_tracker.tracker.collect import Entered, enter, status_named
from outcome_tracker.tracker.plans import apply
from outcome_tracker.tracker.workspace import Workspace, open_workspace
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.memory import Memory
from outcome_tracker.tui.screens.collection import CollectionScreen
from outcome_tracker.tui.screens.collection_ask import Preview
from outcome_tracker.tui.screens.entry import EntryScreen
from outcome_tracker.tui.screens.indicator import IndicatorScreen
from outcome_tracker.tui.widgets.drawn import Drawn
from tests.tui.entering import COUNCIL, Drive, drive, now, settled
from tests.tui.showing import cells, on, painted, words

PLANS = {
    "a": """
plan: Children are safe
code: A
owner: Head of Safety
indicators:
  - {code: A-1, title: Repeat referrals, tier: headline, unit: percent, better: lower, frequency: quarterly,
     basis: point, owner: Team, numerator: repeats, denominator: referrals}
  - {code: A-2, title: Calls answered, tier: wider, unit: number, better: higher, frequency: monthly,
     basis: period, owner: ' team'}
  - {code: A-3, title: Days to first visit, tier: wider, unit: days, better: lower, frequency: quarterly, basis: point}
""",
    "b": """
plan: Streets are clean
code: B
indicators:
  - {code: B-1, title: Litter, tier: headline, unit: percent, better: lower, frequency: quarterly, basis: point,
     owner: Streets}
  - {code: B-2, title: Bins, tier: wider, unit: number, better: higher, frequency: quarterly, basis: point}
""",
}
FIGURES = [
    ("A-1", "2018-19 Q3", "20.8", "final"),
    ("A-2", "2019-01", "70", "final"),
    ("A-2", "2019-03", "71", "provisional"),
    ("A-3", "2018-19 Q4", "", "not available"),
    ("B-1", "2018-19 Q4", "12", "final"),
    ("B-2", "2018-19 Q4", "", "not returned"),
]


@cache
def _made() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="collecting"))
    (folder / "targets").mkdir()
    (folder / "data").mkdir()
    for name, text in {"council": COUNCIL, **PLANS}.items():
        (folder / "targets" / f"{name}.yaml").write_text(text, encoding="utf-8")
    workspace = open_workspace(folder, user="ana", now=now)
    assert not apply(workspace).blocking
    for code, period, text, status in FIGURES:
        assert isinstance(enter(workspace, code, period, text, status=status_named(status)), Entered)
    return folder


def workspace(folder: Path | None = None, *, as_at: date | None = None) -> Workspace:
    """Return the workspace: a copy in `folder` if it is to be written to, else one that all tests look at."""
    if folder is not None:
        shutil.copytree(_made(), folder, dirs_exist_ok=True)
    return open_workspace(folder or _made(), user="ana", now=now, as_at=as_at)


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "Documents"
    folder.mkdir()
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: folder)
    return folder / "Outcome Tracker reminders"


def collecting(
    steps: Drive, found: Workspace | None = None, *, size: tuple[int, int] = (120, 40), plan: str | None = None
) -> None:
    drive(found or workspace(), steps, size=size, screen=CollectionScreen(plan))


def figures(app: TrackerApp) -> list[tuple[str, str]]:
    return [(key, line["state"]) for key, line in cells(app, "#figures").items()]


def told(app: TrackerApp) -> list[str]:
    return [note.message for note in app._notifications]  # noqa: SLF001 - what is said is seen nowhere else


def test_owners_with_what_is_in_and_overdue() -> None:
    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        assert words(app, "#above").splitlines() == [
            " ▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬────────────────────────   2 of 5 returned · 3 overdue",
            " 4 of 7 figures are in; an indicator counts once all of its figures are.",
        ]
        found = cells(app, "#shares")
        assert {key: (line["in"], line["figures"], line["overdue"]) for key, line in found.items()} == {
            "team": ("0 of 2", "2 of 4", "2 since 15 Mar 2019"),
            "No owner named": ("0 of 1", "0 of 1", "1 since 15 Apr 2019"),
            "head of safety": ("✓ 1 of 1", "1 of 1", ""),
            "streets": ("✓ 1 of 1", "1 of 1", ""),
        }
        assert found["team"]["bar"] == "─" * 20
        assert found["streets"]["bar"] == "▬" * 20
        assert found["team"]["title"] == "Team"

    collecting(steps)


def test_the_count_is_the_summarys() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        line = words(app, "#above").splitlines()[0].rpartition("   ")[2]
        await pilot.press("escape")
        await settled(app, pilot)
        assert line in words(app, "#questions")

    collecting(steps)


def test_the_figures_of_the_one_under_the_cursor() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert words(app, "#between") == " Team · 0 of 2 returned · 2 overdue"
        assert figures(app) == [
            ("A-2 2019-02", "! 36 days overdue"),
            ("A-1 2018-19 Q4", "! 5 days overdue"),
            ("A-2 2019-01", "✓ in"),
            ("A-2 2019-03", "✓ provisional"),
        ]
        line = cells(app, "#figures")["A-1 2018-19 Q4"]
        assert (line["due"], line["value"], line["last"], line["of"]) == ("15 Apr 2019", "–", "20.8%", "2018-19 Q3")
        await pilot.press("down", "down")
        await settled(app, pilot)
        assert words(app, "#between") == " Head of Safety · everything is in"
        assert figures(app) == [("A-3 2018-19 Q4", "× not available")]

    collecting(steps)


def test_before_the_day_nothing_is_overdue_and_what_is_next_is_said() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        app.go_to(parse("2019-20 Q1"))
        await settled(app, pilot)
        assert "0 of 5 returned · next due in 25 days, 15 May 2019" in words(app, "#above")
        found = cells(app, "#shares")
        assert "overdue" not in {column.key for column in on(app, CollectionScreen).shares_grid.columns}
        assert found["team"]["next"] == "in 25 days, 15 May 2019"
        assert figures(app)[0] == ("A-2 2019-04", "○ due in 25 days")

    collecting(steps)


def test_everything_in_and_nothing_due_are_said_calmly(tmp_path: Path) -> None:
    found = workspace(tmp_path / "all")
    for code, period in (("A-1", "2018-19 Q4"), ("A-2", "2019-02"), ("B-2", "2018-19 Q4")):
        assert isinstance(enter(found, code, period, "5"), Entered)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert "▬   5 of 5 returned · everything is in" in words(app, "#above")
        await pilot.press("enter", "r", "R")
        await settled(app, pilot)
        assert told(app) == [
            "Everything of Head of Safety is in.",
            "Nothing is due from Head of Safety: everything is in.",
            "Nobody has anything to give: everything is in.",
        ]

    collecting(steps, found)


def test_a_period_without_plans_says_so(tmp_path: Path) -> None:
    plans = [text.replace("indicators:", "from: 2018-19\nindicators:") for text in PLANS.values()]
    found = workspace(tmp_path)
    for name, text in zip(PLANS, plans, strict=True):
        (tmp_path / "targets" / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert not apply(found).blocking

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        app.go_to(parse("2015-16 Q1"))
        await settled(app, pilot)
        assert words(app, "#above") == " Nothing is due in Quarter 1 2015-16."
        assert not on(app, CollectionScreen).shares_grid.display
        await pilot.press("enter", "r", "t", "tab", "R")
        await settled(app, pilot)
        app.go_to(parse("2018-19 Q4"))
        await settled(app, pilot)
        assert on(app, CollectionScreen).shares_grid.has_focus
        assert set(told(app)) <= {"Nothing is due in this period.", "Nobody has anything to give: everything is in."}

    collecting(steps, found)


def test_plans_say_whose_each_figure_is_and_are_remembered() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("t")
        await settled(app, pilot)
        found = cells(app, "#shares")
        assert {line["title"]: line["in"] for line in found.values()} == {
            "Children are safe": "1 of 3",
            "Streets are clean": "1 of 2",
        }
        assert {line["owner"] for line in cells(app, "#figures").values()} == {"Team", "Head of Safety"}
        assert app.memory.get("collection.by owner", default=True) is False
        await pilot.press("r")
        assert told(app) == ["A reminder goes to an owner: t shows them, Tab goes to the figures."]
        await pilot.press("tab", "r")
        await settled(app, pilot)
        assert "Dear Team," in words(app, "#reminder")
        await pilot.press("escape", "t")
        await settled(app, pilot)
        assert "team" in cells(app, "#shares")
        assert on(app, CollectionScreen).shares_grid.has_focus

    collecting(steps)


def test_a_click_on_the_heading_changes_the_grouping() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.click("#shares", offset=Offset(4, 0))
        await settled(app, pilot)
        assert list(cells(app, "#shares")) == ["A", "B"]
        await pilot.click("#shares", offset=Offset(70, 0))  # another column
        await settled(app, pilot)
        assert list(cells(app, "#shares")) == ["A", "B"]

    collecting(steps)


@pytest.mark.parametrize(("focus", "owner"), [("B-2 2018-19 Q4", "No owner named"), (None, "team")])
def test_it_opens_on_the_owner_of_the_figure_one_comes_from(focus: str | None, owner: str) -> None:
    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        assert on(app, CollectionScreen).shares_grid.cursor_key == owner

    drive(workspace(), steps, screen=CollectionScreen("B", focus))


def test_it_opens_at_the_top_where_everything_of_that_owner_is_in() -> None:
    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        assert on(app, CollectionScreen).shares_grid.cursor_key == "team"

    drive(workspace(), steps, screen=CollectionScreen("B", "B-1"))  # all of streets is in


def test_it_opens_on_the_plan_one_comes_from() -> None:
    memory = Memory()
    memory.put("collection.by owner", False)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        app.memory = memory
        app.pop_screen()
        await app.push_screen(CollectionScreen("B"))
        await settled(app, pilot)
        assert on(app, CollectionScreen).shares_grid.cursor_key == "B"
        assert on(app, CollectionScreen).about() == ("B", "B-2")

    collecting(steps)


def test_enter_goes_to_the_first_figure_still_due() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("enter")
        await settled(app, pilot)
        assert on(app, EntryScreen).grid.cursor_key == "A-2 2019-02"
        await pilot.press("f3")
        await settled(app, pilot)
        await pilot.press("tab", "down", "f2")
        await settled(app, pilot)
        assert on(app, EntryScreen).grid.cursor_key == "A-1 2018-19 Q4"

    collecting(steps)


def test_enter_on_a_figure_that_is_in_opens_its_indicator() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("tab", "end", "enter")
        await settled(app, pilot)
        assert on(app, IndicatorScreen).crumb.startswith("A-2")

    collecting(steps)


def test_a_figure_that_is_saved_meanwhile_counts_and_the_cursor_stays(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert isinstance(enter(found, "A-1", "2018-19 Q4", "5"), Entered)
        await pilot.press("f9")
        await settled(app, pilot)
        assert "3 of 5 returned · 2 overdue" in words(app, "#above")
        assert on(app, CollectionScreen).shares_grid.cursor_key == "team"
        assert cells(app, "#shares")["team"]["in"] == "1 of 2"

    collecting(steps, found)


def test_as_at_a_past_day_counts_as_of_that_day() -> None:
    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        assert "0 of 5 returned · 1 overdue · next due in 15 days, 15 Apr 2019" in words(app, "#above")

    collecting(steps, workspace(as_at=date(2019, 3, 31)))


def test_a_reminder_is_shown_and_copied_and_kept(documents: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("r")
        await settled(app, pilot)
        preview = words(app, "#reminder")
        assert preview.startswith("Subject: Figures for Quarter 4 2018-19 (Jan to Mar 2019): 2 still due, 2 overdue\n")
        assert "\nana\nSomewhere\nAs at 20 Apr 2019" in preview
        await pilot.press("enter")
        await settled(app, pilot)
        path = documents / "2018-19 Q4 Team.txt"
        assert told(app) == [
            f"The reminder for Team was sent to the clipboard. If nothing can be pasted, it is in {path}."
        ]
        assert app.clipboard == path.read_text("utf-8")
        assert app.clipboard.splitlines()[2] == "Dear Team,"

    collecting(steps)


def test_leaving_the_preview_copies_and_writes_nothing(documents: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        for leave in ("escape", "q"):
            await pilot.press("r", leave)
            await settled(app, pilot)
            on(app, CollectionScreen)
        await pilot.press("r")
        await settled(app, pilot)
        await pilot.click(offset=(1, 1))
        await settled(app, pilot)
        on(app, CollectionScreen)
        assert (app.clipboard, told(app)) == ("", [])

    collecting(steps)
    assert not documents.exists()


def test_the_previews_hints_can_be_clicked(documents: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("r")
        await settled(app, pilot)
        await pilot.click("#hint", offset=Offset(34, 0))
        await settled(app, pilot)
        assert app.clipboard == ""
        await pilot.press("r")
        await settled(app, pilot)
        await pilot.click("#hint", offset=Offset(3, 0))
        await settled(app, pilot)
        assert app.clipboard.startswith("Subject: ")

    collecting(steps)
    assert len(list(documents.iterdir())) == 1


def test_a_long_reminder_scrolls_and_its_hint_stays() -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("r")
        await settled(app, pilot)
        on(app, Preview)
        assert "Enter copy and keep as a file" in painted(app)
        assert "As at 20 Apr 2019" not in painted(app)
        await pilot.press("end")
        await settled(app, pilot)
        assert "As at 20 Apr 2019" in painted(app)

    collecting(steps, size=(80, 24))


def test_a_folder_that_cannot_be_written_is_told_and_the_text_is_still_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Outcome Tracker reminders").write_text("in the way", encoding="utf-8")
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("r", "enter")
        await settled(app, pilot)
        folder = tmp_path / "Outcome Tracker reminders"
        assert told(app) == [
            f"The reminder could not be written to {folder}: File exists. `outcome-tracker remind` prints it.",
            "The reminder for Team was sent to the clipboard.",
        ]
        assert app.clipboard.startswith("Subject: ")
        await pilot.press("R")
        await settled(app, pilot)
        assert len(told(app)) == 3

    collecting(steps)


def test_reminders_for_all_go_to_a_folder_and_what_nobody_owns_is_said(documents: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("R")
        await settled(app, pilot)
        assert told(app) == [
            f"1 reminder written to {documents}. 1 figure still due without an owner: nobody is reminded of that."
        ]
        await pilot.press("down", "r")
        await settled(app, pilot)
        assert told(app)[-1] == "Nobody is named as the owner of these figures; write `owner:` in the plan file."

    collecting(steps)
    assert [path.name for path in documents.iterdir()] == ["2018-19 Q4 Team.txt"]


def test_a_narrow_screen_keeps_counts_states_and_due_days() -> None:
    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        assert all(len(line.rstrip()) <= 80 for line in painted(app).splitlines())
        for said in (
            "2 of 5 returned · 3 overdue",
            "4 of 7 figures",
            "0 of 2",
            "! overdue",
            "15 Apr 2019",
            "2019-02",
        ):
            assert said in painted(app)
        drawn = app.screen.query_one("#above", Drawn)
        assert all(line.cell_length <= 80 for line in drawn.lines(80))

    collecting(steps, size=(80, 24))
