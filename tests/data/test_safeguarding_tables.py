"""The tables and lists of the report of June 2021 as breakdowns, cell by cell.

They were typed from the report, apart from the data. `x` is what it prints for less than 5.
"""

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from tests.running import rows

PUBLISHED = Path(__file__).parents[2] / "data" / "published"
NOW, BEFORE = "2021-04", "2020-04"

FIGURE_4 = """
Police 6296 6361 1%
Probation 2183 2632 17%
Parents/Carers 2562 2165 -18%
Education / School 2755 2049 -34%
CAFCASS 1183 1121 -6%
Hospital Staff 1203 1003 -20%
Ambulance 742 958 23%
Other Local Authority 969 900 -8%
Anonymous 855 751 -14%
Social Worker 599 738 19%
NSPCC 428 619 31%
"""
FIGURE_5 = """
Domestic Abuse 4765 4461 -7%
Request for Information 2993 3089 3%
Statutory Notification 1618 2314 30%
Emotional Abuse 1352 1547 13%
Sexual Abuse 856 1198 29%
Behaviour Issues 1254 1080 -16%
Parenting 1194 1063 -12%
Child Physical Abuse 1276 1032 -24%
Contact Issues 878 1021 14%
Child Mental Health 1244 950 -31%
Drug & Alcohol Misuse 932 847 -10%
Adult Mental Health 973 834 -17%
Child Disability/Difficulties 543 579 6%
Child Sexual Exploitation 695 572 -22%
Neglect 663 539 -23%
"""
FIGURE_9 = """
Mental Health of Parent Carer 1236 41%
Domestic Violence Parent Carer Subject Of 1050 35%
Emotional Abuse 595 20%
Mental Health of Child 562 19%
Drug Misuse by Parent Carer 560 19%
No Factors Identified 510 17%
Alcohol Misuse by Parent Carer 502 17%
Neglect 357 12%
Domestic Violence Child Subject Of 338 11%
Learning Disability Child 322 11%
Self-Harm 232 8%
Physical Disability Parent Carer 213 7%
At Risk Due to Their Socially Unacceptable Behaviour 212 7%
"""
FIGURE_12 = """
Chester 51 39 x x
Ellesmere Port 49 20 x 5
Northwich & Winsford 30 16 x x
Children with Disabilities x 6 x x
"""
CATEGORIES = ("Emotional Abuse", "Neglect", "Physical", "Sexual")
# What the text lists, by breakdown: sentence, then category and the numbers that it prints of it.
LISTS = {
    "GUARD-B03": (
        "22.3% (682 of 3052) were deemed to be high risk, 57.9% (1766) medium, 8.0% (244) standard and 11.8% (360)",
        {"high": "682 22.3%", "medium": "1766 57.9%", "standard": "244 8.0%", "other": "360 11.8%", "": "3052"},
    ),
    "GUARD-B04": (
        "In the month, 177 were for screening/progressing to an intervention, 62 for gateway and 16 were requesting",
        {"screening or an intervention": "177", "gateway": "62", "requesting information": "16"},
    ),
    "GUARD-B05": (
        "Police (96, 54.2%), followed by self-referrals (29, 16.4%) and referrals from hospital staff (6.2%, 11).",
        {"Police": "96 54.2%", "self-referral": "29 16.4%", "hospital staff": "11 6.2%"},
    ),
    "GUARD-B06": (
        "Police (43.2%, 826) followed by self-referrals (16.4%, 313) and referrals from IDVAs (6.3%, 120).",
        {"Police": "826 43.2%", "self-referral": "313 16.4%", "IDVAs": "120 6.3%"},
    ),
    "GUARD-B07": (
        "73 of the 177 referrals for screening resulted in an open DA episode, 99 resulted in no further action, 5 had",
        {"open domestic abuse episode": "73", "no further action": "99", "no outcome recorded at the time": "5"},
    ),
    "GUARD-B11": (
        "125 are mainstream fostering households and 57 are ‘Connected People’ carer households.",
        {"mainstream fostering": "125", "Connected People carers": "57"},
    ),
}


