"""Notes rewritten well and badly, in words the drill was not written from."""

import pytest

from tests.prepare.drills.drill_parts import quotes, saw, seen, unmet

NOTE = (
    "I came at 10:15. In the kitchen there were six plates in the sink and some cereal on the floor. The baby sat in the playpen; "
    "his diaper was wet. About the clinic visit the mother said, “I had no bus money.” She did not want me to go into the bedroom."
)

SMELL = "There was a strong smell of marijuana in the hall."


def test_what_was_seen_and_said_is_met() -> None:
    assert unmet(seen("just-the-facts", "messy-kitchen", NOTE)) == set()


@pytest.mark.parametrize(
    ("change", "to", "name", "words"),
    [
        ("the mother said", "the lazy mother said", "No judging words", {"lazy"}),
        ("In the kitchen", "The kitchen was a mess:", "No judging words", {"a mess"}),
        ("six plates", "nine plates", "Nothing added", {"nine"}),
        ("I had no bus money.", "I hate that clinic.", "Their own words", {"I hate that clinic."}),
        ("She did not want", f"{SMELL} She did not want", "Nothing added", {SMELL}),
    ],
)  # fmt: skip
def test_a_slip_is_quoted(change: str, to: str, name: str, words: set[str]) -> None:
    outcome = seen("just-the-facts", "messy-kitchen", NOTE.replace(change, to))
    assert name in unmet(outcome)
    assert words <= quotes(outcome, name)


def test_a_judging_word_that_the_client_said_is_no_judgement_of_ours() -> None:
    outcome = seen("just-the-facts", "claim-faker", (
        "He has been out of work for ten weeks with a sprain. A neighbor told us that she saw him carrying groceries. He said: “Nobody from work "
        "has even asked how I am.” He has done no exercises since the 3rd; he calls them “pointless”. He said no to the job at the front desk."
    ))  # fmt: skip
    assert unmet(outcome) == set()


def test_a_judgement_beside_a_quotation_is_found_and_one_inside_it_is_not() -> None:
    around = "The mother, who plainly does not love her child, said about the clinic visit, “I had no bus money.”"
    outcome = seen(
        "just-the-facts",
        "messy-kitchen",
        NOTE.replace("About the clinic visit the mother said, “I had no bus money.”", around),
    )
    assert {"plainly", "does not love"} <= quotes(outcome, "No judging words")
    label = "We had a frequent relapser who relapsed yet again; he said, “I had no bus money.”"
    assert label in quotes(seen("just-the-facts", "messy-kitchen", f"{NOTE} {label}"), "No judging words")
    inside = "About the clinic visit the mother said, “I am a terrible mother and I do not care about him.”"
    outcome = seen(
        "just-the-facts",
        "messy-kitchen",
        NOTE.replace("About the clinic visit the mother said, “I had no bus money.”", inside),
    )
    assert "No judging words" not in unmet(outcome)


def test_a_lost_fact_is_named_and_a_missing_quote_asked_for() -> None:
    short = "I came at 10:15. There were six plates in the sink and cereal on the floor. The mother would not let me see the bedroom."
    outcome = seen("just-the-facts", "messy-kitchen", short)
    assert unmet(outcome) == {"Facts kept", "Their own words"}
    assert "The baby was in the playpen in a wet diaper." in saw(outcome, "Facts kept").missing
    assert saw(outcome, "Their own words").missing == ("I had no bus money.",)
