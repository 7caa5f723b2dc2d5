"""Rows as they were when a plan's period was signed off: by what was sealed, else by the moment."""

from dataclasses import replace
from datetime import UTC, datetime

from outcome_tracker.core.figure import Stamp
from outcome_tracker.core.seal import Item
from outcome_tracker.store.cut import cut_at
from outcome_tracker.store.location import Location
from outcome_tracker.store.queries import Reader
from outcome_tracker.store.writer import Writer
from tests.store.examples import DAY, QUARTER, figure, one_of_each

AT = datetime(2019, 5, 1, 10, 30, tzinfo=UTC)
SAFE = {"SAFE-01": AT, "SAFE-02": AT}
SEALED = [Item("figure", ("SAFE-01", "2018-19 Q4"), 1), Item("figure", ("SAFE-01", "2018-19 Q4"), 2)]


def saved_at(hour: int) -> Stamp:
    return Stamp("Jo", datetime(2019, 5, 1, hour, tzinfo=UTC), DAY)


def test_of_the_sealed_periods_only_sealed_versions_are_there(location: Location, writer: Writer) -> None:
    kept = [figure("14", 1), figure("15", 2)]
    writer.save(
        [
            *kept,
            replace(figure("16", 3), stamp=saved_at(9)),
            replace(figure("7", indicator="SAFE-02"), stamp=saved_at(9)),
        ]
    )
    with Reader.open(location) as reader, reader.snapshot():
        then = reader.as_signed(cut_at(SAFE, SEALED, [QUARTER]))
        assert then.figures() == kept[1:]
        assert len(reader.figures()) == 2
        with then.snapshot():  # that of the reader that it was made from
            assert then.series()["SAFE-01"][QUARTER] == kept[1]


def test_of_other_periods_the_moment_decides(location: Location, writer: Writer) -> None:
    early = replace(figure("14", period=QUARTER.previous), stamp=saved_at(9))
    late = replace(figure("15", 2, period=QUARTER.previous), stamp=saved_at(11))
    writer.save([early, late])
    with Reader.open(location) as reader, reader.snapshot():
        assert reader.as_signed(cut_at(SAFE, SEALED, [QUARTER])).figures() == [early]


def test_every_fact_of_before_is_there_and_none_of_after(location: Location, writer: Writer) -> None:
    writer.save(one_of_each(1))
    with Reader.open(location) as reader, reader.snapshot():
        codes = ("SAFE", "SAFE-01", "SAFE-A1.1", "CON-SRC")
        before, after, others = (
            reader.as_signed(cut_at(dict.fromkeys(covered, AT.replace(hour=hour)), [], []))
            for covered, hour in ((codes, 9), (codes, 11), (("EX", "EX-01"), 9))
        )
        for read in (Reader.benchmarks, Reader.commentary, Reader.milestone_reports, Reader.breakdown_figures):
            assert (read(before), read(after), read(others)) == ([], read(reader), read(reader))
            assert read(reader)
        assert (before.definitions(), before.targets()) == ({}, {})
        assert (after.definitions(), after.targets()) == (reader.definitions(), reader.targets())
        assert len(reader.targets()) == 1
