from dataclasses import replace

import pytest

from outcome_tracker.core.commentary import Commentary
from outcome_tracker.core.indicator import Agreed, Council
from outcome_tracker.core.mention import Mention, mentions, passage_in
from outcome_tracker.core.period import parse
from outcome_tracker.core.publication import publish
from tests.core.making import CALLS, FAMILIES, PLAN, Q4, REPEATS, content, series

STARTING = replace(REPEATS, numerator="children starting a second plan", denominator="children starting a plan")


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Only 3 children started a second plan.", "3 children"),
        ("Three children moved in.", "Three children"),
        ("We know three of the children well.", "three of the children"),
        ("3\nyoung children", "3 young children"),
        ("That is 33.3% of all.", "33.3%"),
        ("That is 33.3 per cent of all.", "33.3 per cent"),
        ("There were nine children on a plan.", "nine children"),  # the denominator
        ("One child moved to another council.", ""),  # is another number
        ("In 3 schools, 13 children and 1,3 children.", ""),
        ("Section 2.3 children and £3 children's vouchers", ""),
        ("Three siblings", ""),
        ("133.3% and 33.35% and 33.3 days", ""),
        ("", ""),
    ],
)
def test_a_hidden_number_is_found_before_what_it_counts(text: str, passage: str) -> None:
    assert passage_in(text, STARTING, content("3/9")) == passage


def test_one_is_of_one_child() -> None:
    assert passage_in("A single case: one child.", STARTING, content("1/40")) == "one child"


def test_without_words_for_the_numerator_the_title_says_what_is_counted() -> None:
    assert passage_in("4 calls came in at night.", CALLS, content("4")) == "4 calls"


def test_of_what_is_shown_nothing_is_said_to_be_mentioned() -> None:
    plans = Agreed(
        Council("Cheshire West and Chester", "E06000050", "North West", ("England",)),
        (replace(PLAN, indicators=(STARTING, CALLS)),),
    )
    figures = {
        "SAFE-01": series(STARTING, {"2018-19 Q3": "44/276", "2018-19 Q4": "3/276"}),
        "EX-03": series(CALLS, {"2019-03": "4"}),
    }
    said = [
        Commentary("SAFE-01", Q4, "Cause", "These 3 children are siblings."),
        Commentary("SAFE-01", parse("2018-19 Q3"), "Cause", "44 children, 3 children"),
        Commentary("SAFE-01", Q4, "Action", "276 children were seen."),  # which tells nothing of the 3
        Commentary("SAFE", Q4, "Analysis and issues", "In March 4 calls were missed."),
        Commentary("EX-99", Q4, "Analysis and issues", "3 children and 4 calls"),
    ]
    found = mentions(said, plans, figures, publish(plans, figures))
    assert found == [
        Mention(said[0], "SAFE-01", "3 children"),
        Mention(said[3], "EX-03", "4 calls"),
    ]


def test_of_a_figure_hidden_for_another_any_count_is_looked_for() -> None:
    plans = Agreed(
        Council("Cheshire West and Chester", "E06000050", "North West", ("England",)),
        (replace(PLAN, indicators=(FAMILIES,)),),
    )
    figures = {"EX-02": series(FAMILIES, {"2018-19 Q3": "300", "2018-19 Q4": "302"})}
    said = [Commentary("EX-02", parse("2018-19 Q3"), "Cause", "We helped 300 families.")]
    assert mentions(said, plans, figures, publish(plans, figures)) == [Mention(said[0], "EX-02", "300 families")]
