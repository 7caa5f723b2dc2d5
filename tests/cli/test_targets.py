"""Plan files from the command line: check, diff, apply, schema."""

import json
from pathlib import Path

import pytest

from tests.running import SMALL, rows, run, write_plan


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "targets" / "plan.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_check_says_what_the_files_hold(small: Path) -> None:
    ran = run(small, "targets", "check")
    assert (ran.code, ran.out, ran.err) == (0, "Testshire: 1 plan, 4 indicators, 1 action: no problems.\n", "")


def test_check_tells_every_problem_of_every_file_at_its_place(small: Path) -> None:
    edit(small, "better: higher, frequency: quarterly", "better: hihger, frequency: often")
    edit(small, "targets: {2019-20: 1300}", "target: {2019-20: 1300}")
    (small / "targets" / "council.yaml").write_text("council: X\narea: [\n", encoding="utf-8")
    ran = run(small, "targets", "check")
    assert (ran.code, ran.out) == (1, "")
    told = ran.err.splitlines()
    assert told[0].startswith("targets/council.yaml:")
    assert any(line.startswith("targets/plan.yaml:5:") and "better" in line and "hihger" in line for line in told)
    assert any(line.startswith("targets/plan.yaml:8:") and "Did you mean 'targets'?" in line for line in told)
    assert told[-1] == f"Correct these {len(told) - 1} problems first."


def test_a_warning_stops_nothing(small: Path) -> None:
    edit(small, "2019-20: 90", "2019-20: 90.123")
    ran = run(small, "targets", "check")
    assert ran.code == 0
    assert ran.out.endswith("no problems, 1 warning.\n")
    assert ": warning: " in ran.err


def test_apply_makes_the_database_and_then_has_nothing_to_do(here: Path) -> None:
    write_plan(here, SMALL)
    ran = run(here, "targets", "apply", "--why", "agreed by Cabinet")
    assert (ran.code, ran.err) == (0, "")
    assert "indicator PC added: A percentage" in ran.out
    assert "PC target 2019-20: 90" in ran.out
    assert ran.lines[-1] == "Applied: Testshire: 1 plan, 4 indicators, 1 action."
    assert rows(here, "SELECT DISTINCT who, why FROM definition") == [("Jo Officer", "agreed by Cabinet")]
    again = run(here, "targets", "apply")
    assert again.out == "Nothing to apply: the plan files say what is applied already.\n"
    assert run(here, "targets", "diff").out == "The plan files say what is applied already.\n"


def test_diff_shows_the_change_and_apply_makes_it(small: Path) -> None:
    edit(small, "2019-20: 90", "2019-20: 91")
    edit(small, "title: Pounds", "title: Pounds spent")
    diff = run(small, "targets", "diff")
    assert (diff.code, diff.lines) == (0, ["PC target 2019-20: 90 → 91", "PO title: Pounds → Pounds spent"])
    assert rows(small, "SELECT max(version) FROM target") == [(1,)]
    assert run(small, "targets", "apply").lines[:2] == diff.lines
    assert rows(small, "SELECT max(version) FROM target WHERE indicator = 'PC'") == [(2,)]
    assert rows(small, "SELECT max(version) FROM target WHERE indicator = 'NO'") == [(1,)]


def test_nothing_is_applied_while_there_is_a_problem(small: Path) -> None:
    edit(small, "2019-20: 90", "2019-20: 91")
    edit(small, "tier: wider, unit: pounds", "tier: broad, unit: pounds")
    before = run(small, "export", "audit").out
    ran = run(small, "targets", "apply")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith("Nothing was applied. Correct this problem first.\n")
    assert run(small, "export", "audit").out == before


def test_a_target_cannot_change_under_a_figure_unless_it_is_revised(small: Path) -> None:
    run(small, "enter", "PC", "2019-20 Q1", "88")
    edit(small, "2019-20: 90", "2019-20: 85")
    for name in ("diff", "apply"):
        ran = run(small, "targets", name)
        assert ran.code == 1
        assert ran.err.startswith("targets/plan.yaml:6:")
        assert "The target of PC changes (90 → 85) for 2019-20 Q1, which has a figure; keep 90" in ran.err
        assert "revised: [{to: …, from: 2019-20 Q1, reason: …}]" in ran.err
    assert rows(small, "SELECT max(version) FROM target") == [(1,)]
    edit(small, "2019-20: 85", "2019-20: {target: 90, revised: [{to: 85, from: 2019-20 Q2, reason: fewer staff}]}")
    assert run(small, "targets", "apply").code == 0
    run(small, "enter", "PC", "2019-20 Q2", "86")
    assert "▲ Amber" in run(small, "scorecard", "--period", "2019-20 Q1").out
    assert "● Green" in run(small, "scorecard", "--period", "2019-20 Q2").out
    assert "revised from 2019-20 Q2: fewer staff" in run(small, "indicator", "PC", "--period", "2019-20 Q2").flat


