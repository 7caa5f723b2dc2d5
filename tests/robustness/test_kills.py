"""`kill -9` at any moment of what people do: what was acknowledged is there, nothing is half done, the next works."""

import os
import random
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, sleep

import pytest

from outcome_tracker.store.connection import REVISION
from tests.robustness.sound import Rows, database, held, integrity, judge, works
from tests.robustness.tally import BUDGET, Tally
from tests.robustness.victims import Victims, victims
from tests.robustness.workspaces import CODES, agree, areas_csv, figures_csv, make_older
from tests.running import rows, run

pytestmark = [
    pytest.mark.robustness,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor SIGKILL"),
]


@pytest.fixture(scope="module")
def killing(small_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Victims]:
    """Processes to kill, which have loaded whatever the commands of this module need."""
    place = tmp_path_factory.mktemp("victims")
    folder = Path(shutil.copytree(small_template, place / "warm"))
    older = Path(shutil.copytree(small_template, place / "older"))
    make_older(older)
    at = ["--workspace", str(folder)]
    with victims(
        place / "out",
        [*at, "enter", "NO", "2019-20 Q1", "7"],
        [*at, "import", "figures", str(figures_csv(place / "figures.csv", 5))],
        [*at, "import", "areas", str(areas_csv(place / "areas.csv", 5))],
        [*at, "milestone", "P-A.1", "on track"],
        [*at, "comment", "PC", "2019-20 Q1", "Cause", "A text."],
        [*at, "targets", "apply"],
        [*at, "report", "--period", "2019-20 Q1", "-o", str(folder / "r.md")],
        [*at, "backup"],
        ["--workspace", str(older), "enter", "NO", "2019-20 Q1", "7"],
    ) as started:
        yield started


@dataclass
class Kills:
    """Kills one command again and again, at moments that sweep over its whole course, and looks at what is left."""

    victims: Victims
    folder: Path
    tally: Tally
    chance: random.Random
    hot: int = 0  # how many were in the middle of saving
    took: float = 0.05  # seconds that a command takes to its end
    rehearsed: Path = field(init=False)

    def __post_init__(self) -> None:
        self.rehearsed = self.folder.with_name("rehearsed")

    def rehearse(self, *command: str) -> Rows:
        """Run a command to its end on a copy, and return what the database holds then."""
        shutil.rmtree(self.rehearsed, ignore_errors=True)
        shutil.copytree(self.folder, self.rehearsed)
        began = perf_counter()
        code = self.victims.run(
            self.rehearsed, *(each.replace(str(self.folder), str(self.rehearsed)) for each in command)
        )
        self.took = perf_counter() - began
        if code:
            self.tally.found("stuck", f"{command} after {self.tally.points} kills: {self.victims.complained}")
        return held(database(self.rehearsed))

    def kill(self, number: int, times: int, awaited: str, *command: str) -> bool:
        """Start the command, kill it, and return whether it had acknowledged.

        Every second time the moment is soon after a file whose name matches `awaited` came into the folder of the
        database; else it is anywhere in the command's course, a little later each time.
        """
        process = self.victims.start(self.folder, *command)
        until = perf_counter() + self.took * 1.2
        if number % 2:
            place = database(self.folder).parent
            while perf_counter() < until and not any(place.glob(awaited)):
                pass
            sleep(self.chance.uniform(0, self.took / 8))
        else:
            sleep(self.took * 1.1 * (number + self.chance.random()) / times)
        os.kill(process, signal.SIGKILL)
        if self.victims.end() == -signal.SIGKILL:
            self.tally.points += 1
        self.hot += database(self.folder).with_name("tracker.db-journal").exists()
        acknowledged = bool(self.victims.said)
        self.tally.acknowledged += acknowledged
        return acknowledged

    def series(self, times: int, commands: Callable[[int], list[str]], awaited: str = "tracker.db-journal") -> None:
        """Kill commands one after the other in one workspace, so that nothing earlier may be lost either."""
        for number in range(times * BUDGET):
            command = commands(number)
            states = [held(database(self.folder)), self.rehearse(*command)]
            acknowledged = self.kill(number, times * BUDGET, awaited, *command)
            where = f"kill {number} of {command}"
            judge(self.folder, states, acknowledged, self.tally, where)
            works(self.folder, self.tally, where, ["summary"])
        assert run(self.folder, "targets", "check").code == 0


