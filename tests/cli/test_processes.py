"""Several processes at one database, and processes that are killed: what was acknowledged is there."""

import random
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.running import command, environment, rows, run

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(folder, *arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    )


def finished(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def test_two_processes_that_enter_at_once_both_succeed(small: Path) -> None:
    both = [started(small, "enter", "PC", "2019-20 Q1", "80"), started(small, "enter", "NO", "2019-20 Q1", "7")]
    same = [started(small, "enter", "PO", "2019-20 Q1", text) for text in ("1", "2")]
    for process in [*both, *same]:
        code, out, err = finished(process)
        assert (code, err) == (0, "")
        assert "saved as version" in out
    assert rows(small, "SELECT indicator, version FROM figure ORDER BY 1, 2") == [
        ("NO", 1),
        ("PC", 1),
        ("PO", 1),
        ("PO", 2),
    ]


@pytest.mark.robustness
def test_a_reader_sees_all_of_an_import_or_nothing(small: Path) -> None:
    quarters = [f"{year}-{year + 1 - 2000} Q{n}" for year in range(2010, 2019) for n in range(1, 5)]
    (small / "many.csv").write_text(
        "indicator,period,value\n" + "".join(f"{code},{q},5\n" for q in quarters for code in ("PC", "NO", "PO")),
        encoding="utf-8",
    )
    process = started(small, "import", "figures", str(small / "many.csv"))
    seen = set()
    while process.poll() is None:
        seen.add(len(rows(small, "SELECT 1 FROM figure")))
    assert finished(process)[0] == 0
    assert seen <= {0, 108}


def versions(folder: Path, code: str) -> list[object]:
    found = rows(folder, "SELECT indicator, value FROM figure ORDER BY version")
    return [value for indicator, value in found if indicator == code]


def killed_series(folder: Path, times: int, seed: int) -> None:
    """Kill `enter` at random moments; every acknowledged figure must be there, in a database that is sound."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    acknowledged: dict[str, str] = {}
    tried: dict[str, set[str]] = {}
    for number in range(times):
        code = chance.choice(["NO", "PC", "PO"])
        text = str(number % 100)
        tried.setdefault(code, set()).add(text)
        process = started(folder, "enter", code, "2019-20 Q1", text)
        deadline = monotonic() + chance.uniform(0.3, 1.3)
        while monotonic() < deadline and process.poll() is None:
            sleep(0.005)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        _, out, err = finished(process)
        assert err == ""
        if "saved as version" in out:
            acknowledged[code] = text
            assert versions(folder, code)[-1] == text
    assert rows(folder, "PRAGMA integrity_check") == [("ok",)]
    for code, text in acknowledged.items():
        stored = versions(folder, code)
        assert text in stored
        assert set(stored) <= tried[code]
    assert run(folder, "enter", "PC", "2019-20 Q2", "50").code == 0


@posix_only
@pytest.mark.robustness
def test_a_killed_process_loses_nothing_that_it_acknowledged(small: Path) -> None:
    killed_series(small, 6, seed=1)


@posix_only
@pytest.mark.skipif(
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN, reason="started in the background, where interrupts are ignored"
)
def test_an_interrupted_command_ends_with_130_and_without_a_traceback(small: Path) -> None:
    (small / "slow.csv").write_text(
        "indicator,period,value,note\n" + "".join(f"NO,2019-20 Q1,{n},x\n" for n in range(99_000)), encoding="utf-8"
    )
    process = started(small, "import", "figures", str(small / "slow.csv"))
    sleep(0.7)
    process.send_signal(signal.SIGINT)
    code, out, err = finished(process)
    assert code == 130
    assert "Traceback" not in err
    assert out.strip() == ""
    assert rows(small, "SELECT 1 FROM figure") == []
