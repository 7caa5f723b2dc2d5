"""Comparing, applying what was seen, and the plan files at a glance."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from outcome_tracker.core.breakdown import BreakdownFigure, Counted
from outcome_tracker.core.period import parse
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.target_list import State
from outcome_tracker.tracker.plan_overview import Overview, on_disk, overview, path_of, target_list
from outcome_tracker.tracker.plans import apply, compare
from outcome_tracker.tracker.workspace import Workspace
from tests.tui.entering import Q4, workspace

SAFE = "safe.yaml"


def edit(found: Workspace, old: str, new: str, file: str = SAFE) -> None:
    path = found.targets / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def at_a_glance(found: Workspace) -> Overview:
    with found.read() as reader:
        return overview(found, reader.agreed(found.as_at), Q4)


def listed(found: Overview) -> list[tuple[str, str, str, str]]:
    return [(d.plan, d.change.code, d.change.action, str(d.place)) for d in found.differences]


def test_when_nothing_differs_it_says_so(tmp_path: Path) -> None:
    found = at_a_glance(workspace(tmp_path))
    assert found.counts == "2 files, no problems, no differences"
    assert [(file.name, file.title, file.standing) for file in found.files] == [
        ("targets/council.yaml", "Somewhere", "applied"),
        ("targets/safe.yaml", "Children are safe", "applied"),
    ]
    assert found.files[1].size == (tmp_path / "targets" / SAFE).stat().st_size
    assert [(t.indicator.code, t.state) for t in found.targets] == [
        (code, State.IN_FORCE) for code in ("S-01", "S-02", "S-03", "S-04")
    ]


def test_differences_have_their_plan_and_their_line(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    edit(found, "targets: {2018-19: 12}", "targets: {2018-19: 12, 2019-20: 11}")
    edit(found, "title: Repeat referrals", "title: Repeat referrals to social care")
    edit(found, "      - {code: S-A1.2, title: Open the first hub, due: 2019-05-31, owner: Manager}\n", "")
    edit(found, "region: North West", "region: North East", "council.yaml")
    shown = at_a_glance(found)
    assert shown.counts == "2 files, no problems, 4 differences"
    assert listed(shown) == [
        ("", "", "changed", "targets/council.yaml:2"),
        ("SAFE", "S-02", "changed", "targets/safe.yaml:16"),
        ("SAFE", "S-04", "added", "targets/safe.yaml:21"),
        ("SAFE", "S-A1.2", "archived", "None"),
    ]
    assert [file.standing for file in shown.files] == ["1 difference", "3 differences"]


def test_problems_have_the_lines_around_them(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    edit(found, "    better: lower\n    frequency", "    better: lowr\n    frequency")
    edit(found, "targets: {2018-19: 340}", "targets: {2018-19: 340.5}")
    shown = at_a_glance(found)
    assert shown.counts == "2 files, 1 problem, 1 warning"
    wrong = shown.problems[0]
    assert (wrong.path, wrong.line, wrong.column) == ("targets/safe.yaml", 10, 13)
    assert shown.excerpts[wrong] == (
        (9, "    unit: percent"),
        (10, "    better: lowr"),
        (11, "    frequency: quarterly"),
    )
    assert [file.standing for file in shown.files] == ["not compared yet", "1 problem, 1 warning"]
    assert str(shown.place("S-01", None)) == "targets/safe.yaml:6"


def test_a_problem_of_a_whole_file_has_no_lines(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    (found.targets / "big.yaml").write_bytes(b"#" * 1_000_001)
    (found.targets / "latin.yaml").write_bytes("plan: Caf\xe9\n".encode("latin-1"))
    shown = at_a_glance(found)
    assert [(p.path, p.line, p.message) for p in shown.problems] == [
        ("targets/big.yaml", 0, "the file is larger than 1,000,000 bytes; a plan file holds one plan: split it."),
        ("targets/latin.yaml", 1, "the file is not in UTF-8; save it with the encoding UTF-8."),
    ]
    assert shown.excerpts == {shown.problems[1]: ((1, "plan: Caf\ufffd"), (2, ""))}
    assert shown.counts == "4 files, 2 problems"


def test_a_folder_that_is_gone_is_a_problem(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    shutil.rmtree(found.targets)
    shown = at_a_glance(found)
    assert shown.counts == "0 files, 1 problem"
    assert "there is no folder" in shown.problems[0].message
    assert on_disk(found) == shown.on_disk == ()
    assert shown.place("S-01", None) is None


def test_a_file_that_comes_changes_or_goes_is_seen(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    seen = [on_disk(found)]
    edit(found, "title: Repeat referrals", "title: Repeat")
    seen.append(on_disk(found))
    (found.targets / ".safe.yaml.swp").write_bytes(b"x")
    (found.targets / "notes.txt").write_bytes(b"x")
    assert on_disk(found) == seen[-1]
    (found.targets / "other.yml").write_bytes(b"x")
    seen.append(on_disk(found))
    (found.targets / SAFE).unlink()
    seen.append(on_disk(found))
    assert len(set(seen)) == len(seen)


def test_the_path_of_a_file_that_is_missing_is_where_it_would_be(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    (found.targets / "council.yaml").unlink()
    shown = at_a_glance(found)
    assert shown.problems[0].path == "targets/council.yaml"
    assert path_of(found, shown, "targets/council.yaml") == found.targets / "council.yaml"
    assert path_of(found, shown, "targets/safe.yaml") == found.targets / SAFE


def test_what_was_seen_is_applied(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    edit(found, "title: Repeat referrals", "title: Repeat")
    compared = apply(found, "agreed", seen=compare(found).changes)
    assert compared.applied
    assert compare(found).changes == ()
    assert at_a_glance(found).counts == "2 files, no problems, no differences"


def test_what_was_not_seen_is_returned_and_not_applied(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    edit(found, "title: Repeat referrals", "title: Repeat")
    seen = compare(found).changes
    edit(found, "title: Days to first visit", "title: Days")
    compared = apply(found, seen=seen)
    assert not compared.applied
    assert [change.code for change in compared.changes] == ["S-02", "S-04"]
    assert compare(found).changes == compared.changes


def test_with_a_problem_nothing_is_applied(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    edit(found, "{2018-19: 19.5}", "{2018-19: 21}")
    compared = apply(found, seen=compare(found).changes)
    assert not compared.applied
    assert [p.key for p in compared.blocking] == ["S-02 2018-19"]
    assert [t.goal for t in at_a_glance(found).targets if t.indicator.code == "S-02"] == [
        t.goal for t in target_list(workspace(tmp_path))[1] if t.indicator.code == "S-02"
    ]


BY_TEAM = "breakdowns: [{code: S-B, title: Plans by team, dimensions: [team, category]}]\n"
OTHERS = "which are by team, category; keep those, or give the new breakdown a code of its own."


@pytest.mark.parametrize(
    ("dimensions", "sentence"),
    [
        ("[team, category]", ""),
        ("[area, category]", ""),  # another name for the same
        ("[category, team]", OTHERS),
        ("[team]", OTHERS),
    ],
)
def test_dimensions_stay_under_figures(tmp_path: Path, dimensions: str, sentence: str) -> None:
    found = workspace(tmp_path)
    edit(found, "actions:\n", f"{BY_TEAM}actions:\n")
    apply(found)
    found.save([BreakdownFigure("S-B", parse("March 2019"), ("North", ""), 1, Counted(Decimal(7)), found.stamp())])
    edit(found, "[team, category]", dimensions)
    refused = apply(found)
    if not sentence:
        assert refused.applied
        return
    assert [str(problem) for problem in refused.problems] == [
        (f"targets/safe.yaml:22:21: S-B dimensions: The dimensions of S-B are not those of its figures, {sentence}")
    ]


def test_a_breakdown_that_comes_back_has_as_many_dimensions_as_its_figures(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    found.save([BreakdownFigure("S-B", parse("March 2019"), ("North",), 1, Counted(Decimal(7)), found.stamp())])
    edit(found, "actions:\n", f"{BY_TEAM}actions:\n")
    (problem,) = apply(found).problems
    assert "which are by 1 dimension; keep those" in str(problem)
    edit(found, "[team, category]", "[team]")
    assert apply(found).applied


def test_the_list_of_targets_is_of_one_plan_and_of_a_day(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    period, lines = target_list(found, plan="safe")
    assert period == Q4
    assert [line.indicator.code for line in lines] == ["S-01", "S-02", "S-03", "S-04"]
    assert target_list(workspace(tmp_path, as_at=date(2019, 4, 20)))[1] == lines
    with pytest.raises(Unavailable, match=r"There is no plan 'SAVE'\. Did you mean 'SAFE'\? Plans: SAFE\."):
        target_list(found, plan="SAVE")


def test_a_link_that_leads_nowhere_and_a_name_with_an_escape_break_nothing(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    (found.targets / "gone.yaml").symlink_to(tmp_path / "nowhere")
    (found.targets / "odd\x1b[31m.yaml").write_text("plan: Odd\n", encoding="utf-8")
    shown = at_a_glance(found)
    assert {p.path: p.message for p in shown.problems} == {
        "targets/gone.yaml": "the file can't be read: it links to a file that isn't there.",
        "targets/odd.yaml": shown.problems[-1].message,
    }
    assert [(f.name, f.size is None, f.changed is None) for f in shown.files][1:3] == [
        ("targets/gone.yaml", True, True),
        ("targets/odd.yaml", False, False),
    ]
    assert path_of(found, shown, "targets/odd.yaml").name == "odd\x1b[31m.yaml"
    assert shown.excerpts[shown.problems[-1]] == ()
    assert [name for name, _, _ in on_disk(found)] == ["council.yaml", "gone.yaml", "odd\x1b[31m.yaml", "safe.yaml"]
