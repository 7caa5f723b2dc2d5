"""What `docs/as_published.md` states of the report of June 2021 is what the audit finds."""

import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.running import run

DOCUMENT = (Path(__file__).parents[2] / "docs" / "as_published.md").read_text("utf-8")
PART = DOCUMENT.split("## The safeguarding report of June 2021", 1)[1]
# How the document's words for a cause begin, by the audit's.
BEGINNINGS = {
    "digits transposed": "two digits that changed places",
    "cut off": "cut off",
    "rounded up": "rounded up",
    "another denominator": "another denominator: of all 1,927 contacts",
    "printed twice": "the source contradicts itself",
    "no whole number fits": "no whole number",
    "not explained": "not explained",
}


def table(section: str) -> list[list[str]]:
    text = PART.split(section, 1)[1]
    [first, *_] = re.findall(r"(?:^\|.*\|\n)+", text + "\n", re.MULTILINE)
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in first.splitlines()[2:]]


def audited(demo: Path) -> dict[str, list[dict[str, Any]]]:
    ran = run(
        demo, "audit", "--plan", "GUARD", "--format", "json", environment={"OUTCOME_TRACKER_NOW": "2021-07-01T10:00"}
    )
    assert ran.code == 0
    found: dict[str, list[dict[str, Any]]] = json.loads(ran.out)
    return found


def test_every_difference_stands_in_the_document_with_its_cause(demo: Path) -> None:
    found = [each for each in audited(demo)["differences"] if each["kind"] != "change" or not each["categories"]]
    stated = {(row[0].split()[0], row[1]): row for row in table("### Percentages and counts")}
    assert {(each["code"], each["printed"]) for each in found} == set(stated)
    for each in found:
        _, _, parts, computed, why = stated[each["code"], each["printed"]]
        assert computed == each["computed"]
        assert why.startswith(BEGINNINGS[each["cause"]])
        if " of " in parts:
            assert parts == f"{each['numerator']:,} of {each['denominator']:,}"


def test_every_row_of_figures_4_and_5_stands_in_the_document(demo: Path) -> None:
    found = audited(demo)["tables"]
    for one, heading in zip(found, ("**Figure 4**", "**Figure 5**"), strict=True):
        stated = table(heading)
        assert sorted(row[0] for row in stated) == sorted(cell["categories"][0] for cell in one["rows"])
        cells = {cell["categories"][0]: cell for cell in one["rows"]}
        for name, before, now, printed, earlier, later in stated:
            old, new = (int(text.replace(",", "")) for text in (before, now))
            assert printed.replace("−", "-") == cells[name]["printed"]
            assert _percent(new - old, old) == earlier
            assert _percent(new - old, new) == later


def _percent(part: int, whole: int) -> str:
    tenths = int(abs(Fraction(part * 1000, whole)) + Fraction(1, 2))
    return f"{'−' if part < 0 else ''}{Decimal(tenths).scaleb(-1)}%"
