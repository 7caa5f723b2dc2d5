"""Saving what open data says of all areas, and reading it back."""

import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.area import Area, AreaFigure, AreaRelease, Level, Neighbour, NeighbourList
from outcome_tracker.core.period import Kind, Period, parse
from outcome_tracker.store.area_rows import _decimal
from outcome_tracker.store.area_writer import AreaWriter, Outcome, Saved, area_writer
from outcome_tracker.store.connection import connect, connect_current
from outcome_tracker.store.location import Location
from outcome_tracker.store.queries import Reader
from outcome_tracker.store.writer import Writer
from tests.store.examples import DAY, stamp

ROOT = Path(__file__).parents[2]
CHESHIRE = Area("E06000050", "Cheshire West and Chester", Level.AUTHORITY, "North West", "896")
YEAR = parse("2017-18")
RELEASE = AreaRelease("SAFE-01", YEAR, "DfE", "CIN 2018", date(2018, 10, 25))
Figures = dict[str, tuple[float | None, float | None, float | None, str]]
TWO: Figures = {"E06000050": (16.9, 48, 284, ""), "E08000012": (None, None, None, "c")}


def save(location: Location, figures: Figures, release: AreaRelease = RELEASE, *, dry_run: bool = False) -> list[Saved]:
    with area_writer(location, stamp(), dry_run=dry_run) as writer:
        number = writer.begin(release)
        writer.add([(number, area, *numbers) for area, numbers in figures.items()])
        return writer.finish()


def read(figures: Figures) -> dict[str, AreaFigure]:
    def decimal(number: float | None) -> Decimal | None:
        return None if number is None else Decimal(str(number))

    return {area: AreaFigure(decimal(v), decimal(n), decimal(d), marker) for area, (v, n, d, marker) in figures.items()}


def stored(location: Location) -> object:
    """All that there is: the file's bytes, or the rows on a server."""
    if location.path is not None:
        return location.path.read_bytes()
    with connect(location) as opened:
        return [opened.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in ("area_release", "area_figure")]  # noqa: S608 - our own names


def test_what_was_saved_is_read_back(location: Location) -> None:
    with area_writer(location, stamp()) as writer:
        writer.add_areas([CHESHIRE])
        first, second = writer.begin(RELEASE), writer.begin(replace(RELEASE, period=parse("2016-17"), restated=True))
        writer.add([(second, "E06000050", 14.5, None, None, ""), (first, "E08000012", None, None, None, "c")])
        writer.add([(first, "E06000050", 16.9, 48, 284, "")])
        assert [saved.outcome for saved in writer.finish()] == [Outcome.ADDED, Outcome.ADDED]
    with Reader.open(location) as reader:
        assert reader.areas() == {"E06000050": replace(CHESHIRE, stamp=stamp())}
        found = reader.area_releases(["SAFE-01"])["SAFE-01"]
        tables = reader.area_tables(found)
        assert reader.area_releases([]) == {}
        assert reader.area_values(found) == {first: {"E06000050": 16.9}, second: {"E06000050": 14.5}}
    assert {each.number: each for each in found} == {
        first: replace(RELEASE, number=first, stamp=stamp()),
        second: replace(RELEASE, period=parse("2016-17"), restated=True, number=second, stamp=stamp()),
    }
    assert tables[first].figures == {
        "E06000050": AreaFigure(Decimal("16.9"), Decimal(48), Decimal(284)),
        "E08000012": AreaFigure(None, None, None, "c"),
    }
    assert tables[second].release.period == parse("2016-17")


def test_the_same_again_changes_nothing(location: Location) -> None:
    save(location, TWO)
    before = stored(location)
    (again,) = save(location, TWO)
    assert (again.outcome, again.release.number, again.release.version) == (Outcome.UNCHANGED, 1, 1)
    with Reader.open(location) as reader:
        assert [each.number for each in reader.area_releases()["SAFE-01"]] == [1]
    assert stored(location) == before


@pytest.mark.parametrize(
    "figures",
    [
        TWO | {"E06000050": (17.0, 48, 284, "")},
        TWO | {"E06000050": (16.9, 48, None, "")},
        TWO | {"E08000012": (None, None, None, "x")},
        TWO | {"E08000013": (None, None, None, "c")},
        {"E06000050": (16.9, 48, 284, "")},
    ],
)
def test_a_correction_is_a_version_beside_a_table_that_stays(location: Location, figures: Figures) -> None:
    other = replace(RELEASE, indicator="SAFE-02")
    save(location, TWO)
    with area_writer(location, stamp()) as writer:
        corrected, new = writer.begin(RELEASE), writer.begin(other)
        writer.add([(new, "E06000050", 19.0, None, None, "")])
        writer.add([(corrected, area, *numbers) for area, numbers in figures.items()])
        assert {s.release.indicator: s.outcome for s in writer.finish()} == {
            "SAFE-01": Outcome.CHANGED,
            "SAFE-02": Outcome.ADDED,
        }
    with Reader.open(location) as reader:
        found = reader.area_releases()["SAFE-01"]
        tables = reader.area_tables(found)
        assert reader.area_values(reader.area_releases()["SAFE-02"]) == {new: {"E06000050": 19}}
    assert [each.version for each in found] == [1, 2]
    assert [tables[each.number].figures for each in found] == [read(TWO), read(figures)]


