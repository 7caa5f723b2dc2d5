"""Kinds of values: how a node of the tree is read, what is wrong with it, and its JSON schema, in one place.

`Shape` is a mapping with known keys. Plan files, council.yaml and the schema are all tables of `Key` (keys.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeAlias, TypeVar

from outcome_tracker.core.problem import nearest
from outcome_tracker.core.text import clean
from outcome_tracker.plan_files.report import Report, shown
from outcome_tracker.plan_files.tree import Mapping, Node, Sequence, Text

if TYPE_CHECKING:
    from collections.abc import Callable

Json: TypeAlias = dict[str, object]
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_LONGEST = 100
_MOST_KNOWN = 2_000
LONGEST_WORDS = 4_000
_FEW_KEYS = 8


class Kind(Protocol[T_co]):
    """Reads a node; None means that it was refused and the report says why."""

    def read(self, node: Node, report: Report, key: str) -> T_co | None:
        """Return the value of `node`, which stands under `key`."""

    def schema(self) -> Json:
        """Return the JSON schema of what can be written."""


def called(node: Node) -> str:
    """Return what a node is, in words."""
    return "a text" if isinstance(node, Text) else "a list" if isinstance(node, Sequence) else "a set of keys"


@dataclass(frozen=True)
class Scalar(Generic[T]):
    """A value of one text; `parse` gets it clean and raises ValueError with a sentence."""

    parse: Callable[[str], T]
    json: Json
    example: str
    longest: int = _LONGEST
    # Files repeat few texts often: units, owners, targets. Only good ones are kept, and not too many.
    _known: dict[str, T] = field(default_factory=dict, init=False, repr=False, compare=False)

    def read(self, node: Node, report: Report, key: str) -> T | None:
        """Return the parsed text."""
        if isinstance(node, Text) and (known := self._known.get(node.value)) is not None:
            return known
        if not isinstance(node, Text):
            report.add(node, key, f"is {called(node)}, but takes one value; write {self.example}.")
            return None
        text = clean(node.value)
        if not text:
            report.add(node, key, f"is empty; write {self.example}.")
            return None
        if len(text) > self.longest:
            report.add(node, key, f"has {len(text):,} characters; {self.longest:,} are the most.")
            return None
        try:
            value = self.parse(text)
        except ValueError as error:
            report.add(node, key, str(error))
            return None
        if len(node.value) <= _LONGEST and len(self._known) < _MOST_KNOWN:
            self._known[node.value] = value
        return value

    def schema(self) -> Json:
        """Return the schema given."""
        return self.json


@dataclass(frozen=True)
class Written:
    """A value of one text whose meaning needs other keys: checked later, kept with its place."""

    json: Json
    example: str

    def read(self, node: Node, report: Report, key: str) -> Text | None:
        """Return the text node, cleaned."""
        text = Scalar(str, self.json, self.example).read(node, report, key)
        return None if text is None else Text(text, node.line, node.column, quoted=True)

    def schema(self) -> Json:
        """Return the schema given."""
        return self.json


@dataclass(frozen=True)
class ListOf(Generic[T]):
    """A list; an item's problems name its code where it has one, else its place in the list."""

    item: Kind[T]
    example: str
    distinct: bool = False

    def read(self, node: Node, report: Report, key: str) -> list[T] | None:
        """Return the items that can be read."""
        if not isinstance(node, Sequence):
            empty = isinstance(node, Text) and not node.value and not node.quoted
            wrong = "is empty" if empty else f"is {called(node)}, but takes a list"
            report.add(node, key, f"{wrong}; write {self.example}.")
            return None
        found = []
        seen: set[object] = set()
        for number, item in enumerate(node.items, 1):
            value = self.item.read(item, report, _code(item) or f"{key} {number}")
            if value is None:
                continue
            if self.distinct and value in seen:
                report.add(item, key, f"'{shown(str(value))}' stands twice in this list; delete one.")
                continue
            found.append(value)
            if self.distinct:
                seen.add(value)
        return found

    def schema(self) -> Json:
        """Return an array of the item's schema."""
        return {"type": "array", "items": self.item.schema(), **({"uniqueItems": True} if self.distinct else {})}


def _code(node: Node) -> str:
    if isinstance(node, Mapping) and "code" in node.entries:
        code = node.entries["code"][1]
        return shown(code.value) if isinstance(code, Text) else ""
    return ""


