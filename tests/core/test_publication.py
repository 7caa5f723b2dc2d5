from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure, Counted
from outcome_tracker.core.figure import Content, Figure, Status
from outcome_tracker.core.indicator import Agreed, Basis, Council, Indicator
from outcome_tracker.core.period import Frequency, Kind, Period, parse
from outcome_tracker.core.printed_counts import CellKey, FigureKey
from outcome_tracker.core.publication import Hidden, Publication, Refused, publish, published_version
from outcome_tracker.core.suppression import Reason, Why
from tests.core.making import CALLS, DAYS, FAMILIES, PLAN, POUNDS, Q4, RATE, REPEATS, STAMP, content, series

COUNCIL = Council("Cheshire West and Chester", "E06000050", "North West", ("England",))
SOURCES = Breakdown("CON-SRC", "Contacts by source", "SAFE", ("source",), "EX-03", basis=Basis.PERIOD)
TEAMS = Breakdown("TEAMS", "Plans by team and reason", "SAFE", ("team", "reason"), basis=Basis.POINT)
MARCH = parse("2019-03", Kind.MONTH)


def agreed(*indicators: Indicator, breakdowns: tuple[Breakdown, ...] = (), below: int = 5) -> Agreed:
    return Agreed(
        replace(COUNCIL, suppress_below=below), (replace(PLAN, indicators=indicators, breakdowns=breakdowns),)
    )


def counted(breakdown: Breakdown, counts: Mapping[str, str], period: Period = MARCH) -> list[BreakdownFigure]:
    """Cells by their categories, divided by a bar: `{"Chester|Neglect": "39", "|": "227", "EP|Sexual": "x"}`."""
    return [
        BreakdownFigure(
            breakdown.code,
            period,
            tuple(names.split("|")),
            1,
            Counted(status=Status.SUPPRESSED, source="Figure 12")
            if text == "x"
            else Counted(Decimal(text.partition("/")[0]), Decimal(text.partition("/")[2] or 0) or None),
            STAMP,
        )
        for names, text in counts.items()
    ]


def published(
    indicator: Indicator, figures: dict[str, str], below: int = 5, **more: object
) -> tuple[Publication, dict[str, str]]:
    """Publish one indicator's figures; what is left of each, `[c]` where it is hidden."""
    indicator = replace(indicator, **more)  # type: ignore[arg-type] # the fields that a test names
    found = publish(agreed(indicator, below=below), {indicator.code: series(indicator, figures)})
    kept = found.figures[indicator.code]
    shown = {}
    for text, written in figures.items():
        figure = kept[parse(text, indicator.kind)].content
        hidden = figure.status is Status.SUPPRESSED
        assert hidden or figure == content(written)
        shown[text] = "[c]" if hidden else written
    return found, shown


def cells_shown(found: Publication) -> dict[str, str]:
    return {
        "|".join(cell.categories): "[c]" if cell.content.count is None else f"{cell.content.count}"
        for cell in found.cells
    }


@pytest.mark.parametrize(
    ("figure", "hidden"),
    [
        ("4/276", True),  # a small numerator
        ("44/276", False),
        ("0/276", False),  # zero shows
        ("5/276", False),
        ("0/3", True),  # a small denominator, and the zero with it
        ("1/4", True),
        ("1.5", False),  # a percentage without parts counts nothing
    ],
)
def test_a_percentage_goes_with_its_small_parts(figure: str, hidden: bool) -> None:
    found, shown = published(REPEATS, {"2018-19 Q4": figure})
    assert shown == {"2018-19 Q4": "[c]" if hidden else figure}
    assert found.hidden == ((Hidden(FigureKey("SAFE-01", Q4), Why.SMALL),) if hidden else ())


@pytest.mark.parametrize("figure", ["3", "3 3/"])
def test_a_small_count_is_hidden(figure: str) -> None:
    assert published(CALLS, {"2019-03": figure})[1] == {"2019-03": "[c]"}


