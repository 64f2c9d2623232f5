"""Words that could point at a client.

Direct identifiers follow the eighteen of HIPAA's Safe Harbor (45 CFR 164.514(b)(2)). Which recogniser looks for which:

 1 names                                    `people.People`
 2 places smaller than a state              `places.Addresses` (streets, doors, postal codes); towns: see 18
 3 dates of a person, ages over 89          `dates.BirthDates`, `dates.ExactDates`, `dates.AgesOver89`
 4, 5 telephone and fax numbers             `contacts.Phones`
 6 e-mail addresses                         `contacts.Emails`
 7 Social Security numbers                  `records.SocialSecurityNumbers`
 8-11 record, plan, account, licence numbers `records.RecordNumbers`
12 vehicles                                 `records.Vehicles`
13 devices                                  `records.Devices`
14 web addresses                            `contacts.Urls`
15 IP addresses                             `contacts.NetworkAddresses`
16 biometric identifiers                    none: a fingerprint or a voice print is data, and cannot stand in a text
17 photographs of the face                  none: likewise
18 any other unique characteristic          `find_quasi`: details that together single a person out

Exact dates and ages over 89 are reported as not direct: said alone in an interview they narrow down and name nobody.
A further recogniser is one class with `find(doc)` and one line in `ALL`.
"""

from collections.abc import Sequence

from coach.checks.identifiers.contacts import Emails, NetworkAddresses, Phones, Urls
from coach.checks.identifiers.dates import AgesOver89, BirthDates, ExactDates
from coach.checks.identifiers.document import Document, read
from coach.checks.identifiers.people import People
from coach.checks.identifiers.places import Addresses
from coach.checks.identifiers.quasi import THRESHOLD, bundles, find_quasi
from coach.checks.identifiers.recogniser import Recogniser
from coach.checks.identifiers.records import Devices, RecordNumbers, SocialSecurityNumbers, Vehicles
from coach.checks.identifiers.value import Identifier, IdentifierKind, Quasi, QuasiBundle, QuasiKind

__all__ = [
    "ALL",
    "THRESHOLD",
    "Identifier",
    "IdentifierKind",
    "Quasi",
    "QuasiBundle",
    "QuasiKind",
    "bundles",
    "find_identifiers",
    "find_quasi",
    "identifiers",
]

ALL: tuple[Recogniser, ...] = (
    SocialSecurityNumbers(),
    Phones(),
    Vehicles(),
    Devices(),
    RecordNumbers(),
    Emails(),
    Urls(),
    NetworkAddresses(),
    BirthDates(),
    Addresses(),
    People(),
    AgesOver89(),
    ExactDates(),
)


def find_identifiers(
    text: str, own_names: Sequence[str] = (), recognisers: Sequence[Recogniser] = ALL
) -> tuple[Identifier, ...]:
    """What in ``text`` could point at a client, in the order of the text and without overlaps.

    ``own_names`` are names that may be said: the candidate's and the employer's. Where two recognisers claim the same
    words the direct one is kept, then the longer, then the one that stands first in ``recognisers``.
    """
    return identifiers(read(text, own_names), recognisers) if text.strip() else ()


def identifiers(doc: Document, recognisers: Sequence[Recogniser] = ALL) -> tuple[Identifier, ...]:
    """The same of a document that is read already."""
    claims = [
        (not i.direct, i.span.start - i.span.end, rank, i) for rank, r in enumerate(recognisers) for i in r.find(doc)
    ]
    kept: list[Identifier] = []
    for *_, claim in sorted(claims, key=lambda c: c[:3]):
        if all(claim.span.end <= k.span.start or claim.span.start >= k.span.end for k in kept):
            kept.append(claim)
    return tuple(sorted(kept, key=lambda i: i.span.start))
