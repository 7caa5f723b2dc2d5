import pytest

from outcome_tracker.core import health_wording as say
from outcome_tracker.core.finding import Severity


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (-1, "whose name is of a day to come"),
        (0, "made today"),
        (1, "made yesterday"),
        (1_000, "1,000 days old"),
    ],
)
def test_ages_are_told_in_days(days: int, text: str) -> None:
    assert say.age_text(days) == text


def test_of_many_the_first_are_named() -> None:
    assert say.gaps(["a", "b"]).sentence.startswith("A version is missing of a and b: ")
    assert say.gaps(["a", "b", "c", "d", "e"]).sentence.startswith("A version is missing of a, b, c and 2 more: ")


def test_the_first_fault_is_told_and_the_others_counted() -> None:
    told = say.faults("data/tracker.db", ["*** in database main ***\nPage 3: never used.", "x", "y"], "Restore.")
    assert told.sentence == (
        "data/tracker.db is damaged; SQLite says: *** in database main *** Page 3: never used (and 2 more)."
    )


def test_a_network_drive_without_locks_is_a_warning() -> None:
    usual = say.network_drive("cifs", "//files.example/performance", locks=True)
    assert usual.severity is Severity.NOTE
    assert usual.sentence == (
        "The database is on a network drive (cifs, //files.example/performance), "
        "whose server decides whether locks hold and what outlives a power cut."
    )
    bad = say.network_drive("nfs", "", locks=False)
    assert bad.severity is Severity.WARNING
    assert bad.sentence.startswith("The database is on a network drive (nfs) that is connected without locks: two")


def test_a_backup_without_something_is_a_warning_once_it_is_old() -> None:
    assert say.backup_behind("b.db", "made today", "1 figure", old=False).severity is Severity.NOTE
    assert say.backup_behind("b.db", "8 days old", "1 figure", old=True).severity is Severity.WARNING
