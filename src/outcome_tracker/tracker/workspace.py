"""Where the tracker works: the folder, the database, who is at the keyboard and what day it is."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from outcome_tracker.core.figure import Stamp
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.role import Role
from outcome_tracker.core.role_wording import READ_ONLY, READ_ONLY_REMEDY
from outcome_tracker.store.location import Location, locate
from outcome_tracker.store.queries import Reader
from outcome_tracker.tracker.roles import check_may

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from outcome_tracker.core.indicator import Council
    from outcome_tracker.store.area_writer import AreaWriter
    from outcome_tracker.store.copying import Copied
    from outcome_tracker.store.facts import Fact

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with `targets/` and `data/`, its database, the user and the clock.

    `as_at` is the day whose end everything is seen from; None means today, in London. With `read_only` nothing can be
    saved. Everything is read and saved through it, so that nobody does what their role doesn't allow.
    """

    folder: Path
    location: Location
    user: str
    now: Callable[[], datetime]
    as_at: date | None = None
    read_only: bool = False

    @property
    def targets(self) -> Path:
        """The folder of the plan files."""
        return self.folder / "targets"

    @property
    def has_database(self) -> bool:
        """Whether there is a database; one on a server is taken to be there until it is asked."""
        return self.location.path is None or self.location.path.exists()

    @property
    def today(self) -> date:
        """The day it is in London."""
        return self.now().astimezone(LONDON).date()

    @property
    def seen_from(self) -> date:
        """The as-at day, today unless one was asked for."""
        return self.as_at or self.today

    def stamp(self, *, known: date | None = None, why: str = "") -> Stamp:
        """Return who, when, why and since when known, for a version about to be saved."""
        return Stamp(self.user, self.now().astimezone(UTC), known or self.today, why)

    def read(self) -> Reader:
        """Open the database for reading, an older one brought up to date; raises `Unavailable` where that fails.

        Where the council lists its viewers, nobody else may.
        """
        reader = self._open()
        try:
            council = reader.council()
            if council is not None:
                check_may(council, self.user, Role.VIEWER)
        except BaseException:
            reader.close()
            raise
        return reader

    def open_for_others(self) -> None:
        """Open the database once, an older one brought up to date, for others who then look; as `read`."""
        self._open().close()

    def _open(self) -> Reader:
        try:
            return Reader.open(self.location)
        except Unavailable:
            if not self._brought_up_to_date():
                raise
        return Reader.open(self.location)

    def _brought_up_to_date(self) -> bool:
        from outcome_tracker.store.connection import connect, is_older

        with connect(self.location) as connection:
            if self.read_only or not is_older(connection.revision()):
                return False
        self._check_may(Role.OFFICER, "bring an older database up to date")
        from outcome_tracker.store.writer import ensure_current

        ensure_current(self.location)
        return True

    def council(self) -> Council | None:
        """Return the council as it stands in the database today, whatever day is shown; None before there is one.

        An older database is read as it is.
        """
        if not self.has_database:
            return None
        from outcome_tracker.store.connection import connect

        with connect(self.location) as connection:
            return Reader(connection).council() if connection.revision() else None

    def check_may(self, role: Role, what: str = "") -> None:
        """Raise `Unavailable` where the user doesn't have a role in the database; `what` follows 'may'."""
        if (council := self.council()) is not None:
            check_may(council, self.user, role, what)

    def check_present(self) -> None:
        """Raise `Unavailable` where the past is shown, which can't be changed."""
        if self.as_at is not None:
            raise Unavailable(
                f"This shows the figures as at {self.as_at.isoformat()}, and the past cannot be changed.",
                "Leave out --as-at to enter something. In the screens, press d and choose Today.",
            )

    def check_not_read_only(self) -> None:
        """Raise `Unavailable` where nothing may be changed, whoever asks."""
        if self.read_only:
            raise Unavailable(READ_ONLY, READ_ONLY_REMEDY)

    def check_may_save(self, needs: Role = Role.OFFICER) -> None:
        """Raise `Unavailable` where nothing can be saved: the past is shown, it is read-only, or a role is missing.

        The roles are those in the database. Before there are plans in it anybody may put in the first ones.
        """
        self.check_present()
        self._check_may(needs)

    def _check_may(self, needs: Role, what: str = "") -> None:
        self.check_not_read_only()
        try:
            self.check_may(needs, what)
        except Unavailable as refused:
            raise Unavailable(refused.sentence, f"Nothing was saved. {refused.remedy}") from None

    def save(self, facts: list[Fact], needs: Role = Role.OFFICER) -> None:
        """Save facts in one transaction, for somebody who has the role that it needs.

        Raises `Unavailable`, and `Conflict` when a version is there already.
        """
        self.check_may_save(needs)
        from outcome_tracker.store.writer import writer_for

        writer_for(self.location).save(facts)

    @contextmanager
    def writing_areas(self, stamp: Stamp, *, dry_run: bool = False) -> Iterator[AreaWriter]:
        """Open a transaction for areas and their figures, as `area_writer` does, for officers."""
        self.check_may_save()
        from outcome_tracker.store.area_writer import area_writer

        with area_writer(self.location, stamp, dry_run=dry_run) as writer:
            yield writer

    def make_database(self) -> None:
        """Make the database where there is none, and bring an older one up to date, as its officers may."""
        self.check_may_save()
        from outcome_tracker.store.writer import create

        create(self.location)

    def copy_to(self, target: Location) -> tuple[Copied, ...]:
        """Copy the whole database into an empty one, for officers; every row is read back and compared."""
        self.check_not_read_only()
        self.check_may(Role.OFFICER, "copy the whole database")
        from outcome_tracker.store.copying import copy

        return copy(self.location, target)


def open_workspace(
    folder: Path,
    *,
    user: str,
    now: Callable[[], datetime],
    database: str = "",
    as_at: date | None = None,
    read_only: bool = False,
) -> Workspace:
    """Return the workspace in `folder`; `database` names another store than `data/tracker.db`."""
    return Workspace(folder, locate(database or folder / "data" / "tracker.db"), user, now, as_at, read_only)
