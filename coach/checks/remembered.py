"""Vectors of texts that are asked for again and again, such as the bank's questions: encoded once a process."""

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np

from coach.checks.embeddings import DIMENSIONS, Matrix, encoder

_MOST = 6_000  # texts; their vectors take 9 MB


class Remembered:
    """Encodes as `Encoder.encode` does, and remembers the texts used last. Safe to share between threads."""

    def __init__(self, encode: Callable[[Sequence[str]], Matrix] = lambda texts: encoder().encode(texts)) -> None:
        self._encode = encode
        self._known: OrderedDict[str, Matrix] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, texts: Sequence[str]) -> Matrix:
        """One row for each text, in their order."""
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
        unknown = list(dict.fromkeys(text for text in texts if text not in found))
        found |= dict(zip(unknown, self._encode(unknown), strict=True)) if unknown else {}
        with self._lock:
            for text in texts:
                self._known[text] = found[text]
                self._known.move_to_end(text)
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
        return np.array([found[text] for text in texts], dtype=np.float32).reshape(-1, DIMENSIONS)


@functools.cache
def remembered() -> Remembered:
    """The memory of this process."""
    return Remembered()
