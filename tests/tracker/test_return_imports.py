"""Returns taken in, on a real database: what they change, what they refuse, and that it is all or nothing."""

import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from outcome_tracker.core.commentary import ANALYSIS
from outcome_tracker.core.figure import Status
from outcome_tracker.core.missing import parse_meanings
from outcome_tracker.core.period import parse
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.returned import Column
from outcome_tracker.exchange.return_form import ID, RETURN
from outcome_tracker.tracker.collect import enter
from outcome_tracker.tracker.commentary import save_sections
from outcome_tracker.tracker.return_imports import Returned, import_returns
from outcome_tracker.tracker.return_ledger import Keep
from outcome_tracker.tracker.returns import forms, write
from outcome_tracker.tracker.workspace import Workspace, open_workspace
from tests.running import figure_count, rows, run, write_plan
from tests.tracker.returning import cell, fill

Q3, Q2 = parse("2019-20 Q3"), parse("2019-20 Q2")
N, D, V, S, C = Column.NUMERATOR, Column.DENOMINATOR, Column.VALUE, Column.STATUS, Column.COMMENTARY
MONTHLY = """
plan: A plan
code: P
owner: Team A
indicators:
  - {code: M, title: Calls, tier: wider, unit: number, better: higher, frequency: monthly, basis: period}
"""


def at(folder: Path, who: str = "Jo Officer") -> Workspace:
    return open_workspace(folder, user=who, now=lambda: datetime(2020, 1, 15, 10, tzinfo=UTC))


def sent(workspace: Workspace, folder: Path) -> dict[str, Path]:
    """Write the templates, and return them by owner."""
    made = forms(workspace, Q3, None)
    write(workspace, made, folder, force=True)
    return {form.id.owner: folder / name for name, form in made.forms}


def taken(workspace: Workspace, *files: Path, **more: object) -> Returned:
    return import_returns(workspace, files, {}, **more)  # type: ignore[arg-type]  # as the test says


def told(found: Returned) -> list[str]:
    """The problems, without folders and periods in the names of files."""
    return [re.sub(r"^(?:.*/)?(?:2019-20-Q3-)?", "", p.path) + f": {p.message}" for p in found.problems]


def changes(found: Returned) -> list[tuple[str, str, str, str]]:
    return [(each.code, each.period.code, each.was, each.becomes) for each in found.changes]


def current(folder: Path) -> list[tuple[object, ...]]:
    return rows(folder, "SELECT indicator, version, value, numerator, denominator, status, who, why FROM figure")


def test_what_owners_filled_in_is_saved_together(small: Path, tmp_path: Path) -> None:
    files = sent(at(small), tmp_path)
    fill(files["Team A"], {"PC": {N: 9, D: 10, C: "All done.\nOn time."}})
    fill(files["Team B"], {"NO": {V: 12, S: "provisional"}})
    found = taken(at(small), *files.values())
    assert found.problems == ()
    assert changes(found) == [
        ("NO", "2019-20 Q3", "–", "12 [p]"),
        ("PC", "2019-20 Q3", "–", "90.0% (9 of 10)"),
        ("PC", "2019-20 Q3", "–", "All done. On time."),
    ]
    assert found.counts == (3, 0, 0, 1)
    assert sorted(current(small)) == [
        ("NO", 1, "12", None, None, "provisional", "Jo Officer", "return of Team B, 2019-20-Q3-Team-B.xlsx, row 2"),
        ("PC", 1, None, "9", "10", "final", "Jo Officer", "return of Team A, 2019-20-Q3-Team-A.xlsx, row 2"),
    ]
    assert rows(small, "SELECT subject, period, section, author, text, who FROM commentary") == [
        ("PC", "2019-20 Q3", ANALYSIS.name, "Team A", "All done.\nOn time.", "Jo Officer")
    ]


