"""Backups as people ask for them, and the one on leaving."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store.location import locate
from outcome_tracker.tracker.backups import back_up_on_leaving, make_backup
from outcome_tracker.tracker.collect import enter
from outcome_tracker.tracker.plans import apply
from outcome_tracker.tracker.workspace import Workspace, open_workspace
from tests.running import SMALL, write_plan


def at(folder: Path, moment: str) -> Workspace:
    return open_workspace(folder, user="Jo", now=lambda: datetime.fromisoformat(moment).replace(tzinfo=UTC))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "data" / "backups").iterdir())


def test_a_backup_is_named_by_the_time_on_the_wall(small: Path) -> None:
    assert make_backup(at(small, "2020-07-15T10:00")).path.name == "tracker-2020-07-15-110000.db"


def test_old_ones_go_as_council_yaml_says(small: Path) -> None:
    write_plan(small, SMALL, "backups: {keep: 2}\n")
    assert not apply(at(small, "2018-01-01T09:00")).blocking
    for day in ("01", "02"):
        assert make_backup(at(small, f"2018-01-{day}T09:00")).removed == ()
    last = make_backup(at(small, "2020-01-15T10:00"))
    assert [path.name for path in last.removed] == ["tracker-2018-01-01-090000.db"]
    assert names(small) == ["tracker-2018-01-02-090000.db", "tracker-2020-01-15-100000.db"]
    make_backup(at(small, "2020-01-16T10:00"), keep=1)
    assert names(small) == ["tracker-2020-01-16-100000.db"]


def test_from_a_folder_that_is_named_nothing_goes_without_being_asked(small: Path) -> None:
    drive = small / "drive"
    for day in range(1, 4):
        assert make_backup(at(small, f"2018-01-0{day}T09:00"), drive).removed == ()
    assert len(make_backup(at(small, "2020-01-15T10:00"), drive, keep=1).removed) == 3
    assert [path.name for path in drive.iterdir()] == ["tracker-2020-01-15-100000.db"]


def test_on_leaving_a_backup_is_made_only_of_what_is_new(small: Path) -> None:
    first = back_up_on_leaving(at(small, "2020-01-15T10:00"))
    assert first is not None
    assert back_up_on_leaving(at(small, "2020-01-15T11:00")) is None
    enter(at(small, "2020-01-15T11:30"), "PC", "2019-20 Q3", "88")
    second = back_up_on_leaving(at(small, "2020-01-15T12:00"))
    assert names(small) == [first.name, second.name if second else ""]


def test_on_leaving_none_is_made_where_council_yaml_says_so(small: Path) -> None:
    write_plan(small, SMALL, "backups: {on_leaving: false}\n")
    assert not apply(at(small, "2020-01-15T10:00")).blocking
    assert back_up_on_leaving(at(small, "2020-01-15T10:00")) is None
    assert not (small / "data" / "backups").exists()


def test_on_leaving_nothing_is_made_of_a_database_on_a_server_or_none(tmp_path: Path) -> None:
    assert back_up_on_leaving(at(tmp_path, "2020-01-15T10:00")) is None
    server = open_workspace(
        tmp_path, user="Jo", now=lambda: datetime(2020, 1, 15, tzinfo=UTC), database="postgres://x/y"
    )
    assert back_up_on_leaving(server) is None


def test_before_there_are_plans_it_is_backed_up_too(tmp_path: Path) -> None:
    from outcome_tracker.store.schema import create

    create(locate(tmp_path / "data" / "tracker.db"))
    assert make_backup(at(tmp_path, "2020-01-15T10:00")).removed == ()


def test_without_a_database_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"The folder .* does not exist"):
        make_backup(at(tmp_path, "2020-01-15T10:00"))


def test_copying_the_whole_database_is_for_officers(small: Path, tmp_path: Path) -> None:
    write_plan(small, SMALL, "roles: {officers: [Ann], viewers: [Eve]}\n")
    apply(at(small, "2020-01-15T10:00"))
    eve = replace(at(small, "2020-01-15T10:00"), user="Eve")
    with pytest.raises(Unavailable) as refused:
        make_backup(eve, tmp_path / "mine")
    assert str(refused.value) == (
        "Only officers may copy the whole database, and 'Eve' is not one of them. Ask Ann, or name yourself with "
        "--user; council.yaml lists the officers under roles."
    )
    with pytest.raises(Unavailable, match="may look, and 'Sam' is not one of them"):
        make_backup(replace(eve, user="Sam"), tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


def test_where_nothing_may_be_changed_none_is_made(small: Path) -> None:
    ann = at(small, "2020-01-15T10:00")
    assert back_up_on_leaving(replace(ann, read_only=True)) is None
    assert back_up_on_leaving(ann) is not None
