"""The check that the documentation shows as an example works as it stands there."""

import re
from pathlib import Path

from coach.checks import ALL
from coach.checks.check import Check
from coach.checks.heads import load
from coach.checks.prepared import Prepared
from coach.domain.question import Question

PAGE = Path(__file__).resolve().parents[2] / "docs" / "architecture.md"


def test_the_check_shown_as_an_example_finds_the_words_it_is_for() -> None:
    (source,) = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    shown: dict[str, object] = {"__name__": "example"}
    exec(compile(source, str(PAGE), "exec", dont_inherit=True), shown)  # noqa: S102  # our own page
    check: Check = shown["Others"]()  # type: ignore[operator]
    answer = Prepared.of("I called the landlord, and the school's Nurse came along.", Question.free("How?"), load())
    assert [found.span.quote for found in check.run(answer)] == ["landlord", "Nurse"]
    assert check.name not in {one.name for one in ALL}
