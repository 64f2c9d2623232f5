"""How a name's bearer is told: where names may stand, what is read around them, and what the heads learned from."""

import numpy as np
import pytest

from coach.checks.identifiers import find_identifiers
from coach.checks.identifiers.candidates import candidates
from coach.checks.identifiers.document import read
from coach.checks.identifiers.evidence import observed
from coach.checks.identifiers.head import Head
from coach.checks.identifiers.people import People
from coach.checks.identifiers.whose import names
from coach.checks.training import labelled_bundles, labelled_names


def found(text: str) -> list[str]:
    """The words that may be a name."""
    return [text[c.start : c.end] for c in candidates(read(text))]


POSSIBLE = [
    ("It took a month before Solveig let me in.", ["Solveig"]),
    ("Mr. Grigoryan and his son Abel came.", ["Mr. Grigoryan", "Abel"]),
    ("R. Delacroix was denied.", ["R. Delacroix"]),
    ("and then we got lashonda a bed", ["lashonda"]),
    ("We sat with the Montoyas.", ["the Montoyas"]),
    ("Big Walt had been clean.", ["Big Walt"]),
    ("Diana, our nurse, signed.", ["Diana"]),
    ("Xiomarelle's ex had the new address.", ["Xiomarelle"]),
    ("so shawndelle she calls me at two in the morning", ["shawndelle"]),
    ("I sat with Mrs. V until four.", ["Mrs. V"]),
]


@pytest.mark.parametrize(("text", "expected"), POSSIBLE)
def test_whatever_may_be_a_name_is_looked_at(text: str, expected: list[str]) -> None:
    assert found(text) == expected


IMPOSSIBLE = [
    "Rehab said no. Housing said eight weeks. Long story short, it took a year.",
    "FERPA and HUD-VASH have their own rules, and MPs too.",
    "my caseload was sixty and hed lost his wallet",
    "We called Hope House and the Feldman Fund, and Martha's Kitchen.",
    "He came out of St. Brendan's on Tuesdays.",
    "He took his Latuda and spoke Zapotec to the Aetna nurse.",
    "Will I wait? I have faith, hope and joy.",
    "She was sent home in Talbot's Crossing.",
]


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_what_cannot_be_a_name_is_not(text: str) -> None:
    assert found(text) == []


def test_mentions_of_one_name_are_weighed_together() -> None:
    doc = read("My client Marisol Vega cried. Then Mrs. Vega and Diana, our nurse, sat down. Marisol signed.")
    assert [[m.parts[-1] for m in named.mentions] for named in names(doc)] == [["vega", "vega", "marisol"], ["diana"]]


@pytest.mark.parametrize(
    "text",
    [
        "I'll call her Rosalind, which is nothing like her name. Rosalind cried.",
        "All names are changed. Then Marisol signed.",
        "Um, hi, Constance Boateng, I saw the ad.",
        "I'm Priya, I mentored a girl for a year.",
        "Sure, well, my name is Corwin Baxley-Oyelaran and I ran a day centre.",
        "She signed it. Great, and Philippa, tell us how you kept in touch.",
        "So then he says, Ottoline, that's me, they cut the power.",
        "Henrietta Vasquez, LCSW. I led a team of six.",
        "Then Hurricane Odile took the roof of the clinic.",
        "I called Dr. Amberley, and Coach Dinwiddie let him sit out.",
        "She moved on the ninth of June.",
        "What I am telling you is a composite. Marisol lost her flat, and Marisol called me.",
    ],
)
def test_a_made_up_name_and_an_introduction_need_no_weighing(text: str) -> None:
    assert names(read(text)) == ()


def test_observations_are_the_same_ones_in_the_same_order_for_every_name() -> None:
    one, other = (read(text) for text in ("So Marisol came.", "my boss ray and the okafor family"))
    orders = {tuple(observed(doc, c)) for doc in (one, other) for c in candidates(doc)}
    assert len(orders) == 1


def test_a_name_late_in_a_sentence_too_long_to_read_is_still_judged() -> None:
    text = "I sat with her and we went on " + "and on " * 200 + "until Marisol signed."
    assert [i.span.quote for i in find_identifiers(text)] == ["Marisol"]


@pytest.mark.parametrize(("chance", "told"), [(0.02, []), (0.2, [False]), (0.6, [True])])
def test_a_name_that_may_be_a_clients_is_asked_about_and_only_a_likely_one_counts(
    chance: float, told: list[bool]
) -> None:
    doc = read("I called Marisol about the ramp.")
    (named,) = names(doc)
    head = Head(weights=np.zeros_like(named.features), bias=np.array([np.log(chance / (1 - chance))]))
    found = list(People(head).find(doc))
    assert [one.direct for one in found] == told
    assert not any(one.narrows for one in found)
    assert all(one.why.startswith("if this is a client's name") is not one.direct for one in found)


def test_contexts_the_heads_learn_from_hold_the_names_they_are_labelled_with() -> None:
    contexts = labelled_names()
    assert len({c.text for c in contexts}) == len(contexts) >= 500
    assert all(name in c.text for c in contexts for name in c.clients)
    assert min(sum(bool(c.clients) for c in contexts), sum(not c.clients for c in contexts)) >= 200
    assert {b.singled_out for b in labelled_bundles()} == {True, False}
