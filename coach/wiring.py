"""Chooses the parts and puts them together. The only place that knows which class stands behind which Protocol."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Self

from coach.bank import load_bank, load_rubric
from coach.belongings import Answers, Belongings, ConsentRecords, InterviewRecords
from coach.checks import Checks
from coach.completing import Completer
from coach.demo_cohort import DemoCohort
from coach.domain.answer import Hearing, Transcript
from coach.domain.judging import Budget, JudgeChoice
from coach.domain.people import LOCAL_ID
from coach.domain.question import Question
from coach.domain.verdict import JudgeOutcome
from coach.errors import CoachError
from coach.interview.engine import waits
from coach.interview.interviews import Interviews
from coach.interview.reports import Reports
from coach.interview.work import Listening
from coach.jobs import Runner
from coach.jobs.rating import Rating
from coach.judge import AnyJudge, ChosenJudge, Judge, JudgePair, Measurements, NoJudge, doctor, prices
from coach.people.accounts import Accounts
from coach.people.coaching import Coaching
from coach.people.cohorts import Cohorts
from coach.people.consent import Consent
from coach.people.dashboards import Dashboards
from coach.people.people import People
from coach.practice import Practice
from coach.recordings import utc_now
from coach.resources import prompts, question_bank
from coach.settings import Settings
from coach.speech import Endpoint, Live, Transcriber, flac, pcm16, pcm_bytes, read_audio
from coach.store import (
    AccountStore,
    AttemptStore,
    CohortStore,
    ConsentStore,
    DashboardStore,
    Database,
    InterviewStore,
    JudgeStore,
    LeaseStore,
    PeopleStore,
    RollupStore,
    SharedStore,
    TakeStore,
)
from coach.store.database import plain_store_errors
from coach.store.migrate import migrate
from coach.store.takes import Packing

log = logging.getLogger(__name__)
LOCAL_CANDIDATE = LOCAL_ID  # the one profile of a machine of one's own


@dataclass(frozen=True)
class Services:
    """Everything a user interface needs, built once a process."""

    settings: Settings
    practice: Practice
    interviews: Interviews
    reports: Reports
    runner: Runner
    secret: str
    judge: ChosenJudge
    books: JudgeStore
    completer: Completer
    load: Callable[[], None]
    people: People
    cohorts: Cohorts
    consent: Consent
    coaching: Coaching
    dashboards: Dashboards
    accounts: Accounts
    belongings: Belongings
    demo_cohort: DemoCohort


class Speech:
    """The speech room as the pipeline wants it: PCM in, transcript out; by Whisper here, or by a server."""

    def __init__(self, model: str, hf_home: Path | None = None, endpoint: Endpoint | None = None) -> None:
        self._transcriber = Transcriber(model, hf_home)
        self._live = Live(self._transcriber)
        self._endpoint = endpoint

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Who listens by these settings. Raises EndpointError for an address that is none."""
        key = settings.whisper_key.get_secret_value() if settings.whisper_key else ""
        endpoint = Endpoint(settings.whisper_url, settings.whisper_model, key) if settings.whisper_url else None
        return cls(settings.whisper_model, settings.hf_home, endpoint)

    def load(self) -> None:
        """Load the weights now. Raises WeightsError."""
        if not self._endpoint:
            self._transcriber.load()

    def hear_pcm(self, pcm: bytes, on_progress: Callable[[float], object] | None = None) -> Transcript:
        """The transcript of 16 kHz mono 16-bit PCM."""
        return (self._endpoint or self._transcriber).transcribe(pcm16(pcm), on_progress)

    def feed(self, take: str, chunk: int, chunk_of: Callable[[int], bytes | None], *, last: bool = False) -> None:
        """Hear a chunk of a take that is being recorded. Never raises."""
        if not self._endpoint:
            self._live.feed(take, chunk, chunk_of, last=last)

    def so_far(self, take: str) -> Hearing | None:
        """How far a take is written down while it is recorded."""
        return self._live.so_far(take)

    def hear_take(self, take: str, pcm: bytes, on_progress: Callable[[float], object] | None = None) -> Transcript:
        """The transcript of a take that may have been heard while it was recorded."""
        if self._endpoint:
            return self._endpoint.transcribe(pcm16(pcm), on_progress)
        return self._live.transcript(take, pcm, on_progress)

    def forget(self, take: str) -> None:
        """Stop hearing a take."""
        self._live.forget(take)

    def pcm_of_file(self, path: Path) -> tuple[bytes, str]:
        """An audio file as PCM, and what was wrong with it. Raises NotAudioError."""
        audio = read_audio(path)
        return pcm_bytes(audio), audio.note


def build_judge(
    settings: Settings, choice: JudgeChoice | None = None, ledger: JudgeStore | None = None, *, measuring: bool = False
) -> Judge | NoJudge | JudgePair:
    """The judge of these settings and of what was chosen over them, or none. Raises JudgeError.

    ``measuring``: what was measured of it before is to have no part in what it says.
    """
    endpoint = _endpoint(settings, choice or JudgeChoice())
    if endpoint is None:
        return NoJudge()
    more: dict[str, Any] = {
        "deadline_s": settings.judge_deadline_s,
        "keep_raw": settings.judge_keep_raw,
        "prompts": prompts(),
        "version": settings.judge_prompt,
        "ledger": ledger,
        "budget": Budget(usd=settings.judge_daily_usd, tokens=settings.judge_daily_tokens),
        "prices": prices(settings.data_dir / "prices.toml"),
        "mask": settings.judge_mask,
        "own_names": settings.own_names,
        "measurements": None if measuring else measurements(settings),
    }
    first = Judge(**endpoint, **more)
    if not settings.judge_second_model:
        return first
    return JudgePair(first, Judge(**{**endpoint, "model": settings.judge_second_model}, **more))


