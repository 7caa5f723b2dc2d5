"""How backups are called, and which there are."""

import os
from pathlib import Path

from outcome_tracker.store.backup_names import drafts, made, newest
from outcome_tracker.store.location import Location


def files(location: Location, *names: str) -> list[Path]:
    location.backups.mkdir(exist_ok=True)
    paths = [location.backups / name for name in names]
    for age, path in enumerate(paths):
        path.touch()
        os.utime(path, (1_000 - age, 1_000 - age))
    return paths


def test_backups_are_found_oldest_first(location: Location) -> None:
    late, later, early, *_ = files(
        location,
        "tracker-2020-01-02-090000.db",
        "tracker-2020-01-02-090000-2.db",
        "tracker-2019-06-01-090000.db",
        "tracker-0004.db",
        "tracker-2020-13-02-090000.db",
        "tracker-2020-01-02-090000 - Copy.db",
        "other-2020-01-02-090000.db",
    )
    assert [*made(location, location.backups)] == [early, late, later]
    assert newest(location) == later


def test_where_none_tells_its_time_the_newest_file_is_the_newest(location: Location) -> None:
    assert made(location, location.backups) == {}
    assert newest(location) is None
    before, *_ = files(location, "tracker-0004.db", "tracker-0003.db", "tracker-notes.txt", "other-0004.db")
    assert newest(location) == before


def test_drafts_are_told_from_what_is_finished(location: Location) -> None:
    part, new, *_ = files(location, ".tracker-0004.12.part", ".tracker.db.12.new", "tracker-0004.db", ".tracker.part")
    assert drafts(location, location.backups) == [part, new]
    assert drafts(location, location.backups / "nowhere") == []
