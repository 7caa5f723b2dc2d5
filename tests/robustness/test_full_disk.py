"""A disk without room, at every write: a sentence with what to do, nothing half, and it works once there is room."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.robustness.sound import Rows, database, held, integrity, judge
from tests.robustness.tally import BUDGET, Tally
from tests.robustness.victims import Victims, victims
from tests.robustness.workspaces import agree, areas_csv, figures_csv

pytestmark = [
    pytest.mark.robustness,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux makes a small disk of memory for everybody"),
]
PAGE = 4096
ROOM = 4 << 20
MOUNTED = ["unshare", "-rm", "sh", "-c", f'mount -t tmpfs -o size={ROOM} tmpfs "$0" && exec "$@"']
CLEAR = (  # what is wrong; each is followed by what to do
    "There is no room left on the disk for ",
    "cannot be written: No space left on device.",
    "cannot be written: File too large.",
    " is too small for a backup: ",
    " was full before the backup was complete; ",
)


@pytest.fixture(scope="module")
def template(small_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with some figures, whose plan files say more than is applied."""
    folder = Path(shutil.copytree(small_template, tmp_path_factory.mktemp("template") / "workspace"))
    figures_csv(folder / "figures.csv", 5, quarters=12)
    areas_csv(folder / "areas.csv", 5)
    agree(folder, 2)
    return folder


def warming(place: Path, template: Path) -> list[list[str]]:
    """What loads all that the commands need."""
    folder = shutil.copytree(template, place / "warm")
    return [["--workspace", str(folder), *command(folder)] for command in COMMANDS.values()]


COMMANDS: dict[str, Callable[[Path], list[str]]] = {
    "entry": lambda _: ["enter", "NO", "2019-20 Q1", "7", "--note", "n" * 500],
    "import": lambda folder: ["import", "figures", str(folder / "figures.csv")],
    "import of areas": lambda folder: ["import", "areas", str(folder / "areas.csv")],
    "apply": lambda _: ["targets", "apply"],
    "report": lambda folder: ["report", "--period", "2019-20 Q1", "-o", str(folder / "report.html")],
    "workbook": lambda folder: ["report", "--period", "2019-20 Q1", "-o", str(folder / "report.xlsx")],
    "returns": lambda folder: ["template", str(folder / "returns"), "--all", "--period", "2019-20 Q1"],
    "backup": lambda _: ["backup"],
}


# How many pages more each time: what is long is tried at fewer sizes. A backup wants a megabyte to spare.
STEPS = {"report": 5, "workbook": 2, "returns": 2, "backup": 40}


@dataclass
class Full:
    """Runs a command where there is too little room, and again where there is enough.

    `folder` is the workspace as the victims see it, `seen_as` as we do.
    """

    victims: Victims
    template: Path
    folder: Path
    seen_as: Path
    tally: Tally
    refused: int = 0
    made: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.before = held(database(self.template))
        # A journal that could not be played back for want of room is what the next who opens the database plays back.
        self.known = {path.name for path in self.template.rglob("*")} | {"filler", "tracker.db-journal"}

    def fresh(self) -> None:
        shutil.rmtree(self.seen_as, ignore_errors=True)
        shutil.copytree(self.template, self.seen_as)

    def look(self) -> Path:
        """Copy what is left to where SQLite finds it; it takes no path through another's root."""
        copied = self.victims.out.with_name("looked-at")
        shutil.rmtree(copied, ignore_errors=True)
        shutil.copytree(self.seen_as / "data", copied / "data")
        return copied

    def done(self, command: list[str]) -> Rows:
        """Return what the database holds where there is room."""
        self.fresh()
        code = self.victims.run(self.folder, *command)
        assert code == 0, self.victims.complained
        self.made = self.files()
        return held(database(self.look()))

    def files(self) -> dict[str, object]:
        """Return what was made for people: reports, workbooks, returns, but for the time at which they were."""
        made = (path for path in self.seen_as.rglob("*") if path.is_file() and path.suffix in {".html", ".xlsx"})
        return {path.name: _content(path) for path in made}

    def check(self, code: int, after: Rows, where: str) -> bool:
        """Look at what a command has left, which ended with a code; return whether it did what it was to do."""
        self.tally.points += 1
        self.tally.acknowledged += code == 0
        judge(self.look(), [after if code == 0 else self.before], 0, self.tally, where)
        if code == 0:
            if self.files() != self.made:
                self.tally.found("half", f"{where}: {sorted(self.made)}")
            return True
        self.refused += 1
        said = self.victims.complained
        if code != 3 or not any(clear in said for clear in CLEAR) or self.victims.said:
            self.tally.found("stuck", f"{where}: {code}: {said}{self.victims.said}")
        left = {path.name for path in self.seen_as.rglob("*") if path.is_file()} - self.known
        if left:
            self.tally.found("half", f"{where}: {sorted(left)}")
        return False

    def again(self, command: list[str], after: Rows, where: str, make_room: Callable[[], None]) -> None:
        """Look at the summary while there is no room, then do it once there is."""
        if self.victims.run(self.folder, "summary"):
            self.tally.found("stuck", f"{where}: summary while it is full: {self.victims.complained}")
        make_room()
        if self.victims.run(self.folder, *command):
            self.tally.found("stuck", f"{where}: again with room: {self.victims.complained}")
        looked = self.look()
        judge(looked, [after], 0, self.tally, f"{where}, again")
        for path in looked.glob("data/backups/*.db"):
            if integrity(path) != [("ok",)] or held(path) != after:
                self.tally.found("half", f"{where}: {path.name}")


