"""What kind of drive a file is on: one of the computer's own, or one of the network, whose locks are another's."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

# File systems whose files are another computer's, as systems name them. Every `fuse.…` is one too, but those below.
_NETWORK = {
    *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "9p", "afs", "afpfs", "ceph", "glusterfs", "lustre"),
    *("ncpfs", "webdav", "davfs", "vboxsf", "vmhgfs", "virtiofs", "beegfs", "gpfs", "prl_fs", "drvfs"),
}
_OWN_FUSE = {"fuse.lxcfs", "fuse.portal", "fuse.gvfsd-fuse", "fuse.encfs", "fuse.gocryptfs", "fuse.fuse-overlayfs"}
# Options with which one computer's locks are not seen by another.
_NO_LOCKS = {"nolock", "nobrl", "local_lock=all", "local_lock=posix", "forcedirectio"}
_REMOTE = 4  # what Windows calls a network drive


@dataclass(frozen=True, slots=True)
class Drive:
    """A network drive: its kind, where it is from, and whether locks reach across it, as far as that is known."""

    kind: str
    source: str = ""
    locks: bool = True


def network_drive(path: Path) -> Drive | None:
    """Return the network drive that a path is on; None where it is on the computer's own, or that can't be told."""
    try:
        whole = path.resolve()
        if sys.platform == "win32":
            import ctypes

            root = whole.anchor
            is_remote = root.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(root) == _REMOTE
            return Drive("a Windows share", root.rstrip("\\")) if is_remote else None
        if sys.platform == "darwin":
            listed = subprocess.run(["/sbin/mount"], check=True, capture_output=True, text=True, timeout=5).stdout
            return in_mount(listed, PurePosixPath(whole))
        return in_proc_mounts(Path("/proc/mounts").read_text("utf-8", "surrogateescape"), PurePosixPath(whole))
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def in_proc_mounts(text: str, path: PurePosixPath) -> Drive | None:
    """Read Linux's list of mounts: source, place, kind, options."""
    found: list[tuple[PurePosixPath, str, str, str]] = []
    for line in text.splitlines():
        source, place, kind, options, *_ = [*map(_unescaped, line.split(" ")), "", "", "", ""]
        found.append((PurePosixPath(place), kind, source, options))
    return _drive(found, path)


def in_mount(text: str, path: PurePosixPath) -> Drive | None:
    """Read what `mount` prints on macOS: `//jo@server/share on /Volumes/share (smbfs, nodev, mounted by jo)`."""
    lines = re.finditer(r"^(.*?) on (/.*) \(([^,)]+)([^)]*)\)$", text, re.MULTILINE)
    return _drive([(PurePosixPath(m[2]), m[3], m[1], m[4].replace(" ", "").strip(",")) for m in lines], path)


def _drive(mounts: list[tuple[PurePosixPath, str, str, str]], path: PurePosixPath) -> Drive | None:
    """Return the drive of the innermost mount around a path; of two at one place the later one is seen."""
    around = [each for each in mounts if path == each[0] or each[0] in path.parents]
    if not around:
        return None
    _, kind, source, options = max(enumerate(around), key=lambda each: (len(each[1][0].parts), each[0]))[1]
    if kind.lower() not in _NETWORK and (not kind.startswith("fuse.") or kind in _OWN_FUSE):
        return None
    return Drive(kind, re.sub(r"//[^/@]*@", "//", source), not _NO_LOCKS & set(options.split(",")))


def _unescaped(field: str) -> str:
    """Undo what Linux does to spaces, tabs, line breaks and backslashes in names."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), field)