def test_a_target_under_a_figure_cannot_be_taken_away(small: Path) -> None:
    run(small, "enter", "PC", "2019-20 Q1", "88")
    edit(small, ", targets: {2019-20: 90}", "")
    ran = run(small, "targets", "apply")
    assert ran.code == 1
    assert "The target of PC changes (90 → none) for 2019-20 Q1, which has a figure" in ran.err


def test_a_target_without_figures_can_be_taken_away_and_come_back(small: Path) -> None:
    edit(small, ", targets: {2019-20: 90}", "")
    assert run(small, "targets", "apply").lines[0] == "PC target 2019-20: 90 → none"
    assert "◌ M" in run(small, "scorecard", "--period", "2019-20 Q1").out
    write_plan(small, SMALL)
    assert run(small, "targets", "apply").lines[0] == "PC target 2019-20: none → 90"
    run(small, "enter", "PC", "2019-20 Q1", "90")
    assert "● Green" in run(small, "scorecard", "--period", "2019-20 Q1").out


def archive(folder: Path) -> None:
    """Take PC out of the plan file and apply that."""
    text = SMALL.replace(SMALL[SMALL.index("  - {code: PC") : SMALL.index("  - {code: NO")], "")
    write_plan(folder, text)
    ran = run(folder, "targets", "apply")
    assert ran.lines[-3] == "indicator PC archived: A percentage", ran.out


def test_an_archived_indicator_leaves_and_comes_back_with_its_figures(small: Path) -> None:
    run(small, "enter", "PC", "2019-20 Q1", "91")
    archive(small)
    assert "PC" not in run(small, "scorecard", "--period", "2019-20 Q1").out.split()
    assert run(small, "enter", "PC", "2019-20 Q2", "92").code == 3
    assert "PC,2019-20 Q1,91" in run(small, "export", "figures").out
    write_plan(small, SMALL)
    ran = run(small, "targets", "apply")
    assert "indicator PC restored: A percentage" in ran.lines
    assert "91.0%" in run(small, "scorecard", "--period", "2019-20 Q1").out
    assert "● Green" in run(small, "scorecard", "--period", "2019-20 Q1").out


def test_an_archived_indicator_does_not_come_back_with_another_target_under_its_figures(small: Path) -> None:
    run(small, "enter", "PC", "2019-20 Q1", "91")
    archive(small)
    write_plan(small, SMALL.replace("2019-20: 90", "2019-20: 95"))
    ran = run(small, "targets", "apply")
    assert ran.code == 1
    assert "The target of PC changes (90 → 95) for 2019-20 Q1, which has a figure" in ran.err


def test_a_database_without_plans_is_filled_by_apply(here: Path) -> None:
    from outcome_tracker.store.location import locate
    from outcome_tracker.store.writer import create

    write_plan(here, SMALL)
    create(locate(here / "data" / "tracker.db"))
    ran = run(here, "summary")
    assert ran.code == 3
    assert "holds no plans yet. Put them in from the plan files with: outcome-tracker targets apply" in ran.err
    assert run(here, "targets", "diff").code == 0
    assert run(here, "targets", "apply").code == 0
    assert run(here, "summary").code == 0


def test_a_later_change_of_the_plans_counts_from_its_day(small: Path) -> None:
    edit(small, "2019-20: 90", "2019-20: 80")
    run(small, "targets", "apply", environment={"OUTCOME_TRACKER_NOW": "2020-02-01"})
    run(small, "enter", "PC", "2019-20 Q3", "85", environment={"OUTCOME_TRACKER_NOW": "2020-01-20"})
    period = ("--period", "2019-20 Q3")
    assert "■ Red" in run(small, "scorecard", *period, "--as-at", "2020-01-31").out
    assert "● Green" in run(small, "scorecard", *period, "--as-at", "2020-02-01").out


def test_apply_cannot_change_the_past(small: Path) -> None:
    edit(small, "2019-20: 90", "2019-20: 80")
    ran = run(small, "targets", "apply", "--as-at", "2019-12-31")
    assert ran.code == 3
    assert "the past cannot be changed. Leave out --as-at to enter something." in ran.err


@pytest.mark.parametrize("name", ["check", "diff", "apply"])
def test_a_folder_without_plan_files_is_a_problem(here: Path, name: str) -> None:
    ran = run(here, "targets", name)
    assert (ran.code, ran.out) == (1, "")
    assert "`outcome-tracker init DIR` makes a workspace with plan files to fill in." in ran.err
    assert not (here / "data").exists()


def test_the_schema_is_json(here: Path) -> None:
    ran = run(here, "targets", "schema")
    assert ran.code == 0
    assert json.loads(ran.out)["$schema"].startswith("https://json-schema.org/")
