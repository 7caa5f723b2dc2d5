"""Who may only look is told so before typing; who may no longer enter loses nothing of what they typed."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from textual.pilot import Pilot

from outcome_tracker.tracker.drafts import drafts_of
from outcome_tracker.tracker.plans import apply
from outcome_tracker.tracker.workspace import Workspace
from outcome_tracker.tui.app import TrackerApp
from outcome_tracker.tui.screens.commentary import CommentaryScreen
from outcome_tracker.tui.screens.commentary_edit import CommentaryEdit
from outcome_tracker.tui.screens.milestones import MilestonesScreen
from outcome_tracker.tui.screens.sign_off import SignOffScreen
from outcome_tracker.tui.screens.summary import SummaryScreen
from outcome_tracker.tui.screens.targets import TargetsScreen
from tests.tui.entering import COUNCIL, Q4, cell, drive, grid, on_line, settled, stored, type_text, workspace
from tests.tui.showing import on, painted, words

EVE = "Read-only: only officers may change what is recorded, and 'eve' is not one of them; ask Ann or Bob."
READ_ONLY = "Read-only: everything can be looked at, and nothing changed."
REFUSED = (
    "Only officers may change what is recorded, and 'ana' is not one of them. Nothing was saved. Ask Bob, or name "
    "yourself with --user; council.yaml lists the officers under roles."
)


def listing(folder: Path, roles: str, user: str = "Ann") -> Workspace:
    """Apply council.yaml with these roles, as an officer would elsewhere."""
    found = workspace(folder, user=user)
    (folder / "targets" / "council.yaml").write_text(f"{COUNCIL}roles: {{{roles}}}\n", encoding="utf-8")
    assert apply(found).applied
    return found


def eve(folder: Path) -> Workspace:
    return replace(listing(folder, "officers: [Ann, Bob]"), user="eve")


def nobody(folder: Path) -> Workspace:
    return replace(workspace(folder), read_only=True)


def said(app: TrackerApp) -> list[str]:
    return [notice.message for notice in app._notifications]  # noqa: SLF001 - Textual has no other list of them


@pytest.mark.parametrize(("who", "sentence", "size"), [(eve, EVE, (80, 24)), (nobody, READ_ONLY, (120, 40))])
def test_figures_cannot_be_typed(
    tmp_path: Path, who: Callable[[Path], Workspace], sentence: str, size: tuple[int, int]
) -> None:
    found = who(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert "Read-only" in painted(app)
        for keys in (["2", "1"], ["delete"], ["n"]):
            await pilot.press(*keys)
            assert " ".join(words(app, "#said").split()) == f"⚠ {sentence}"
        assert not grid(app).is_typing

    drive(found, steps, size=size)
    assert not stored(found, "S-02")


def test_milestones_cannot_be_changed(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("s", "r", "n")
        on(app, MilestonesScreen)
        assert set(said(app)) == {EVE}

    drive(eve(tmp_path), steps, screen=MilestonesScreen())


def test_commentary_is_for_reading(tmp_path: Path) -> None:
    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        for key in ("t", "down", "enter"):
            await pilot.press(key)
            await settled(app, pilot)
        assert words(app, "#status").strip() == READ_ONLY
        await pilot.press("x", "ctrl+s")
        await settled(app, pilot)
        assert {field.words for field in on(app, CommentaryEdit).fields.values()} == {""}
        assert said(app) == [READ_ONLY]

    drive(nobody(tmp_path / "ws"), steps, screen=CommentaryScreen(drafts=tmp_path / "drafts"))
    assert not (tmp_path / "drafts").exists()


def test_plan_files_are_compared_and_not_applied(tmp_path: Path) -> None:
    found = eve(tmp_path)
    path = tmp_path / "targets" / "safe.yaml"
    path.write_text(path.read_text("utf-8").replace("title: Repeat referrals", "title: Repeat"), encoding="utf-8")

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        assert words(app, "#bar").splitlines()[1] == "3 lists the differences."
        await pilot.press("A")
        assert said(app) == [EVE]
        on(app, TargetsScreen)

    drive(found, steps, screen=TargetsScreen())


def test_signing_off_is_for_approvers_and_submitting_for_officers(tmp_path: Path) -> None:
    found = listing(tmp_path, "officers: [Ann], approvers: [Dai]")

    async def ann(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("R")
        on(app, SignOffScreen)
        assert said(app) == [
            "Only approvers may sign off a period or reopen it, and 'Ann' is not one of them; ask Dai."
        ]

    async def dai(app: TrackerApp, pilot: Pilot[None]) -> None:
        await pilot.press("s")
        on(app, SignOffScreen)
        assert said(app) == [
            "Read-only: only officers may change what is recorded, and 'Dai' is not one of them; ask Ann."
        ]

    drive(found, ann, screen=SignOffScreen())
    drive(replace(found, user="Dai"), dai, screen=SignOffScreen())


def test_who_may_not_look_is_told_so(tmp_path: Path) -> None:
    found = replace(listing(tmp_path, "officers: [Ann], viewers: [Eve]"), user="sam")

    async def steps(app: TrackerApp, _pilot: Pilot[None]) -> None:
        assert " ".join(words(app, "#unavailable").split()).startswith(
            "Only people whom council.yaml lists under roles may look, and 'sam' is not one of them. "
            "Ask an officer to list you, or name yourself with --user."
        )
        assert "Repeat referrals" not in painted(app)

    drive(found, steps, screen=SummaryScreen())


def test_a_figure_typed_by_somebody_who_is_no_officer_any_more_stays_in_its_cell(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "21.2")
        listing(tmp_path, "officers: [Bob]")
        await pilot.press("enter")
        await settled(app, pilot)
        assert grid(app).unaccepted == (("S-02 2018-19 Q4", "value", "21.2"),)
        assert grid(app).drafts.sentence(grid(app).lines[1]) == REFUSED
        app.session.forget()  # as the watcher does once it has noticed
        app.refresh_pages()
        await settled(app, pilot)
        assert "Read-only" in painted(app)
        assert grid(app).unaccepted == (("S-02 2018-19 Q4", "value", "21.2"),)
        listing(tmp_path, "officers: [Bob, Ana]", "Bob")
        app.session.forget()
        app.refresh_pages()
        await settled(app, pilot)
        on_line(app, "S-02")
        await pilot.press("enter")
        await settled(app, pilot)
        assert cell(app, "S-02", "status") == "saved"

    drive(found, steps)
    assert [figure.content.value for figure in stored(found, "S-02")] == [Decimal("21.2")]


def test_a_figure_that_is_being_typed_stays_when_the_screen_becomes_read_only(tmp_path: Path) -> None:
    found = workspace(tmp_path)

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        on_line(app, "S-02")
        await type_text(pilot, "21.2")
        listing(tmp_path, "officers: [Bob]")
        app.session.forget()
        app.refresh_pages()
        await settled(app, pilot)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "21.2" in painted(app)
        assert grid(app).unaccepted == (("S-02 2018-19 Q4", "value", "21.2"),)

    drive(found, steps)
    assert not stored(found, "S-02")


def test_a_commentary_typed_by_somebody_who_is_no_officer_any_more_stays_a_draft(tmp_path: Path) -> None:
    found = workspace(tmp_path / "ws")
    drafts = tmp_path / "drafts"

    async def steps(app: TrackerApp, pilot: Pilot[None]) -> None:
        for key in ("t", "down", "enter"):
            await pilot.press(key)
            await settled(app, pilot)
        await type_text(pilot, "Winter")
        listing(tmp_path / "ws", "officers: [Bob]")
        app.session.forget()
        app.refresh_pages()
        await settled(app, pilot)
        await type_text(pilot, "s")
        await pilot.press("ctrl+s")
        await settled(app, pilot)
        assert REFUSED in " ".join([*said(app), words(app, "#status")])
        subject = on(app, CommentaryEdit).subject
        kept = drafts_of(found, drafts).get(subject, Q4)
        assert kept is not None
        assert list(kept.texts.values()) == ["Winters"]

    drive(found, steps, screen=CommentaryScreen(drafts=drafts))
