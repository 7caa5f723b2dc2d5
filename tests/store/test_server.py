"""A database on a PostgreSQL server. One test stands for all of them in the everyday run: see `make postgresql`."""

import pytest

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store.location import Location
from outcome_tracker.store.queries import Reader
from outcome_tracker.store.writer import Writer
from tests.store.examples import one_of_each


def test_what_was_saved_on_a_server_is_read_back(tables: Location) -> None:
    Writer(tables).save(one_of_each())
    with Reader.open(tables) as reader:
        assert reader.figures() == one_of_each()[:1]
        assert len(list(reader.audit())) == len(one_of_each())


@pytest.mark.postgresql
def test_a_server_without_the_tables_says_how_to_make_them(database: Location) -> None:
    with pytest.raises(
        Unavailable, match=r"has no tables of Outcome Tracker\. Make them with: outcome-tracker targets"
    ):
        Reader.open(database)
