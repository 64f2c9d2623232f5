"""Where judges are to be had: hosted ones by what has to be set, those on this computer by looking for them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from coach.domain.judging import SERVED_PORT
from coach.judge.client import client
from coach.judge.exchange import storable
from coach.judge.request import DEFAULT_MODEL, Endpoint

_LOOK_S = 2.0
_LIST_S = 5.0
MOST_MODELS = 200
_NO_CHAT = ("embed", "rerank", "whisper", "tts", "dall-e", "image", "moderation", "sora", "transcribe", "realtime")


@dataclass(frozen=True)
class Preset:
    """A hosted judge, and what has to stand in ``.env`` to use it. The key is written there by the user, never into a page."""

    name: str
    lines: tuple[str, ...]
    note: str


HOSTED = (
    Preset(
        "OpenAI",
        ("OPENAI_API_KEY=your key", f"COACH_JUDGE_MODEL={DEFAULT_MODEL}"),
        "Answers are sent to OpenAI and paid for by the token.",
    ),
    Preset(
        "Azure",
        (
            "OPENAI_API_KEY=your resource's key",
            "OPENAI_BASE_URL=https://YOUR-RESOURCE.openai.azure.com/openai/v1/",
            "COACH_JUDGE_MODEL=the name of your deployment",
        ),
        "Answers are sent to your own Azure resource. Its content filter is strict: stories of abuse or suicide may be stopped by it.",
    ),
    Preset(
        "A server of your own",
        ("OPENAI_BASE_URL=http://your-server:8000/v1", "COACH_JUDGE_MODEL=the model it serves"),
        "vLLM, llama.cpp, LM Studio, Ollama on another machine: whatever speaks chat completions. Answers go there and nowhere else.",
    ),
)
_LOCAL = (
    ("Ollama", "http://127.0.0.1:11434/v1"),
    ("coach judge serve", f"http://127.0.0.1:{SERVED_PORT}/v1"),
    ("LM Studio", "http://127.0.0.1:1234/v1"),
    ("llama.cpp", "http://127.0.0.1:8080/v1"),
)


@dataclass(frozen=True)
class Noticed:
    """A server that runs on this computer, and the models it lists."""

    name: str
    base_url: str
    models: tuple[str, ...]


def noticed(places: Sequence[tuple[str, str]] = _LOCAL, within_s: float = _LOOK_S) -> tuple[Noticed, ...]:
    """Judges that run on this computer now. Only looks, and only here: no answer is sent."""

    async def look() -> list[tuple[str, ...]]:
        return await asyncio.gather(*(_listed(Endpoint.of("", url, ""), within_s) for _, url in places))

    found = zip(places, asyncio.run(look()), strict=True)
    return tuple(Noticed(name, url, models) for (name, url), models in found if models)


def models(endpoint: Endpoint) -> tuple[str, ...]:
    """The models an endpoint lists that may be able to judge; none where it lists nothing or cannot be reached."""
    return asyncio.run(_listed(endpoint, _LIST_S))


async def _listed(endpoint: Endpoint, within_s: float) -> tuple[str, ...]:
    from openai import OpenAIError  # noqa: PLC0415  # only where judges are looked for

    try:
        async with asyncio.timeout(within_s), client(endpoint, within_s) as connected:
            listed = (await connected.models.list()).data
            names = [storable(model.id, 200) for model in listed[:MOST_MODELS] if isinstance(model.id, str)]
    except (OpenAIError, OSError, ValueError, AttributeError, TypeError):  # TimeoutError is an OSError
        return ()
    return tuple(name for name in names if not any(word in name.lower() for word in _NO_CHAT))
