"""Just the facts: a note that judges, rewritten as what was seen and what was said, with nothing lost and nothing added."""

import re
from dataclasses import dataclass

from coach.checks.embeddings import encoder
from coach.checks.heads import Tag, load
from coach.checks.prepared import Prepared
from coach.domain.drill import Mark, Observation
from coach.domain.exercise import Exercise
from coach.domain.question import Competency
from coach.domain.span import Span, with_words
from coach.prepare.drills.facts import Stretches, all_said, kept
from coach.prepare.drills.figures import figures
from coach.prepare.drills.phrases import instead_of, listed, places, quotations

FOREIGN = 0.3  # a sentence less like anything in the note than this tells something new
_SHORT = 5  # words; shorter sentences ("We sat down.") say too little to be news


@dataclass(frozen=True)
class JustFacts:
    """Judging words left, facts kept, quotes, and nothing added."""

    key: str = "just-the-facts"
    name: str = "Just the facts"
    skill: Competency = Competency.DOCUMENTATION
    task: str = (
        "Rewrite this note: only what was seen and what was said, with the client's own words in quotation marks."
    )
    limit_s: int | None = None
    fewest_words: int = 15
    facts_given: bool = False
    takes_own: bool = False

    def look(self, exercise: Exercise, answer: Prepared) -> tuple[Observation, ...]:
        """Four observations."""
        stretches = Stretches.of(answer)
        return (
            _judging(answer),
            kept(
                "Facts kept",
                exercise.facts,
                stretches,
                good="Everything observable in the note is in yours.",
                bad="Something observable was lost.",
            ),
            _quotes(exercise, answer.text),
            _added(exercise, answer, stretches),
        )


def _judging(answer: Prepared) -> Observation:
    instead = listed("judgements")
    quoted = quotations(answer.text)
    words = [span for span in places(answer.text, instead) if not any(q.start <= span.start < q.end for q in quoted)]
    marks = [Mark(span=span, note=f"write: {instead_of(span.quote, instead)}") for span in words]
    marks += [
        Mark(span=sentence, note="may read as a judgement: what was seen or heard?")
        for sentence in _judged(answer)
        if not any(sentence.start <= word.start < sentence.end for word in words)
    ]
    marks.sort(key=lambda mark: mark.span.start)
    return Observation(
        name="No judging words",
        met=not marks,
        why="Words are left that judge." if marks else "No word that judges is left outside quotation marks.",
        evidence=tuple(marks),
        absent=not marks,
    )


def _judged(answer: Prepared) -> list[Span]:
    """The sentences that read as a judgement. Where words are quoted, what stands around them is read without them: they are somebody else's."""
    sure = answer.reading.threshold(Tag.JUDGEMENT)
    quoting = {
        row: _around_quotes(sentence.quote)
        for row, sentence in enumerate(answer.sentences)
        if quotations(sentence.quote)
    }
    found = [
        row for row, likely in enumerate(answer.reading.tag(Tag.JUDGEMENT)) if likely >= sure and row not in quoting
    ]
    around = {row: words for row, words in quoting.items() if len(words.split()) >= _SHORT}
    if around:
        texts = list(around.values())
        likely = load().read(texts, encoder().encode(texts)).tag(Tag.JUDGEMENT)
        found += [row for row, one in zip(around, likely, strict=True) if one >= sure]
    return [answer.sentences[row] for row in sorted(found)]


def _around_quotes(sentence: str) -> str:
    """A sentence with its quoted words replaced by a word that judges nothing."""
    return re.sub(r"[\"“”]", "", with_words(sentence, ((span, "something") for span in quotations(sentence))))


def _quotes(exercise: Exercise, text: str) -> Observation:
    given = [_plain(span.quote) for span in quotations(exercise.given)]
    quoted = quotations(text)
    true = [span for span in quoted if any(_plain(span.quote) in one or one in _plain(span.quote) for one in given)]
    false = [span for span in quoted if span not in true]
    if false:
        marks = tuple(Mark(span=span, note="the note does not say that these were the words") for span in false)
        return Observation(
            name="Their own words", met=False, why="Quotation marks are for words that were said.", evidence=marks
        )
    if true:
        marks = tuple(Mark(span=span, note="as the note has it") for span in true)
        return Observation(
            name="Their own words", met=True, why="What was said is quoted as it was said.", evidence=marks
        )
    return Observation(
        name="Their own words",
        met=False,
        why="The note has words the person said. Quote them: they say more than any label.",
        absent=True,
        missing=tuple(span.quote for span in quotations(exercise.given)),
    )


def _plain(quote: str) -> str:
    return " ".join("".join(c for c in quote.casefold() if c.isalnum() or c.isspace()).split())


def _added(exercise: Exercise, answer: Prepared, stretches: Stretches) -> Observation:
    known = [exercise.given, *(fact.text for fact in exercise.facts)]
    values = {figure.value for text in known for figure in figures(text)} | {
        value for fact in exercise.facts for one in fact.figures for value in one.split("|")
    }
    new = [
        Mark(span=one.span, note="this number is not in the note")
        for one in figures(answer.text)
        if one.value not in values
    ]
    likeness = dict(zip(stretches.spans, stretches.nearest(all_said(exercise)), strict=True))
    for sentence in answer.sentences:
        long = len(sentence.quote.split()) >= _SHORT
        if long and likeness[sentence] < FOREIGN and not _holds(sentence, new):
            new.append(Mark(span=sentence, note="nothing in the note says this"))
    new.sort(key=lambda mark: mark.span.start)
    return Observation(
        name="Nothing added",
        met=not new,
        why="Something here was not in the note." if new else "Nothing here that the note does not hold.",
        evidence=tuple(new),
        absent=not new,
    )


def _holds(sentence: Span, marks: list[Mark]) -> bool:
    return any(sentence.start <= mark.span.start < sentence.end for mark in marks)