@pytest.mark.parametrize(("unit", "figure"), [(POUNDS, "3"), (DAYS, "3"), (RATE, "3.0"), (CALLS.unit, "2.5")])
def test_what_counts_nothing_is_shown(unit: object, figure: str) -> None:
    assert published(CALLS, {"2019-03": figure}, unit=unit)[1] == {"2019-03": figure}


def test_the_count_beside_a_rate_is_a_count() -> None:
    assert published(CALLS, {"2019-03": "0.5 3/", "2019-02": "73 482/"}, unit=RATE)[1] == {
        "2019-03": "[c]",
        "2019-02": "73 482/",
    }


def test_the_council_and_the_indicator_say_what_is_small() -> None:
    assert published(CALLS, {"2019-03": "7"}, below=10)[1] == {"2019-03": "[c]"}
    assert published(CALLS, {"2019-03": "3"}, below=0)[1] == {"2019-03": "3"}
    assert published(CALLS, {"2019-03": "3"}, suppress_below=0)[1] == {"2019-03": "3"}
    assert published(CALLS, {"2019-03": "7"}, suppress_below=10)[1] == {"2019-03": "[c]"}


def test_nothing_but_what_it_is_stays_of_a_hidden_figure() -> None:
    told = Content(
        Decimal(3), note="3 children", illustrative=True, as_published="3", published_rag="red", source="p. 4"
    )
    figure = Figure("EX-03", MARCH, 2, told, replace(STAMP, why="was 2"), "far below 40")
    found = publish(agreed(CALLS), {"EX-03": {MARCH: figure}})
    assert found.figures["EX-03"][MARCH] == Figure(
        "EX-03", MARCH, 2, Content(status=Status.SUPPRESSED, illustrative=True), replace(STAMP, why=""), ""
    )
    assert found.hides("EX-03", MARCH)
    assert not found.hides("EX-03", Q4)


def test_what_its_source_suppressed_stays_as_the_source_says_and_needs_no_account() -> None:
    figure = Figure("EX-03", MARCH, 1, Content(status=Status.SUPPRESSED, note="printed as x", source="p. 4"), STAMP)
    found = publish(agreed(CALLS), {"EX-03": {MARCH: figure}})
    assert found == Publication({"EX-03": {MARCH: figure}}, ())


def test_indicators_that_nothing_names_are_left_out() -> None:
    assert publish(agreed(CALLS), {"EX-99": series(CALLS, {"2019-03": "3"})}) == Publication({}, ())


def test_what_a_quarter_added_to_the_year_to_date_is_hidden_with_it() -> None:
    """300, 302, 650: the second quarter added 2. The first report printed 300 already, so 302 goes."""
    found, shown = published(FAMILIES, {"2018-19 Q1": "300", "2018-19 Q2": "302", "2018-19 Q3": "650"})
    assert shown == {"2018-19 Q1": "300", "2018-19 Q2": "[c]", "2018-19 Q3": "650"}
    assert found.hidden == (Hidden(FigureKey("EX-02", parse("2018-19 Q2")), Why.OTHERS),)


def test_what_two_quarters_added_together_is_hidden_too() -> None:
    _, shown = published(FAMILIES, {"2018-19 Q1": "300", "2018-19 Q2": "304", "2018-19 Q3": "304"})
    left = [int(figure) for figure in shown.values() if figure != "[c]"]
    assert 4 not in {after - before for before in left for after in left}


def test_a_year_to_date_starts_anew_in_april() -> None:
    figures = {"2018-19 Q4": "650", "2019-20 Q1": "652"}
    assert published(FAMILIES, figures)[1] == figures


def test_rolling_figures_add_nothing_to_one_another() -> None:
    figures = {"2018-19 Q3": "44/276", "2018-19 Q4": "46/278"}
    assert published(REPEATS, figures, basis=Basis.ROLLING)[1] == figures
    assert published(REPEATS, figures, basis=Basis.CUMULATIVE)[1] != figures


