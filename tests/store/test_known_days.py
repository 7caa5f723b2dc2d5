"""The days on which something became known, to choose from."""

from datetime import date

from outcome_tracker.core.milestone import Progress, Report
from outcome_tracker.store.location import Location
from outcome_tracker.store.queries import Reader
from outcome_tracker.store.writer import Writer
from tests.store.examples import figure, stamp

MARCH, MAY, JUNE = date(2019, 3, 1), date(2019, 5, 1), date(2019, 6, 1)


def test_the_days_on_which_something_became_known(location: Location, writer: Writer) -> None:
    report = Report("SAFE-A1.1", 1, Progress.ON_TRACK, stamp=stamp(JUNE))
    writer.save([figure("1", 1, known=MARCH), report])
    writer.save([figure("2", 2, known=MAY)])
    writer.save([figure("3", 3, known=MAY)])
    with Reader.open(location) as reader:
        assert reader.known_days() == {MARCH: 1, MAY: 2, JUNE: 0}
