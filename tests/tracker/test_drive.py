"""Network drives, as systems list them."""

import sys
from pathlib import Path, PurePosixPath

import pytest

from outcome_tracker.tracker.drive import Drive, in_mount, in_proc_mounts, network_drive

LINUX = r"""
sysfs /sys sysfs rw,nosuid 0 0
/dev/vda1 / ext4 rw,relatime 0 0
//files.example/performance /mnt/share cifs rw,vers=3.0,username=jo,nobrl 0 0
//files.example/other /mnt/share/other cifs rw,vers=3.0 0 0
nas:/export /mnt/data nfs4 rw,local_lock=none 0 0
old:/export /mnt/old nfs rw,nolock,local_lock=all 0 0
jo@host:/home/jo /mnt/Jo\040Officer\134s fuse.sshfs rw 0 0
/dev/sdb1 /mnt/stick fuseblk rw 0 0
portal /run/user/1000/doc fuse.portal rw 0 0
host /mnt/host 9p rw 0 0
/dev/vdb /mnt/host/over ext4 rw 0 0
nas:/first /mnt/twice nfs4 rw 0 0
/dev/vdc /mnt/twice xfs rw 0 0
short
"""
MACOS = """
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//jo@files.example/performance on /Volumes/performance (smbfs, nodev, nosuid, mounted by jo)
/dev/disk4s1 on /Volumes/Stick (1) (msdos, local)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
"""


@pytest.mark.parametrize(
    ("path", "drive"),
    [
        ("/srv/council/data/tracker.db", None),
        ("/mnt/share/data/tracker.db", Drive("cifs", "//files.example/performance", locks=False)),
        ("/mnt/share/other/data/tracker.db", Drive("cifs", "//files.example/other")),
        ("/mnt/shared/data/tracker.db", None),
        ("/mnt/data/tracker.db", Drive("nfs4", "nas:/export")),
        ("/mnt/old/tracker.db", Drive("nfs", "old:/export", locks=False)),
        ("/mnt/Jo Officer\\s/tracker.db", Drive("fuse.sshfs", "jo@host:/home/jo")),
        ("/mnt/stick/tracker.db", None),
        ("/run/user/1000/doc/tracker.db", None),
        ("/mnt/host/tracker.db", Drive("9p", "host")),
        ("/mnt/host/over/tracker.db", None),
        ("/mnt/twice/tracker.db", None),
    ],
)
def test_the_innermost_drive_counts(path: str, drive: Drive | None) -> None:
    assert in_proc_mounts(LINUX, PurePosixPath(path)) == drive


@pytest.mark.parametrize(
    ("path", "drive"),
    [
        ("/Users/jo/council/data/tracker.db", None),
        ("/Volumes/performance/data/tracker.db", Drive("smbfs", "//files.example/performance")),
        ("/Volumes/Stick (1)/tracker.db", None),
    ],
)
def test_macos_lists_them_in_its_own_way(path: str, drive: Drive | None) -> None:
    assert in_mount(MACOS, PurePosixPath(path)) == drive


def test_where_nothing_is_listed_nothing_is_known() -> None:
    assert in_proc_mounts("", PurePosixPath("/srv/tracker.db")) is None


def test_the_computers_own_list_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = network_drive(tmp_path)
    assert found is None or found.kind
    if sys.platform == "linux":

        def refuse(*_: object) -> None:
            raise PermissionError("no list here")

        monkeypatch.setattr(Path, "read_text", refuse)
        assert network_drive(tmp_path) is None
