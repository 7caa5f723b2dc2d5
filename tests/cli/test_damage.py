"""A damaged database is a sentence in every command, and `doctor` finds what can be found."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from outcome_tracker.store import failures
from tests.running import run
from tests.tracker.signing import signed
from tests.trouble import BACKUP, NOW, at, backed_up

PAGE = 4096
COMMANDS = [
    ("summary",),
    ("scorecard", "--history"),
    ("indicator", "S-01"),
    ("due",),
    ("commentary",),
    ("milestones",),
    ("status",),
    ("export", "audit"),
    ("targets", "diff"),
    ("backup",),
    ("restore", BACKUP, "--dry-run"),
    ("enter", "S-02", "2018-19 Q4", "18.9"),
]


def erased(page: bytearray, _: random.Random) -> None:
    page[:] = bytes(PAGE)


def overwritten(page: bytearray, _: random.Random) -> None:
    page[:] = b"\xff" * PAGE


def sprinkled(page: bytearray, chance: random.Random) -> None:
    for _ in range(200):
        page[chance.randrange(PAGE)] = chance.randrange(256)


def fallen_over(page: bytearray, chance: random.Random) -> None:
    """Turn over a few bits, as bad memory and old disks do."""
    for _ in range(5):
        page[chance.randrange(PAGE)] ^= 1 << chance.randrange(8)


@pytest.mark.robustness
@pytest.mark.parametrize("damage", [erased, overwritten, sprinkled, fallen_over])
def test_no_damage_to_a_page_ends_in_anything_but_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[bytearray, random.Random], None]
) -> None:
    monkeypatch.setattr(failures, "BUSY_SECONDS", 0)
    folder = tmp_path / "ws"
    signed(folder)
    backed_up(folder)
    whole = at(folder).read_bytes()
    chance = random.Random(damage.__name__)  # noqa: S311 - the same damage every time
    for start in range(0, len(whole), PAGE):
        page = bytearray(whole[start : start + PAGE])
        damage(page, chance)
        spoilt = whole[:start] + page + whole[start + PAGE :]
        told = {}
        for command in (("doctor",), *COMMANDS):
            at(folder).write_bytes(spoilt)
            at(folder).with_name("tracker.db-journal").unlink(missing_ok=True)
            ran = run(folder, *command, environment={"OUTCOME_TRACKER_NOW": NOW})
            told[command] = ran.code
            assert ran.code in {0, 1, 3}, (start // PAGE, command, ran.err)
        if told["doctor",] == 0:  # unused room, or a letter of a text: nothing in SQLite tells that
            assert told["export", "audit"] == 0, start // PAGE
