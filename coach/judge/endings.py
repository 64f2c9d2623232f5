"""How a call to the judge can end, what to try next, and what the user is told."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, auto
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from coach.domain.verdict import JudgeOutcome

if TYPE_CHECKING:
    import openai

MESSAGES = {
    JudgeOutcome.RATED: "The judge read this answer.",
    JudgeOutcome.OFF: "No judge is set up, so the checks look at this answer alone. "
    "To add one, set OPENAI_API_KEY or OPENAI_BASE_URL.",
    JudgeOutcome.WAITING: "The judge has not answered yet. It is asked again on its own; what it says is added here.",
    JudgeOutcome.UNREACHABLE: "The judge could not be reached, or the connection broke off. "
    "Check the network and OPENAI_BASE_URL, then try again.",
    JudgeOutcome.REFUSED_KEY: "The judge's endpoint did not accept the API key. Check OPENAI_API_KEY, then try again.",
    JudgeOutcome.NO_SUCH_MODEL: "The judge's endpoint does not know this model or this address. "
    "Check COACH_JUDGE_MODEL and OPENAI_BASE_URL (it often ends in /v1).",
    JudgeOutcome.OUT_OF_QUOTA: "The judge's account has no credit left. Add credit there, then try again.",
    JudgeOutcome.BUSY: "The judge is busy or still starting. Wait a minute, then try again.",
    JudgeOutcome.TOO_SLOW: "The judge took too long and was given up. "
    "Try again later, or give it more time with COACH_JUDGE_DEADLINE_S.",
    JudgeOutcome.DECLINED: "The judge's model would not read this text. "
    "Some models do that with honest stories of crisis or abuse, and that is no fault of yours.",
    JudgeOutcome.FILTERED: "A content filter in front of the judge stopped this text. "
    "Honest stories of crisis, abuse or suicide often set such filters off, and that is no fault of yours.",
    JudgeOutcome.CUT_SHORT: "The judge's reply broke off before it was whole, so nothing of it is used. "
    "Try a shorter text, or another model.",
    JudgeOutcome.UNREADABLE: "The judge's replies could not be read, so nothing of them is used. "
    "Try again, or use another model.",
    JudgeOutcome.FAULTY: "The judge's server failed. That is no fault of yours. Try again later.",
    JudgeOutcome.RESTING: "The judge failed several times in a row and is left alone for a while.",
    JudgeOutcome.OVER_BUDGET: "What may be spent on the judge in a day is spent. "
    "COACH_JUDGE_DAILY_USD and COACH_JUDGE_DAILY_TOKENS say how much that is.",
}
TOO_LONG = "This text is longer than the judge's model can read. Try a shorter one, or another model."
NO_WORDS = "The checks found no part of a story here for the judge to read."
WEB_PAGE = "The address in OPENAI_BASE_URL answers with a web page, not with a judge. It often has to end in /v1."
NO_MODEL_LISTED = "The judge's endpoint names no model to use. Set COACH_JUDGE_MODEL to one it serves."

LIMIT_NAMES = ("max_completion_tokens", "max_tokens")

_FILTER = re.compile(
    r"content.?filter|content.?management|content.?policy|inspection|moderation|flagged|safety system|responsibleai"
)
_FORMAT = re.compile(r"response.?format|json.?schema|json.?object|structured output|grammar")
_CONTEXT = re.compile(
    r"context.{0,40}(exceed|length|window|size|long)|(exceed|maximum).{0,40}context|prompt is too long"
)
_NO_MODEL = re.compile(r"model.?not.?found|model\b.{0,80}(not exist|not found|unknown)|(unknown|no such) model")
_BUSY = re.compile(r"rate.?limit|overloaded|too many|unavailable|capacity")
_NO_CREDIT = re.compile(r"insufficient.?(quota|balance|credit|funds)|credit balance|no credits")
_SORRY = re.compile(
    r"\W*(i['\u2019]?m|i am|we['\u2019]?re) (very |so )?sorry\b|\W*i (can['\u2019]?t|cannot|won['\u2019]?t)\b",
    re.IGNORECASE,
)
_FOR_THE_MOMENT = {
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.CONFLICT,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    529,  # "overloaded", at some providers
}


class Next(Enum):
    """What may help after a call that gave nothing to use."""

    STOP = auto()
    WAIT = auto()  # the same again a little later
    REFORMAT = auto()  # the next simpler way of asking for JSON
    DROP = auto()  # the same without a parameter the model rejects
    GROW = auto()  # the same with more room for the reply
    ASK_AGAIN = auto()  # say what was wrong with the reply


@dataclass(frozen=True)
class Ending:
    """How one call ended. ``detail`` is a parameter's name (DROP); ``after_s`` the seconds the server asks to wait."""

    outcome: JudgeOutcome
    next: Next = Next.STOP
    message: str = ""
    detail: str = ""
    after_s: float | None = None

    @property
    def told(self) -> str:
        """The sentence for the user."""
        return self.message or MESSAGES[self.outcome]


