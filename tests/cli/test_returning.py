"""Returns as their officer sends them out and takes them in."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from outcome_tracker.core.returned import Column
from outcome_tracker.exchange.return_form import RETURN
from tests.running import run
from tests.tracker.returning import cell

Q3 = ("--period", "2019-20 Q3")


def test_each_owner_gets_a_template(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "returns"
    ran = run(small, "template", "--all", str(folder), *Q3)
    names = ["2019-20-Q3-Team-A.xlsx", "2019-20-Q3-Team-B.xlsx", "2019-20-Q3-No-owner-named.xlsx"]
    assert ran.lines == [str(folder / name) for name in names]
    assert (ran.code, ran.err) == (0, "3 templates for Quarter 3 2019-20 (Oct to Dec 2019): 3 figures.\n")
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    sheet = load_workbook(folder / names[0])[RETURN]
    assert cell(sheet, Column.CODE).value == "PC"
    assert cell(sheet, Column.TARGET).value == "90\nhigher is better"


def test_one_owner_in_any_case_or_what_nobody_owns(small: Path, tmp_path: Path) -> None:
    ran = run(small, "template", "--owner", " team  b ", str(tmp_path), *Q3)
    assert (ran.code, ran.lines) == (0, [str(tmp_path / "2019-20-Q3-Team-B.xlsx")])
    assert ran.err == "1 template for Quarter 3 2019-20 (Oct to Dec 2019): 1 figure.\n"
    ran = run(small, "template", "--owner", "no owner named", str(tmp_path), *Q3)
    assert ran.lines == [str(tmp_path / "2019-20-Q3-No-owner-named.xlsx")]


def test_an_owner_that_nobody_knows(small: Path, tmp_path: Path) -> None:
    ran = run(small, "template", "--owner", "Team C", str(tmp_path / "out"), *Q3)
    assert (ran.code, ran.out) == (3, "")
    assert "Nobody called 'Team C' owns a figure of 2019-20 Q3. Did you mean 'Team B'?" in " ".join(ran.err.split())
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("arguments", [(), ("--owner", "Team A", "--all")])
def test_one_owner_or_all_of_them(small: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ran = run(small, "template", str(tmp_path), *arguments)
    assert ran.code == 2
    assert "Name one --owner, or give --all; `outcome-tracker due --by owner` lists them." in ran.err


def test_no_file_is_replaced_and_then_none_is_written(small: Path, tmp_path: Path) -> None:
    there = tmp_path / "2019-20-Q3-Team-B.xlsx"
    there.write_text("mine", encoding="utf-8")
    ran = run(small, "template", "--all", str(tmp_path), *Q3)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == f"{there} is there already. Name another file, or add --force to replace it.\n"
    assert [path.name for path in tmp_path.glob("*.xlsx")] == [there.name]
    assert there.read_text("utf-8") == "mine"
    assert run(small, "template", "--all", str(tmp_path), "--force", *Q3).code == 0
    assert RETURN in load_workbook(there).sheetnames


def test_a_period_in_which_nothing_is_due(small: Path, tmp_path: Path) -> None:
    (small / "targets" / "plan.yaml").write_text(
        (small / "targets" / "plan.yaml").read_text("utf-8").replace("code: P\n", "code: P\nuntil: 2019-20\n", 1),
        "utf-8",
    )
    assert run(small, "targets", "apply").code == 0
    ran = run(small, "template", "--all", str(tmp_path / "out"), "--period", "2020-21 Q1")
    assert (ran.code, ran.err) == (
        3,
        "Nothing is due in Quarter 1 2020-21 (Apr to Jun 2020). Name another --period.\n",
    )


def test_a_folder_that_cannot_be_made(small: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    ran = run(small, "template", "--all", str(tmp_path / "file" / "below"), *Q3)
    assert ran.code == 3
    assert ran.err == (f"The folder {tmp_path / 'file' / 'below'} cannot be made: Not a directory. Name another one.\n")
