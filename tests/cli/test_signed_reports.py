"""What is signed off as summaries and reports show it, and a report that is refused where a seal is broken."""

import json
from pathlib import Path

import pytest

from tests.cli.test_signing import PERIOD, SIGNED, at
from tests.running import rows
from tests.tracker.signing import behind_the_back, signed

LINE = "Green – 2; Amber – 0; Red – 1; M – 1"


def seal(folder: Path) -> str:
    ((found,),) = rows(folder, "SELECT seal FROM sign_off WHERE action = 'signed'")
    return str(found)[:12]


def report(folder: Path, *arguments: str) -> str:
    path = folder / "report.md"
    ran = at(folder, "report", *PERIOD, "-o", str(path), "--force", *arguments)
    assert (ran.code, ran.out) == (0, ""), ran.err
    return path.read_text("utf-8")


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """Signed off, and then a figure came in, another was corrected and something was written."""
    signed(tmp_path)
    at(tmp_path, "enter", "S-04", "2018-19 Q4", "11.5")
    at(tmp_path, "enter", "S-01", "2018-19 Q4", "3/276", "--why", "ana saw it")
    at(tmp_path, "comment", "S-01", "2018-19 Q4", "Cause", "Summer.")
    return tmp_path


def test_a_summary_shows_the_signed_line_with_its_addenda(later: Path) -> None:
    ran = at(later, "summary", *PERIOD)
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[:3] == ["Somewhere · Outcome plans", "Quarter 4 2018-19 (Jan to Mar 2019) · as at 20 Apr 2019", ""]
    assert ran.lines[3:9] == [
        "SIGN-OFF",
        f"SAFE signed off on 20 Apr 2019 by kim · seal {seal(later)}",
        "  + S-01 2018-19 Q4: 3 of 276 instead of 44 of 276 on 3 Jun 2019 (ana)",
        "  + S-04 2018-19 Q4: 11.5 instead of not available on 3 Jun 2019 (ana)",
        "  + commentary on S-01 2018-19 Q4, Cause: rewritten on 3 Jun 2019 (ana)",
        "",
    ]
    assert LINE in ran.flat
    today = at(later, "summary", *PERIOD, "--as-at", "2019-06-03")
    assert "Green – 4; Amber – 0; Red – 0; M – 0" in today.flat
    assert f"SAFE signed off on 20 Apr 2019 by kim · seal {seal(later)}" in today.flat


def test_the_json_of_a_summary_has_them_too(later: Path) -> None:
    found = json.loads(at(later, "summary", *PERIOD, "--format", "json").out)
    (plan,) = found["plans"]
    assert (found["as_at"], plan["line"]) == ("2019-04-20", LINE)
    assert (plan["sign_off"]["state"], plan["sign_off"]["revised"]) == ("signed off", False)
    assert plan["sign_off"]["signed"]["seal"].startswith(seal(later))
    assert [each["what"] for each in plan["sign_off"]["addenda"]] == [
        "S-01 2018-19 Q4",
        "S-04 2018-19 Q4",
        "commentary on S-01 2018-19 Q4, Cause",
    ]
    before = json.loads(at(later, "summary", "--period", "2018-19 Q3", "--format", "json").out)
    assert before["plans"][0]["sign_off"] is None


def test_a_scorecard_is_as_signed_and_says_so(later: Path) -> None:
    ran = at(later, "scorecard", *PERIOD)
    assert f"signed off on 20 Apr 2019 by kim · seal {seal(later)}" in ran.lines
    found = {row["code"]: row["numerator"] for row in json.loads(at(later, "scorecard", "--format", "json").out)}
    assert found["S-01"] == 44
    assert json.loads(at(later, "indicator", "S-01", "--format", "json").out)["numerator"] == 44


