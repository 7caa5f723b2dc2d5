"""Problems say where and what; what cannot be done says what to do about it."""

import pytest

from outcome_tracker.core.problem import Problem, Unavailable, nearest


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (Problem("Wrong."), "Wrong."),
        (Problem("Wrong.", "targets/safe.yaml"), "targets/safe.yaml: Wrong."),
        (Problem("Wrong.", "targets/safe.yaml", 4), "targets/safe.yaml:4: Wrong."),
        (Problem("Wrong.", "targets/safe.yaml", 4, 7, "unit"), "targets/safe.yaml:4:7: unit: Wrong."),
        (Problem("Wrong.", line=4), "4: Wrong."),
        (Problem("Wrong.", key="unit"), "unit: Wrong."),
        (Problem("Wrong.", "figures.csv", 2, warning=True), "figures.csv:2: Wrong."),
    ],
)
def test_a_problem_prints_its_place(problem: Problem, expected: str) -> None:
    assert str(problem) == expected


def test_what_is_unavailable_says_why_and_what_to_do() -> None:
    error = Unavailable("There is no database yet.", "Run `outcome-tracker targets apply`.")
    assert str(error) == "There is no database yet. Run `outcome-tracker targets apply`."
    assert (error.sentence, error.remedy) == ("There is no database yet.", "Run `outcome-tracker targets apply`.")
    assert error.args == ("There is no database yet.",)
    assert str(Unavailable("There is no database yet.")) == "There is no database yet."


def test_the_nearest_known_word() -> None:
    known = ["tolerance", "threshold", "targets"]
    assert nearest("tolerence", known) == " Did you mean 'tolerance'?"
    assert nearest("target", iter(known)) == " Did you mean 'targets'?"
    assert nearest("zzz", known) == ""
    assert nearest("abcde", ["abcxy"]) == " Did you mean 'abcxy'?"  # three letters of five: just close enough
