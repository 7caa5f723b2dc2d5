"""The audit of the published sources: every difference that is known, and nothing else."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from outcome_tracker.core.audit import Cause, Kind
from outcome_tracker.core.audit_wording import cause_text
from outcome_tracker.core.period import parse
from outcome_tracker.core.printed import read_printed
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.tracker.audit import Audit, audit
from outcome_tracker.tracker.workspace import Workspace, open_workspace
from tests.running import run

PUBLISHED = Path(__file__).parents[2] / "data" / "published"

# What the report of June 2021 prints, and its parts don't give.
FIGURES = {
    ("GUARD-06", "20.1%"): ("21.0%", Cause.TRANSPOSED),
    ("GUARD-07", "17.0%"): ("19.1%", Cause.NONE),
    ("GUARD-07", "21%"): ("19%", Cause.NONE),
    ("GUARD-15", "16.1%"): ("16.2%", Cause.CUT_OFF),
    ("GUARD-16", "15.2% (293 of 1927)"): ("72.5%", Cause.DENOMINATOR),
    ("GUARD-22", "47.4%"): ("47.5%", Cause.CUT_OFF),
    ("GUARD-41", "39%"): ("38%", Cause.ROUNDED_UP),
    ("GUARD-43", "75"): ("91", Cause.TWICE),
    ("GUARD-52", "change 25%"): ("24%", Cause.NO_WHOLE),
    ("GUARD-B08", "16.9%"): ("17.0%", Cause.CUT_OFF),
}
CHANGES = """
Police 1% 1%|Probation 17% 21%|Parents/Carers -18% -15%|Education / School -34% -26%|CAFCASS -6% -5%
Hospital Staff -20% -17%|Ambulance 23% 29%|Other Local Authority -8% -7%|Anonymous -14% -12%|Social Worker 19% 23%
NSPCC 31% 45%|Domestic Abuse -7% -6%|Request for Information 3% 3%|Statutory Notification 30% 43%
Emotional Abuse 13% 14%|Sexual Abuse 29% 40%|Behaviour Issues -16% -14%|Parenting -12% -11%
Child Physical Abuse -24% -19%|Contact Issues 14% 16%|Child Mental Health -31% -24%|Drug & Alcohol Misuse -10% -9%
Adult Mental Health -17% -14%|Child Disability/Difficulties 6% 7%|Child Sexual Exploitation -22% -18%|Neglect -23% -19%
"""


def opened(folder: Path, as_at: date | None = None) -> Workspace:
    return open_workspace(folder, user="ana", now=lambda: datetime(2021, 7, 1, tzinfo=UTC), as_at=as_at)


def test_the_differences_of_the_second_source_are_those_that_are_known(demo: Path) -> None:
    found = audit(opened(demo), "guard")
    alone = [each for each in found.differences if each.kind is not Kind.CHANGE or not each.subject.categories]
    assert {(each.subject.code, each.printed): (each.computed, each.explained.cause) for each in alone} == FIGURES
    [mean] = [each for each in alone if each.perhaps_mean and each.explained.cause is Cause.CUT_OFF]
    assert mean.subject.code == "GUARD-15"
    [other] = [each.explained for each in alone if each.explained.cause is Cause.DENOMINATOR]
    assert other.number == 1927


def test_all_26_rows_of_figures_4_and_5_are_divided_by_the_later_figure(demo: Path) -> None:
    printed = {}
    for line in CHANGES.strip().replace("\n", "|").split("|"):
        name, was, computed = line.rsplit(" ", 2)
        printed[name] = (was, computed)
    found = audit(opened(demo), "GUARD")
    assert [(table.subject.code, len(table.claims)) for table in found.tables] == [("GUARD-B01", 11), ("GUARD-B02", 15)]
    rows = [claim for table in found.tables for claim in table.claims]
    assert {claim.subject.categories[0]: (claim.printed.text, f"{claim.computed}%") for claim in rows} == printed
    wrong = {
        each.subject.categories[0]: each
        for each in found.differences
        if each.subject.code in {"GUARD-B01", "GUARD-B02"}
    }
    assert set(wrong) == set(printed) - {"Police", "Request for Information"}  # right as rounded
    assert {each.explained.cause for each in wrong.values()} == {Cause.LATER}


def test_nothing_that_is_printed_right_is_accused(demo: Path) -> None:
    """Every percentage of the source is compared, and all but those that are known are right."""
    found = audit(opened(demo), "GUARD")
    compared = {
        (each.subject.code, each.subject.categories, each.claim.printed.text) for each in found.checked if each.claim
    }
    accused = {(each.subject.code, each.subject.categories, each.printed) for each in found.differences}
    printed = set()
    for path in PUBLISHED.glob("*_safeguarding_2021*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                code = row.get("indicator") or row.get("breakdown", "")
                columns = list(row)
                names = columns[2 : columns.index("count")] if "breakdown" in row else []
                for each in read_printed(row.get("as_published") or ""):
                    printed.add((code, tuple(row[name] for name in names), each.text))
    percentages = {each for each in printed if each[2].partition(" (")[0].endswith("%")}
    assert len(percentages) == 87
    assert printed <= compared
    right = {each for each in percentages if each not in accused}
    assert len(right) == 54
    assert len(accused) == 34


def test_the_first_source_differs_where_its_targets_and_measures_are_not_printed(demo: Path) -> None:
    found = audit(opened(demo), "SAFE")
    assert [
        (each.subject.code, each.kind, each.printed, each.computed, each.explained.cause) for each in found.differences
    ] == [
        ("SAFE-02", Kind.RATING, "Red", "M", Cause.NO_TARGET),
        ("SAFE-03", Kind.RATING, "Red", "M", Cause.NO_TARGET),
        ("SAFE", Kind.LINE, "6", "4", Cause.NOT_HELD),
        (
            "SAFE",
            Kind.LINE,
            "Green – 4; Amber – 3; Red – 8; M – 3",
            "Green – 1; Amber – 0; Red – 2; M – 5",
            Cause.NOT_HELD,
        ),
    ]
    # 16% and 21.2% stand beside DfE's 15.9 and 21.0: another source's parts accuse nobody.
    assert {each.subject.code for each in found.checked if each.kind is Kind.VALUE} >= {"SAFE-01", "SAFE-02"}


def test_a_plan_and_a_period_narrow_it(demo: Path) -> None:
    everything = audit(opened(demo))
    assert list(everything.titles) == ["SAFE", "GUARD", "EARLY"]
    assert {each.subject.plan for each in everything.differences} == {"SAFE", "GUARD"}
    march = audit(opened(demo), period=parse("2021-03"))
    assert {each.subject.period.code for each in march.checked} == {"2021-03", "2020-21"}  # a year ends with March
    assert march.differences == ()
    quarter = audit(opened(demo), period=parse("2018-19 Q4"))
    assert len(quarter.differences) == 4
    with pytest.raises(Unavailable) as told:
        audit(opened(demo), "GARD")
    assert str(told.value).startswith("There is no plan 'GARD'. Did you mean 'GUARD'?")


def test_what_was_not_out_yet_is_not_compared(demo: Path) -> None:
    assert audit(opened(demo, date(2021, 6, 14)), "GUARD").checked == ()
    assert len(audit(opened(demo, date(2021, 6, 15)), "GUARD").differences) == 34


def test_a_figure_corrected_by_another_source_leaves_the_printed_one_alone(demo: Path) -> None:
    """The department's later parts give 12.3%; the report printed 46%, which its own 17 of 37 give."""
    file = demo / "later.csv"
    file.write_text(
        'indicator,period,numerator,denominator,source,released\nGUARD-34,2021-04,10,81,"DfE, file d3",2021-06-30\n'
    )
    assert run(demo, "import", "figures", str(file)).code == 0
    assert _of(audit(opened(demo), "GUARD"), "GUARD-34") == []


