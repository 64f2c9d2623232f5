"""A machine of one's own with something on every page: answers at each step, a story, drills, a job, interviews, a cohort, a review.

Stored as the product would store it, without loading what reads and rates, so that it is there in a second.
"""

from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from coach.domain.answer import AnswerKind
from coach.domain.attempt import AttemptState
from coach.domain.drill import Mark, Observation, Outcome
from coach.domain.interview import SetUp
from coach.domain.job import Ask, AskKind, Planned, Reading
from coach.domain.people import Sharing
from coach.domain.plan import Details
from coach.domain.question import Competency
from coach.domain.span import Span
from coach.domain.story import StoryPart
from coach.prepare.drills import drill_of
from coach.recordings import utc_now
from coach.settings import Settings
from coach.store import AttemptStore, Database, DescribedJobStore, DrillStore
from coach.wiring import LOCAL_CANDIDATE, Services, build
from tests.store.store_examples import DELIVERED, JUDGE, TEXT, VERSIONS, attempt, feedback

ME = LOCAL_CANDIDATE
JOB = "Tenancy support worker\nYou keep formerly homeless tenants housed, and de-escalate crises in the building."
STORY = {
    StoryPart.SITUATION: "Last year I worked with a woman who came home from the hospital after a fall.",
    StoryPart.OBSTACLE: "Her insurance denied the home aide, and she was afraid of losing her independence.",
    StoryPart.ACTION: "I asked her what mattered most to her, and with her permission I called the plan and appealed.",
    StoryPart.RESULT: "The aide was approved in nine days, and in three months she had no falls, compared with four before.",
}


def fill(data: Path) -> tuple[str, ...]:
    """Fills the data folder; the addresses at which each page and each state of it shows something."""
    parts = build(Settings(data_dir=data))
    with closing(Database(parts.settings.database)) as database:
        attempts = AttemptStore(database)
        return (
            *_answers(parts, attempts),
            *_interviews(parts),
            *_prepared(parts, database),
            *_own(parts),
            *_coaching(parts, attempts),
        )


def _answers(parts: Services, attempts: AttemptStore) -> Sequence[str]:
    practice = parts.practice
    words, none, *_ = practice.bank.questions
    rated = [
        _rated(attempts, ME, levels, days=n, demo=n == 2)
        for n, levels in enumerate([(3, 4, None, 2), (2, 3, 4, 1), (1, 2, 2, 3)])
    ]
    typed = practice.begin(ME, words, AnswerKind.TYPED)
    practice.save_draft(typed.id, ME, "I began to write this")
    spoken = practice.begin(ME, none, AnswerKind.SPOKEN)
    return (
        *("", "?tour=1", "?tour=3", "practise", f"practise?attempt={typed.id}", f"practise?attempt={spoken.id}"),
        *(f"practise?attempt={rated[0]}", "progress", "answers"),
    )


def _rated(attempts: AttemptStore, who: str, levels: Sequence[int | None], *, days: int, demo: bool = False) -> str:
    at = utc_now() - timedelta(days=days)
    one = attempt(who, created_at=at, transcript=DELIVERED, demo=demo)
    attempts.add(one)
    attempts.hand_in(one.id, who, TEXT, at)
    attempts.save_feedback(one.id, who, feedback=feedback(*levels), judge=JUDGE, versions=VERSIONS, at=at)
    return one.id


def _interviews(parts: Services) -> Sequence[str]:
    keys = [one.key for one in parts.practice.bank.questions[:2]]
    typed = {"questions": 1, "answers": AnswerKind.TYPED, "limit_s": None}
    ended = parts.interviews.end(parts.interviews.begin(ME, SetUp(keys=(keys[0],), **typed)))
    begun = parts.interviews.begin(ME, SetUp(keys=(keys[1],), **typed))
    return "interview", f"interview?interview={ended.id}", f"interview?interview={begun.id}"


def _prepared(parts: Services, database: Database) -> Sequence[str]:
    story = parts.stories.begin(ME)
    for part, words in STORY.items():
        parts.stories.save_part(story.id, ME, part, words)
    drill = drill_of("result-ladder")
    begun = parts.drills.begin(ME, drill, parts.drills.exercises(drill)[0], AnswerKind.TYPED)
    tried = parts.drills.again(begun, AnswerKind.TYPED)
    seen = (
        Observation(name="What changed", met=True, why="It is said.", evidence=(Mark(span=Span.of(TEXT, 31, 48)),)),
        Observation(name="Counted or timed", met=False, why="No number is told.", absent=True),
    )
    looked_at = {
        "state": AttemptState.RATED,
        "text": TEXT,
        "rated_at": utc_now(),
        "outcome": Outcome(observations=seen),
    }
    DrillStore(database).change(tried.id, ME, lambda one: one.model_copy(update=looked_at))
    job, question = parts.tailoring.add(ME, JOB), parts.practice.bank.questions[0]
    crises = (Span.of(JOB, JOB.index("de-escalate"), len(JOB) - 1),)
    reading = Reading(
        asks=(Ask(kind=AskKind.COMPETENCY, name=Competency.CRISIS, label="Crisis", evidence=crises),),
        planned=(Planned(key=question.key, text=question.text, reason="It asks for it.", evidence=crises),),
    )
    DescribedJobStore(database).change(job.id, ME, lambda one: one.model_copy(update={"reading": reading}))
    parts.appointments.add(ME, Details(employer="Elm House", day=parts.appointments.today + timedelta(days=3)))
    return (
        *("stories", f"stories?story={story.id}", f"stories?story={story.id}&part=action"),
        *("drills", f"drills?drill={drill.key}", f"drills?drill={drill.key}&try={begun.id}"),
        *(f"drills?drill={drill.key}&try={tried.id}", "drills?drill=smart-goal&try=new-get-work"),
        *("checklist", "job", f"job?job={job.id}"),
    )


def _own(parts: Services) -> Sequence[str]:
    draft = parts.authoring.begin(ME)
    return "sharing", "my-data", "setup", "questions", f"questions?edit={draft.id}"


def _coaching(parts: Services, attempts: AttemptStore) -> Sequence[str]:
    me = parts.people.try_coaching(parts.people.local(), on=True)
    student = parts.people.from_provider("https://id.example", "sam", name="Sam Lee")
    cohort = parts.cohorts.create(me, "Autumn")
    for one in (student, me):
        parts.consent.join(one, cohort.join_code)
    parts.consent.share(student, cohort.id, Sharing.TRANSCRIPTS, earlier=True)
    answers = [_rated(attempts, student.id, (level, 4, 3, 2), days=level) for level in (1, 2, 3, 4)]
    parts.asking.ask(student, answers[0], "Would you hire me for this answer?")
    parts.reviewing.begin(me, answers[0], blind=False)
    parts.demo_cohort.assignment.add(me, cohort, ())
    (guide,), given = parts.guides.all_of(me), parts.assignments.all_of(me)[0]
    at = f"cohorts?cohort={cohort.id}"
    return (
        *("cohorts", at, f"{at}&student={student.id}", f"{at}&student={student.id}&answer={answers[0]}"),
        *("review", f"review?answer={answers[0]}", f"review?answer={answers[1]}", "calibration"),
        *("assign", f"assign?assignment={given.id}", f"assign?guide={guide.id}", "guides", f"guides?guide={guide.id}"),
    )
