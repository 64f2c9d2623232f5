"""The judge on a page: which one is used, what works with it, what was sent to it, and what it said beside the ratings."""

import streamlit as st

from coach.domain.attempt import Attempt, Earlier
from coach.domain.feedback import Feedback
from coach.domain.judging import JudgeChoice
from coach.domain.rating import Rater, Rating
from coach.domain.verdict import JudgeOutcome, JudgeRecord
from coach.judge import HOSTED, Noticed, noticed, open_models, said, shown_address
from coach.practice import Practice
from coach.settings import Settings
from coach.ui import session
from coach.ui.widgets.html import aside, draw, text
from coach.wiring import Services, examine_judge

_OFF = "Checks only: nothing is sent anywhere"


def choose_judge(services: Services) -> None:
    """Which judge is used, with what each would get."""
    books, settings = services.books, services.settings
    choice = books.choice()
    if settings.judge_off:
        st.markdown("**Checks on this computer alone.** `COACH_JUDGE_OFF` is set, so nothing is sent to any judge.")
        return
    st.markdown(_in_use(settings, choice))
    if services.judge.is_on:
        st.markdown(_measured(services))
    with st.container(horizontal=True):
        look = st.button("Look for judges on this computer", icon=":material/search:")
        test = choice.on and (choice.base_url or settings.has_judge)
        examine = bool(test) and st.button("Try the judge", icon=":material/stethoscope:")
    if examine:
        with st.spinner("Asking it one small invented question …"):
            session.remember("tried", tuple(examine_judge(settings, choice)))
    st.markdown("\n".join(f"- {line}" for line in session.remembered("tried")))
    if look:
        with st.spinner("Looking …"):
            session.remember("judges", noticed())
    here: tuple[Noticed, ...] = session.remembered("judges")
    if look and not here:
        st.markdown("None runs here now. Ollama, LM Studio and `coach judge serve` are noticed once they are started.")
    options = _options(settings, choice, here)
    current = next((name for name, one in options.items() if one == choice), next(iter(options)))
    picked = st.radio(
        "Who reads your answers beside the checks",
        list(options),
        index=list(options).index(current),
        help="A judge on this computer is sent your answers only once you choose it here.",
    )
    if picked != current and st.button("Use this from now on", type="primary"):
        books.choose(options[picked])
        session.remember("tried", ())
        st.rerun()
    _hosted()


def _in_use(settings: Settings, choice: JudgeChoice) -> str:
    if not choice.on or not (choice.base_url or settings.has_judge):
        return "**Checks on this computer alone**: nothing you say or write leaves it."
    if choice.base_url:
        return f"Checks, and a judge on this computer: **{choice.model}** at `{choice.base_url}`. Nothing leaves this computer."
    model = choice.model or settings.judge_model or "the endpoint’s default"
    return (
        f"Checks, and a judge: model **{model}** at `{_address(settings)}`. Your answers are sent there to be rated. "
        "Names, numbers and dates that could identify somebody are replaced by placeholders first, unless it runs on this computer."
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
    if choice.base_url:
        options[f"{choice.model} at `{choice.base_url}`, on this computer"] = choice
    for one in here:
        for model in one.models:
            found = JudgeChoice(base_url=one.base_url, model=model)
            if found != choice:
                options[f"{one.name}: {model}, on this computer"] = found
    options[_OFF] = JudgeChoice(on=False) if settings.has_judge or not choice.on else JudgeChoice()
    return options


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


def what_was_sent(attempt: Attempt) -> None:
    """What the judge was sent, what it cost, and the sentence better said; nothing where nothing was sent."""
    record = attempt.judge
    if record is None or not record.sent:
        return
    with st.expander("What was sent to the judge, and what it cost"):
        st.markdown(_told(record))
        st.code(record.sent, language=None, wrap_lines=True)


def earlier_ratings(practice: Practice, earlier: tuple[Earlier, ...]) -> None:
    """Ratings of this answer that later ones replaced."""
    if not earlier:
        return
    with st.expander("Earlier ratings of this answer"):
        for one in reversed(earlier):
            levels = ", ".join(
                f"{practice.rubric.of(r.criterion).name} {r.level or 'unrated'}" for r in one.feedback.ratings
            )
            prompt = f", prompt {one.judge.prompt}" if one.judge and one.judge.prompt else ""
            st.markdown(f"- {one.rated_at.astimezone():%d %b %Y, %H:%M}{prompt}: {levels}")


def _told(record: JudgeRecord) -> str:
    model = f"{record.model} and {record.second_model}" if record.second_model else record.model
    if record.from_cache:
        took = "This very answer had been sent before, so its reply was used again and nothing was sent."
    else:
        cached = f", {record.cached_tokens:,} of them kept from before" if record.cached_tokens else ""
        tokens = f"{record.prompt_tokens:,} tokens in{cached}, {record.completion_tokens:,} out"
        took = (
            f"It took {record.calls} call{'' if record.calls == 1 else 's'} and {record.seconds:.1f} seconds; "
            f"{tokens if record.prompt_tokens else 'tokens were not told'}. Cost: {said(record.cost_usd)}."
        )
    masked = f" Details sent as placeholders: {record.masked}." if record.masked else ""
    return (
        f"Model **{model or 'not named'}** at `{record.host}`, prompt {record.prompt}. {took}{masked} Besides the rubric, which is the same for "
        "everybody, this is all that was sent. Sentences in which the checks read no part of a story were not:"
    )


def beside_the_ratings(feedback: Feedback) -> None:
    """A sentence said better, and the question to expect."""
    if feedback.rewrite:
        draw(
            f'<div class="card"><h3>One sentence, said better</h3><blockquote>{text(feedback.rewrite.of.quote)}</blockquote>'
            f'<p>{text(feedback.rewrite.text)}</p><p class="by">Your own facts; fill in what stands in square brackets.</p></div>'
        )
    if feedback.follow_up:
        aside("An interviewer may ask", feedback.follow_up)


def views(rating: Rating) -> str:
    """Each rater's own level, where they disagree, as HTML."""
    if not rating.flagged:
        return ""
    names = {Rater.CHECKS: "Checks", Rater.JUDGE: "Judge"}
    rows = "".join(
        f"<li>{names.get(one.by, one.by.value.title())}: <b>{one.level} of 5</b></li>" for one in rating.views
    )
    return f'<ul class="tags">{rows}<li>For a coach to look at</li></ul>'


def waits(attempt: Attempt) -> bool:
    """Whether the judge has not been heard yet on an attempt."""
    return attempt.judge is not None and attempt.judge.outcome is JudgeOutcome.WAITING