def test_the_same_returns_again_change_nothing(small: Path, tmp_path: Path) -> None:
    files = sent(at(small), tmp_path)
    fill(files["Team A"], {"PC": {V: "90%", C: "All done."}})
    assert taken(at(small), *files.values()).counts == (2, 0, 0, 2)
    assert taken(at(small), *files.values()).counts == (0, 0, 2, 2)
    assert taken(at(small), files["Team A"], files["Team A"]).counts == (0, 0, 2, 0)
    assert figure_count(small) == 1


def test_a_dry_run_saves_nothing(small: Path, tmp_path: Path) -> None:
    files = sent(at(small), tmp_path)
    fill(files["Team A"], {"PC": {V: 90}})
    assert taken(at(small), *files.values(), dry_run=True).counts == (1, 0, 0, 2)
    assert figure_count(small) == 0


def test_nothing_is_saved_where_one_file_has_a_problem(small: Path, tmp_path: Path) -> None:
    files = sent(at(small), tmp_path)
    fill(files["Team A"], {"PC": {V: 90}})
    fill(files["Team B"], {"NO": {V: "twelve", C: "About a dozen."}})
    found = taken(at(small), *files.values())
    assert told(found) == [
        (
            "Team-B.xlsx!Return!L2: 'twelve' is not a number; write digits with a point for decimals, "
            "as in 1,234 or 21.2, or parts as in 17/37."
        )
    ]
    assert len(found.changes) == 2
    assert (figure_count(small), rows(small, "SELECT 1 FROM commentary")) == (0, [])


def test_what_stands_in_its_cells_and_is_left_alone_changes_nothing(small: Path, tmp_path: Path) -> None:
    enter(at(small), "PC", "2019-20 Q3", "9/10", note="agreed")
    files = sent(at(small), tmp_path)
    enter(at(small, "Ana"), "PC", "2019-20 Q3", "8/10")  # meanwhile
    found = taken(at(small), *files.values())
    assert (found.problems, found.warnings, found.counts) == ((), (), (0, 0, 1, 2))


def test_a_correction_keeps_the_note(small: Path, tmp_path: Path) -> None:
    enter(at(small), "PC", "2019-20 Q3", "9/10", note="agreed")
    files = sent(at(small), tmp_path)
    fill(files["Team A"], {"PC": {N: 8}})
    found = taken(at(small), files["Team A"])
    assert changes(found) == [("PC", "2019-20 Q3", "90.0% (9 of 10)", "80.0% (8 of 10)")]
    assert found.counts == (0, 1, 0, 0)
    assert rows(small, "SELECT version, numerator, note FROM figure ORDER BY version") == [
        (1, "9", "agreed"),
        (2, "8", "agreed"),
    ]


def test_emptying_a_cell_takes_nothing_back(small: Path, tmp_path: Path) -> None:
    enter(at(small), "PC", "2019-20 Q3", "9/10")
    files = sent(at(small), tmp_path)
    fill(files["Team A"], {"PC": {N: None, D: None}})
    found = taken(at(small), files["Team A"])
    assert [warning.message for warning in found.warnings] == [
        "The figure was 90.0% (9 of 10) and is empty here, which changes nothing; to take it back choose a status."
    ]
    assert (found.problems, found.counts) == ((), (0, 0, 0, 0))
    fill(files["Team A"], {"PC": {S: "not available"}})
    assert changes(taken(at(small), files["Team A"])) == [("PC", "2019-20 Q3", "90.0% (9 of 10)", "not available")]


def test_a_status_without_a_figure_is_refused(small: Path, tmp_path: Path) -> None:
    files = sent(at(small), tmp_path)
    fill(files["Team A"], {"PC": {S: "final"}})
    fill(files["Team B"], {"NO": {V: 3, S: "suppressed"}})
    assert told(taken(at(small), *files.values())) == [
        (
            "Team-B.xlsx!Return!M2: A figure that is suppressed has no value; leave the value empty or change "
            "the status."
        ),
        (
            "Team-A.xlsx!Return!L2: Neither a value nor both parts are given; write a value, or a status such "
            "as 'not available'."
        ),
    ]


