"""What is read: current versions, versions as known on a day, and every version ever."""

import sqlite3
from dataclasses import replace
from datetime import date
from decimal import Decimal

import psycopg
import pytest

from outcome_tracker.core.area import AreaRelease, NeighbourList
from outcome_tracker.core.benchmark import Benchmark
from outcome_tracker.core.breakdown import BreakdownFigure, Counted
from outcome_tracker.core.commentary import Commentary, PublishedLine
from outcome_tracker.core.figure import Status
from outcome_tracker.core.indicator import Action, Agreed, Council, Indicator, Plan
from outcome_tracker.core.milestone import Progress, Report
from outcome_tracker.core.period import Period, parse
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store.area_writer import area_writer
from outcome_tracker.store.codec import bodies, target_bodies
from outcome_tracker.store.connection import Connection, connect
from outcome_tracker.store.facts import Definition, Fact, TargetVersion
from outcome_tracker.store.location import Location, locate
from outcome_tracker.store.queries import Reader
from outcome_tracker.store.writer import Writer
from tests.store.examples import QUARTER, figure, one_of_each, stamp
from tests.store.test_codec import COUNCIL, INDICATOR

MARCH, MAY, JUNE = date(2019, 3, 1), date(2019, 5, 1), date(2019, 6, 1)


def test_facts_come_back_as_they_were_saved(location: Location, writer: Writer) -> None:
    facts = one_of_each()
    writer.save(facts)
    with Reader.open(location) as reader:
        found: list[object] = [
            *reader.figures(),
            *reader.benchmarks(),
            *reader.breakdown_figures(),
            *reader.milestone_reports(),
            *reader.commentary(),
            *reader.published_lines(),
        ]
        assert found == facts[:6]
        assert reader.definitions() == {("plan", "SAFE"): (1, '{"title":"Safe"}', False)}
        assert reader.targets() == {("SAFE-01", "2018-19"): (1, '{"goal":["14"]}', False)}


def test_the_highest_version_is_current_and_all_are_kept(location: Location, writer: Writer) -> None:
    versions = [figure("16", 1), figure("15.9", 2), figure("16.0", 3)]
    for version in versions:
        writer.save([version])
    with Reader.open(location) as reader:
        assert reader.figures() == [versions[2]]
        assert reader.figure_versions("SAFE-01") == versions
        assert reader.latest_figure("SAFE-01", QUARTER) == versions[2]
        assert reader.latest_figure("SAFE-01", QUARTER.previous) is None
        assert reader.figure_versions("SAFE-02") == []


def test_as_at_is_what_was_known_on_that_day(location: Location, writer: Writer) -> None:
    # The second was recorded last and known first, as when an old return is typed in later.
    versions = [figure("1", 1, known=MAY), figure("2", 2, known=MARCH), figure("3", 3, known=JUNE)]
    for version in versions:
        writer.save([version])
    with Reader.open(location) as reader:
        assert reader.figures(as_at=date(2019, 2, 28)) == []
        assert reader.figures(as_at=MARCH) == [versions[1]]
        assert reader.figures(as_at=MAY) == [versions[1]]
        assert reader.figures(as_at=JUNE) == [versions[2]]


def test_figures_of_some_indicators_and_periods(location: Location, writer: Writer) -> None:
    saved = [
        figure(indicator=code, period=period)
        for code in ("SAFE-01", "SAFE-02", "SAFE-03")
        for period in (QUARTER.previous, QUARTER)
    ]
    writer.save(saved)
    with Reader.open(location) as reader:
        assert reader.figures() == saved
        assert reader.figures(["SAFE-03", "SAFE-01"]) == [saved[0], saved[1], saved[4], saved[5]]
        assert reader.figures({"SAFE-02"}, periods=[QUARTER]) == [saved[3]]
        assert reader.figures(periods=[QUARTER], as_at=MARCH) == []
        assert reader.figures([]) == []
        assert reader.figures(["x'; DROP TABLE figure; --"]) == []
        assert set(reader.periods_with_figures()) == {QUARTER, QUARTER.previous}
        assert reader.periods_with_figures(as_at=MARCH) == []


