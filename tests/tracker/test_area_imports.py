"""Open data of all areas comes in as published, for the indicators whose plan files name its columns."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.area import AreaFigure, AreaRelease, Level
from outcome_tracker.core.figure import Stamp
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store.area_writer import AreaWriter, area_writer
from outcome_tracker.store.location import Location, locate
from outcome_tracker.tracker.area_imports import AreasImported, Given, import_areas
from outcome_tracker.tracker.area_registry import registry
from outcome_tracker.tracker.plans import apply
from outcome_tracker.tracker.workspace import Workspace
from tests.running import write_plan

PLAN = """
plan: A plan
code: P
indicators:
  - {code: AGAIN, title: Repeat plans, tier: headline, unit: percent, better: lower, frequency: quarterly,
     basis: rolling 12 months,
     benchmark: {layout: ees, file: "D3_*.csv", where: {category: Second plans}, value: pct,
                 numerator: again, denominator: start, available_after: 8 months}}
  - {code: RATE, title: Plans started, tier: wider, unit: rate per 10000, better: neither, frequency: annual,
     basis: period, benchmark: {layout: ees, file: "d3_*.csv", where: {category: All plans},
                                numerator: start, denominator: people}}
  - {code: LAIT, title: Placed far away, tier: wider, unit: percent, better: lower, frequency: annual, basis: point,
     benchmark: {layout: lait, file: "lait*.csv", where: {Short Desc: LACDistance}}}
  - {code: POUNDS, title: Balance, tier: wider, unit: pounds, better: higher, frequency: monthly, basis: point}
"""
HEADING = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,"
    "old_la_code,new_la_code,la_name,category,start,again,pct,people\n"
)
ENGLAND = "Reporting year,National,E92000001,England,,,,,,"
REGION = "Reporting year,Regional,E92000001,England,E12000002,North West,,,,"
OWN = "Reporting year,Local authority,E92000001,England,E12000002,North West,896,E06000050,Cheshire West and Chester,"
BURY = "Reporting year,Local authority,E92000001,England,E12000002,North West,351,E08000002,Bury,"
ROWS = (
    f"2019,{ENGLAND}Second plans,66730,13900,20.8,\n2019,{ENGLAND}All plans,66730,c,c,12000000\n"
    f"2019,{REGION}Second plans,9790,c,c,\n"
    f"2019,{OWN}Second plans,276,44,15.9,\n2018,{OWN}Second plans,x,x,x,\n2018,{BURY}Second plans,200,33,16.5,\n"
)
GOOD = HEADING + ROWS
LAIT = "Short Desc,Data item,Years,LA and Regions,Values,LA Number,Region\n"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("areas")
    _applied(folder, PLAN)
    return (folder / "data" / "tracker.db").read_bytes()


def _workspace(folder: Path, as_at: date | None = None) -> Workspace:
    now = datetime(2020, 1, 15, 10, tzinfo=UTC)
    return Workspace(folder, locate(folder / "data" / "tracker.db"), "Jo", lambda: now, as_at)


def _applied(folder: Path, plan: str) -> Workspace:
    write_plan(folder, plan)
    workspace = _workspace(folder)
    assert not apply(workspace, why="agreed").blocking
    return workspace


def _file(folder: Path, text: str) -> Path:
    (folder / "d3_file.csv").write_text(text, encoding="utf-8")
    return folder / "d3_file.csv"


@pytest.fixture
def workspace(tmp_path: Path, template: bytes) -> Workspace:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "tracker.db").write_bytes(template)
    return _workspace(tmp_path)


Import = Callable[..., AreasImported]


@pytest.fixture
def load(workspace: Workspace) -> Import:
    """Import a text under a file name; more arguments are what is `Given`."""

    def load(text: str | bytes, name: str = "d3_2013_to_2019.csv", *, dry_run: bool = False, **given: object) -> object:
        path = workspace.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return import_areas(workspace, path, Given(**given), dry_run=dry_run)  # type: ignore[arg-type] # as named

    return load  # type: ignore[return-value] # an AreasImported


def releases(workspace: Workspace, indicator: str = "AGAIN") -> list[AreaRelease]:
    with workspace.read() as reader:
        return reader.area_releases().get(indicator, [])


def figures(workspace: Workspace, period: str, indicator: str = "AGAIN") -> dict[str, AreaFigure]:
    """Return the figures of the latest version of the last release of a period."""
    found = [each for each in releases(workspace, indicator) if each.period.code == period]
    with workspace.read() as reader:
        return dict(reader.area_tables(found)[found[-1].number].figures)


def figure(value: str | None, numerator: int | None, denominator: int | None, marker: str = "") -> AreaFigure:
    parts = [None if part is None else Decimal(part) for part in (numerator, denominator)]
    return AreaFigure(None if value is None else Decimal(value), parts[0], parts[1], marker)


def sentences(imported: AreasImported) -> list[str]:
    """Return the problems as printed, the file's folder left out, and without the description of the file."""
    shown = [f"{p.line}: {p.key}: {p.message}" for p in imported.problems]
    return [text for text in shown if not text.startswith("0: : The file has the columns")]


