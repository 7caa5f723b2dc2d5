"""What a sign-off seals of the figures of all areas, and how little of it there is to read."""

from pathlib import Path

from outcome_tracker.core import seal
from outcome_tracker.core.period import parse
from outcome_tracker.core.seal_wording import broken_text
from outcome_tracker.tracker.collect import Entered, enter
from outcome_tracker.tracker.plans import apply
from outcome_tracker.tracker.signoff import broken_seals, sign, status, submit
from tests.everywhere import opened
from tests.tracker.signing import as_user, behind_the_back, done

Q4 = parse("2018-19 Q4")
FIGURES = (("REPEAT", "2018-19 Q4", "12.0"), ("REFER", "2018-19 Q4", "18.0"), ("EET", "2018-19", "60"))
MORE = (("CONTEXT", "2018-19", "12.0"), ("ALONE", "2018-19", "3"))
SIGNED = "when it was signed off on 15 Jan 2026 by kim"


def test_figures_of_all_areas_that_comparators_were_made_from_are_sealed(everywhere: Path) -> None:
    made = opened(everywhere)
    apply(made)
    for code, period, text in (*FIGURES, *MORE):
        assert isinstance(enter(made, code, period, text), Entered)
    done(submit(made, "SAFE", Q4))
    event = done(sign(as_user(made, "kim"), "SAFE", Q4)).event
    assert event is not None
    sealed = seal.read(event.sealed)
    shown = {(item.key[0], item.key[1]) for item in sealed if item.kind == seal.SHOWN}
    assert {("REPEAT", "England"), ("REPEAT", "North West"), ("REPEAT", "Statistical neighbours")} <= shown
    releases = {item.key for item in sealed if item.kind == seal.AREAS}
    assert {key[0] for key in releases} == {code for code, _ in shown}
    assert (broken_seals(made), status(made, Q4).plans[0].addenda) == ((), ())
    behind_the_back(
        made,
        "UPDATE area_figure SET value = value + 1 WHERE area = 'E06000050' AND number = "
        "(SELECT max(number) FROM area_release WHERE indicator = 'REPEAT' AND period = '2018-19')",
    )
    (period, release) = next(key[1:] for key in sorted(releases) if key[:2] == ("REPEAT", "2018-19"))
    assert [broken_text(each) for each in broken_seals(made)] == [
        f"figures of all areas for REPEAT {period}, {release}: not as they were {SIGNED}"
    ]
