"""The base of all domain values."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value: equal by content, hashable, safe to share between threads, and JSON both ways."""

    model_config = ConfigDict(frozen=True, extra="forbid")
