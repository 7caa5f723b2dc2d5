"""Files for people: written whole or not at all, never over another unless told to, under names that are safe."""

from __future__ import annotations

import errno
import os
import re
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# Names that Windows keeps for devices, whatever stands behind their first dot.
_DEVICES = re.compile(r"(?i:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)")
_LONGEST = 120  # characters of a name made from codes, which leaves room for folders on Windows
_MOST_BYTES = 200  # of such a name: file systems that count bytes take 255, endings and numbers included
# What a folder answers that knows no second name for a file, such as a USB stick or some network drives.
_NO_LINKS = {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL, errno.EMLINK, errno.EXDEV}


def safe_name(text: str) -> str:
    """Return a text as a file's name without folders: letters, digits, dots, hyphens and underscores.

    Every other run of characters becomes one hyphen; a name that Windows keeps for a device gets an underscore.
    """
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(c if c.isalnum() or c in "-_." else "-" for c in composed)
    short = re.sub(r"-{2,}", "-", kept).strip("-. ")[:_LONGEST].encode("utf-8", "ignore")[:_MOST_BYTES]
    name = short.decode("utf-8", "ignore").rstrip("-. ") or "file"
    return f"_{name}" if _DEVICES.match(name) else name


def check_free(path: Path, *, force: bool = False) -> None:
    """Raise `Unavailable` where `write_whole` would refuse the path, so that nothing long is made in vain."""
    try:
        is_there = path.exists() or path.is_symlink()
        if is_there and not path.is_file():
            raise Unavailable(f"{path} is no file that can be written.", "Name a file, as in report.html.")
        if is_there and not force:
            raise Unavailable(f"{path} is there already.", "Name another file, or add --force to replace it.")
        if not path.parent.is_dir():
            raise Unavailable(f"There is no folder {path.parent}.", "Make it first, or name a file in another folder.")
    except OSError as error:  # a name longer than the file system takes, or a folder that may not be looked into
        raise _unwritable(path, error) from None


def write_whole(path: Path, content: bytes | Iterable[bytes], *, force: bool = False) -> None:
    """Write a file so that there is all of it or nothing; a file that is there already stays unless `force`.

    What is too long to hold comes in pieces.
    Raises `Unavailable` with a sentence where that can't be done, and leaves nothing behind then.
    """
    check_free(path, force=force)
    try:
        target = path.resolve()
    except FileNotFoundError:  # only a relative path needs the current folder
        raise Unavailable("The current folder has been deleted.", f"Name {path.name} with its whole path.") from None
    making = target.with_name(f".{os.urandom(6).hex()}.making")
    try:
        with making.open("xb") as file:
            file.writelines((content,) if isinstance(content, bytes) else content)
            file.flush()
            os.fsync(file.fileno())
        if force:
            making.replace(target)
        else:
            _put(making, target)
        _sync_folder(target.parent)
    except FileExistsError:  # somebody else made it meanwhile
        raise Unavailable(f"{path} is there already.", "Name another file, or add --force to replace it.") from None
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        with suppress(OSError):
            making.unlink(missing_ok=True)


def _put(making: Path, target: Path) -> None:
    """Give a finished file its name; raises `FileExistsError` where the name is taken."""
    try:
        os.link(making, target)  # the one way that never replaces another
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        making.rename(target)


def _sync_folder(folder: Path) -> None:
    """Let the file's name outlive a power cut, where the system can do that."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _unwritable(path: Path, error: OSError) -> Unavailable:
    remedy = {
        errno.ENOSPC: "Make room on the disk, or name a file on another one.",
        errno.EDQUOT: "Make room on the disk, or name a file on another one.",
        errno.EFBIG: "Make room on the disk, or name a file on another one.",
        errno.ENAMETOOLONG: "Name the file shorter.",
    }.get(error.errno or 0, "Name a file in a folder that you may write to.")
    return Unavailable(f"{path} cannot be written: {error.strerror or error}.", remedy)
