"""The rubric, from its file."""

from pathlib import Path

from coach import resources
from coach.bank.toml_file import read_value
from coach.domain.rubric import Rubric
from coach.errors import BankError


def load_rubric(path: Path | None = None) -> Rubric:
    """The rubric in ``path``, or the product's own. Raises BankError where it cannot be used."""
    path = path or resources.prompts() / "rubric" / "v1.toml"
    rubric = read_value(path, Rubric, "rubric")
    criteria = [anchors.criterion for anchors in rubric.anchors]
    if twice := sorted({criterion for criterion in criteria if criteria.count(criterion) > 1}):
        raise BankError(f"The rubric cannot be used: {path.name}: {', '.join(twice)}: anchors are given twice.")
    for anchors in rubric.anchors:
        if empty := [str(level) for level, text in sorted(anchors.levels.items()) if not text.strip()]:
            raise BankError(
                f"The rubric cannot be used: {path.name}: {anchors.criterion}: level {', '.join(empty)} is empty."
            )
    return rubric
