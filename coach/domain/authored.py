"""Questions made in the app: drafts, and what becomes of them."""

from enum import StrEnum
from typing import Any, Self

from pydantic import AwareDatetime, Field

from coach.domain.question import Area, Difficulty, Kind, Question
from coach.domain.value import Value


class Standing(StrEnum):
    """How far a question has come. Once published it is retired, never deleted: answers to it name it."""

    DRAFT = "draft"  # not offered yet
    PUBLISHED = "published"  # offered; a draft of its next version may be under way
    RETIRED = "retired"  # not offered any more; can be brought back


class Origin(StrEnum):
    """Where a question came from."""

    WRITTEN = "written"
    IMPORTED = "imported"
    GENERATED = "generated"  # by a judge, from a job description; accepted by a person


class DraftArea(Value):
    """An area while it is being written."""

    text: str = ""
    examples: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is written here."""
        return not (self.text.strip() or self.examples)


class Draft(Value):
    """A question while it is being written: any field may be empty, and need not keep the rules yet."""

    key: str = ""
    kind: str = Kind.BEHAVIOURAL.value
    text: str = ""
    competencies: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    difficulty: int = Difficulty.USUAL.value
    areas: tuple[DraftArea, ...] = ()
    probes: tuple[str, ...] = ()
    time_limit_s: int = 180
    weak: str = ""
    good: str = ""
    excellent: str = ""
    model_answer: str = ""

    @classmethod
    def of(cls, question: Question) -> Self:
        """The fields of a question, to go on from."""
        return cls.model_validate(question.model_dump(mode="json", exclude={"version"}))

    @classmethod
    def read(cls, raw: dict[str, Any]) -> Self:
        """The draft in a table of a pack that has no wrong fields. Items of lists lose line breaks and doubled spaces."""
        known = {name: value for name, value in raw.items() if name in cls.model_fields}
        draft = cls.model_validate(known)
        areas = (
            DraftArea(text=_line(area.text), examples=tuple(map(_line, area.examples)))
            for area in draft.areas
            if not area.empty
        )
        words = {name: getattr(draft, name).strip() for name in ("text", "weak", "good", "excellent", "model_answer")}
        return draft.model_copy(update={**words, "areas": tuple(areas), "probes": tuple(map(_line, draft.probes))})

    def raw(self) -> dict[str, Any]:
        """As it would stand in a pack; what is not written yet is left out."""
        fields = self.model_dump(mode="json")
        fields["areas"] = [area.model_dump(mode="json") for area in self.areas if not area.empty]
        return {name: value for name, value in fields.items() if not (isinstance(value, str) and not value.strip())}

    def question(self, version: int) -> Question:
        """The question this draft makes. Raises ValidationError where it does not keep the rules."""
        areas = tuple(Area.model_validate(area.model_dump()) for area in self.areas if not area.empty)
        return Question.model_validate({**self.raw(), "areas": areas, "version": version})


class Authored(Value):
    """A question made in the app. ``question`` is the version that was published last, ``draft`` what is being written."""

    id: str
    author: str
    standing: Standing = Standing.DRAFT
    origin: Origin = Origin.WRITTEN
    draft: Draft | None = None
    question: Question | None = Field(default=None, description="none: never published")
    created_at: AwareDatetime
    changed_at: AwareDatetime

    @property
    def words(self) -> Draft:
        """What is being written, or else what was published."""
        if self.draft is not None:
            return self.draft
        return Draft.of(self.question) if self.question else Draft()

    @property
    def key(self) -> str:
        """The key: permanent once the question was published."""
        return self.question.key if self.question else self.words.key


def _line(text: str) -> str:
    return " ".join(text.split())
