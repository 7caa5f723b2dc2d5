"""The commands that keep the database safe."""

import json
from pathlib import Path

from outcome_tracker.core.text import size
from tests.running import run


def test_a_backup_says_where_it_is(small: Path, here: Path) -> None:
    ran = run(small, "backup")
    assert ran.code == 0, ran.err
    where = (small / "data" / "backups" / "tracker-2020-01-15-100000.db").relative_to(here)
    bytes_of_it = (here / where).stat().st_size
    assert ran.lines == [f"{where}: {size(bytes_of_it)}, read through and compared with the database."]
    elsewhere = run(small, "backup", "drive")
    assert elsewhere.out.startswith("drive/tracker-2020-01-15-100000.db: ")


def test_what_was_removed_is_named(small: Path) -> None:
    for day in range(1, 6):
        assert run(small, "backup", environment={"OUTCOME_TRACKER_NOW": f"2018-01-0{day}"}).code == 0
    assert run(small, "backup", "--keep", "2").lines[1] == (
        "Removed 4 older backups: tracker-2018-01-01-120000.db, tracker-2018-01-02-120000.db, "
        "tracker-2018-01-03-120000.db and 1 more."
    )


def test_no_backup_at_all_is_wrong_usage(small: Path) -> None:
    assert run(small, "backup", "--keep", "0").code == 2


def test_where_there_is_no_database_it_says_so(here: Path) -> None:
    ran = run(here, "backup")
    assert (ran.code, ran.out) == (3, "")
    assert "outcome-tracker targets apply" in ran.err


def test_restoring_says_what_is_lost_and_where_what_was_there_is(small: Path, here: Path) -> None:
    run(small, "backup")
    run(small, "enter", "PC", "2019-20 Q3", "88")
    data = (small / "data").relative_to(here)
    name = "tracker-2020-01-15-100000.db"
    would = run(small, "restore", name, "--dry-run")
    assert (would.code, would.lines) == (
        0,
        [
            "Would be lost: 1 figure; the latest by Jo Officer on 15 Jan 2020 10:00.",
            f"Nothing was restored: {data}/backups/{name} is whole and can take the place of {data}/tracker.db.",
        ],
    )
    did = run(small, "restore", name)
    assert (did.code, did.lines) == (
        0,
        [
            "No longer there: 1 figure; the latest by Jo Officer on 15 Jan 2020 10:00.",
            f"Restored {data}/tracker.db from {data}/backups/{name}.",
            f"What was there before is kept as {data}/backups/tracker-before-restore-2020-01-15-100000.db.",
        ],
    )
    assert run(small, "restore", "tracker-before-restore-2020-01-15-100000.db").lines[:2] == [
        "Nothing is lost: the backup holds everything that the database held.",
        "Back again: 1 figure.",
    ]


def test_restoring_over_a_damaged_database_keeps_it(small: Path, here: Path) -> None:
    run(small, "backup")
    (small / "data" / "tracker.db").write_bytes(b"rubbish " * 1000)
    assert "outcome-tracker restore" in run(small, "summary").err
    data = (small / "data").relative_to(here)
    assert run(small, "restore", "tracker-2020-01-15-100000.db").lines == [
        "The database is damaged, so what it held beyond the backup cannot be told.",
        f"Restored {data}/tracker.db from {data}/backups/tracker-2020-01-15-100000.db.",
        f"The damaged file is kept as {data}/tracker-damaged-2020-01-15-100000.db.",
    ]
    (small / "data" / "tracker.db").unlink()
    assert run(small, "restore", "tracker-2020-01-15-100000.db").lines == [
        f"Restored {data}/tracker.db from {data}/backups/tracker-2020-01-15-100000.db."
    ]


def test_the_doctor_tells_the_gravest_first_and_a_nightly_check_reads_json(small: Path) -> None:
    ran = run(small, "doctor")
    assert ran.code == 1
    assert ran.flat.startswith("warning There is no backup in ")
    assert "→ Make one: outcome-tracker backup note Opened with journal_mode delete, " in ran.flat
    run(small, "backup")
    told = json.loads(run(small, "doctor", "--format", "json").out)
    assert {each["severity"] for each in told} == {"note"}
    assert told[0].keys() == {"severity", "about", "finding", "remedy"}
    assert run(small, "doctor").code == 0


def test_the_doctor_cannot_look_at_what_is_not_there(here: Path) -> None:
    ran = run(here, "doctor", "--format", "json")
    assert ran.code == 3
    assert json.loads(ran.out)[0]["finding"] == f"The folder {here / 'data'} does not exist."