def _content(path: Path) -> object:
    if path.suffix == ".html":
        return path.read_bytes()
    with ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist() if name != "docProps/core.xml"}


@contextmanager
def small_disk(place: Path, template: Path) -> Iterator[Victims]:
    """Start victims that have a small disk in the place of a folder; others see it through their root."""
    disk = place / "disk"
    disk.mkdir()
    can_mount = subprocess.run([*MOUNTED, str(disk), "true"], check=False, capture_output=True, text=True)
    if can_mount.returncode:
        pytest.skip(f"neither root nor user namespaces let us mount a small disk here: {can_mount.stderr.strip()}")
    with victims(place / "out", *warming(place, template), before=[*MOUNTED, str(disk)]) as started:
        yield started


def test_a_disk_that_fills_page_by_page(template: Path, tmp_path: Path, tally: Callable[..., Tally]) -> None:
    counting = tally("disk full: a small disk, page by page")
    with small_disk(tmp_path, template) as started:
        folder = tmp_path / "disk" / "workspace"
        seen_as = Path(f"/proc/{started.process.pid}/root{folder}")
        full = Full(started, template, folder, seen_as, counting)
        for name, make in COMMANDS.items():
            command = make(folder)
            after = full.done(command)
            refused, pages, well = full.refused, 0, 0
            while well < 2:  # until there is room enough
                full.fresh()
                leave(seen_as, pages)
                where = f"{name} with {pages} pages left"
                code = started.run(folder, *command)
                done = full.check(code, after, where)
                if not done and full.tally.points % 3 == 0:
                    full.again(command, after, where, (seen_as / "filler").unlink)
                well = well + 1 if done else 0
                pages += STEPS.get(name, 1)
            assert full.refused > refused, f"{name} was never short of room"
    counting.end()


def leave(folder: Path, pages: int) -> None:
    """Fill the disk so that this many pages are left."""
    free = os.statvfs(folder)
    with (folder / "filler").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, free.f_bavail * free.f_bsize - pages * PAGE)


def test_files_that_may_not_grow(template: Path, tmp_path: Path, tally: Callable[..., Tally]) -> None:
    counting = tally("disk full: a limit on files, write by write")
    with victims(tmp_path / "out", *warming(tmp_path, template)) as started:
        folder = tmp_path / "workspace"
        full = Full(started, template, folder, folder, counting)
        for name, make in COMMANDS.items():
            command = make(folder)
            after = full.done(command)
            most = max(path.stat().st_size for path in folder.rglob("*") if path.is_file())
            refused = full.refused
            for limit in limits(most, STEPS.get(name, 1)):
                full.fresh()
                where = f"{name} in files of {limit} bytes"
                code = started.run(folder, *command, limit=limit)
                if not full.check(code, after, where) and full.tally.points % 3 == 0:
                    full.again(command, after, where, lambda: None)
            assert full.refused > refused, f"{name} was never short of room"
    counting.end()


def limits(most: int, step: int) -> list[int]:
    """Return every sector of a small journal, or all kilobytes of it, and then every page, up to what is needed."""
    finely = 512 if BUDGET > 1 else 1024
    return [*range(0, 3 * PAGE, finely * step), *range(3 * PAGE, most + PAGE, PAGE * step)]