def test_parts_that_contradict_the_value_are_refused(small: Path, tmp_path: Path) -> None:
    files = sent(at(small), tmp_path)
    fill(files["Team A"], {"PC": {N: 9, D: 10, V: 91}})
    assert told(taken(at(small), files["Team A"])) == [
        (
            "Team-A.xlsx!Return!L2: The value 91.0 and its parts disagree: 9 of 10 is 90.0; correct one of "
            "them, or give only the parts."
        )
    ]


def test_a_figure_that_somebody_else_changed_meanwhile_is_a_conflict(small: Path, tmp_path: Path) -> None:
    enter(at(small), "PC", "2019-20 Q3", "90")
    files = sent(at(small), tmp_path)
    enter(at(small, "Ana"), "PC", "2019-20 Q3", "95")
    fill(files["Team A"], {"PC": {V: 85}})
    found = taken(at(small), *files.values())
    assert told(found) == [
        (
            "Team-A.xlsx!Return!L2: Ana saved 95.0% on 15 Jan 2020 10:00, and this return says 85.0%; when it "
            "was made it was 90.0%. Add --keep tracker to leave it as it is, or --keep return to take what the return "
            "says."
        )
    ]
    assert figure_count(small) == 2
    kept = taken(at(small), *files.values(), keep=Keep.TRACKER)
    assert (kept.problems, kept.counts) == ((), (0, 0, 1, 2))
    assert changes(taken(at(small), *files.values(), keep=Keep.RETURN)) == [("PC", "2019-20 Q3", "95.0%", "85.0%")]
    assert figure_count(small) == 3


def test_what_both_say_is_no_conflict(small: Path, tmp_path: Path) -> None:
    files = sent(at(small), tmp_path)
    enter(at(small, "Ana"), "PC", "2019-20 Q3", "95")
    fill(files["Team A"], {"PC": {V: "95.0"}})
    assert taken(at(small), *files.values()).counts == (0, 0, 1, 2)
    fill(files["Team A"], {"PC": {V: 96}})
    assert "when it was made there was none." in told(taken(at(small), files["Team A"]))[0]


def test_a_figure_that_was_taken_back_meanwhile_is_no_conflict(small: Path, tmp_path: Path) -> None:
    files = sent(at(small), tmp_path)
    enter(at(small, "Ana"), "PC", "2019-20 Q3", "95")
    enter(at(small, "Ana"), "PC", "2019-20 Q3", "", status=Status.NOT_RETURNED)
    assert taken(at(small), files["Team A"]).to_come == 1
    fill(files["Team A"], {"PC": {S: "not returned"}})
    assert taken(at(small), files["Team A"]).counts == (0, 0, 1, 0)
    fill(files["Team A"], {"PC": {V: 96, S: "final"}})
    assert changes(taken(at(small), files["Team A"])) == [("PC", "2019-20 Q3", "not returned", "96.0%")]


def test_a_status_left_alone_changes_nothing_either(small: Path, tmp_path: Path) -> None:
    enter(at(small), "PC", "2019-20 Q3", "", status=Status.NOT_RETURNED)
    files = sent(at(small), tmp_path)
    enter(at(small, "Ana"), "PC", "2019-20 Q3", "95")
    found = taken(at(small), files["Team A"])
    assert (found.problems, found.counts) == ((), (0, 0, 1, 0))


def test_of_two_files_that_agree_the_newer_one_is_taken(small: Path, tmp_path: Path) -> None:
    older = sent(at(small), tmp_path / "older")["Team A"]
    enter(at(small, "Ana"), "PC", "2019-20 Q3", "95")
    save_sections(at(small, "Ana"), "PC", Q3, {ANALYSIS.name: "First."})
    newer = sent(at(small), tmp_path / "newer")["Team A"]
    for file in (older, newer):
        fill(file, {"PC": {V: 85, S: None, C: "Second."}})
    assert len(taken(at(small), older).problems) == 2
    assert changes(taken(at(small), older, newer)) == [
        ("PC", "2019-20 Q3", "95.0%", "85.0%"),
        ("PC", "2019-20 Q3", "First.", "Second."),
    ]


