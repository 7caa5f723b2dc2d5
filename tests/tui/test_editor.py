import os
import signal
import sys
from pathlib import Path

import pytest

from outcome_tracker.tui.editor import Editor, chosen, run

FILE = Path("/council/targets/safe.yaml")


def command(written: str, line: int = 12) -> list[str]:
    editor = chosen({"EDITOR": written})
    assert isinstance(editor, Editor)
    return editor.command(FILE, line)


@pytest.mark.parametrize("name", ["vi", "vim", "nvim", "nano", "emacs", "micro", "kak", "joe", "/usr/bin/vim.basic"])
def test_these_take_the_line_with_a_plus(name: str) -> None:
    assert command(name) == [name, "+12", str(FILE)]


@pytest.mark.parametrize("name", ["hx", "helix", "subl"])
def test_these_take_the_line_behind_the_file(name: str) -> None:
    assert command(name) == [name, f"{FILE}:12"]


def test_code_takes_it_behind_goto_and_keeps_its_own_arguments() -> None:
    assert command("code --wait") == ["code", "--wait", "--goto", f"{FILE}:12"]


def test_any_other_is_given_the_file_alone() -> None:
    assert command("ed -s") == ["ed", "-s", str(FILE)]


def test_without_a_line_there_is_the_file_only() -> None:
    assert command("vim", 0) == ["vim", str(FILE)]
    assert command("code --wait", 0) == ["code", "--wait", str(FILE)]


def test_arguments_are_split_as_a_shell_does() -> None:
    assert command("vim -c 'set nowrap'") == ["vim", "-c", "set nowrap", "+12", str(FILE)]


def test_a_program_whose_path_has_spaces_is_found_whole(tmp_path: Path) -> None:
    program = tmp_path / "my editors" / "vim"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    assert command(str(program)) == [str(program), "+12", str(FILE)]


def test_visual_comes_before_editor_and_an_empty_one_counts_as_none() -> None:
    both = chosen({"VISUAL": "emacs -nw", "EDITOR": "vi"})
    assert both == Editor("VISUAL", ("emacs", "-nw"))
    assert chosen({"VISUAL": " ", "EDITOR": "vi"}) == Editor("EDITOR", ("vi",))


def test_without_an_editor_it_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen({}) == (
        "No editor is named: set the variable EDITOR (or VISUAL), as in export EDITOR=nano, and start again."
    )
    monkeypatch.setattr(os, "name", "nt")
    assert "setx EDITOR notepad" in str(chosen({}))


def test_a_quote_that_is_never_closed_is_said() -> None:
    assert chosen({"EDITOR": "vim -c 'x"}) == (
        "EDITOR is set to vim -c 'x, where a quote is never closed; correct it and start again."
    )


def test_it_runs_and_gets_the_path_as_it_is(tmp_path: Path) -> None:
    script = "import sys; open(sys.argv[1], 'a').write('edited')"
    file = tmp_path / "a plan; $(x).yaml"
    assert run(Editor("EDITOR", (sys.executable, "-c", script)), file, 3) == ""
    assert file.read_text(encoding="utf-8") == "edited"


def test_an_editor_outside_the_terminal_is_waited_for_with_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    run(Editor("EDITOR", (sys.executable, "-c", "")), FILE, 0)
    assert f"{FILE} is open in {Path(sys.executable).name}. Close it there to come back." in capfd.readouterr().out


def test_what_goes_wrong_is_a_sentence(tmp_path: Path) -> None:
    missing = Editor("VISUAL", ("no-such-editor",))
    assert run(missing, FILE, 1) == ("no-such-editor, which VISUAL names, is not found; set VISUAL to another editor.")
    broken = tmp_path / "broken"
    broken.write_bytes(b"\x7fELF nonsense")
    broken.chmod(0o755)
    assert run(Editor("EDITOR", (str(broken),)), FILE, 1) == (
        "broken, which EDITOR names, can't be started: Exec format error."
    )


def test_an_editor_that_fails_is_said(tmp_path: Path) -> None:
    name = Path(sys.executable).name
    assert run(Editor("EDITOR", (sys.executable, "-c", "raise SystemExit(3)")), tmp_path / "x", 1) == (
        f"{name} ended with exit code 3; the files were read again as they are now."
    )
    killed = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
    assert "was ended by signal 15" in run(Editor("EDITOR", (sys.executable, "-c", killed)), tmp_path / "x", 1)


def test_an_interrupt_is_the_editors_own(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    interrupt = "import os, signal; os.kill(os.getppid(), signal.SIGINT)"
    assert run(Editor("EDITOR", (sys.executable, "-c", interrupt)), tmp_path / "x", 1) == ""
    assert signal.getsignal(signal.SIGINT) is before
