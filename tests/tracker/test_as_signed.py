"""A signed-off period opens as it was signed, whatever was saved since."""

from datetime import date, datetime
from pathlib import Path

from outcome_tracker.core import wording
from outcome_tracker.core.rag import Rag
from outcome_tracker.core.seal_wording import addendum_text
from outcome_tracker.tracker.as_signed import Opened, opened
from outcome_tracker.tracker.collect import enter
from outcome_tracker.tracker.commentary import save_sections
from outcome_tracker.tracker.imports import import_file
from outcome_tracker.tracker.plans import apply
from outcome_tracker.tracker.review import PlanReview, Review, find_plan, indicator_review, known, known_for, review_of
from outcome_tracker.tracker.signoff import broken_seals, line_of, reopen, sign, status, submit
from outcome_tracker.tracker.workspace import Workspace
from tests.tracker.signing import LATER, as_user, complete, done, signed
from tests.tui.entering import Q4, workspace

LINE = "Green – 2; Amber – 0; Red – 1; M – 1"
OTHER = """
plan: Roads are safe
code: ROAD
indicators:
  - {code: R-01, title: Potholes, tier: wider, unit: number, better: lower, frequency: quarterly, basis: point,
     targets: {2018-19: 10}}
"""


def open_q4(made: Workspace) -> Opened:
    with made.read() as reader, reader.snapshot():
        found = known_for(made, reader, Q4)
        return opened(made, reader, found, Q4, reader.commentary(), reader.breakdown_figures())


def plan(made: Workspace, code: str = "SAFE") -> PlanReview:
    return find_plan(review_of(open_q4(made).found, Q4), code)


def line(made: Workspace) -> str:
    return wording.line(plan(made).counts.every.rag)


def rows_of(found: PlanReview) -> list[tuple[str, str, str, int]]:
    return [(r.indicator.code, str(r.figure.value), str(r.rag), len(r.benchmarks)) for r in found.rows]


def test_what_is_saved_later_changes_nothing(tmp_path: Path) -> None:
    made = signed(tmp_path)
    before, said = rows_of(plan(made)), open_q4(made).commentary
    assert [row[0] for row in before] == ["S-01", "S-02", "S-03", "S-04"]
    enter(made, "S-04", "2018-19 Q4", "11.5")
    enter(made, "S-02", "2018-19 Q4", "30")
    enter(made, "S-02", "2018-19 Q3", "1")
    save_sections(made, "S-01", Q4, {"Cause": "Summer.", "Analysis and issues": "More to say."})
    (tmp_path / "england.csv").write_text(
        "indicator,comparator,period,value,source,release,released\nS-01,England,2017-18,20.2,DfE,first,2018-10-25\n"
    )
    assert not import_file(made, "benchmarks", tmp_path / "england.csv").problems
    text = (tmp_path / "targets" / "safe.yaml").read_text("utf-8")
    text = text.replace("2018-19: 340", "2018-19: {target: 340, revised: [{to: 900, from: 2018-19 Q4, reason: more}]}")
    text = text.replace("decimals: 1,", "decimals: 1, tolerance: 50%,").replace(
        "title: Repeat referrals", "title: Again"
    )
    (tmp_path / "targets" / "safe.yaml").write_text(text, "utf-8")
    assert apply(made).applied
    then = open_q4(made)
    found = find_plan(review_of(then.found, Q4), "SAFE")
    assert rows_of(found) == before
    assert wording.line(found.counts.every.rag) == LINE
    assert found.rows[1].indicator.title == "Repeat referrals"
    assert {(c.section, c.text) for c in then.commentary} == {(c.section, c.text) for c in said}
    assert (then.found.as_at, review_of(then.found, Q4).as_at) == (date(2019, 4, 20), date(2019, 4, 20))
    assert [addendum_text(each) for each in then.addenda["SAFE"]] == [
        "S-02 2018-19 Q3: 1 instead of 20.8 on 3 Jun 2019 (ana)",
        "S-02 2018-19 Q4: 30 instead of 18.1 on 3 Jun 2019 (ana)",
        "S-04 2018-19 Q4: 11.5 instead of not available on 3 Jun 2019 (ana)",
        "target of S-03 for 2018-19: changed on 3 Jun 2019 (ana), because more",
        "indicator S-02: changed on 3 Jun 2019 (ana)",
        "indicator S-04: changed on 3 Jun 2019 (ana)",
        "England 2017-18 beside S-01: 20.2 released on 25 Oct 2018",
        "commentary on S-01 2018-19 Q4, Cause: rewritten on 3 Jun 2019 (ana)",
        "commentary on S-01 2018-19 Q4, Analysis and issues: written on 3 Jun 2019 (ana)",
    ]
    with made.read() as reader, reader.snapshot():
        now = review_of(known_for(made, reader, Q4), Q4)
    assert [row.rag for row in now.rows] == [Rag.RED, Rag.RED, Rag.RED, Rag.GREEN]
    assert broken_seals(made) == ()