def measurements(settings: Settings) -> Measurements:
    """What was measured of judges here, beside the checks of today."""
    return Measurements(settings.data_dir / "judge_measured.jsonl", Checks.version)


def _endpoint(settings: Settings, choice: JudgeChoice) -> dict[str, Any] | None:
    """Where to ask, or None. The key goes to the address of the settings only, never to one that was chosen on a page."""
    if settings.judge_off or not choice.on:
        return None
    if choice.base_url:
        return {"api_key": "", "base_url": choice.base_url, "model": choice.model}
    if not settings.has_judge:
        return None
    return {
        "api_key": settings.openai_api_key.get_secret_value() if settings.openai_api_key else "",
        "base_url": settings.openai_base_url,
        "model": choice.model or settings.judge_model,
    }


def examine_judge(settings: Settings, choice: JudgeChoice | None = None) -> list[str]:
    """What works with the judge of these settings and of what was chosen over them, in plain lines."""
    endpoint = _endpoint(settings, choice or JudgeChoice())
    known = prices(settings.data_dir / "prices.toml")
    return doctor(**endpoint, deadline_s=settings.judge_deadline_s, known=known) if endpoint else doctor()


def build(settings: Settings) -> Services:
    """All services for these settings. Opens and migrates the database. Raises CoachError with what is wrong."""
    database = Database(settings.database)
    migrate(database)
    books = JudgeStore(database)
    judge = ChosenJudge(books, lambda choice: build_judge(settings, choice, books))
    judge.current()  # a prompt or price list that cannot be used is said now, not in the middle of an answer
    attempts, kept = AttemptStore(database), InterviewStore(database, waits)
    speech = Speech.of(settings)
    practice = _practice(settings, judge, database, speech)
    RollupStore(database).know({question.key: question.settings for question in practice.bank.questions})
    completer = Completer(practice, books)
    kinds = (Listening(practice, kept, attempts, utc_now), Rating(attempts, partial(_rate, practice, completer)))
    runner = Runner(kinds, LeaseStore(database), utc_now)
    return Services(
        settings=settings,
        practice=practice,
        interviews=Interviews(practice, kept, history=attempts.history, clock=utc_now, wake=runner.wake),
        reports=Reports(practice, kept, partial(runner.trouble, Rating.name), runner.wake),
        runner=runner,
        secret=_secret(settings),
        load=partial(_load, practice, speech),
        judge=judge,
        books=books,
        completer=completer,
        **_people(settings, database, practice, kept),
    )


def _people(settings: Settings, database: Database, practice: Practice, interviews: InterviewStore) -> dict[str, Any]:
    """The services about people, by the names they have among all services."""
    store, cohort_store, consent_store = PeopleStore(database), CohortStore(database), ConsentStore(database)
    takes = _takes(settings)
    parts = (
        Answers(AttemptStore(database), takes, practice.delete),
        InterviewRecords(interviews),
        ConsentRecords(consent_store),
    )
    people = People(store, utc_now, hosted=settings.hosted)
    cohorts = Cohorts(cohort_store, store, utc_now)
    consent = Consent(consent_store, utc_now)
    belongings = Belongings(parts, store, utc_now)
    return {
        "people": people,
        "cohorts": cohorts,
        "consent": consent,
        "coaching": Coaching(SharedStore(database), takes, utc_now),
        "dashboards": Dashboards(DashboardStore(database), utc_now),
        "accounts": Accounts(people, consent, AccountStore(database), utc_now),
        "belongings": belongings,
        "demo_cohort": DemoCohort(practice, cohorts, store, consent_store, belongings, utc_now),
    }


def _rate(practice: Practice, completer: Completer, attempt_id: str, candidate: str) -> None:
    """Rate by the checks; in an interview, where no page watches, the judge is asked right away, and nobody waits for it."""
    attempt = practice.rate_by_checks(attempt_id, candidate)
    if attempt.interview_id and attempt.judge and attempt.judge.outcome is JudgeOutcome.WAITING:
        completer.ask(attempt_id, candidate)


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
    """A practice that only scores: its database lives in memory and is never used."""
    judge = build_judge(settings, choice, measuring=measuring) if judged else NoJudge()
    return _practice(settings, judge, Database("sqlite://"), Speech.of(settings))


def _practice(settings: Settings, judge: AnyJudge | ChosenJudge, database: Database, speech: Speech) -> Practice:
    return Practice(
        bank=load_bank(question_bank()),
        rubric=load_rubric(),
        checks=Checks(settings.own_names),
        judge=judge,
        transcriber=speech,
        live=speech,
        attempts=AttemptStore(database),
        takes=_takes(settings),
        waiting=JudgeStore(database),
        keep=settings.keep_recordings,
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
