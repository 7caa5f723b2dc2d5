"""A log of our own defects: where in the program each happened, and nothing of what people wrote."""

from __future__ import annotations

import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from outcome_tracker import __version__

if TYPE_CHECKING:
    from datetime import datetime
    from types import TracebackType

_MOST_BYTES = 1_000_000


def recorded(error: BaseException, at: datetime) -> str:
    """Record an error that should not happen; return the sentence that names it to a person."""
    path = record(error, at)
    where = f"where it happened is in {path}" if path else f"it is a {type(error).__name__}"
    return f"This is a defect of Outcome Tracker; {where}."


def record(error: BaseException, at: datetime) -> Path | None:
    """Append frames and exception types to the log, and return it; None where nothing can be written.

    Messages and local variables stay out: they may hold people's figures and texts.
    """
    from platformdirs import user_log_path

    path = user_log_path("outcome-tracker", appauthor=False) / "errors.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = "a" if not path.exists() or path.stat().st_size < _MOST_BYTES else "w"
        with path.open(mode, encoding="utf-8") as log:
            log.write("\n".join([_heading(at), *_chain(error), "", ""]))
    except OSError:
        return None
    return path


def _heading(at: datetime) -> str:
    python = ".".join(str(part) for part in sys.version_info[:3])
    when = at.isoformat(timespec="seconds")
    return f"{when} outcome-tracker {__version__}, Python {python}, {platform.system()} {platform.release()}"


def _chain(error: BaseException) -> list[str]:
    """Return the exception and what it came from, the first cause first."""
    errors = [error]
    while (cause := errors[-1].__cause__ or errors[-1].__context__) is not None and cause not in errors:
        errors.append(cause)
    return [line for found in reversed(errors) for line in (*_frames(found.__traceback__), _kind(found))]


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _frames(trace: TracebackType | None) -> list[str]:
    lines = []
    while trace is not None:
        code = trace.tb_frame.f_code
        lines.append(f"  {_place(code.co_filename)}:{trace.tb_lineno} in {code.co_name}")
        trace = trace.tb_next
    return lines


def _place(file: str) -> str:
    """Return a file without the folders above the package, which may name a person."""
    parts = Path(file).parts
    for marker in ("site-packages", "outcome_tracker"):
        if marker in parts:
            return "/".join(parts[parts.index(marker) + (marker == "site-packages") :])
    return parts[-1]
