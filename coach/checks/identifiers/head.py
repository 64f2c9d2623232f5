"""The learned heads of this room at run time: logistic regressions, numpy and a file of weights."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]

WEIGHTS = Path(__file__).with_name("weights.npz")


@dataclass(frozen=True)
class Head:
    """One logistic regression. ``bias`` has one number."""

    weights: Vector
    bias: Vector

    def probability(self, features: Vector) -> float:
        """Between 0 and 1."""
        return float(1.0 / (1.0 + np.exp(-(features @ self.weights + self.bias[0]))))


@functools.cache
def load(name: str, path: Path = WEIGHTS) -> Head:
    """The head of a name, with the weights that travel with the code."""
    with np.load(path) as stored:
        return Head(weights=stored[f"{name}.weights"], bias=stored[f"{name}.bias"])


def save(heads: Mapping[str, Head], path: Path = WEIGHTS) -> None:
    """Write the weights of all heads to ``path``."""
    stored = {f"{name}.weights": head.weights for name, head in heads.items()}
    stored |= {f"{name}.bias": head.bias for name, head in heads.items()}
    np.savez(path, allow_pickle=False, **stored)
    load.cache_clear()
