"""Work begins with the server, not with its first visitor."""

import time
from pathlib import Path

from coach.domain.answer import AnswerKind
from coach.domain.attempt import AttemptState
from coach.domain.question import Question
from coach.practice import Practice
from coach.recordings import utc_now
from coach.store import AttemptStore, Database
from coach.store.migrate import migrate
from coach.wiring import LOCAL_CANDIDATE
from tests.browser.conftest import ANSWER, running


def test_an_answer_handed_in_before_a_crash_is_rated_though_nobody_comes(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    database = Database(f"sqlite:///{tmp_path / 'data' / 'coach.db'}")
    migrate(database)
    store = AttemptStore(database)
    left = Practice.new(LOCAL_CANDIDATE, Question.free("How was it?"), AnswerKind.TYPED, utc_now())
    store.add(left)
    store.hand_in(left.id, LOCAL_CANDIDATE, ANSWER, utc_now())
    with running(tmp_path):
        for _ in range(600):
            if store.get(left.id, LOCAL_CANDIDATE).state is AttemptState.RATED:
                break
            time.sleep(0.1)
        assert store.get(left.id, LOCAL_CANDIDATE).state is AttemptState.RATED
    database.close()
