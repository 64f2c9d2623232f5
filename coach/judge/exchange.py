"""One exchange with an endpoint: as many calls as it takes to get a usable reply, within bounds and one deadline."""

import asyncio
import hashlib
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast

from coach.domain.judging import Usage
from coach.domain.verdict import JudgeOutcome
from coach.judge.client import client
from coach.judge.endings import NO_MODEL_LISTED, Ending, Next, of_completion, of_error
from coach.judge.promptfile import Message, PromptFile
from coach.judge.request import DEFAULT_MODEL, STREAM, Endpoint, Shape
from coach.judge.stream import Watcher, broke_off, gathered

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from openai.types.chat import ChatCompletionMessageParam

log = logging.getLogger(__name__)

WAITS_S = (0.5, 2.0)  # before the second and the third try of a call that failed for the moment
LONGEST_WAIT_S = 10.0  # a server that asks for a longer wait is given up as busy
CONNECT_S = 10.0  # a host that does not answer by then is taken for unreachable
MOST_CALLS = 12  # formats, parameters, limits and tries together stay below this
LONGEST_RAW = 50_000  # characters of a reply that are kept
LONGEST_NAME = 200  # characters of a model's name
MOST_TOKENS = 10_000_000  # a larger count is no count
MOST_PROBLEMS = 8  # of a reply that are named when asking again
_NO_CHAT = ("embed", "rerank", "whisper", "tts")  # in names of models that cannot judge


class Readable(Protocol):
    """A reply as read."""

    @property
    def problems(self) -> tuple[str, ...]:
        """What is missing in it or wrong with it, in words that may be sent back."""

    @property
    def usable(self) -> bool:
        """Whether something can be made of it all the same."""


R = TypeVar("R", bound=Readable)


@dataclass(frozen=True)
class Request(Generic[R]):
    """What is asked, by which prompt, and how the reply is read.

    ``candidate`` reaches the endpoint as it stands here, so it is a pseudonym or empty; ``watch`` is told a reply as it grows.
    """

    messages: list[Message]
    schema: dict[str, Any]
    read: Callable[[str], R]
    candidate: str = ""
    watch: Watcher | None = None
    prompt: PromptFile | None = None


@dataclass(frozen=True)
class Exchange(Generic[R]):
    """How an exchange ended, and what it took. ``reply`` is there if and only if the outcome is RATED."""

    outcome: JudgeOutcome
    message: str
    reply: R | None
    model: str
    calls: int
    usage: Usage
    seconds: float
    raw: str
    shape: Shape


def exchange(
    endpoint: Endpoint,
    request: Request[R],
    shape: Shape,
    *,
    deadline_s: float,
    waits_s: tuple[float, ...] = WAITS_S,
) -> Exchange[R]:
    """Ask until there is a usable reply, and give up after ``deadline_s`` seconds. Never raises for what a server does.

    Blocks, so it must not be called on a running event loop.
    """
    import openai  # noqa: F401, PLC0415  # takes a second or two the first time, which is not the judge's

    started = time.monotonic()
    talk = _Talk(endpoint, request, shape, waits_s)
    ending = asyncio.run(talk.within(deadline_s))
    seconds = time.monotonic() - started
    log.info("judge: %s after %d calls in %.1f s", ending.outcome, talk.calls, seconds)
    return Exchange(
        outcome=ending.outcome,
        message=ending.told,
        reply=talk.best if ending.outcome is JudgeOutcome.RATED else None,
        model=talk.answered_by or talk.model,
        calls=talk.calls,
        usage=talk.usage,
        seconds=seconds,
        raw=talk.raw,
        shape=talk.shape,
    )


