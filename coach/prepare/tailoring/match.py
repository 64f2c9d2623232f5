"""The bank beside what a job asks for: which questions are likely, and what neither the bank nor the candidate has covered."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coach.bank import Bank
from coach.domain.job import Ask, AskKind, Planned, Reading
from coach.domain.question import Competency, Kind, Question, Setting
from coach.domain.span import Span
from coach.prepare.tailoring.aim import populations_of
from coach.prepare.tailoring.asks import Encode, Sentences, data, read_asks
from coach.prepare.tailoring.cues import compiled

LEAST, MOST = 8, 12  # questions of a plan: more than one interview asks, fewer than one forgets
_BASE = 6  # questions for any description that asks for anything
_SETTING = 0.7  # what belonging to the job's setting weighs, beside a competency that is asked for most
_MEANING = 1.5  # what being near the description in meaning weighs
_SERVED = 0.25  # what speaking of the people it serves weighs
_KIND = 0.25  # what being of a kind not chosen yet weighs
_AGAIN = 0.45  # what a competency still weighs each time a chosen question has shown it
_UNCOVERED = 0.40  # likeness to any question below which a requirement counts as not covered
_MOST_UNCOVERED = 6
_REQUIREMENT_WORDS = (3, 45)


class _Texts(NamedTuple):
    """Questions that may be asked there, how near each is to each sentence of the description, and whom of those it serves each speaks of."""

    questions: tuple[Question, ...]
    likeness: NDArray[np.float32]
    served: tuple[Ask | None, ...]


def read_description(text: str, bank: Bank, encode: Encode) -> Reading:
    """What a description asks for, the questions it makes likely, and requirements that no question comes near."""
    asks, read = read_asks(text, encode)
    competencies = [ask for ask in asks if ask.kind is AskKind.COMPETENCY]
    if not competencies:
        return Reading(asks=asks)
    settings = {Setting(ask.name) for ask in asks if ask.kind is AskKind.SETTING}
    fitting = tuple(q for q in bank.questions if not q.settings or settings & set(q.settings))
    served = tuple(_served(question, asks) for question in fitting)
    texts = _Texts(fitting, _likeness(fitting, read, encode), served)
    planned = _plan(texts, read, competencies, [ask for ask in asks if ask.kind is AskKind.SETTING])
    return Reading(asks=asks, planned=planned, uncovered=_uncovered(texts, read, competencies))


def _served(question: Question, asks: Sequence[Ask]) -> Ask | None:
    """The people the job serves that a question speaks of."""
    named = populations_of(question)
    return next((ask for ask in asks if ask.kind is AskKind.POPULATION and ask.name in named), None)


def bank_gaps(reading: Reading, bank: Bank) -> tuple[Ask, ...]:
    """What is asked for, and no question that may be asked in such a job shows."""
    settings = set(reading.settings)
    fitting = [q for q in bank.questions if not q.settings or settings & set(q.settings)]
    shown = {competency.value for q in fitting for competency in q.competencies}
    belonging = {setting.value for q in fitting for setting in q.settings}
    missing = {AskKind.COMPETENCY: shown, AskKind.SETTING: belonging}
    return tuple(ask for ask in reading.asks if ask.kind in missing and ask.name not in missing[ask.kind])


def practice_gaps(reading: Reading, practised: Sequence[Competency]) -> tuple[Ask, ...]:
    """What is asked for, and the candidate has not answered a question on."""
    return tuple(ask for ask in reading.of(AskKind.COMPETENCY) if Competency(ask.name) not in practised)


def _likeness(questions: Sequence[Question], read: Sentences, encode: Encode) -> NDArray[np.float32]:
    """A row for each question with its areas, a column for each sentence."""
    vectors = encode([" ".join([q.text, *(f"{area.text}." for area in q.areas)]) for q in questions])
    return np.asarray(vectors @ read.vectors.T, dtype=np.float32)


def _plan(texts: _Texts, read: Sentences, competencies: Sequence[Ask], settings: Sequence[Ask]) -> tuple[Planned, ...]:
    """Questions one by one, each the most likely of those left: what was shown already weighs less the next time."""
    weights = {Competency(ask.name): 1.0 / (1 + rank / 4) for rank, ask in enumerate(competencies)}
    evidence = {Competency(ask.name): ask for ask in competencies}
    belonging = {Setting(ask.name): ask for ask in settings}
    wanted = min(MOST, max(LEAST, _BASE + len(competencies) // 2))
    left = list(range(len(texts.questions)))
    chosen: list[Planned] = []
    kinds: set[Kind] = set()
    while left and len(chosen) < wanted:
        row = max(left, key=lambda one: (_score(texts, one, weights, belonging, kinds), -one))
        left.remove(row)
        question = texts.questions[row]
        shared = [evidence[c] for c in question.competencies if c in evidence]
        setting = next((belonging[one] for one in question.settings if one in belonging), None)
        if shared or setting:
            kinds.add(question.kind)
            one = _planned(question, texts.likeness[row], read, shared, setting)
            people = texts.served[row]
            chosen.append(_also_on(one, people) if people else one)
            weights.update({c: weights[c] * _AGAIN for c in question.competencies if c in weights})
    return tuple(chosen)


def _score(
    texts: _Texts, row: int, weights: dict[Competency, float], belonging: dict[Setting, Ask], kinds: set[Kind]
) -> float:
    question = texts.questions[row]
    shown = sorted((weights.get(c, 0.0) for c in question.competencies), reverse=True)
    score = sum(weight / (1 + place) for place, weight in enumerate(shown))
    score += _SETTING * any(setting in belonging for setting in question.settings)
    score += _MEANING * float(texts.likeness[row].max(initial=0.0))
    score += _SERVED * (texts.served[row] is not None)
    return score + _KIND * (question.kind not in kinds)


def _also_on(one: Planned, people: Ask) -> Planned:
    return one.model_copy(update={"reason": f"{one.reason} It is about people the job serves: {people.label.lower()}."})


def _planned(
    question: Question,
    likeness: NDArray[np.float32],
    read: Sentences,
    shared: Sequence[Ask],
    setting: Ask | None,
) -> Planned:
    """A question with its reason: what it shares with the description, and of the sentences that ask for it the one nearest to it."""
    place = {span: number for number, span in enumerate(read.spans)}
    asked = shared or [setting] if setting else shared
    sentences = {span for ask in asked for span in ask.evidence}
    nearest = max(sentences, key=lambda span: (float(likeness[place[span]]), -span.start))
    told = sorted(shared, key=lambda ask: nearest not in ask.evidence)[:2]
    labels = " and ".join(ask.label.lower() for ask in told)
    reason = f"It shows {labels}, which the description asks for" if told else "It is asked where the job is"
    where = f", in a setting it names: {setting.label.lower()}" if setting and told else ""
    where = f": {setting.label.lower()}" if setting and not told else where
    return Planned(key=question.key, text=question.text, reason=f"{reason}{where}.", evidence=(nearest,))


def _uncovered(texts: _Texts, read: Sentences, competencies: Sequence[Ask]) -> tuple[Span, ...]:
    """Requirements that name no competency and that no question comes near, the farthest first."""
    if not texts.questions:
        return ()
    cue, (least, most) = compiled(data()["requirement"]["cues"]), _REQUIREMENT_WORDS
    nearest, named = texts.likeness.max(axis=0), {span for ask in competencies for span in ask.evidence}
    far = [
        (float(nearest[number]), span)
        for number, span in enumerate(read.spans)
        if nearest[number] < _UNCOVERED
        and span not in named
        and cue.search(span.quote)
        and least <= len(span.quote.split()) <= most
    ]
    return tuple(span for _, span in sorted(far, key=lambda one: one[0]))[:_MOST_UNCOVERED]
