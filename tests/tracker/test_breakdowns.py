"""One breakdown in a period, and which there are."""

from pathlib import Path

import pytest

from outcome_tracker.core.period import parse
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.tracker.breakdowns import find, list_breakdowns, show_breakdown
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


def counts(workspace: Workspace, code: str, reporting: str) -> tuple[str, str, str]:
    """Return the later and the earlier count of the first row, and the total."""
    table = show_breakdown(workspace, code, parse(reporting)).table
    (line, total) = table.lines[0], table.total
    return str(line.later.count), str(line.earlier.count), str(total.later.count if total else None)


def test_a_quarter_shows_the_12_months_to_its_end_with_the_total_of_the_indicator(calls: Workspace) -> None:
    assert counts(calls, "KIND", "2018-19 Q4") == ("78", "222", "1200")


def test_a_year_stands_until_the_next_has_ended(calls: Workspace) -> None:
    assert counts(calls, "YEARLY", "2019-04") == counts(calls, "YEARLY", "2018-19 Q4") == ("40", "50", "40")


def test_those_that_are_declared_are_listed_with_their_periods(calls: Workspace) -> None:
    found = {each.breakdown.code: each.periods for each in list_breakdowns(calls)}
    assert list(found) == ["KIND", "NONE", "YEARLY"]
    assert (found["KIND"][0], found["KIND"][-1], len(found["KIND"])) == (MONTHS[-1], MONTHS[0], 24)
    assert found["NONE"] == ()


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