def test_the_moment_decides_and_not_the_day_nor_the_clock(tmp_path: Path) -> None:
    made = complete(tmp_path)
    done(submit(made, "SAFE", Q4))
    done(sign(as_user(made, "kim"), "SAFE", Q4))
    enter(made, "S-02", "2018-19 Q4", "30")  # at this very moment
    early = datetime.fromisoformat("2019-04-20T08:00:00+00:00")
    enter(as_user(made, "lee", early), "S-04", "2018-19 Q4", "11.5")  # by a clock that is an hour slow
    save_sections(as_user(made, "lee", early), "S-02", Q4, {"Cause": "Late."})
    then = open_q4(made)
    found = find_plan(review_of(then.found, Q4), "SAFE")
    assert wording.line(found.counts.every.rag) == LINE
    assert "Late." not in [c.text for c in then.commentary]
    assert [each.now.key[:2] for each in then.addenda["SAFE"]] == [
        ("S-04", "2018-19 Q4"),
        ("S-02", "2018-19 Q4"),
        ("S-02", "2018-19 Q4"),
    ]


def test_who_signs_by_a_clock_that_is_slow_signs_after_what_is_signed(tmp_path: Path) -> None:
    made = complete(tmp_path)
    done(submit(made, "SAFE", Q4))
    slow = datetime.fromisoformat("2019-04-19T08:00:00+00:00")
    event = done(sign(as_user(made, "kim", slow), "SAFE", Q4)).event
    assert event is not None
    assert event.stamp.at > made.now()
    assert line(made) == LINE


def test_another_day_is_shown_when_it_is_asked_for(tmp_path: Path) -> None:
    made = signed(tmp_path)
    enter(made, "S-04", "2018-19 Q4", "11.5")
    later = as_user(workspace(tmp_path, as_at=date(2019, 6, 3)), "ana", LATER)
    assert line(later) == "Green – 3; Amber – 0; Red – 1; M – 0"
    progress = plan(later).progress
    assert progress is not None
    assert progress.signed is not None
    before = as_user(workspace(tmp_path, as_at=date(2019, 4, 19)), "ana", LATER)
    assert plan(before).progress is None


def test_other_plans_stay_as_they_are_today(tmp_path: Path) -> None:
    made = complete(tmp_path)
    (tmp_path / "targets" / "road.yaml").write_text(OTHER, "utf-8")
    assert apply(made).applied
    done(submit(made, "SAFE", Q4))
    done(sign(as_user(made, "kim"), "SAFE", Q4))
    made = as_user(made, "ana", LATER)
    enter(made, "R-01", "2018-19 Q4", "12")
    enter(made, "S-04", "2018-19 Q4", "11.5")
    then = open_q4(made)
    assert then.found.as_at == date(2019, 6, 3)
    assert (then.found.seen_from("SAFE"), then.found.seen_from("ROAD")) == (date(2019, 4, 20), date(2019, 6, 3))
    found = review_of(then.found, Q4)
    assert [wording.line(each.counts.every.rag) for each in found.plans] == [
        "Green – 0; Amber – 0; Red – 1; M – 0",
        LINE,
    ]
    assert [each.progress is None for each in found.plans] == [True, False]


def test_a_reopened_period_is_as_it_stands(tmp_path: Path) -> None:
    made = signed(tmp_path)
    enter(made, "S-04", "2018-19 Q4", "11.5")
    done(reopen(made, "SAFE", Q4, reason="S-04 came in"))
    then = open_q4(made)
    found = find_plan(review_of(then.found, Q4), "SAFE")
    assert wording.line(found.counts.every.rag) == "Green – 3; Amber – 0; Red – 1; M – 0"
    assert (then.found.as_at, then.addenda) == (date(2019, 6, 3), {})
    assert found.progress is not None
    assert found.progress.is_revised
    done(submit(made, "SAFE", Q4))
    event = done(sign(as_user(made, "kim", LATER), "SAFE", Q4)).event
    assert event is not None
    assert event.line == line_of(plan(made))


def test_the_signed_line_is_what_the_signed_figures_give(demo: Path) -> None:
    made = Workspace(demo, workspace(demo).location, "ana", lambda: LATER)
    done(submit(made, "SAFE", Q4))
    event = done(sign(as_user(made, "kim"), "SAFE", Q4)).event
    assert event is not None
    assert line_of(plan(made)) == event.line == line_of(find_plan(_now(made), "SAFE"))
    assert rows_of(plan(made)) == rows_of(find_plan(_now(made), "SAFE"))
    assert status(made, Q4, "SAFE").plans[0].addenda == ()


def _now(made: Workspace) -> Review:
    with made.read() as reader:
        return review_of(known(made, reader), Q4)


def test_an_indicator_of_it_is_as_it_was_signed_too(tmp_path: Path) -> None:
    made = signed(tmp_path)
    enter(made, "S-02", "2018-19 Q4", "30")
    save_sections(made, "S-02", Q4, {"Cause": "Miscounted."})
    found = indicator_review(made, "S-02", Q4)
    assert (str(found.row.figure.value), found.as_at, found.commentary) == ("18.1", date(2019, 4, 20), ())
    assert [v.version for v in found.versions if v.period == Q4] == [1, 2]  # every version is told
    now = indicator_review(made, "S-02", Q4.shift(1))
    assert str(now.history[-2].figure.value) == "30.0"
