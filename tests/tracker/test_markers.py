"""What an import remembers of markers that nobody has explained."""

from outcome_tracker.core.figure import Status
from outcome_tracker.core.missing import BLANK
from outcome_tracker.tracker.markers import Markers, Untold


def test_what_is_known_is_answered_and_nothing_remembered() -> None:
    markers = Markers({"x": Status.SUPPRESSED, BLANK: Status.NOT_RETURNED})
    assert (markers.found("X"), markers.found("5"), markers.found("")) == ("x", "", "")
    assert markers.meaning("x", "X", "line 3, value") is Status.SUPPRESSED
    assert markers.meaning("[z]", "[z]", "line 3, value") is Status.NOT_APPLICABLE
    assert markers.meaning(BLANK, "", "line 3, value") is Status.NOT_RETURNED
    assert (markers.untold, markers.problems("figures.csv")) == ((), [])


def test_what_is_not_known_is_counted_with_where_it_stood_first() -> None:
    markers = Markers()
    met = [("x", "X", "Data!C3"), ("x", "x", "Data!C4"), (BLANK, "", "Data!C5")]
    assert [markers.meaning(*each) for each in met] == [None] * 3
    assert markers.untold == (Untold("x", "X", 2, "Data!C3"), Untold(BLANK, BLANK, 1, "Data!C5"))
    assert [str(each)[:53] for each in markers.problems("return.xlsx")] == [
        "return.xlsx: 'X' stands in 2 cells (first Data!C3), a",
        "return.xlsx: 1 row has neither a figure nor a status ",
    ]
    assert [each.path for each in markers.problems()] == ["", ""]
