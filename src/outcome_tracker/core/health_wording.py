"""What an examination of a workspace says: every finding with its remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.finding import Finding, Severity
from outcome_tracker.core.text import listed, plural, size

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTE, WARNING, ERROR = Severity.NOTE, Severity.WARNING, Severity.ERROR
_RESTORE = "See what the newest backup holds, with `outcome-tracker restore FILE --dry-run`, and ask your IT service."
_SHOWN = 3


def _some(names: Sequence[str]) -> str:
    """Return the first few of many names."""
    return listed([*names[:_SHOWN], *([f"{len(names) - _SHOWN:,} more"] if len(names) > _SHOWN else [])])


# The database


def settings(shown: str, engine: str, python: str) -> Finding:
    """Return how the database was opened, as read back from the engine."""
    return Finding(NOTE, "settings", f"Opened with {shown}; SQLite {engine}, Python {python}.")


def whole(rows: int) -> Finding:
    """Return that the file was read through."""
    return Finding(NOTE, "integrity", f"The database is whole: {plural(rows, 'entry', 'entries')} were read through.")


def faults(place: str, found: Sequence[str], restore: str) -> Finding:
    """Return what SQLite says of a damaged file."""
    said = " ".join(found[0].split())
    more = f" (and {len(found) - 1:,} more)" if len(found) > 1 else ""
    return Finding(ERROR, "integrity", f"{place} is damaged; SQLite says: {said.rstrip('.')}{more}.", restore)


def garbled(restore: str) -> Finding:
    """Return that something recorded is not what the program writes."""
    sentence = "What is recorded cannot be read: something in it is not what the program writes."
    return Finding(ERROR, "integrity", sentence, restore)


def orphans(count: int) -> Finding:
    """Return that rows refer to others that aren't there."""
    rows = plural(count, "row refers", "rows refer")
    return Finding(ERROR, "integrity", f"{rows} to others that are missing: something was removed by hand.", _RESTORE)


def older(revision: str, known: str) -> Finding:
    """Return that the database waits for its migration."""
    return Finding(
        NOTE,
        "schema",
        f"The database is from an older version (its schema is {revision}, not {known}).",
        "It is brought up to date, with a backup first, when somebody opens it who may change it.",
    )


def gaps(keys: Sequence[str]) -> Finding:
    """Return that versions are missing in between."""
    return Finding(
        ERROR,
        "versions",
        f"A version is missing of {_some(keys)}: they count up without gaps, so something was removed by hand, or a "
        "backup was restored while somebody was typing.",
        _RESTORE,
    )


def disorder(keys: Sequence[str]) -> Finding:
    """Return that times run backwards."""
    return Finding(
        WARNING,
        "clocks",
        f"A later version carries an earlier time: {_some(keys)}. A computer's clock was wrong when it was saved.",
        "Nothing is lost: versions are in the order in which they were saved. Let the computers set their clocks "
        "by the network.",
    )


def future(who: str, when: str) -> Finding:
    """Return that something was recorded at a time that hasn't come."""
    return Finding(
        WARNING,
        "clocks",
        f"The latest entry, by {who}, carries the time {when}, which has not come yet: a computer's clock is wrong, "
        "this one's or theirs.",
        "Let both computers set their clocks by the network. Nothing is lost; until then the day from which something "
        "counts as known may be wrong.",
    )


def seal(text: str) -> Finding:
    """Return that something is not as it was signed off."""
    return Finding(
        ERROR, "seals", f"{text}.", "Find out who changed the database by hand. " + _RESTORE.replace("See", "See also")
    )


def seals_unread(why: str) -> Finding:
    """Return that seals could not be checked."""
    return Finding(WARNING, "seals", f"What was signed off was not checked: {why}")


# What lies beside it


def journal_undone() -> Finding:
    """Return that a change was cut off and has been undone."""
    return Finding(
        NOTE,
        "journal",
        "A journal was left by a change that was cut off, by a power cut or because the program was ended.",
        "The half change has just been undone; what was saved before it is there. Whoever was saving at that moment "
        "should look whether their last entry is in.",
    )


def journal_there() -> Finding:
    """Return that there is a journal that stays."""
    return Finding(
        NOTE,
        "journal",
        "Somebody is saving at this moment, or a change was cut off and could not be undone yet.",
        "Look again in a minute. Never remove a file that ends in -journal: without it the database is damaged.",
    )


def write_ahead(names: Sequence[str]) -> Finding:
    """Return that another program works on the database in its own way."""
    return Finding(
        WARNING,
        "journal",
        f"Beside the database there is {listed(list(names))}: another program has it open in a mode that does not work "
        "on network drives.",
        "Close that program. The tracker sets the mode back when it is the only one.",
    )


def drafts(names: Sequence[str]) -> Finding:
    """Return that drafts were left."""
    return Finding(
        NOTE,
        "leftovers",
        f"Left by a program that was ended while it made a copy: {_some(names)}.",
        "Nothing is in it that the database doesn't hold; it may be removed.",
    )


