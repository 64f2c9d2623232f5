"""What a person is told about how long their things are kept, and what they decide about it. All of it about oneself."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from coach.domain.keeping import Aged, Announced, Leaving, Periods, ThingKind
from coach.domain.people import NO_THING, Person
from coach.errors import NotFoundError
from coach.people import Action, Facts, Resource, Who, require
from coach.settings import Keep

KeepRecording = Callable[[str, str, bool], None]
_OWN = Facts(own=True)


class Store(Protocol):
    """Keeps what people chose and what was announced."""

    def recordings_of(self, person_id: str) -> bool | None: ...
    def choose_recordings(self, person_id: str, *, keep: bool) -> None: ...
    def leaving(self, owner: str) -> tuple[tuple[Aged, Announced], ...]: ...
    def count_leaving(self) -> tuple[int, int]: ...
    def keep(self, owner: str, kind: ThingKind, ident: str, *, keep: bool) -> bool: ...


class Keeping:
    """``titles``: what a thing of each kind is called, by its id and owner; raises NotFoundError where it is gone."""

    def __init__(
        self,
        store: Store,
        *,
        periods: Periods,
        installation: Keep,
        titles: Mapping[ThingKind, Callable[[str, str], str]],
        keep_recording: KeepRecording,
    ) -> None:
        self._store = store
        self.periods = periods
        self.installation = installation
        self._titles = titles
        self._keep_recording = keep_recording

    def recordings(self, who: Person) -> Keep:
        """How long somebody's recordings stay once they are written down and rated: as they chose, or as it is set here."""
        require(Who.of(who), Action.READ, Resource.KEEPING, _OWN)
        return kept_for(self.installation, self._store.recordings_of(who.id))

    def choose_recordings(self, who: Person, *, keep: bool) -> None:
        """Keep one's recordings, or let them go once they are written down and rated. Single ones may be set apart."""
        require(Who.of(who), Action.CHANGE, Resource.KEEPING, _OWN)
        self._store.choose_recordings(who.id, keep=keep)

    def leaving(self, who: Person) -> tuple[Leaving, ...]:
        """What will go soon, the earliest first, and what is kept against that."""
        require(Who.of(who), Action.READ, Resource.KEEPING, _OWN)
        told = []
        for one, said in self._store.leaving(who.id):
            goes_at = self.periods.goes_at(one, said)
            if goes_at is None:
                continue  # there was a period, and is none any more
            told.append(Leaving(kind=one.kind, id=one.id, goes_at=goes_at, kept=said.kept))
        return tuple(sorted(told, key=_when))

    def title(self, who: Person, one: Leaving) -> str:
        """What a thing is called. Raises NotFoundError where it is gone."""
        require(Who.of(who), Action.READ, Resource.KEEPING, _OWN)
        return self._titles[one.kind](one.id, who.id)

    def keep(self, who: Person, one: Leaving, *, keep: bool) -> None:
        """Keep a thing until one deletes it oneself, or let it go after all. Raises NotFoundError for what is not one's own."""
        require(Who.of(who), Action.CHANGE, Resource.KEEPING, _OWN)
        if not self._store.keep(who.id, one.kind, one.id, keep=keep):
            raise NotFoundError(NO_THING)
        if one.kind is ThingKind.RECORDING:
            self._keep_recording(one.id, who.id, keep)

    def count_leaving(self, who: Person, *, own: bool) -> tuple[int, int]:
        """For whoever looks after an installation: how many things of how many people go soon. ``own``: it is theirs alone."""
        require(Who.of(who), Action.READ, Resource.INSTALLATION, Facts(own=own))
        return self._store.count_leaving()


def kept_for(installation: Keep, chosen: bool | None) -> Keep:  # noqa: FBT001  # a choice, or none
    """What holds for somebody who chose to keep recordings, not to keep them, or nothing."""
    if chosen is None:
        return installation
    if chosen:
        return Keep.ALWAYS
    return Keep.DAY if installation is Keep.ALWAYS else installation


def _when(one: Leaving) -> datetime:
    return one.goes_at