def test_cells_of_some_breakdowns_and_periods(location: Location, writer: Writer) -> None:
    april, march = parse("April 2021"), parse("March 2021")
    counted = Counted(Decimal(5), Decimal(9))
    saved = [
        BreakdownFigure(code, period, ("Police", 'Young, "very"'), 1, counted, stamp(MAY))
        for code in ("CON-AGE", "CON-SRC")
        for period in (march, april)
    ]
    later = replace(saved[3], version=2, content=Counted(status=Status.SUPPRESSED), stamp=stamp(JUNE))
    writer.save([*saved, later])
    with Reader.open(location) as reader:
        assert reader.breakdown_figures() == [*saved[:3], later]
        assert reader.breakdown_figures(["CON-SRC"], as_at=MAY) == saved[2:]
        assert reader.breakdown_figures(["CON-SRC"], periods=[march]) == [saved[2]]
        assert reader.breakdown_figures(as_at=MARCH) == []
        assert reader.known_days() == {MAY: 0, JUNE: 0}


def test_the_order_is_that_of_python_wherever_the_server_is(location: Location, writer: Writer) -> None:
    codes = [
        "SAFE-10",
        "SAFE-2",
        "SAFE_1",
        "SAFEA",
        "a",
        "É",
        "Éa",
        "E",
        "e",
        "é",
        "z",
        "Z",
        " b",
        "-a",
        "\N{PILE OF POO}",
    ]
    lines = [PublishedLine(code, QUARTER, measure, "x", version=1, stamp=stamp()) for code in codes for measure in "aB"]
    lists = [NeighbourList(code, "896", (), "DfE", 1, stamp()) for code in codes]
    releases = [AreaRelease(code, QUARTER, "DfE", "r") for code in codes]
    definitions = [Definition("plan", code, 1, "{}", archived=False, stamp=stamp()) for code in codes]
    targets = [
        TargetVersion(code, parse("2018-19"), 1, "{}", withdrawn=False, reason="", stamp=stamp()) for code in codes
    ]
    writer.save([*(figure(indicator=code) for code in codes), *lines, *lists, *definitions, *targets])
    with area_writer(location, stamp()) as areas:
        for release in releases:
            areas.begin(release)
        areas.finish()
    with Reader.open(location) as reader:
        assert [each.indicator for each in reader.figures()] == sorted(codes)
        assert [(each.plan, each.measure) for each in reader.published_lines()] == sorted(
            (each.plan, each.measure) for each in lines
        )
        assert reader.neighbour_releases() == sorted(codes)
        assert list(reader.area_releases()) == sorted(codes)
        assert [code for _, code in reader.definitions()] == sorted(codes)
        assert [code for code, _ in reader.targets()] == sorted(codes)
        assert [row["key"] for row in reader.audit() if row["what"] == "figure"] == [
            f"{code} 2018-19 Q4" for code in sorted(codes)
        ]


def test_a_month_and_a_year_of_the_same_name_are_two_periods(location: Location, writer: Writer) -> None:
    month, year = parse("December 2011"), parse("2011-12")
    writer.save([figure("1", period=month), figure("2", period=year)])
    with Reader.open(location) as reader:
        assert {f.period: f.content.value for f in reader.figures()} == {month: Decimal(1), year: Decimal(2)}
        found = reader.latest_figure("SAFE-01", month)
        assert found is not None
        assert found.content.value == 1


def test_a_series_is_the_figures_by_period(location: Location, writer: Writer) -> None:
    saved = [figure("1"), figure("2", 2), figure("3", period=QUARTER.previous), figure("4", indicator="SAFE-02")]
    for each in saved:
        writer.save([each])
    with Reader.open(location) as reader:
        series = reader.series()
        assert series == {
            "SAFE-01": {QUARTER: saved[1], QUARTER.previous: saved[2]},
            "SAFE-02": {QUARTER: saved[3]},
        }
        one = series["SAFE-01"]
        assert one[QUARTER] is one[QUARTER]
        assert (len(one), QUARTER.year_before in one, one.get(QUARTER.year_before)) == (2, False, None)
        assert list(reader.series(["SAFE-02"], as_at=MARCH)) == []
        assert list(reader.series(periods=[QUARTER.previous])) == ["SAFE-01"]


def definitions(agreed: Agreed, version: int, known: date) -> list[Fact]:
    texts: list[Fact] = [
        Definition(kind, code, version, body, archived=False, stamp=stamp(known))
        for (kind, code), body in bodies(agreed).items()
    ]
    targets: list[Fact] = [
        TargetVersion(code, parse(year), version, body, withdrawn=False, reason="", stamp=stamp(known))
        for (code, year), body in target_bodies(agreed).items()
    ]
    return texts + targets


