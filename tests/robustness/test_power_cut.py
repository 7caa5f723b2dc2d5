"""Power cuts: what the disk may hold at every moment of what people do, and what the program finds there."""

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store.connection import REVISION, connect
from outcome_tracker.store.location import locate
from outcome_tracker.store.writer import ensure_current
from tests.robustness.disk import Acknowledge, Disk, Operation, ends
from tests.robustness.sound import Rows, database, held, integrity, judge, put, works
from tests.robustness.strace import record
from tests.robustness.tally import BUDGET, Tally
from tests.robustness.workspaces import agree, areas_csv, figures_csv, make_older, scratch
from tests.running import SMALL, command, environment, run, write_plan

pytestmark = [
    pytest.mark.robustness,
    pytest.mark.skipif(sys.platform != "linux", reason="strace is Linux's"),
]


@dataclass
class Recorded:
    """What was done below a folder, from how the disk stood before, and what the database held after each command."""

    folder: Path
    disk: Disk
    operations: list[Operation] = field(default_factory=list)
    states: list[Rows] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path) -> "Recorded":
        return cls(folder, Disk.of(folder), states=[held(database(folder))])

    def do(self, line: Sequence[str]) -> None:
        """Run a command, which must do what it says."""
        found, code, said = record(self.folder, line, environment())
        assert code == 0, said
        # The first word on stdout acknowledges; without one, the end of the command does.
        first = found.index(Acknowledge()) if Acknowledge() in found else len(found)
        self.operations += found[:first]
        self.operations.append(Acknowledge())
        self.operations += [each for each in found[first:] if each != Acknowledge()]
        self.states.append(held(database(self.folder)))


Check = Callable[[Path, Mapping[str, bytes | None], int, str], None]


def cut_everywhere(recorded: Recorded, tally: Tally, check: Check | None = None, *, chances: int = 2) -> None:
    """Cut the power after each operation, in each way; the program must find all that was acknowledged."""
    acknowledged = 0
    with scratch() as place:
        folder = place / "left"
        for number, operation in enumerate([None, *recorded.operations]):
            if operation is not None:
                recorded.disk.do(operation)
            if isinstance(operation, Acknowledge):
                acknowledged += 1
                tally.acknowledged += 1
            for way, left in enumerate(ends(recorded.disk, seed=number, chances=chances * BUDGET)):
                where = f"operation {number} ({type(operation).__name__}), way {way}, {acknowledged} acknowledged"
                tally.points += 1
                put(folder, left)
                if check is not None:
                    check(folder, left, acknowledged, where)
                sound = judge(folder, recorded.states, acknowledged, tally, where)
                if sound and not tally.careless and (number + way) % 3 == 0:
                    if not recorded.states[acknowledged]:
                        works(folder, tally, where, ["targets", "apply"])
                    works(folder, tally, where, ["summary"], ["enter", "PC", "2019-20 Q3", f"{number % 100}.5"])
    seen = {name: data for name, data in recorded.disk.seen().items() if name.startswith("data/")}
    assert seen == {
        path.relative_to(recorded.folder).as_posix(): path.read_bytes()
        for path in recorded.folder.joinpath("data").rglob("*")
        if path.is_file() and not path.name.endswith("-shm")
    }, "what was replayed is not what was done"


def test_nothing_acknowledged_is_lost_in_a_power_cut(tmp_path: Path, tally: Callable[..., Tally]) -> None:
    folder = tmp_path / "workspace"
    write_plan(folder, SMALL)
    (folder / "data").rmdir()  # the program makes it
    (folder / "reports").mkdir()
    figures = [str(figures_csv(tmp_path / f"{value}.csv", value)) for value in (5, 6)]
    areas = str(areas_csv(tmp_path / "areas.csv", 50))
    counting = tally("power cut: entries, imports, applies")
    recorded = Recorded.of(folder)
    report = folder / "reports" / "report.md"
    recorded.do(command(folder, "targets", "apply"))
    recorded.do(command(folder, "enter", "NO", "2019-20 Q1", "7"))
    recorded.do(command(folder, "enter", "NO", "2019-20 Q1", "8", "--why", "a slip"))
    recorded.do(command(folder, "import", "figures", figures[0]))
    recorded.do(command(folder, "milestone", "P-A.1", "delivered", "--date", "2019-06-01"))
    recorded.do(command(folder, "comment", "PC", "2019-20 Q1", "Cause", "Two teams were short of staff."))
    recorded.do(command(folder, "import", "areas", areas))
    agree(folder, 2)  # by an editor, whose own saving is not ours to judge
    recorded.do(command(folder, "targets", "apply"))
    recorded.do(command(folder, "import", "figures", figures[1]))
    recorded.do(command(folder, "report", "--period", "2019-20 Q1", "-o", str(report)))
    recorded.do(command(folder, "backup"))
    recorded.do(command(folder, "enter", "NO", "2019-20 Q2", "--status", "not available"))
    whole = {"reports/report.md": (10, report.read_bytes())}
    whole |= {
        path.relative_to(folder).as_posix(): (11, path.read_bytes())
        for path in folder.joinpath("data", "backups").glob("*.db")
    }
    assert len(whole) == 2

    def check_files(_: Path, left: Mapping[str, bytes | None], acknowledged: int, where: str) -> None:
        for name, (number, content) in whole.items():
            found = left.get(name)
            if found is None and acknowledged >= number:
                counting.found("lost", f"{where}: {name}")
            elif found not in {None, content}:
                counting.found("half", f"{where}: {name}")

    cut_everywhere(recorded, counting, check_files)
    assert counting.points >= 500
    counting.end()


def test_nothing_is_lost_in_a_power_cut_during_a_migration(
    small: Path, tmp_path: Path, tally: Callable[..., Tally]
) -> None:
    run(small, "import", "figures", str(figures_csv(small.parent / "figures.csv", 5)))
    make_older(small)
    counting = tally("power cut: migration and its backup")
    recorded = Recorded.of(small)
    before = recorded.states[0]
    migrated = Path(shutil.copytree(small, tmp_path / "migrated"))
    assert ensure_current(locate(database(migrated)))
    recorded.states[0] = held(database(migrated))
    recorded.do(command(small, "enter", "NO", "2019-20 Q1", "7"))

    def check_backup(folder: Path, _: Mapping[str, bytes | None], acknowledged: int, where: str) -> None:
        try:
            with connect(locate(database(folder))) as opened:
                revision = opened.revision()
        except Unavailable as unavailable:
            counting.found("corrupt", f"{where}: {unavailable}")
            return
        copies = list((folder / "data" / "backups").glob("*.db"))
        if any(integrity(copy) != [("ok",)] or held(copy) != before for copy in copies):
            counting.found("half", f"{where}: a backup")
        elif not copies and (revision == REVISION or acknowledged):
            counting.found("lost", f"{where}: the backup")

    cut_everywhere(recorded, counting, check_backup, chances=1)
    counting.end()


@pytest.mark.parametrize(
    ("journal", "synchronous"),
    [("DELETE", "OFF"), ("DELETE", "FULL"), ("WAL", "NORMAL")],
)
def test_a_careless_program_is_seen_to_lose(
    small: Path, tally: Callable[..., Tally], journal: str, synchronous: str
) -> None:
    counting = tally(f"power cut: {journal} with {synchronous}", careless=True)
    recorded = Recorded.of(small)
    for value in "123":
        recorded.do([sys.executable, "-m", "tests.robustness.careless", journal, synchronous, str(small), value])
    cut_everywhere(recorded, counting)
    assert counting.lost
    counting.end()
