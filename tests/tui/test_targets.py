"""Plan files and targets on the screen: four tabs, the person's editor, and applying what was seen."""

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from outcome_tracker.tracker.plans import apply, compare
from outcome_tracker.tracker.workspace import Workspace
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.memory import Memory
from outcome_tracker.tui.screens.ask import Form
from outcome_tracker.tui.screens.indicator import IndicatorScreen
from outcome_tracker.tui.screens.targets import TargetsScreen
from outcome_tracker.tui.widgets.grid_view import GridView
from tests.tui.entering import Drive, drive, settled, type_text, workspace
from tests.tui.showing import cells, words
from tests.tui.terminal import terminal

SAFE = "safe.yaml"


def edit(found: Workspace, old: str, new: str, file: str = SAFE) -> None:
    path = found.targets / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def on_targets(
    found: Workspace,
    steps: Drive,
    *,
    plan: str | None = None,
    focus: str | None = None,
    size: tuple[int, int] = (120, 40),
) -> None:
    drive(found, steps, size=size, screen=TargetsScreen(plan, focus))


def said(app: TrackerApp) -> list[str]:
    """Return what was notified."""
    return [notification.message for notification in app._notifications]  # noqa: SLF001 - Textual shows them no other way


def rows(app: TrackerApp) -> list[dict[str, str]]:
    """Return the lines of the tab that is shown, with what stands below each."""
    lines = app.screen.query_one(GridView).lines
    found = cells(app, "#lines")
    return [
        {key: text for key, text in found[line.key].items() if text}
        | ({"title": line.title} if line.heading else {})
        | ({"note": line.note} if line.note else {})
        for line in lines
    ]


def screen(app: TrackerApp) -> TargetsScreen:
    return next(each for each in app.screen_stack if isinstance(each, TargetsScreen))


async def until(app: TrackerApp, pilot: Pilot[None], wanted: Callable[[], bool]) -> None:
    """Wait until the screen has noticed something by itself."""
    for _ in range(20):
        if wanted():
            return
        screen(app).look()
        await settled(app, pilot)
    raise AssertionError(words(app, "#bar"))


REVISED = (
    "targets: {2018-19: 19.5,\n"
    "     2019-20: {target: 19, profile: {Q1: 20, Q2: 20, Q3: 20, Q4: 19}, illustrative: true,\n"
    "       revised: [{to: 18, from: 2019-20 Q3, reason: new team, by: Head}]},\n"
    "     2020-21: {proposed: 17, reason: as our neighbours, by: Cabinet}}"
)
ANOTHER = (
    "  - {code: S-05, title: Calls, tier: wider, unit: number, better: higher, frequency: annual, basis: period}\n"
)