def agreed(indicator: Indicator = INDICATOR, council: Council = COUNCIL) -> Agreed:
    return Agreed(council, (Plan("SAFE", "Safe", (indicator,), (Action("SAFE-A1", "Act", "SAFE"),)),))


def test_what_was_agreed_is_as_known_on_a_day_and_else_its_first_version(location: Location, writer: Writer) -> None:
    first, second = agreed(), agreed(replace(INDICATOR, title="Repeat plans"), replace(COUNCIL, region="NW"))
    writer.save(definitions(first, 1, MAY))
    writer.save(definitions(second, 2, JUNE))
    with Reader.open(location) as reader:
        assert reader.agreed() == second
        assert reader.agreed(JUNE) == second
        assert reader.agreed(MAY) == first
        assert reader.agreed(MARCH) == first
        assert {version for version, _, _ in reader.definitions().values()} == {2}


def test_what_plan_files_no_longer_hold_is_left_out(location: Location, writer: Writer) -> None:
    writer.save(definitions(agreed(), 1, MARCH))
    body = bodies(agreed())["indicator", "SAFE-01"]
    writer.save(
        [
            Definition("indicator", "SAFE-01", 2, body, archived=True, stamp=stamp(JUNE)),
            TargetVersion("SAFE-01", parse("2019-20"), 2, "{}", withdrawn=True, reason="no target", stamp=stamp(MAY)),
        ]
    )
    without = replace(INDICATOR, targets=INDICATOR.targets[:1])
    with Reader.open(location) as reader:
        assert reader.agreed().plans[0].indicators == ()
        assert reader.agreed(archived=True).plans[0].indicators == (without,)
        assert reader.agreed(MAY).plans[0].indicators == (without,)
        assert reader.agreed(MARCH).plans[0].indicators == (INDICATOR,)
        assert reader.definitions()["indicator", "SAFE-01"] == (2, body, True)
        assert reader.targets()["SAFE-01", "2019-20"] == (2, "{}", True)


def test_a_database_without_plans_says_how_to_get_them(location: Location) -> None:
    with Reader.open(location) as reader, pytest.raises(Unavailable, match=r"holds no plans yet.*targets apply"):
        reader.agreed()


def benchmark(value: str, version: int, released: date | None) -> Benchmark:
    return Benchmark(
        "SAFE-01", "England", parse("2017-18"), Decimal(value), released=released, version=version, stamp=stamp(JUNE)
    )


def test_a_benchmark_counts_from_its_release_whenever_it_was_recorded(location: Location, writer: Writer) -> None:
    first, revised = benchmark("20.2", 1, MARCH), benchmark("20.3", 2, MAY)
    writer.save([first, revised])
    with Reader.open(location) as reader:
        assert reader.benchmarks() == [revised]
        assert reader.benchmarks(as_at=MAY) == [revised]
        assert reader.benchmarks(as_at=MARCH) == [first]
        assert reader.benchmarks(as_at=date(2018, 1, 1)) == [revised]  # none was out: core decides
        assert reader.benchmarks(["SAFE-02"]) == []
    unknown = benchmark("20.4", 3, None)
    writer.save([unknown])
    with Reader.open(location) as reader:
        assert reader.benchmarks(["SAFE-01"], as_at=MARCH) == [unknown]


def test_milestones_keep_every_report(location: Location, writer: Writer) -> None:
    reports = [
        Report("SAFE-A1.1", 1, Progress.ON_TRACK, stamp=stamp(MARCH)),
        Report("SAFE-A1.1", 2, Progress.DELIVERED, "2019-05-01", stamp=stamp(MAY)),
    ]
    writer.save(reports)
    with Reader.open(location) as reader:
        assert reader.milestone_reports() == reports
        assert reader.milestone_reports(as_at=MARCH) == reports[:1]


def test_sections_of_commentary_come_in_the_order_in_which_they_were_first_recorded(
    location: Location, writer: Writer
) -> None:
    def text(section: str, minute: int, version: int = 1, period: Period = QUARTER) -> Commentary:
        words = f"{section} {version}"
        return Commentary("SAFE", period, section, words, version=version, stamp=stamp(minute=minute))

    recommended, contacts, actions = text("Recommendations", 1), text("Contacts", 2), text("Actions", 3)
    corrected, earlier = text("Recommendations", 4, 2), text("Contacts", 5, period=QUARTER.previous)
    writer.save([actions, contacts, recommended, corrected, earlier])
    with Reader.open(location) as reader:
        assert reader.commentary() == [earlier, corrected, contacts, actions]
        assert reader.commentary_versions("SAFE") == [earlier, recommended, corrected, contacts, actions]


