"""Examine a workspace: the database, what lies beside it, its backups and the plan files; nothing is changed."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from outcome_tracker.core import health_wording as say
from outcome_tracker.core.finding import Finding, Severity
from outcome_tracker.core.loss_wording import entries_text
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.seal_wording import broken_text
from outcome_tracker.store import failures, health, restoring
from outcome_tracker.store.backup_names import drafts, made, newest
from outcome_tracker.store.connection import REVISION
from outcome_tracker.store.location import is_allowed
from outcome_tracker.tracker import sealing
from outcome_tracker.tracker.backups import wall_clock
from outcome_tracker.tracker.bug_log import record
from outcome_tracker.tracker.drive import network_drive
from outcome_tracker.tracker.moments import moment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from outcome_tracker.store.health import Entry, Health
    from outcome_tracker.tracker.workspace import Workspace

_OLD = 7  # days after which a backup that lacks something is a warning
_SPARE = 50_000_000  # bytes that should be free beside what the database needs
_MOMENT = timedelta(minutes=5)  # by which computers' clocks may differ
_DRAFT_SECONDS = 600  # for which a draft may be one that somebody is writing
_MEANS = {("synchronous", "3"): "extra", ("foreign_keys", "1"): "on", ("busy_timeout", "5000"): "5 seconds"}


def examine(workspace: Workspace) -> tuple[Finding, ...]:
    """Return everything that is found, in the order in which it is looked at; the past is never what is looked at."""
    looking = replace(workspace, read_only=True, as_at=None)  # an older database stays as it is
    return tuple(_findings(looking))


def _findings(workspace: Workspace) -> Iterator[Finding]:
    path = workspace.location.path
    had_journal = path is not None and health.has_journal(path)
    found: Health | None = None
    try:
        found = health.examine(workspace.location)
    except Unavailable as unavailable:
        yield _unread(unavailable)
    except (ValueError, LookupError) as error:  # times, numbers or JSON that nobody's program has written
        yield _garbled(workspace, error)
    if found is not None:
        yield from _of_the_database(workspace, found)
    if path is not None:
        yield from _journals(path, had_journal=had_journal)
        yield from _leftovers(workspace, path)
        if path.parent.is_dir():
            yield from _place(path)
        yield from _backups(workspace, found)
    yield from _plan_files(workspace, found)


def _unread(unavailable: Unavailable) -> Finding:
    """Return why the database can't be read: because of what it is, or because it can't even be looked at."""
    known = isinstance(unavailable, failures.Broken | failures.Newer | failures.Foreign)
    return Finding(Severity.ERROR, "database", unavailable.sentence, unavailable.remedy, blind=not known)


def _of_the_database(workspace: Workspace, found: Health) -> Iterator[Finding]:
    if found.settings:
        text = ", ".join(f"{name} {_MEANS.get((name, value), value)}" for name, value in found.settings.items())
        yield say.settings(text, health.ENGINE, platform.python_version())
    if found.faults:
        remedy = failures.damaged(workspace.location).remedy
        yield say.faults(workspace.location.shown, found.faults, remedy)
        return
    yield say.orphans(found.orphans) if found.orphans else say.whole(found.rows)
    if found.is_older:
        yield say.older(found.revision, REVISION)
    if found.gaps:
        yield say.gaps([f"{_name(each)} (version {each.version})" for each in found.gaps])
    if found.disorder:
        yield say.disorder([f"{_name(each)} (version {each.version}, {each.who})" for each in found.disorder])
    if found.newest and found.newest.at and found.newest.at > workspace.now() + _MOMENT:
        yield say.future(found.newest.who, moment(found.newest.at))
    if found.is_current:
        yield from _seals(workspace)


def _garbled(workspace: Workspace, error: Exception) -> Finding:
    """Return that something can't be read; where in the program it was noticed is in the log of defects."""
    record(error, workspace.now())
    return say.garbled(failures.damaged(workspace.location).remedy)


def damage(workspace: Workspace) -> str:
    """Return what to tell where the database is damaged, which explains most of what nobody has foreseen."""
    for found in examine(workspace):
        if found.about in {"database", "integrity"} and found.severity is Severity.ERROR and not found.blind:
            return f"{found.sentence} {found.remedy}"
    return ""


def _name(entry: Entry) -> str:
    return f"{entry.table.replace('_', ' ')} {entry.key}"


