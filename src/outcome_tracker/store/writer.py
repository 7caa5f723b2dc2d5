"""Saving: all of it or nothing, and never over what somebody else saved meanwhile."""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, SQLModel, select

from outcome_tracker.core.area import NeighbourList
from outcome_tracker.core.benchmark import Benchmark
from outcome_tracker.core.breakdown import BreakdownFigure
from outcome_tracker.core.commentary import Commentary, PublishedLine
from outcome_tracker.core.figure import Figure
from outcome_tracker.core.milestone import Report
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.signoff import Event
from outcome_tracker.store import failures, server_failures, tables
from outcome_tracker.store.breakdown_rows import categories_text
from outcome_tracker.store.connection import connect_current
from outcome_tracker.store.engine import engine_over
from outcome_tracker.store.facts import Definition, Fact, TargetVersion
from outcome_tracker.store.schema import create, ensure_current
from outcome_tracker.store.texts import period_text, stamp_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outcome_tracker.store.location import Location

__all__ = ["Conflict", "Writer", "create", "ensure_current", "writer_for"]

_Values = dict[str, Any]
_Rows = dict[type[SQLModel], list[_Values]]


class Conflict(Exception):
    """Versions that exist already: somebody else saved `facts` first. Nothing was saved."""

    def __init__(self, facts: tuple[Fact, ...]) -> None:
        super().__init__(f"{len(facts)} already saved by somebody else")
        self.facts = facts


class Writer:
    """Adds versions of facts to a database. Importing this module is slow: do it when something is to be saved."""

    def __init__(self, location: Location) -> None:
        self._location = location
        # A connection for each transaction: a file that was moved or replaced is noticed, and threads don't matter.
        self._engine = engine_over(lambda: connect_current(location, write=True), is_file=location.path is not None)

    def save(self, facts: Sequence[Fact]) -> None:
        """Save all the facts in one transaction, which has reached the disk when this returns.

        Raises `Conflict` when a version exists already, and `Unavailable`; nothing is saved then.
        """
        rows: _Rows = {}
        for fact in sorted(facts, key=_place):
            rows.setdefault(_MODELS[type(fact)], []).append(_values(fact))
        try:
            with failures.explained(self._location):
                self._insert(rows)
        except IntegrityError as error:
            clashing = self._clashing(facts)
            if not clashing:  # a rule of the schema that core should have checked before
                raise
            raise Conflict(clashing) from error
        except server_failures.Unsure:
            raise
        except Unavailable as unavailable:
            raise Unavailable(unavailable.sentence, f"Nothing was saved. {unavailable.remedy}") from unavailable

    def _insert(self, rows: _Rows) -> None:
        """Insert in one transaction; wait for others, and begin again where a server's connection ended on the way.

        To do the same again is safe: a version can be there only once, and it says who saved it and when.
        """
        deadline = monotonic() + failures.BUSY_SECONDS
        ended = asked = False  # the connection; for a commit, and the answer never came
        while True:
            committing = False
            try:
                with Session(self._engine) as session:
                    for model, values in rows.items():
                        session.exec(insert(model), params=values)
                    committing = True
                    session.commit()
            except IntegrityError:
                if asked and self._is_saved(rows):
                    return
                raise
            except (OperationalError, Unavailable) as error:
                driver = getattr(error, "orig", None)
                lost = server_failures.is_lost(driver)
                ended, asked = ended or lost, asked or (committing and lost)
                # SQLite waits by itself, but not where waiting could never end.
                if monotonic() > deadline or not (ended or failures.is_busy(driver)):
                    if asked:
                        raise server_failures.Unsure(self._location) from error
                    raise
                sleep(_PAUSE)
            else:
                return

    def _is_saved(self, rows: _Rows) -> bool:
        """Tell whether the database has all of these rows exactly, which only the one who made them can have saved."""
        with Session(self._engine) as session:
            return all(
                session.exec(select(model).filter_by(**each)).first() is not None
                for model, values in rows.items()
                for each in values
            )

    def _clashing(self, facts: Sequence[Fact]) -> tuple[Fact, ...]:
        """Return the facts whose versions are taken, by the database or twice among themselves."""
        keys = [(str(_MODELS[type(fact)].__tablename__), _key(fact)) for fact in facts]
        taken = {key for key, count in Counter((table, *key.values()) for table, key in keys).items() if count > 1}
        with connect_current(self._location) as connection:
            for table, key in keys:
                condition = " AND ".join(f"{column} = :{column}" for column in key)
                if connection.rows(f"SELECT 1 FROM {table} WHERE {condition}", **key):  # noqa: S608 - our own names
                    taken.add((table, *key.values()))
        return tuple(fact for fact, (table, key) in zip(facts, keys, strict=True) if (table, *key.values()) in taken)