def test_a_correction_by_the_same_source_is_compared(demo: Path) -> None:
    source = (
        "Cheshire West and Chester, Children and Families Safeguarding Report to Overview and Scrutiny, 15 June 2021"
    )
    file = demo / "same.csv"
    file.write_text(
        f'indicator,period,numerator,denominator,source,released\nGUARD-34,2021-04,10,81,"{source}, §4.19",2021-06-30\n'
    )
    assert run(demo, "import", "figures", str(file)).code == 0
    assert _of(audit(opened(demo), "GUARD"), "GUARD-34") == ["46% (17 of 37) is 12%"]


def _of(found: Audit, code: str) -> list[str]:
    return [f"{each.printed} is {each.computed}" for each in found.differences if each.subject.code == code]


@pytest.mark.parametrize(
    ("measure", "text", "computed", "why"),
    [
        ("ratings", "Green – 1; Amber – 0; Red – 2; M – 5", None, None),
        ("ratings", "Green – 2; Amber – 0; Red – 1; M – 5", "Green – 1; Amber – 0; Red – 2; M – 5", "not explained"),
        ("ratings", "4 Green of 18 measures", "", ""),
        ("headline ratings", "Green 1, Amber 0, Red 1, M 2", None, None),
        (
            "headline ratings",
            "Green 1, Amber 0, Red 3, M 0",
            "Green – 1; Amber – 0; Red – 1; M – 2",
            "not explained",
        ),
        ("directions", "3 improved, 2 the same, 2 declined, 1 unknown", None, None),
        (
            "headline directions",
            "2 improved, 2 the same, 0 declined, 0 unknown",
            "↗ 1 improved   → 2 same   ↘ 1 requires improvement   ? 0 information needed",
            "not explained",
        ),
        ("actions", "62% of the actions are delivered or on track", None, None),
        (
            "actions",
            "75% of the actions are delivered or on track",
            "62%",
            "the plan here has 13 milestones; the source may print examples only",
        ),
        ("actions", "Over 75% of the actions", "", ""),
        ("actions delivered", "4 milestones were delivered.", None, None),
        ("a free measure", "12 of 13", "", ""),
    ],
)
def test_a_printed_line_is_compared_where_it_is_numbers(
    demo: Path, measure: str, text: str, computed: str | None, why: str | None
) -> None:
    """`computed` is None where both agree, and empty where nothing is compared."""
    file = demo / "lines.csv"
    file.write_text(f'plan,period,measure,text,source\nSAFE,2018-19 Q4,{measure},"{text}",Another page\n', "utf-8")
    assert run(demo, "import", "published", str(file)).code == 0
    title = measure.capitalize()
    lines = [each for each in audit(opened(demo), "SAFE").checked if each.subject.title == title]
    if computed == "":
        assert lines == []
        return
    [line] = lines
    if computed is None:
        assert line.difference is None
    else:
        assert line.difference is not None
        assert (line.difference.printed, line.difference.computed) == (text if "%" not in text else "75%", computed)
        assert cause_text(line.difference) == why


