from outcome_tracker.core.loss import Loss
from outcome_tracker.core.loss_wording import entries_text


def test_entries_are_counted_by_what_they_are() -> None:
    assert entries_text(Loss({"commentary": 1, "figure": 3, "definition": 2})) == (
        "3 figures, 1 section of commentary and 2 changes of the plan files"
    )
    assert entries_text(Loss({"something_new": 1, "and_more": 1_000})) == "1,001 other entries"
    assert Loss({"figure": 3, "target": 1}).total == 4
