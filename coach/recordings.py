"""The takes of an attempt: kept piece by piece, heard, written down, and let go when their time has come."""

import logging
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from coach.domain.answer import Hearing, Take, Transcript
from coach.errors import CoachError, ConflictError, NotFoundError
from coach.ports import Allowance, Answered, AnswerStore, Live, Progress, TakeStore, Transcriber
from coach.settings import Keep

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
KeepOf = Callable[[str], bool | None]


def utc_now() -> datetime:
    """The clock of production."""
    return datetime.now(UTC)


def nobody_chose(_candidate: str) -> None:
    """What a candidate chose about their recordings, where nobody is asked."""


class Recordings:
    """All that is done with recordings. Each method that names an attempt raises NotFoundError where the candidate has none such."""

    def __init__(
        self,
        *,
        attempts: AnswerStore,
        takes: TakeStore,
        transcriber: Transcriber,
        live: Live | None = None,
        keep: Keep = Keep.ALWAYS,
        keep_of: KeepOf = nobody_chose,
        clock: Clock = utc_now,
        allowance: Allowance | None = None,
    ) -> None:
        self._attempts = attempts
        self._allowance = allowance
        self._takes = takes
        self._transcriber = transcriber
        self._live = live
        self.keep = keep
        self._keep_of = keep_of
        self._clock = clock
        self.wake: Callable[[], object] = _nobody
        """Rung when there is something to do for whoever works behind."""

    def put_chunk(
        self, attempt_id: str, candidate: str, take: int, chunk: int, pcm: bytes, *, last: bool = False
    ) -> Hearing | None:
        """Keep a piece of a recording, then hear it. Returns how far the take is written down, if somebody listens.

        ``last``: the speaker has stopped, so what is left is heard at once.
        """
        self._attempts.get(attempt_id, candidate)
        self._require_take(attempt_id, take)
        self._takes.put(attempt_id, take, chunk, pcm)
        if self._live is None or self._takes.is_sealed(attempt_id, take):
            return None
        name = take_name(attempt_id, take)
        self._live.feed(name, chunk, lambda n: self._takes.chunk(attempt_id, take, n), last=last)
        return self._live.so_far(name)

    def begin_take(self, attempt_id: str, candidate: str) -> Take:
        """A new, empty take; earlier ones stay as they are. Raises ConflictError where there may be no more."""
        self._attempts.get(attempt_id, candidate)
        self._require_another(attempt_id)
        return self._takes.begin(attempt_id)

    def finish_take(self, attempt_id: str, candidate: str, take: int, chunks: int, note: str = "") -> Take:
        """The speaker has finished a take of so many chunks. ``note``: what was wrong with the sound as it came."""
        self._attempts.get(attempt_id, candidate)
        return self._finished(candidate, self._takes.seal(attempt_id, take, chunks, note))

    def add_recording(self, attempt_id: str, candidate: str, file: Path) -> Take:
        """Keep a whole audio file as a new take. Raises NotAudioError, and ConflictError where there may be no more."""
        self._attempts.get(attempt_id, candidate)
        self._require_another(attempt_id)
        pcm, note = self._transcriber.pcm_of_file(file)
        number = self._takes.begin(attempt_id).number
        piece = 16_000 * 2 * 20  # bytes: 20 seconds
        pieces = [pcm[i : i + piece] for i in range(0, len(pcm), piece)]
        for n, chunk in enumerate(pieces):
            self._takes.put(attempt_id, number, n, chunk)
        return self._finished(candidate, self._takes.seal(attempt_id, number, len(pieces), note))

    def takes(self, attempt_id: str, candidate: str) -> tuple[Take, ...]:
        """The recordings of an attempt that have sound in them, the first first."""
        self._attempts.get(attempt_id, candidate)
        return self._takes.all_of(attempt_id)

    def current_take(self, attempt_id: str, candidate: str) -> Take:
        """The take that is being recorded, was recorded last, or will be the first."""
        self._attempts.get(attempt_id, candidate)
        return self._takes.current(attempt_id)

    def sound(self, attempt_id: str, candidate: str, take: int) -> bytes:
        """A take's PCM."""
        self._attempts.get(attempt_id, candidate)
        return self._takes.pcm(attempt_id, take)

    def hear(self, attempt_id: str, candidate: str, on_progress: Progress | None = None) -> Transcript:
        """Write down the last take; the transcript is stored and becomes the draft to correct. Raises NotFoundError.

        It is not stored where a new take was begun meanwhile.
        """
        takes = self.takes(attempt_id, candidate)
        if not takes:
            raise NotFoundError("There is no recording to write down yet.")
        transcript = self.write_down(takes[-1], on_progress)
        if self._takes.current(attempt_id).number == takes[-1].number:
            self._attempts.save_transcript(attempt_id, candidate, transcript)
        return transcript

    def write_down(self, take: Take, on_progress: Progress | None = None) -> Transcript:
        """What is said in a take. Nothing is stored."""
        started = time.monotonic()
        pcm = self._takes.pcm(take.attempt, take.number)
        transcript = (
            self._live.hear_take(take_name(take.attempt, take.number), pcm, on_progress)
            if self._live
            else self._transcriber.hear_pcm(pcm, on_progress)
        )
        lost = f"{len(take.missing)} of its pieces (2 seconds each) never arrived, so words may be missing."
        notes = [take.note, transcript.note, lost if take.missing else ""]
        log.info(
            "attempt %s transcribed: %.1f s of sound in %.1f s", take.attempt, take.seconds, time.monotonic() - started
        )
        return transcript.model_copy(update={"note": " ".join(filter(None, notes))})

    def use_take(self, attempt_id: str, candidate: str, take: int) -> None:
        """Take an earlier recording as the answer instead of a new one."""
        self._attempts.get(attempt_id, candidate)
        self._finished(candidate, self._takes.copy(attempt_id, take))

    def keeps_recordings(self, attempt_id: str, candidate: str) -> bool:
        """Whether recordings stay once they are written down and rated: as chosen for these, or by the candidate, or as the settings say."""
        self._attempts.get(attempt_id, candidate)
        return self._keeps(attempt_id, candidate)

    def _keeps(self, attempt_id: str, candidate: str) -> bool:
        chosen = self._takes.chosen(attempt_id)
        return self._standing(candidate) if chosen is None else chosen

    def _standing(self, candidate: str) -> bool:
        """Whether recordings stay of which nobody said anything."""
        chosen = self._keep_of(candidate)
        return self.keep is Keep.ALWAYS if chosen is None else chosen

    def is_kept_on_purpose(self, attempt_id: str) -> bool:
        """Whether somebody said of these very recordings that they are to stay."""
        return self._takes.chosen(attempt_id) is True

    def choose_recordings(self, attempt_id: str, candidate: str, *, keep: bool) -> None:
        """Keep the recordings of an attempt for good, or let them go when its time has come."""
        self._attempts.get(attempt_id, candidate)
        self._takes.choose(attempt_id, keep=keep)

    def tidy_recordings(self, candidate: str) -> int:
        """Delete recordings of one candidate whose time has come; returns of how many attempts."""
        over = [one.id for one in self._attempts.all_of(candidate) if self.is_over(one, candidate)]
        for attempt in over:
            self.let_go(attempt)
        return len(over)

    def everybodys(self) -> Iterator[tuple[Answered, str]]:
        """Everything that has recordings, of all candidates, with whose it is."""
        for ident, candidate in self._attempts.owners(self._takes.attempts()).items():
            try:
                yield self._attempts.get(ident, candidate), candidate
            except NotFoundError:  # deleted while we went through
                continue

    def is_over(self, one: Answered, candidate: str) -> bool:
        """Whether the time of recordings has come: their answer is rated, its words are stored, and nobody wants to keep them."""
        grace = timedelta(days=1) if self.keep is not Keep.NEVER else timedelta()
        return bool(
            one.rated_at
            and one.transcript
            and self._clock() - one.rated_at >= grace
            and not self._keeps(one.id, candidate)
            and self._takes.all_of(one.id)
        )

    def let_go(self, attempt_id: str) -> None:
        """Delete the recordings of an answer; its words stay."""
        self._takes.delete(attempt_id)

    def most_takes(self, attempt_id: str, candidate: str) -> int | None:
        """How often this answer may be recorded, where somebody set a limit."""
        self._attempts.get(attempt_id, candidate)
        return self._most(attempt_id)

    def _most(self, attempt_id: str) -> int | None:
        return self._allowance.most_takes(attempt_id) if self._allowance else None

    def takes_left(self, attempt_id: str, candidate: str) -> int | None:
        """How many recordings may still be begun; None: as many as one likes."""
        most = self.most_takes(attempt_id, candidate)
        return None if most is None else max(0, most - self._recorded(attempt_id))

    def _recorded(self, attempt_id: str) -> int:
        newest = self._takes.current(attempt_id)
        begun = newest.number if newest.seconds or newest.number > 1 else 0
        return begun - self._takes.copies(attempt_id)

    def _require_another(self, attempt_id: str) -> None:
        most = self._most(attempt_id)
        if most is not None and self._recorded(attempt_id) >= most:
            raise _too_many(most)

    def _require_take(self, attempt_id: str, take: int) -> None:
        """A recorder that goes round the pages may begin no more takes than these."""
        most = self._most(attempt_id)
        if most is not None and take > most + self._takes.copies(attempt_id):
            raise _too_many(most)

    def _finished(self, candidate: str, take: Take) -> Take:
        if take.seconds:
            self._attempts.finish_recording(take.attempt, candidate)
            self.wake()
        return take

    def _after_rating(self, attempt_id: str, candidate: str) -> None:
        """Packs the recordings, or deletes them if they are not even kept for a day. A rating never fails because of it."""
        try:
            attempt = self._attempts.get(attempt_id, candidate)
            if attempt.transcript and self.keep is Keep.NEVER and not self._keeps(attempt_id, candidate):
                self._takes.delete(attempt_id)
            else:
                self._takes.pack(attempt_id)
        except CoachError as error:
            log.warning("the recordings of attempt %s stay as they are: %s", attempt_id, type(error).__name__)

    def _forget_live(self, attempt_id: str) -> None:
        if self._live:
            self._live.forget(take_name(attempt_id, self._takes.current(attempt_id).number))


def _nobody() -> None:
    """Nobody works behind: whoever calls does it themselves."""


def _too_many(most: int) -> ConflictError:
    times = "once" if most == 1 else f"{most} times" if most > 0 else "no more"
    return ConflictError(
        f"Your coach lets this answer be recorded {times}. Use what you recorded, or an earlier recording."
    )


def take_name(attempt: str, take: int) -> str:
    """One name for a take, among all that are recorded at the same time."""
    return f"{attempt}/{take}"
