"""The program's start: the clock, the command, and exit codes for whatever happens."""

from __future__ import annotations

import errno
import gc
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from click import ClickException, Context

    from outcome_tracker.cli.options import Settings

# What writing to a stream gives: no room, no device, closed. Files are explained where they are read or written.
_STREAM_ERRORS = {errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EBADF, errno.EINVAL}
# 0 done, 1 problems found
USAGE, UNAVAILABLE, BUG, INTERRUPTED, CUT_OFF = 2, 3, 70, 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code; whatever goes wrong ends in a sentence on stderr."""
    # Most of a text command is importing, which makes no garbage; the screens turn collecting on again.
    gc.disable()
    from outcome_tracker.cli.output import use_utf8

    try:
        use_utf8()
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # whoever read the output has had enough; click turns one into the other
        _drop_output()
        code = CUT_OFF
    except KeyboardInterrupt:
        code = INTERRUPTED
    except OSError as error:
        code = _failed(error)
    except Exception as error:  # noqa: BLE001 - nobody ever sees a traceback
        code = _bug(error)
    finally:
        gc.enable()
    return code


def _run(arguments: list[str]) -> int:
    import click

    from outcome_tracker.cli.app import root
    from outcome_tracker.cli.options import Settings
    from outcome_tracker.cli.output import err
    from outcome_tracker.core.problem import Unavailable

    settings = Settings(_now)
    try:
        code = root.main(arguments, prog_name="outcome-tracker", standalone_mode=False, obj=settings)
    except click.ClickException as error:
        err(*_usage(error))
        return USAGE
    except click.Abort:
        return INTERRUPTED
    except Unavailable as unavailable:
        err(str(unavailable))
        return UNAVAILABLE
    except Exception as error:
        if not _is_conflict(error):
            if isinstance(error, OSError) or not (damaged := _damage(settings)):
                raise
            err(damaged)
            return UNAVAILABLE
        err("Somebody else saved the same thing at the same moment. Nothing was saved; look at it, and try again.")
        return UNAVAILABLE
    return code if isinstance(code, int) else 0


def _usage(error: ClickException) -> list[str]:
    """Return what was wrong with the command, and where its help is."""
    context: Context | None = getattr(error, "ctx", None)
    lines = error.format_message().splitlines()
    return lines if context is None else [*lines, f"`{context.command_path} --help` says how to use it."]


def _damage(settings: Settings) -> str:
    """Return what to tell where something unforeseen comes of a damaged database."""
    from outcome_tracker.tracker.doctor import damage

    with suppress(Exception):  # what happened first is told then
        return damage(settings.workspace())
    return ""


def _is_conflict(error: Exception) -> bool:
    """Tell whether it is a `Conflict`; where none was raised its module need not be loaded."""
    writer = sys.modules.get("outcome_tracker.store.writer")
    return writer is not None and isinstance(error, writer.Conflict)


def _now() -> datetime:
    """Read the clock, or OUTCOME_TRACKER_NOW, which tests set to a date or a time."""
    from datetime import UTC, datetime

    fixed = os.environ.get("OUTCOME_TRACKER_NOW")
    if not fixed:
        return datetime.now(UTC)
    try:
        at = datetime.fromisoformat(fixed if len(fixed) > len("2019-05-31") else f"{fixed}T12:00")
    except ValueError:
        import click

        raise click.UsageError(
            f"OUTCOME_TRACKER_NOW is '{fixed}', which is no date or time; write 2019-05-31 or 2019-05-31T09:30."
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _drop_output() -> None:
    """Send what is still buffered nowhere, so that Python does not fail again when it closes the stream."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _failed(error: OSError) -> int:
    """Tell apart what the system refused: a stream, the current folder; anything else is a defect."""
    if error.filename is None and error.errno in _STREAM_ERRORS:
        return _unwritable(error)
    if error.filename is None and isinstance(error, FileNotFoundError) and _is_folder_gone():
        from outcome_tracker.cli.output import err

        err("The current folder has been deleted. Change to a folder that exists, with cd, and try again.")
        return UNAVAILABLE
    if error.errno == errno.ENAMETOOLONG:
        from outcome_tracker.cli.output import err

        err(f"{error.filename}: {error.strerror}. Name it shorter.")
        return UNAVAILABLE
    return _bug(error)


def _is_folder_gone() -> bool:
    """Tell whether the folder in which the program was started has been deleted; no relative path means anything."""
    try:
        os.getcwd()  # noqa: PTH109 - asked only whether it is there
    except FileNotFoundError:
        return True
    return False


def _unwritable(error: OSError) -> int:
    from outcome_tracker.cli.output import err

    err(f"The output could not be written: {error.strerror or 'the stream is closed'}.")
    _drop_output()
    return UNAVAILABLE


def _bug(error: Exception) -> int:
    from outcome_tracker.cli.output import err
    from outcome_tracker.tracker.bug_log import record

    path = record(error, _now())
    where = f"where it happened is in {path}" if path else f"it is a {type(error).__name__}"
    err(f"This is a defect of Outcome Tracker, and what you asked for was not finished; {where}.")
    return BUG


if __name__ == "__main__":
    sys.exit(main())
