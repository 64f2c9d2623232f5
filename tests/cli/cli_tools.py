"""The type of the command line as tests call it."""

from collections.abc import Callable

from click.testing import Result

Coach = Callable[..., Result]
