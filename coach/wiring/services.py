"""All services, put together."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from coach.assigning.assignments import Assignments, Limits
from coach.assigning.guides import Guides
from coach.bank import load_bank, load_rubric
from coach.bank.authoring import Authoring
from coach.bank.shelf import Shelf
from coach.belongings import EVERYTHING, Belongings, Part, Records, Traces
from coach.checks import Checks
from coach.checks.remembered import remembered
from coach.demo_cohort import DemoCohort
from coach.domain.authored import Origin
from coach.domain.judging import JudgeChoice
from coach.domain.people import LOCAL_ID
from coach.domain.question import Question
from coach.errors import CoachError
from coach.interview.engine import waits
from coach.interview.interviews import Interviews
from coach.interview.reports import Reports
from coach.interview.work import Listening
from coach.jobs import Behind
from coach.jobs.judging import Judging
from coach.jobs.purging import Purging
from coach.jobs.rating import Rating
from coach.jobs.rerating import Rerating
from coach.jobs.writing_down import WritingDown
from coach.judge import (
    AnyJudge,
    ChosenDoor,
    ChosenJudge,
    NoJudge,
    Prober,
    SpendingOnly,
    job_questions,
    role_play,
)
from coach.people.accounts import Accounts
from coach.people.coaching import Coaching
from coach.people.cohorts import Cohorts
from coach.people.consent import Consent
from coach.people.dashboards import Dashboards
from coach.people.people import People
from coach.ports import Allowance, Questions
from coach.practice import Practice
from coach.prepare.drills.drilling import Drills
from coach.prepare.drills.packs import load_packs
from coach.prepare.drills.scenarios import Scenarios
from coach.prepare.plan import seen_elsewhere, sights
from coach.prepare.plan.appointments import Appointments
from coach.prepare.plan.checklist import Checklist, load_points
from coach.prepare.plan.drills import DrillsToDo
from coach.prepare.plan.look import Held
from coach.prepare.plan.mocks import MockInterviews
from coach.prepare.plan.planner import LOOKED_BACK_ON, Planner
from coach.prepare.plan.questions import OpenQuestions
from coach.prepare.plan.stories import StoriesToBuild
from coach.prepare.stories import Stories
from coach.prepare.stories.likeness import Likeness
from coach.prepare.tailoring.tailoring import Tailoring
from coach.recordings import utc_now
from coach.resources import prompts, question_bank
from coach.retention import Keeping, Purge
from coach.review.asking import Asking
from coach.review.calibration import Calibrations
from coach.review.digest import Digests
from coach.review.noticing import Notices
from coach.review.reviewing import Reviewing
from coach.settings import Settings
from coach.speech import flac
from coach.store import (
    AttemptStore,
    Database,
    DescribedJobStore,
    DrillStore,
    InterviewStore,
    JudgeStore,
    KeepingStore,
    PlanStore,
    QuestionStore,
    RerateStore,
    RollupStore,
    StoryStore,
    TakeStore,
)
from coach.store.database import plain_store_errors
from coach.store.migrate import migrate
from coach.store.takes import Packing
from coach.wiring.assigning import Assigning
from coach.wiring.behind import build_behind, open_database
from coach.wiring.judge import build_door, build_judge, endpoint_of
from coach.wiring.people import people_services
from coach.wiring.retention import build_keeping, build_purge, rooms_of
from coach.wiring.speech import Speech

log = logging.getLogger(__name__)
LOCAL_CANDIDATE = LOCAL_ID  # the one profile of a machine of one's own


@dataclass(frozen=True)
class Services:
    """Everything a user interface needs, built once a process."""

    settings: Settings
    practice: Practice
    interviews: Interviews
    reports: Reports
    drills: Drills
    scenarios: Scenarios
    runner: Behind
    writing_down: WritingDown
    secret: str
    door: ChosenDoor
    judge: ChosenJudge
    books: JudgeStore
    judging: Judging
    rerating: Rerating
    appointments: Appointments
    planner: Planner
    authoring: Authoring
    tailoring: Tailoring
    load: Callable[[], None]
    stories: Stories
    people: People
    cohorts: Cohorts
    consent: Consent
    coaching: Coaching
    dashboards: Dashboards
    accounts: Accounts
    belongings: Belongings
    keeping: Keeping
    purge: Purge
    demo_cohort: DemoCohort
    asking: Asking
    reviewing: Reviewing
    notices: Notices
    calibrations: Calibrations
    digests: Digests
    guides: Guides
    assignments: Assignments


def build(settings: Settings) -> Services:
    """All services for these settings. Opens and migrates the database. Raises CoachError with what is wrong."""
    database = open_database(settings)
    books = JudgeStore(database)
    door = ChosenDoor(books, lambda choice: build_door(settings, choice, books))
    judge = ChosenJudge(door.current, partial(build_judge, settings))
    judge.current()  # a prompt or price list that cannot be used is said now, not in the middle of an answer
    attempts, kept = AttemptStore(database), InterviewStore(database, waits)
    speech = Speech.of(settings)
    made, encode = QuestionStore(database), remembered()
    assigning = Assigning.of(database)
    shelf = Shelf(load_bank(question_bank()), made, assigning.held)
    practice = _practice(
        settings, judge, database, speech, shelf, allowance=Limits(assigning.assignments, _takes(settings))
    )
    RollupStore(database).know({question.key: question.settings for question in practice.bank.questions})
    authoring = Authoring(made, shelf, encode, utc_now)
    plans = PlanStore(database)
    appointments = Appointments(plans, utc_now)
    kept_stories = StoryStore(database)
    stories = Stories(
        store=kept_stories,
        practice=practice,
        likeness=Likeness(lambda: practice.bank.questions, settings.data_dir / "question_meanings.npz"),
        own_names=settings.own_names,
    )
    tries, keeping = DrillStore(database), KeepingStore(database)
    drills = Drills(
        packs=load_packs(question_bank() / "drills"),
        store=tries,
        takes=_takes(settings),
        transcriber=speech,
        live=speech,
        keep=settings.recordings_kept,
        keep_of=keeping.recordings_of,
        own_names=settings.own_names,
    )
    writing_down = WritingDown((attempts, practice.hear), (tries, drills.hear))
    listening = Listening(practice, kept, attempts, utc_now, Prober(door.current, folder=prompts()))
    rating = Rating(attempts, partial(practice.rate_by_checks, behind=True))
    judging = Judging(books, practice.ask_judge, utc_now)
    rerating = Rerating(RerateStore(database), practice, utc_now)
    scenarios = Scenarios(drills, tries, partner=role_play(door.current, prompts()), own_names=settings.own_names)
    described = DescribedJobStore(database)
    rooms = rooms_of(
        practice=practice,
        interviews=kept,
        drills=drills,
        scenarios=scenarios,
        stories=kept_stories,
        jobs=described,
        plans=plans,
    )
    purge = build_purge(settings, keeping, rooms, (practice, drills))
    kinds = (writing_down, listening, rating, judging, rerating, Purging(keeping, purge.run, utc_now))
    runner = build_behind(settings, database, kinds)
    practice.wake = drills.wake = runner.wake
    tailoring = Tailoring(
        practice,
        described,
        encode=encode,
        clock=utc_now,
        inquiry=job_questions(door.current, prompts()),
        accept=partial(authoring.begin, origin=Origin.GENERATED),
    )
    others: tuple[Part, ...] = (
        Records("interviews", partial(kept.all_of, limit=EVERYTHING), kept.delete),
        Records("stories", kept_stories.all_of, kept_stories.delete),
        Records("stories", partial(kept_stories.all_of, deleted=True), kept_stories.delete),
        Records("drills", partial(tries.runs_of, limit=EVERYTHING), scenarios.delete),
        Records("drills", partial(tries.all_of, limit=EVERYTHING), drills.delete),
        Records("jobs", partial(described.all_of, limit=EVERYTHING), described.delete),
        Records("interviews-ahead", plans.all_of, plans.delete),
        Traces(plans.forget),
        Traces(keeping.forget),
        *assigning.parts,
    )
    return Services(
        settings=settings,
        practice=practice,
        interviews=Interviews(practice, kept, history=attempts.history, clock=utc_now, wake=runner.wake),
        reports=Reports(practice, kept, partial(runner.trouble, Rating.name), runner.wake),
        drills=drills,
        scenarios=scenarios,
        runner=runner,
        writing_down=writing_down,
        secret=_secret(settings),
        load=partial(_load, practice, speech),
        door=door,
        judge=judge,
        books=books,
        judging=judging,
        rerating=rerating,
        appointments=appointments,
        planner=_planner(
            practice=practice,
            bank=shelf,
            interviews=kept,
            plans=plans,
            appointments=appointments,
            stories=stories,
            drills=drills,
            tailoring=tailoring,
        ),
        stories=stories,
        authoring=authoring,
        tailoring=tailoring,
        keeping=build_keeping(settings, keeping, rooms, practice, drills),
        purge=purge,
        **people_services(
            settings,
            database,
            _takes(settings),
            practice,
            others=others,
            assigning=assigning.services(shelf, utc_now),
        ),
    )


def _planner(
    *,
    practice: Practice,
    bank: Questions,
    interviews: InterviewStore,
    plans: PlanStore,
    appointments: Appointments,
    stories: Stories,
    drills: Drills,
    tailoring: Tailoring,
) -> Planner:
    """What to practise next, from everything there is to practise."""
    questions, to_build, points = (
        OpenQuestions(bank, practice.rubric),
        StoriesToBuild(stories.reads_as),
        load_points(),
    )
    watched = {**sights.WATCHES, **seen_elsewhere.WATCHES, "stories": to_build.sight}

    def held(candidate: str) -> Held:
        return Held(
            stories=stories.all_of(candidate),
            tries=drills.looked_at(candidate),
            jobs=tuple(tailoring.all_of(candidate)),
            microphone=plans.last_saw(candidate, sights.MICROPHONE),
        )

    return Planner(
        levels=partial(practice.levels_of, newest=LOOKED_BACK_ON),
        interviews=interviews.all_of,
        appointments=appointments,
        sources=(questions, MockInterviews(questions), to_build, DrillsToDo(), Checklist(points, watched)),
        points=points,
        watched=watched,
        clock=utc_now,
        aims=tailoring.aim,
        held=held,
    )


def _load(practice: Practice, speech: Speech) -> None:
    """Load what listens and checks, so that the first answer does not wait for it."""
    try:
        speech.load()
        practice.check(Question.free("How was it?"), "I called the office, and she kept her flat.")
    except CoachError as error:  # it is told again where it matters
        log.warning("not everything could be loaded: %s", type(error).__name__)


def build_scorer(
    settings: Settings, *, judged: bool, choice: JudgeChoice | None = None, measuring: bool = False
) -> Practice:
    """A practice that only scores: of answers it keeps nothing, in the books of the data folder what a judge was paid for them."""
    judge: AnyJudge = NoJudge()
    if judged and endpoint_of(settings, choice or JudgeChoice()):
        books = Database(settings.database)
        migrate(books)
        door = build_door(settings, choice, SpendingOnly(JudgeStore(books)))
        judge = build_judge(settings, door, measuring=measuring)
    return _practice(settings, judge, Database("sqlite://"), Speech.of(settings), load_bank(question_bank()))


def _practice(
    settings: Settings,
    judge: AnyJudge | ChosenJudge,
    database: Database,
    speech: Speech,
    bank: Questions,
    *,
    allowance: Allowance | None = None,
) -> Practice:
    return Practice(
        bank=bank,
        rubric=load_rubric(),
        checks=Checks(settings.own_names),
        judge=judge,
        transcriber=speech,
        live=speech,
        attempts=AttemptStore(database),
        takes=_takes(settings),
        waiting=JudgeStore(database),
        keep=settings.recordings_kept,
        keep_of=KeepingStore(database).recordings_of,
        allowance=allowance,
    )


def _takes(settings: Settings) -> TakeStore:
    return TakeStore(settings.data_dir / "takes", Packing(flac.pack, flac.unpack))


def _secret(settings: Settings) -> str:
    """The secret that signs upload tokens: given, or made once and kept in the data folder."""
    if settings.secret:
        return settings.secret.get_secret_value()
    path = settings.data_dir / "secret"
    with plain_store_errors("the data folder"):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or not path.read_text(encoding="ascii").strip():
            whole = path.with_suffix(f".{secrets.token_hex(8)}")  # nobody may ever read half a secret
            whole.touch(mode=0o600)
            whole.write_text(secrets.token_urlsafe(32), encoding="ascii")
            whole.replace(path)
        return path.read_text(encoding="ascii").strip()
