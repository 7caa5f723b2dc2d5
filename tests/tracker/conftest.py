"""The workspaces that these tests run on, on each engine."""

import pytest

from tests.cluster import BOTH
from tests.everywhere import everywhere, everywhere_template
from tests.on_server import engine, moving
from tests.running import demo, demo_template, here, small, small_template

__all__ = [
    "demo",
    "demo_template",
    "engine",
    "everywhere",
    "everywhere_template",
    "here",
    "moving",
    "small",
    "small_template",
]

# Tests of what only files have, and those that choose the engine themselves: modules, and functions of others.
ABOUT_FILES = {
    "test_backups",
    "test_doctor",
    "test_moving",
    "test_restoring",
    "test_an_older_database_waits_for_an_officer",
    "test_nobody_saves_without_the_role",
    "test_read_only_is_for_everybody",
    "test_the_demo_with_roles_is_made_by_an_officer",
    "test_the_same_things_give_the_same_seal_on_both_engines",
    "test_an_older_database_is_brought_up_to_date_when_it_is_opened",
    "test_there_is_a_database_where_its_file_is_or_on_a_server",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test on both engines, but for those about files."""
    names = {metafunc.module.__name__.rpartition(".")[2], metafunc.function.__name__}
    metafunc.parametrize("engine", BOTH[: 1 if names & ABOUT_FILES else 2], indirect=True)