def test_small_cells_of_a_breakdown_are_hidden_with_one_more_for_their_total() -> None:
    found = publish(
        agreed(CALLS, breakdowns=(SOURCES,)),
        {},
        counted(SOURCES, {"Police": "40", "Health": "3", "School": "12", "": "55"}),
    )
    assert cells_shown(found) == {"Police": "40", "Health": "[c]", "School": "[c]", "": "55"}
    assert found.hidden == (
        Hidden(CellKey("CON-SRC", MARCH, ("Health",)), Why.SMALL),
        Hidden(CellKey("CON-SRC", MARCH, ("School",)), Why.OTHERS),
    )


def test_the_total_may_be_the_figure_of_an_indicator() -> None:
    figures = {"EX-03": series(CALLS, {"2019-03": "55"})}
    found = publish(
        agreed(CALLS, breakdowns=(SOURCES,)), figures, counted(SOURCES, {"Police": "40", "Health": "3", "School": "12"})
    )
    assert cells_shown(found) == {"Police": "40", "Health": "[c]", "School": "[c]"}
    assert found.figures == figures


def test_three_months_are_the_total_of_a_quarterly_breakdown() -> None:
    breakdown = replace(SOURCES, frequency=Frequency.QUARTERLY)
    figures = {"EX-03": series(CALLS, {"2019-01": "20", "2019-02": "20", "2019-03": "15"})}
    cells = counted(breakdown, {"Police": "40", "Health": "3", "School": "12"}, Q4)
    assert cells_shown(publish(agreed(CALLS, breakdowns=(breakdown,)), figures, cells)) == {
        "Police": "40",
        "Health": "[c]",
        "School": "[c]",
    }
    del figures["EX-03"][parse("2019-01", Kind.MONTH)]
    assert cells_shown(publish(agreed(CALLS, breakdowns=(breakdown,)), figures, cells)) == {
        "Police": "40",
        "Health": "[c]",
        "School": "12",
    }


def test_twelve_months_are_the_total_of_a_rolling_breakdown() -> None:
    breakdown = replace(SOURCES, basis=Basis.ROLLING)
    months = {f"2018-{month:02}": "5" for month in range(4, 13)} | {f"2019-{month:02}": "5" for month in range(1, 4)}
    figures = {"EX-03": series(CALLS, months)}
    cells = counted(breakdown, {"Police": "40", "Health": "3", "School": "17"})
    assert cells_shown(publish(agreed(CALLS, breakdowns=(breakdown,)), figures, cells)) == {
        "Police": "40",
        "Health": "[c]",
        "School": "[c]",
    }


@pytest.mark.parametrize(
    ("basis", "of_indicator", "figures", "linked"),
    [
        (Basis.POINT, Basis.POINT, {"2018-19 Q4": "55"}, True),
        (Basis.ROLLING, Basis.ROLLING, {"2018-19 Q4": "55"}, True),
        (Basis.PERIOD, Basis.PERIOD, {"2018-19 Q4": "55"}, False),  # a month is no quarter
        (Basis.POINT, Basis.POINT, {"2018-19 Q3": "55"}, False),
    ],
)
def test_only_a_figure_of_the_same_span_is_the_total(
    basis: Basis, of_indicator: Basis, figures: dict[str, str], linked: bool
) -> None:
    indicator = replace(FAMILIES, basis=of_indicator)
    breakdown = replace(SOURCES, total="EX-02", basis=basis)
    cells = counted(breakdown, {"Police": "40", "Health": "3", "School": "12"})
    found = publish(agreed(indicator, breakdowns=(breakdown,)), {"EX-02": series(indicator, figures)}, cells)
    assert cells_shown(found)["School"] == ("[c]" if linked else "12")