@dataclass(frozen=True)
class WordsByKey:
    """A mapping of any texts to texts, such as columns of open data to the values wanted."""

    example: str

    def read(self, node: Node, report: Report, key: str) -> dict[str, str] | None:
        """Return the texts."""
        if not isinstance(node, Mapping):
            report.add(node, key, f"is {called(node)}, but takes keys with values; write {self.example}.")
            return None
        words = Scalar(str, {}, self.example, LONGEST_WORDS)
        read = (
            (clean(name), words.read(value, report, f"{key} {shown(name)}"))
            for name, (_, value) in node.entries.items()
        )
        return {name: value for name, value in read if value is not None}

    def schema(self) -> Json:
        """Return an object with texts."""
        return {"type": "object", "additionalProperties": TEXT}


TEXT: Json = {"type": ["string", "number", "boolean"]}  # YAML reads 2019 and true as other things than texts


@dataclass(frozen=True)
class Key(Generic[T_co]):
    """A key of a mapping: its kind, and what it is for in a sentence (editors show it)."""

    name: str
    kind: Kind[T_co]
    about: str
    required: bool = False


class Values:
    """What was read of one mapping: values by key, their nodes, and the way they are named in problems."""

    __slots__ = ("_found", "key", "node")

    def __init__(self, node: Mapping, key: str, found: dict[str, Any]) -> None:
        self.node = node
        self.key = key
        self._found = found

    def get(self, key: Key[T]) -> T | None:
        """Return the value, None when it is absent or was refused."""
        value: T | None = self._found.get(key.name)
        return value

    def at(self, key: Key[Any]) -> Node:
        """Return where the value stands; the whole mapping when it is absent."""
        entry = self.node.entries.get(key.name)
        return entry[1] if entry else self.node

    def has(self, key: Key[Any]) -> bool:
        """Tell whether the key is written, be its value right or wrong."""
        return key.name in self.node.entries

    def named(self, key: Key[Any]) -> str:
        """Return how problems name the key."""
        return f"{self.key} {key.name}".strip()

    def plain(self) -> dict[str, object]:
        """Return plain values: texts, numbers, lists and mappings as JSON has them."""
        return {name: _plain(value) for name, value in self._found.items()}


def _plain(value: object) -> object:
    if isinstance(value, Values):
        return value.plain()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, Text):
        return value.value
    if isinstance(value, StrEnum):
        return value.value
    return getattr(value, "code", value)  # a margin, as written


@dataclass(frozen=True)
class Shape:
    """A mapping with known keys. `noun` names it in problems: an indicator, a target."""

    noun: str
    keys: tuple[Key[Any], ...]
    example: str

    @cached_property
    def by_name(self) -> dict[str, Key[Any]]:
        """The keys by name."""
        return {key.name: key for key in self.keys}

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The names of the keys that must be there."""
        return tuple(key.name for key in self.keys if key.required)

    def read(self, node: Node, report: Report, key: str) -> Values | None:
        """Return what can be read; every unknown, missing and refused key is reported."""
        if not isinstance(node, Mapping):
            report.add(node, key, f"is {called(node)}, but takes keys with values; write {self.example}.")
            return None
        return self.values(node, report, key)

    def values(self, node: Mapping, report: Report, key: str) -> Values:
        """Return what can be read of a mapping."""
        prefix = f"{key} " if key else ""
        found: dict[str, Any] = {}
        known = self.by_name
        for name, (place, value) in node.entries.items():
            its = known.get(name)
            if its is None:
                report.add(place, prefix + name, self._unknown(name))
            elif (result := its.kind.read(value, report, prefix + name)) is not None:
                found[name] = result
        for name in self.required:
            if name not in node.entries:
                report.add(node, prefix + name, f"is missing; {self.noun} needs it: {_lowered(known[name].about)}")
        return Values(node, key, found)

    def _unknown(self, name: str) -> str:
        guess = nearest(shown(name), self.by_name)
        if not guess and len(self.keys) <= _FEW_KEYS:
            guess = f" Its keys are {', '.join(self.by_name)}."
        return f"{self.noun} has no key '{shown(name)}'.{guess or ' `outcome-tracker targets schema` lists its keys.'}"

    def schema(self) -> Json:
        """Return an object with exactly these keys."""
        properties = {key.name: {**key.kind.schema(), "description": key.about} for key in self.keys}
        return {
            "type": "object",
            "properties": properties,
            **({"required": list(self.required)} if self.required else {}),
            "additionalProperties": False,
        }


def _lowered(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]
