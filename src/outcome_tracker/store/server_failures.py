"""What an error of PostgreSQL, or of the way to it, means for the person at the screen."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outcome_tracker.store.location import Location

BUSY_STATES = {"55P03", "40001", "40P01"}  # lock not available, serialization failure, deadlock
_SHUT = ("authentication failed", "no password supplied", "pg_hba.conf", "permission denied for database")
_WHO_LOOKS_AFTER = "whoever looks after the database"


class Unsure(Unavailable):
    """The connection ended between asking to save and hearing that it was saved."""

    def __init__(self, location: Location) -> None:
        super().__init__(
            f"The connection to {location.shown} was lost while saving, and it is not known whether that was saved.",
            "When the server can be reached again, look whether it is there. To enter the same once more does no harm.",
        )


def explain(error: BaseException, location: Location, seconds: int) -> Unavailable | None:
    """Return what to tell of an error on a connection, or None where it is a defect of ours or not psycopg's."""
    psycopg = sys.modules.get("psycopg")
    if psycopg is None or not isinstance(error, psycopg.Error):
        return None
    state = error.sqlstate
    if state in BUSY_STATES:
        return busy(location, seconds)
    if state == "42501":
        return not_permitted(location)
    if state == "25006":
        return read_only(location)
    if state == "53100":
        return Unavailable(
            f"There is no room left on the disk of the server of {location.shown}.",
            f"Tell {_WHO_LOOKS_AFTER}, and try again when there is room.",
        )
    return lost(location, error) if is_lost(error) else None


def is_lost(error: BaseException | None) -> bool:
    """Tell whether the connection that gave this error has ended."""
    psycopg = sys.modules.get("psycopg")
    error = getattr(error, "orig", error)  # SQLAlchemy's wrapping
    if psycopg is None or not isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return False
    state: str = error.sqlstate or "08"
    return state.startswith(("08", "57P"))  # without a connection; stopped by an administrator, a crash or a start


def reason(error: BaseException) -> str:
    """Return in a few words what a server or the way to it says, without the address, which is named already."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    for line in lines:
        _, fatal, said = line.partition("FATAL:")
        if fatal:
            return said.strip().rstrip(".")
    first = lines[0] if lines else "no reason was given"
    for before in (" failed: ", "connection failed: ", "connection is bad: "):
        first = first.rpartition(before)[2]
    return first.rstrip(".?")


def unreachable(location: Location, error: BaseException) -> Unavailable:  # noqa: PLR0911 - one return a sentence
    """Return why there is no connection, and what to do: who may come in, which database, the way, the server."""
    said, told = reason(error), str(error)
    if type(error).__name__ == "ProgrammingError":
        return Unavailable(
            f"The database's address is not understood: {said}.",
            "Write it as postgresql+psycopg://user@host:5432/name, with options such as ?sslmode=verify-full.",
        )
    if any(words in told for words in _SHUT):
        return Unavailable(
            f"{location.shown} does not let you in: {said}.",
            "Check the user in the address, and the password in PGPASSWORD or in the file .pgpass.",
        )
    if "does not exist" in told and "database" in told:
        return Unavailable(
            f"{location.shown} cannot be opened: {said}.", f"Check the name, or ask {_WHO_LOOKS_AFTER} to make it."
        )
    if "certificate" in told or "SSL" in told:
        return Unavailable(
            f"{location.shown} cannot be reached safely: {said}.",
            f"Ask {_WHO_LOOKS_AFTER} for the certificate, and name it with sslrootcert in the address.",
        )
    if "too many" in told or "remaining connection slots" in told:
        return Unavailable(
            f"{location.shown} has no connection free: {said}.",
            f"Try again in a moment. If it happens often, ask {_WHO_LOOKS_AFTER} for more connections.",
        )
    if "read-only" in told or "hot standby" in told:
        return Unavailable(
            f"No server of {location.shown} takes changes: {said}.",
            "Try again in a minute: another server may be taking over.",
        )
    return Unavailable(
        f"{location.shown} cannot be reached: {said}.",
        "Check the network and the address. If the server was just started again or replaced, try in a minute.",
    )


def lost(location: Location, error: BaseException) -> Unavailable:
    """Return what is wrong when a connection that stood has ended."""
    return Unavailable(
        f"The connection to {location.shown} was lost: {reason(error)}.",
        "Try again. If it stays so, check the network, and that the server runs.",
    )


@contextmanager
def sure(location: Location) -> Iterator[None]:
    """Say that it is not known what became of a commit inside, where the connection ends before its answer."""
    try:
        yield
    except Unavailable as unavailable:
        if is_lost(unavailable.__cause__):
            raise Unsure(location) from unavailable
        raise


def busy(location: Location, seconds: int) -> Unavailable:
    """Return what is wrong when others hold what is needed."""
    return Unavailable(
        f"Others are changing {location.shown}, and it was not free within {seconds} seconds.",
        "Try again in a moment.",
    )


def not_permitted(location: Location) -> Unavailable:
    """Return why a login can't do what was asked; seeing the tables is checked when they are opened."""
    return Unavailable(f"{location.shown} can only be read with your login.", "Ask for permission to change it.")


def closed(location: Location) -> Unavailable:
    """Return why a login can't even look."""
    return Unavailable(
        f"Your login may not read the tables in {location.shown}.",
        f"Ask {_WHO_LOOKS_AFTER} for permission to read them.",
    )


def not_the_owner(location: Location, revision: str, known: str) -> Unavailable:
    """Return why a login can't bring older tables up to date."""
    return Unavailable(
        f"{location.shown} is from an older version of Outcome Tracker (its schema is {revision}, not {known}), and "
        "only the login that owns its tables can bring it up to date.",
        f"Ask {_WHO_LOOKS_AFTER} to run with that login: outcome-tracker targets apply",
    )


def read_only(location: Location) -> Unavailable:
    """Return why a server takes no changes, whoever asks."""
    return Unavailable(
        f"{location.shown} can only be read: this server takes no changes, as a standby copy does.",
        "Name the server that does, or all of them with target_session_attrs=read-write in the address.",
    )


def encoding(location: Location, found: str) -> Unavailable:
    """Return what is wrong with a database that can't hold every character."""
    return Unavailable(
        f"{location.shown} keeps text as {found}, which cannot hold every character.",
        f"Ask {_WHO_LOOKS_AFTER} to make it anew with ENCODING 'UTF8'.",
    )


def without_psycopg() -> Unavailable:
    """Return what is missing for PostgreSQL."""
    return Unavailable(
        "PostgreSQL needs the package psycopg, which is not installed.",
        'Install it with: python -m pip install "outcome-tracker[postgres]"',
    )