@pytest.fixture
def kills(killing: Victims, small: Path, tally: Callable[..., Tally], request: pytest.FixtureRequest) -> Kills:
    name = request.function.__name__.removeprefix("test_killed_")
    chance = random.Random(name)  # noqa: S311 - moments, not secrets
    return Kills(killing, small, tally(f"kill -9: {name.replace('_', ' ')}"), chance)


def test_killed_entries(kills: Kills) -> None:
    def command(number: int) -> list[str]:
        match number % 6:
            case 4:
                return ["milestone", "P-A.1", "delayed", "--reason", f"reason {number}", "--date", "2019-06-01"]
            case 5:
                return ["comment", "PC", "2019-20 Q1", "Cause", f"{number}: " + "Two teams were short of staff. " * 99]
            case _:
                status = ["--status", "provisional"] if number % 4 == 3 else []
                return ["enter", CODES[number % 3], "2019-20 Q1", f"{number % 90}.5", *status]

    kills.series(110, command)
    assert kills.hot > 110 * BUDGET / 10, "the kills missed the saves, so this proved little"
    kills.tally.end()


def test_killed_imports(kills: Kills, tmp_path: Path) -> None:
    def command(number: int) -> list[str]:
        if number % 4 == 3:
            return ["import", "areas", str(areas_csv(tmp_path / "areas.csv", number))]
        return ["import", "figures", str(figures_csv(tmp_path / "figures.csv", number % 90))]

    kills.series(50, command)
    assert kills.hot > 50 * BUDGET / 10, "the kills missed the saves, so this proved little"
    kills.tally.end()


def test_killed_applies(kills: Kills) -> None:
    def command(number: int) -> list[str]:
        agree(kills.folder, number)
        return ["targets", "apply"]

    kills.series(40, command)
    kills.tally.end()


def test_killed_migrations(kills: Kills, tmp_path: Path) -> None:
    run(kills.folder, "import", "figures", str(figures_csv(tmp_path / "figures.csv", 5)))
    make_older(kills.folder)
    older = Path(shutil.copytree(kills.folder, tmp_path / "older"))
    before = held(database(older))
    entry = ["enter", "NO", "2019-20 Q1", "7"]
    after = kills.rehearse(*entry)
    entered = next(row for row in after if row[0] == "figure" and "2019-20 Q1" in row)
    states = [after - type(after)([entered]), after]
    for number in range(40 * BUDGET):
        shutil.rmtree(kills.folder)
        shutil.copytree(older, kills.folder)
        acknowledged = kills.kill(number, 40 * BUDGET, "backups", *entry)
        where = f"kill {number}"
        copies = list((kills.folder / "data" / "backups").glob("*.db"))
        if any(integrity(copy) != [("ok",)] or held(copy) != before for copy in copies):
            kills.tally.found("half", f"{where}: a backup")
        if not copies and (
            acknowledged or rows(kills.folder, "SELECT version_num FROM alembic_version") == [(REVISION,)]
        ):
            kills.tally.found("lost", f"{where}: the backup")
        if judge(kills.folder, states, acknowledged, kills.tally, where):
            works(kills.folder, kills.tally, where, ["enter", "NO", "2019-20 Q2", "8"])
    kills.tally.end()


def test_killed_backups_and_reports(kills: Kills, tmp_path: Path) -> None:
    run(kills.folder, "import", "figures", str(figures_csv(tmp_path / "figures.csv", 5)))
    run(kills.folder, "import", "areas", str(areas_csv(tmp_path / "areas.csv", 5)))
    holding = held(database(kills.folder))
    report = kills.folder / "report.html"
    commands = (["backup"], ["report", "--period", "2019-20 Q1", "--force", "-o", str(report)])
    kills.rehearse(*commands[1])
    whole = (kills.rehearsed / "report.html").read_bytes()
    (kills.folder / "data" / "backups").mkdir()
    for number in range(40 * BUDGET):
        command = commands[number // 2 % 2]
        kills.rehearse(*command)
        there = len(list(kills.folder.glob("data/backups/*.db")))
        acknowledged = kills.kill(number, 40 * BUDGET, "backups/.*.part", *command)
        where = f"kill {number} of {command}"
        copies = list(kills.folder.glob("data/backups/*.db"))
        if acknowledged and command == ["backup"] and len(copies) == there:
            kills.tally.found("lost", f"{where}: the backup")
        if any(integrity(copy) != [("ok",)] or held(copy) != holding for copy in copies):
            kills.tally.found("half", f"{where}: a backup")
        if report.exists() and report.read_bytes() != whole:
            kills.tally.found("half", f"{where}: the report")
        judge(kills.folder, [holding], 0, kills.tally, where)
    kills.tally.end()
