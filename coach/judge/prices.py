"""What models cost: from ``prices.toml``, and "unknown" where it says nothing."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from coach.domain.judging import Price
from coach.errors import JudgeError

_SHIPPED = Path(__file__).with_name("prices.toml")
_DATED = re.compile(r"-\d{4}-?\d{2}-?\d{2}$")  # a model's name with the day of its release


def prices(own: Path | None = None) -> Mapping[str, Price]:
    """Prices by model: the list that came with the program, and ``own`` over it if that file exists. Raises JudgeError."""
    found = _read(_SHIPPED)
    if own and own.is_file():
        found |= _read(own)
    return found


def price_of(model: str, known: Mapping[str, Price]) -> Price | None:
    """A model's price, also where its name carries a date; None where it is not known."""
    return known.get(model) or known.get(undated(model))


def undated(model: str) -> str:
    """A model's name without the day of its release."""
    return _DATED.sub("", model)


def said(usd: float | None) -> str:
    """A cost in plain words."""
    if usd is None:
        return "unknown"
    if usd == 0:
        return "nothing"
    return f"{100 * usd:.2f} US cents" if usd < 1 else f"{usd:.2f} US dollars"


def _read(path: Path) -> dict[str, Price]:
    try:
        models = tomllib.loads(path.read_text(encoding="utf-8"))["models"]
        return {name: Price.model_validate(price) for name, price in models.items()}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, AttributeError, ValidationError):
        raise JudgeError(
            f"{path.name} cannot be read. It needs a table [models] with lines such as: "
            '"model" = { input = 0.5, cached = 0.05, output = 2.0 }, in US dollars a million tokens.'
        ) from None
