"""Everything of one person: exported whole, or deleted whole, files too. A room that keeps something of people adds a part here."""

import json
import logging
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO, Protocol

from coach.domain.assignment import Given
from coach.domain.attempt import Attempt, Earlier
from coach.domain.people import ConsentChange, Look, Membership, Person
from coach.domain.review import Request, Review
from coach.errors import CoachError
from coach.people import Action, Facts, Resource, Who, require
from coach.people.ports import ConsentStore, PeopleStore
from coach.speech import wav_bytes

log = logging.getLogger(__name__)
EVERYTHING = 1_000_000  # more than anybody has of anything
File = tuple[str, bytes]


class Part(Protocol):
    """One kind of thing that is kept of a person."""

    def export(self, person: Person) -> Iterator[File]:
        """Files with all there is of it: a path inside the export, and what stands in it."""

    def delete(self, person: Person) -> None:
        """Delete all there is of it. Doing it again is fine."""


class Belongings:
    """All parts together, and the person themselves, who is written first and deleted last.

    ``erase`` sees to it that nothing that was deleted stays in any file.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        people: PeopleStore,
        clock: Callable[[], datetime],
        erase: Callable[[], object] = tuple,
    ) -> None:
        self._parts = parts
        self._people = people
        self._clock = clock
        self._erase = erase

    def export(self, who: Person, into: IO[bytes]) -> None:
        """Write everything of one's own as a zip."""
        require(Who.of(who), Action.READ, Resource.PERSON, Facts(own=True))
        with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr("README.txt", _README.format(day=f"{self._clock():%d %B %Y}"))
            out.writestr("person.json", who.model_dump_json(indent=2))
            for part in self._parts:
                for path, content in part.export(who):
                    out.writestr(path, content)

    def delete(self, who: Person, typed: str) -> None:
        """Delete everything of one's own for good. ``typed`` is the word that shows it is meant. Raises CoachError without it.

        If something fails on the way, the person is still there to do it again.
        """
        require(Who.of(who), Action.DELETE, Resource.PERSON, Facts(own=True))
        if typed.strip().lower() != DELETE_WORD:
            raise CoachError(f"Type “{DELETE_WORD}” to delete everything. Nothing was deleted.")
        self.forget(who)

    def forget(self, *people: Person) -> None:
        """Delete everything of people, without asking: for invented ones, and once the real one has said so."""
        for person in people:
            for part in self._parts:
                part.delete(person)
            self._people.delete(person.id)
            log.info("person %s deleted", person.id)
        try:
            self._erase()
        except CoachError as error:  # they are gone; the next purge does what is left to do
            log.warning("the database was not written anew: %s", type(error).__name__)


DELETE_WORD = "delete"
_README = """Everything Practice Coach kept of you on {day}.

person.json     who you are here
answers/        each answer: question, words, transcript, ratings and their evidence, earlier ratings
recordings/     your voice, as far as it was kept, by answer and take
interviews/     each interview with its rounds
stories/        your stories as they stand
drills/         your tries at drills, and the scenarios you walked through
jobs/           the jobs you described, with your notes
interviews-ahead/  the dates you wrote down, with their checklists
reviews.json    what you asked your coaches, their answers, reviews and comments; and, if you coach, your own reviews
guides/         interview guides of yours
assignments.json   what coaches gave you to do, and when you began it and handed it in
assignments-given/ what you gave others to do
consent.json    the cohorts you are in, what you share, and everything you decided about it
looks.json      who looked at what you shared, and when
"""


class Attempts(Protocol):
    """What the answers' part needs of the store."""

    def all_of(self, candidate: str, limit: int = 200) -> tuple[Attempt, ...]: ...
    def earlier(self, attempt_id: str, candidate: str) -> tuple[Earlier, ...]: ...


class Recorded(Protocol):
    """What the answers' part needs of the recordings."""

    def numbers(self, attempt: str) -> tuple[int, ...]: ...
    def pcm(self, attempt: str, number: int) -> bytes: ...


class Answers:
    """Attempts with their ratings and recordings. ``delete_all`` is how several are deleted with everything of them."""

    def __init__(self, attempts: Attempts, takes: Recorded, delete_all: Callable[[Sequence[str], str], None]) -> None:
        self._attempts = attempts
        self._takes = takes
        self._delete_all = delete_all

    def export(self, person: Person) -> Iterator[File]:
        """A JSON file an answer, a WAV file a take."""
        for attempt in self._attempts.all_of(person.id, EVERYTHING):
            name = f"{attempt.created_at:%Y-%m-%d}-{attempt.id[:8]}"
            told = attempt.model_dump(mode="json") | {
                "earlier_ratings": [
                    one.model_dump(mode="json") for one in self._attempts.earlier(attempt.id, person.id)
                ]
            }
            yield f"answers/{name}.json", _json(told)
            for number in self._takes.numbers(attempt.id):
                yield f"recordings/{name}-take-{number}.wav", wav_bytes(self._takes.pcm(attempt.id, number))

    def delete(self, person: Person) -> None:
        """All answers, their recordings first."""
        self._delete_all([attempt.id for attempt in self._attempts.all_of(person.id, EVERYTHING)], person.id)


