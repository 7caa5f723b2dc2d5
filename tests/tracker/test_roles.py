"""Roles hold wherever the tracker reads and saves: as the database has them, whatever a screen forgot to ask."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.role import Role
from outcome_tracker.store.location import Location
from outcome_tracker.tracker import plans
from outcome_tracker.tracker.collect import Entered, enter
from outcome_tracker.tracker.exports import export
from outcome_tracker.tracker.review import known
from outcome_tracker.tracker.roles import check_may, only_look
from outcome_tracker.tracker.setup import demo_source, make_demo, make_empty
from outcome_tracker.tracker.workspace import Workspace, open_workspace
from tests.running import SMALL, figure_count, rows, write_plan
from tests.tracker import saving

AT = datetime(2020, 1, 15, 10, tzinfo=UTC)
ROLES = "roles: {officers: [Ann, Bob], approvers: [Dai], viewers: [Eve]}\n"


def at(folder: Path, user: str, *, as_at: date | None = None, read_only: bool = False) -> Workspace:
    return open_workspace(folder, user=user, now=lambda: AT, as_at=as_at, read_only=read_only)


def listing(folder: Path, roles: str = ROLES, user: str = "Ann") -> Path:
    """Apply council.yaml with these roles."""
    write_plan(folder, SMALL, roles)
    assert plans.apply(at(folder, user)).applied
    return folder


def refusal(of: Workspace) -> str:
    with pytest.raises(Unavailable) as refused:
        enter(of, "NO", "2019-20 Q1", "12")
    return str(refused.value)


NOT_AN_OFFICER = (
    "Only officers may change what is recorded, and '{}' is not one of them. Nothing was saved. Ask Ann or Bob, "
    "or name yourself with --user; council.yaml lists the officers under roles."
)
READ_ONLY = (
    "This was opened read-only: everything can be looked at, and nothing changed. "
    "Start it without --read-only and OUTCOME_TRACKER_READ_ONLY; in a browser, sign in first."
)


def test_officers_enter_and_others_are_told_who_does(small: Path) -> None:
    listing(small)
    assert refusal(at(small, "Eve")) == NOT_AN_OFFICER.format("Eve")
    assert refusal(at(small, "Dai")) == NOT_AN_OFFICER.format("Dai")  # who signs off is not who enters
    assert figure_count(small) == 0
    assert isinstance(enter(at(small, "ann"), "NO", "2019-20 Q1", "12"), Entered)
    assert rows(small, "SELECT value, who FROM figure") == [("12", "ann")]


def test_who_is_not_listed_may_not_even_look(small: Path) -> None:
    listing(small)
    for user in ("Ann", "dai", "EVE"):
        assert known(at(small, user)).council.name == "Testshire"
    with pytest.raises(Unavailable) as refused:
        known(at(small, "Sam"))
    told = (
        "Only people whom council.yaml lists under roles may look, and 'Sam' is not one of them. "
        "Ask an officer to list you, or name yourself with --user."
    )
    assert str(refused.value) == told
    assert refusal(at(small, "Sam")) == told


def test_without_lists_anybody_does_anything(small: Path) -> None:
    assert isinstance(enter(at(small, "whoever"), "NO", "2019-20 Q1", "12"), Entered)
    at(small, "whoever").check_may_save(Role.APPROVER)


def test_only_officers_as_they_stand_change_who_is_one(small: Path) -> None:
    listing(small, "roles: {officers: [Ann]}\n", "anybody")
    write_plan(small, SMALL, "roles: {officers: [Sam]}\n")
    with pytest.raises(Unavailable) as refused:
        plans.apply(at(small, "Sam"))
    assert str(refused.value).startswith("Only officers may change what is recorded, and 'Sam' is not one of them.")
    assert plans.apply(at(small, "Ann")).applied
    with pytest.raises(Unavailable):
        plans.apply(at(small, "Ann"))
    assert isinstance(enter(at(small, "Sam"), "NO", "2019-20 Q1", "12"), Entered)


def test_an_officer_who_would_be_none_is_warned(small: Path) -> None:
    warning = (
        "targets/council.yaml:5:8: roles: 'Jo' is no officer then, and cannot apply plan files again; "
        "add it under officers, unless you mean it."
    )
    write_plan(small, SMALL, "roles: {officers: [Ann]}\n")
    assert [str(each) for each in plans.compare(at(small, "Jo")).problems] == [warning]
    assert plans.compare(at(small, "ann")).problems == ()
    applied = plans.apply(at(small, "Jo"))
    assert (applied.applied, [str(each) for each in applied.problems]) == (True, [warning])
    assert plans.compare(at(small, "Jo")).problems == ()  # who was none before loses nothing
    new = small / "new"
    write_plan(new, SMALL, "roles: {officers: [Ann]}\n")
    assert [str(each) for each in plans.compare(at(new, "Jo")).problems] == [warning]


def test_anybody_puts_in_the_first_plans(tmp_path: Path) -> None:
    write_plan(tmp_path, SMALL, ROLES)
    assert plans.apply(at(tmp_path, "it-support")).applied
    with pytest.raises(Unavailable):
        at(tmp_path, "it-support").read()


def test_the_roles_are_those_of_today_whatever_day_is_shown(small: Path) -> None:
    listing(small)
    before = date(2019, 5, 31)
    with pytest.raises(Unavailable, match="'Sam' is not one of them"):
        at(small, "Sam", as_at=before).read()
    eve = at(small, "Eve", as_at=before)
    with eve.read() as reader, pytest.raises(Unavailable, match="Only officers may see small numbers, and 'Eve'"):
        export(eve, reader, "figures")


def test_an_approver_saves_what_needs_one(small: Path) -> None:
    listing(small)
    at(small, "Dai").save([], Role.APPROVER)
    with pytest.raises(Unavailable, match=r"^Only approvers may sign off a period or reopen it, and 'Ann' is not one"):
        at(small, "Ann").save([], Role.APPROVER)


def test_read_only_is_for_everybody(small: Path, tmp_path: Path) -> None:
    workspace = at(small, "Jo", read_only=True)
    assert refusal(workspace) == READ_ONLY
    write_plan(small, SMALL, "dfe_code: 896\n")
    for change in (lambda: plans.apply(workspace), lambda: workspace.save([]), workspace.make_database):
        with pytest.raises(Unavailable, match=r"^This was opened read-only: "):
            change()
    assert known(workspace).council.dfe_code == ""
    new = at(tmp_path / "new", "Jo", read_only=True)
    for make in (make_demo, make_empty):
        with pytest.raises(Unavailable, match=r"^This was opened read-only: "):
            make(new)
    assert not new.folder.exists()


def old(folder: Path) -> None:
    """Make the database look as if an earlier program had left it."""
    with closing(sqlite3.connect(folder / "data" / "tracker.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")


@pytest.mark.parametrize("user", ["Eve", "Dai", "Sam"])
def test_an_older_database_waits_for_an_officer(small: Path, user: str) -> None:
    listing(small)
    old(small)
    before = (small / "data" / "tracker.db").read_bytes()
    with pytest.raises(Unavailable, match=f"and '{user}' is not one of them") as refused:
        at(small, user).read()
    if user != "Sam":  # who may not even look is told that
        assert str(refused.value).startswith("Only officers may bring an older database up to date, and ")
    assert (small / "data" / "tracker.db").read_bytes() == before
    assert not (small / "data" / "backups").exists()


def test_an_older_database_stays_older_where_nothing_may_change(small: Path) -> None:
    old(small)
    with pytest.raises(Unavailable, match="is from an older version of Outcome Tracker"):
        at(small, "Ann", read_only=True).read()
    assert rows(small, "SELECT version_num FROM alembic_version") == [("0000",)]


def test_what_a_screen_says_before_anything_is_typed(small: Path) -> None:
    workspace = at(listing(small), "Eve")
    council = known(workspace).council
    assert only_look(workspace, council) == (
        "Read-only: only officers may change what is recorded, and 'Eve' is not one of them; ask Ann or Bob."
    )
    assert only_look(replace(workspace, user="BOB"), council) == ""
    assert only_look(replace(workspace, user="Bob", read_only=True), council) == (
        "Read-only: everything can be looked at, and nothing changed."
    )


def test_who_may_not_look_is_told_that_whatever_they_ask_for(small: Path) -> None:
    council = known(at(listing(small), "Ann")).council
    with pytest.raises(Unavailable) as refused:
        check_may(council, "Sam", Role.OFFICER, "see small numbers", instead="Add --published")
    assert str(refused.value) == (
        "Only people whom council.yaml lists under roles may look, and 'Sam' is not one of them. "
        "Ask an officer to list you, or name yourself with --user."
    )


def test_the_demo_with_roles_is_made_by_an_officer(tmp_path: Path) -> None:
    for part in ("targets", "data/published"):
        shutil.copytree(demo_source() / part, tmp_path / part)
    council = tmp_path / "targets" / "council.yaml"
    council.write_text(council.read_text("utf-8").replace("officers: []", "officers: [Ann]"), "utf-8")
    with pytest.raises(Unavailable, match=r"^Only officers may change what is recorded, and 'Sam' is not one of them"):
        make_demo(at(tmp_path, "Sam"))
    assert not list((tmp_path / "data").glob("*.db*"))


@pytest.mark.postgresql
def test_on_a_server_they_hold_from_the_first_plan_files_on(database: Location, tmp_path: Path) -> None:
    write_plan(tmp_path, SMALL, ROLES)

    def who(user: str) -> Workspace:
        return open_workspace(tmp_path, user=user, now=lambda: AT, database=database.address)

    assert who("it-support").council() is None  # there are no tables yet
    assert plans.apply(who("it-support")).applied
    assert refusal(who("Eve")) == NOT_AN_OFFICER.format("Eve")
    with pytest.raises(Unavailable, match=r"may look, and 'it-support' is not one of them"):
        who("it-support").read()
    assert isinstance(enter(who("Ann"), "NO", "2019-20 Q1", "12"), Entered)
    assert known(who("Eve")).series("NO")


# Every way to save


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose officer is Ann, Dai one who approves, and Eve one who looks."""
    folder = tmp_path_factory.mktemp("listed")
    saving.write_files(folder, "officers: [Ann], approvers: [Dai], viewers: [Eve]")
    assert plans.apply(at(folder, "Ann")).applied
    return folder


