"""A summary's themes and tiers: their counts are those of the same indicators, counted once."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outcome_tracker.core.direction import Direction
from outcome_tracker.core.indicator import Tier
from outcome_tracker.core.rag import Rag
from outcome_tracker.tracker.overview import OTHER, only, overdue_by_owner, themes, whole
from outcome_tracker.tracker.review import Review, review
from outcome_tracker.tracker.workspace import open_workspace


@pytest.fixture(scope="module")
def found(demo_template: Path) -> Review:
    return review(open_workspace(demo_template, user="Jo", now=lambda: datetime(2019, 5, 31, 10, tzinfo=UTC)))


def with_themes(found: Review, *named: str) -> Review:
    plans = zip(found.plans, named, strict=True)
    return replace(found, plans=tuple(replace(p, plan=replace(p.plan, theme=theme)) for p, theme in plans))


def test_plans_are_grouped_by_theme_in_their_order(found: Review) -> None:
    assert [(t.name, [p.plan.code for p in t.plans]) for t in themes(found)] == [
        ("Thriving residents", ["SAFE"]),
        ("Thriving communities", ["EARLY"]),
    ]


def test_plans_without_a_theme_come_last_and_no_theme_is_none(found: Review) -> None:
    assert [t.name for t in themes(with_themes(found, "", "Thriving"))] == ["Thriving", OTHER]
    assert themes(with_themes(found, "", "")) == ()


def test_a_theme_of_all_plans_counts_what_the_council_counts(found: Review) -> None:
    (theme,) = themes(with_themes(found, "One", "One"))
    assert theme.counts == found.counts
    assert theme.rows == whole(found).rows == found.rows
    assert theme.due == found.due
    assert theme.progress.total() == found.counts.actions.total


def test_a_tier_alone_counts_what_the_whole_says_of_it(found: Review) -> None:
    headline, wider = (only(found, tier) for tier in Tier)
    for narrowed, tally in ((headline, found.counts.headline), (wider, found.counts.wider)):
        assert narrowed.counts.every == tally
        assert narrowed.counts.actions == found.counts.actions
        for rag in Rag:
            assert narrowed.counts.every.rag[rag] == sum(p.counts.every.rag[rag] for p in narrowed.plans)
    for way in Direction:
        both = headline.counts.every.direction[way] + wider.counts.every.direction[way]
        assert both == found.counts.every.direction[way]
    for name in ("returned", "due", "overdue", "illustrative"):
        assert getattr(headline.counts, name) + getattr(wider.counts, name) >= getattr(found.counts, name)
    assert headline.counts.due + wider.counts.due == found.counts.due
    assert not any(plan.published for plan in headline.plans)
    assert only(found, None) is found


def test_overdue_figures_by_owner_the_most_first(found: Review) -> None:
    assert overdue_by_owner(found.due) == [("Family Support", 2), ("Early Help Assessment Team", 1)]
    nobody = [replace(line, indicator=replace(line.indicator, owner="")) for line in found.due]
    assert {owner for owner, _ in overdue_by_owner(nobody)} <= {line.plan.owner or line.plan.code for line in found.due}