def test_a_folder_stands_for_its_workbooks(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "returned"
    files = sent(at(small), folder)
    fill(files["Team A"], {"PC": {V: 90}})
    (folder / "~$2019-20-Q3-Team-A.xlsx").write_bytes(b"\x02Jo")
    (folder / "notes.txt").write_text("late ones", encoding="utf-8")
    found = taken(at(small), folder, files["Team A"])
    assert (found.problems, found.counts) == ((), (1, 0, 0, 2))
    assert [str(warning) for warning in found.warnings] == [
        (
            f"{folder / '~$2019-20-Q3-Team-A.xlsx'}: Excel leaves this file while a workbook is open; it is left "
            "aside. Was the workbook saved?"
        )
    ]
    empty = tmp_path / "empty"
    empty.mkdir()
    assert told(taken(at(small), empty)) == ["empty: There is no workbook (.xlsx) in this folder."]


def test_a_newer_commentary_is_a_conflict(small: Path, tmp_path: Path) -> None:
    save_sections(at(small), "PC", Q3, {ANALYSIS.name: "First."})
    files = sent(at(small), tmp_path)
    save_sections(at(small, "Ana"), "PC", Q3, {ANALYSIS.name: "Second."})
    assert taken(at(small), files["Team A"]).counts == (0, 0, 1, 1)  # left alone
    fill(files["Team A"], {"PC": {C: "Third."}})
    assert told(taken(at(small), files["Team A"])) == [
        (
            "Team-A.xlsx!Return!N2: Ana saved 'Second.' on 15 Jan 2020 10:00, and this return says 'Third.'; "
            "when it was made it was 'First.'. Add --keep tracker to leave it as it is, or --keep return to take what "
            "the return says."
        )
    ]
    assert taken(at(small), files["Team A"], keep=Keep.TRACKER).counts == (0, 0, 1, 1)
    found = taken(at(small), files["Team A"], keep=Keep.RETURN)
    assert changes(found) == [("PC", "2019-20 Q3", "Second.", "Third.")]
    assert rows(small, "SELECT author, text FROM commentary ORDER BY version")[-1] == ("Team A", "Third.")


def test_two_files_that_contradict_each_other(small: Path, tmp_path: Path) -> None:
    files = sent(at(small), tmp_path)
    again = tmp_path / "again.xlsx"
    again.write_bytes(files["Team A"].read_bytes())
    fill(files["Team A"], {"PC": {V: 85, C: "Slow."}})
    fill(again, {"PC": {V: 86, C: "Slower."}})
    assert told(taken(at(small), files["Team A"], again)) == [
        f"again.xlsx!Return!L2: {files['Team A']}!Return!L2 says 85.0%; keep one of them.",
        f"again.xlsx!Return!N2: {files['Team A']}!Return!N2 says 'Slow.'; keep one of them.",
    ]
    fill(again, {"PC": {V: "85%", C: "Slow."}})
    assert taken(at(small), files["Team A"], again).counts == (2, 0, 0, 0)


def test_a_return_of_another_council_is_refused(small: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write_plan(other, (small / "targets" / "plan.yaml").read_text("utf-8"))
    council = other / "targets" / "council.yaml"
    council.write_text(council.read_text("utf-8").replace("Testshire", "Elsewhere").replace("E10000001", "E10000002"))
    assert run(other, "targets", "apply").code == 0
    files = sent(at(other), tmp_path)
    assert told(taken(at(small), files["Team A"])) == [
        ("Team-A.xlsx: This return is of Elsewhere (E10000002), and this is the tracker of Testshire (E10000001).")
    ]


def test_returns_for_another_period_are_refused(small: Path, tmp_path: Path) -> None:
    files = sent(at(small), tmp_path)
    assert told(taken(at(small), files["Team A"], period=Q2)) == [
        (
            "Team-A.xlsx: This return is for Quarter 3 2019-20 (Oct to Dec 2019), not for Quarter 2 2019-20 "
            "(Jul to Sep 2019); import it with --period '2019-20 Q3'."
        )
    ]
    made = forms(at(small), Q2, "Team B")
    (earlier,) = write(at(small), made, tmp_path)
    assert told(taken(at(small), files["Team A"], earlier)) == [
        ": These returns are for 2019-20 Q2 and 2019-20 Q3; import those of one period at a time."
    ]


def test_rows_of_another_period_than_the_return_says_are_refused(small: Path, tmp_path: Path) -> None:
    files = sent(at(small), tmp_path)
    fill(files["Team A"], {"PC": {V: 85, Column.PERIOD: "2019-20 Q2"}})
    fill(files["Team B"], {"NO": {V: 85, Column.PERIOD: "last quarter"}})
    assert told(taken(at(small), *files.values())) == [
        (
            "Team-A.xlsx!Return!C2: The row is for 2019-20 Q2, and this return asked for PC in 2019-20 Q3; "
            "move the figure into its own return."
        ),
        "Team-B.xlsx!Return!C2: 'last quarter' is not a period; write 2018-19 Q4.",
    ]


def test_a_period_that_has_not_begun(small: Path, tmp_path: Path) -> None:
    later = open_workspace(small, user="Jo", now=lambda: datetime(2019, 9, 1, tzinfo=UTC))
    files = sent(later, tmp_path)
    fill(files["Team A"], {"PC": {V: 85}})
    assert told(taken(later, files["Team A"])) == [
        "Team-A.xlsx!Return!C2: Quarter 3 2019-20 (Oct to Dec 2019) has not begun; leave its row empty."
    ]


def test_a_return_that_knows_more_than_the_tracker_is_refused(small: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(small, tmp_path / "copy"))
    enter(at(copy), "PC", "2019-20 Q3", "90")
    files = sent(at(copy), tmp_path)
    fill(files["Team A"], {"PC": {V: 85}})
    assert told(taken(at(small), files["Team A"])) == [
        (
            "Team-A.xlsx!Return!A2: The return was made from version 1, and this tracker has 0 versions; "
            "it is from another database, or from before a backup was restored."
        )
    ]


def test_a_damaged_id_stops_everything(small: Path, tmp_path: Path) -> None:
    files = sent(at(small), tmp_path)
    fill(files["Team B"], {"NO": {V: 5}})
    book = load_workbook(files["Team A"])
    del book[ID]
    book.save(files["Team A"])
    assert told(taken(at(small), *files.values())) == [
        (
            "Team-A.xlsx: This is not a return: `outcome-tracker template` makes one. For other workbooks: "
            "import figures."
        )
    ]
    assert figure_count(small) == 0


def test_rows_that_were_not_asked_for_are_told(small: Path, tmp_path: Path) -> None:
    files = sent(at(small), tmp_path)
    book = load_workbook(files["Team A"])
    sheet = book[RETURN]
    for number, code in ((3, "NO"), (4, None), (5, "Total")):
        cell(sheet, Column.CODE, number).value = code
        cell(sheet, Column.VALUE, number).value = 5 if number < 5 else None
    book.save(files["Team A"])
    found = taken(at(small), files["Team A"])
    assert [(w.path.rpartition("!")[2], w.message) for w in found.warnings] == [
        ("A3", "'NO' was not asked for in this return, and left aside."),
        ("A4", "A row without a code was not asked for in this return, and left aside."),
    ]
    assert found.counts == (0, 0, 0, 1)


def test_an_indicator_that_has_left_the_plan_files(small: Path, tmp_path: Path) -> None:
    files = sent(at(small), tmp_path)
    fill(files["Team B"], {"NO": {V: 5}})
    plan = small / "targets" / "plan.yaml"
    lines = plan.read_text("utf-8").splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if "code: NO" in line)
    plan.write_text("".join(lines[:start] + lines[start + 2 :]), encoding="utf-8")
    assert run(small, "targets", "apply").code == 0
    found = taken(at(small), files["Team B"])
    assert [w.message for w in found.warnings] == ["NO is no longer in the plan files, and its row is left aside."]
    assert (found.problems, found.counts) == ((), (0, 0, 0, 0))


def test_months_are_judged_in_their_order_however_they_are_sorted(tmp_path: Path) -> None:
    write_plan(tmp_path, MONTHLY)
    assert run(tmp_path, "targets", "apply").code == 0
    (file,) = sent(at(tmp_path), tmp_path).values()
    fill(file, {"M October": {V: 10}, "M November": {V: 40}, "M December": {V: 41, C: "Busy."}})
    book = load_workbook(file)
    sheet = book[RETURN]
    for column in Column:
        first, last = cell(sheet, column, 2), cell(sheet, column, 4)
        first.value, last.value = last.value, first.value
    book.save(file)
    found = taken(at(tmp_path), file)
    assert found.problems == ()
    assert [change.becomes for change in found.changes] == ["10", "40", "41", "Busy."]
    assert [(w.path.rpartition("!")[2], w.message) for w in found.warnings] == [
        ("L3", "M 2019-11: More than three times the last figure, 10 in 2019-10.")
    ]
    assert rows(tmp_path, "SELECT period, warning FROM figure WHERE warning <> ''") == [
        ("2019-11", "More than three times the last figure, 10 in 2019-10.")
    ]
    assert rows(tmp_path, "SELECT period FROM commentary") == [("2019-20 Q3",)]


def test_one_commentary_an_indicator(tmp_path: Path) -> None:
    write_plan(tmp_path, MONTHLY)
    assert run(tmp_path, "targets", "apply").code == 0
    (file,) = sent(at(tmp_path), tmp_path).values()
    fill(file, {"M October": {C: "Quiet."}, "M December": {C: "Busy."}})
    assert told(taken(at(tmp_path), file)) == [
        f"Team-A.xlsx!Return!N4: {file}!Return!N2 says 'Quiet.'; keep one of them."
    ]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("=two teams", "The cell holds a formula that was never computed; type the text, without = in front."),
        ("#NAME?", "The cell shows #NAME?; type the text, without = in front."),
    ],
)
def test_a_commentary_that_says_nothing_is_refused(small: Path, tmp_path: Path, typed: str, wanted: str) -> None:
    files = sent(at(small), tmp_path)
    book = load_workbook(files["Team A"])
    cell(book[RETURN], C).value = typed  # as a formula that no spreadsheet has worked out, and as its error
    book.save(files["Team A"])
    assert told(taken(at(small), files["Team A"])) == [f"Team-A.xlsx!Return!N2: {wanted}"]


