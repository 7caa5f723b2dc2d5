"""Roles on the command line: a viewer's every attempt to change something, and somebody who may not look."""

from pathlib import Path

import pytest

from tests.running import run
from tests.tracker.saving import PLAN, write_files

NO_OFFICER = (
    "Only officers may change what is recorded, and 'eve' is not one of them. Nothing was saved. Ask Ann, "
    "or name yourself with --user; council.yaml lists the officers under roles.\n"
)
NO_VIEWER = (
    "Only people whom council.yaml lists under roles may look, and 'Sam' is not one of them. "
    "Ask an officer to list you, or name yourself with --user.\n"
)
FILES = {
    "figures.csv": "indicator,period,value\nPC,2019-20 Q3,88\n",
    "benchmarks.csv": "indicator,comparator,period,value\nPC,England,2018-19,88\n",
    "areas.csv": "indicator,area,period,value\nPC,E06000050,2018-19,88\n",
    "neighbours_2025.csv": "old_la_code,la_name,SN_1,SN_1P\n896,Cheshire West,351,Close\n",
    "breakdowns.csv": "breakdown,period,source,count\nSRC,2019-12,Police,61\n",
}


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose officer is Ann, Eve one who looks, and Sam nobody."""
    folder = tmp_path_factory.mktemp("listed")
    write_files(folder, "officers: [Ann], viewers: [Eve]")
    assert run(folder, "targets", "apply", "--user", "ann").code == 0
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ["enter", "PC", "2019-20 Q3", "88"],
        ["milestone", "P-A.1", "delayed", "--reason", "No staff"],
        ["comment", "PC", "2019-20 Q3", "Cause", "Winter."],
        *(["import", name.partition(".")[0].partition("_")[0], name] for name in FILES),
        ["targets", "apply"],
    ],
    ids=" ".join,
)
def test_a_viewer_changes_nothing(listed: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    monkeypatch.chdir(listed)
    plan = listed / "targets" / "plan.yaml"
    plan.write_text(PLAN.replace("A percentage", "A share"), encoding="utf-8")
    before = (listed / "data" / "tracker.db").read_bytes()
    ran = run(listed, *arguments, "--user", "eve")
    assert (ran.code, ran.out, ran.err) == (3, "", NO_OFFICER)
    assert (listed / "data" / "tracker.db").read_bytes() == before


READING = [
    ["summary"],
    ["changes"],
    ["heat-map"],
    ["scorecard"],
    ["indicator", "PC"],
    ["areas", "PC"],
    ["audit"],
    ["breakdown"],
    ["due"],
    ["remind", "Team A"],
    ["template", "returns", "--all"],
    ["milestones"],
    ["commentary"],
    ["report", "--format", "md"],
    ["export", "benchmarks"],
    ["targets", "diff"],
    ["targets", "show"],
    ["targets", "review"],
]


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_who_is_not_listed_sees_nothing(listed: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    monkeypatch.chdir(listed)
    ran = run(listed, *arguments, "--user", "Sam")
    assert (ran.code, ran.out, ran.err) == (3, "", NO_VIEWER)
    assert not (listed / "returns").exists()


@pytest.mark.parametrize("arguments", [["summary"], ["scorecard"], ["indicator", "PC"], ["due"]], ids=" ".join)
def test_a_viewer_looks(listed: Path, arguments: list[str]) -> None:
    assert run(listed, *arguments, "--user", "EVE").code == 0
