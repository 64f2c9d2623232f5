"""What was measured of judges on labelled answers. Where one agrees less with people than the checks alone do, the checks win."""

import json
import logging
from pathlib import Path

from pydantic import Field, ValidationError

from coach.domain.rubric import Criterion
from coach.domain.value import Value
from coach.judge.prices import undated

log = logging.getLogger(__name__)


class Agreement(Value):
    """Quadratic weighted kappa with people on one criterion; ``low`` and ``high`` bound the difference the judge makes (95 %)."""

    alone: float
    with_judge: float
    low: float
    high: float


class Measured(Value):
    """One measurement: of a model under a prompt, beside one version of the checks.

    ``asked`` is the name it was asked for by, since some endpoints answer by another.
    """

    model: str
    asked: str = ""
    prompt_hash: str
    checks: str
    answers: int = Field(ge=1)
    agreement: dict[Criterion, Agreement]

    @property
    def worse(self) -> dict[Criterion, str]:
        """The criteria on which the judge does not help, each with the reason for the candidate."""
        return {
            criterion: f"Measured on {self.answers} labelled answers, ratings with this judge agree less with people "
            f"({one.with_judge:.2f}) than those of the checks alone ({one.alone:.2f}), so the checks' level stands."
            for criterion, one in self.agreement.items()
            if one.with_judge < one.alone
        }


class Measurements:
    """The measurements kept in a file, one a line. A file that cannot be read counts as none, and is told in the log."""

    def __init__(self, file: Path, checks: str) -> None:
        self._file, self._checks = file, checks

    def of(self, model: str, prompt_hash: str) -> Measured | None:
        """The latest measurement of a model under a prompt beside the checks of today; a name without a date means any release of it."""
        wanted = (prompt_hash, self._checks)
        found = (m for m in reversed(self._all()) if model and model in (m.model, m.asked, undated(m.model)))
        return next((m for m in found if (m.prompt_hash, m.checks) == wanted), None)

    def keep(self, one: Measured) -> None:
        """Add a measurement. Raises OSError."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as opened:
            opened.write(one.model_dump_json() + "\n")

    def _all(self) -> list[Measured]:
        try:
            lines = self._file.read_text(encoding="utf-8").splitlines()
            return [Measured.model_validate(json.loads(line)) for line in lines]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, ValidationError) as error:
            log.warning("%s cannot be read (%s), so no judge counts as measured", self._file.name, type(error).__name__)
            return []