def test_one_file_feeds_every_indicator_whose_plan_names_its_columns(workspace: Workspace, load: Import) -> None:
    imported = load(GOOD, released=date(2019, 10, 31))
    assert imported.problems == ()
    assert (imported.added, imported.changed, imported.unchanged) == (3, 0, 0)
    assert imported.lines == ("AGAIN 2017-18 to 2018-19: 2 periods new.", "RATE 2018-19: 1 period new.")
    assert [(r.period.code, r.release, r.source, r.released, r.restated) for r in releases(workspace)] == [
        ("2017-18", "d3_2013_to_2019", "d3_2013_to_2019", date(2019, 10, 31), True),
        ("2018-19", "d3_2013_to_2019", "d3_2013_to_2019", date(2019, 10, 31), False),
    ]
    assert figures(workspace, "2018-19") == {
        "E92000001": figure("20.8", 13900, 66730),
        "E12000002": figure(None, None, 9790, "c"),
        "E06000050": figure("15.9", 44, 276),
    }
    assert figures(workspace, "2017-18")["E06000050"] == figure(None, None, None, "x")


def test_without_a_column_of_values_they_are_worked_out_from_the_parts(workspace: Workspace, load: Import) -> None:
    text = GOOD + f"2019,{OWN}All plans,c,c,c,60000\n2019,{BURY}All plans,5,c,c,0\n2019,{REGION}All plans,5,c,c,z\n"
    assert load(text).problems == ()
    assert figures(workspace, "2018-19", "RATE") == {
        "E92000001": figure("55.6", 66730, 12000000),
        "E06000050": figure(None, None, 60000, "c"),
        "E08000002": figure(None, 5, 0),
        "E12000002": figure(None, 5, None, "z"),
    }


def test_columns_may_come_in_any_order_behind_a_byte_order_mark(workspace: Workspace, load: Import) -> None:
    lines = [line.split(",") for line in GOOD.splitlines()]
    turned = "\ufeff" + "".join(",".join(f'"{cell}"' for cell in reversed(line)) + "\r\n" for line in lines)
    assert load(turned).problems == ()
    assert figures(workspace, "2018-19")["E06000050"] == figure("15.9", 44, 276)


def test_the_same_file_again_changes_nothing_and_keeps_its_date(workspace: Workspace, load: Import) -> None:
    load(GOOD, released=date(2019, 10, 31), source="DfE")
    before = workspace.location.file.read_bytes()
    for more in ({"released": date(2019, 10, 31), "source": "DfE"}, {}):
        again = load(GOOD, **more)
        assert (again.added, again.changed, again.unchanged) == (0, 0, 3)
        assert again.lines == ("AGAIN 2017-18 to 2018-19: 2 periods unchanged.", "RATE 2018-19: 1 period unchanged.")
    assert workspace.location.file.read_bytes() == before


def test_a_corrected_file_is_a_version_and_a_later_release_stands_beside(workspace: Workspace, load: Import) -> None:
    load(GOOD, release="2019", released=date(2019, 10, 31))
    corrected = load(GOOD.replace("15.9", "16.0"), release="2019", released=date(2019, 10, 31))
    assert corrected.lines[0] == "AGAIN 2018-19: 1 period changed."
    assert (corrected.added, corrected.changed, corrected.unchanged) == (0, 1, 2)
    later = load(GOOD.replace("15.9", "16.2"), "d3_later.csv", release="2020", released=date(2020, 1, 10))
    assert (later.added, later.changed) == (3, 0)
    assert [(r.period.code, r.release, r.version) for r in releases(workspace) if r.period.code == "2018-19"] == [
        ("2018-19", "2019", 1),
        ("2018-19", "2019", 2),
        ("2018-19", "2020", 1),
    ]


