"""The judge of some settings, and of what was chosen over them."""

from typing import Any

from coach.checks import Checks
from coach.domain.judging import Budget, JudgeChoice
from coach.judge import (
    AnyJudge,
    Door,
    Endpoint,
    Judge,
    JudgePair,
    Ledger,
    Measurements,
    NoJudge,
    Terms,
    doctor,
    models,
    prices,
)
from coach.resources import prompts
from coach.settings import Settings


def build_door(settings: Settings, choice: JudgeChoice | None = None, ledger: Ledger | None = None) -> Door:
    """The door to the judge of these settings and of what was chosen over them; a closed one where there is none. Raises JudgeError."""
    terms = Terms(
        deadline_s=settings.judge_deadline_s,
        keep_raw=settings.judge_keep_raw,
        ledger=ledger,
        budget=Budget(usd=settings.judge_daily_usd, tokens=settings.judge_daily_tokens),
        prices=prices(settings.data_dir / "prices.toml"),
        mask=settings.judge_mask,
        own_names=settings.own_names,
    )
    endpoint = endpoint_of(settings, choice or JudgeChoice())
    return Door(Endpoint.of(**endpoint) if endpoint else None, terms)


def build_judge(settings: Settings, door: Door, *, measuring: bool = False) -> AnyJudge:
    """The judge behind a door, or none. Raises JudgeError.

    ``measuring``: what was measured of it before is to have no part in what it says.
    """
    if not door.is_open:
        return NoJudge()
    known = None if measuring else measurements(settings)
    first, second = (
        Judge(one, prompts=prompts(), version=settings.judge_prompt, measurements=known)
        for one in (door, door.to(settings.judge_second_model))
    )
    return JudgePair(first, second) if settings.judge_second_model else first


def measurements(settings: Settings) -> Measurements:
    """What was measured of judges here, beside the checks of today."""
    return Measurements(settings.data_dir / "judge_measured.jsonl", Checks.version)


def endpoint_of(settings: Settings, choice: JudgeChoice) -> dict[str, Any] | None:
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


def models_of(settings: Settings) -> tuple[str, ...]:
    """The models that the judge of the settings lists; none where there is none, or it lists nothing."""
    endpoint = endpoint_of(settings, JudgeChoice())
    return models(Endpoint.of(**endpoint)) if endpoint else ()


def examine_judge(settings: Settings, choice: JudgeChoice | None = None) -> list[str]:
    """What works with the judge of these settings and of what was chosen over them, in plain lines."""
    endpoint = endpoint_of(settings, choice or JudgeChoice())
    known = prices(settings.data_dir / "prices.toml")
    if endpoint is None:
        return doctor()
    return doctor(**endpoint, deadline_s=settings.judge_deadline_s, known=known, mask=settings.judge_mask)
