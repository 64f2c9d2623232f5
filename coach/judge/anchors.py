"""Answers already marked: what a judge is shown so that it knows where each level stands."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from coach.domain.rubric import Criterion
from coach.errors import JudgeError
from coach.judge.levels import LEVEL_OF
from coach.judge.points import POINTS, Mark
from coach.judge.reply import Shown

_MARK = re.compile(r"(\d{1,2})(?: (partial))?")


@dataclass(frozen=True)
class Anchor:
    """One marked answer, and the level it stands for on each criterion."""

    sentences: tuple[str, ...]
    shown: dict[Criterion, dict[str, Shown]]
    levels: dict[Criterion, int]

    @classmethod
    def of(cls, table: dict[str, Any]) -> Self:
        """From a table of the file. Raises ValueError, KeyError or TypeError where it is not one."""
        shown = {c: {p.key: Shown(Mark.NO, 0) for p in POINTS[c]} for c in Criterion}
        for criterion in Criterion:
            for key, value in table.get(criterion, {}).items():
                written = _MARK.fullmatch(value)
                if (
                    written is None
                    or key not in shown[criterion]
                    or not 1 <= int(written[1]) <= len(table["sentences"])
                ):
                    raise ValueError(f"{criterion}.{key}")
                shown[criterion][key] = Shown(Mark.PARTIAL if written[2] else Mark.YES, int(written[1]))
        levels = {c: int(table["levels"][c]) for c in Criterion}
        return cls(tuple(table["sentences"]), shown, levels)

    def placed(self, criterion: Criterion) -> int:
        """The level that its marks lead to."""
        return LEVEL_OF[criterion]({key: one.mark for key, one in self.shown[criterion].items()}).level

    def written_out(self) -> str:
        """As it stands in a prompt."""
        numbered = " ".join(f"[{n}] {sentence}" for n, sentence in enumerate(self.sentences, 1))
        marks = "; ".join(self._marks(criterion) for criterion in Criterion)
        return f"Sentences: {numbered}\nMarks: {marks}."

    def _marks(self, criterion: Criterion) -> str:
        points = [
            f"`{key}` {one.sentence} {one.mark}"
            for key, one in self.shown[criterion].items()
            if one.mark is not Mark.NO
        ]
        return f"{criterion} (stands at {self.levels[criterion]}): {', '.join(points) or 'nothing'}"


def load(path: Path) -> tuple[Anchor, ...]:
    """The marked answers of a file. Raises JudgeError where it cannot be used."""
    try:
        return tuple(Anchor.of(table) for table in tomllib.loads(path.read_text(encoding="utf-8"))["answers"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise JudgeError(
            f"The file of marked answers {path.name} cannot be used ({type(error).__name__}). Put it back as it was installed."
        ) from None