def test_a_date_that_is_given_later_is_a_correction(workspace: Workspace, load: Import) -> None:
    load(GOOD)
    assert load(GOOD, released=date(2019, 10, 31)).changed == 3
    assert {r.released for r in releases(workspace) if r.version == 2} == {date(2019, 10, 31)}


def test_a_dry_run_says_the_same_and_saves_nothing(workspace: Workspace, load: Import) -> None:
    before = workspace.location.file.read_bytes()
    dry = load(GOOD, dry_run=True)
    assert (dry.added, dry.lines[1]) == (3, "RATE 2018-19: 1 period new.")
    assert workspace.location.file.read_bytes() == before


def test_an_import_that_ends_while_another_one_waits_is_no_conflict(
    workspace: Workspace, load: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    def after_another(location: Location, stamp: Stamp, *, dry_run: bool) -> AbstractContextManager[AreaWriter]:
        monkeypatch.undo()
        load(GOOD, "d3_first.csv", release="first")
        load(GOOD, "d3_second.csv", release="second", released=date(2019, 12, 1))
        return area_writer(location, stamp, dry_run=dry_run)

    monkeypatch.setattr("outcome_tracker.store.area_writer.area_writer", after_another)
    assert load(GOOD, release="second").unchanged == 3
    assert [(each.release, each.version, each.released) for each in releases(workspace, "RATE")] == [
        ("first", 1, None),
        ("second", 1, date(2019, 12, 1)),
    ]


def test_areas_are_named_by_the_files_own_rows(workspace: Workspace, load: Import) -> None:
    newer = OWN.replace("Cheshire West and Chester", "Cheshire West").replace("896", "999")
    load(
        f"{HEADING}2019,{newer}Second plans,276,44,15.9,\n2018,{OWN}Second plans,276,44,15.9,\n"
        f"2019,{ENGLAND}All plans,276,44,15.9,100\n"
    )  # fmt: skip - two lines of a file
    with workspace.read() as reader:
        areas = reader.areas()
    own, england, bury = areas["E06000050"], areas["E92000001"], areas["E08000002"]
    assert (own.name, own.region, own.dfe_code, own.level) == ("Cheshire West", "North West", "999", Level.AUTHORITY)
    assert (england.name, england.dfe_code, england.level) == ("England", "970", Level.NATIONAL)
    assert (bury.name, bury.version) == ("Bury", 1)  # travels with the program
    load(GOOD, "d3_other.csv")
    with workspace.read() as reader:
        assert (reader.areas()["E06000050"].name, reader.areas()["E06000050"].version) == (
            "Cheshire West and Chester",
            2,
        )


def test_levels_and_areas_that_nothing_is_kept_for_are_counted(load: Import) -> None:
    school = OWN.replace("Local authority", "School")
    unknown = OWN.replace("E06000050", "z").replace("Cheshire West and Chester", "Not known")
    kingdom = ENGLAND.replace("E92000001,England", "K02000001,United Kingdom")
    rows = f"2019,{school}Second plans,1,1,1,\n2018,{school}Second plans,1,1,1,\n2019,{unknown}Second plans,1,1,1,\n"
    imported = load(f"{GOOD}{rows}2019,{kingdom}Second plans,1,1,1,\n")
    assert imported.problems == ()
    assert imported.notes == (
        "2 rows of the level School are left out.",
        "1 row of Not known (local authority), which has no ONS code, is left out.",
        "1 row of United Kingdom is left out.",
    )


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (f"2017,{OWN}Second plans,1,n/a,1,", "8: again: 'n/a' is neither a number nor a marker for a missing one (c,"),
        (f"2017,{OWN}Second plans,1,1,101,", "8: pct: 101 is more than 100, and AGAIN is a percentage; is it the"),
        (f"2017,{OWN}Second plans,-1,1,1,", "8: start: -1 is below zero, which AGAIN (percent) can't be; is it the"),
        (f"201617,{OWN}Second plans,1,1,1,", "8: time_period: '201617' is no time_period for 'Reporting year'; it"),
        (
            f"2017,{OWN}Second plans,1,1,1,".replace("Reporting year", "Week 1"),
            "8: time_period: 'Week 1 2017' is no period that figures can be compared for; leave such rows out by",
        ),
        (
            f"2017,{OWN}Second plans,1,1,1,".replace("E06000050", "E0600050"),
            "8: new_la_code: 'E0600050' is not the ONS code of a row whose level is Local authority; correct it.",
        ),
        (
            f"2017,{REGION}Second plans,1,1,1,".replace("E12000002", "E08000002"),
            "8: region_code: 'E08000002' is not the ONS code of a row whose level is Regional; correct it.",
        ),
        (f"2017,{OWN}Second plans,1,1,1,,,7", "8: : The row has 17 cells but the heading 15; put quotes round a text"),
    ],
)
def test_a_problem_names_line_and_column_and_nothing_comes_in(
    workspace: Workspace, load: Import, row: str, sentence: str
) -> None:
    imported = load(f"{GOOD}{row}\n")
    assert [text[: len(sentence)] for text in sentences(imported)] == [sentence]
    assert imported.problem_count == 1
    assert releases(workspace) == []