def test_a_report_keeps_the_seal_and_lists_addenda_without_numbers_or_people(later: Path) -> None:
    text = report(later)
    assert f"signed off on 20 Apr 2019 by kim, seal {seal(later)}" in text
    assert "20 Apr 2019" in text.partition("**Figures in")[0]
    assert LINE in text
    assert (
        "Addenda since sign-off: S-01 2018-19 Q4: changed on 3 Jun 2019; S-04 2018-19 Q4: changed on 3 Jun 2019; "
        "commentary on S-01 2018-19 Q4, Cause: rewritten on 3 Jun 2019."
    ) in text
    assert "Winter." in text
    for hidden in ("Summer.", "3 of 276", "11.5", "(ana", "ana saw"):
        assert hidden not in text


def test_a_report_of_a_reopened_period_says_that_it_was_revised(tmp_path: Path) -> None:
    signed(tmp_path)
    assert "[r]" not in report(tmp_path).partition("**Figures in")[0]
    assert at(tmp_path, "reopen", "SAFE", *PERIOD, "--reason", "S-03 was wrong").code == 0
    text = report(tmp_path)
    assert "not signed off, opened again after a sign-off \\[r\\]" in text
    assert "S-03 was wrong" not in text
    assert at(tmp_path, "submit", "SAFE", *PERIOD).code == 0
    assert "submitted, not signed off, opened again after a sign-off \\[r\\]" in report(tmp_path)
    assert at(tmp_path, "sign-off", "SAFE", *PERIOD, user="kim").code == 0
    text = report(tmp_path)
    assert "signed off on 3 Jun 2019 by kim, seal " in text
    assert ", revised after an earlier sign-off \\[r\\]" in text


def test_a_report_is_refused_where_a_seal_is_broken_unless_told_otherwise(tmp_path: Path) -> None:
    made = signed(tmp_path)
    behind_the_back(
        made,
        "UPDATE figure SET numerator = '3' WHERE indicator = 'S-01' AND period = '2018-19 Q4'",
        "DELETE FROM commentary WHERE section = 'Owner'",
    )
    path = tmp_path / "report.md"
    ran = at(tmp_path, "report", *PERIOD, "-o", str(path))
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == (
        f"2 things are not as signed off: commentary on S-01 2018-19 Q4, Owner: there {SIGNED}, missing now; "
        f"S-01 2018-19 Q4: 44 of 276 {SIGNED}, 3 of 276 now. `outcome-tracker status` names it too. Restore a backup "
        "from before, or make the report with --despite-broken-seal: it then says so on its first page.\n"
    )
    assert not path.exists()
    text = report(tmp_path, "--despite-broken-seal")
    assert (
        "**Warning.** 2 things are not as signed off: commentary on S-01 2018-19 Q4, Owner and S-01 2018-19 Q4."
    ) in text
    unsuppressed = at(
        tmp_path, "report", *PERIOD, "-o", str(path), "--force", "--unsuppressed", "--despite-broken-seal"
    )
    assert unsuppressed.code == 0
    both = (tmp_path / "report_UNSUPPRESSED.md").read_text("utf-8")
    assert "2 things are not as signed off" in both.partition("\n\n## ")[0]


def test_the_seals_of_other_plans_stop_no_report(tmp_path: Path) -> None:
    made = signed(tmp_path)
    road = "plan: Roads\ncode: ROAD\nindicators:\n  - {code: R-01, title: Potholes, tier: wider, unit: number, "
    road += "better: lower, frequency: quarterly, basis: point}\n"
    (tmp_path / "targets" / "road.yaml").write_text(road, "utf-8")
    assert at(tmp_path, "targets", "apply").code == 0
    behind_the_back(made, "UPDATE figure SET numerator = '3' WHERE indicator = 'S-01' AND period = '2018-19 Q4'")
    assert "Roads" in report(tmp_path, "--plan", "ROAD")
    text = report(tmp_path, "--despite-broken-seal")
    assert f"SAFE signed off on 20 Apr 2019 by kim, seal {seal(tmp_path)}" in text
    assert "3 Jun 2019" in text.partition("**Figures in")[0]
    assert at(tmp_path, "report", *PERIOD, "-o", str(tmp_path / "x.md")).code == 3
