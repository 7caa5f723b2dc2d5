"""Moving a whole database: for officers, and with its seals."""

from pathlib import Path

import pytest

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.seal_wording import broken_text
from outcome_tracker.tracker.moving import copy_database
from outcome_tracker.tracker.signoff import broken_seals, status
from outcome_tracker.tracker.workspace import open_workspace
from tests.cluster import BOTH
from tests.tracker.signing import behind_the_back, signed
from tests.tracker.test_roles import at, listing
from tests.tui.entering import Q4


@pytest.fixture(params=BOTH)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where there is no database yet."""
    file = request.param == "sqlite"
    return str(tmp_path / "copy.db" if file else request.getfixturevalue("database").address)


def test_seals_hold_in_the_copy_too(tmp_path: Path, target: str) -> None:
    made = signed(tmp_path)
    moved = copy_database(made, made.location.shown, target)
    there = open_workspace(tmp_path, user="ana", now=made.now, database=target)
    assert (moved.broken, broken_seals(there)) == ((), ())
    assert status(there, Q4).plans[0].progress == status(made, Q4).plans[0].progress
    assert moved.rows == sum(table.rows for table in moved.tables) > 20


def test_what_was_altered_before_is_copied_as_it_is_and_named(tmp_path: Path, target: str) -> None:
    made = signed(tmp_path)
    behind_the_back(made, "UPDATE figure SET numerator = '34' WHERE indicator = 'S-01'")
    moved = copy_database(made, made.location.shown, target)
    assert [broken_text(each) for each in moved.broken] == [broken_text(each) for each in broken_seals(made)] != []


@pytest.mark.parametrize(
    ("user", "read_only", "said"),
    [
        ("Eve", False, "may copy the whole database"),
        ("Max", False, "Only people whom council.yaml lists under roles may look"),
        ("Ann", True, "read-only"),
    ],
)
def test_only_officers_copy(tmp_path: Path, user: str, said: str, *, read_only: bool) -> None:
    listing(tmp_path)
    with pytest.raises(Unavailable, match=said):
        copy_database(
            at(tmp_path, user, read_only=read_only), str(tmp_path / "data" / "tracker.db"), str(tmp_path / "c.db")
        )
    assert not (tmp_path / "c.db").exists()
