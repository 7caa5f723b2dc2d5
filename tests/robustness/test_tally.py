"""The table of what was tried, and when an experiment fails."""

from collections.abc import Callable

import pytest

from tests.robustness.tally import Tally, table


def counted(experiment: str, *, careless: bool = False, points: int = 1500, lost: int = 0) -> Tally:
    counting = Tally(experiment, points=points, acknowledged=11, careless=careless)
    for number in range(lost):
        counting.found("lost", f"point {number}")
    return counting


def test_the_table_adds_up_what_must_be_zero_and_sets_apart_what_must_not() -> None:
    found = [counted("power cut", lost=1), counted("careless", careless=True, lost=20), counted("kill")]
    assert table(each.report() for each in found) == [
        "experiment  points  acknowledged  lost  half  corrupt  stuck  seconds",
        "kill         1,500            11     0     0        0      0        0",
        "power cut    1,500            11     1     0        0      0        0",
        "together     3,000            22     1     0        0      0        0",
        "",
        "made to fail, so that the experiments are known to notice:",
        "careless     1,500            11    20     0        0      0        0",
    ]


def test_an_experiment_without_faults_passes() -> None:
    counted("kill").end()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: counted("kill", lost=2), "kill\nlost: point 0\nlost: point 1"),
        (lambda: counted("kill", points=0), "kill: nothing was tried"),
        (lambda: counted("kill", careless=True), "kill: nothing was found, so the experiment proves nothing"),
    ],
)
def test_an_experiment_with_faults_or_without_meaning_fails(make: Callable[[], Tally], message: str) -> None:
    with pytest.raises(AssertionError) as raised:
        make().end()
    assert str(raised.value).startswith(message)


def test_a_careless_one_that_loses_passes() -> None:
    counted("kill", careless=True, lost=1).end()
