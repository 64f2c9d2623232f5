"""Which judge is used: what is set up or runs here, what works with it, what it costs, and how well it rates."""

from datetime import UTC, datetime

import streamlit as st

from coach.domain.judging import JudgeChoice, ToRate
from coach.domain.question import Question
from coach.judge import HOSTED, Noticed, noticed, open_models, said, shown_address
from coach.settings import Settings
from coach.ui import session
from coach.wiring import Services, examine_judge, models_of

_OFF = "Checks only: nothing is sent anywhere"
_AT_A_GLANCE = 6  # choices that are shown all at once
_USUAL = "x" * 1_200  # an answer of a usual length, to say what one costs


def choose_judge(services: Services) -> None:
    """Which judge is used, with what each would get."""
    books, settings = services.books, services.settings
    choice = books.choice()
    if settings.judge_off:
        st.markdown("**Checks on this computer alone.** `COACH_JUDGE_OFF` is set, so nothing is sent to any judge.")
        return
    st.markdown(_in_use(services, choice))
    if services.judge.is_on:
        st.markdown(_cost(services))
        st.markdown(_measured(services))
    with st.container(horizontal=True):
        look = st.button("Look for judges on this computer", icon=":material/search:")
        examine = services.judge.is_on and st.button("Try the judge", icon=":material/stethoscope:")
    if examine:
        with st.spinner("Asking it one small invented question …"):
            session.remember("tried", tuple(examine_judge(settings, choice)))
            session.remember("models", models_of(settings))
    st.markdown("\n".join(f"- {line}" for line in session.remembered("tried")))
    if look or not session.remembered("looked"):  # those that run here are noticed when the page is opened
        with st.spinner("Looking …"):
            session.remember("judges", noticed())
        session.remember("looked", (True,))
    here: tuple[Noticed, ...] = session.remembered("judges")
    if here and not services.judge.is_on:
        names = " and ".join(one.name for one in here)
        st.info(f"{names} runs on this computer. Choose a model of it below to have answers read by it, too.")
    if look and not here:
        st.markdown("None runs here now. Ollama, LM Studio and `coach judge serve` are noticed once they are started.")
    options = _options(settings, choice, here)
    current = next((name for name, one in options.items() if one == choice), next(iter(options)))
    label, at = "Who reads your answers beside the checks", list(options).index(current)
    told = "A judge on this computer is sent your answers only once you choose it here."
    if len(options) <= _AT_A_GLANCE:
        picked = st.radio(label, list(options), index=at, help=told)
    else:
        picked = st.selectbox(label, list(options), index=at, help=told, format_func=_plain)
    if picked != current and st.button("Use this from now on", type="primary"):
        books.choose(options[picked])
        session.remember("tried", ())
        st.rerun()
    _hosted()


def _in_use(services: Services, choice: JudgeChoice) -> str:
    door = services.door.current()
    if not door.is_open:
        return "**Checks on this computer alone**: nothing you say or write leaves it."
    model, address = door.model or "the first it lists", choice.base_url or _address(services.settings)
    if door.stays_here:
        return f"Checks, and a judge on this computer: model **{model}** at `{address}`. Nothing leaves this computer."
    masked = (
        "Names, numbers and dates that could identify somebody are replaced by placeholders first."
        if door.masks_identifiers
        else "**They go as they are**: `COACH_JUDGE_MASK` is off."
    )
    return f"Checks, and a judge: model **{model}** at `{address}`. Your questions and answers are sent there. {masked}"


def _cost(services: Services) -> str:
    """What an answer costs, what was spent today, and what a day may cost."""
    settings = services.settings
    if services.door.current().stays_here:
        return "Rating costs nothing."
    cost = services.judge.expected(ToRate(question=Question.free("."), text=_USUAL, rubric=services.practice.rubric))
    answer = "What an answer costs is not known" if cost is None else f"An answer costs about **{said(cost)}**"
    today = services.books.spent(datetime.now(UTC).date().isoformat())
    return (
        f"{answer}. Spent today: {said(today.usd)} and {today.tokens:,} tokens, of at most {settings.judge_daily_usd:.2f} US dollars and "
        f"{settings.judge_daily_tokens:,} tokens a day."
    )


def _address(settings: Settings) -> str:
    return shown_address(settings.openai_base_url) or "OpenAI"


def _measured(services: Services) -> str:
    """How well the judge in use agrees with people, beside the checks."""
    found = services.judge.measured
    if found is None:
        return (
            "**How well it rates is not measured yet**: run `coach judge measure FILE.jsonl` with answers that people have rated. "
            "Until then take its ratings with care."
        )
    rubric = services.practice.rubric
    rows = [
        f"| {rubric.of(criterion).name} | {seen.alone:.2f} | {seen.with_judge:.2f} | {seen.low:+.2f} to {seen.high:+.2f} | "
        f"{'the checks win' if criterion in found.worse else 'both are heard'} |"
        for criterion, seen in found.agreement.items()
    ]
    told = (
        f"**Measured on {found.answers} answers that people have rated** (weighted kappa: 1 is always, 0 is chance). "
        "Where ratings with the judge agree less, the checks’ level stands.\n"
    )
    head = "| Agreement with people | checks alone | with this judge | difference (95 %) | |"
    return "\n".join([told, head, "|---|---|---|---|---|", *rows])


def _options(settings: Settings, choice: JudgeChoice, here: tuple[Noticed, ...]) -> dict[str, JudgeChoice]:
    """What can be chosen, by what it is called on the page."""
    options: dict[str, JudgeChoice] = {}
    if settings.has_judge:
        model = settings.judge_model or "its default model"
        options[f"The judge of the settings: {model} at `{_address(settings)}`"] = JudgeChoice()
        own = () if choice.base_url else (choice.model,)
        for other in dict.fromkeys((*filter(None, own), *session.remembered("models"))):
            if other != settings.judge_model:
                options[f"{other} at `{_address(settings)}`"] = JudgeChoice(model=other)
    if choice.base_url:
        options[f"{choice.model} at `{choice.base_url}`, on this computer"] = choice
    for one in here:
        for model in one.models:
            found = JudgeChoice(base_url=one.base_url, model=model)
            if found != choice:
                options[f"{one.name}: {model}, on this computer"] = found
    options[_OFF] = JudgeChoice(on=False) if settings.has_judge or not choice.on else JudgeChoice()
    return options


def _plain(option: str) -> str:
    """As a list that shows no Markdown has it."""
    return option.replace("`", "")


def _hosted() -> None:
    with st.expander("Set up another judge"):
        st.markdown(
            "Keys are secrets: put them into `.env` or `.streamlit/secrets.toml` beside the app, never into a page, then start it again."
        )
        for preset in HOSTED:
            st.markdown(f"**{preset.name}.** {preset.note}")
            st.code("\n".join(preset.lines), language="ini")
        st.markdown(
            "**Without either**: fetch an open instruct model as a GGUF file and serve it with `coach judge serve FILE.gguf`. "
            "Whether a model judges well is measured with `coach judge measure FILE.jsonl`; where it is worse than the checks, they win."
        )
        rows = [
            f"| {one.name} | {one.file_gb} GB | {one.memory_gb} GB | {one.licence} | {one.note} |"
            for one in open_models()
        ]
        st.markdown("\n".join(["| model | file | memory | licence | |", "|---|---|---|---|---|", *rows]))
