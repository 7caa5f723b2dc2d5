"""Office files are zip archives, whose entries carry the time of writing: the same report is made the same bytes."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip archive can hold
_PACKED = (".png", ".jpg", ".jpeg", ".gif")  # packing them again costs time and gains nothing
_MADE_ON_UNIX = 3  # else the byte that says where it was made differs between systems


def settled(data: bytes, replaced: Mapping[str, tuple[bytes, bytes]]) -> bytes:
    """Return an archive with the same entries in the same order, without any time or system in it.

    In entries that are named in `replaced` a mark has what it says instead. Raises `ValueError` where it is not there:
    an archive without what was to be in it is of no use.
    """
    file = BytesIO()
    with ZipFile(BytesIO(data)) as archive, ZipFile(file, "w") as written:
        for entry in archive.infolist():
            info = ZipInfo(entry.filename, _TIME)
            info.create_system = _MADE_ON_UNIX
            info.compress_type = ZIP_STORED if entry.filename.lower().endswith(_PACKED) else ZIP_DEFLATED
            content = archive.read(entry)
            if entry.filename in replaced:
                mark, instead = replaced[entry.filename]
                before, found, after = content.partition(mark)
                if not found:
                    raise ValueError(f"{entry.filename} has no {mark!r}")
                content = b"".join((before, instead, after))
            written.writestr(info, content)
    return file.getvalue()