def test_a_commentary_longer_than_can_be_kept_is_refused(small: Path, tmp_path: Path) -> None:
    files = sent(at(small), tmp_path)
    fill(files["Team A"], {"PC": {C: "Longest."}})
    with ZipFile(files["Team A"]) as book:  # Excel stops at 32,767 characters, other programs don't
        parts = {name: book.read(name).replace(b"Longest.", b"x" * 50_002) for name in book.namelist()}
    with ZipFile(files["Team A"], "w") as book:
        for name, part in parts.items():
            book.writestr(name, part)
    assert told(taken(at(small), files["Team A"])) == [
        "Team-A.xlsx!Return!N2: The text is 2 characters too long: at most 50,000 can be kept."
    ]


def test_markers_are_never_zero(small: Path, tmp_path: Path) -> None:
    files = sent(at(small), tmp_path)
    fill(files["Team A"], {"PC": {N: "x", D: 37}})
    (problem,) = taken(at(small), files["Team A"]).problems
    assert problem.message.startswith("'x' stands in 1 cell (")
    found = import_returns(at(small), [files["Team A"]], parse_meanings(["x=suppressed"]))
    assert changes(found) == [("PC", "2019-20 Q3", "–", Status.SUPPRESSED.value)]
    assert rows(small, "SELECT status, value, denominator, note FROM figure") == [
        ("suppressed", None, None, "In the file: denominator 37.")
    ]


def test_the_past_cannot_be_changed(small: Path, tmp_path: Path) -> None:
    files = sent(at(small), tmp_path)
    past = replace(at(small), as_at=datetime(2020, 1, 1, tzinfo=UTC).date())
    with pytest.raises(Unavailable, match="the past cannot be changed"):
        taken(past, files["Team A"])
