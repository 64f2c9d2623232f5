"""Writing questions as a pack: the TOML that `coach.bank.packs` reads."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from coach.domain.question import Question


def pack_text(questions: Sequence[Question], title: str, description: str) -> str:
    """A pack with these questions, as text."""
    head = fields_text({"title": title, "description": description, "language": "en"})
    return "\n".join([head, *map(question_text, questions)])


def question_text(question: Question) -> str:
    """A question as a table of a file."""
    fields = question.model_dump(mode="json")
    areas = fields.pop("areas")
    tables = [f"[[questions]]\n{fields_text(fields)}", *(f"[[questions.areas]]\n{fields_text(area)}" for area in areas)]
    return "\n".join(tables)


def fields_text(fields: Mapping[str, Any]) -> str:
    """Names and values, one a line."""
    return "".join(f"{name} = {_value(value)}\n" for name, value in fields.items())


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"[\n{''.join(f'    {_value(item)},{chr(10)}' for item in value)}]" if value else "[]"
    if isinstance(value, str):  # JSON's escapes are TOML's, but for the one control character that JSON leaves alone
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value).lower() if isinstance(value, bool) else str(value)