def test_a_printed_rating_or_direction_that_the_rules_do_not_give_says_why(demo: Path) -> None:
    rows = [
        "SAFE-04,2018-19 Q4,94,red,declined",  # Green against 92, and the same as in Quarter 2
        "SAFE-04,2018-19 Q1,93,green,improved",  # nothing before it
        "SAFE-05,2017-18 Q4,70,amber,",  # no target for that year
        "GUARD-01,2021-04,1927,,",
    ]
    file = demo / "rated.csv"
    head = "indicator,period,value,published_rag,published_direction,source,released\n"
    file.write_text(head + "".join(f"{row},Another page,2021-06-16\n" for row in rows))
    assert run(demo, "import", "figures", str(file)).code == 0
    found = [
        (each.subject.code, each.subject.period.code, each.printed, each.computed, cause_text(each))
        for each in audit(opened(demo), "SAFE").differences
        if each.subject.source == "Another page"
    ]
    assert found == [
        ("SAFE-04", "2018-19 Q1", "Improved", "Unknown", "no earlier figure is available"),
        ("SAFE-04", "2018-19 Q4", "Red", "Green", "not explained"),
        ("SAFE-04", "2018-19 Q4", "Declined", "Same", "not explained"),
        ("SAFE-05", "2017-18 Q4", "Amber", "M", "no target is held to rate against"),
    ]


def test_counts_are_not_held_against_another_publications_total(demo: Path) -> None:
    report = (
        "Cheshire West and Chester, Children and Families Safeguarding Report to Overview and Scrutiny, 15 June 2021"
    )
    counts, total = demo / "counts.csv", demo / "total.csv"
    counts.write_text(
        "breakdown,period,kind,count,published_in,released\n"
        f'GUARD-B04,2021-03,gateway,300,"{report}, §4.14",2021-06-16\n'
    )
    assert run(demo, "import", "breakdowns", str(counts)).code == 0
    found = [each for each in audit(opened(demo), "GUARD").differences if each.subject.code == "GUARD-B04"]
    assert [(each.printed, each.computed, cause_text(each)) for each in found] == [("258", "300", "not explained")]
    total.write_text(
        'indicator,period,value,as_published,source,released\nGUARD-19,2021-03,258,258.0,"Other, p",2021-06-17\n'
    )
    assert run(demo, "import", "figures", str(total)).code == 0
    assert [each for each in audit(opened(demo), "GUARD").differences if each.subject.code == "GUARD-B04"] == []
