"""Where the files that travel with the code are: beside it in a checkout, bundled in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLE = _PACKAGE / "_bundle"


def _folder(name: str) -> Path:
    bundled = _BUNDLE / name
    return bundled if bundled.is_dir() else _PACKAGE.parent / name


def question_bank() -> Path:
    """The folder of question packs."""
    return _folder("question_bank")


def prompts() -> Path:
    """The folder of prompt files and rubrics."""
    return _folder("prompts")


def streamlit_config() -> Path:
    """Streamlit's configuration: theme and server settings."""
    bundled = _BUNDLE / "streamlit.toml"
    return bundled if bundled.is_file() else _PACKAGE.parent / ".streamlit" / "config.toml"
