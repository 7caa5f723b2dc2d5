"""`audit`, end to end: text that fits, JSON and CSV as documented, and findings that are no failure."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.running import run

SUMMER = {"OUTCOME_TRACKER_NOW": "2021-07-01T10:00"}


def test_what_differs_is_printed_by_plan_with_its_cause_and_is_no_failure(demo: Path) -> None:
    ran = run(demo, "audit", environment=SUMMER)
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[:3] == [
        "Cheshire West and Chester · As published, as computed",
        "as at 1 Jul 2021",
        "166 printed values compared; 38 differ.",
    ]
    assert max(map(len, ran.lines)) <= 80
    start = ran.lines.index("GUARD-06 Contacts due to domestic abuse · April 2021")
    assert ran.lines[start + 1 : start + 3] == [
        "    Printed  20.1%, computed 21.0% from 404 of 1,927",
        "    Cause    likely two digits that changed places",
    ]
    assert "Red, computed M Cause no target is held to rate against" in ran.flat
    assert "75 beside 91 Cause the source contradicts itself: it prints 91 as well" in ran.flat


def test_a_table_that_one_cause_explains_is_printed_as_a_table(demo: Path) -> None:
    lines = run(demo, "audit", "--plan", "GUARD", environment=SUMMER).lines
    start = next(n for n, line in enumerate(lines) if line.startswith("GUARD-B01"))
    assert lines[start + 1 : start + 4] == [
        "    Row                    Before    Now  Printed  Computed",
        "    Police                  6,296  6,361       1%    agrees",
        "    Probation               2,183  2,632      17%       21%",
    ]
    assert lines[start + 13 : start + 15] == [
        "    All 11 rows of the table are what dividing by the later figure gives; 1 of",
        "    them is right all the same, as rounded.",
    ]
    assert sum("GUARD-B01" in line for line in lines) == 1


def test_a_table_that_is_not_explained_as_a_whole_is_printed_row_by_row(demo: Path) -> None:
    head = "breakdown,period,source,count,as_published,published_in,released\n"
    report = (
        "Cheshire West and Chester, Children and Families Safeguarding Report to Overview and Scrutiny, 15 June 2021"
    )
    file = demo / "one.csv"
    file.write_text(f'{head}GUARD-B01,2021-04,Police,6361,9%,"{report}, Figure 4",2021-06-20\n')
    assert run(demo, "import", "breakdowns", str(file), environment=SUMMER).code == 0
    lines = run(demo, "audit", "--plan", "GUARD", environment=SUMMER).lines
    assert sum(line.startswith("GUARD-B01") for line in lines) == 11
    start = lines.index("GUARD-B01 Contacts to the front door by source · Police · April 2021")
    assert lines[start + 1 : start + 3] == [
        "    Printed  9%, computed 1% from 6,296 to 6,361",
        "    Cause    not explained",
    ]


def test_json_has_every_difference_with_its_parts_and_the_tables(demo: Path) -> None:
    ran = run(demo, "audit", "--format", "json", "--plan", "GUARD", environment=SUMMER)
    found = json.loads(ran.out)
    assert (found["as_at"], found["checked"], len(found["differences"])) == ("2021-07-01", 133, 34)
    assert found["differences"][0] == {
        "plan": "GUARD",
        "code": "GUARD-06",
        "title": "Contacts due to domestic abuse",
        "categories": [],
        "period": "2021-04",
        "kind": "value",
        "printed": "20.1%",
        "computed": "21.0%",
        "exact": 20.965,
        "numerator": 404,
        "denominator": 1927,
        "cause": "digits transposed",
        "explanation": "likely two digits that changed places",
        "note": "",
        "source": (
            "Cheshire West and Chester, Children and Families Safeguarding Report to Overview and Scrutiny, "
            "15 June 2021, §4.13"
        ),
    }
    education = next(each for each in found["differences"] if each["categories"] == ["Education / School"])
    assert (education["exact"], education["numerator"], education["denominator"]) == (-25.63, 2049, 2755)
    first, second = found["tables"]
    assert (first["code"], len(first["rows"]), second["code"], len(second["rows"])) == (
        "GUARD-B01",
        11,
        "GUARD-B02",
        15,
    )
    assert first["rows"][0] == {"categories": ["Police"], "printed": "1%", "computed": "1%", "differs": False}


def test_csv_has_a_row_a_difference(demo: Path) -> None:
    ran = run(demo, "audit", "--format", "csv", environment=SUMMER)
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert len(rows) == 38
    assert (rows[0]["code"], rows[0]["kind"], rows[0]["printed"], rows[0]["exact"]) == ("SAFE-02", "rating", "Red", "")
    [row] = [row for row in rows if row["category"] == "Future Proof"]
    assert (row["computed"], row["exact"], row["numerator"], row["denominator"]) == ("17.0%", "16.981", "9", "53")
    assert row["explanation"] == "likely rounded down: the digits behind were cut off"


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_nothing_printed_is_nothing_compared(small: Path, form: str) -> None:
    ran = run(small, "audit", "--format", form)
    assert ran.code == 0
    if form == "text":
        assert ran.lines[-1] == "Nothing that is printed can be computed."


def test_a_plan_that_is_not_there_has_a_sentence(demo: Path) -> None:
    ran = run(demo, "audit", "--plan", "GARD")
    assert ran.code == 3
    assert ran.err == "There is no plan 'GARD'. Did you mean 'GUARD'? Plans: SAFE, GUARD, EARLY.\n"