def test_what_is_ahead_of_today_is_said_and_comes_in(load: Import) -> None:
    later = f"2022,{OWN}Second plans,1,1,1,\n2024,{OWN}Second plans,1,1,1,\n"
    imported = load(GOOD + later, released=date(2024, 10, 31))
    assert (imported.added, imported.problems) == (5, ())
    assert imported.notes == (
        "Year 2021-22 to Year 2023-24 have not begun; the figures count once they have.",
        "2024-10-31 has not come yet; what is released then counts from that day on.",
    )


def test_what_is_not_out_by_the_usual_delay_is_said_unless_it_has_a_date(load: Import) -> None:
    """It is 15 January 2020: 2018-19 came out on 30 November 2019, a quarter that ended in December has not yet."""
    quarter = GOOD + f"201920,{OWN.replace('Reporting year', 'Financial year Q3')}Second plans,1,1,1,\n"
    assert load(GOOD).notes == ()
    assert load(quarter, "d3_quarter.csv").notes == (
        (
            "AGAIN 2019-20 Q3 counts from 2020-08-31 on, the usual delay after it; "
            "if it is out already, import the file with --released and the day it came out."
        ),
    )
    assert load(quarter, "d3_quarter.csv", released=date(2020, 1, 10)).notes == ()


def test_a_hundred_problems_are_told_and_the_rest_counted(load: Import) -> None:
    imported = load(GOOD + f"2019,{BURY}Second plans,?,?,?,\n" * 250)
    assert imported.problem_count >= 750
    assert len(imported.problems) == 100


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            GOOD.replace("category", "categories").replace("pct", "percent"),
            [
                "1: AGAIN where: There is no column 'category'. Did you mean 'categories'?",
                "1: AGAIN value: There is no column 'pct'. Did you mean 'percent'?",
                "1: RATE where: There is no column 'category'. Did you mean 'categories'?",
            ],
        ),
        (
            GOOD.replace("Second plans", "Second or later plans"),
            ["0: AGAIN where: No row has 'Second plans' under 'category'. Did you mean 'Second or later plans'?"],
        ),
        (
            GOOD.replace("category", "category,sex").replace("Second plans", "Second plans,Boys")
            + f"2019,{OWN}Second plans,Girls,5,5,5,\n",
            [
                (
                    "0: AGAIN where: The rows wanted have several values under 'sex': Boys and Girls. "
                    "Name one under where, or '*' if it makes no difference."
                )
            ],
        ),
        (
            GOOD.replace("category", "category,age").replace("Second plans", "Second plans,5")
            + f"2019,{OWN}Second plans,6,5,5,5,\n",
            [
                (
                    "8: AGAIN where: The rows wanted have Cheshire West and Chester in 2018-19 more than once, again "
                    "in this line; name more filters under where, so that one row of each is left."
                )
            ],
        ),
        (
            GOOD.replace("Local authority", "Ward").replace("Regional", "Ward").replace("National,", "School,"),
            [
                "0: AGAIN where: None of the rows wanted is of England, a region or a local authority.",
                "0: RATE where: None of the rows wanted is of England, a region or a local authority.",
            ],
        ),
        (
            GOOD.replace("again", "start", 1),
            [
                "1: AGAIN numerator: There is no column 'again'.",
                "1: AGAIN denominator: The column 'start' stands twice; keep one.",
                "1: RATE numerator: The column 'start' stands twice; keep one.",
            ],
        ),
        (GOOD.replace("new_la_code", "la_name", 1), ["1: : The column 'la_name' stands twice; keep one."]),
        (
            GOOD.replace("new_la_code", "la_code", 1),
            ["1: : The column 'new_la_code' is missing, which rows of the level Local authority need; add it."],
        ),
    ],
)  # fmt: skip - a file and what is said of it
def test_a_mapping_that_does_not_fit_says_what_the_file_has(load: Import, text: str, expected: list[str]) -> None:
    assert sentences(load(text)) == expected


