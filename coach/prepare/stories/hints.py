"""What the checks make of one part of a story while it is being written.

The whole story is read, because a sentence says other things beside others; what is told is only what stands in the part. Every hint
quotes the words it is about, or says what was looked for and not found. There is no score.
"""

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from coach.checks import ALL
from coach.checks.heads import Tag, load
from coach.checks.identifiers.named_places import named_places
from coach.checks.prepared import Prepared
from coach.checks.readable import FEWEST_WORDS, why_unreadable
from coach.domain.finding import Finding, Severity
from coach.domain.question import Question
from coach.domain.span import Span
from coach.domain.story import LONGEST_S, Hint, StoryPart, StoryText
from coach.prepare.stories.titles import found_in

_BEGUN = 4  # words; before that somebody is still writing the first sentence
_CLEARLY = 0.3  # a sentence with this probability of telling a part may be taken to tell it
_OTHER_PART = 0.5  # and with this one, to tell another part than the one it stands in
_SCENE_SHARE = 0.4  # of the longest a story may take: more than that for the situation leaves too little for the rest
_MOST = 6  # hints at a time; more are not read
_READ = 1_500  # words; ten minutes of talk, and no story
_ANY_CASE = Question.free("Tell me about a case.")
_LETTERS = dict(zip(StoryPart, "SOARL", strict=True))
_EVERYWHERE = ("identifiers", "bundles", "blame", "judgement", "told", "moved")
_CHECKS = {
    StoryPart.SITUATION: ("hypothetical",),
    StoryPart.OBSTACLE: ("hypothetical",),
    StoryPart.ACTION: ("hypothetical", "ownership"),
    StoryPart.RESULT: ("vague result", "conditional result", "impossible figure"),
    StoryPart.LEARNED: (),
}
_NOT_FOUND = {
    StoryPart.SITUATION: "Nothing here says yet who this was, in general words, and what they needed.",
    StoryPart.OBSTACLE: "Nothing here reads as an obstacle yet: who said no, what was missing, what ran out?",
    StoryPart.ACTION: "Nothing here reads as something done yet: what did you do, step by step?",
    StoryPart.RESULT: "Nothing here reads as a result yet: what was different afterwards for the client?",
    StoryPart.LEARNED: "Nothing here reads as a lesson yet: what have you done differently since?",
}
_FOUND = {
    StoryPart.SITUATION: "This sets the scene.",
    StoryPart.OBSTACLE: "This says what stood in the way.",
    StoryPart.ACTION: "This says what you did.",
    StoryPart.RESULT: "This says what came of it.",
    StoryPart.LEARNED: "This says what you learned.",
}
_PLACE = "A named place. Somebody who knows it may find out who the client is."
_RANK = (Severity.LEAK, Severity.WARN, Severity.NOTE, Severity.GOOD)


@dataclass(frozen=True)
class _Part:
    """One part within the whole story as the checks read it."""

    story: Prepared
    part: StoryPart
    start: int
    end: int

    def holds(self, span: Span) -> bool:
        """Whether a stretch of the story begins in this part."""
        return self.start <= span.start < self.end

    def showing(self, tag: Tag) -> list[Span]:
        """The sentences of this part that show a tag, the surest first."""
        return [span for span in self.story.showing(tag) if self.holds(span)]

    @property
    def rows(self) -> list[int]:
        """Which of the sentences that count stand in this part."""
        return [row for row in range(len(self.story.counted)) if self.holds(self.story.sentence(row))]

    def telling(self) -> list[Span]:
        """The sentences that tell what this part is for, the surest first."""
        letter, reading = _LETTERS[self.part], self.story.reading
        sure = reading.part(letter)
        told = [row for row in self.rows if reading.labels[row] == letter or sure[row] >= _CLEARLY]
        spans = [self.story.sentence(row) for row in sorted(told, key=lambda row: -float(sure[row]))]
        vague = self.showing(Tag.VAGUE) if self.part is StoryPart.RESULT else []
        return [span for span in spans if span not in vague]

    def reads_like(self) -> StoryPart | None:
        """Another part that all of this together reads like, if it clearly does."""
        rows, reading = self.rows, self.story.reading
        means = {part: float(reading.part(letter)[rows].mean()) for part, letter in _LETTERS.items()} if rows else {}
        best = max(means, key=lambda part: means[part], default=self.part)
        return best if best is not self.part and means[best] >= _OTHER_PART else None


def hints(text: StoryText, part: StoryPart, own_names: Sequence[str] = ()) -> tuple[Hint, ...]:
    """What to say about a part as it stands, the weightiest first; nothing while it has hardly begun."""
    if len(text.of(part).split()) < _BEGUN:
        return ()
    if text.words > _READ:
        return (
            _note(
                f"This story has {text.words:,} words; up to {_READ:,} are looked at. It is to be told in a minute and a half."
            ),
        )
    problem = why_unreadable(text.whole) if text.words >= FEWEST_WORDS else None
    if problem:
        return (_note(problem),)
    here = _Part(_read(text.whole, tuple(own_names)), part, *text.place(part))
    seen = [_hint(one) for one in _seen(here.story, (*_EVERYWHERE, *_CHECKS[part])) if here.holds(one.span)]
    seen += [hint for span, hint in _places(here.story, own_names) if here.holds(span)]
    return tuple(sorted([*seen, *_of_its_own(here)], key=lambda hint: _RANK.index(hint.severity))[:_MOST])


