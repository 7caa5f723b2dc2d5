"""What goes wrong with a database, made real: each state, the command that meets it, and what is read then.

`python -m tests.trouble` makes them all and prints what is on the screen, at 80 columns. docs/backups.md lists them.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import namedtuple
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from outcome_tracker.tracker.backups import make_backup
from outcome_tracker.tracker.workspace import Workspace, open_workspace
from tests.running import environment as environment_of
from tests.running import run
from tests.tracker.signing import LATER, behind_the_back, signed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOW = "2019-06-03T10:00"
BACKUP = "tracker-2019-06-03-110000.db"
DATABASE = "data/tracker.db"


@dataclass(frozen=True)
class Trouble:
    """A state, which `make` makes and `during` holds, and the command that meets it.

    `says` is what is read then, with `…` for what differs; `posix` tells of what can't be made on Windows.
    """

    command: tuple[str, ...]
    says: str
    make: Callable[[Path], object] = lambda _: None
    during: Callable[[Path], object] | None = None  # a context manager
    code: int = 3
    environment: dict[str, str] = field(default_factory=dict)
    limit: int = 0  # bytes that a file may have
    posix: bool = False

    @property
    def processes(self) -> bool:
        """Whether it needs processes of its own, which are slow."""
        return self.limit > 0 or self.make is torn


def at(folder: Path) -> Path:
    return folder / DATABASE


def ours(folder: Path) -> Workspace:
    return open_workspace(folder, user="ana", now=lambda: LATER)


def backed_up(folder: Path) -> Path:
    return make_backup(ours(folder)).path


def a_folder(folder: Path) -> None:
    at(folder).unlink()
    at(folder).mkdir()


def emptied(folder: Path) -> None:
    os.truncate(at(folder), 0)


def a_text(folder: Path) -> None:
    at(folder).write_text("indicator,period,value\n" * 100, encoding="utf-8")


def cut_short(folder: Path) -> None:
    os.truncate(at(folder), 20_000)


def cut_short_with_a_backup(folder: Path) -> None:
    backed_up(folder)
    cut_short(folder)


def a_page_lost(folder: Path) -> None:
    with closing(sqlite3.connect(at(folder))) as raw:
        (root,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'benchmark'").fetchone()
    with at(folder).open("r+b") as file:
        file.seek(4096 * (root - 1))
        file.write(b"\xff" * 4096)


def foreign(folder: Path) -> None:
    at(folder).unlink()
    with closing(sqlite3.connect(at(folder))) as raw:
        raw.execute("CREATE TABLE bookmarks (url TEXT)")


def changed(*statements: str) -> Callable[[Path], None]:
    return lambda folder: behind_the_back(ours(folder), *statements)


def revision(number: str) -> Callable[[Path], None]:
    return changed(f"UPDATE alembic_version SET version_num = '{number}'")  # noqa: S608 - our own numbers


@contextmanager
def held(folder: Path) -> Iterator[None]:
    with closing(sqlite3.connect(at(folder), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


@contextmanager
def saving(folder: Path) -> Iterator[None]:
    with closing(sqlite3.connect(at(folder), isolation_level=None)) as other:
        other.execute("PRAGMA cache_size = 1")
        other.execute("BEGIN")
        other.execute("CREATE TABLE more AS SELECT hex(randomblob(100000)) AS a")
        yield


@contextmanager
def in_another_mode(folder: Path) -> Iterator[None]:
    with closing(sqlite3.connect(at(folder))) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("SELECT count(*) FROM figure").fetchall()
        yield


def torn(folder: Path) -> None:
    """Kill a program in the middle of a change of which a part is in the file already."""
    command = [sys.executable, "-m", "tests.store.processes", "torn", str(at(folder))]
    subprocess.run(command, cwd=Path(__file__).parents[1], check=False)


@contextmanager
def without_rights(folder: Path, file: int = 0o444, place: int = 0o555) -> Iterator[None]:
    """Be somebody who may not write there; root first steps down for that."""
    path = at(folder)
    path.chmod(file)
    path.parent.chmod(place)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)
        path.parent.chmod(0o755)
        path.chmod(0o644)


def closed_to_me(folder: Path) -> object:
    return without_rights(folder, 0o000)


def of_another_council(folder: Path) -> None:
    backed_up(folder)
    path = folder / "targets" / "council.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("E06000050", "E06000049").replace("Somewhere", "Elsewhere"), "utf-8")
    assert run(folder, "targets", "apply", environment={"OUTCOME_TRACKER_NOW": NOW}).code == 0


def only(size: int, free: int) -> Callable[[Path], object]:
    """Say of the disk that it has this much room, as none can be made that small everywhere."""

    @contextmanager
    def small(_: Path) -> Iterator[None]:
        usage = namedtuple("usage", "total used free")  # noqa: PYI024 - as shutil's own
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(shutil, "disk_usage", lambda _: usage(size, size - free, free))
            yield

    return small


def left_behind(folder: Path) -> None:
    backed_up(folder)
    for name in ("data/.tracker.db.123.new", "data/backups/.tracker-2019-06-01-110000.124.part"):
        (folder / name).touch()
        os.utime(folder / name, (0, 0))


def restored_over_a_damaged_one(folder: Path) -> None:
    cut_short_with_a_backup(folder)
    assert run(folder, "restore", BACKUP, environment={"OUTCOME_TRACKER_NOW": NOW}).code == 0


def open_to_all(mode: int) -> Callable[[Path], None]:
    def opened(folder: Path) -> None:
        backed_up(folder)
        at(folder).chmod(mode)

    return opened


def entered_since(folder: Path) -> None:
    backed_up(folder)
    ran = run(folder, "enter", "S-02", "2018-19 Q4", "18.2", environment={"OUTCOME_TRACKER_NOW": NOW})
    assert ran.code == 0, ran.err


def spoilt_backup(folder: Path) -> None:
    os.truncate(backed_up(folder), 20_000)


def wrong_plan(folder: Path) -> None:
    (folder / "targets" / "other.yaml").write_text("plan: A plan without anything\n", encoding="utf-8")


def more_plan(folder: Path) -> None:
    backed_up(folder)
    path = folder / "targets" / "council.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "backups: {keep: 10}\n", encoding="utf-8")


def without_plan_files(folder: Path) -> None:
    shutil.rmtree(folder / "targets")


PUT = "Put a backup in its place; the file itself is kept: outcome-tracker restore FILE"
ASK = "See what the newest backup holds, with `outcome-tracker restore FILE --dry-run`, and ask your IT service."
DOCTOR = ("doctor",)
SUMMARY = ("summary",)
RESTORE = ("restore", BACKUP)
OF_FILE: dict[str, Trouble] = {
    "no database": Trouble(
        SUMMARY,
        "There is no database at data/tracker.db. Check the path, and that its drive is there. "
        "For a new workspace: outcome-tracker targets apply",
        lambda folder: at(folder).unlink(),
    ),
    "no folder": Trouble(
        SUMMARY,
        "The folder data does not exist. Check the path, and that its drive is there. "
        "For a new workspace: outcome-tracker targets apply",
        lambda folder: shutil.rmtree(folder / "data"),
    ),
    "a folder in its place": Trouble(
        SUMMARY,
        "data/tracker.db is a folder, not a database. Name a file in it, such as data/tracker.db/tracker.db.",
        a_folder,
    ),
    "no bytes": Trouble(
        SUMMARY,
        "data/tracker.db is empty: it has 0 bytes and holds no database. "
        f"If nothing was ever in it, remove the file and run outcome-tracker targets apply. {PUT}",
        emptied,
    ),
    "a text": Trouble(
        SUMMARY,
        f"data/tracker.db is not a database. Nothing in it was changed. Check the path. {PUT}",
        a_text,
    ),
    "cut short": Trouble(
        SUMMARY,
        f"data/tracker.db is damaged: part of it is missing or cannot be read. {PUT}",
        cut_short,
    ),
    "cut short, with a backup": Trouble(
        SUMMARY,
        "data/tracker.db is damaged: part of it is missing or cannot be read. Put the newest backup in its place; "
        f"the file itself is kept: outcome-tracker restore data/backups/{BACKUP}",
        cut_short_with_a_backup,
    ),
    "an entry overwritten": Trouble(
        SUMMARY,
        f"What is recorded cannot be read: something in it is not what the program writes. {PUT}",
        changed("UPDATE definition SET body = substr(body, 9) WHERE kind = 'council'"),
    ),
    "a time overwritten": Trouble(
        SUMMARY,
        f"What is recorded cannot be read: something in it is not what the program writes. {PUT}",
        changed("UPDATE figure SET at = replace(at, '2019', '2O19')"),
    ),
    "another program's": Trouble(
        SUMMARY,
        "data/tracker.db is the database of another program. Nothing in it was changed. Check the path.",
        foreign,
    ),
    "a newer version's": Trouble(
        SUMMARY,
        "data/tracker.db was changed by a newer version of Outcome Tracker (its schema is 0900, this version knows …). "
        "Install the newest version. Nothing was changed.",
        revision("0900"),
    ),
    "an older version's, read-only": Trouble(
        ("summary", "--read-only"),
        "data/tracker.db is from an older version of Outcome Tracker (its schema is 0001, not …). "
        "Open it once with permission to change it: it is then brought up to date, with a backup beside it.",
        revision("0001"),
    ),
    "locked": Trouble(
        SUMMARY,
        "data/tracker.db is in use by another program and was not free within … seconds. "
        "Close other programs that have it open, and try again.",
        during=held,
    ),
    "in another mode": Trouble(
        SUMMARY,
        "data/tracker.db is in use by another program and was not free within … seconds. "
        "Close other programs that have it open, and try again.",
        during=in_another_mode,
    ),
    "no room for an entry": Trouble(
        ("enter", "S-02", "2018-19 Q4", "18.3"),
        "There is no room left on the disk for data/tracker.db. Nothing was saved. Free some space, and try again.",
        limit=2_000,
        posix=True,
    ),
    "write-protected": Trouble(
        ("enter", "S-02", "2018-19 Q4", "18.3"),
        "data/tracker.db can only be read: the file or its folder is write-protected. Nothing was saved. "
        "Ask for permission to change the file and its folder.",
        during=without_rights,
        posix=True,
    ),
    "closed": Trouble(
        SUMMARY,
        "You may not open data/tracker.db: the file or its folder is closed to you. "
        "Ask for permission to read and change the file and its folder.",
        during=closed_to_me,
        posix=True,
    ),
}
OF_BACKUPS: dict[str, Trouble] = {
    "a disk too small": Trouble(
        ("backup",),
        "The disk of data/backups is too small for a backup: it needs …, and 0.3 MB are free. Nothing was written. "
        "Free some space, or name a folder on another disk: outcome-tracker backup DIR",
        during=only(10**9, 300_000),
    ),
    "a disk that fills": Trouble(
        ("backup",),
        "The disk of data/backups was full before the backup was complete; the part was removed again. "
        "Free some space, or name a folder on another disk: outcome-tracker backup DIR",
        limit=40_000,
        posix=True,
    ),
    "no room to restore": Trouble(
        RESTORE,
        "The disk of data/backups is too small for a backup: it needs …, and 0.3 MB are free. Nothing was restored. "
        "Free some space, and try again.",
        backed_up,
        during=only(10**9, 300_000),
    ),
    "no drive": Trouble(
        ("backup", "drive/backups"),
        "There is no folder drive to put backups into. "
        "Check the path, and that its drive is there; or name another folder: outcome-tracker backup DIR",
    ),
    "a file in its place": Trouble(
        ("backup", "targets/council.yaml"),
        "targets/council.yaml is a file, not a folder for backups. Name a folder: outcome-tracker backup DIR",
    ),
    "a closed folder": Trouble(
        ("backup",),
        "No backup can be written into data/backups: Permission denied. "
        "Ask for permission to write there, or name another folder: outcome-tracker backup DIR",
        during=without_rights,
        posix=True,
    ),
    "a server": Trouble(
        ("backup", "--database", "postgresql://jo:secret@db.example/tracker"),
        "A database on a server is backed up by the server's own program. "
        "Run: pg_dump --format=custom --file=tracker.dump postgresql://db.example/tracker",
    ),
    "restoring on a server": Trouble(
        (*RESTORE, "--database", "postgresql://jo:secret@db.example/tracker"),
        "A database on a server is restored by the server's own program. "
        "Run, into an empty database: pg_restore --dbname=postgresql://db.example/tracker tracker.dump",
    ),
    "the database itself": Trouble(
        ("restore", DATABASE),
        "data/tracker.db is the database itself, not a backup of it. "
        "Name a backup; they are in data/backups: outcome-tracker restore FILE",
    ),
    "no such backup": Trouble(
        RESTORE,
        f"There is no database at {BACKUP}. Nothing was restored. Choose another backup.",
    ),
    "a damaged backup": Trouble(
        RESTORE,
        f"data/backups/{BACKUP} is damaged: part of it is missing or cannot be read. "
        "Nothing was restored. Choose another backup.",
        spoilt_backup,
    ),
    "a newer backup": Trouble(
        ("restore", "newer.db"),
        "newer.db was changed by a newer version of Outcome Tracker (its schema is 0900, this version knows …). "
        "Nothing was restored. Install the newest version first.",
        lambda folder: (
            revision("0900")(folder),
            at(folder).rename(folder / "newer.db"),
            signed(folder),
        ),
    ),
    "another council's": Trouble(
        RESTORE,
        f"data/backups/{BACKUP} is of Somewhere (E06000050), and this workspace is of Elsewhere (E06000049). "
        "Nothing was restored. "
        "If it should take the place all the same, add --another-council.",
        of_another_council,
    ),
    "restoring while somebody saves": Trouble(
        RESTORE,
        "data/tracker.db is in use by another program and was not free within … seconds. "
        "Close other programs that have it open, and try again.",
        backed_up,
        during=held,
    ),
}
OF_DOCTOR: dict[str, Trouble] = {
    "a page lost": Trouble(
        DOCTOR,
        f"data/tracker.db is damaged; SQLite says: …. {PUT}",
        a_page_lost,
        code=1,
    ),
    "rows without what they refer to": Trouble(
        DOCTOR,
        f"1 row refers to others that are missing: something was removed by hand. {ASK}",
        changed(
            "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
            "CREATE TABLE child (parent INTEGER REFERENCES parent (id))",
            "INSERT INTO child VALUES (1)",
        ),
        code=1,
    ),
    "an older version's": Trouble(
        DOCTOR,
        "The database is from an older version (its schema is 0001, not …). It is brought up to date, "
        "with a backup first, when somebody opens it who may change it.",
        revision("0001"),
        code=1,  # for it has no backup
    ),
    "a version removed": Trouble(
        DOCTOR,
        "A version is missing of figure S-01 2018-19 Q4 (version 1): they count up without gaps, "
        f"so something was removed by hand, or a backup was restored while somebody was typing. {ASK}",
        changed("UPDATE figure SET version = 2 WHERE indicator = 'S-01' AND period = '2018-19 Q4'"),
        code=1,
    ),
    "times that run backwards": Trouble(
        DOCTOR,
        "A later version carries an earlier time: figure S-02 2018-19 Q4 (version 2, Jo Officer). A computer's clock "
        "was wrong when it was saved. Nothing is lost: versions are in the order in which they were saved. "
        "Let the computers set their clocks by the network.",
        lambda folder: run(
            folder, "enter", "S-02", "2018-19 Q4", "18.4", environment={"OUTCOME_TRACKER_NOW": "2019-04-01"}
        ),
        code=1,
    ),
    "a time to come": Trouble(
        DOCTOR,
        "The latest entry, by …, carries the time …, which has not come yet: a computer's clock is wrong, this one's "
        "or theirs. Let both computers set their clocks by the network. Nothing is lost; until then the day from which "
        "something counts as known may be wrong.",
        code=1,
        environment={"OUTCOME_TRACKER_NOW": "2019-01-01"},
    ),
    "a seal broken": Trouble(
        DOCTOR,
        "S-01 2018-19 Q4: 44 of 276 when it was signed off on 20 Apr 2019 by kim, 34 of 276 now. "
        f"Find out who changed the database by hand. {ASK.replace('See', 'See also')}",
        changed("UPDATE figure SET numerator = '34' WHERE indicator = 'S-01' AND period = '2018-19 Q4'"),
        code=1,
    ),
    "a change cut off": Trouble(
        DOCTOR,
        "A journal was left by a change that was cut off, by a power cut or because the program was ended. "
        "The half change has just been undone; what was saved before it is there. Whoever was saving at that moment "
        "should look whether their last entry is in.",
        torn,
        code=1,
        posix=True,
    ),
    "somebody saving": Trouble(
        DOCTOR,
        "Somebody is saving at this moment, or a change was cut off and could not be undone yet. "
        "Look again in a minute. Never remove a file that ends in -journal: without it the database is damaged.",
        during=saving,
        code=3,
    ),
    "another program's mode": Trouble(
        DOCTOR,
        "Beside the database there is tracker.db-wal and tracker.db-shm: another program has it open in a mode that "
        "does not work on network drives. Close that program. The tracker sets the mode back when it is the only one.",
        during=in_another_mode,
    ),
    "drafts left": Trouble(
        DOCTOR,
        "Left by a program that was ended while it made a copy: .tracker.db.123.new and "
        ".tracker-2019-06-01-110000.124.part. Nothing is in it that the database doesn't hold; it may be removed.",
        left_behind,
        code=0,
    ),
    "a damaged one kept": Trouble(
        DOCTOR,
        "tracker-damaged-2019-06-03-110000.db: a damaged database, kept when a backup took its place. "
        "Let your IT service have it, or remove it when nobody misses anything.",
        restored_over_a_damaged_one,
        code=0,
    ),
    "little room": Trouble(
        DOCTOR,
        "The disk of data has 20.0 MB left; saving and a backup may need …. "
        "Free some space. Until then an entry may be refused; nothing that was saved is lost by that.",
        backed_up,
        during=only(10**9, 20_000_000),
        code=1,
    ),
    "write-protected, examined": Trouble(
        DOCTOR,
        "You may not write into data/tracker.db: figures can be looked at, but not entered. "
        "Ask for permission to change the file and its folder: SQLite keeps its journal beside the file.",
        backed_up,
        during=without_rights,
        code=1,
        posix=True,
    ),
    "everybody writes": Trouble(
        DOCTOR,
        "Every account on this computer may change data/tracker.db. Take that away: chmod o-rwx data/tracker.db",
        open_to_all(0o666),
        code=1,
        posix=True,
    ),
    "everybody reads": Trouble(
        DOCTOR,
        "Every account on this computer may read data/tracker.db, with every small number in it. "
        "If that is not meant: chmod o-rwx data/tracker.db",
        open_to_all(0o644),
        code=0,
        posix=True,
    ),
    "no backup": Trouble(
        DOCTOR,
        "There is no backup in data/backups. Make one: outcome-tracker backup",
        code=1,
    ),
    "a backup that lacks something": Trouble(
        DOCTOR,
        f"The newest backup, {BACKUP}, made today, is whole and lacks 1 figure. "
        "Make another one: outcome-tracker backup",
        entered_since,
        code=0,
    ),
    "an old backup that lacks something": Trouble(
        DOCTOR,
        f"The newest backup, {BACKUP}, 28 days old, is whole and lacks 1 figure. "
        "Make another one: outcome-tracker backup",
        entered_since,
        code=1,
        environment={"OUTCOME_TRACKER_NOW": "2019-07-01T11:00"},
    ),
    "a closed backup": Trouble(
        DOCTOR,
        f"You may not open the newest backup, {BACKUP}, so it was not looked at. "
        "Let somebody who may open it run: outcome-tracker doctor",
        lambda folder: backed_up(folder).chmod(0o600),
        during=without_rights,
        code=1,
        posix=True,
    ),
    "a spoilt backup": Trouble(
        DOCTOR,
        f"The newest backup, {BACKUP}, is damaged or cannot be opened. Make another one now: outcome-tracker backup. "
        "If that is damaged too, the disk is failing.",
        spoilt_backup,
        code=1,
    ),
    "no plan files": Trouble(
        DOCTOR,
        "There are no plan files in targets; the plans in the database hold. "
        "Put them back from your copy of the folder targets, so that they can be changed.",
        without_plan_files,
        code=1,
    ),
    "plan files with problems": Trouble(
        DOCTOR,
        "The plan files have 2 problems, and cannot be applied. "
        "See them with their lines: outcome-tracker targets check",
        wrong_plan,
        code=1,
    ),
    "plan files not applied": Trouble(
        DOCTOR,
        "The plan files say something else than the database, in 1 place. "
        "See what: outcome-tracker targets diff. Then: outcome-tracker targets apply",
        more_plan,
        code=0,
    ),
}
EVERY = {**OF_FILE, **OF_BACKUPS, **OF_DOCTOR}


def met(trouble: Trouble, folder: Path) -> tuple[int, str]:
    """Make a state in a folder and run the command in it; return the exit code and the screen."""
    signed(folder)
    for place in (folder, at(folder).parent):
        place.chmod(0o755)
    at(folder).chmod(0o600)
    trouble.make(folder)
    environment = {"OUTCOME_TRACKER_NOW": NOW, **trouble.environment}
    with ExitStack() as stack:
        if trouble.during is not None:
            stack.enter_context(trouble.during(folder))  # type: ignore[arg-type] # each is a context manager
        if trouble.limit:
            return _limited(trouble, folder, environment)
        where = Path.cwd()
        os.chdir(folder)
        stack.callback(os.chdir, where)
        ran = run(Path(), *trouble.command, environment=environment)
        return ran.code, ran.err + ran.out


def _limited(trouble: Trouble, folder: Path, environment: dict[str, str]) -> tuple[int, str]:
    """Run it as a process whose files may not grow beyond the limit: for SQLite that is a full disk."""
    script = (
        f"import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({trouble.limit}, {trouble.limit}))\n"
        "from outcome_tracker.__main__ import main; sys.exit(main())"
    )
    command = [sys.executable, "-c", script, *trouble.command]
    environment = environment_of(**environment, PYTHONDONTWRITEBYTECODE="1")  # else compiled modules are cut short too
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    return ran.returncode, (ran.stderr + ran.stdout).decode("utf-8")


def shown() -> None:
    """Make every state and print what is on the screen."""
    for name, trouble in EVERY.items():
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            folder.chmod(0o755)
            code, screen = met(trouble, folder)
        sys.stdout.write(f"── {name}\n$ outcome-tracker {' '.join(trouble.command)}\n{screen}[{code}]\n\n")


if __name__ == "__main__":
    shown()