def test_the_file_is_described_with_its_filters_where_a_mapping_does_not_fit(load: Import) -> None:
    described = load(GOOD.replace("Second plans", "Later plans")).problems[-1]
    assert described.message == (
        "The file has the columns time_period, time_identifier, geographic_level, country_code, country_name, "
        "region_code, region_name, old_la_code, new_la_code, la_name, category, start, again, pct, people. "
        "Its filters are category (All plans and Later plans)."
    )


def test_two_filters_that_no_row_has_together_are_named(tmp_path: Path) -> None:
    workspace = _applied(
        tmp_path, PLAN.replace("{category: Second plans}", "{category: Second plans, people: 12000000}")
    )
    assert sentences(import_areas(workspace, _file(tmp_path, GOOD), Given())) == [
        "0: AGAIN where: No row has 'Second plans' under 'category' and '12000000' under 'people'."
    ]


@pytest.mark.parametrize("columns", ["", "numerator: again,", "denominator: start,"])
def test_a_mapping_without_figures_says_what_to_add(tmp_path: Path, columns: str) -> None:
    workspace = _applied(
        tmp_path, PLAN.replace("value: pct,", "").replace("numerator: again, denominator: start,", columns)
    )
    assert sentences(import_areas(workspace, _file(tmp_path, GOOD), Given())) == [
        "0: AGAIN benchmark: The plan file names no column of values; add value, or numerator and denominator."
    ]


def test_a_file_without_rows_says_so(load: Import) -> None:
    assert sentences(load(HEADING)) == [
        "0: AGAIN where: No row has 'Second plans' under 'category'.",
        "0: RATE where: No row has 'All plans' under 'category'.",
    ]


def test_any_value_of_a_filter_can_be_taken_on_purpose(tmp_path: Path) -> None:
    plan = PLAN.replace("{category: Second plans}", '{category: Second plans, kind: "*"}')
    text = HEADING.replace("category", "category,kind") + "".join(
        f"2019,{area}Second plans,{kind},276,44,15.9,\n2019,{area}All plans,any,5,5,5,5\n"
        for area, kind in ((ENGLAND, "Country"), (OWN, "City"))
    )
    assert import_areas(_applied(tmp_path, plan), _file(tmp_path, text), Given()).problems == ()


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (
            "other.csv",
            GOOD,
            (
                "0: : No indicator's benchmark has a file pattern that fits 'other.csv'. The patterns are "
                'AGAIN "D3_*.csv", RATE "d3_*.csv" and LAIT "lait*.csv". Rename the file, or correct the plan file and'
            ),
        ),
        (
            "lait_2019.csv",
            GOOD,
            (
                "1: LAIT layout: The plan file says layout lait (LA and Regions, Years and Values), but the file has "
                "the columns of the layout ees: time_period, "
            ),
        ),
        ("lait_2019.csv", "a,b\n", "1: LAIT layout: The plan file says layout lait (LA and Regions, Years and Values"),
        ("d3_x.csv", b"PK\x03\x04", "0: : This is a workbook, not CSV; save the sheet as CSV UTF-8 and import that."),
        ("d3_x.csv", f"{GOOD}\n".encode() + b"\xff", "9: : This line is not UTF-8; save the file as CSV UTF-8, or"),
    ],
)
def test_a_file_that_no_plan_file_knows_is_refused(load: Import, name: str, text: str | bytes, sentence: str) -> None:
    assert [shown[: len(sentence)] for shown in sentences(load(text, name))] == [sentence]


def test_without_a_benchmark_in_any_plan_the_layouts_are_named(tmp_path: Path) -> None:
    write_plan(tmp_path, PLAN.partition("  - {code: RATE")[0].partition(",\n     benchmark")[0] + "}\n")
    workspace = _workspace(tmp_path)
    assert not apply(workspace, why="agreed").blocking
    path = tmp_path / "d3.csv"
    path.write_text(GOOD)
    assert (
        import_areas(workspace, path, Given())
        .problems[0]
        .message.startswith("No plan file says what 'd3.csv' holds: none has a benchmark.")
    )


