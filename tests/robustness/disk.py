"""A disk that promises no more than POSIX does: what was not synced may be kept, dropped or torn when the power fails.

The model is the pessimistic one. Nothing is ever written back by itself. Syncing a file keeps its bytes and its size,
but not its name: only syncing the folder keeps names (ext4 would keep a new file's name too). What was not synced is
there or not in any mixture: each sector of 512 bytes by itself, a file's new size by itself, each name by itself, in
any order. A sector is whole, and holds all that was written to it up to some moment; a rename is whole. Where a
file's new size was kept but not its bytes, zeros or remains of another file stand there.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Create:
    """A file is opened, and made where it is not there; `empty` cuts one that is."""

    path: str
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Write:
    path: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """A file or a folder is synced."""

    path: str


@dataclass(frozen=True, slots=True)
class Link:
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Rename:
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Remove:
    path: str


@dataclass(frozen=True, slots=True)
class MakeFolder:
    path: str


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """The program says that what was asked for is done."""


Operation = Create | Write | Cut | Sync | Link | Rename | Remove | MakeFolder | Acknowledge


@dataclass(frozen=True, slots=True)
class Piece:
    """What reaches the disk or doesn't: a sector of a file, its size or a name, as changed by the operation `serial`.

    `index` is the sector's number, `of` how many sectors the operation wrote from `first` on.
    """

    kind: str  # sector, size or name
    serial: int
    index: int = 0
    first: int = 0
    of: int = 1


Fate = "Callable[[Piece], bool]"


@dataclass(slots=True, eq=False)
class File:
    durable: bytearray = field(default_factory=bytearray)
    cached: bytearray = field(default_factory=bytearray)
    sectors: dict[int, list[tuple[Piece, bytes]]] = field(default_factory=dict)
    sizes: list[tuple[Piece, int]] = field(default_factory=list)

    def write(self, serial: int, offset: int, data: bytes) -> None:
        before = len(self.cached)
        if offset > before:
            self.cached.extend(bytes(offset - before))
        self.cached[offset : offset + len(data)] = data
        first, last = offset // SECTOR, (offset + len(data) - 1) // SECTOR
        for index in range(first, last + 1):
            content = bytes(self.cached[index * SECTOR : (index + 1) * SECTOR])
            piece = Piece("sector", serial, index, first, last - first + 1)
            self.sectors.setdefault(index, []).append((piece, content))
        if len(self.cached) != before:
            self.sizes.append((Piece("size", serial), len(self.cached)))

    def cut(self, serial: int, size: int) -> None:
        if size == len(self.cached):
            return
        self.cached = self.cached[:size] + bytearray(max(0, size - len(self.cached)))
        self.sizes.append((Piece("size", serial), size))

    def sync(self) -> None:
        self.durable = bytearray(self.cached)
        self.sectors.clear()
        self.sizes.clear()

    def left(self, is_kept: Callable[[Piece], bool], filler: Callable[[int], bytes]) -> bytes:
        """Return what stands on the disk after the power failed."""
        size = next((size for piece, size in reversed(self.sizes) if is_kept(piece)), len(self.durable))
        left = bytearray(self.durable)
        if size > len(left):
            left.extend(filler(size - len(left)))
        for index, versions in self.sectors.items():
            kept = next((content for piece, content in reversed(versions) if is_kept(piece)), None)
            start = index * SECTOR
            if kept is not None and start < size:
                if start > len(left):
                    left.extend(filler(start - len(left)))
                left[start : start + len(kept)] = kept
        return bytes(left[:size])


@dataclass(slots=True, eq=False)
class Folder:
    durable: dict[str, File | Folder] = field(default_factory=dict)
    cached: dict[str, File | Folder] = field(default_factory=dict)
    changes: list[tuple[Piece, str, File | Folder | None]] = field(default_factory=list)

    def name(self, serial: int, name: str, node: File | Folder | None) -> None:
        if node is None:
            del self.cached[name]
        else:
            self.cached[name] = node
        self.changes.append((Piece("name", serial), name, node))

    def sync(self) -> None:
        self.durable = dict(self.cached)
        self.changes.clear()

    def left(self, is_kept: Callable[[Piece], bool]) -> dict[str, File | Folder]:
        names = dict(self.durable)
        for piece, name, node in self.changes:
            if not is_kept(piece):
                continue
            if node is None:
                names.pop(name, None)
            else:
                names[name] = node
        return names


class Disk:
    """The files below one folder, as the programs see them and as they may stand after the power failed."""

    def __init__(self) -> None:
        self._root = Folder()
        self._serial = 0

    @classmethod
    def of(cls, folder: Path) -> Disk:
        """Return a disk that holds what is in a folder, all of it synced."""
        disk = cls()
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            disk.do(MakeFolder(name) if path.is_dir() else Create(name))
            if path.is_file() and (data := path.read_bytes()):
                disk.do(Write(name, 0, data))
        disk.settle()
        return disk

    @property
    def serial(self) -> int:
        """The number of the last operation."""
        return self._serial

    def settle(self) -> None:
        """Sync everything."""
        for _, node in [("", self._root), *_walk(self._root.cached)]:
            node.sync()

    def do(self, operation: Operation) -> None:  # noqa: C901 - one case an operation
        """Do what a program did."""
        self._serial += 1
        serial = self._serial
        match operation:
            case Create(path, empty):
                folder, name = self._place(path)
                if name not in folder.cached:
                    folder.name(serial, name, File())
                elif empty:
                    self._file(path).cut(serial, 0)
            case Write(path, offset, data):
                self._file(path).write(serial, offset, data)
            case Cut(path, size):
                self._file(path).cut(serial, size)
            case Sync(path):
                self._node(path).sync()
            case Link(old, new):
                folder, name = self._place(new)
                folder.name(serial, name, self._node(old))
            case Rename(old, new):
                folder, name = self._place(new)
                folder.name(serial, name, self._node(old))
                folder, name = self._place(old)
                folder.name(serial, name, None)
            case Remove(path):
                folder, name = self._place(path)
                folder.name(serial, name, None)
            case MakeFolder(path):
                folder, name = self._place(path)
                folder.name(serial, name, Folder())
            case Acknowledge():
                pass

    def seen(self) -> dict[str, bytes]:
        """Return every file as the programs see it."""
        return {path: bytes(node.cached) for path, node in _walk(self._root.cached) if isinstance(node, File)}

    def left(self, is_kept: Callable[[Piece], bool], *, noise: int | None = None) -> dict[str, bytes | None]:
        """Return every file and folder (None) as it stands after the power failed; `noise` seeds remains of others."""
        remains = random.Random(noise)  # noqa: S311 - no secret
        filler = bytes if noise is None else remains.randbytes
        found: dict[str, bytes | None] = {}

        def walk(folder: Folder, above: PurePosixPath) -> None:
            for name, node in sorted(folder.left(is_kept).items()):
                path = above / name
                if isinstance(node, Folder):
                    found[str(path)] = None
                    walk(node, path)
                else:
                    found[str(path)] = node.left(is_kept, filler)

        walk(self._root, PurePosixPath())
        return found

    def _place(self, path: str) -> tuple[Folder, str]:
        pure = PurePosixPath(path)
        folder = self._node(str(pure.parent))
        assert isinstance(folder, Folder)
        return folder, pure.name

    def _node(self, path: str) -> File | Folder:
        node: File | Folder = self._root
        for name in PurePosixPath(path).parts:
            assert isinstance(node, Folder)
            node = node.cached[name]
        return node

    def _file(self, path: str) -> File:
        node = self._node(path)
        assert isinstance(node, File)
        return node


def _walk(
    names: Mapping[str, File | Folder], above: PurePosixPath | None = None
) -> Iterator[tuple[str, File | Folder]]:
    for name, node in names.items():
        path = (above or PurePosixPath()) / name
        yield str(path), node
        if isinstance(node, Folder):
            yield from _walk(node.cached, path)


def ends(disk: Disk, seed: int, *, chances: int = 4) -> Iterator[dict[str, bytes | None]]:
    """Yield different ways in which the disk may stand if the power fails now.

    All kept, all dropped, names without bytes, bytes without names, the last operation torn in three ways, alone, and
    missing; and `chances` random mixtures.
    """
    last = disk.serial
    fates: list[Callable[[Piece], bool]] = [
        lambda _: True,
        lambda _: False,
        lambda piece: piece.kind == "name",
        lambda piece: piece.kind != "name",
        lambda piece: piece.kind != "sector",
        lambda piece: piece.serial < last or 2 * (piece.index - piece.first) < piece.of - 1,
        lambda piece: piece.serial < last or 2 * (piece.index - piece.first) >= piece.of,
        lambda piece: piece.serial < last or piece.index % 2 == 0,
        lambda piece: piece.serial == last,
        lambda piece: piece.serial < last,
    ]
    found = [disk.left(is_kept) for is_kept in fates]
    for number in range(chances):
        coin = random.Random(seed * 1_000_003 + number)  # noqa: S311 - no secret
        found.append(disk.left(_tossed(coin, coin.choice([0.1, 0.5, 0.5, 0.9])), noise=coin.randrange(1 << 30)))
    different: list[dict[str, bytes | None]] = []
    for each in found:
        if each not in different:
            different.append(each)
    yield from different


def _tossed(coin: random.Random, share: float) -> Callable[[Piece], bool]:
    tossed: dict[tuple[str, int, int], bool] = {}

    def is_kept(piece: Piece) -> bool:
        key = (piece.kind, piece.serial, piece.index)
        if key not in tossed:
            tossed[key] = coin.random() < share
        return tossed[key]

    return is_kept
