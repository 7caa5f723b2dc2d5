"""What is read from strace's log."""

import re
from pathlib import Path

import pytest

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
from tests.robustness.strace import operations


def read(*lines: str) -> list[Operation]:
    """Read lines in which texts and paths are written as people do, not in strace's hexadecimal."""
    log = "\n".join(f"77 {line}" if not line.startswith("7") else line for line in lines)

    def escaped(found: re.Match[str]) -> str:
        inside = "".join(f"\\x{byte:02x}" for byte in found[2].encode())
        return f"{found[1]}{inside}{found[3]}"

    return list(operations(Path("/w"), re.sub(r'(["<])((?!unf|\.)[^">]*)([">])', escaped, log)))


def test_a_file_is_made_written_and_synced() -> None:
    assert read(
        'openat(AT_FDCWD</home>, "/w/f", O_WRONLY|O_CREAT|O_TRUNC, 0644) = 3</w/f>',
        'write(3</w/f>, "abc", 3) = 3',
        'write(3</w/f>, "de, f", 5) = 4',
        'pwrite64(3</w/f>, "xyz", 3, 512) = 3',
        "ftruncate(3</w/f>, 2) = 0",
        "fdatasync(3</w/f>) = 0",
    ) == [
        Create("f", empty=True),
        Write("f", 0, b"abc"),
        Write("f", 3, b"de, "),
        Write("f", 512, b"xyz"),
        Cut("f", 2),
        Sync("f"),
    ]


def test_names_are_linked_renamed_and_removed() -> None:
    assert read(
        'mkdir("/w/d", 0777) = 0',
        'link("/w/f", "/w/d/g") = 0',
        'rename("/w/d/g", "/w/d/h") = 0',
        'unlinkat(AT_FDCWD</w>, "d/h", 0) = 0',
        'unlink("/w/f") = 0',
        "fsync(4</w/d>) = 0",
        "fsync(4</w>) = 0",
    ) == [
        MakeFolder("d"),
        Link("f", "d/g"),
        Rename("d/g", "d/h"),
        Remove("d/h"),
        Remove("f"),
        Sync("d"),
        Sync("."),
    ]


def test_what_fails_or_lies_elsewhere_is_left_out() -> None:
    assert not read(
        'openat(AT_FDCWD</w>, "/w/g", O_RDONLY|O_CREAT) = -1 EACCES (Permission denied)',
        'openat(AT_FDCWD</w>, "/wide/f", O_WRONLY|O_CREAT, 0644) = 3</wide/f>',
        'write(3</wide/f>, "abc", 3) = 3',
        'pwrite64(5</w/gone>(deleted), "abc", 3, 0) = 3',
        "mmap(NULL, 4096, PROT_READ, MAP_SHARED, 3</w/f>, 0) = 0x7f0000000000",
        "sendfile(3</a>, 4</b>, NULL, 5) = 5",
        "exit_group(0) = ?",
        "+++ exited with 0 +++",
        "--- SIGCHLD {si_signo=SIGCHLD} ---",
    )


def test_what_is_said_on_stdout_acknowledges() -> None:
    assert read('write(1<pipe:[5]>, "saved", 5) = 5', 'write(2<pipe:[5]>, "warning", 7) = 7') == [Acknowledge()]


def test_a_call_that_another_thread_interrupts_is_put_together() -> None:
    assert read(
        '77 pwrite64(3</w/f>, "abc", 3, 0 <unfinished ...>',
        "78 fdatasync(4</w/g>) = 0",
        "77 <... pwrite64 resumed>) = 3",
    ) == [Sync("g"), Write("f", 0, b"abc")]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('truncate("/w/f", 3) = 0', "truncate on a file below /w cannot be replayed"),
        ("sendfile(3</w/f>, 4</b>, NULL, 5) = 5", "sendfile on a file below /w cannot be replayed"),
        ("mmap(NULL, 9, PROT_READ|PROT_WRITE, MAP_SHARED, 3</w/f>, 0) = 0x7f00", "is written through memory"),
        ('rename("/tmp/f", "/w/f") = 0', "rename from or to the outside of /w"),
        ("something else", "strace says what is not understood"),
    ],
)
def test_what_cannot_be_replayed_is_never_passed_over(line: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read(line)