def _seals(workspace: Workspace) -> Iterator[Finding]:
    try:
        with workspace.read() as reader:
            broken = [broken_text(each) for each in sealing.broken_seals(reader)]
    except Unavailable as unavailable:
        yield say.seals_unread(str(unavailable))
        return
    except (ValueError, LookupError) as error:
        yield _garbled(workspace, error)
        return
    for each in broken:
        yield say.seal(each)


def _journals(path: Path, *, had_journal: bool) -> Iterator[Finding]:
    if health.has_journal(path):
        yield say.journal_there()
    elif had_journal:
        yield say.journal_undone()
    beside = [path.with_name(path.name + ending) for ending in ("-wal", "-shm")]
    if names := [each.name for each in beside if each.exists()]:
        yield say.write_ahead(names)


def _leftovers(workspace: Workspace, path: Path) -> Iterator[Finding]:
    location = workspace.location
    now = workspace.now().timestamp()
    found = [*drafts(location, path.parent), *drafts(location, location.backups)]
    if left := [each.name for each in found if _written(each) < now - _DRAFT_SECONDS]:
        yield say.drafts(left)
    if path.parent.is_dir() and (kept := sorted(each.name for each in path.parent.glob(f"{path.stem}-damaged-*.db"))):
        yield say.damaged_kept(kept)


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # gone meanwhile
        return float("inf")


def _place(path: Path) -> Iterator[Finding]:
    """Look at the drive, its room, and who may do what with the file."""
    if (drive := network_drive(path)) is not None:
        yield say.network_drive(drive.kind, drive.source, locks=drive.locks)
    try:
        free, mine = shutil.disk_usage(path.parent).free, path.stat().st_size if path.is_file() else 0
    except OSError:
        return
    if free < (needed := 3 * mine + _SPARE):  # the journal, a backup, and what it grows by
        yield say.little_space(str(path.parent), free, needed)
    closed = [each for each in (path, path.parent) if each.exists() and not is_allowed(each, os.W_OK)]
    if closed:
        yield say.write_protected(str(closed[0]))
    if sys.platform != "win32" and path.is_file() and _is_open_to_all(path.parent):
        mode = path.stat().st_mode
        if mode & 0o002:
            yield say.anybody_writes(str(path))
        elif mode & 0o004:
            yield say.anybody_reads(str(path))


def _is_open_to_all(folder: Path) -> bool:
    """Tell whether every account may go into a folder; macOS and Linux ask for that on the whole way."""
    try:
        return all(each.stat().st_mode & 0o001 for each in (folder, *folder.parents))
    except OSError:
        return False


def _backups(workspace: Workspace, found: Health | None) -> Iterator[Finding]:
    location = workspace.location
    path = newest(location)
    if path is None:
        if location.file.exists():
            yield say.no_backup(str(location.backups))
        return
    at = made(location, location.backups).get(path)
    days = (wall_clock(workspace).date() - at.date()).days if at else 0
    age = say.age_text(days) if at else "made before a migration"
    if not is_allowed(path, os.R_OK):
        yield say.backup_closed(path.name)
    elif not health.opens(path):
        yield say.backup_spoilt(path.name)
    elif found is None or found.faults:
        yield say.backup_unknown(path.name, age)
    elif (lacking := restoring.loss(location, path)).total:
        yield say.backup_behind(path.name, age, entries_text(lacking), old=days > _OLD)
    else:
        yield say.backup_complete(path.name, age)


def _plan_files(workspace: Workspace, found: Health | None) -> Iterator[Finding]:
    from outcome_tracker.tracker.plans import check, compare

    if not workspace.targets.is_dir():
        yield say.no_plan_files(str(workspace.targets))
        return
    usable = found is not None and found.is_current and not found.faults
    try:
        compared = compare(workspace) if usable else None
        problems = compared.blocking if compared else [p for p in check(workspace).problems if not p.warning]
    except Unavailable as unavailable:
        yield Finding(Severity.WARNING, "plan files", unavailable.sentence, unavailable.remedy)
        return
    except (ValueError, LookupError) as error:
        yield _garbled(workspace, error)
        return
    if problems:
        yield say.plan_problems(len(problems))
    elif compared is not None:
        yield say.not_applied(len(compared.changes)) if compared.changes else say.applied()