def test_commentary_and_printed_lines_show_their_current_version(location: Location, writer: Writer) -> None:
    texts = [
        Commentary("SAFE", QUARTER, "Analysis", text, version=version, stamp=stamp(known))
        for version, (text, known) in enumerate([("draft", MARCH), ("final", MAY)], start=1)
    ]
    lines = [
        PublishedLine("SAFE", QUARTER, "ratings", text, version=n, stamp=stamp()) for n, text in ((1, "a"), (2, "b"))
    ]
    writer.save([*texts, *lines])
    with Reader.open(location) as reader:
        assert reader.commentary() == texts[1:]
        assert reader.commentary(as_at=MARCH) == texts[:1]
        assert reader.commentary_versions("SAFE") == texts
        assert reader.commentary_versions("EX") == []
        assert reader.published_lines() == lines[1:]


def test_the_audit_tells_who_changed_what_from_what_to_what_and_why(location: Location, writer: Writer) -> None:
    writer.save(one_of_each(1))
    writer.save([figure("15.9", 2)])
    with Reader.open(location) as reader:
        found = list(reader.audit())
    assert [row["what"] for row in found[:10]] == [
        "figure", "benchmark", "breakdown_figure", "milestone_report", "commentary", "published_line", "definition",
        "target", "neighbour_list", "sign_off",
    ]  # fmt: skip
    assert found[0]["old"] == ""
    assert found[10] == {
        "at": "2019-05-01T10:02:00.000000+00:00",
        "who": "Jo",
        "what": "figure",
        "key": "SAFE-01 2018-19 Q4",
        "version": "2",
        "old": (
            "value 16.0; numerator 44; denominator 276; status provisional; note printed without decimals; "
            "illustrative; as_published 16; published_rag red; published_direction improved; "
            "source Outcome plan page ¶11; warning More than three times the last figure."
        ),
        "new": "value 15.9; status final",
        "why": "",
        "known": "2019-05-01",
    }
    assert found[6]["new"] == '{"title":"Safe"}'


def test_a_zero_is_told_in_the_audit(location: Location, writer: Writer) -> None:
    writer.save([figure("0")])
    with Reader.open(location) as reader:
        assert next(reader.audit())["new"] == "value 0; status final"


def test_a_snapshot_sees_one_state_and_a_token_tells_of_others(location: Location, writer: Writer) -> None:
    with Reader.open(location) as reader, Reader.open(location) as other:
        before = reader.changed_token()
        with reader.snapshot(), reader.snapshot():
            assert reader.figures() == []
        assert other.figures() == []
        assert reader.changed_token() == before
        writer.save([figure()])
        assert reader.changed_token() != before
        assert len(reader.figures()) == 1
        assert reader.changed_token() == reader.changed_token()


def test_a_snapshot_ends_where_reading_fails(location: Location) -> None:
    with Reader.open(location) as reader:
        with pytest.raises((sqlite3.OperationalError, psycopg.Error)), reader.snapshot():
            reader._connection.rows("SELECT nothing")  # noqa: SLF001 - an error in the middle
        assert reader.figures() == []


class Server:
    """Stands where psycopg's connection would, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, object]]] = []

    def execute(self, sql: str, parameters: dict[str, object]) -> "Server":
        self.asked.append((sql, parameters))
        return self

    def fetchall(self) -> list[tuple[object, ...]]:
        return []


def test_named_parameters_are_written_as_each_driver_wants_them(location: Location) -> None:
    sql = "SELECT :a || 'x%' || CAST(:b AS TEXT)"
    with connect(location) as opened:
        assert opened.rows(sql, a="1", b="2") == [("1x%2",)]
    server = Server()
    Connection(server, locate("postgresql://db.example/tracker")).rows(
        "SELECT '5%', :a, x::text ORDER BY x COLLATE BINARY", a=1
    )
    assert server.asked == [("SELECT '5%%', %(a)s, x::text ORDER BY x COLLATE \"C\"", {"a": 1})]