class _Talk(Generic[R]):
    """The state of one exchange."""

    def __init__(self, endpoint: Endpoint, request: Request[R], shape: Shape, waits_s: tuple[float, ...]) -> None:
        self._endpoint = endpoint
        self._request = request
        self._messages = list(request.messages)
        self._waits = list(waits_s)
        self._may_ask_again = True
        self.shape = shape
        self.model = endpoint.model
        self.answered_by = ""
        self.best: R | None = None
        self.calls = 0
        self._replies = 0
        self.usage = Usage()
        self.raw = self._best_raw = ""

    async def within(self, deadline_s: float) -> Ending:
        """The whole exchange under one deadline. A usable reply counts, however the exchange ended after it."""
        try:
            async with asyncio.timeout(deadline_s):
                ending = await self._run(deadline_s)
        except TimeoutError:
            ending = Ending(JudgeOutcome.TOO_SLOW)
        except Exception as error:  # noqa: BLE001  # a client that cannot be made or closed must not stop a rating
            ending = of_error(error, ())
        if self.best is not None and self.best.usable:
            self.raw = self._best_raw
            return Ending(JudgeOutcome.RATED)
        return ending

    async def _run(self, deadline_s: float) -> Ending:
        async with client(self._endpoint, deadline_s, min(CONNECT_S, deadline_s)) as connected:
            ending = Ending(JudgeOutcome.FAULTY)
            for _ in range(MOST_CALLS):
                ending = await self._call(connected)
                if not await self._goes_on(ending):
                    break
            return ending

    async def _call(self, to: "AsyncOpenAI") -> Ending:
        arguments = self.shape.arguments(self._request.schema, self._request.candidate)
        self.calls += 1
        try:
            if not self.model:
                self.model = await self._own_model(to)
                if not self.model:
                    return Ending(JudgeOutcome.NO_SUCH_MODEL, message=NO_MODEL_LISTED)
            messages = cast("list[ChatCompletionMessageParam]", self._messages)
            arguments["extra_headers"] = {"Idempotency-Key": self._key(arguments)}
            completion: Any
            if self._streams:
                completion = await self._streamed(to, messages, arguments)
                if completion is None:
                    return Ending(JudgeOutcome.UNREADABLE, Next.DROP, detail=STREAM)
            else:
                completion = await to.chat.completions.create(model=self.model, messages=messages, **arguments)
            self._note(completion)
            if self._streams and broke_off(completion):
                return Ending(JudgeOutcome.UNREACHABLE, Next.WAIT)
            self._replies += 1
            said = of_completion(completion)
        except Exception as error:  # noqa: BLE001  # a malformed body makes the client raise what it likes
            from openai import APIConnectionError  # noqa: PLC0415  # loaded by the call that failed

            self._replies += not isinstance(error, APIConnectionError)
            return of_error(error, (*self.shape.parameters, STREAM) if self._streams else self.shape.parameters)
        return said if isinstance(said, Ending) else self._read(said)

    def _key(self, arguments: dict[str, Any]) -> str:
        """What a request is known by, for providers that then answer and charge it once.

        The same when it is sent again because no reply came, also by a process that took over from one that died.
        """
        asked = json.dumps(
            [self._endpoint.base_url, self.model, self._messages, arguments, self._streams, self._replies]
        )
        return hashlib.sha256(asked.encode()).hexdigest()

    @property
    def _streams(self) -> bool:
        return self._request.watch is not None and STREAM not in self.shape.rejected

    async def _streamed(self, to: "AsyncOpenAI", messages: Any, arguments: dict[str, Any]) -> Any:
        pieces = await to.chat.completions.create(
            model=self.model, messages=messages, stream=True, stream_options={"include_usage": True}, **arguments
        )
        async with pieces:
            return await gathered(pieces, self._request.watch or (lambda _: None))

    async def _own_model(self, to: "AsyncOpenAI") -> str:
        """The model to use where none is named: the first that the endpoint lists."""
        if self._endpoint.is_openai:
            return DEFAULT_MODEL
        listed = (await to.models.list()).data
        names = [model.id for model in listed if isinstance(model.id, str)]
        return next((name for name in names if not any(word in name.lower() for word in _NO_CHAT)), "")

    def _note(self, completion: Any) -> None:
        """Keep what is to be kept of a reply, whether or not it turns out usable."""
        usage = getattr(completion, "usage", None)
        details = getattr(usage, "prompt_tokens_details", None)
        self.usage += Usage(
            calls=1,
            prompt_tokens=_whole(getattr(usage, "prompt_tokens", 0)),
            cached_tokens=_whole(getattr(details, "cached_tokens", 0)),
            completion_tokens=_whole(getattr(usage, "completion_tokens", 0)),
        )
        named = getattr(completion, "model", None)
        self.answered_by = storable(named, LONGEST_NAME) if isinstance(named, str) else ""
        choices = getattr(completion, "choices", None)
        message = choices[0].message if isinstance(choices, list) and choices else None
        said = getattr(message, "content", None) or getattr(message, "refusal", None)
        self.raw = storable(said, LONGEST_RAW) if isinstance(said, str) else ""

    def _read(self, text: str) -> Ending:
        reply = self._request.read(text)
        if self.best is None or _rank(reply) < _rank(self.best):
            self.best, self._best_raw = reply, self.raw
        if not reply.problems:
            return Ending(JudgeOutcome.RATED)
        return Ending(JudgeOutcome.UNREADABLE, Next.ASK_AGAIN, detail="; ".join(reply.problems[:MOST_PROBLEMS]))

    async def _goes_on(self, ending: Ending) -> bool:
        """Prepare the next call. False where there is nothing left to try."""
        shape: Shape | None = self.shape
        match ending.next:
            case Next.STOP:
                return False
            case Next.WAIT:
                return await self._waited(ending.after_s)
            case Next.ASK_AGAIN:
                again, self._may_ask_again = self._may_ask_again, False
                complaint = f"Your reply could not be used: {ending.detail}. Send the whole JSON object again."
                self._messages = [*self._request.messages, {"role": "user", "content": complaint}]
                return again
            case Next.REFORMAT:
                shape = self.shape.reformatted()
            case Next.DROP:
                shape = self.shape.without(ending.detail)
            case Next.GROW:
                shape = self.shape.grown()
        self.shape = shape or self.shape
        return shape is not None

    async def _waited(self, asked_s: float | None) -> bool:
        if not self._waits or (asked_s is not None and asked_s > LONGEST_WAIT_S):
            return False
        own_s = self._waits.pop(0)
        await asyncio.sleep(own_s if asked_s is None else asked_s)
        return True


def storable(text: str, longest: int) -> str:
    """At most ``longest`` characters of ``text``, without what a database or a file cannot hold."""
    return text[:longest].replace("\x00", "").encode("utf-8", "replace").decode()


def _rank(reply: Readable) -> tuple[bool, int]:
    """Less is better."""
    return not reply.usable, len(reply.problems)


def _whole(value: object) -> int:
    """A count of tokens as a server reports it; 0 for anything that cannot be one."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < MOST_TOKENS else 0
