"""The seal over what was signed: one text whatever it comes from, and every alteration found and named."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.figure import Stamp
from outcome_tracker.core.period import parse
from outcome_tracker.core.seal import (
    Addendum,
    Broken,
    Item,
    Key,
    addenda,
    broken,
    line_of,
    number_text,
    read,
    seal_of,
    sealed,
    steps_gone,
    text_of,
)
from outcome_tracker.core.seal_wording import (
    addenda_line,
    addendum_text,
    broken_text,
    refused_text,
    seal_text,
    signed_text,
)
from outcome_tracker.core.signoff import Act, Event, progress

Q4 = parse("2018-19 Q4")
WHEN = datetime(2019, 5, 1, 9, 30, tzinfo=UTC)
SIGNED = Event("SAFE", Q4, 2, Act.SIGNED, Stamp("jo", WHEN, date(2019, 5, 1), "agreed"), line="Green – 1; Red – 0")
SAVED = {"who": "sam", "at": "2019-04-10T09:00:00.000000+00:00", "known": "2019-04-10"}
FIGURE = Item(
    "figure",
    ("SAFE-01", "2018-19 Q4"),
    1,
    {"numerator": "44", "denominator": "276", "status": "final", "note": "", **SAVED},
)
TARGET = Item("target", ("SAFE-01", "2018-19"), 3, {"body": '{"goal":["14"]}', "withdrawn": "", **SAVED})
CAUSE = Item(
    "commentary", ("SAFE-01", "2018-19 Q4", "Cause"), 1, {"author": "sam", "text": "Winter\nand “more”.", **SAVED}
)
RULES = Item(
    "definition", ("indicator", "SAFE-01"), 1, {"body": '{"better":"lower","tolerance":"5%"}', "archived": "", **SAVED}
)
ENGLAND = Item("benchmark", ("SAFE-01", "England", "2017-18"), 1, {"value": "20.2", "released": "2018-10-25", **SAVED})
ITEMS = (FIGURE, TARGET, CAUSE, RULES, ENGLAND)
DONE = sealed(SIGNED, ITEMS)


def held(*items: Item) -> dict[tuple[Key, int], Item]:
    return {(item.subject, item.version): item for item in items}


def test_the_seal_of_this_sign_off_is_this_one_for_ever() -> None:
    """Where this fails, no seal of any council can be checked any more: the text must not change."""
    assert DONE.seal == "52a5610c672cee0064991cb1f7ba6f741b3a193096ef2fe5855e891c5d86da2f"
    assert hashlib.sha256(DONE.sealed.encode("ascii")).hexdigest() == DONE.seal
    assert DONE.sealed.splitlines()[1] == (
        '["commentary",["SAFE-01","2018-19 Q4","Cause"],1,{"at":"2019-04-10T09:00:00.000000+00:00","author":"sam",'
        '"known":"2019-04-10","text":"Winter\\nand \\u201cmore\\u201d.","who":"sam"}]'
    )


TEXTS = st.text(max_size=8)
STORED = st.builds(
    Item,
    st.sampled_from(["figure", "target", "commentary", "definition"]),
    st.tuples(TEXTS, TEXTS),
    st.integers(1, 9),
    st.dictionaries(TEXTS, TEXTS, max_size=4),
)


@given(st.lists(STORED, max_size=6).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_no_order_makes_a_difference(pair: tuple[list[Item], list[Item]]) -> None:
    found, other = pair
    turned = [replace(item, content=dict([*item.content.items()][::-1])) for item in other]
    assert seal_of(text_of(found)) == seal_of(text_of(turned))


@given(st.lists(STORED, min_size=1, max_size=6), st.data())
def test_any_change_of_an_item_does(found: list[Item], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(found) - 1))
    changed = data.draw(STORED)
    after = [*found[:place], changed, *found[place + 1 :]]
    same = {line_of(item) for item in found} == {line_of(item) for item in after}
    assert (seal_of(text_of(found)) == seal_of(text_of(after))) is same
    assert (changed.said == found[place].said and changed.subject == found[place].subject) or line_of(
        changed
    ) != line_of(found[place])


@given(st.lists(STORED, max_size=6))
def test_what_was_sealed_can_be_read_again(found: list[Item]) -> None:
    assert {line_of(item) for item in read(text_of(found))} == {line_of(item) for item in found}


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12))
def test_a_number_has_one_text_however_it_is_written(number: Decimal) -> None:
    written = [number, number.normalize(), Decimal(f"{number:e}"), Decimal(f"{number:f}0")]
    assert len({number_text(each) for each in written}) == 1
    assert Decimal(number_text(number)) == number


def test_zero_has_one_text_too() -> None:
    assert [number_text(Decimal(text)) for text in ("0", "-0", "0.00", "0E+3", "-0.0")] == ["0"] * 5
    assert [number_text(Decimal(text)) for text in ("100", "1E2", "21.20", "-3.0")] == ["100", "100", "21.2", "-3"]


def test_no_time_zone_makes_a_difference() -> None:
    later = replace(SIGNED.stamp, at=WHEN.astimezone(timezone(timedelta(hours=5, minutes=30))))
    assert sealed(replace(SIGNED, stamp=later), ITEMS).seal == DONE.seal


def test_who_signed_when_and_the_line_are_sealed_too() -> None:
    stamp = SIGNED.stamp
    for other in (
        replace(SIGNED, line="Green – 2; Red – 0"),
        replace(SIGNED, stamp=replace(stamp, who="sam")),
        replace(SIGNED, stamp=replace(stamp, at=WHEN + timedelta(microseconds=1))),
        replace(SIGNED, stamp=replace(stamp, why="")),
        replace(SIGNED, version=4),
        replace(SIGNED, plan="EX"),
        replace(SIGNED, period=Q4.previous),
    ):
        assert sealed(other, ITEMS).seal != DONE.seal


def test_a_seal_that_holds_finds_nothing() -> None:
    assert broken([DONE], held(*ITEMS)) == []
    assert broken([DONE], held(*ITEMS, replace(FIGURE, version=2, content={"value": "12"}))) == []


WHEN_SIGNED = "when it was signed off on 1 May 2019 by jo"


@pytest.mark.parametrize(
    ("was", "changed", "sentence"),
    [
        (FIGURE, {"numerator": "34"}, f"SAFE-01 2018-19 Q4: 44 of 276 {WHEN_SIGNED}, 34 of 276 now"),
        (
            FIGURE,
            {"numerator": "", "denominator": "", "value": "1234.5"},
            f"SAFE-01 2018-19 Q4: 44 of 276 {WHEN_SIGNED}, 1,234.5 now",
        ),
        (
            FIGURE,
            {"numerator": "", "denominator": "", "status": "not available"},
            f"SAFE-01 2018-19 Q4: 44 of 276 {WHEN_SIGNED}, not available now",
        ),
        (FIGURE, {"status": "provisional"}, f"SAFE-01 2018-19 Q4: status 'final' {WHEN_SIGNED}, 'provisional' now"),
        (FIGURE, {"who": "jo"}, f"SAFE-01 2018-19 Q4: saved by 'sam' {WHEN_SIGNED}, 'jo' now"),
        (FIGURE, {"numerator": "4 4"}, f"SAFE-01 2018-19 Q4: 44 of 276 {WHEN_SIGNED}, 4 4 of 276 now"),
        (TARGET, {"body": '{"goal":["20"]}'}, f"target of SAFE-01 for 2018-19: goal '14' {WHEN_SIGNED}, '20' now"),
        (TARGET, {"body": "["}, f"target of SAFE-01 for 2018-19: text '{{\"goal\":[\"14\"]}}' {WHEN_SIGNED}, '[' now"),
        (
            RULES,
            {"body": '{"better":"lower","suppress_below":5,"tolerance":"20%"}'},
            (
                f"indicator SAFE-01: suppress_below empty {WHEN_SIGNED}, '5' now; "
                f"tolerance '5%' {WHEN_SIGNED}, '20%' now"
            ),
        ),
        (
            CAUSE,
            {"text": "Summer. " * 20},
            (
                f"commentary on SAFE-01 2018-19 Q4, Cause: text 'Winter and “more”.' {WHEN_SIGNED}, "
                f"'{'Summer. ' * 7}Sum…' now"
            ),
        ),
        (ENGLAND, {"value": "19.9"}, f"England 2017-18 beside SAFE-01: 20.2 {WHEN_SIGNED}, 19.9 now"),
    ],
)
def test_what_was_altered_is_named(was: Item, changed: dict[str, str], sentence: str) -> None:
    now = replace(was, content={**was.content, **changed})
    found = broken([DONE], held(*(now if item is was else item for item in ITEMS)))
    assert found == [Broken(DONE, found[0].was, now)]
    assert broken_text(found[0]) == sentence


def test_what_is_gone_is_named() -> None:
    found = broken([DONE], held(FIGURE, RULES, ENGLAND))
    assert [broken_text(each) for each in found] == [
        f"commentary on SAFE-01 2018-19 Q4, Cause: there {WHEN_SIGNED}, missing now",
        f"target of SAFE-01 for 2018-19: there {WHEN_SIGNED}, missing now",
    ]
    assert (
        broken_text(broken([DONE], held(*ITEMS[1:]))[0]) == f"SAFE-01 2018-19 Q4: 44 of 276 {WHEN_SIGNED}, missing now"
    )


def test_a_sealed_text_that_was_altered_is_named_whatever_became_of_it() -> None:
    other = replace(DONE, sealed=DONE.sealed.replace('"44"', '"34"'))
    changed = replace(FIGURE, content={**FIGURE.content, "numerator": "34"})
    found = broken([other], held(changed, *ITEMS[1:]))
    assert [broken_text(each) for each in found] == [
        "SAFE 2018-19 Q4: what is kept of the text that was signed off on 1 May 2019 by jo no longer gives its seal"
    ]
    for text in ("", "nonsense", "[1]", '["figure"]', "null\n{}"):
        assert len(broken([replace(DONE, sealed=text)], held(*ITEMS))) == 1


def test_a_sign_off_that_says_somebody_else_signed_is_named() -> None:
    other = replace(DONE, stamp=replace(DONE.stamp, who="kim"), line="Green – 9")
    (found,) = broken([other], held(*ITEMS))
    assert broken_text(found) == (
        "sign-off of SAFE 2018-19 Q4: line 'Green – 1; Red – 0' when it was signed off on 1 May 2019 by kim, "
        "'Green – 9' now; saved by 'jo' when it was signed off on 1 May 2019 by kim, 'kim' now"
    )
    moved = replace(DONE, version=5)
    assert [each.now for each in broken([moved], held(*ITEMS))] == [None]


def test_rules_of_a_later_program_break_no_seal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outcome_tracker.core.seal.RULES", "2")
    assert broken([DONE], held(*ITEMS)) == []
    assert sealed(SIGNED, ITEMS).seal != DONE.seal


def test_a_step_that_is_gone_is_named() -> None:
    events = [replace(DONE, version=number) for number in (2, 5)]
    assert [broken_text(each) for each in steps_gone(progress("SAFE", Q4, events))] == [
        "SAFE 2018-19 Q4: step 1 of its sign-off is missing from the database",
        "SAFE 2018-19 Q4: step 3 of its sign-off is missing from the database",
        "SAFE 2018-19 Q4: step 4 of its sign-off is missing from the database",
    ]
    assert steps_gone(progress("SAFE", Q4, [])) == []


def test_everything_is_named_in_one_sentence() -> None:
    found = broken([DONE], held(CAUSE, RULES, ENGLAND))
    assert refused_text(found) == (
        f"2 things are not as signed off: SAFE-01 2018-19 Q4: 44 of 276 {WHEN_SIGNED}, missing now; "
        f"target of SAFE-01 for 2018-19: there {WHEN_SIGNED}, missing now."
    )
    assert refused_text(found[:1]).startswith("1 thing is not as signed off: SAFE-01")


def test_a_seal_is_printed_with_who_and_when() -> None:
    assert signed_text(DONE) == "signed off on 1 May 2019 by jo"
    assert seal_text(DONE) == f"signed off on 1 May 2019 by jo, seal {DONE.seal[:12]}"


LATER = {"who": "kim", "at": "2019-06-03T09:00:00.000000+00:00", "known": "2019-06-03"}


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        (
            Item("figure", ("SAFE-03", "2018-19 Q4"), 1, {"numerator": "12", "denominator": "40", **LATER}),
            "SAFE-03 2018-19 Q4: 12 of 40 came in on 3 Jun 2019 (kim)",
        ),
        (
            replace(FIGURE, version=2, content={"numerator": "45", "denominator": "276", **LATER}),
            "SAFE-01 2018-19 Q4: 45 of 276 instead of 44 of 276 on 3 Jun 2019 (kim)",
        ),
        (
            replace(FIGURE, version=2, content={"status": "not available", **LATER}),
            "SAFE-01 2018-19 Q4: not available instead of 44 of 276 on 3 Jun 2019 (kim)",
        ),
        (
            replace(CAUSE, version=2, content={"text": "Summer.", **LATER}),
            "commentary on SAFE-01 2018-19 Q4, Cause: rewritten on 3 Jun 2019 (kim)",
        ),
        (
            replace(CAUSE, version=2, content={"text": "", **LATER}),
            "commentary on SAFE-01 2018-19 Q4, Cause: cleared on 3 Jun 2019 (kim)",
        ),
        (
            Item("commentary", ("SAFE-01", "2018-19 Q4", "Action"), 1, {"text": "More staff.", **LATER}),
            "commentary on SAFE-01 2018-19 Q4, Action: written on 3 Jun 2019 (kim)",
        ),
        (
            replace(TARGET, version=4, content={"body": "{}", "reason": "a tighter year", **LATER}),
            "target of SAFE-01 for 2018-19: changed on 3 Jun 2019 (kim), because a tighter year",
        ),
        (
            Item(
                "benchmark", ("SAFE-01", "England", "2018-19"), 1, {"value": "20.8", "released": "2019-11-14", **LATER}
            ),
            "England 2018-19 beside SAFE-01: 20.8 released on 14 Nov 2019",
        ),
        (
            replace(ENGLAND, version=2, content={"value": "20.1", "released": "2019-01-10", **LATER}),
            "England 2017-18 beside SAFE-01: 20.1 instead of 20.2 released on 10 Jan 2019",
        ),
        (
            Item("shown", ("SAFE-02", "South", "2018-19"), 1, {"value": "4"}),
            "South 2018-19 beside SAFE-02: 4",
        ),
        (
            Item("milestone_report", ("SAFE-A1.1",), 1, {"status": "delivered", **LATER}),
            "milestone SAFE-A1.1: delivered on 3 Jun 2019 (kim)",
        ),
        (
            Item("breakdown_figure", ("CON-SRC", "2018-19 Q4", '["Police"]'), 1, {"count": "1250", **LATER}),
            "CON-SRC 2018-19 Q4 Police: 1,250 came in on 3 Jun 2019 (kim)",
        ),
        (
            replace(RULES, version=2, content={"body": "{}", **LATER}),
            "indicator SAFE-01: changed on 3 Jun 2019 (kim)",
        ),
    ],
)
def test_what_came_later_is_an_addendum(now: Item, sentence: str) -> None:
    found = addenda(read(DONE.sealed), [*ITEMS, now])
    assert [each.now for each in found] == [now]
    assert addendum_text(found[0]) == sentence
    assert addenda_line(found) == f"Addenda since sign-off: {sentence}."


def test_without_addenda_nothing_is_said() -> None:
    assert addenda(read(DONE.sealed), ITEMS) == []
    assert addenda_line([]) == ""


def test_the_councils_settings_are_for_later_periods() -> None:
    council = Item("definition", ("council", "council"), 2, {"body": "{}", **LATER})
    plan = Item("definition", ("plan", "SAFE"), 2, {"body": "{}", **LATER})
    assert addenda(read(DONE.sealed), [council, plan]) == []


def test_addenda_come_in_the_order_in_which_they_were_saved() -> None:
    early = Item("figure", ("SAFE-09", "2018-19 Q4"), 1, {"value": "1", "at": "2019-05-02"})
    late = Item("figure", ("SAFE-03", "2018-19 Q4"), 1, {"value": "1", "at": "2019-06-02"})
    assert [each.now for each in addenda([], [late, early])] == [early, late]


def test_of_several_sealed_versions_the_last_was_signed() -> None:
    first, second = (Item("milestone_report", ("A1.1",), n, {"status": "on track", **SAVED}) for n in (1, 2))
    assert addenda([second, first], [first, second]) == []
    third = replace(second, version=3)
    assert addenda([second, first], [first, third]) == [Addendum(second, third)]


def test_what_was_shown_of_all_areas_is_sealed_and_not_looked_for() -> None:
    shown = Item("shown", ("SAFE-02", "South", "2018-19"), 1, {"value": "4"})
    done = sealed(SIGNED, [shown])
    assert broken([done], {}) == []
    other = replace(shown, content={"value": "5"})
    assert addenda(read(done.sealed), [shown]) == []
    assert addendum_text(addenda(read(done.sealed), [other])[0]) == "South 2018-19 beside SAFE-02: 5 instead of 4"


def test_the_councils_settings_have_no_code() -> None:
    council = Item("definition", ("council", "council"), 1, {"body": '{"figures_due_days":15}', **SAVED})
    done = sealed(SIGNED, [council])
    now = replace(council, content={**council.content, "body": json.dumps({"figures_due_days": 99})})
    assert broken_text(broken([done], held(now))[0]) == (
        f"the council's settings: figures_due_days '15' {WHEN_SIGNED}, '99' now"
    )
