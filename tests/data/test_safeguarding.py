"""The report of June 2021 as data: every number that it prints is there, under the paragraph that prints it.

The transcription below was typed from the report, apart from the data.
"""

import csv
import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from tests.running import rows, run

PUBLISHED = Path(__file__).parents[2] / "data" / "published"

SENTENCES = {
    "§4.9": """
        A total of 1927 contacts were received in April 2021, consisting of 1071 children and 856 adults (579 families).
        There were 2192 contacts received in March of which 1237 were for children.""",
    "§4.12": """
        21% of contacts were due to domestic abuse over the last 12 months.""",
    "§4.13": """
        In April 2021, 20.1% (404 of 1927) of contacts to IART were due to domestic abuse, of these 235 contacts
        related to children.
        a total of 23,553 individual contacts were received by iART, of which 17.0% (4504 individuals) related
        2608 contacts where domestic abuse (DA) was the presenting reason
        a total of 1372 individuals progressed into Early Help
        Of these 53.1% (728 individuals) were cases where DA was the main presenting issue.
        In April 57.7% (60 of the 104) of cases that progressed to Early Help were DA cases.
        In April 14.9% of individual domestic abuse contacts
        compared to 16.1% average for the last 12 months.
        In April 15.2% (293 of the 1927) of all front door contacts received for DA
        This compares to 67.8% (3052 of 4504) for the last 12 months.
        21.1% of contacts with a VPA progressed into case management teams (645 of 3052).""",
    "§4.14": """
        255 enquiries for victims were received
        this is a slight reduction compared to March (258)
        Of the 177 enquiries for screening in April, 47.4% (84) were repeat requests.
        lower at 41% (792 of 1911)""",
    "§4.16": """
        in March (344 referrals of which 27% were repeat referrals
        decreased to 262 referrals in April of which 19% were repeats
        84.3% were completed on time in March and 85.5% were completed in time April""",
    "§4.18": """
        There were 577 children on children in need plans at the end of April.
        The average over the latest 12 months is 95.2%, performance in April was 98.0%.
        Over the last months 79% were completed on time, 80% in April.""",
    "§4.19": """
        227 children were subject to child protection (CP) Plans
        3% (7 children) of CP plans
        increased in April to 46% (17 of 37 children).
        27% of CP joiners had a previous CP plan.""",
    "§4.20": """
        58% of children are on a plan because of emotional abuse and 36% because of neglect.""",
    "§4.21": """
        There were 509 children in care
        (74.9 per 10,000 population) remains higher than the England (67.0) and statistical neighbour (65.4) averages
        the North West average (97.0).
        33 in March and 12 in April.""",
    "§4.23": """
        39% of children in care (195 children) were placed outside of the Local Authority boundary.
        75 children (15%) are placed more than 20 miles from home.
        This is a reduction on last year (16%)
        Children placed 20 miles or more and out of borough increased to 96 following the March intake of children
        into care, this decreased to 91 at 30th April.
        Children placed with parents has increased to 83""",
    "§4.24": """
        there were 182 internal foster carer households""",
    "§4.28": """
        24 children were adopted in the financial year 2020-21.
        there were 25 children with an Agency Decision Maker (ADM) decision""",
    "§4.29": """
        92% (46) of care leavers aged 17 to 18 and 93.4% (99) aged 19 to 21""",
    "§4.30": """
        66.0% (33) of care leavers aged 17 to 18 and 46.2% (49) of those aged 19 to 21
        There are 21 care leavers attending university this academic year, this was a 25% increase""",
    "§4.31": """
        210 families were open to Early Help and Prevention
        the average caseload per Family Intervention Worker is 7 families, 17 children.
        There were 1836 children in need at the 30th April 2021, average for the previous 12 months is 1707 children
        an average caseload of 18.0 across all teams, ranging from 9.7 to 25.2.""",
    "§4.32": """
        (2019/20 - 185.71, 2018/19 - 185.80).
        turnover rate has improved from 13.95% in December 2020 to 11.43% in April 2021.
        there were four social worker vacancies
        absence has also decreased to 7.11 in April.""",
}
# Dates, ages, distances and names: numbers that count nothing.
NAMES = re.compile(
    r"\(?\d{4}[/-]\d\d -?|\b(?:April|December) \d{4}|\d+th April(?: 2021)?|financial year \d{4}-\d\d|\d\d to \d\d\b"
    r"|1[28] months|20 miles|per 10,000"
)