def everything(folder: Path) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Return every row of every table."""
    tables = [str(name) for (name,) in rows(folder, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return [(name, rows(folder, f"SELECT * FROM {name}")) for name in tables]  # noqa: S608 - our own names


def test_no_door_of_the_workspace_is_forgotten() -> None:
    assert saving.doors() == saving.DOORS | {"copy_to"}, "a door must be in DOORS; copy_to has tests of its own"


def test_whatever_can_save_is_tried_below() -> None:
    assert saving.savers() == saving.USES.keys(), (
        "What saves must be refused to who may only look: add to USES in tests/tracker/saving.py how it is used."
    )


@pytest.mark.parametrize("name", saving.USES)
def test_nobody_saves_without_the_role(listed: Path, tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(listed, tmp_path / "ws"))
    if (prepare := saving.BEFORE.get(name)) is not None:
        prepare(at(folder, "Ann"))
    may, may_not = ("Dai", "Ann") if name in saving.FOR_APPROVERS else ("Ann", "Dai")
    before = everything(folder)
    file = (folder / "data" / "tracker.db").read_bytes()
    for workspace in (*(at(folder, user) for user in ("Eve", "Sam", may_not)), at(folder, may, read_only=True)):
        with pytest.raises(Unavailable, match=r"is not one of them|opened read-only"):
            saving.USES[name](workspace)
        assert (folder / "data" / "tracker.db").read_bytes() == file
    saving.USES[name](at(folder, may))
    assert everything(folder) != before  # it does save
