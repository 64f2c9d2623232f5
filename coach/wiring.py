"""Chooses the parts and puts them together. The only place that knows which class stands behind which Protocol."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from coach.bank import load_bank, load_rubric
from coach.checks import Checks
from coach.domain.answer import Transcript
from coach.domain.question import Question
from coach.errors import CoachError
from coach.interview.engine import waits
from coach.interview.interviews import Interviews
from coach.interview.reports import Reports
from coach.interview.work import Listening
from coach.jobs import Runner
from coach.jobs.rating import Rating
from coach.judge import Judge, NoJudge, doctor
from coach.practice import Practice, utc_now
from coach.resources import prompts, question_bank
from coach.settings import Settings
from coach.speech import Transcriber, pcm16, pcm_bytes, read_audio
from coach.store import AttemptStore, Database, InterviewStore, LeaseStore, TakeStore
from coach.store.database import plain_store_errors
from coach.store.migrate import migrate

log = logging.getLogger(__name__)
LOCAL_CANDIDATE = "local"  # the one profile of a machine of one's own


@dataclass(frozen=True)
class Services:
    """Everything a user interface needs, built once a process."""

    settings: Settings
    practice: Practice
    interviews: Interviews
    reports: Reports
    runner: Runner
    secret: str
    load: Callable[[], None]


class Speech:
    """The speech room as the pipeline wants it: PCM in, transcript out."""

    def __init__(self, model: str, hf_home: Path | None = None) -> None:
        self._transcriber = Transcriber(model, hf_home)

    def load(self) -> None:
        """Load the weights now. Raises WeightsError."""
        self._transcriber.load()

    def hear_pcm(self, pcm: bytes, on_progress: Callable[[float], object] | None = None) -> Transcript:
        """The transcript of 16 kHz mono 16-bit PCM."""
        return self._transcriber.transcribe(pcm16(pcm), on_progress)

    def pcm_of_file(self, path: Path) -> tuple[bytes, str]:
        """An audio file as PCM, and what was wrong with it. Raises NotAudioError."""
        audio = read_audio(path)
        return pcm_bytes(audio), audio.note


def build_judge(settings: Settings) -> Judge | NoJudge:
    """The judge of these settings, or none."""
    if not settings.has_judge:
        return NoJudge()
    return Judge(**_endpoint(settings), keep_raw=settings.judge_keep_raw, prompts=prompts())


def _endpoint(settings: Settings) -> dict[str, Any]:
    return {
        "api_key": settings.openai_api_key.get_secret_value() if settings.openai_api_key else "",
        "base_url": settings.openai_base_url,
        "model": settings.judge_model,
        "deadline_s": settings.judge_deadline_s,
    }


def examine_judge(settings: Settings) -> list[str]:
    """What works with the judge of these settings, in plain lines."""
    return doctor(**_endpoint(settings))


def build(settings: Settings) -> Services:
    """All services for these settings. Opens and migrates the database. Raises CoachError with what is wrong."""
    database = Database(settings.database)
    migrate(database)
    attempts, kept = AttemptStore(database), InterviewStore(database, waits)
    speech = Speech(settings.whisper_model, settings.hf_home)
    practice = _practice(settings, build_judge(settings), attempts, speech)
    kinds = (Listening(practice, kept, attempts, utc_now), Rating(attempts, practice.rate))
    runner = Runner(kinds, LeaseStore(database), utc_now)
    return Services(
        settings=settings,
        practice=practice,
        interviews=Interviews(practice, kept, history=attempts.history, clock=utc_now, wake=runner.wake),
        reports=Reports(practice, kept, partial(runner.trouble, Rating.name), runner.wake),
        runner=runner,
        secret=_secret(settings),
        load=partial(_load, practice, speech),
    )


def _load(practice: Practice, speech: Speech) -> None:
    """Load what listens and checks, so that the first answer does not wait for it."""
    try:
        speech.load()
        practice.check(Question.free("How was it?"), "I called the office, and she kept her flat.")
    except CoachError as error:  # it is told again where it matters
        log.warning("not everything could be loaded: %s", type(error).__name__)


def build_scorer(settings: Settings, *, judged: bool) -> Practice:
    """A practice that only scores: its database lives in memory and is never used."""
    database = Database("sqlite://")
    speech = Speech(settings.whisper_model, settings.hf_home)
    return _practice(settings, build_judge(settings) if judged else NoJudge(), AttemptStore(database), speech)


def _practice(settings: Settings, judge: Judge | NoJudge, attempts: AttemptStore, speech: Speech) -> Practice:
    return Practice(
        bank=load_bank(question_bank()),
        rubric=load_rubric(),
        checks=Checks(settings.own_names),
        judge=judge,
        transcriber=speech,
        attempts=attempts,
        takes=TakeStore(settings.data_dir / "takes"),
    )


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
