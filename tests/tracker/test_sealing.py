"""What a sign-off seals: also the figures of all areas, and the same on both engines."""

from dataclasses import replace
from pathlib import Path

import pytest

from outcome_tracker.core import seal
from outcome_tracker.core.period import parse
from outcome_tracker.core.seal_wording import addendum_text, broken_text
from outcome_tracker.store.location import locate
from outcome_tracker.tracker import as_signed
from outcome_tracker.tracker.collect import Entered, enter
from outcome_tracker.tracker.moving import copy_database
from outcome_tracker.tracker.plans import apply
from outcome_tracker.tracker.review import find_plan, known_for, review_of
from outcome_tracker.tracker.signoff import broken_seals, line_of, sign, status, submit
from tests.cluster import BOTH
from tests.everywhere import opened
from tests.tracker.signing import LATER, as_user, behind_the_back, complete, done

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


@pytest.fixture(params=BOTH)
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where there is no database yet, on either engine."""
    file = request.param == "sqlite"
    return str(tmp_path / "elsewhere.db" if file else request.getfixturevalue("database").address)


def test_the_same_things_give_the_same_seal_on_both_engines(tmp_path: Path, elsewhere: str) -> None:
    made = complete(tmp_path)
    copy_database(made, made.location.shown, elsewhere)
    there = replace(made, location=locate(elsewhere))
    seals = []
    for each in (made, there):
        done(submit(each, "SAFE", Q4))
        event = done(sign(as_user(each, "kim"), "SAFE", Q4)).event
        assert event is not None
        seals.append(event.seal)
    assert seals[0] == seals[1]
    enter(as_user(there, "ana", LATER), "S-04", "2018-19 Q4", "11.5")
    found = status(there, Q4).plans[0]
    assert [addendum_text(each) for each in found.addenda] == [
        "S-04 2018-19 Q4: 11.5 instead of not available on 3 Jun 2019 (ana)"
    ]
    with there.read() as reader, reader.snapshot():
        then = as_signed.opened(there, reader, known_for(there, reader, Q4), Q4)
    assert line_of(find_plan(review_of(then.found, Q4), "SAFE")) == found.line
    assert broken_seals(there) == ()
