from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from outcome_tracker.report.zipped import settled


def archive(year: int) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as written:
        for name in ("word/document.xml", "word/media/chart1.png"):
            written.writestr(ZipInfo(name, (year, 5, 31, 12, 0, 0)), name * 100)
    return file.getvalue()


def test_the_time_of_writing_makes_no_difference() -> None:
    assert archive(2019) != archive(2020)
    assert settled(archive(2019), {}) == settled(archive(2020), {})


def test_entries_keep_their_order_and_content_and_pictures_are_not_packed_twice() -> None:
    with ZipFile(BytesIO(settled(archive(2019), {}))) as found:
        assert [(entry.filename, entry.compress_type) for entry in found.infolist()] == [
            ("word/document.xml", ZIP_DEFLATED),
            ("word/media/chart1.png", ZIP_STORED),
        ]
        assert found.read("word/document.xml") == b"word/document.xml" * 100


def test_a_mark_in_one_entry_is_replaced_once() -> None:
    made = settled(archive(2019), {"word/document.xml": (b"word", b"text")})
    with ZipFile(BytesIO(made)) as found:
        assert found.read("word/document.xml") == b"text/document.xml" + b"word/document.xml" * 99
        assert found.read("word/media/chart1.png") == b"word/media/chart1.png" * 100


def test_an_archive_without_the_mark_is_not_written_without_what_was_to_be_in_it() -> None:
    with pytest.raises(ValueError, match=r"word/document\.xml has no b'<rows>'"):
        settled(archive(2019), {"word/document.xml": (b"<rows>", b"text")})
