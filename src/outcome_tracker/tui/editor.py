"""The person's own editor: which one it is, how it is told the line, and running it."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from outcome_tracker.core.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_VARIABLES = ("VISUAL", "EDITOR")
# How editors are told the line. Any other one is given the file alone: a line that it takes for a file does harm.
_PLUS_LINE = {
    *("vi", "vim", "nvim", "view", "vis", "nano", "rnano", "pico", "micro", "kak", "joe", "jed", "ne", "mg", "zile"),
    *("emacs", "emacsclient", "mcedit", "gvim", "gedit"),
}
_FILE_LINE = {"hx", "helix", "subl", "zed"}
_GOTO = {"code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"}  # FILE:LINE too, behind --goto
_IN_TERMINAL = (_PLUS_LINE | {"hx", "helix"}) - {"gvim", "gedit"}


@dataclass(frozen=True, slots=True)
class Editor:
    """An editor as an environment variable names it, with its arguments."""

    variable: str
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        """What it is called: `vim` of `/usr/bin/vim.basic -u NONE`."""
        name = Path(self.words[0].replace("\\", "/")).name.lower()
        return name.removesuffix(".exe").removesuffix(".cmd").removesuffix(".basic").removesuffix(".tiny")

    def command(self, path: Path, line: int) -> list[str]:
        """Return the command that opens a file, at a line where one is given (0: none) and it can be told."""
        words = list(self.words)
        if not line or self.name not in _PLUS_LINE | _FILE_LINE | _GOTO:
            return [*words, str(path)]
        if self.name in _PLUS_LINE:
            return [*words, f"+{line}", str(path)]
        return [*words, *(["--goto"] if self.name in _GOTO else []), f"{path}:{line}"]


def chosen(environment: Mapping[str, str]) -> Editor | str:
    """Return the editor that $VISUAL, else $EDITOR names; else a sentence that says what to set."""
    for variable in _VARIABLES:
        written = environment.get(variable, "").strip()
        if not written:
            continue
        if shutil.which(written):  # a path with spaces is a whole one, not words
            return Editor(variable, (written,))
        try:
            words = shlex.split(written, posix=os.name != "nt")
        except ValueError:
            return f"{variable} is set to {written}, where a quote is never closed; correct it and start again."
        return Editor(variable, tuple(word.strip('"') for word in words))
    example = "setx EDITOR notepad" if os.name == "nt" else "export EDITOR=nano"
    return f"No editor is named: set the variable EDITOR (or VISUAL), as in {example}, and start again."


def run(editor: Editor, path: Path, line: int) -> str:
    """Run the editor on a file until it ends; return a sentence if that failed, or nothing.

    It needs the terminal: the app must be suspended.
    """
    command = editor.command(path, line)
    program = shutil.which(command[0])
    if program is None:
        return f"{command[0]}, which {editor.variable} names, is not found; set {editor.variable} to another editor."
    try:
        if editor.name not in _IN_TERMINAL:  # else the terminal stays empty, and nobody knows why
            said = f"{clean(str(path))} is open in {clean(editor.name)}. Close it there to come back."
            print(said, flush=True)  # noqa: T201 - the screens have made way for the terminal
        with _without_interrupts():
            code = subprocess.run([program, *command[1:]], check=False).returncode  # noqa: S603 - the person's own
    except OSError as error:
        return f"{editor.name}, which {editor.variable} names, can't be started: {error.strerror}."
    if not code:
        return ""
    how = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
    return f"{editor.name} {how}; the files were read again as they are now."


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Leave Ctrl+C to the editor; it gets the default back, as every new program does."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
