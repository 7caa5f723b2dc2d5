"""The model of a disk, by small stories of what was written and synced."""

from tests.robustness.disk import (
    Create,
    Cut,
    Disk,
    Link,
    MakeFolder,
    Operation,
    Piece,
    Remove,
    Rename,
    Sync,
    Write,
    ends,
)

OLD, NEW = b"o" * 1536, b"n" * 1536  # three sectors each


def disk(*operations: Operation) -> Disk:
    """A disk that holds OLD as `f` in a folder `d`, and what was done since."""
    made = Disk()
    before: list[Operation] = [MakeFolder("d"), Create("d/f"), Write("d/f", 0, OLD)]
    for each in before:
        made.do(each)
    made.settle()
    for each in operations:
        made.do(each)
    return made


def kept(_: Piece) -> bool:
    return True


def dropped(_: Piece) -> bool:
    return False


def test_what_was_not_synced_is_kept_or_dropped() -> None:
    made = disk(Write("d/f", 0, NEW))
    assert made.left(kept) == {"d": None, "d/f": NEW}
    assert made.left(dropped) == {"d": None, "d/f": OLD}
    assert made.seen() == {"d/f": NEW}


def test_each_sector_by_itself() -> None:
    made = disk(Write("d/f", 0, NEW))
    middle = made.left(lambda piece: piece.kind == "sector" and piece.index == 1)
    assert middle["d/f"] == b"o" * 512 + b"n" * 512 + b"o" * 512


def test_a_sector_holds_all_that_was_written_to_it_before() -> None:
    made = disk(Write("d/f", 0, b"1"), Write("d/f", 511, b"2"))
    last = made.serial
    found = made.left(lambda piece: piece.serial == last)["d/f"]
    assert found == b"1" + b"o" * 510 + b"2" + b"o" * 1024


def test_what_was_synced_stays() -> None:
    made = disk(Write("d/f", 0, NEW), Sync("d/f"), Write("d/f", 0, b"later"))
    assert made.left(dropped)["d/f"] == NEW


def test_syncing_one_file_keeps_no_other() -> None:
    made = disk(Create("d/g"), Sync("d"), Write("d/g", 0, NEW), Write("d/f", 0, NEW), Sync("d/f"))
    assert made.left(dropped) == {"d": None, "d/f": NEW, "d/g": b""}


def test_syncing_a_new_file_keeps_not_its_name_but_syncing_the_folder_does() -> None:
    made = disk(Create("d/g"), Write("d/g", 0, NEW), Sync("d/g"))
    assert made.left(dropped) == {"d": None, "d/f": OLD}
    made.do(Sync("d"))
    assert made.left(dropped) == {"d": None, "d/f": OLD, "d/g": NEW}


def test_a_removed_file_comes_back_until_the_folder_is_synced() -> None:
    made = disk(Remove("d/f"))
    assert made.left(kept) == {"d": None}
    assert made.left(dropped) == {"d": None, "d/f": OLD}
    made.do(Sync("d"))
    assert made.left(dropped) == {"d": None}


def test_a_new_size_without_its_bytes_shows_zeros_or_remains_of_others() -> None:
    made = disk(Write("d/f", 1536, b"n" * 10))
    only_size = made.left(lambda piece: piece.kind == "size")["d/f"]
    assert only_size == OLD + bytes(10)
    remains = made.left(lambda piece: piece.kind == "size", noise=1)["d/f"]
    assert remains is not None
    assert len(remains) == 1546
    assert remains[1536:] not in {bytes(10), b"n" * 10}


def test_bytes_without_the_new_size_are_not_there() -> None:
    made = disk(Write("d/f", 1536, b"n" * 10))
    assert made.left(lambda piece: piece.kind == "sector")["d/f"] == OLD


def test_cutting_a_file_may_be_undone() -> None:
    made = disk(Cut("d/f", 100))
    assert made.left(kept)["d/f"] == OLD[:100]
    assert made.left(dropped)["d/f"] == OLD
    made.do(Create("d/f", empty=True))
    assert made.left(kept)["d/f"] == b""


def test_a_rename_is_whole() -> None:
    made = disk(Rename("d/f", "d/g"))
    assert {tuple(found) for found in ends(made, 1)} == {("d", "d/f"), ("d", "d/g")}


def test_a_link_gives_one_file_two_names() -> None:
    made = disk(Link("d/f", "d/g"), Sync("d"), Write("d/g", 0, NEW))
    assert made.left(kept) == {"d": None, "d/f": NEW, "d/g": NEW}


def test_a_new_folder_is_dropped_with_what_is_in_it() -> None:
    made = disk(MakeFolder("d/e"), Create("d/e/g"), Sync("d/e"))
    assert made.left(dropped) == {"d": None, "d/f": OLD}


def test_the_ends_of_a_torn_write_are_all_different_and_always_the_same() -> None:
    made = disk(Write("d/f", 0, NEW))
    found = [each["d/f"] for each in ends(made, 3)]
    assert len(set(found)) == len(found) >= 5
    assert {OLD, NEW, b"n" * 512 + OLD[512:], OLD[:1024] + b"n" * 512} <= set(found)
    assert [each["d/f"] for each in ends(made, 3)] == found


def test_where_all_is_synced_there_is_one_end() -> None:
    assert len(list(ends(disk(), 1))) == 1
