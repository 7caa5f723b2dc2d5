"""YAML as texts with their places: one pass over the parser's events, refusing what a plan file never needs.

Events alone survive hostile nesting: composing a document can exhaust the C stack. Every value stays the text
that was written, so `no` is a word and `2018-19` is no subtraction; the validators read the texts themselves.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml.error import Mark

MOST_BYTES = 1_000_000
DEEPEST = 32
# The C parser where the library was built with it (all its wheels are); the other one gives the same events.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(slots=True)
class Text:
    """A scalar as written, before cleaning; lines and columns count from 1."""

    value: str
    line: int
    column: int
    quoted: bool


@dataclass(slots=True)
class Mapping:
    """Keys with their values in the order of the file; of a repeated key the first stays."""

    line: int
    column: int
    entries: dict[str, tuple[Text, Node]] = field(default_factory=dict)


@dataclass(slots=True)
class Sequence:
    """A list."""

    line: int
    column: int
    items: list[Node] = field(default_factory=list)


Node: TypeAlias = Text | Mapping | Sequence


@dataclass(slots=True)
class Document:
    """A file's one document: its root, None when it is empty, and keys that were repeated (first, again)."""

    root: Node | None = None
    repeated: list[tuple[Text, Text]] = field(default_factory=list)


class YamlError(ValueError):
    """What keeps a file from being read, with its place (line 0: the file as a whole)."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


def parse(data: bytes) -> Document:
    """Read one file's bytes; raises `YamlError` at the first thing that is no YAML or not wanted here."""
    if len(data) > MOST_BYTES:
        raise YamlError(f"the file is larger than {MOST_BYTES:,} bytes; a plan file holds one plan: split it.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise YamlError(_ENCODING)
    data = data.removeprefix(codecs.BOM_UTF8)
    loader = None
    try:
        loader = _LOADER(data)
        return _build(loader.get_event)
    except yaml.YAMLError as error:
        raise _explained(error, data) from None
    finally:
        if loader is not None:
            loader.dispose()


def _build(next_event: Callable[[], Any]) -> Document:  # noqa: C901, PLR0912 - one branch an event, in one fast loop
    document = Document()
    holders: list[Mapping | Sequence] = []
    holder: Mapping | Sequence | None = None
    key: Text | None = None
    started = False
    while True:
        event = next_event()
        kind = type(event)
        if kind is ScalarEvent:
            mark = event.start_mark
            node: Node = Text(event.value, mark.line + 1, mark.column + 1, bool(event.style))
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            holders.pop()
            holder = holders[-1] if holders else None
            continue
        elif kind is MappingStartEvent:
            node = Mapping(event.start_mark.line + 1, event.start_mark.column + 1)
        elif kind is SequenceStartEvent:
            node = Sequence(event.start_mark.line + 1, event.start_mark.column + 1)
        elif kind is StreamEndEvent:
            return document
        elif kind is AliasEvent:
            raise _refused(event.start_mark, "'*' refers to a value elsewhere, which plan files don't do", "*")
        else:
            if kind is DocumentStartEvent:
                if started:
                    raise _at(event.start_mark, "'---' starts a second document; give each plan a file of its own.")
                started = True
            continue
        if event.anchor is not None:
            raise _refused(event.start_mark, "'&' names a value for use elsewhere, which plan files don't do", "&")
        if event.tag is not None:
            raise _refused(event.start_mark, "'!' gives a value a type, which plan files don't do", "!")
        if holder is None:
            document.root = node
        elif isinstance(holder, Sequence):
            holder.items.append(node)
        elif key is None:
            if not isinstance(node, Text):
                raise _at(event.start_mark, "a key must be a text; put it in quotes if it starts with '[', '{' or '?'.")
            key = node
        else:
            first = holder.entries.setdefault(key.value, (key, node))[0]
            if first is not key:
                document.repeated.append((first, key))
            key = None
        if not isinstance(node, Text):
            if len(holders) == DEEPEST:
                raise _at(event.start_mark, f"lists and mappings are nested more than {DEEPEST} deep.")
            holder = node
            holders.append(node)


def _at(mark: Mark, message: str) -> YamlError:
    return YamlError(message, mark.line + 1, mark.column + 1)


def _refused(mark: Mark, reason: str, sign: str) -> YamlError:
    return _at(mark, f"{reason}; write the value out, or put a text that starts with '{sign}' in quotes.")


_ENCODING = "the file is not in UTF-8; save it with the encoding UTF-8."
_QUOTES = "put a text that contains ': ' or ' #' or starts with a sign in quotes, as in \"Care: first steps\"."
_INDENT = "indent with the same number of spaces as the lines that belong together."
# The library's words, and what to do about it in ours.
_SENTENCES = {
    "mapping values are not allowed in this context": f"a ':' is not expected here; indent keys alike, and {_QUOTES}",
    "could not find expected ':'": "a key without its ':'; write 'key: value'.",
    "did not find expected key": f"this line does not fit the lines above; {_INDENT}",
    "did not find expected '-' indicator": f"this line fits no line above, where a list goes on with '-'; {_INDENT}",
    "block sequence entries are not allowed in this context": "no '-' is expected here; start a list on a new line.",
    "did not find expected ',' or ']'": "a list that starts with '[' needs ',' between its items and ']' at its end.",
    "did not find expected ',' or '}'": "what starts with '{' needs ',' between its keys and '}' at its end.",
    "did not find expected node content": "a value is missing here.",
    "found unexpected end of stream": "a quote is opened here and never closed.",
    "found unexpected document indicator": "a quote is opened here and never closed.",
    "found unknown escape character": "a '\\' in double quotes starts an escape; use single quotes for the text.",
    "did not find expected <document start>": f"this line does not fit the lines above; {_INDENT}",
    "found character that cannot start any token": "a text can't start with this character; put it in quotes.",
    "did not find expected alphabetic or numeric character": "put a text that starts with '*' or '&' in quotes.",
    "did not find expected comment or line break": "after '|' or '>' the text starts on the next line.",
}
# The library notices these at the end of what began at its context mark.
_BEGUN_EARLIER = frozenset(
    {"found unexpected end of stream", "found unexpected document indicator", "could not find expected ':'"}
)
_TAB = "a tab is used to indent; use spaces."
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def _explained(error: yaml.YAMLError, data: bytes) -> YamlError:
    """Say in our words what the library refuses, and where."""
    try:
        text = data.decode()
    except UnicodeDecodeError as wrong:
        before = data[: wrong.start].decode()
        return YamlError(_ENCODING, before.count("\n") + 1, len(before) - before.rfind("\n"))
    problem = str(getattr(error, "problem", None) or "")
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return _control(text)
    lines = text.split("\n")
    line = lines[mark.line] if mark.line < len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())] or "tab character" in problem:
        return _at(mark, _TAB)
    if problem in _BEGUN_EARLIER:
        mark = getattr(error, "context_mark", None) or mark
    if problem == "did not find expected key" and line[: mark.column].strip():
        return _at(mark, "this is not expected here; a quote or a ',' is missing before it.")
    return _at(mark, _SENTENCES.get(problem, f"this is not YAML ({problem}); {_QUOTES}"))


def _control(text: str) -> YamlError:
    found = _CONTROL.search(text)
    if found is None or text.count("\0") > len(text) // 4:
        return YamlError(_ENCODING)
    start = found.start()
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    return YamlError(f"the character U+{ord(found[0]):04X} can't be in a plan file; delete it.", line, column)
