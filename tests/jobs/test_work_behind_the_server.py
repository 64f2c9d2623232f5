"""Work begins with the server, not with its first visitor."""

import time
from pathlib import Path

from coach.domain.answer import AnswerKind
from coach.domain.attempt import AttemptState
from coach.domain.question import Question
from coach.jobs.queue import Queue
from coach.practice import Practice
from coach.recordings import utc_now
from coach.store import AttemptStore, Database
from coach.store.migrate import migrate
from coach.wiring import LOCAL_CANDIDATE
from tests.browser.conftest import ANSWER, running
from tests.postgres_cluster import BOTH


@BOTH
def test_an_answer_handed_in_before_a_crash_is_rated_though_nobody_comes(tmp_path: Path, address: str) -> None:
    database = Database(address, Queue)
    migrate(database)
    store = AttemptStore(database)
    left = Practice.new(LOCAL_CANDIDATE, Question.free("How was it?"), AnswerKind.TYPED, utc_now())
    store.add(left)
    store.hand_in(left.id, LOCAL_CANDIDATE, ANSWER, utc_now())
    with running(tmp_path, DATABASE_URL=address):
        for _ in range(600):
            if store.get(left.id, LOCAL_CANDIDATE).state is AttemptState.RATED:
                break
            time.sleep(0.1)
        assert store.get(left.id, LOCAL_CANDIDATE).state is AttemptState.RATED
    database.close()