def test_the_long_layout_finds_areas_by_number_and_by_name(workspace: Workspace, load: Import) -> None:
    imported = load(
        LAIT
        + "LACDistance,Far away,2019,Cheshire West & Chester,18.899999999999999,896.0,North West\n"
        + "LACDistance,Far away,2018/19,London (Inner),20,,NA\nLACDistance,Far away,2019,England,-,970.0,NA\n"
        + "LACDistance,Far away,2019,North Yorkshire,7,815.0,Yorkshire and The Humber\n"
        + "LACDistance,Far away,2019,Metropolitan districts,7,995.0,NA\nOther,Other,soon,Bury,?,351.0,North West\n",
        "lait_2019.csv",
    )
    assert imported.problems == ()
    assert imported.notes == ("1 row of Metropolitan districts (995), which is a group of authorities, is left out.",)
    assert figures(workspace, "2018-19", "LAIT") == {
        "E06000050": figure("18.9", None, None),
        "E13000001": figure("20", None, None),
        "E92000001": figure(None, None, None, "-"),
        "E06000065": figure("7", None, None),  # not the county that was North Yorkshire before
    }
    with workspace.read() as reader:
        assert reader.areas()["E06000050"].name == "Cheshire West and Chester"


def test_an_authority_that_is_not_known_is_refused(load: Import) -> None:
    text = f"{LAIT}LACDistance,Far,2019,Nowhere,1,111.0,\nLACDistance,Far,soon,Elsewhere,1,,\n"
    hint = "correct it, or import a file first that gives its ONS code."
    assert sentences(load(text, "lait_2019.csv")) == [
        f"2: LA Number: No area of England has the DfE number '111'; {hint}",
        "3: Years: 'soon' is not a period; write 2018-19 Q4, 2019-03 or 2018-19.",
        f"3: LA and Regions: No area of England has the name 'Elsewhere'; {hint}",
    ]


PLAIN = "indicator,area,area_name,region,period,value,numerator,denominator,source,release,released\n"


def test_the_plain_layout_says_everything_itself_whatever_the_file_is_called(
    workspace: Workspace, load: Import
) -> None:
    imported = load(
        PLAIN.upper()
        + "again,E06000050,Cheshire West,North West,2018-19,,44,276,DfE,CIN 2019,2019-10-31\n"
        + "AGAIN,E92000001,England,,2018-19,20.8,,,DfE,CIN 2019,2019-10-31\n"
        + "AGAIN,E92000001,England,,2017-18,c,,,DfE,CIN 2019,2019-10-31\n"
        + "AGAIN,E92000001,England,,2017-18,20.2,,,DfE,CIN 2018,2018-10-25\n"
        + "POUNDS,E92000001,,,2011-12,-5.5,,,,,\nPOUNDS,E92000001,,,2018-19,'-6,,,,,\n",
        "d3_anything.csv",
    )
    assert imported.problems == ()
    assert [(r.period.code, r.release, r.restated) for r in releases(workspace)] == [
        ("2017-18", "CIN 2018", False),
        ("2017-18", "CIN 2019", True),
        ("2018-19", "CIN 2019", False),
    ]
    assert figures(workspace, "2018-19")["E06000050"] == figure("15.9", 44, 276)
    assert [(r.period.label, r.release) for r in releases(workspace, "POUNDS")] == [
        ("Year 2018-19", "d3_anything"),
        ("December 2011", "d3_anything"),
    ]
    assert figures(workspace, "2018-19", "POUNDS") == {"E92000001": figure("-6", None, None)}
    with workspace.read() as reader:
        assert reader.areas()["E06000050"].name == "Cheshire West"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("indicator,area,period,valu\n", ["1: valu: 'valu' is not a column of this file. Did you mean 'value'? The c"]),
        (
            PLAIN + "AGAN,W06000001,,,2018,5,,,,,\n,,,,2018-19,5,,,,,\n",
            [
                "2: indicator: There is no indicator 'AGAN'. Did you mean 'AGAIN'?",
                "2: area: 'W06000001' is not the ONS code of England, a region or a local authority, as in E06000050.",
                "3: indicator: The indicator is empty; fill it in.",
                "3: area: The area is empty; fill it in.",
            ],
        ),
        (
            PLAIN
            + "AGAIN,E06000050,,,2018,5,,,,,\nAGAIN,E06000050,,,2018-19,5,,,,,2019\n"
            + "AGAIN,E06000050,,,2018-19,5,,,,,2017-01-01\n"
            + "AGAIN,E06000050,,,2018-19,5,,,A,R,\nAGAIN,E08000002,,,2018-19,5,,,B,R,\n"
            + "AGAIN,E06000050,,,2018-19,6,,,A,R,\nRATE,E06000050,,,2018-19,60,-1,,,,\n",
            [
                "2: period: '2018' does not say which year it means; write 2018-19 for April 2018 to March 2019.",
                "3: released: '2019' is not a date; write it as 2019-03-31.",
                "4: released: 2017-01-01 is before Year 2018-19 began; correct the date.",
                "6: source: AGAIN 2018-19 of the release 'R' has 'A' in an earlier row and 'B' here; it can have one.",
                "7: : AGAIN 2018-19 of E06000050 stands in this file already; keep one row of it.",
                "8: numerator: -1 is below zero, which RATE (rate per 10000) can't be; is it the right column?",
            ],
        ),
        (
            PLAIN + "".join(f"AGAIN,E07{n:06},,,2018-19,5,,,,,\n" for n in range(1025)),
            ["1026: area: The file names more than 1,024 areas; is 'E07001024' one of England's?"],
        ),
    ],
)
def test_the_plain_layouts_problems_name_line_and_column(load: Import, text: str, expected: list[str]) -> None:
    assert [shown[: len(sentence)] for shown, sentence in zip(sentences(load(text)), expected, strict=True)] == expected