@cache
def cells(code: str) -> list[dict[str, str]]:
    """Return the rows of a breakdown."""
    found: list[dict[str, str]] = []
    for path in sorted(PUBLISHED.glob("breakdowns_safeguarding_2021_*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            found += [row for row in csv.DictReader(lines) if row["breakdown"] == code]
    assert found, code
    return found


def said() -> str:
    with (PUBLISHED / "commentary_safeguarding_2021.csv").open(encoding="utf-8", newline="") as lines:
        return " ".join(" ".join(row["text"].split()) for row in csv.DictReader(lines))


@pytest.mark.parametrize(
    ("code", "dimension", "table", "figure"),
    [("GUARD-B01", "source", FIGURE_4, "Figure 4"), ("GUARD-B02", "presenting reason", FIGURE_5, "Figure 5")],
)
def test_a_table_of_changes_is_there_row_by_row(code: str, dimension: str, table: str, figure: str) -> None:
    printed: dict[tuple[str, str], tuple[str, str]] = {}
    for line in table.split("\n"):
        if line:
            name, old, new, change = line.rsplit(" ", 3)
            printed |= {(BEFORE, name): (old, ""), (NOW, name): (new, change)}
    rows = cells(code)
    assert {(row["period"], row[dimension]): (row["count"], row["as_published"]) for row in rows} == printed
    assert all(row["published_in"].endswith(figure) for row in rows)


def test_the_table_of_factors_is_there_row_by_row() -> None:
    printed = [tuple(line.rsplit(" ", 2)) for line in FIGURE_9.split("\n") if line]
    assert [(row["factor"], row["count"], row["as_published"]) for row in cells("GUARD-B09")] == printed
    assert {row["denominator"] for row in cells("GUARD-B09")} == {""}  # not printed


def test_the_table_of_child_protection_plans_keeps_every_x_as_suppressed() -> None:
    printed: dict[tuple[str, str], str] = {}
    for line in FIGURE_12.strip().split("\n"):
        team, *counts = line.rsplit(" ", 4)
        printed |= {(team, category): count for category, count in zip(CATEGORIES, counts, strict=True)}
    rows = cells("GUARD-B10")
    assert {(row["team"], row["category"]): row["count"] or "x" for row in rows} == printed
    assert {row["status"] for row in rows if not row["count"]} == {"suppressed"}
    assert sum(not row["count"] for row in rows) == 8


@pytest.mark.parametrize("code", LISTS)
def test_what_a_sentence_lists_is_there(code: str) -> None:
    sentence, printed = LISTS[code]
    assert sentence in said()
    for category, numbers in printed.items():
        assert re.search(rf"\b{numbers.split()[0]}\b", sentence)
        [row] = [row for row in cells(code) if row[_dimensions(row)[0]] == category]
        assert f"{row['count']} {row['as_published']}".strip() == numbers
    assert len(cells(code)) == len(printed)


def test_programmes_are_completed_by_some_of_those_referred() -> None:
    text = said()
    assert "294 referrals were received for the Gateway programme of which 19 individuals completed the course." in text
    assert "108 were received for the Jigsaw programme in the year, 57 for Acorns and 53 for Future Proof." in text
    assert "31 individuals completed Jigsaw (28.7%), 15 completed Acorns (26.3%) and 9 (16.9%) completed Future" in text
    assert [
        (row["programme"], row["count"], row["denominator"], row["as_published"]) for row in cells("GUARD-B08")
    ] == [
        ("Gateway", "19", "294", ""),
        ("Jigsaw", "31", "108", "28.7%"),
        ("Acorns", "15", "57", "26.3%"),
        ("Future Proof", "9", "53", "16.9%"),
    ]


def test_foster_carers_come_and_go() -> None:
    text = said()
    assert "2 new friends and family placements, 3 new mainstream fostering households and 0 fostering for" in text
    assert "3 mainstream carers and 0 connected people households have ended." in text
    assert [(row["change"], row["kind"], row["count"]) for row in cells("GUARD-B12")] == [
        ("approved", "friends and family", "2"),
        ("approved", "mainstream fostering", "3"),
        ("approved", "fostering for adoption", "0"),
        ("ended", "mainstream fostering", "3"),
        ("ended", "connected people", "0"),
    ]


def _dimensions(row: dict[str, str]) -> list[str]:
    columns = list(row)
    return columns[2 : columns.index("count")]


def test_the_demo_holds_every_cell(demo: Path) -> None:
    held = rows(demo, "SELECT breakdown, count(*) FROM breakdown_figure GROUP BY breakdown")
    assert held == [(code, len(cells(str(code)))) for code, _ in held]
    assert len(held) == 12
    assert rows(demo, "SELECT count(*) FROM breakdown_figure WHERE source = ''") == [(0,)]
