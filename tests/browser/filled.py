"""A machine of one's own with something on every page: answers at each step, stories, drills, a job, an interview, a cohort."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from coach.bank import load_demo_answers
from coach.domain.answer import AnswerKind
from coach.domain.interview import SetUp
from coach.domain.plan import Details
from coach.domain.story import StoryPart
from coach.prepare.drills import drill_of
from coach.recordings import utc_now
from coach.settings import Settings
from coach.store import AttemptStore, Database
from coach.wiring import LOCAL_CANDIDATE, Services, build
from tests.store.store_examples import DELIVERED, JUDGE, TEXT, VERSIONS, attempt, feedback

ME = LOCAL_CANDIDATE
JOB = (
    "Tenancy support worker\nYou keep formerly homeless tenants in permanent supportive housing. "
    "You write a service plan with each tenant and enter case notes. You de-escalate crises and talk with the landlord."
)
STORY = {
    StoryPart.SITUATION: "Last year I worked with a woman who came home from the hospital after a fall.",
    StoryPart.OBSTACLE: "Her insurance denied the home aide, and she was afraid of losing her independence.",
    StoryPart.ACTION: "I asked her what mattered most to her, and with her permission I called the plan and appealed.",
    StoryPart.RESULT: "The aide was approved in nine days, and in three months she had no falls, compared with four before.",
}


def fill(data: Path) -> tuple[str, ...]:
    """Fills the data folder; the addresses where a page of it shows something."""
    parts = build(Settings(data_dir=data))
    database = Database(parts.settings.database)
    try:
        return (*_candidate(parts, AttemptStore(database)), *_coach(parts))
    finally:
        database.close()


def _candidate(parts: Services, attempts: AttemptStore) -> Sequence[str]:
    practice = parts.practice
    questions = practice.bank.questions
    practice.add_demo(ME, load_demo_answers()[-1:])
    rated = [_rated(attempts, levels, days=n) for n, levels in enumerate([(3, 4, None, 2), (2, 3, 4, 1)])]
    typed = practice.begin(ME, questions[0], AnswerKind.TYPED)
    practice.save_draft(typed.id, ME, "I began to write this")
    spoken = practice.begin(ME, questions[1], AnswerKind.SPOKEN)
    story = parts.stories.begin(ME)
    for part, words in STORY.items():
        parts.stories.save_part(story.id, ME, part, words)
    parts.stories.save_version(story.id, ME)
    drill = drill_of("result-ladder")
    begun = parts.drills.begin(ME, drill, parts.drills.exercises(drill)[0], AnswerKind.TYPED)
    tried = parts.drills.again(begun, AnswerKind.TYPED)
    parts.drills.hand_in(tried.id, ME, STORY[StoryPart.RESULT])
    job = parts.tailoring.read(parts.tailoring.add(ME, JOB))
    parts.appointments.add(ME, Details(employer="Elm House", day=parts.appointments.today + timedelta(days=3)))
    sat = parts.interviews.begin(ME, SetUp(keys=(questions[0].key,), questions=1, answers=AnswerKind.TYPED))
    parts.interviews.end(sat)
    mock = parts.interviews.begin(ME, SetUp(keys=(questions[2].key,), questions=1, answers=AnswerKind.TYPED))
    draft = parts.authoring.begin(ME)
    return (
        *("", "practise", f"practise?attempt={typed.id}", f"practise?attempt={spoken.id}"),
        *(f"practise?attempt={rated[0]}", f"practise?attempt={practice.attempts_of(ME)[-1].id}"),
        *("interview", f"interview?interview={sat.id}", f"interview?interview={mock.id}"),
        *("stories", f"stories?story={story.id}", f"stories?story={story.id}&part=action"),
        *("drills", f"drills?drill={drill.key}", f"drills?drill={drill.key}&try={begun.id}"),
        *(f"drills?drill={drill.key}&try={tried.id}", "progress", "checklist", "job", f"job?job={job.id}"),
        *("answers", "sharing", "my-data", "setup", "questions", f"questions?edit={draft.id}"),
    )


def _rated(attempts: AttemptStore, levels: Sequence[int | None], days: int) -> str:
    at = utc_now() - timedelta(days=days)
    one = attempt(ME, created_at=at, transcript=DELIVERED)
    attempts.add(one)
    attempts.hand_in(one.id, ME, TEXT, at)
    attempts.save_feedback(one.id, ME, feedback=feedback(*levels), judge=JUDGE, versions=VERSIONS, at=at)
    return one.id


def _coach(parts: Services) -> Sequence[str]:
    me = parts.people.try_coaching(parts.people.local(), on=True)
    cohort = parts.demo_cohort.add(me, load_demo_answers()[-2:])
    entry = parts.reviewing.entries(me)[0]
    student = next(one.person.id for one in parts.cohorts.members(me, cohort.id) if one.person.name == "Carmen Duarte")
    (guide,) = parts.guides.all_of(me)
    given = parts.assignments.all_of(me)[0]
    parts.reviewing.begin(me, entry.attempt, blind=False)
    return (
        *("cohorts", f"cohorts?cohort={cohort.id}", f"cohorts?cohort={cohort.id}&student={student}"),
        *("review", f"review?answer={entry.attempt}", "assign", f"assign?assignment={given.id}"),
        *(f"assign?guide={guide.id}", "guides", f"guides?guide={guide.id}", "calibration"),
    )
