"""Office files are zip archives, whose entries carry the time of writing: the same report is made the same bytes."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip archive can hold
_PACKED = (".png", ".jpg", ".jpeg", ".gif")  # packing them again costs time and gains nothing
_MADE_ON_UNIX = 3  # else the byte that says where it was made differs between systems


def settled(data: bytes, entry_name: str = "", mark: bytes = b"", instead: bytes = b"") -> bytes:
    """Return an archive with the same entries in the same order, without any time or system in it.

    In one entry a mark may be replaced.
    """
    file = BytesIO()
    with ZipFile(BytesIO(data)) as archive, ZipFile(file, "w") as written:
        for entry in archive.infolist():
            info = ZipInfo(entry.filename, _TIME)
            info.create_system = _MADE_ON_UNIX
            info.compress_type = ZIP_STORED if entry.filename.lower().endswith(_PACKED) else ZIP_DEFLATED
            content = archive.read(entry)
            written.writestr(info, content.replace(mark, instead, 1) if entry.filename == entry_name else content)
    return file.getvalue()
