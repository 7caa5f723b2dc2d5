"""Saving: all of it or nothing, and never over what somebody else saved."""

import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from outcome_tracker.core.figure import Content, Figure, Status
from outcome_tracker.core.milestone import Progress, Report
from outcome_tracker.store.location import Location
from outcome_tracker.store.queries import Reader
from outcome_tracker.store.writer import Conflict, Writer
from tests.store.examples import DAY, QUARTER, figure, one_of_each, stamp

ROOT = Path(__file__).resolve().parents[2]


def saved(location: Location) -> list[Figure]:
    with Reader.open(location) as reader:
        return reader.figures()


def test_nothing_to_save_is_fine(location: Location, writer: Writer) -> None:
    writer.save([])
    assert saved(location) == []


def test_a_version_that_exists_is_a_conflict_and_nothing_is_saved(location: Location, writer: Writer) -> None:
    writer.save([figure("16")])
    mine, other = figure("15"), figure("12", indicator="SAFE-02")
    with pytest.raises(Conflict) as raised:
        writer.save([other, mine])
    assert raised.value.facts == (mine,)
    assert saved(location) == [figure("16")]
    writer.save([other, replace(mine, version=2)])
    assert len(saved(location)) == 2


@pytest.mark.parametrize("number", range(8))
def test_every_kind_of_fact_can_conflict(writer: Writer, number: int) -> None:
    writer.save(one_of_each())
    fact = one_of_each()[number]
    with pytest.raises(Conflict) as raised:
        writer.save([fact])
    assert raised.value.facts == (fact,)


def test_one_version_given_twice_is_a_conflict_with_itself(location: Location, writer: Writer) -> None:
    with pytest.raises(Conflict) as raised:
        writer.save([figure("1"), figure("2"), figure("3", 2)])
    assert raised.value.facts == (figure("1"), figure("2"))
    assert saved(location) == []


def test_a_figure_that_no_rule_allows_is_a_defect_and_nothing_is_saved(location: Location, writer: Writer) -> None:
    wrong = replace(figure(), content=Content(denominator=Decimal(0)))
    with pytest.raises(IntegrityError, match="figure_denominator"):
        writer.save([figure(indicator="SAFE-02"), wrong])
    assert saved(location) == []


def test_a_fact_needs_a_stamp_with_a_time_zone(writer: Writer) -> None:
    with pytest.raises(ValueError, match="needs a stamp"):
        writer.save([Report("SAFE-A1.1", 1, Progress.ON_TRACK)])
    naive = replace(stamp(), at=datetime(2019, 5, 1))  # noqa: DTZ001 - that is what is refused
    with pytest.raises(ValueError, match="needs a stamp"):
        writer.save([replace(figure(), stamp=naive)])


def test_times_are_kept_in_utc(location: Location, writer: Writer) -> None:
    summer = datetime(2019, 5, 1, 11, 0, 0, 5, tzinfo=timezone(timedelta(hours=1)))
    writer.save([replace(figure(), stamp=replace(stamp(), at=summer))])
    found = saved(location)[0].stamp.at
    assert found == summer
    assert found.isoformat() == "2019-05-01T10:00:00.000005+00:00"


def test_an_absent_figure_is_a_state_and_not_zero(location: Location, writer: Writer) -> None:
    absent = Figure("SAFE-01", QUARTER, 1, Content(status=Status.SUPPRESSED), stamp())
    writer.save([absent])
    assert saved(location) == [absent]
    assert saved(location)[0].content.value is None


def test_an_import_of_many_is_one_transaction(location: Location, writer: Writer) -> None:
    many = [figure(str(n), indicator=f"SAFE-{n:04}") for n in range(5000)]
    with pytest.raises(Conflict):
        writer.save([*many, many[0]])
    assert saved(location) == []
    writer.save(many)
    assert saved(location) == many


def test_text_is_data(location: Location, writer: Writer) -> None:
    odd = "'); DROP TABLE figure; -- :name %(name)s % ? “é” 🙂"
    content = Content(Decimal(1), note=odd, source=odd)
    writer.save([Figure(odd, QUARTER, 1, content, stamp(DAY, who=odd, why=odd))])
    found = saved(location)[0]
    assert (found.indicator, found.content, found.stamp.who) == (odd, content, odd)


FULL = """
import resource, sys
from pathlib import Path
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store.location import locate
from outcome_tracker.store.writer import Writer
from tests.store.examples import figure

location = locate(sys.argv[1])
writer = Writer(location)
writer.save([figure()])
limit = Path(sys.argv[1]).stat().st_size + 8192
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    writer.save([figure(indicator=f"SAFE-{n}") for n in range(2000)])
except Unavailable as unavailable:
    print(unavailable)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file sizes")
def test_a_full_disk_is_a_sentence_and_nothing_is_saved(file: Location) -> None:
    command = [sys.executable, "-c", FULL, file.shown]
    result = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, encoding="utf-8")
    assert result.stdout == (
        f"There is no room left on the disk for {file.shown}. Nothing was saved. Free some space, and try again.\n"
    ), result.stderr
    assert saved(file) == [figure()]