def test_the_past_cannot_be_changed(workspace: Workspace) -> None:
    with pytest.raises(Unavailable, match="the past cannot be changed"):
        import_areas(_workspace(workspace.folder, date(2019, 5, 31)), workspace.folder / "x.csv", Given())


@given(
    st.binary(max_size=80) | st.text(alphabet='a1,;"\r\n\t é*-c', max_size=60).map(str.encode),
    st.sampled_from([HEADING, GOOD, LAIT, PLAIN, "\ufeff" + HEADING[:-1], ""]),
    st.sampled_from(["d3_a.csv", "lait_a.csv", "x.csv"]),
    st.sampled_from(["utf-8-sig", "cp1252"]),
)
def test_no_bytes_make_an_import_raise(
    tmp_path_factory: pytest.TempPathFactory, template: bytes, content: bytes, start: str, name: str, encoding: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "any bytes"
    (folder / "data").mkdir(parents=True, exist_ok=True)
    if not (folder / "data" / "tracker.db").exists():
        (folder / "data" / "tracker.db").write_bytes(template)
    (folder / name).write_bytes(start.encode() + content)
    imported = import_areas(_workspace(folder), folder / name, Given(encoding=encoding), dry_run=True)
    assert imported.problem_count == 0 or imported.problems


def test_the_registry_knows_every_authority_once_and_its_latest_code_last() -> None:
    areas = registry()
    assert sum(area.level is Level.NATIONAL for area in areas.values()) == 1
    assert sum(area.level is Level.REGION for area in areas.values()) == 11
    by_number: dict[str, list[str]] = {}
    for area in areas.values():
        by_number.setdefault(area.dfe_code, []).append(area.code)
        assert bool(area.region) is (area.level is Level.AUTHORITY)
    assert {number: codes for number, codes in by_number.items() if len(codes) > 1} == {
        "815": ["E10000023", "E06000065"],
        "825": ["E10000002", "E06000060"],
        "933": ["E10000027", "E06000066"],
    }


def test_what_is_ahead_of_today_is_said_and_taken(workspace: Workspace, load: Import) -> None:
    rows = "AGAIN,E06000050,,,2098-99,5,,,,,2099-06-01\nAGAIN,E06000050,,,2099-00,5,,,,,2100-06-01\n"
    imported = load(PLAIN + rows)
    assert imported.notes == (
        "Year 2098-99 to Year 2099-00 have not begun; the figures count once they have.",
        "2099-06-01 has not come yet; what is released then counts from that day on.",
        "2100-06-01 has not come yet; what is released then counts from that day on.",
    )
    assert len(releases(workspace)) == 2
