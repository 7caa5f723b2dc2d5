"""The commands that keep the database safe."""

from pathlib import Path

from tests.running import run


def test_a_backup_says_where_it_is(small: Path, here: Path) -> None:
    ran = run(small, "backup")
    assert ran.code == 0, ran.err
    where = (small / "data" / "backups" / "tracker-2020-01-15-100000.db").relative_to(here)
    assert ran.lines == [f"{where}: 82 kB, read through and compared with the database."]
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
