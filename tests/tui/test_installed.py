"""The program as it is installed, in a terminal, used as a person would."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.entering import workspace

PROGRAM = Path(sys.executable).with_name("outcome-tracker.exe" if sys.platform == "win32" else "outcome-tracker")
UP, DOWN, ESCAPE, F2 = "\x1b[A", "\x1b[B", "\x1b", "\x1bOQ"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals that Python can open")
@pytest.mark.skipif(not PROGRAM.exists(), reason="the program is not installed beside this Python")
def test_an_officer_enters_three_figures_one_of_them_wrong_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.tui.terminal import terminal

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "ws"
    workspace(folder)
    with terminal(folder, columns=120, lines=30, program=(str(PROGRAM), "--user", "ana")) as seen:
        seen.wait_for("Figures in", "Enter figures")
        seen.type(F2)
        seen.wait_for("0 of 4 returned", "Days to first visit")
        seen.type("15.9\r")
        seen.wait_for("1 of 4 returned", "15.9%")
        seen.type("19..5\r")
        seen.wait_for("'19..5' is not a number; write digits with a point for decimals", "not saved")
        seen.type("19.5\r")
        seen.wait_for("2 of 4 returned", "19.5%")
        seen.type("341\r")
        seen.wait_for("3 of 4 returned")
        seen.type("q")
        assert seen.ended() == 0
    (backup,) = (folder / "data" / "backups").iterdir()
    assert (folder / "data" / "tracker.db").stat().st_size == backup.stat().st_size
    command = [str(PROGRAM), "--workspace", str(folder), "export", "figures"]
    found = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    figures = {
        row["indicator"]: row["value"] for row in csv.DictReader(found.splitlines()) if row["period"] == "2018-19 Q4"
    }
    assert figures == {"S-01": "15.9", "S-02": "19.5", "S-03": "341"}
