"""Reading a TOML file, and saying in plain words what is wrong with it."""

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from coach.domain.value import Value
from coach.errors import BankError

V = TypeVar("V", bound=Value)

_PLACE = re.compile(r"^(?P<what>.*) \((?:at )?(?P<where>line \d+, column \d+|end of document)\)$")
_FAULTS = {
    "missing": "is missing",
    "extra_forbidden": "is not a field here",
    "string_too_short": "is empty",
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "tuple_type": "must be a list",
    "dict_type": "must be a table",
    "model_type": "must be a table",
}


def read_toml(path: Path) -> dict[str, Any]:
    """What stands in a TOML file. Raises BankError, without the file's name, where it cannot be read."""
    try:
        # Editors on Windows put a byte order mark in front, which is no TOML.
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise BankError(toml_fault(str(error))) from None
    except UnicodeDecodeError:
        raise BankError("is not UTF-8 text; save it as UTF-8") from None
    except RecursionError:
        raise BankError("holds lists within lists that go too deep to read") from None
    except FileNotFoundError:
        raise BankError("is not there") from None
    except OSError as error:
        raise BankError(f"cannot be read ({error.strerror or type(error).__name__})") from None


def read_value(path: Path, kind: type[V], what: str) -> V:
    """The one value that a TOML file holds. Raises BankError with the first three things that are wrong in ``what``."""
    try:
        return kind.model_validate(read_toml(path))
    except BankError as error:
        raise BankError(f"The {what} cannot be used: {path.name}: {error}.") from None
    except ValidationError as error:
        raise BankError(f"The {what} cannot be used: {path.name}: {first_few(faults_of(error))}.") from None


def faults_of(error: ValidationError) -> list[str]:
    """What pydantic found wrong, each with its place, in plain words."""
    return [_fault(e["type"], e["loc"], e["msg"], e.get("ctx", {})) for e in error.errors(include_url=False)]


def first_few(faults: list[str], most: int = 3) -> str:
    """The first ``most`` faults in one line, and how many more there are."""
    more = len(faults) - most
    return "; ".join(faults[:most]) + (f"; and {more} more" if more > 0 else "")


def toml_fault(message: str) -> str:
    """Python's message about a TOML file with the place in front."""
    if found := _PLACE.match(message):
        where = found["where"].replace("end of document", "the end of the file")
        return f"cannot be read at {where} ({found['what']}); look at the quotes, brackets and equals signs"
    return f"cannot be read ({message})"


def _fault(kind: str, place: tuple[int | str, ...], message: str, context: dict[str, Any]) -> str:
    where = ", ".join(f"number {part + 1}" if isinstance(part, int) else part for part in place if part != "[key]")
    if kind == "value_error":
        text = str(context["error"])
    elif kind == "enum":
        text = f"must be one of {context['expected']}"
    elif kind == "greater_than_equal":
        text = f"must be {context['ge']} or more"
    else:
        text = _FAULTS.get(kind, message[:1].lower() + message[1:])
    return f"{where}: {text}" if where else text