def test_the_first_tab_shows_what_holds_when(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    edit(found, "targets: {2018-19: 19.5}", REVISED)
    edit(found, "actions:\n", f"{ANOTHER}actions:\n")
    assert apply(found).applied

    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        assert words(app, "#bar") == (
            "2 files, no problems, no differences\nThe plan files say what is applied already."
        )
        shown = rows(app)
        assert shown[:2] == [
            {"title": "Children are safe"},
            {
                "code": "S-01",
                "title": "Second or subsequent protection plan",
                "holds": "2018-19",
                "target": "14",
                "tolerance": "5%",
                "state": "in force",
            },
        ]
        assert shown[2]["code"] == "S-02"
        assert shown[3:6] == [
            {
                "holds": "2019-20 until Q2",
                "target": "19",
                "tolerance": "5%",
                "flag": "[i]",
                "note": "profile Q1 20, Q2 20, Q3 20, Q4 19",
            },
            {"holds": "2019-20 from Q3", "target": "18", "tolerance": "5%", "flag": "[i]", "note": "new team (Head)"},
            {
                "holds": "2020-21",
                "target": "17",
                "tolerance": "5%",
                "state": "proposed, not in force",
                "note": "as our neighbours (Cabinet)",
            },
        ]
        assert shown[-1] == {"code": "S-05", "title": "Calls", "target": "–", "state": "no target"}

    on_targets(found, steps)


def test_another_period_has_another_target_in_force(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    edit(found, "targets: {2018-19: 19.5}", "targets: {2018-19: 19.5, 2019-20: 18}")
    assert apply(found).applied

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert [row.get("state") for row in rows(app)[2:4]] == ["in force", None]
        await pilot.press("right_square_bracket")
        await settled(app, pilot)
        assert [row.get("state") for row in rows(app)[2:4]] == [None, "in force"]

    on_targets(found, steps)


def test_it_opens_on_an_indicators_target_in_force_and_tells_where_it_stands(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    edit(found, "targets: {2018-19: 12}", "targets: {2017-18: 13, 2018-19: 12}")
    assert apply(found).applied

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert screen(app).grid.cursor_key == "S-04|2018-19||"
        assert screen(app).about() == ("SAFE", "S-04")
        assert words(app, "#detail").splitlines() == [
            "S-04  Days to first visit",
            "2018-19: 12 days, in force; lower is better, Amber up to 5% beyond the target.",
            "targets/safe.yaml:21: Enter opens it in your editor.",
        ]
        await pilot.press("up")
        assert "2017-18: 13 days, agreed;" in words(app, "#detail")

    on_targets(found, steps, plan="SAFE", focus="S-04")


@pytest.mark.parametrize("key", ["o", "f7"])
def test_from_an_indicator_it_opens_on_its_targets(tmp_path: Path, key: str) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press(key)
        await settled(app, pilot)
        assert screen(app).grid.cursor_key == "S-03|2018-19||"

    drive(workspace(tmp_path), steps, screen=IndicatorScreen("S-03"))


def test_problems_are_shown_with_their_line_and_a_caret(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    edit(found, "    better: lower\n    frequency", "    better: lowr\n    frequency")
    edit(found, "targets: {2018-19: 340}", "targets: {2018-19: 340.5}")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert words(app, "#bar") == (
            "2 files, 1 problem, 1 warning\nMend the problems first: 2 lists them, Enter opens the line in your editor."
        )
        await pilot.press("2")
        assert rows(app) == [
            {
                "place": "targets/safe.yaml:10:13",
                "key": "S-01 better",
                "note": "'lowr' is not known here; write higher, lower, within or neither.",
            },
            {
                "place": "targets/safe.yaml:19:44",
                "key": "S-03 targets 2018-19 target",
                "kind": "a warning: it stops nothing",
                "note": "340.5 is finer than figures are shown, with no decimals.",
            },
        ]
        assert words(app, "#detail").splitlines() == [
            " 9 │     unit: percent",
            "10 │     better: lowr",
            "   │             ^",
            "11 │     frequency: quarterly",
        ]
        await pilot.press("A")
        assert said(app) == ["1 problem in the files; mend it first."]
        await pilot.press("3")
        assert rows(app) == [{"nothing": "What applying would change can be told once the problems are mended."}]

    on_targets(found, steps)


def test_a_long_line_is_shown_around_its_problem(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    edit(found, "basis: cumulative, targets", f"basis: cumulative, definition: '{'long ' * 40}', better: up, targets")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("2")
        _, line, caret, _ = words(app, "#detail").splitlines()
        assert len(line) <= 78
        assert line.startswith("19 │ …")
        assert line[caret.index("^") :].startswith("better: up")

    on_targets(found, steps, size=(80, 24))


def test_differences_stand_side_by_side_with_their_line(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    edit(found, "targets: {2018-19: 12}", "targets: {2018-19: 12, 2019-20: {target: 11, reason: two more visitors}}")
    edit(found, "title: Repeat referrals", "title: Repeat referrals to social care")
    edit(found, "      - {code: S-A1.2, title: Open the first hub, due: 2019-05-31, owner: Manager}\n", "")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert words(app, "#bar") == "2 files, no problems, 3 differences\n3 lists the differences, A applies them."
        await pilot.press("3")
        assert rows(app) == [
            {"title": "Children are safe"},
            {
                "code": "S-02",
                "what": "title",
                "old": "Repeat referrals",
                "new": "→ Repeat referrals to social care",
                "place": "safe.yaml:16",
            },
            {
                "code": "S-04",
                "what": "target 2019-20",
                "old": "–",
                "new": "→ 11",
                "place": "safe.yaml:21",
                "note": "two more visitors",
            },
            {"code": "S-A1.2", "what": "milestone archived", "old": "Open the first hub", "new": "→ –"},
        ]
        await pilot.press("end")
        assert words(app, "#detail").splitlines() == [
            "S-A1.2  milestone archived",
            "Applied now: Open the first hub",
            "In the files: nothing",
            "It is in no plan file any more. Applying archives it; what is recorded of it stays.",
        ]
        await pilot.press("v")
        assert said(app) == ["S-A1.2 is in no plan file any more: there is no line to open."]

    on_targets(found, steps)


def test_the_files_are_listed(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    edit(found, "title: Repeat referrals", "title: Repeat")
    os.utime(found.targets / SAFE, (1_556_000_000, 1_556_000_000))

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("4")
        assert rows(app)[1] == {
            "name": "safe.yaml",
            "title": "Children are safe",
            "size": "1.2 kB",
            "changed": "23 Apr 2019 07:13",
            "standing": "1 difference",
        }
        await pilot.press("down")
        assert words(app, "#detail").splitlines() == [
            "Children are safe",
            str(found.targets / SAFE),
            "1 difference. Enter opens it in your editor.",
        ]

    on_targets(found, steps)


def test_tabs_are_chosen_by_digit_letter_arrow_and_mouse_and_remembered(tmp_path: Path) -> None:
    found, kept = workspace(tmp_path / "ws"), tmp_path / "screens.json"

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        app.memory = Memory(kept)
        assert words(app, "#tabs") == "1 Targets as applied   2 Problems   3 Differences   4 Files (2)"
        seen = []
        for key in ("4", "t", "left", "left", "right"):
            await pilot.press(key)
            seen.append(screen(app).tab)
        assert seen == [3, 0, 3, 2, 3]
        await pilot.click("#tabs", offset=(26, 0))
        assert screen(app).tab == 1
        assert rows(app) == [{"nothing": "There are no problems in the plan files."}]

    on_targets(found, steps)
    assert Memory(kept).get("targets.tab", 0) == 1


def test_on_a_narrow_screen_the_names_of_the_tabs_are_short(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("3")
        assert words(app, "#tabs") == "1 Targets  2 Problems  3 Differences  4 Files (2)"

    on_targets(workspace(tmp_path), steps, size=(60, 24))


def test_of_a_target_whose_number_stays_each_word_that_changes_is_a_line(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    edit(found, "targets: {2018-19: 12}", "targets: {2018-19: {target: 12, by: Cabinet, source: page 9}}")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("3")
        place = {"code": "S-04", "old": "–", "place": "safe.yaml:21"}
        assert rows(app)[1:] == [
            {**place, "what": "2018-19 by", "new": "→ Cabinet"},
            {**place, "what": "2018-19 source", "new": "→ page 9"},
        ]

    on_targets(found, steps)


def test_of_an_indicator_without_a_target_it_says_so_below(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    edit(found, "actions:\n", f"{ANOTHER}actions:\n")
    assert apply(found).applied
    edit(found, ANOTHER, "")
    (found.targets / "gone.yaml").symlink_to(tmp_path / "nowhere")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert words(app, "#detail").splitlines() == [
            "S-05  Calls",
            "No target; higher is better.",
            "It is in no plan file on disk, as far as they can be read.",
        ]
        await pilot.press("v")
        assert said(app) == ["S-05 is in no plan file on disk, as far as they can be read."]
        await pilot.press("4")
        assert rows(app)[1] == {"name": "gone.yaml", "size": "–", "changed": "–", "standing": "1 problem"}

    on_targets(found, steps, focus="S-05")


def test_where_nothing_can_be_read_it_is_a_sentence_and_nothing_can_be_done(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    (tmp_path / "data" / "tracker.db").write_bytes(b"not a database" * 100)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert "-unavailable" in screen(app).classes
        await pilot.press("2", "A", "v")
        assert said(app) == ["Nothing has been read yet.", "There is no line to open."]
        assert screen(app).about() == (None, None)

    on_targets(found, steps)


# Applying


async def asked_to_apply(app: TrackerApp, pilot: Pilot[None]) -> str:
    await pilot.press("A")
    await settled(app, pilot)
    assert isinstance(app.screen, Form)
    return " ".join(line.plain for line in app.screen.query("Drawn").first().lines(60))  # type: ignore[attr-defined]  # a Drawn


def test_applying_asks_first_and_warns_of_what_goes(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    edit(
        found,
        "  - {code: S-04, title: Days to first visit, tier: wider, unit: days, better: lower, frequency: quarterly,\n",
        "",
    )
    edit(found, "     basis: point, decimals: 1, targets: {2018-19: 12}}\n", "")
    edit(found, "title: Repeat referrals", "title: Repeat")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        sentence = await asked_to_apply(app, pilot)
        assert sentence.startswith("1 indicator changed, 1 indicator archived.")
        assert "! Archived: indicator S-04. What is archived leaves every scorecard" in sentence
        await pilot.press("escape")
        assert compare(found).changes
        await asked_to_apply(app, pilot)
        await type_text(pilot, "agreed in May", "enter")
        await settled(app, pilot)
        assert said(app) == ["Applied: 2 differences."]
        assert words(app, "#bar").startswith("2 files, no problems, no differences")
        assert [row["code"] for row in rows(app) if "code" in row] == ["S-01", "S-02", "S-03"]
        await pilot.press("A")
        assert said(app)[-1] == "The plan files say what is applied already."

    on_targets(found, steps)
    with found.read() as reader:
        assert {line["why"] for line in reader.audit() if line["key"].endswith("S-04")} == {"", "agreed in May"}


def test_a_target_that_goes_is_warned_of(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    edit(found, "targets: {2018-19: 12}", "targets: {2018-19: 12, 2019-20: 11}")
    assert apply(found).applied
    edit(found, "targets: {2018-19: 12, 2019-20: 11}", "targets: {2018-19: 12}")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        sentence = await asked_to_apply(app, pilot)
        assert sentence.startswith("1 target withdrawn.")
        assert "! No target any more: S-04 2019-20. Figures there can't be rated and count as M." in sentence

    on_targets(found, steps)


def test_files_that_change_after_they_were_shown_are_not_applied_unseen(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    edit(found, "title: Repeat referrals", "title: Repeat")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await asked_to_apply(app, pilot)
        edit(found, "title: Days to first visit", "title: Days")
        await pilot.press("enter")
        await settled(app, pilot)
        (sentence,) = said(app)
        assert sentence.startswith("Nothing was applied: the files or what is applied have changed since you looked.")
        assert words(app, "#bar").startswith("2 files, no problems, 2 differences")
        await asked_to_apply(app, pilot)
        edit(found, "title: Days", "titel: Days")
        await pilot.press("enter")
        await settled(app, pilot)
        assert said(app)[1:] == ["Nothing was applied: the files have changed, and have 2 problems now."]

    on_targets(found, steps)
    assert not compare(found).changes


def test_somebody_else_who_applies_at_the_same_moment_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = workspace(tmp_path)
    edit(found, "title: Repeat referrals", "title: Repeat")
    save = Workspace.save

    def beaten(self: Workspace, facts: object) -> None:
        save(self, facts)  # type: ignore[arg-type]  # as it was given
        save(self, facts)  # type: ignore[arg-type]  # the same versions again

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await asked_to_apply(app, pilot)
        monkeypatch.setattr(Workspace, "save", beaten)
        await pilot.press("enter")
        await settled(app, pilot)
        assert said(app) == [
            "Nothing was applied: somebody else applied plan files at the same moment. The differences are shown anew."
        ]
        assert words(app, "#bar").startswith("2 files, no problems, no differences")

    on_targets(found, steps)


def test_while_it_is_applied_it_says_so_and_cannot_be_asked_again(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    edit(found, "title: Repeat referrals", "title: Repeat")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await asked_to_apply(app, pilot)
        before = Event()
        app.writer.submit(lambda: before.wait(20))  # what is saved before it takes its time
        await pilot.press("enter")
        await pilot.pause()
        assert words(app, "#bar").endswith("Applying 1 difference …")
        await pilot.press("A")
        assert said(app) == ["The differences are being applied."]
        before.set()
        await settled(app, pilot)
        assert words(app, "#bar").endswith("The plan files say what is applied already.")

    on_targets(found, steps)


def test_a_store_that_refuses_leaves_everything_as_it_was(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    edit(found, "title: Repeat referrals", "title: Repeat")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await asked_to_apply(app, pilot)
        database = tmp_path / "data" / "tracker.db"
        database.write_bytes(b"not a database" * 100)
        await pilot.press("enter")
        await settled(app, pilot)
        assert said(app)[0].startswith("Nothing was applied: ")
        assert words(app, "#bar").startswith("2 files, no problems, 1 difference\n")

    on_targets(found, steps)


def test_the_past_is_shown_and_not_changed(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    edit(found, "title: Repeat referrals", "title: Repeat")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert words(app, "#bar").splitlines()[1] == (
            "Targets as known on 20 Apr 2019; the files are compared with what is applied today. "
            "3 lists the differences."
        )
        assert rows(app)[2]["title"] == "Repeat referrals"
        await pilot.press("A")
        assert said(app) == [
            "Read-only: the targets as known on 20 Apr 2019; press d to come back to today, or leave out --as-at."
        ]

    on_targets(workspace(tmp_path, as_at=date(2019, 4, 20)), steps)


# What changes on the disk


def test_a_file_that_changes_is_read_again_and_the_cursor_stays(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        screen(app).grid.move_to("S-03|2018-19||")
        edit(found, "title: Repeat referrals", "title: Repeat")
        await until(app, pilot, lambda: "1 difference" in words(app, "#bar"))
        assert screen(app).grid.cursor_key == "S-03|2018-19||"

    on_targets(found, steps)


def test_a_file_that_is_still_being_written_is_waited_for(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        asked: list[str] = []
        screen(app).ask_anew = lambda: asked.append("anew")  # type: ignore[method-assign]  # to see when it is asked
        for text in ("Repeat r", "Repeat re", "Repeat ref"):
            edit(found, "title: Repeat", f"title: {text} Repeat")
            screen(app).look()
            await settled(app, pilot)
            assert not asked
        screen(app).look()
        await settled(app, pilot)
        screen(app).look()
        await settled(app, pilot)
        assert asked == ["anew"]

    on_targets(found, steps)


def test_files_that_go_while_it_is_open_are_sentences(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("2")
        (found.targets / SAFE).unlink()
        await until(app, pilot, lambda: words(app, "#bar").startswith("1 file, no problems"))
        shutil.rmtree(found.targets)
        await until(app, pilot, lambda: words(app, "#bar").startswith("0 files, 1 problem"))
        (row,) = rows(app)
        assert row["note"].startswith(f"There is no folder '{found.targets}'.")
        await pilot.press("v")
        assert said(app)[-1] == "This is about the folder itself: there is no file to open."
        await pilot.press("4")
        assert rows(app) == [{"nothing": "There are no plan files."}]

    on_targets(found, steps)


# The person's editor

EDITOR = """
import sys
from pathlib import Path
Path(sys.argv[1]).write_text(" ".join(sys.argv[2:]), encoding="utf-8")
file = Path(sys.argv[-1])
file.write_text(file.read_text(encoding="utf-8").replace("Repeat referrals", "Repeat"), encoding="utf-8")
if sys.stdin.isatty():
    input("Is the terminal the editor's? ")
"""


def fake_editor(folder: Path, name: str = "vim") -> Path:
    """Return a program that records its arguments in `arguments` and edits the file."""
    folder.mkdir(exist_ok=True)
    (folder / "edit.py").write_text(EDITOR, encoding="utf-8")
    program = folder / name
    program.write_text(f'#!/bin/sh\nexec {sys.executable} {folder}/edit.py {folder}/arguments "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize("key", ["enter", "v"])
def test_the_editor_opens_at_the_line_and_the_file_is_read_on_return(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    found = workspace(tmp_path / "ws")
    monkeypatch.setenv("VISUAL", f"{fake_editor(tmp_path / 'bin')} -n")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        monkeypatch.setattr(app, "suspend", nullcontext)  # the headless driver has no terminal to give away
        screen(app).grid.move_to("S-02|2018-19||")
        await pilot.press(key)
        await settled(app, pilot)
        assert (tmp_path / "bin" / "arguments").read_text("utf-8") == f"-n +17 {found.targets / SAFE}"
        assert words(app, "#bar").startswith("2 files, no problems, 1 difference")
        assert said(app) == []

    on_targets(found, steps)


def test_an_editor_that_fails_is_said_and_the_files_are_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = workspace(tmp_path)
    monkeypatch.setenv("VISUAL", "no-such-editor")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        monkeypatch.setattr(app, "suspend", nullcontext)
        await pilot.press("v")
        assert said(app) == ["no-such-editor, which VISUAL names, is not found; set VISUAL to another editor."]

    on_targets(found, steps)


def test_without_an_editor_the_path_is_on_the_clipboard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = workspace(tmp_path)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("v")
        path = found.targets / SAFE
        (sentence,) = said(app)
        assert sentence.startswith("No editor is named: set the variable EDITOR (or VISUAL)")
        assert sentence.endswith(
            f"The path, which is on the clipboard too: {path}, line 15. A change is noticed here by itself."
        )
        assert app.clipboard == str(path)

    on_targets(found, steps)


def test_where_the_terminal_cannot_be_given_away_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "vi")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("4", "v")
        (sentence,) = said(app)
        assert sentence.startswith(
            "An editor can't be opened from here, as in a browser. Edit the file in another window."
        )
        assert ", line" not in sentence

    on_targets(workspace(tmp_path), steps)


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminals")
def test_a_person_mends_a_target_in_their_editor_and_applies_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = workspace(tmp_path / "ws")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(fake_editor(tmp_path / "bin")))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with terminal(found.folder, columns=120) as program:
        program.wait_for("F1 Help")
        program.type("o")
        program.wait_for("2 files, no problems, no differences")
        program.type("\x1b[B\r")
        program.wait_for("Is the terminal the editor's?")
        program.type("yes\r")
        program.wait_for("2 files, no problems, 1 difference", "A Apply")
        program.type("3")
        program.wait_for("→ Repeat ", "safe.yaml:16")
        program.type("A")
        program.wait_for("Apply 1 difference?", "1 indicator changed.")
        program.type("\r")
        program.wait_for("Applied: 1 difference.", "no problems, no differences")
        program.type("q")
        assert program.ended() == 0
    assert (tmp_path / "bin" / "arguments").read_text("utf-8") == f"+17 {found.targets / SAFE}"
    assert compare(found).changes == ()