@functools.lru_cache(maxsize=256)
def reads_as(text: StoryText, own_names: tuple[str, ...] = ()) -> tuple[StoryPart, ...]:
    """The parts of a story that read as what they are for: the same check that speaks while one writes. Kept for the last stories read."""
    if not FEWEST_WORDS <= text.words <= _READ or why_unreadable(text.whole):
        return ()
    story = _read(text.whole, own_names)
    return tuple(part for part in text.written if _Part(story, part, *text.place(part)).telling())


def warnings(text: StoryText, own_names: Sequence[str] = ()) -> tuple[Hint, ...]:
    """What in the whole story could identify a client, or weakens it wherever it stands; the weightiest first."""
    if not FEWEST_WORDS <= text.words <= _READ or why_unreadable(text.whole):
        return ()
    story = _read(text.whole, tuple(own_names))
    seen = [_hint(one) for one in _seen(story, (*_EVERYWHERE, "balance"))]
    seen += [hint for _, hint in _places(story, own_names)]
    return tuple(sorted(seen, key=lambda hint: _RANK.index(hint.severity)))


def title_hints(title: str, own_names: Sequence[str] = ()) -> tuple[Hint, ...]:
    """What in a title could identify a client."""
    return tuple(
        Hint(severity=Severity.LEAK, text="A title names nobody and no place.", quote=span.quote, instead=instead)
        for span, instead in found_in(title, own_names)
    )


@functools.lru_cache(maxsize=32)
def _read(whole: str, own_names: tuple[str, ...]) -> Prepared:
    return Prepared.of(whole, _ANY_CASE, load(), own_names)


def _seen(story: Prepared, names: Sequence[str]) -> Iterator[Finding]:
    """What these checks of answers report in the whole story."""
    for check in ALL:
        if check.name in names:
            yield from check.run(story)


def _places(story: Prepared, own_names: Sequence[str]) -> Iterator[tuple[Span, Hint]]:
    """Named places: told again and again, one alone says where to look for the client."""
    for one in named_places(story.text, own_names):
        yield one.span, Hint(severity=Severity.WARN, text=_PLACE, quote=one.span.quote, instead=one.instead)


def _hint(finding: Finding) -> Hint:
    instead = finding.suggestion if finding.check == "identifiers" else None
    advice = f" {_sentence(finding.suggestion)}" if finding.suggestion and not instead else ""
    return Hint(
        severity=finding.severity,
        text=finding.message + advice,
        quote=finding.span.quote,
        instead=instead or "",
    )


def _of_its_own(here: _Part) -> Iterator[Hint]:
    """What this part is for, and whether it does it."""
    told = here.telling()
    if told:
        yield _good(_FOUND[here.part], told[0])
    else:
        other = here.reads_like()
        moved = f" It reads more like the part “{other.label}”." if other else ""
        yield _note(_NOT_FOUND[here.part] + moved)
    more = _MORE.get(here.part)
    if more:
        yield from more(here, told)


def _situation(here: _Part, _told: list[Span]) -> Iterator[Hint]:
    seconds = StoryText(situation=here.story.text[here.start : here.end]).spoken_s
    if seconds > _SCENE_SHARE * LONGEST_S:
        yield _note(
            f"The scene alone takes about {seconds:.0f} seconds. One or two sentences are enough; keep the time for what you did."
        )


def _action(here: _Part, told: list[Span]) -> Iterator[Hint]:
    said = {word.strip(".,;:!?").lower() for word in here.story.text[here.start : here.end].split()}
    if told and not here.showing(Tag.WE) and not {"i", "i'd", "i've", "i’d", "i’ve", "my"} & said:
        yield _note("There is no “I” here. Say which of these steps you took yourself.")


def _result(here: _Part, told: list[Span]) -> Iterator[Hint]:
    counted, compared = here.showing(Tag.COUNTED), here.showing(Tag.BASELINE)
    if compared:
        yield _good("Counted or timed, and set against what was before.", compared[0])
    elif counted:
        yield _good("Counted or timed.", counted[0])
        yield _note(
            "Set the figure against what was before: from what, to what, over which time? Only if you know it.",
            counted[0],
        )
    elif told:
        yield _note(
            "Count or time it, if you can: how many, how long, by when? Otherwise say what somebody could have seen.",
            told[0],
        )


_MORE: dict[StoryPart, Callable[[_Part, list[Span]], Iterator[Hint]]] = {
    StoryPart.SITUATION: _situation,
    StoryPart.ACTION: _action,
    StoryPart.RESULT: _result,
}


def _good(words: str, about: Span) -> Hint:
    return Hint(severity=Severity.GOOD, text=words, quote=about.quote)


def _note(words: str, about: Span | None = None) -> Hint:
    return Hint(severity=Severity.NOTE, text=words, quote=about.quote if about else "")


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}".rstrip(".") + "."
