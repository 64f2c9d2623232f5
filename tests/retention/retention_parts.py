"""Everything a person can store, over real files and a clock that is moved, and what is kept of it for how long."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import event

from coach.belongings import Answers, Belongings, ConsentRecords, Records, Traces
from coach.domain.answer import AnswerKind
from coach.domain.exercise import Exercise
from coach.domain.interview import Interview, Phase, Round, SetUp, Turn, TurnState
from coach.domain.job import Job
from coach.domain.keeping import Periods, ThingKind
from coach.domain.people import Person, Role, Sharing
from coach.domain.plan import Appointment, Details
from coach.domain.story import Story, StoryText
from coach.domain.verdict import JudgeOutcome, JudgeRecord
from coach.practice import Practice
from coach.prepare.drills import ALL
from coach.prepare.drills.drilling import Drills
from coach.prepare.drills.scenarios import Scenarios
from coach.recordings import Recordings
from coach.retention import Keeping, Purge
from coach.settings import Keep
from coach.store import (
    ConsentStore,
    Database,
    DescribedJobStore,
    DrillStore,
    InterviewStore,
    JudgeStore,
    KeepingStore,
    PlanStore,
    StoryStore,
    TakeStore,
)
from coach.store.migrate import migrate
from coach.wiring.retention import rooms_of
from tests.people.people_parts import House
from tests.practice.practice_parts import BANK, RUBRIC, Ears, LevelThree, Scripted
from tests.store.store_examples import TEXT, TRANSCRIPT, VERSIONS, attempt, feedback

SOUND = b"\x2a\x01" * 16_000  # a second


@dataclass
class Kept:
    """A house with all that is kept in it. ``word`` is in everything that anybody says."""

    folder: Path
    periods: Periods = field(default_factory=Periods)
    installation: Keep = Keep.ALWAYS
    word: str = "quillfeather"

    def __post_init__(self) -> None:
        self.database = Database(f"sqlite:///{self.folder / 'coach.db'}")
        self.takes = TakeStore(self.folder / "takes")
        quick = "PRAGMA synchronous=OFF"  # no test here loses power
        event.listen(self.database.engine, "connect", lambda one, _: one.execute(quick))
        migrate(self.database)
        self.house = House(self.database, self.takes)
        self.store = KeepingStore(self.database)
        self.replies = JudgeStore(self.database)
        shared = {
            "takes": self.takes,
            "transcriber": Ears(),
            "keep": self.installation,
            "keep_of": self.store.recordings_of,
            "clock": self.house.clock,
        }
        self.practice = Practice(
            bank=BANK,
            rubric=RUBRIC,
            checks=LevelThree(),
            judge=Scripted(),
            attempts=self.house.attempts,
            waiting=self.replies,
            **shared,
        )
        self.tries = DrillStore(self.database)
        self.drills = Drills(packs={}, store=self.tries, **shared)
        self.interviews = InterviewStore(self.database, lambda _interview, _round: False)
        self.stories, self.jobs = StoryStore(self.database), DescribedJobStore(self.database)
        self.plans = PlanStore(self.database)
        self.scenarios = Scenarios(self.drills, self.tries, partner=None)  # type: ignore[arg-type]  # nobody speaks here
        self.rooms = rooms_of(
            practice=self.practice,
            interviews=self.interviews,
            drills=self.drills,
            scenarios=self.scenarios,
            stories=self.stories,
            jobs=self.jobs,
            plans=self.plans,
        )

    @property
    def purge(self) -> Purge:
        return Purge(
            self.store,
            periods=self.periods,
            rooms=self.rooms,
            recorded=(self.practice, self.drills),
            clock=self.house.clock,
        )

    @property
    def keeping(self) -> Keeping:
        titles = {kind: room.title for kind, room in self.rooms.items()}
        return Keeping(
            self.store,
            periods=self.periods,
            installation=self.installation,
            titles=titles | {ThingKind.RECORDING: titles[ThingKind.ANSWER]},
            keep_recording=lambda ident, owner, keep: self.practice.choose_recordings(ident, owner, keep=keep),
        )

    @property
    def belongings(self) -> Belongings:
        parts = (
            Answers(self.house.attempts, self.takes, self.practice.delete_all),
            Records("interviews", self.interviews.all_of, self.interviews.delete),
            Records("stories", self.stories.all_of, self.stories.delete),
            Records("drills", self.tries.all_of, self.drills.delete),
            Records("jobs", self.jobs.all_of, self.jobs.delete),
            Records("interviews-ahead", self.plans.all_of, self.plans.delete),
            Traces(self.store.forget),
            ConsentRecords(ConsentStore(self.database)),
        )
        return Belongings(parts, self.house.store, self.house.clock, self.store.erase)

    # ── what somebody stores ─────────────────────────────────────────────────────────────────────────────────────

    def answered(self, who: Person, *, sound: bool = False) -> str:
        """A rated answer that a judge has spoken about; with its recording, if it is spoken."""
        one = attempt(who.id, created_at=self.now, question_key="free", question_text=f"Why {self.word}?")
        self.house.attempts.add(one)
        if sound:
            self.takes.put(one.id, 1, 0, SOUND)
            self.takes.seal(one.id, 1, 1)
            heard = TRANSCRIPT.model_copy(update={"text": f"{self.word} {TEXT}"})
            self.house.attempts.save_transcript(one.id, who.id, heard)
        self.house.attempts.hand_in(one.id, who.id, f"{TEXT} {self.word} {TEXT * 40}", self.now)
        self.replies.keep(f"reply-{one.id}", f"The judge quotes {self.word}.", "model")
        record = JudgeRecord(outcome=JudgeOutcome.RATED, message=f"On {self.word}.", cache_key=f"reply-{one.id}")
        self.house.attempts.save_feedback(
            one.id, who.id, feedback=feedback(3, 4, None, 2), judge=record, versions=VERSIONS, at=self.now
        )
        return one.id

    def stores_everything(self, who: Person) -> None:
        """One thing of each kind."""
        self.answered(who)
        self.answered(who, sound=True)
        round_ = attempt(who.id, created_at=self.now, interview_id="f" * 32)
        said = Turn(
            asked="And then?",
            text=f"I said {self.word}.",
            state=TurnState.READ,
            kind=AnswerKind.TYPED,
            opened_at=self.now,
        )
        interview = Interview(
            id="f" * 32,
            candidate=who.id,
            set_up=SetUp(),
            created_at=self.now,
            finished_at=self.now,
            phase=Phase.DONE,
            since=self.now,
            seen_at=self.now,
            rounds=(Round(attempt=round_.id, question_key="free", question_text="?", turns=(said,)),),
        )
        self.interviews.add(interview, [round_])
        exercise = Exercise(key="own-words", title="In your words", given=f"About {self.word}.")
        self.drills.begin(who.id, ALL[0], exercise, AnswerKind.TYPED)
        story = Story(
            id="e" * 32,
            candidate=who.id,
            created_at=self.now,
            changed_at=self.now,
            text=StoryText(title=f"The {self.word}", situation=f"There was a {self.word}."),
        )
        self.stories.add(story)
        self.stories.save_version(story.id, who.id, self.now)
        self.jobs.add(Job(id="d" * 32, candidate=who.id, title=self.word, text=self.word, created_at=self.now))
        day = date(2026, 3, 2)
        self.plans.add(
            Appointment(
                id="c" * 32, candidate=who.id, created_at=self.now, details=Details(employer=self.word, day=day)
            )
        )

    def shared_with_a_coach(self, student: Person) -> tuple[Person, str]:
        """A coach whom the student lets read everything; the cohort's id."""
        coach = self.house.person("carla", Role.COACH)
        cohort = self.house.cohort(coach, student)
        self.house.consent.share(student, cohort.id, Sharing.AUDIO, earlier=True)
        return coach, cohort.id

    # ── looking at what is there ─────────────────────────────────────────────────────────────────────────────────

    @property
    def now(self) -> datetime:
        return self.house.now

    def passes(self, days: float) -> None:
        self.house.now += timedelta(days=days)

    def newest(self, who: Person) -> str:
        return next(one.id for one in self.house.attempts.all_of(who.id) if one.rated_at)

    def recordings_of(self, room: Recordings) -> list[str]:
        return [one.id for one, _ in room.everybodys()]

    def found(self, *needles: bytes) -> list[str]:
        """The files that hold any of these bytes, in the folder and everything under it."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return [path.name for path in files if any(needle in path.read_bytes() for needle in needles)]
