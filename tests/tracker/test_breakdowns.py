"""Breakdown tables for reports: read in two queries, one table a breakdown that has figures."""

from pathlib import Path

import pytest

from outcome_tracker.core.period import Period, parse
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store.connection import Connection
from outcome_tracker.tracker.breakdowns import find, gather, show_breakdown, tables
from outcome_tracker.tracker.workspace import Workspace, open_workspace
from tests.running import run, write_plan
from tests.tui.entering import now

PLAN = """
plan: Calls
code: P
indicators:
  - {code: ALL, title: Calls, tier: wider, unit: number, better: neither, frequency: monthly, basis: period}
breakdowns:
  - {code: KIND, title: Calls by kind, dimensions: [kind], total: ALL, shares: true}
  - {code: NONE, title: Nothing yet, dimensions: [kind]}
  - {code: YEARLY, title: Calls by ward, dimensions: [ward], frequency: annual}
"""
MONTHS = [parse("March 2019").shift(-step) for step in range(24)]


@pytest.fixture
def calls(tmp_path: Path) -> Workspace:
    write_plan(tmp_path, PLAN)
    assert run(tmp_path, "targets", "apply").code == 0
    rows = "".join(f"KIND,{month},urgent,,{number}\n" for number, month in enumerate(MONTHS, 1))
    rows += "YEARLY,2018-19,,North,40\nYEARLY,2017-18,,North,50\nYEARLY,2015-16,,North,1\n"
    (tmp_path / "b.csv").write_text("breakdown,period,kind,ward,count\n" + rows, encoding="utf-8")
    assert run(tmp_path, "import", "breakdowns", str(tmp_path / "b.csv")).code == 0
    figures = "".join(f"ALL,{month},100\n" for month in MONTHS)
    (tmp_path / "f.csv").write_text("indicator,period,value\n" + figures, encoding="utf-8")
    assert run(tmp_path, "import", "figures", str(tmp_path / "f.csv")).code == 0
    return open_workspace(tmp_path, user="Jo", now=now)


def seen(workspace: Workspace, reporting: Period) -> dict[str, tuple[str, str, str]]:
    with workspace.read() as reader:
        agreed = reader.agreed()
        gathered = gather(reader, agreed.breakdowns, reporting)
    made = tables(agreed.plans[0], agreed, gathered, reporting)
    return {
        table.breakdown.code: (
            str(table.lines[0].later.count),
            str(table.lines[0].earlier.count),
            str(table.total.later.count if table.total else None),
        )
        for table in made
    }


def test_a_quarter_shows_the_12_months_to_its_end_with_the_total_of_the_indicator(calls: Workspace) -> None:
    assert seen(calls, parse("2018-19 Q4")) == {"KIND": ("78", "222", "1200"), "YEARLY": ("40", "50", "40")}


def test_a_month_without_figures_has_no_table_and_a_year_stands_until_the_next(calls: Workspace) -> None:
    assert seen(calls, parse("2019-04")) == {"YEARLY": ("40", "50", "40")}


def test_two_queries_are_enough(calls: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    rows = Connection.rows

    def counted(self: Connection, sql: str, **parameters: object) -> list[tuple[object, ...]]:
        asked.append(sql)
        return rows(self, sql, **parameters)

    with calls.read() as reader:
        agreed = reader.agreed()
        monkeypatch.setattr(Connection, "rows", counted)
        gathered = gather(reader, agreed.breakdowns, parse("2018-19 Q4"))
        assert len(asked) == 2
        assert gather(reader, [], parse("2018-19 Q4")).figures == {}
        assert len(asked) == 2
    assert {code: len(figures) for code, figures in gathered.figures.items()} == {"KIND": 24, "YEARLY": 2}
    assert len(gathered.totals["ALL"]) == 24


def test_the_latest_period_is_shown_unless_another_is_asked_for(calls: Workspace) -> None:
    assert show_breakdown(calls, "kind").table.period == parse("March 2019")
    with pytest.raises(Unavailable) as raised:
        show_breakdown(calls, "YEARLY", parse("2017-18 Q2"))
    assert str(raised.value) == (
        "There are no figures of YEARLY for Year 2016-17. There are some for Year 2018-19: --period 2018-19"
    )


def test_a_breakdown_is_found_in_any_case(calls: Workspace) -> None:
    with calls.read() as reader:
        agreed = reader.agreed()
    assert find(agreed, " kind ")[1].code == "KIND"
    with pytest.raises(Unavailable, match=r"There is no breakdown 'KIN'\. Did you mean 'KIND'\?"):
        find(agreed, "KIN")