@cache
def data(kind: str) -> list[dict[str, str]]:
    """Return the rows of the source's files of a kind."""
    found: list[dict[str, str]] = []
    for path in sorted(PUBLISHED.glob(f"{kind}_safeguarding_2021*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            found += csv.DictReader(lines)
    return found


def numbers(text: str) -> set[Decimal]:
    bare = NAMES.sub(" ", re.sub(r"\bfour\b", "4", " ".join(text.split())))
    return {Decimal(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", bare)}


def held(section: str) -> set[Decimal]:
    """Return every number in the rows that name this paragraph."""
    found: set[Decimal] = set()
    for row in data("figures") + data("benchmarks"):
        if re.search(rf"{re.escape(section)}(?![0-9])", row["source"]):
            cells = (row.get(name, "") for name in ("value", "numerator", "denominator", "as_published"))
            found |= numbers(" ".join(cells))
    return found


@pytest.mark.parametrize("section", SENTENCES)
def test_every_printed_number_is_in_the_data_under_its_paragraph(section: str) -> None:
    printed = numbers(SENTENCES[section])
    assert printed
    assert not printed - held(section)


@pytest.mark.parametrize("section", SENTENCES)
def test_every_sentence_is_in_the_commentary_word_for_word(section: str) -> None:
    said = " ".join(" ".join(row["text"].split()) for row in data("commentary"))
    words = " ".join(SENTENCES[section].split())
    for number in re.findall(r"\d[\d,]*(?:\.\d+)?%?", words):
        assert number in said
    for line in SENTENCES[section].strip().split("\n"):
        assert " ".join(line.split()) in said, line


def test_what_is_printed_beside_a_figure_is_its_value_or_explained() -> None:
    """A figure that differs from what is printed has parts that give it: no value was changed to fit."""
    for row in data("figures"):
        printed = numbers(row["as_published"])
        assert printed, row
        if row["value"]:
            assert Decimal(row["value"]) in printed, row
        else:
            assert row["numerator"], row
            assert row["denominator"], row


def test_every_row_names_its_paragraph_and_the_day() -> None:
    for kind, column in (("figures", "released"), ("commentary", "date")):
        for row in data(kind):
            assert re.search(r"Overview and Scrutiny, 15 June 2021, §[1-5]\.[0-9]+", row["source"])
            assert row[column] == "2021-06-15"
    assert {row["released"] for row in data("benchmarks")} == {""}
    assert all("year not printed" in row["source"] for row in data("benchmarks"))


def test_each_numbered_paragraph_stands_once() -> None:
    texts = [text for row in data("commentary") for text in row["text"].split("\n\n")]
    assert len(texts) == len(set(texts)) == 55
    numbered = {n for row in data("commentary") for n in _sections(row["source"])}
    assert numbered == {"1.0", "2.0", "3.1", "3.2", "5.1", *(f"4.{n}" for n in range(1, 33))}


def _sections(source: str) -> set[str]:
    """Return `4.8` and `4.9` of `§4.8–§4.9`."""
    found: set[str] = set()
    for first, last in re.findall(r"§(\d\.\d+)(?:–§(\d\.\d+))?", source):
        chapter, start = first.split(".")
        end = last.split(".")[1] if last else start
        found |= {f"{chapter}.{n}" for n in range(int(start), int(end) + 1)}
    return found


def test_the_demo_still_opens_on_the_first_source(demo: Path) -> None:
    assert json.loads(run(demo, "summary", "--format", "json").out)["period"] == "2018-19 Q4"
    early = json.loads(run(demo, "scorecard", "--format", "json").out)
    assert not [row for row in early if row["plan"] == "GUARD"]


def test_april_2021_has_every_figure_and_no_rating(demo: Path) -> None:
    found = json.loads(run(demo, "scorecard", "--period", "2021-04", "--plan", "GUARD", "--format", "json").out)
    assert len(found) == 64
    # The three annual ones are of years that end before, or after, April 2021.
    assert [row["code"] for row in found if row["value"] is None] == ["GUARD-46", "GUARD-52", "GUARD-61"]
    assert {row["rag_reason"] for row in found if row["rag"]} == {"no target"}
    [plan] = [
        plan
        for plan in json.loads(run(demo, "summary", "--period", "2021-04", "--format", "json").out)["plans"]
        if plan["code"] == "GUARD"
    ]
    assert plan["rag"] == {"green": 0, "amber": 0, "red": 0, "m": 24}
    assert (plan["returned"], plan["due"]) == (61, 61)


def test_what_was_published_in_2021_is_not_known_in_2020(demo: Path) -> None:
    found = run(demo, "indicator", "GUARD-01", "--period", "2021-04", "--as-at", "2020-12-31", "--format", "json")
    assert json.loads(found.out)["value"] is None


def test_every_figure_stands_in_the_database_with_its_source(demo: Path) -> None:
    assert rows(demo, "SELECT count(*) FROM figure WHERE indicator LIKE 'GUARD-%'") == [(len(data("figures")),)]
    assert rows(demo, "SELECT count(*) FROM figure WHERE indicator LIKE 'GUARD-%' AND source = ''") == [(0,)]
