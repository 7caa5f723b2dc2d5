"""What libraries draft in the system's folder for temporary files, and what to say where there is no room."""

from __future__ import annotations

import sys
import tempfile
from typing import TYPE_CHECKING, TypeVar

from outcome_tracker.core.problem import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")
_PLENTY = 1 << 20  # bytes; what a library drafts at a time is smaller


def drafted(make: Callable[[], _T]) -> _T:
    """Return what is made; raises `Unavailable` where it failed because nothing can be drafted.

    A library may fail in any way then, also later and where nobody asked it; so we look for the reason afterwards.
    """
    heard = sys.unraisablehook
    sys.unraisablehook = lambda _: None
    try:
        try:
            return make()
        except Unavailable:
            raise
        except Exception:
            unavailable = _refusal()
            if unavailable is None:
                raise
        raise unavailable  # out here, where nothing holds what the library has left open any more
    finally:
        sys.unraisablehook = heard


def _refusal() -> Unavailable | None:
    """Try to draft something; return why that can't be done, or None where it can."""
    folder = tempfile.tempdir or "TMPDIR"
    try:
        folder = tempfile.gettempdir()
        with tempfile.TemporaryFile(buffering=0) as file:
            written = 0
            while written < _PLENTY:
                written += file.write(bytes(_PLENTY - written))
    except OSError as error:
        return Unavailable(
            f"The folder for temporary files, {folder}, cannot be written: {error.strerror or error}.",
            "Make room there, or name another folder in the environment as TMPDIR, and try again.",
        )
    return None
