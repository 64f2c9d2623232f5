"""The purge: what is old is announced, and goes when nobody kept it. Doing it again changes nothing; the log gets numbers alone."""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from coach.domain.keeping import Aged, Announced, Periods, Purged, ThingKind
from coach.errors import NotFoundError
from coach.recordings import Recordings

log = logging.getLogger(__name__)


class Store(Protocol):
    """Knows what is old and what was announced."""

    def aged(self, kind: ThingKind, before: datetime) -> tuple[Aged, ...]: ...
    def announced(self, kind: ThingKind) -> dict[str, Announced]: ...
    def announce(self, things: Collection[Aged], at: datetime) -> None: ...
    def take_back(self, kind: ThingKind, idents: Collection[str]) -> None: ...
    def erase(self, *, whole: bool = False) -> None: ...


class Room(NamedTuple):
    """How things of one kind are told apart, and deleted with everything of them: several of one person at a time."""

    title: Callable[[str, str], str]
    delete: Callable[[Sequence[str], str], object]


class Purge:
    """``recorded``: the services that keep recordings."""

    def __init__(
        self,
        store: Store,
        *,
        periods: Periods,
        rooms: Mapping[ThingKind, Room],
        recorded: Sequence[Recordings],
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._periods = periods
        self._rooms = rooms
        self._recorded = recorded
        self._clock = clock

    def run(self, *, dry: bool = False, whole: bool = False) -> Purged:
        """Announce what will be due, delete what is due and was announced long enough ago; ``dry`` only counts.

        ``whole`` writes the database anew afterwards, whatever its size.
        """
        now = self._clock()
        let_go, recordings = self._recordings(now, dry=dry)
        things = {kind: self._store.aged(kind, self._soon(kind, now)) for kind in self._rooms if self._periods.of(kind)}
        if self._periods.recordings:
            things[ThingKind.RECORDING] = tuple(recordings)
        deleted: dict[ThingKind, int] = {}
        announced = 0
        for kind in ThingKind:
            due, new = self._sorted(kind, things.get(kind, ()), now, dry=dry)
            announced += len(new)
            deleted[kind] = len(due) if dry else self._delete(kind, due)
            if new and not dry:
                self._store.announce(new, now)
        purged = Purged({kind: count for kind, count in deleted.items() if count}, let_go, announced)
        if not dry:
            self._store.erase(whole=whole)
            told = ", ".join(f"{count} {kind}" for kind, count in purged.deleted.items()) or "nothing"
            log.info("purge: deleted %s; let %d recordings go; announced %d", told, let_go, announced)
        return purged

    def _soon(self, kind: ThingKind, now: datetime) -> datetime:
        """Whose period began before this is told by now that it ends."""
        return now - timedelta(days=(self._periods.of(kind) or 0) - self._periods.notice)

    def _recordings(self, now: datetime, *, dry: bool) -> tuple[int, list[Aged]]:
        """Lets go what nobody wants to keep; returns how many, and what is old of all others that nobody kept on purpose."""
        let_go, old = 0, []
        before = self._soon(ThingKind.RECORDING, now)
        for room in self._recorded:
            for answer, owner in room.everybodys():
                if room.is_over(answer, owner):
                    let_go += 1
                    if not dry:
                        room.let_go(answer.id)
                elif answer.transcript and answer.created_at < before and not room.is_kept_on_purpose(answer.id):
                    old.append(Aged(ThingKind.RECORDING, answer.id, owner, answer.created_at))
        return let_go, old

    def _sorted(
        self, kind: ThingKind, things: Iterable[Aged], now: datetime, *, dry: bool
    ) -> tuple[list[Aged], list[Aged]]:
        """What goes now, and what is to be announced. What was announced and is not old any more is taken back."""
        things = tuple(things)
        said = self._store.announced(kind)
        gone = said.keys() - {one.id for one in things}
        if gone and not dry:
            self._store.take_back(kind, gone)
        due = [
            one
            for one in things
            if (told := said.get(one.id))
            and not told.kept
            and (goes_at := self._periods.goes_at(one, told))
            and goes_at <= now
        ]
        return due, [one for one in things if one.id not in said]

    def _delete(self, kind: ThingKind, due: Sequence[Aged]) -> int:
        by_owner: dict[str, list[str]] = defaultdict(list)
        for one in due:
            by_owner[one.owner].append(one.id)
        for owner, idents in by_owner.items():
            if kind is ThingKind.RECORDING:
                for ident in idents:
                    self._recorded[0].let_go(ident)  # all rooms keep them in one folder
            else:
                self._rooms[kind].delete(idents, owner)
            self._store.take_back(kind, idents)
        return len(due)


def one_by_one(delete: Callable[[str, str], object]) -> Callable[[Sequence[str], str], None]:
    """Deletes several things by what deletes one; what somebody deleted meanwhile is gone."""

    def delete_all(idents: Sequence[str], owner: str) -> None:
        for ident in idents:
            try:
                delete(ident, owner)
            except NotFoundError:
                continue

    return delete_all
