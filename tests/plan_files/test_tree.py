import codecs
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.plan_files.tree import DEEPEST, MOST_BYTES, Mapping, Sequence, Text, YamlError, parse


def test_texts_keep_what_was_written_and_where() -> None:
    root = parse(b"title: no\nyear: 2018-19\nlist: [010, '1:30', 1e5]\n").root
    assert isinstance(root, Mapping)
    assert list(root.entries) == ["title", "year", "list"]
    assert root.entries["title"] == (
        Text("title", 1, 1, quoted=False),
        Text("no", 1, 8, quoted=False),
    )
    values = root.entries["list"][1]
    assert isinstance(values, Sequence)
    assert values.items == [
        Text("010", 3, 8, quoted=False),
        Text("1:30", 3, 13, quoted=True),
        Text("1e5", 3, 21, quoted=False),
    ]


def test_places_count_characters_not_bytes() -> None:
    root = parse("é: {ü: x}".encode()).root
    assert isinstance(root, Mapping)
    inner = root.entries["é"][1]
    assert isinstance(inner, Mapping)
    assert inner.entries["ü"][1] == Text("x", 1, 8, quoted=False)


@pytest.mark.parametrize("data", [b"", b"# nothing yet\n", b"---\n...\n", codecs.BOM_UTF8])
def test_a_file_without_content_has_no_root_or_an_empty_text(data: bytes) -> None:
    root = parse(data).root
    assert root is None or (isinstance(root, Text) and not root.value)


def test_a_byte_order_mark_shifts_nothing() -> None:
    root = parse(codecs.BOM_UTF8 + b"plan: x\n").root
    assert isinstance(root, Mapping)
    assert root.entries["plan"][0] == Text("plan", 1, 1, quoted=False)


def test_windows_line_ends_are_line_ends() -> None:
    root = parse(b"plan: x\r\ncode: y\r\n").root
    assert isinstance(root, Mapping)
    assert root.entries["code"][1] == Text("y", 2, 7, quoted=False)


def test_repeated_keys_are_kept_aside_wherever_they_are() -> None:
    document = parse(b"a: 1\nb: {c: 2, c: 3}\na: 4\n")
    places = [(first.value, first.line, again.line, again.column) for first, again in document.repeated]
    assert places == [("c", 2, 2, 11), ("a", 1, 3, 1)]


REFUSED = {
    b"a: *x\n": "1:4: '*' refers to a value elsewhere, which plan files don't do; "
    "write the value out, or put a text that starts with '*' in quotes.",
    b"a: &x 1\n": "1:4: '&' names a value for use elsewhere, which plan files don't do; "
    "write the value out, or put a text that starts with '&' in quotes.",
    b"a: &x [1]\n": "1:4: '&' names a value for use elsewhere, which plan files don't do; "
    "write the value out, or put a text that starts with '&' in quotes.",
    b"a: !!python/object/apply:os.system [ls]\n": "1:4: '!' gives a value a type, which plan files don't do; "
    "write the value out, or put a text that starts with '!' in quotes.",
    b"a: 1\n---\nb: 2\n": "2:1: '---' starts a second document; give each plan a file of its own.",
    b"? [a]\n: 1\n": "1:3: a key must be a text; put it in quotes if it starts with '[', '{' or '?'.",
    b"plan: x\n\tcode: y\n": "2:1: a tab is used to indent; use spaces.",
    b"indicators:\n\t- code: y\n": "2:1: a tab is used to indent; use spaces.",
    b"title: Care: first steps\n": "1:12: a ':' is not expected here; indent keys alike, and put a text that "
    "contains ': ' or ' #' or starts with a sign in quotes, as in \"Care: first steps\".",
    b"a: 1\n b: 2\n": "2:3: a ':' is not expected here; indent keys alike, and put a text that "
    "contains ': ' or ' #' or starts with a sign in quotes, as in \"Care: first steps\".",
    b"plan: x\ncode\nindicators: []\n": "2:1: a key without its ':'; write 'key: value'.",
    b"a:\n  - b: 1\n    c: 2\n   d: 3\n": "4:4: this line fits no line above, where a list goes on with '-'; "
    "indent with the same number of spaces as the lines that belong together.",
    b"- a\nb: 1\n": "2:1: this line fits no line above, where a list goes on with '-'; "
    "indent with the same number of spaces as the lines that belong together.",
    b"a: - b\n": "1:4: no '-' is expected here; start a list on a new line.",
    b"a: [1, 2\nb: 3\n": "2:2: a list that starts with '[' needs ',' between its items and ']' at its end.",
    b"a: {b: 1\nc: 2\n": "2:2: what starts with '{' needs ',' between its keys and '}' at its end.",
    b"a: ]\n": "1:4: a value is missing here.",
    b"a: 'x\nb: 2\n": "1:4: a quote is opened here and never closed.",
    b"a: 'x' y\n": "1:8: this is not expected here; a quote or a ',' is missing before it.",
    b'a: "C:\\data"\n': "1:7: a '\\' in double quotes starts an escape; use single quotes for the text.",
    b"a: @x\n": "1:4: a text can't start with this character; put it in quotes.",
    b"a: *\n": "1:5: put a text that starts with '*' or '&' in quotes.",
    b"a: |x\n": "1:5: after '|' or '>' the text starts on the next line.",
    b"a: 1\n...\nb: 2\n": "3:1: this line does not fit the lines above; "
    "indent with the same number of spaces as the lines that belong together.",
    b"%FOO\n": "1:5: this is not YAML (found unknown directive name); put a text that contains ': ' or ' #' "
    'or starts with a sign in quotes, as in "Care: first steps".',
    b"a: x\0y\n": "1:5: the character U+0000 can't be in a plan file; delete it.",
    b"a: 1\nb: \x1b[31mred\n": "2:4: the character U+001B can't be in a plan file; delete it.",
    "a: é\nb: é".encode() + "é".encode("latin-1"): "2:5: the file is not in UTF-8; save it with the encoding UTF-8.",
    "a: b\n".encode("utf-16"): "0:0: the file is not in UTF-8; save it with the encoding UTF-8.",
    "a: b\n".encode("utf-16-le"): "0:0: the file is not in UTF-8; save it with the encoding UTF-8.",
    b"a" * (MOST_BYTES + 1): "0:0: the file is larger than 1,000,000 bytes; a plan file holds one plan: split it.",
    b"[" * 900_000: "1:33: lists and mappings are nested more than 32 deep.",
    b"- " * 40: "1:65: lists and mappings are nested more than 32 deep.",
}


@pytest.mark.parametrize(("data", "sentence"), REFUSED.items(), ids=[repr(data[:24]) for data in REFUSED])
def test_what_is_refused_says_where_and_what_to_write(data: bytes, sentence: str) -> None:
    with pytest.raises(YamlError) as refusal:
        parse(data)
    error = refusal.value
    assert f"{error.line}:{error.column}: {error}" == sentence


def test_the_deepest_nesting_is_read() -> None:
    assert parse(b"[" * DEEPEST + b"]" * DEEPEST).root is not None
    with pytest.raises(YamlError, match=re.escape("nested more than 32 deep")):
        parse(b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1))


@given(st.binary() | st.text().map(str.encode) | st.text(":- []{}'\"\n\t#&*!|>%@`?,ab\\").map(str.encode))
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    try:
        parse(data)
    except YamlError as error:
        sentence, line = error.message, error.line
    else:
        return
    assert sentence.endswith(".")
    assert line >= 0
