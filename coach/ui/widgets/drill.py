"""The pieces of a drill's page: the exercise, what was seen, one's words with marks, tries side by side."""

from collections.abc import Sequence

from coach.domain.drill import Observation, Outcome, Run, Try
from coach.domain.exercise import Exercise
from coach.domain.span import Span
from coach.prepare.drills import Drill
from coach.ui.widgets.html import aside, draw, shortened, text

_CLAIMED = ("unsaid", "By your own word")
_STATES = {True: ("met", "✓ Met"), False: ("unmet", "Not yet"), None: ("unsaid", "Not judged")}


def exercise_card(drill: Drill, exercise: Exercise, eyebrow: str = "") -> None:
    """What is given, and what to do with it."""
    setting = f" · {exercise.setting.label}" if exercise.setting else ""
    known = "".join(f"<li>{text(fact.text)}</li>" for fact in exercise.facts) if drill.facts_given else ""
    facts = f'<ul class="known">{known}</ul>' if known else ""
    draw(
        f'<div class="card"><p class="eyebrow">{text(eyebrow or drill.name)}{text(setting)}</p>'
        f'<h1 class="question">{text(exercise.title)}</h1><p style="margin:0.4rem 0 0.9rem">{text(drill.task)}</p>'
        f'<p class="given">{text(exercise.given)}</p>{facts}</div>'
    )


def observations(outcome: Outcome, claims: Sequence[str] = ()) -> None:
    """Everything that was seen, each with its words; what is not met and the candidate ``claims`` is said to be their own word."""
    draw("".join(_observation(one, claimed=one.name in claims) for one in outcome.observations), "observations")


def _observation(one: Observation, *, claimed: bool) -> str:
    css, state = _CLAIMED if claimed else _STATES[one.met]
    quotes = "".join(
        f"<li>“{text(shortened(mark.span.quote, 110))}”{f' <span>{text(mark.note)}</span>' if mark.note else ''}</li>"
        for mark in one.evidence
    )
    missing = "".join(f"<li><span>Not found:</span> {text(words)}</li>" for words in one.missing)
    listed = f"<ul>{quotes}{missing}</ul>" if quotes or missing else ""
    return (
        f'<article class="card observation {css}"><div class="head"><h3>{text(one.name)}</h3><span class="state">{state}</span></div>'
        f"<p>{text(one.why)}</p>{listed}</article>"
    )


def heading(outcome: Outcome) -> str:
    """What to do next, or that all is there."""
    first = next((one for one in outcome.observations if one.met is False), None)
    return f"Next: {first.name[:1].lower()}{first.name[1:]}" if first else "All of it is there"


def counted(one: Try) -> None:
    """How much is there already, where anything is."""
    if one.outcome and (one.outcome.met or one.claims):
        aside("There already", f"{one.summary[:1].upper()}{one.summary[1:]}.")


def next_change(outcome: Outcome) -> None:
    """The one thing to do in the next try."""
    first = next((one for one in outcome.observations if one.met is False), None)
    if first:
        words = f"<p><b>{text(first.name)}.</b> {text(first.why)}</p>"
        draw(f'<div class="card"><p class="eyebrow">Change this first</p>{words}</div>', "change")


def own_words(one: Try) -> None:
    """What was said or written, with the words marked that something is to be done about."""
    marks = (
        [mark.span for seen in one.outcome.observations if seen.met is False for mark in seen.evidence if not mark.fine]
        if one.outcome
        else []
    )
    draw(f'<div class="card"><p class="own">{_marked(one.text, marks)}</p></div>')


def _marked(words: str, spans: Sequence[Span]) -> str:
    out, done = [], 0
    for span in sorted(set(spans), key=lambda span: (span.start, span.end)):
        if span.start >= done:
            out += [text(words[done : span.start]), f"<mark>{text(span.quote)}</mark>"]
            done = span.end
    return "".join([*out, text(words[done:])])


def beside(before: Try, now: Try) -> None:
    """Two tries at the same exercise, side by side."""
    sides = "".join(
        f'<div class="card"><p class="eyebrow">{name} · {text(one.summary)}</p>'
        f'<p class="own">{text(one.text)}</p></div>'
        for name, one in (("The try before", before), ("This try", now))
    )
    draw(f'<div class="beside">{sides}</div>')


def walked(run: Run) -> None:
    """The way through a scenario so far: what one did, and what happened then."""
    rows = "".join(
        f'<li><p>{text(shortened(step.did, 300))}</p><p class="then">{text(step.then)}</p></li>' for step in run.steps
    )
    if rows:
        draw(f'<ol class="walked">{rows}</ol>')


def lines(run: Run) -> None:
    """What was said in a role-play. The other person's words come from a language model, and are drawn as words."""
    said = "".join(
        f'<li class="{"mine" if line.mine else "theirs"}"><p class="eyebrow">{"You" if line.mine else "The other person"}</p>'
        f"<p>{text(line.words)}</p></li>"
        for line in run.lines
    )
    draw(
        f'<ol class="talk">{said}</ol><p class="eyebrow">The other person is played by the judge, a language model.</p>'
    )