def test_a_date_that_was_missing_is_a_correction_too(location: Location) -> None:
    save(location, TWO, replace(RELEASE, released=None))
    (saved,) = save(location, TWO)
    assert (saved.outcome, saved.release.version, saved.release.released) == (Outcome.CHANGED, 2, date(2018, 10, 25))


def test_that_a_table_is_given_again_may_be_said_once_all_are_read(location: Location) -> None:
    other = replace(RELEASE, indicator="SAFE-02")
    for outcome in (Outcome.ADDED, Outcome.UNCHANGED):
        with area_writer(location, stamp()) as writer:
            numbers = [writer.begin(RELEASE), writer.begin(other)]
            writer.add([(number, "E06000050", 5, None, None, "") for number in numbers])
            writer.restate(numbers[:1])
            saved = writer.finish()
        assert {(each.release.indicator, each.release.restated, each.outcome) for each in saved} == {
            ("SAFE-01", True, outcome),
            ("SAFE-02", False, outcome),
        }


def test_a_dry_run_and_an_error_save_nothing(location: Location) -> None:
    before = stored(location)
    assert save(location, TWO, dry_run=True)[0].outcome is Outcome.ADDED
    with pytest.raises(ZeroDivisionError), area_writer(location, stamp()) as writer:
        writer.add([(writer.begin(RELEASE), "E06000050", 1 / 0, None, None, "")])
    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)):
        save(location, {"E06000050": (float("inf"), None, None, "")})
    assert stored(location) == before


FULL = """
import resource, sys
from pathlib import Path
from outcome_tracker.core.area import AreaRelease
from outcome_tracker.core.period import parse
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store import area_writer
from outcome_tracker.store.location import locate
from tests.store.examples import stamp

area_writer._CACHE_KIB = 64  # so that pages are written before the commit, as those of a very large import are
limit = Path(sys.argv[1]).stat().st_size + 8192
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    with area_writer.area_writer(locate(sys.argv[1]), stamp()) as writer:
        number = writer.begin(AreaRelease("SAFE-01", parse("2017-18")))
        writer.add([(number, f"E{n:08}", float(n), None, None, "") for n in range(5000)])
        writer.finish()
except Unavailable as unavailable:
    print(unavailable)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file sizes")
def test_a_full_disk_in_the_middle_is_a_sentence_and_nothing_is_saved(file: Location) -> None:
    command = [sys.executable, "-c", FULL, file.shown]
    result = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, encoding="utf-8")
    assert result.stdout == (
        f"There is no room left on the disk for {file.shown}. Nothing was saved. Free some space, and try again.\n"
    ), result.stderr
    with Reader.open(file) as reader:
        assert reader.area_releases() == {}


def work(location: Location, tables: int) -> tuple[int, int]:
    """Save so many tables twice; return the steps of SQLite's machine, and its statements that don't insert a row."""
    steps: list[None] = []
    asked: list[str] = []
    periods = [parse("2018-19 Q4").shift(-n) for n in range(tables)]
    for outcome in (Outcome.ADDED, Outcome.UNCHANGED):
        with connect_current(location, write=True) as connection:
            connection.raw.set_progress_handler(lambda: steps.append(None), 20)
            connection.raw.set_trace_callback(asked.append)
            connection.run("BEGIN IMMEDIATE")
            writer = AreaWriter(connection, stamp())
            numbers = [writer.begin(replace(RELEASE, period=period)) for period in periods]
            for area in range(50):
                writer.add([(number, f"E{area:08}", 16.9, 48, 284, "") for number in numbers])
            assert {saved.outcome for saved in writer.finish()} == {outcome}
            connection.run("COMMIT")
    return len(steps), sum(not sql.startswith("INSERT") for sql in asked)


def test_ten_times_the_tables_are_ten_times_the_work_in_as_many_queries(file: Location, tmp_path: Path) -> None:
    other = Location(Path(shutil.copyfile(file.file, tmp_path / "other.db")))
    (steps, queries), (more_steps, as_many) = work(file, 4), work(other, 40)
    assert 5 * steps < more_steps < 11 * steps
    assert as_many == queries


def test_neighbour_lists_are_read_by_release_and_authority(location: Location) -> None:
    first = NeighbourList("2021", "896", (Neighbour("877", "Extremely Close"), Neighbour("937")), "DfE", 1, stamp())
    corrected = replace(first, neighbours=first.neighbours[:1], version=2)
    others = [replace(first, authority="895"), replace(first, release="2025")]
    Writer(location).save([first, corrected, *others])
    with Reader.open(location) as reader:
        assert reader.neighbour_releases() == ["2021", "2025"]
        assert reader.neighbour_lists("2021", "896") == {"896": corrected}
        assert reader.neighbour_lists("2021") == {"895": others[0], "896": corrected}
        assert reader.neighbour_lists("1999") == {}


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_a_printed_number_comes_back_as_printed(number: Decimal) -> None:
    assert _decimal(float(number)) == number


def test_zero_has_no_sign() -> None:
    assert [str(_decimal(number)) for number in (-0.0, 0.0)] == ["0", "0"]


def test_periods_of_every_kind_are_kept_apart(location: Location) -> None:
    periods = [Period(Kind.MONTH, 2011, 12), parse("2011-12"), parse("academic 2011-12"), parse("calendar 2011")]
    for period in periods:
        save(location, TWO, replace(RELEASE, period=period, released=DAY))
    with Reader.open(location) as reader:
        assert {each.period for each in reader.area_releases()["SAFE-01"]} == set(periods)