def of_error(error: Exception, sent: Collection[str]) -> Ending:
    """How a call ended that raised; ``sent`` are the parameters that could be left out."""
    import openai  # noqa: PLC0415  # loaded with the client that raised

    if isinstance(error, openai.APITimeoutError):
        connecting = type(error.__cause__).__name__ == "ConnectTimeout"
        return Ending(JudgeOutcome.UNREACHABLE if connecting else JudgeOutcome.TOO_SLOW)
    if isinstance(error, openai.APIConnectionError):
        return Ending(JudgeOutcome.UNREACHABLE, Next.WAIT)
    if isinstance(error, openai.APIStatusError):
        return _of_status(error, sent)
    if isinstance(error, openai.APIError):  # told in the middle of a stream, where there is no status
        return _of_event(error)
    if type(error).__module__.startswith(("httpx", "httpcore")):  # a stream that broke off
        return Ending(JudgeOutcome.UNREACHABLE, Next.WAIT)
    if isinstance(error, UnicodeEncodeError):  # a key that cannot stand in a header
        return Ending(JudgeOutcome.REFUSED_KEY)
    # JSONDecodeError, AttributeError, TypeError, ValidationError …: the client did not expect such a body
    return Ending(JudgeOutcome.UNREADABLE, Next.WAIT)


def _of_event(error: "openai.APIError") -> Ending:
    words = _words(error)
    if _FILTER.search(words):
        return Ending(JudgeOutcome.FILTERED)
    if _NO_CREDIT.search(words):
        return Ending(JudgeOutcome.OUT_OF_QUOTA)
    return Ending(JudgeOutcome.BUSY if _BUSY.search(words) else JudgeOutcome.FAULTY, Next.WAIT)


def _of_status(error: "openai.APIStatusError", sent: Collection[str]) -> Ending:
    status, words = error.status_code, _words(error)
    if _FILTER.search(words):
        return Ending(JudgeOutcome.FILTERED)
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return Ending(JudgeOutcome.REFUSED_KEY)
    limited = status == HTTPStatus.TOO_MANY_REQUESTS
    if status == HTTPStatus.PAYMENT_REQUIRED or (limited and _NO_CREDIT.search(words)):
        return Ending(JudgeOutcome.OUT_OF_QUOTA)
    if limited or status in _FOR_THE_MOMENT:
        return Ending(JudgeOutcome.BUSY, Next.WAIT, after_s=_retry_after(error))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # llama-cpp-python says with status 500 that it does not take a schema
        return Ending(JudgeOutcome.FAULTY, Next.REFORMAT if _FORMAT.search(words) else Next.WAIT)
    return _of_bad_request(error, words, sent)


def _of_bad_request(error: "openai.APIStatusError", words: str, sent: Collection[str]) -> Ending:
    """What the server did not like about the request."""
    if _FORMAT.search(words):
        return Ending(JudgeOutcome.FAULTY, Next.REFORMAT)
    if error.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED} or _NO_MODEL.search(words):
        return Ending(JudgeOutcome.NO_SUCH_MODEL)
    for name in sent:
        if error.param == name or re.search(rf"\b{name}\b", words):
            return Ending(JudgeOutcome.FAULTY, Next.DROP, detail=name)
    if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE or _CONTEXT.search(words):
        return Ending(JudgeOutcome.DECLINED, message=TOO_LONG)
    return Ending(JudgeOutcome.FAULTY, Next.REFORMAT)


def of_completion(completion: Any) -> Ending | str:
    """The reply's text, or how a call ended that brought none. Raises whatever an unexpected shape makes it raise."""
    if isinstance(completion, str):
        return Ending(JudgeOutcome.UNREADABLE, message=WEB_PAGE)
    choice = completion.choices[0]
    text, finish = choice.message.content, choice.finish_reason
    silent = text is None and finish != "length"  # a length of nothing: the model spent it all on thinking
    sorry = isinstance(text, str) and "{" not in text and _SORRY.match(text)
    if finish == "content_filter":
        return Ending(JudgeOutcome.FILTERED)
    if choice.message.refusal or silent or sorry:
        return Ending(JudgeOutcome.DECLINED)
    if finish == "length":
        return Ending(JudgeOutcome.CUT_SHORT, Next.GROW)
    if not isinstance(text, str) or not text.strip():
        return Ending(JudgeOutcome.UNREADABLE, Next.WAIT)
    return text


def _words(error: "openai.APIError") -> str:
    """What the server says, in lower case; the start of the body where it says it in a way of its own."""
    body = error.body
    said = body.get("message") if isinstance(body, dict) else None
    if not isinstance(said, str):
        said = str(body or error.message)
    return " ".join(str(part) for part in (error.code, error.type, error.param, said[:2000]) if part).lower()


def _retry_after(error: "openai.APIStatusError") -> float | None:
    """The seconds of a Retry-After header; None where there is none, or a date."""
    value = error.response.headers.get("retry-after", "").strip()
    return float(value) if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value) else None