def test_a_year_to_date_is_the_total_of_the_year() -> None:
    breakdown = replace(SOURCES, total="EX-02", frequency=Frequency.ANNUAL)
    cells = counted(breakdown, {"Police": "40", "Health": "3", "School": "12"}, parse("2018-19"))
    found = publish(agreed(FAMILIES, breakdowns=(breakdown,)), {"EX-02": series(FAMILIES, {"2018-19 Q4": "55"})}, cells)
    assert cells_shown(found)["School"] == "[c]"


def test_a_table_is_refused_rather_than_its_indicator_hidden() -> None:
    figures = {"EX-03": series(CALLS, {"2019-03": "7", "2019-02": "30"})}
    cells = [
        *counted(SOURCES, {"Police": "3", "Health": "4", "School": "0"}),
        *counted(SOURCES, {"Police": "2", "Health": "10", "School": "18"}, parse("2019-02", Kind.MONTH)),
    ]
    found = publish(agreed(CALLS, breakdowns=(SOURCES,)), figures, cells)
    assert found.figures == figures
    assert found.refused == (Refused("CON-SRC", MARCH, Reason.WORKED_OUT),)
    assert [cell.content.count for cell in found.cells] == [None, None, None, None, None, Decimal(18)]


def test_a_multi_response_breakdown_adds_up_to_nothing() -> None:
    breakdown = replace(SOURCES, multi_response=True)
    found = publish(
        agreed(CALLS, breakdowns=(breakdown,)),
        {"EX-03": series(CALLS, {"2019-03": "45"})},
        counted(breakdown, {"Police": "40", "Health": "3", "School": "12", "": "45"}),
    )
    assert cells_shown(found) == {"Police": "40", "Health": "[c]", "School": "12", "": "45"}


def test_a_cell_goes_with_its_small_denominator() -> None:
    found = publish(agreed(breakdowns=(SOURCES,)), {}, counted(SOURCES, {"Police": "0/3", "Health": "20/40"}))
    assert cells_shown(found) == {"Police": "[c]", "Health": "20"}


def test_a_breakdown_says_itself_what_is_small() -> None:
    breakdown = replace(SOURCES, suppress_below=0)
    found = publish(agreed(breakdowns=(breakdown,)), {}, counted(breakdown, {"Police": "3", "Health": "20"}))
    assert cells_shown(found) == {"Police": "3", "Health": "20"}


FIGURE_12 = {
    "Chester|Emotional Abuse": "51",
    "Chester|Neglect": "39",
    "Chester|Physical": "x",
    "Chester|Sexual": "x",
    "Ellesmere Port|Emotional Abuse": "49",
    "Ellesmere Port|Neglect": "20",
    "Ellesmere Port|Physical": "x",
    "Ellesmere Port|Sexual": "5",
    "Northwich & Winsford|Emotional Abuse": "30",
    "Northwich & Winsford|Neglect": "16",
    "Northwich & Winsford|Physical": "x",
    "Northwich & Winsford|Sexual": "x",
    "Children with Disabilities|Emotional Abuse": "x",
    "Children with Disabilities|Neglect": "6",
    "Children with Disabilities|Physical": "x",
    "Children with Disabilities|Sexual": "x",
}
ON_A_PLAN = replace(CALLS, basis=Basis.POINT)
ABUSED, NEGLECTED = (
    replace(REPEATS, code=code, decimals=0, frequency=Frequency.MONTHLY, basis=Basis.POINT)
    for code in ("GUARD-36", "GUARD-37")
)


def figure_12(abused: str, neglected: str, **links: str) -> dict[str, str]:
    """Figure 12 beside the 227 children, 58% and 36% of its paragraph; what is left of it."""
    breakdown = replace(
        TEAMS, total="EX-03", category_indicators={name.replace("_", " "): code for name, code in links.items()}
    )
    figures = {
        "EX-03": series(ON_A_PLAN, {"2019-03": "227"}),
        "GUARD-36": series(ABUSED, {"2019-03": abused}),
        "GUARD-37": series(NEGLECTED, {"2019-03": neglected}),
    }
    plans = agreed(ON_A_PLAN, ABUSED, NEGLECTED, breakdowns=(breakdown,))
    found = publish(plans, figures, counted(breakdown, FIGURE_12))
    assert found.figures == figures
    assert not found.refused
    again = publish(plans, found.figures, found.cells)
    assert (again.figures, again.cells, again.hidden) == (found.figures, found.cells, ())
    return cells_shown(found)