def damaged_kept(names: Sequence[str]) -> Finding:
    """Return that damaged databases are kept."""
    return Finding(
        NOTE,
        "leftovers",
        f"{_some(names)}: a damaged database, kept when a backup took its place.",
        "Let your IT service have it, or remove it when nobody misses anything.",
    )


def network_drive(kind: str, source: str, *, locks: bool) -> Finding:
    """Return that the file is another computer's."""
    where = f"The database is on a network drive ({kind}{f', {source}' if source else ''})"
    if locks:
        return Finding(
            NOTE,
            "drive",
            f"{where}, whose server decides whether locks hold and what outlives a power cut.",
            "It works for a few officers. Back up onto another disk, and keep it on PostgreSQL for more people.",
        )
    return Finding(
        WARNING,
        "drive",
        f"{where} that is connected without locks: two people who save at once can damage the database.",
        "Ask your IT service to connect the drive with locks, or to move the database to PostgreSQL.",
    )


def little_space(folder: str, free: int, needed: int) -> Finding:
    """Return that the disk is nearly full."""
    return Finding(
        WARNING,
        "space",
        f"The disk of {folder} has {size(free)} left; saving and a backup may need {size(needed)}.",
        "Free some space. Until then an entry may be refused; nothing that was saved is lost by that.",
    )


def write_protected(what: str) -> Finding:
    """Return that nothing can be saved by this person."""
    return Finding(
        WARNING,
        "permissions",
        f"You may not write into {what}: figures can be looked at, but not entered.",
        "Ask for permission to change the file and its folder: SQLite keeps its journal beside the file.",
    )


def anybody_writes(path: str) -> Finding:
    """Return that every account may change the file."""
    return Finding(
        WARNING,
        "permissions",
        f"Every account on this computer may change {path}.",
        f"Take that away: chmod o-rwx {path}",
    )


def anybody_reads(path: str) -> Finding:
    """Return that every account may read the file."""
    return Finding(
        NOTE,
        "permissions",
        f"Every account on this computer may read {path}, with every small number in it.",
        f"If that is not meant: chmod o-rwx {path}",
    )


# Backups


def no_backup(folder: str) -> Finding:
    """Return that there is none."""
    return Finding(WARNING, "backups", f"There is no backup in {folder}.", "Make one: outcome-tracker backup")


def backup_spoilt(path: str) -> Finding:
    """Return that the newest can't be used."""
    return Finding(
        ERROR,
        "backups",
        f"The newest backup, {path}, is damaged or cannot be opened.",
        "Make another one now: outcome-tracker backup. If that is damaged too, the disk is failing.",
    )


def backup_closed(path: str) -> Finding:
    """Return that this person may not look into the newest."""
    return Finding(
        NOTE,
        "backups",
        f"You may not open the newest backup, {path}, so it was not looked at.",
        "Let somebody who may open it run: outcome-tracker doctor",
    )


def backup_complete(path: str, age: str) -> Finding:
    """Return that the newest holds everything."""
    return Finding(NOTE, "backups", f"The newest backup, {path}, {age}, is whole and holds everything.")


def backup_behind(path: str, age: str, entries: str, *, old: bool) -> Finding:
    """Return what the newest lacks."""
    return Finding(
        WARNING if old else NOTE,
        "backups",
        f"The newest backup, {path}, {age}, is whole and lacks {entries}.",
        "Make another one: outcome-tracker backup",
    )


def backup_unknown(path: str, age: str) -> Finding:
    """Return that the newest is whole, where the database can't be compared with it."""
    return Finding(NOTE, "backups", f"The newest backup, {path}, {age}, is whole.")


def age_text(days: int) -> str:
    """Return how old something is, in days."""
    if days < 0:
        return "whose name is of a day to come"
    return {0: "made today", 1: "made yesterday"}.get(days, f"{days:,} days old")


# Plan files


def no_plan_files(folder: str) -> Finding:
    """Return that there are none."""
    return Finding(
        WARNING,
        "plan files",
        f"There are no plan files in {folder}; the plans in the database hold.",
        "Put them back from your copy of the folder targets, so that they can be changed.",
    )


def plan_problems(count: int) -> Finding:
    """Return that they can't be applied."""
    return Finding(
        WARNING,
        "plan files",
        f"The plan files have {plural(count, 'problem')}, and cannot be applied.",
        "See them with their lines: outcome-tracker targets check",
    )


def not_applied(count: int) -> Finding:
    """Return that the database says something else."""
    return Finding(
        NOTE,
        "plan files",
        f"The plan files say something else than the database, in {plural(count, 'place')}.",
        "See what: outcome-tracker targets diff. Then: outcome-tracker targets apply",
    )


def applied() -> Finding:
    """Return that both say the same."""
    return Finding(NOTE, "plan files", "The plan files have no problems, and are applied.")
