"""The targets as applied, from the command line."""

import csv
import io
import json
from pathlib import Path

from tests.running import SMALL, run, write_plan

PLAN = (
    SMALL.replace(
        "targets: {2019-20: 90}",
        "targets: {2018-19: {target: 88, profile: {Q1: 80, Q2: 84, Q3: 86, Q4: 88}, source: page 4},\n"
        "     2019-20: {target: 90, revised: [{to: 85, from: 2019-20 Q3, reason: fewer staff, by: Head}]},\n"
        "     2020-21: {proposed: 91, reason: the best of our neighbours, by: Cabinet, illustrative: true}}",
    )
    .replace("better: lower, frequency: quarterly", "better: within, frequency: quarterly", 1)
    .replace("targets: {2019-20: 1300}", "targets: {2019-20: {between: [1100, 1300]}}")
)


def applied(folder: Path) -> Path:
    write_plan(folder, PLAN)
    ran = run(folder, "targets", "apply")
    assert ran.code == 0, ran.err
    return folder


def test_it_says_what_is_in_force_what_was_revised_and_what_is_proposed(here: Path) -> None:
    ran = run(applied(here), "targets", "show", "--period", "2019-20 Q4")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        "Targets as applied",
        "In force: judged at the end of Quarter 4 2019-20.",
        "",
        "P A plan",
        "────────",
        "PC A percentage",
        "    2018-19                       88  5%",
        "      profile Q1 80, Q2 84, Q3 86, Q4 88",
        "    2019-20 until Q2              90  5%",
        "    2019-20 from Q3               85  5%  in force",
        "      fewer staff · by Head",
        "    2020-21                       91  5%  proposed, not in force",
        "      [illustrative] · the best of our neighbours · by Cabinet",
        "NO A number",
        "    2019-20           1,100 to 1,300  5%  in force",
        "PO Pounds",
        "    2019-20                      100  5%  in force",
        "RA A rate",
        "    no target",
    ]


def test_as_json_it_has_every_part(here: Path) -> None:
    found = json.loads(run(applied(here), "targets", "show", "--format", "json", "--period", "2019-20 Q4").out)
    assert [(line["code"], line["year"], line["target"], line["state"]) for line in found] == [
        ("PC", "2018-19", 88, "agreed"),
        ("PC", "2019-20", 90, "agreed"),
        ("PC", "2019-20", 85, "in force"),
        ("PC", "2020-21", 91, "proposed, not in force"),
        ("NO", "2019-20", [1100, 1300], "in force"),
        ("PO", "2019-20", 100, "in force"),
        ("RA", None, None, "no target"),
    ]
    assert found[0] == {
        "plan": "P",
        "code": "PC",
        "title": "A percentage",
        "year": "2018-19",
        "holds_from": None,
        "holds_until": None,
        "state": "agreed",
        "tolerance": "5%",
        "target": 88,
        "profile": {"Q1": 80, "Q2": 84, "Q3": 86, "Q4": 88},
        "reason": None,
        "by": None,
        "source": "page 4",
        "illustrative": False,
    }
    assert (found[1]["holds_until"], found[2]["holds_from"], found[2]["by"]) == ("2019-20 Q2", "2019-20 Q3", "Head")
    assert found[3]["illustrative"] is True


def test_as_csv_it_has_a_row_a_target(here: Path) -> None:
    ran = run(applied(here), "targets", "show", "--format", "csv", "--period", "2019-20 Q4")
    found = list(csv.DictReader(io.StringIO(ran.out)))
    assert [(row["code"], row["target"], row["target_upper"], row["illustrative"]) for row in found] == [
        ("PC", "88", "", ""),
        ("PC", "90", "", ""),
        ("PC", "85", "", ""),
        ("PC", "91", "", "yes"),
        ("NO", "1100", "1300", ""),
        ("PO", "100", "", ""),
        ("RA", "", "", ""),
    ]
    assert found[0]["profile"] == "Q1 80, Q2 84, Q3 86, Q4 88"
    assert list(found[0])[:6] == ["plan", "code", "title", "year", "holds_from", "holds_until"]


def test_of_one_plan_and_of_none_that_exists(small: Path) -> None:
    assert run(small, "targets", "show", "--plan", "p").code == 0
    ran = run(small, "targets", "show", "--plan", "Q")
    assert (ran.code, ran.out, ran.err) == (3, "", "There is no plan 'Q'. Plans: P.\n")


def test_without_a_database_it_says_what_to_do(here: Path) -> None:
    write_plan(here, SMALL)
    ran = run(here, "targets", "show")
    assert (ran.code, ran.out) == (3, "")
    assert "outcome-tracker targets apply" in ran.err