def hidden_of(shown: dict[str, str]) -> list[str]:
    return [names for names, text in shown.items() if text == "[c]" and FIGURE_12[names] != "x"]


def test_figure_12_gives_nothing_away_beside_its_total() -> None:
    assert hidden_of(figure_12("58", "81/227")) == []


@pytest.mark.parametrize("abused", ["58 /227", "58"])
def test_figure_12_hides_one_more_beside_the_percentage_of_a_category(abused: str) -> None:
    shown = figure_12(abused, "81/227", Emotional_Abuse="GUARD-36", Neglect="GUARD-37")
    assert hidden_of(shown) == ["Northwich & Winsford|Emotional Abuse"]


def test_figure_12_hides_one_more_beside_the_count_of_a_category() -> None:
    """With 132 the other seven hidden cells come to 9, so that none of them could be 4."""
    shown = figure_12("132/227", "81/227", Emotional_Abuse="GUARD-36")
    assert hidden_of(shown) == ["Northwich & Winsford|Emotional Abuse", "Children with Disabilities|Neglect"]


def test_the_percentage_of_a_category_that_the_table_lacks_is_no_matter() -> None:
    assert hidden_of(figure_12("58", "81/227", Unknown="GUARD-36", Neglect="GUARD-99")) == []


def test_what_a_table_of_the_larger_rows_leaves_may_be_small_too() -> None:
    breakdown = replace(SOURCES, at_least=10)
    cells = counted(breakdown, {"Police": "40", "Health": "12", "": "55"})
    assert cells_shown(publish(agreed(breakdowns=(breakdown,)), {}, cells)) == {
        "Police": "40",
        "Health": "[c]",
        "": "55",
    }
    cells = counted(breakdown, {"Police": "40", "Health": "12", "": "75"})
    assert "[c]" not in cells_shown(publish(agreed(breakdowns=(breakdown,)), {}, cells)).values()


def test_denominators_that_add_up_hide_one_more() -> None:
    cells = counted(SOURCES, {"Police": "0/3", "Health": "20/40", "School": "9/30", "": "29/73"})
    shown = cells_shown(publish(agreed(breakdowns=(SOURCES,)), {}, cells))
    assert shown == {"Police": "[c]", "Health": "20", "School": "[c]", "": "29"}
    cells[-1] = replace(cells[-1], content=Counted(Decimal(29), Decimal(80)))
    assert cells_shown(publish(agreed(breakdowns=(SOURCES,)), {}, cells))["School"] == "9"


def test_an_earlier_version_of_a_figure_is_hidden_if_it_was_small_or_the_current_one_is() -> None:
    was, now = series(CALLS, {"2019-03": "3"})[MARCH], series(CALLS, {"2019-03": "30"})[MARCH]
    plans = agreed(CALLS)
    assert published_version(plans, CALLS, was, hidden=False).content == Content(status=Status.SUPPRESSED)
    assert published_version(plans, CALLS, now, hidden=False) == now
    assert published_version(plans, CALLS, now, hidden=True).content == Content(status=Status.SUPPRESSED)


@pytest.mark.parametrize(
    ("was", "now", "is_shown"), [("6.0", "10/50", False), ("10/50", "6.0", False), ("60.0", "10/50", True)]
)
def test_an_earlier_version_is_hidden_where_it_is_small_beside_the_current_one(
    was: str, now: str, is_shown: bool
) -> None:
    """6.0% of the 50 that stand beside it is 3."""
    versions = [series(REPEATS, {"2018-19 Q4": figure})[Q4] for figure in (was, now)]
    found = published_version(agreed(REPEATS), REPEATS, versions[0], hidden=False, versions=versions)
    assert (found == versions[0]) is is_shown


