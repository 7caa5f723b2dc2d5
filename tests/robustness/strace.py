"""What a program does to the files below a folder, as strace sees it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from tests.programs import program
from tests.robustness.disk import (
    Acknowledge,
    Create,
    Cut,
    Link,
    MakeFolder,
    Operation,
    Remove,
    Rename,
    Sync,
    Write,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Everything that can change a file. What we cannot replay (`_UNKNOWN`) ends the test if it touches the folder.
_KNOWN = (
    "openat,open,creat,close,lseek,write,pwrite64,ftruncate,truncate,fsync,fdatasync,rename,renameat,renameat2,"
    "link,linkat,unlink,unlinkat,mkdir,mkdirat"
)
_UNKNOWN = (
    "writev,pwritev,pwritev2,sync_file_range,fallocate,copy_file_range,sendfile,splice,symlink,symlinkat,rmdir,mmap,"
    "dup,dup2,dup3,io_submit,io_uring_setup"
)
_CALL = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+|0x[0-9a-f]+)(?:<[^>]*>)?(?:\(deleted\))?(?: .*)?")
_PART = re.compile(r"(\d+) +(\w+)\((.*) <unfinished \.\.\.>")
_REST = re.compile(r"(\d+) +<\.\.\. (\w+) resumed>(.*)")
_HANDLE = re.compile(r"(\d+|AT_FDCWD)(?:<([^>]*)>)?(\(deleted\))?")
_ESCAPED = re.compile(r"(?:\\x[0-9a-f]{2})+")


def record(folder: Path, command: Sequence[str], environment: Mapping[str, str]) -> tuple[list[Operation], int, str]:
    """Run a command; what it did below the folder, its exit code and what it said.

    It has acknowledged when it first writes to its stdout, as far as it ends well.
    """
    log = folder.with_name(f"{folder.name}.strace")
    watched = [program("strace"), "-f", "-qq", "--seccomp-bpf", "-y", "-xx", "-s", "100000000"]
    ran = subprocess.run(
        [*watched, "-e", f"trace={_KNOWN},{_UNKNOWN}", "-o", str(log), *command],
        check=False,
        capture_output=True,
        text=True,
        env=dict(environment),
    )
    return list(operations(folder.resolve(), log.read_text("ascii"))), ran.returncode, ran.stdout + ran.stderr


def operations(folder: Path, log: str) -> Iterator[Operation]:
    """Yield what a log says was done below the folder, by paths from there."""
    reading = _Reading(PurePosixPath(folder))
    begun: dict[str, str] = {}
    for line in log.splitlines():
        if part := _PART.fullmatch(line):
            begun[part[1]] = part[3]
        elif rest := _REST.fullmatch(line):
            yield from _call(reading, f"{rest[1]} {rest[2]}({begun.pop(rest[1])}{rest[3]}")
        else:
            yield from _call(reading, line)


def _call(reading: _Reading, line: str) -> Iterator[Operation]:
    found = _CALL.fullmatch(line)
    if found and (result := int(found[4], 0)) >= 0:
        yield from reading.call(found[2], found[3].split(", "), result)
    elif not found and "+++" not in line and "---" not in line and not line.endswith("= ?"):
        raise ValueError(f"strace says what is not understood: {line[:200]}")


class _Reading:
    def __init__(self, folder: PurePosixPath) -> None:
        self._folder = folder
        self._positions: dict[str, int] = {}  # of open files, by their handle

    def call(self, name: str, told: list[str], result: int) -> Iterator[Operation]:  # noqa: C901, PLR0912 - one case a call
        match name:
            case "openat":
                yield from self._opened(self._at(told[0], told[1]), told[2], result)
            case "open":
                yield from self._opened(self._named(told[0]), told[1], result)
            case "lseek":
                self._positions[_number(told[0])] = result
            case "write" if _number(told[0]) == "1":
                yield Acknowledge()
            case "write" if path := self._handled(told[0]):
                handle = _number(told[0])
                position = self._positions[handle]
                self._positions[handle] = position + result
                yield Write(path, position, _bytes(told[1])[:result])
            case "pwrite64" if path := self._handled(told[0]):
                yield Write(path, int(told[3]), _bytes(told[1])[:result])
            case "ftruncate" if path := self._handled(told[0]):
                yield Cut(path, int(told[1]))
            case "fsync" | "fdatasync" if path := self._handled(told[0]):
                yield Sync(path)
            case "rename" | "link":
                yield from self._renamed(name, self._named(told[0]), self._named(told[1]))
            case "renameat" | "renameat2" | "linkat":
                kind = "link" if name == "linkat" else "rename"
                yield from self._renamed(kind, self._at(told[0], told[1]), self._at(told[2], told[3]))
            case "unlink" if path := self._named(told[0]):
                yield Remove(path)
            case "unlinkat" if path := self._at(told[0], told[1]):
                yield Remove(path)
            case "mkdir" if path := self._named(told[0]):
                yield MakeFolder(path)
            case "mkdirat" if path := self._at(told[0], told[1]):
                yield MakeFolder(path)
            case "mmap":
                if "MAP_SHARED" in told[3] and "PROT_WRITE" in told[2] and self._touches(told[4]):
                    raise ValueError(f"a file below {self._folder} is written through memory")
            case _ if name not in {*_KNOWN.split(","), "dup", "dup2", "dup3"} or name in {"creat", "truncate"}:
                if any(self._touches(each) for each in told):
                    raise ValueError(f"{name} on a file below {self._folder} cannot be replayed")

    def _opened(self, path: str, flags: str, handle: int) -> Iterator[Operation]:
        self._positions[str(handle)] = 0
        if path and "O_CREAT" in flags:
            yield Create(path, "O_TRUNC" in flags)
        elif path and "O_TRUNC" in flags:
            yield Cut(path, 0)

    def _renamed(self, name: str, old: str, new: str) -> Iterator[Operation]:
        if old and new:
            yield Link(old, new) if name == "link" else Rename(old, new)
        elif old or new:
            raise ValueError(f"{name} from or to the outside of {self._folder}")

    def _touches(self, told: str) -> bool:
        return bool(self._named(told) if told.startswith('"') else self._handled(told))

    def _handled(self, told: str) -> str:
        """Return the path of an open file, nothing where that lies elsewhere or has no name any more."""
        found = _HANDLE.fullmatch(told)
        return self._below(_text(found[2])) if found and found[2] and not found[3] else ""

    def _named(self, told: str) -> str:
        return self._below(_text(told.strip('"')))

    def _at(self, handle: str, told: str) -> str:
        found = _HANDLE.fullmatch(handle)
        assert found is not None
        return self._below(str(PurePosixPath(_text(found[2])) / _text(told.strip('"'))))

    def _below(self, path: str) -> str:
        pure = PurePosixPath(path)
        if pure.name.endswith("-shm"):  # SQLite's index of a WAL, which it makes anew
            return ""
        return str(pure.relative_to(self._folder)) if pure.is_relative_to(self._folder) else ""


def _number(told: str) -> str:
    return told.partition("<")[0]


def _bytes(told: str) -> bytes:
    return bytes.fromhex(told.strip('"').replace("\\x", ""))


def _text(told: str) -> str:
    return _ESCAPED.sub(lambda found: _bytes(found[0]).decode("utf-8", "replace"), told)
