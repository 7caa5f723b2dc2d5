"""The oracle: what the council itself published, its values and targets judged by our rules."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from outcome_tracker.core.direction import direction
from outcome_tracker.core.indicator import FIVE_PERCENT, Polarity
from outcome_tracker.core.number import half_up
from outcome_tracker.core.rag import rate
from outcome_tracker.core.target import Goal
from outcome_tracker.core.wording import DIRECTION_PHRASE, RAG_WORD

with (Path(__file__).parents[1] / "data" / "published_ratings.csv").open(encoding="utf-8", newline="") as lines:
    ROWS = {row["id"]: row for row in csv.DictReader(lines)}
RATED = [row for row in ROWS.values() if row["published_rag"]]
# P01 and P09 print a direction without the figure that it compares with
DIRECTED = [row for row in ROWS.values() if row["published_direction"] and row["previous"]]


def shown(row: dict[str, str], column: str) -> Decimal:
    return half_up(Decimal(row[column]), int(row["decimals"]))


@pytest.mark.parametrize("row", RATED, ids=lambda row: row["id"])
def test_every_published_rating_is_reproduced(row: dict[str, str]) -> None:
    goal = Goal(Decimal(row["target"]))
    rated = rate(shown(row, "value"), goal, Polarity(row["polarity"]), FIVE_PERCENT)
    assert RAG_WORD[rated] == row["published_rag"]


@pytest.mark.parametrize("row", DIRECTED, ids=lambda row: row["id"])
def test_every_published_direction_is_reproduced(row: dict[str, str]) -> None:
    travelled = direction(shown(row, "value"), shown(row, "previous"), Polarity(row["polarity"]), FIVE_PERCENT)
    assert DIRECTION_PHRASE[travelled] == row["published_direction"]


def test_no_row_is_left_out() -> None:
    assert [row["id"] for row in RATED] == ["P01", "P02", "P03", "P08", "P09", "P10", "P11", "P12"]
    assert [row["id"] for row in DIRECTED] == ["P02", "P03", "P04", "P05", "P06", "P07", "P12"]
    assert set(ROWS) == {row["id"] for row in [*RATED, *DIRECTED]}
