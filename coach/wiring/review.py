"""The services about reviews."""

from typing import Any

from coach.belongings import ReviewRecords
from coach.people.coaching import Coaching
from coach.people.cohorts import Cohorts
from coach.recordings import utc_now
from coach.review.asking import Asking
from coach.review.calibration import Calibrations
from coach.review.digest import Digests
from coach.review.noticing import Notices
from coach.review.reviewing import Reviewing
from coach.store import (
    CalibrationStore,
    Database,
    NoticeStore,
    OverrideStore,
    RequestStore,
    ReviewQueueStore,
    ReviewStore,
)


def review_services(database: Database, cohorts: Cohorts, coaching: Coaching) -> dict[str, Any]:
    """The services about reviews, by the names they have among all services."""
    reviewing = Reviewing(ReviewQueueStore(database), ReviewStore(database), OverrideStore(database), utc_now)
    return {
        "asking": Asking(RequestStore(database), utc_now),
        "reviewing": reviewing,
        "notices": Notices(NoticeStore(database), utc_now),
        "calibrations": Calibrations(CalibrationStore(database)),
        "digests": Digests(cohorts, coaching, reviewing, utc_now),
    }


def review_records(database: Database) -> ReviewRecords:
    """What is kept of somebody about reviews."""
    return ReviewRecords(RequestStore(database), ReviewStore(database))
