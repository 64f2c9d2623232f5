"""What the recognisers hand back."""

from enum import StrEnum

from pydantic import Field

from coach.domain.span import Span
from coach.domain.value import Value


class IdentifierKind(StrEnum):
    """What could point at a client."""

    PERSON = "person"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    URL = "url"
    IP = "ip"
    SSN = "ssn"
    RECORD_NUMBER = "record number"
    PLATE = "plate"
    DEVICE = "device"
    DATE_OF_BIRTH = "date of birth"
    EXACT_DATE = "exact date"
    AGE_OVER_89 = "age over 89"


class Identifier(Value):
    """Words in an answer that point at a client, or at somebody of the client's household.

    ``direct`` is true where the words alone say who it is; false where they only narrow it down, or where a name may be
    somebody else's. ``why`` is a plain clause ("a name the story does not need"); ``suggestion`` holds neutral words that fit in
    the span's place.
    """

    span: Span
    kind: IdentifierKind
    direct: bool
    why: str = Field(min_length=1)
    suggestion: str = Field(min_length=1)

    @property
    def narrows(self) -> bool:
        """Whether the words tell no name and yet narrow down who it is."""
        return not self.direct and self.kind is not IdentifierKind.PERSON


class QuasiKind(StrEnum):
    """What narrows down who a client is without naming anybody."""

    ONLY_ONE = "only one"
    KNOWN_EVENT = "known event"
    IN_THE_NEWS = "in the news"
    EMPLOYER_AND_ROLE = "employer and role"
    RARE_ROLE = "rare role"
    SMALL_PLACE = "small place"
    NAMED_FACILITY = "named facility"
    NAMED_STREET = "named street"
    EXACT_AGE = "exact age"
    EXACT_DATE = "exact date"
    CONDITION = "condition"
    ORIGIN = "origin"
    LANDMARK = "landmark"
    DESCRIPTION = "description"


class Quasi(Value):
    """One such detail, with the weight it has in a bundle (see `coach.checks.identifiers.quasi`)."""

    span: Span
    kind: QuasiKind
    weight: float = Field(gt=0)
    why: str = Field(min_length=1)


class QuasiBundle(Value):
    """Details that stand close together and so are about one person, in the order of the text.

    ``over`` says whether together they let somebody who lives nearby pick the client out.
    """

    details: tuple[Quasi, ...] = Field(min_length=1)
    weight: float = Field(gt=0)
    over: bool
    why: str = Field(min_length=1)
    suggestion: str = Field(min_length=1)

    def span(self, text: str) -> Span:
        """The stretch of ``text`` from the first detail to the last."""
        return Span.of(text, min(d.span.start for d in self.details), max(d.span.end for d in self.details))