def test_what_was_printed_of_an_earlier_version_is_not_published() -> None:
    figure = Figure("EX-03", MARCH, 1, Content(Decimal(30), as_published="30; 3 in March"), STAMP)
    assert published_version(agreed(CALLS), CALLS, figure, hidden=False).content == Content(Decimal(30))


NUMBERS = st.one_of(st.integers(0, 7), st.integers(0, 90)).map(str) | st.just("suppressed") | st.just("not returned")
PARTS = st.tuples(st.integers(0, 12), st.integers(0, 60)).map(lambda t: f"{t[0]}/{t[0] + t[1] + 1}")
QUARTERS = [f"2018-19 Q{number}" for number in range(1, 5)]
MONTHS = [f"2019-{month:02}" for month in range(1, 4)]
TABLE = st.dictionaries(
    st.tuples(st.sampled_from(["", "Chester", "Winsford"]), st.sampled_from(["", "Neglect", "Abuse", "Harm"])).map(
        "|".join
    ),
    st.one_of(st.integers(0, 7), st.integers(0, 90)).map(str) | st.just("x"),
)


def consistent(table: dict[str, str]) -> dict[str, str]:
    """Let totals be the sums of their parts, as a council's own are."""
    leaves = {names: int(text) for names, text in table.items() if "" not in names.split("|") and text != "x"}
    out = {}
    for names, text in table.items():
        team, reason = names.split("|")
        fits = [n for n in leaves if team in {"", n.split("|")[0]} and reason in {"", n.split("|")[1]}]
        out[names] = text if text == "x" or "" not in (team, reason) else str(sum(leaves[n] for n in fits))
    return out


def with_total(table: dict[str, str]) -> dict[str, str]:
    return {**table, "": str(sum(map(int, table.values())))} if len(table) > 1 else table


@settings(max_examples=150)
@given(
    st.dictionaries(st.sampled_from(QUARTERS), NUMBERS),
    st.dictionaries(st.sampled_from(QUARTERS), PARTS | st.just("suppressed")),
    st.dictionaries(st.sampled_from(MONTHS), NUMBERS),
    TABLE.map(consistent),
    st.dictionaries(st.sampled_from(["Police", "Health", "School"]), st.integers(0, 40).map(str)).map(with_total),
    st.sampled_from([0, 3, 5, 10]),
)
def test_nothing_that_is_hidden_comes_out_and_publishing_twice_changes_nothing(
    families: dict[str, str],
    repeats: dict[str, str],
    calls: dict[str, str],
    teams: dict[str, str],
    sources: dict[str, str],
    below: int,
) -> None:
    cumulative = replace(REPEATS, basis=Basis.CUMULATIVE)
    plans = agreed(FAMILIES, cumulative, CALLS, breakdowns=(SOURCES, TEAMS), below=below)
    figures = {
        "EX-02": series(FAMILIES, families),
        "SAFE-01": series(cumulative, repeats),
        "EX-03": series(CALLS, calls),
    }
    cells = [*counted(TEAMS, teams), *counted(SOURCES, sources)]
    found = publish(plans, figures, cells)
    hidden = {each.what for each in found.hidden}
    refused = {(each.breakdown, each.period) for each in found.refused}
    for code, each in figures.items():
        for period, figure in each.items():
            now = found.figures[code][period]
            if now != figure:
                assert FigureKey(code, period) in hidden
                assert now.content == Content(status=Status.SUPPRESSED)
            for number in (now.content.value if code != "SAFE-01" else None, now.content.numerator):
                assert number is None or not 1 <= number < below
    for was, is_now in zip(cells, found.cells, strict=True):
        assert is_now.categories == was.categories
        if is_now != was:
            key = CellKey(was.breakdown, was.period, was.categories)
            assert key in hidden or (was.breakdown, was.period) in refused
            assert is_now.content == Counted(status=Status.SUPPRESSED)
        assert is_now.content.count is None or not 1 <= is_now.content.count < below
    again = publish(plans, found.figures, found.cells)
    assert (again.figures, again.cells) == (found.figures, found.cells)
    assert again.hidden == ()