@lru_cache(maxsize=4)
def writer_for(location: Location) -> Writer:
    """Return the writer of a database, the same for every save: it remembers its statements, and no connection."""
    return Writer(location)


_PAUSE = 0.01
_MODELS: dict[type[Fact], type[SQLModel]] = {
    Figure: tables.FigureRow,
    Benchmark: tables.BenchmarkRow,
    BreakdownFigure: tables.BreakdownFigureRow,
    Report: tables.MilestoneReportRow,
    Commentary: tables.CommentaryRow,
    PublishedLine: tables.PublishedLineRow,
    Definition: tables.DefinitionRow,
    TargetVersion: tables.TargetRow,
    NeighbourList: tables.NeighbourListRow,
    Event: tables.SignOffRow,
}


def _place(fact: Fact) -> tuple[str, tuple[Any, ...]]:
    """Return where a fact stands in the one order in which all save: two that save the same can't block each other."""
    return str(_MODELS[type(fact)].__tablename__), tuple(_key(fact).values())


def _values(fact: Fact) -> _Values:
    """Return a fact as the columns of its table."""
    return _key(fact) | _content(fact) | stamp_texts(fact.stamp)


def _key(fact: Fact) -> _Values:
    return {**_subject(fact), "version": fact.version}


def _subject(fact: Fact) -> _Values:  # noqa: C901, PLR0911 - one return a kind of fact
    match fact:
        case Figure():
            return {"indicator": fact.indicator, "period": period_text(fact.period)}
        case Benchmark():
            return {"indicator": fact.indicator, "comparator": fact.comparator, "period": period_text(fact.period)}
        case BreakdownFigure():
            categories = categories_text(fact.categories)
            return {"breakdown": fact.breakdown, "period": period_text(fact.period), "categories": categories}
        case Report():
            return {"milestone": fact.milestone}
        case Commentary():
            return {"subject": fact.subject, "period": period_text(fact.period), "section": fact.section}
        case PublishedLine():
            return {"plan": fact.plan, "period": period_text(fact.period), "measure": fact.measure}
        case Definition():
            return {"kind": str(fact.kind), "code": fact.code}
        case TargetVersion():
            return {"indicator": fact.indicator, "year": period_text(fact.year)}
        case NeighbourList():
            return {"release": fact.release, "authority": fact.authority}
        case Event():
            return {"plan": fact.plan, "period": period_text(fact.period)}


def _content(fact: Fact) -> _Values:  # noqa: C901, PLR0911 - one return a kind of fact
    match fact:
        case Figure():
            content = fact.content
            return {
                "value": content.value,
                "numerator": content.numerator,
                "denominator": content.denominator,
                "status": content.status.value,
                "note": content.note,
                "illustrative": int(content.illustrative),
                "as_published": content.as_published,
                "published_rag": content.published_rag,
                "published_direction": content.published_direction,
                "source": content.source,
                "warning": fact.warning,
            }
        case Benchmark():
            return {
                "value": fact.value,
                "numerator": fact.numerator,
                "denominator": fact.denominator,
                "source": fact.source,
                "release": fact.release,
                "released": fact.released.isoformat() if fact.released else None,
                "method": fact.method,
            }
        case BreakdownFigure():
            counted = fact.content
            return {
                "count": counted.count,
                "denominator": counted.denominator,
                "status": counted.status.value,
                "note": counted.note,
                "illustrative": int(counted.illustrative),
                "as_published": counted.as_published,
                "source": counted.source,
            }
        case Report():
            return {
                "status": fact.status.value,
                "day": fact.day,
                "new_due": fact.new_due,
                "reason": fact.reason,
                "source": fact.source,
            }
        case Commentary():
            return {"author": fact.author, "text": fact.text, "source": fact.source}
        case PublishedLine():
            return {"text": fact.text, "source": fact.source}
        case Definition():
            return {"body": fact.body, "archived": int(fact.archived)}
        case TargetVersion():
            return {"body": fact.body, "withdrawn": int(fact.withdrawn), "reason": fact.reason}
        case NeighbourList():
            pairs = [[each.dfe_code, each.closeness] for each in fact.neighbours]
            return {"neighbours": json.dumps(pairs), "source": fact.source}
        case Event():
            return {"action": fact.act.value, "seal": fact.seal, "sealed": fact.sealed, "line": fact.line}
