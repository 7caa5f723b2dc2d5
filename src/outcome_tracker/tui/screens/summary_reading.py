"""What the summary reads: the review first, the periods before it once that is on the screen."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.tracker.review import compared, exceptions, review_of
from outcome_tracker.tui.screens.reading_page import Asked, ReadingPage

if TYPE_CHECKING:
    from outcome_tracker.core.commentary import Commentary
    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.changes import Changes
    from outcome_tracker.tracker.heat_map import HeatMap
    from outcome_tracker.tracker.review import Review
    from outcome_tracker.tui.session import Reading


@dataclass(frozen=True, slots=True)
class Summed:
    """What the summary shows first: the review, and the commentary."""

    review: Review
    commentary: tuple[Commentary, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """What the periods before say: read after the first answer is on the screen."""

    changes: Changes
    heat_map: HeatMap


@dataclass
class LookedBack(Message, bubble=False):
    """What the periods before say of what was asked; or, in a sentence, why it can't be told."""

    asked: Asked
    past: Past | None
    sentence: str = ""


class SummaryReading(ReadingPage[Summed]):
    """A page that shows a review, and then what the periods before it say."""

    def __init__(self) -> None:
        super().__init__()
        self.past: Past | None = None
        self.why_no_past = ""  # a sentence, where it can't be told

    @abstractmethod
    def looked_back(self) -> None:
        """Show what the periods before say."""

    def fetch(self, reading: Reading, period: Period | None) -> Summed:
        reading = self.tracker.session.as_signed(reading, period)
        review = review_of(reading.known, period)
        review = compared(self.tracker.workspace, reading.known, review, exceptions(review.rows))
        return Summed(review, reading.commentary)

    def period_of(self, answer: Summed) -> Period | None:
        return answer.review.period

    def show(self, answer: Summed) -> None:
        """Look back too, later; until then what was found of the same period before stays on the screen."""
        self.why_no_past = ""
        if self.past is not None and self.past.changes.period != answer.review.period:
            self.past = None
        if self._asked is not None:
            self.call_after_refresh(self._look_back, self._asked)

    def _look_back(self, asked: Asked) -> None:
        work = partial(self._read_past, asked)
        self.run_worker(work, group="past", thread=True, exclusive=True, exit_on_error=False, name="look back")

    def _read_past(self, asked: Asked) -> None:
        """Look back in a thread; answer by a message."""
        from outcome_tracker.tracker.changes import changes_of
        from outcome_tracker.tracker.heat_map import heat_map_of

        try:
            found = self.tracker.session.reading().known
            with self.tracker.workspace.read() as reader:
                past = Past(changes_of(found, asked.period, reader.figure_versions), heat_map_of(found, asked.period))
            self.post_message(LookedBack(asked, past))
        except Unavailable as unavailable:
            self.post_message(LookedBack(asked, None, f"{unavailable.sentence} {unavailable.remedy}"))
        except Exception as error:  # noqa: BLE001 - a bug while looking back is one sentence on the screen
            self.post_message(LookedBack(asked, None, self.tracker.bug(error)))

    def on_looked_back(self, message: LookedBack) -> None:
        if message.asked == self._asked:
            self.past, self.why_no_past = message.past, message.sentence
            self.looked_back()