def test_the_same_rows_cover_a_small_one_month_after_month() -> None:
    """With B covering it in March and C in April, C would be 21 then and B 22 now for who puts the two side by side."""
    april = parse("2019-04", Kind.MONTH)
    alone = replace(SOURCES, total="")
    tables = {
        MARCH: {"H": "3", "B": "21", "C": "22", "D": "90", "": "136"},
        april: {"H": "2", "B": "22", "C": "21", "D": "90", "": "135"},
    }
    cells = [cell for period in (april, MARCH) for cell in counted(alone, tables[period], period)]
    found = publish(agreed(breakdowns=(alone,)), {}, cells)
    hidden = {
        period: [c.categories for c in found.cells if c.period == period and c.content.count is None]
        for period in tables
    }
    assert hidden == {MARCH: [("H",), ("B",)], april: [("H",), ("B",)]}


def test_a_row_of_four_ones_is_not_worked_out_from_the_columns() -> None:
    rows = {"A": [1, 1, 1, 1], "B": [10, 12, 14, 30], "D": [20, 22, 24, 20]}
    table = {f"{row}|{column}": f"{n}" for row, ns in rows.items() for column, n in zip("PQRS", ns, strict=True)}
    table |= {f"{row}|": f"{sum(ns)}" for row, ns in rows.items()}
    table |= {f"|{column}": f"{sum(ns[i] for ns in rows.values())}" for i, column in enumerate("PQRS")}
    shown = cells_shown(publish(agreed(breakdowns=(TEAMS,)), {}, counted(TEAMS, table | {"|": "156"})))
    for column in "PQRS":
        in_column = [shown[f"{row}|{column}"] for row in ("A", "B", "D", "")]
        assert in_column.count("[c]") > 1, "else it is the total less the others"
    assert [shown[f"{row}|"] for row in ("A", "B", "D", "")].count("[c]") > 1


@pytest.mark.parametrize("hidden", [1, 2, 3, 4, 8])
def test_a_bare_c_is_not_the_total_less_the_others(hidden: int) -> None:
    alone = replace(SOURCES, total="")
    cells = counted(alone, {"A": "30", "B": "x", "C": "40", "": f"{70 + hidden}"})
    cells[1] = replace(cells[1], content=Counted(status=Status.SUPPRESSED))
    shown = cells_shown(publish(agreed(breakdowns=(alone,)), {}, cells))
    assert shown == {"A": "[c]", "B": "[c]", "C": "40", "": f"{70 + hidden}"}


def test_one_and_five_are_not_told_by_their_total() -> None:
    alone = replace(SOURCES, total="")
    found = publish(agreed(breakdowns=(alone,)), {}, counted(alone, {"A": "1", "B": "5", "": "6"}))
    assert cells_shown(found) == {"A": "[c]", "B": "5", "": "[c]"}


def test_one_row_of_small_numbers_leaves_most_of_a_table() -> None:
    rows = {"A": [1, 1, 2], "B": [10, 12, 14], "D": [20, 22, 24]}
    table = {f"{row}|{column}": f"{n}" for row, ns in rows.items() for column, n in zip("PQR", ns, strict=True)}
    table |= {f"{row}|": f"{sum(ns)}" for row, ns in rows.items()}
    table |= {f"|{column}": f"{sum(ns[i] for ns in rows.values())}" for i, column in enumerate("PQR")}
    shown = cells_shown(publish(agreed(breakdowns=(TEAMS,)), {}, counted(TEAMS, table | {"|": "106"})))
    assert list(shown.values()).count("[c]") == 8
    assert [shown[f"|{column}"] for column in ("P", "Q", "R", "")] == ["31", "35", "40", "106"]
