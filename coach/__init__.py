"""Practice Coach: interview practice for case managers that never rates what it cannot justify."""

__version__ = "0.1.0"
