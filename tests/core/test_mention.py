from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure, Counted
from outcome_tracker.core.commentary import Commentary
from outcome_tracker.core.indicator import Agreed, Council
from outcome_tracker.core.mention import Mention, mentions, passage_in
from outcome_tracker.core.period import Kind, parse
from outcome_tracker.core.publication import publish
from tests.core.making import CALLS, FAMILIES, PLAN, Q4, REPEATS, STAMP, content, series

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
    assert passage_in("4 people called, 4% of all.", CALLS, content("4")) == ""


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
    said = [Commentary("EX-02", Q4, "Cause", "We helped 302 families.")]
    assert mentions(said, plans, figures, publish(plans, figures)) == [Mention(said[0], "EX-02", "302 families")]


APRIL = parse("2021-04", Kind.MONTH)
CARERS = Breakdown("CARERS", "Foster carers approved and ended", "SAFE", ("change", "kind"))
VACANCIES = replace(CALLS, code="VAC", title="Social worker vacancies")
TURNOVER = replace(CALLS, code="TURN", title="Social worker turnover")
COUNCIL = Council("Testshire", "E06000050", "North West", ("England",))


def passages(
    text: str,
    cells: Mapping[str, str],
    breakdown: Breakdown = CARERS,
    figures: Mapping[str, str] | None = None,
    subject: str = "TURN",
) -> list[tuple[str, str]]:
    """Say `text` of April 2021 of an indicator of the plan; cells are `approved|mainstream fostering` with counts."""
    plan = replace(PLAN, indicators=(VACANCIES, TURNOVER, STARTING), breakdowns=(breakdown,))
    agreed = Agreed(COUNCIL, (plan, replace(PLAN, code="EARLY", indicators=(replace(CALLS, code="ELSE"),))))
    every = [
        BreakdownFigure(breakdown.code, APRIL, tuple(names.split("|")), 1, Counted(Decimal(count)), STAMP)
        for names, count in cells.items()
    ]
    held = {
        code: series(next(i for i in plan.indicators if i.code == code), {"2021-04": figure})
        for code, figure in (figures or {}).items()
    }
    said = [Commentary(subject, APRIL, "Analysis and issues", text)]
    return [(m.code, m.passage) for m in mentions(said, agreed, held, publish(agreed, held, every), every)]


FOSTERING = {
    "approved|friends and family": "2",
    "approved|mainstream fostering": "3",
    "approved|fostering for adoption": "0",
    "ended|mainstream fostering": "3",
    "ended|connected people": "0",
}


def test_cells_of_a_hidden_table_are_found_each_time_they_are_said() -> None:
    text = (
        "So far in this financial year (April 2021 to date), 2 new friends and family placements, 3 new mainstream "
        "fostering households and 0 fostering for adoption placements have been approved. Within the same period, 3 "
        "mainstream carers and 0 connected people households have ended."
    )
    assert passages(text, FOSTERING) == [
        ("CARERS", "2 new friends and family"),
        ("CARERS", "3 new mainstream fostering"),
        ("CARERS", "3 mainstream carers"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Figure 2 shows that friends and family matter.",
        "2 teams; friends and family helped.",
        "After 2 months most friends of the family agreed.",
        "3 friends and family placements",  # there are 2
        "2 foster carers left.",  # of which kind is not said
        "3% mainstream carers, 3 per cent mainstream carers, 3.5 mainstream carers and 2-3 mainstream carers",
        "In 3 weeks and 4 days mainstream carers came.",
        "125 mainstream fostering households",
    ],
)
def test_other_numbers_are_no_cells(text: str) -> None:
    assert passages(text, FOSTERING) == []


def test_cells_of_another_plan_or_period_are_not_looked_for() -> None:
    assert passages("3 mainstream carers", FOSTERING, subject="ELSE") == []
    assert passages("3 mainstream carers", FOSTERING, subject="GONE") == []
    assert passages("3 mainstream carers", FOSTERING, subject="SAFE") == [("CARERS", "3 mainstream carers")]


def test_a_cell_that_is_hidden_for_another_is_found_and_one_that_is_shown_is_not() -> None:
    sources = Breakdown("SRC", "Contacts by source", "SAFE", ("source",))
    cells = {"Police": "3", "Health": "1250", "School": "2000", "": "3253"}
    found = passages(
        "Contacts: 1,250 from health, 2,000 from schools, three from the police, 3 others.", cells, sources
    )
    assert found == [("SRC", "1,250 from health"), ("SRC", "three from the police")]


def test_a_total_is_found_by_what_the_table_counts() -> None:
    sources = Breakdown("SRC", "Contacts by source", "SAFE", ("source",), suppress_below=60)
    cells = {"Police": "30", "Health": "20", "": "50"}
    assert passages("We had 50 contacts from every source, and 50 letters.", cells, sources) == [
        ("SRC", "50 contacts from every source")
    ]


def test_the_small_cells_of_a_table_that_is_refused_are_found() -> None:
    total = Breakdown("SRC", "Vacancies by team", "SAFE", ("team",), "VAC")
    cells = {"Chester": "3", "Vale": "7"}
    found = passages("3 in Chester, 7 in the Vale", cells, total, {"VAC": "10"})
    assert ("SRC", "3 in Chester") in found


def test_a_number_of_another_indicator_is_found_where_it_is_named_in_full() -> None:
    said = "Vacancy rates have reduced, there were four social worker vacancies at the 30th April 2021."
    assert passages(said, {}, figures={"VAC": "4"}) == [("VAC", "four social worker vacancies")]
    assert passages("There were four workers, four vacancies.", {}, figures={"VAC": "4"}) == []


def test_what_is_said_of_a_table_is_read_as_what_is_said_of_its_plan() -> None:
    said = "3 mainstream carers, and four social worker vacancies."
    assert passages(said, FOSTERING, figures={"VAC": "4"}, subject="CARERS") == [
        ("VAC", "four social worker vacancies"),
        ("CARERS", "3 mainstream carers"),
    ]


def test_a_single_word_for_what_is_counted_needs_another_beside_it() -> None:
    plan = replace(PLAN, indicators=(STARTING, VACANCIES))
    agreed = Agreed(COUNCIL, (plan,))
    figures = {"SAFE-01": series(STARTING, {"2018-19 Q4": "3/276"})}
    said = [
        Commentary("VAC", Q4, "Cause", "3 children moved in."),
        Commentary("VAC", Q4, "Action", "Of these, 3 children starting a second plan were seen."),
    ]
    assert mentions(said, agreed, figures, publish(agreed, figures)) == [
        Mention(said[1], "SAFE-01", "3 children starting a second plan")
    ]


@pytest.mark.parametrize(("said_of", "is_found"), [("2018-19 Q4", True), ("2019-20 Q3", True), ("2019-20 Q4", False)])
def test_a_figure_that_commentary_compares_its_own_with_is_found(said_of: str, is_found: bool) -> None:
    agreed = Agreed(COUNCIL, (replace(PLAN, indicators=(STARTING, VACANCIES)),))
    figures = {"SAFE-01": series(STARTING, {"2018-19 Q3": "3/276", "2018-19 Q4": "44/276"})}
    period = parse(said_of)
    own = Commentary("SAFE-01", period, "Cause", "Up from 3 children.")
    other = Commentary("VAC", period, "Cause", "Up from 3 children starting a second plan.")
    found = mentions([own, other], agreed, figures, publish(agreed, figures))

    assert found == ([Mention(own, "SAFE-01", "3 children")] if is_found else [])