class Kept(Protocol):
    """A value that is kept with its day."""

    @property
    def id(self) -> str: ...
    @property
    def created_at(self) -> datetime: ...
    def model_dump_json(self, *, indent: int | None = None) -> str: ...


class Records:
    """Values of one kind, each a JSON file in a folder of their own. ``delete_one`` is how one is deleted with everything of it."""

    def __init__(
        self, folder: str, all_of: Callable[[str], Iterable[Kept]], delete_one: Callable[[str, str], object]
    ) -> None:
        self._folder = folder
        self._all_of = all_of
        self._delete_one = delete_one

    def export(self, person: Person) -> Iterator[File]:
        """A JSON file a value."""
        for one in self._all_of(person.id):
            path = f"{self._folder}/{one.created_at:%Y-%m-%d}-{one.id[:8]}.json"
            yield path, one.model_dump_json(indent=2).encode("utf-8")

    def delete(self, person: Person) -> None:
        """Each of them."""
        for one in tuple(self._all_of(person.id)):
            self._delete_one(one.id, person.id)


class Traces:
    """What the program notes of somebody beside their things, such as what it saw done for a checklist; nothing worth taking along."""

    def __init__(self, forget: Callable[[str], None]) -> None:
        self._forget = forget

    def export(self, _person: Person) -> Iterator[File]:
        """Nothing."""
        yield from ()

    def delete(self, person: Person) -> None:
        """All of it."""
        self._forget(person.id)


class Asked(Protocol):
    """What the reviews' part needs of what students ask."""

    def all_of(self, candidate: str) -> tuple[Request, ...]: ...
    def received(self, candidate: str, attempt_id: str | None = None) -> tuple[Review, ...]: ...


class Reviewed(Protocol):
    """What the reviews' part needs of what coaches write."""

    def given(self, coach: str) -> tuple[Review, ...]: ...
    def forget_unfinished(self, coach: str) -> None: ...


class ReviewRecords:
    """What somebody asked and was given, which goes with their answers; and what they gave as a coach, which is the student's then.

    Of the latter the export holds what is about answers that are shared with them now.
    """

    def __init__(self, asked: Asked, reviewed: Reviewed) -> None:
        self._asked = asked
        self._reviewed = reviewed

    def export(self, person: Person) -> Iterator[File]:
        """One file with all of it."""
        told = {
            "asked": self._asked.all_of(person.id),
            "received": self._asked.received(person.id),
            "given": self._reviewed.given(person.id),
        }
        yield "reviews.json", _json({name: [one.model_dump(mode="json") for one in of] for name, of in told.items()})

    def delete(self, person: Person) -> None:
        """What nobody was given yet. Students keep the rest, without a name."""
        self._reviewed.forget_unfinished(person.id)


class AssignedRecords:
    """What coaches gave somebody to do, and what they did of it. It goes with the person."""

    def __init__(self, given_to: Callable[[str], Iterable[Given]]) -> None:
        self._given_to = given_to

    def export(self, person: Person) -> Iterator[File]:
        """What is to be done, until when, and when it was begun and handed in."""
        told = ("title", "note", "way", "due", "questions")
        given = [
            one.assignment.model_dump(mode="json", include=set(told))
            | {"cohort": one.cohort}
            | one.work.model_dump(mode="json")
            for one in self._given_to(person.id)
        ]
        yield "assignments.json", _json(given)

    def delete(self, person: Person) -> None:
        """Nothing more to do."""


class ConsentRecords:
    """Memberships, consent and looks. They go with the person."""

    def __init__(self, consent: ConsentStore) -> None:
        self._consent = consent

    def export(self, person: Person) -> Iterator[File]:
        """What is shared and was decided, and who looked."""
        memberships = [
            _membership(one, self._consent.shared_stories(person.id, one.cohort.id))
            for one, _ in self._consent.memberships(person.id)
        ]
        decided: tuple[ConsentChange, ...] = self._consent.history(person.id)
        looks: tuple[Look, ...] = self._consent.looks(person.id)
        history = [one.model_dump(mode="json") for one in decided]
        yield "consent.json", _json({"memberships": memberships, "history": history})
        yield "looks.json", _json([one.model_dump(mode="json") for one in looks])

    def delete(self, person: Person) -> None:
        """Nothing more to do."""


def _membership(one: Membership, stories: Iterable[str]) -> dict[str, object]:
    told = {"cohort": one.cohort.name, "sharing": one.sharing.name.lower(), "earlier": one.earlier}
    return told | {"stories": sorted(stories), "joined_at": one.joined_at.isoformat()}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8")
