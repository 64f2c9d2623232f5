"""What the parts of a review's page share: what lies on the desk, a field whose words are kept, and doing what was asked for."""

from collections.abc import Mapping
from typing import NamedTuple

from coach.domain.attempt import Attempt
from coach.domain.people import Person
from coach.domain.review import Review
from coach.ui.resources import token
from coach.ui.widgets.writer import writer


class Desk(NamedTuple):
    """One review being worked on; ``drafts`` is what stands in its fields and is not saved yet."""

    who: Person
    review: Review
    attempt: Attempt
    drafts: Mapping[str, str]


def remark(desk: Desk, field: str, *, label: str, submit: str, revision: str, placeholder: str = "") -> str | None:
    """A field for some words, kept while one types; what is in it once its button is pressed."""
    review = desk.review.id
    said = writer(
        review,
        desk.drafts.get(field, ""),
        token=token(review, desk.who.id),
        label=label,
        placeholder=placeholder,
        submit=submit,
        revision=revision,
        key=f"{field}-{review}",
        on_handed_in=_nothing,
        url=f"/api/reviews/{review}/drafts/{field}",
        remark=True,
    ).handed_in
    return str(said["text"]) if said else None


def _nothing() -> None:
    """What the writer hands in is read where it is drawn."""
