"""Puts together what is kept for how long: which room deletes what, with everything of it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from coach.domain.keeping import Periods, ThingKind
from coach.errors import NotFoundError
from coach.practice import Practice
from coach.prepare.drills import drill_of
from coach.prepare.drills.drilling import Drills
from coach.prepare.drills.scenarios import Scenarios
from coach.recordings import Recordings, utc_now
from coach.retention import Keeping, Purge, Room
from coach.retention.purge import one_by_one
from coach.settings import Settings
from coach.store import DescribedJobStore, InterviewStore, KeepingStore, PlanStore, StoryStore

Rooms = Mapping[ThingKind, Room]


def rooms_of(
    *,
    practice: Practice,
    interviews: InterviewStore,
    drills: Drills,
    scenarios: Scenarios,
    stories: StoryStore,
    jobs: DescribedJobStore,
    plans: PlanStore,
) -> Rooms:
    """The room of each kind of thing."""

    def asked(ident: str, owner: str) -> str:
        return practice.get(ident, owner).question_text

    def interview(ident: str, owner: str) -> str:
        one = interviews.get(ident, owner)
        return f"Interview of {len(one.rounds)} question{'s' if len(one.rounds) > 1 else ''}"

    def delete_interview(ident: str, owner: str) -> None:
        """Its answers first: if something fails, the interview is still there to be deleted."""
        practice.delete_all([one.attempt for one in interviews.get(ident, owner).rounds], owner)
        interviews.delete(ident, owner)

    def exercise(ident: str, owner: str) -> str:
        one = drills.get(ident, owner)
        return f"{drill_of(one.drill).name}: {one.exercise.title}"

    return {
        ThingKind.ANSWER: Room(asked, practice.delete_all),
        ThingKind.INTERVIEW: Room(interview, one_by_one(delete_interview)),
        ThingKind.DRILL: Room(exercise, one_by_one(drills.delete)),
        ThingKind.SCENARIO: Room(lambda i, o: scenarios.get(i, o).scenario.title, one_by_one(scenarios.delete)),
        ThingKind.STORY: Room(lambda i, o: stories.get(i, o).text.name, one_by_one(stories.delete)),
        ThingKind.JOB: Room(lambda i, o: jobs.get(i, o).title, one_by_one(jobs.delete)),
        ThingKind.APPOINTMENT: Room(
            lambda i, o: plans.get(i, o).details.employer or "An interview ahead", one_by_one(plans.delete)
        ),
    }


def build_purge(settings: Settings, store: KeepingStore, rooms: Rooms, recorded: Sequence[Recordings]) -> Purge:
    """The purge of these settings."""
    return Purge(store, periods=_periods(settings), rooms=rooms, recorded=recorded, clock=utc_now)


def build_keeping(settings: Settings, store: KeepingStore, rooms: Rooms, practice: Practice, drills: Drills) -> Keeping:
    """What people are told and decide."""

    def recorded(ident: str, owner: str) -> str:
        with suppress(NotFoundError):
            return rooms[ThingKind.ANSWER].title(ident, owner)
        return rooms[ThingKind.DRILL].title(ident, owner)

    def keep_recording(ident: str, owner: str, keep: bool) -> None:  # noqa: FBT001  # as it was decided
        with suppress(NotFoundError):
            practice.choose_recordings(ident, owner, keep=keep)
            return
        drills.choose_recordings(ident, owner, keep=keep)

    titles: dict[ThingKind, Callable[[str, str], str]] = {kind: room.title for kind, room in rooms.items()}
    return Keeping(
        store,
        periods=_periods(settings),
        installation=settings.recordings_kept,
        titles=titles | {ThingKind.RECORDING: recorded},
        keep_recording=keep_recording,
    )


def _periods(settings: Settings) -> Periods:
    return Periods(texts=settings.texts_days, recordings=settings.recordings_days, notice=settings.notice_days)
