"""Returns as their officer sends them out and takes them in."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from outcome_tracker.core.returned import Column
from outcome_tracker.exchange.return_form import RETURN
from tests.running import figure_count, run
from tests.tracker.returning import cell, fill

Q3 = ("--period", "2019-20 Q3")
V, S, C = Column.VALUE, Column.STATUS, Column.COMMENTARY


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


def sent(folder: Path, to: Path) -> dict[str, Path]:
    """The small workspace's templates by the last word of their owner."""
    ran = run(folder, "template", "--all", str(to), *Q3)
    return {Path(line).stem.rpartition("-")[2]: Path(line) for line in ran.lines}


def test_a_dry_run_shows_what_changes_by_file(small: Path, tmp_path: Path) -> None:
    files = sent(small, tmp_path)
    fill(files["A"], {"PC": {V: 85, C: "Two teams were short of staff."}})
    fill(files["B"], {"NO": {V: 12}})
    ran = run(small, "import", "return", *map(str, files.values()), "--dry-run")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        "2019-20-Q3-Team-A.xlsx",
        "Code  Period      Was  Becomes",
        "PC    2019-20 Q3  –    85.0%",
        "PC    2019-20 Q3  –    commentary: Two teams were short of staff.",
        "",
        "2019-20-Q3-Team-B.xlsx",
        "Code  Period      Was  Becomes",
        "NO    2019-20 Q3  –    12",
        "",
        "Nothing was imported. Would add 3, change 0; 0 unchanged; 1 still to come.",
    ]
    assert figure_count(small) == 0


def test_returns_are_taken_in_and_shown(small: Path, tmp_path: Path) -> None:
    files = sent(small, tmp_path)
    fill(files["A"], {"PC": {V: 85}})
    ran = run(small, "import", "return", str(files["A"]), *Q3)
    assert (ran.code, ran.lines[-1]) == (0, "Added 1, changed 0; 0 unchanged; 0 still to come.")
    assert "PC    2019-20 Q3  –    85.0%" in ran.lines
    assert run(small, "indicator", "PC", *Q3).flat.count("85.0%")
    again = run(small, "import", "return", str(files["A"]))
    assert again.lines == ["Added 0, changed 0; 1 unchanged; 0 still to come."]


def test_problems_and_warnings_stand_with_their_cells_and_nothing_is_saved(small: Path, tmp_path: Path) -> None:
    assert run(small, "enter", "NO", "2019-20 Q2", "3").code == 0
    files = sent(small, tmp_path)
    fill(files["A"], {"PC": {V: "x", S: "done"}})
    fill(files["B"], {"NO": {V: 12}})
    ran = run(small, "import", "return", *map(str, files.values()))
    assert ran.code == 1
    assert ran.lines == ["2019-20-Q3-Team-B.xlsx", "Code  Period      Was  Becomes", "NO    2019-20 Q3  –    12", ""]
    warning, status, marker, last = ran.err.splitlines()
    odd = "NO 2019-20 Q3: More than three times the last figure, 3 in 2019-20 Q2."
    assert warning == f"{files['B']}!Return!L2: Value: warning: {odd}"
    assert status.startswith(f"{files['A']}!Return!M2: Status: 'done' is not a status; write final,")
    assert marker.startswith(f"'x' stands in 1 cell ({files['A']}!Return!L2), and what it means is not known;")
    assert last == "Nothing was imported: 2 problems."
    assert figure_count(small) == 1


def test_markers_and_conflicts_are_settled_by_options(small: Path, tmp_path: Path) -> None:
    files = sent(small, tmp_path)
    fill(files["A"], {"PC": {V: "x"}})
    assert run(small, "enter", "PC", "2019-20 Q3", "91").code == 0
    arguments = ("import", "return", str(files["A"]), "--missing", "x=suppressed")
    ran = run(small, *arguments)
    assert ran.code == 1
    assert "Jo Officer saved 91.0% on 15 Jan 2020 10:00, and this return says suppressed;" in ran.err
    assert run(small, *arguments, "--keep", "tracker").lines == ["Added 0, changed 0; 1 unchanged; 0 still to come."]
    assert run(small, *arguments, "--keep", "return").lines[-1].startswith("Added 0, changed 1;")


@pytest.mark.parametrize(
    ("option", "wanted"),
    [
        ("x=gone", "'gone' does not say why a figure is absent"),
        ("blank=suppressed", "An empty row of a return is still to come; leave blank out."),
    ],
)
def test_what_a_marker_cannot_mean(small: Path, option: str, wanted: str) -> None:
    ran = run(small, "import", "return", "r.xlsx", "--missing", option)
    assert (ran.code, ran.out) == (2, "")
    assert wanted in ran.err


@pytest.mark.parametrize("before", [(), ("--dry-run",), ("--user", "Ana"), ("--user=Ana", "--dry-run")])
def test_options_may_stand_before_the_word_return(small: Path, before: tuple[str, ...]) -> None:
    ran = run(small, "import", *before, "return", "no.xlsx")
    assert (ran.code, ran.err.splitlines()[0]) == (1, "no.xlsx: There is no such file.")


def test_other_kinds_are_imported_as_before(small: Path) -> None:
    assert "FILE..." in run(small, "import", "return", "--help").out
    assert "`import return --help`" in run(small, "import", "--help").flat
    assert run(small, "import", "return").code == 2
    assert "'return'" in run(small, "import", "returns", "r.xlsx").err


def test_a_terminal_is_asked_what_a_marker_means(small: Path, tmp_path: Path) -> None:
    files = sent(small, tmp_path)
    fill(files["A"], {"PC": {V: "x"}})
    arguments = ("import", "return", str(files["A"]))
    ran = run(small, *arguments, terminal=True, typed="\n")
    assert (ran.code, figure_count(small)) == (1, 0)
    assert ran.err.startswith(f"'x' stands in 1 cell ({files['A']}!Return!L2). What does it mean?\n1 not returned:")
    ran = run(small, *arguments, terminal=True, typed="3\n")
    assert (ran.code, ran.lines[-1]) == (0, "Added 1, changed 0; 0 unchanged; 0 still to come.")
    assert "suppressed" in ran.out
