"""What counts as doing what a hard moment asks for: measured on written replies, half of which nothing was set on."""

import pytest

from bench.scenarios import replies
from coach.domain.drill import Try
from coach.prepare.drills import cards, drill_of
from coach.prepare.drills.drilling import Drills
from coach.prepare.drills.scenarios import Scenarios
from tests.prepare.drills.drill_parts import exercise, saw, seen

BOY = exercise("hard-scenarios", "the-bruise").at_card("the-boy")
FAULT, SECRET, HURT = (
    "Says that it is not his fault",
    "Says that it cannot stay a secret",
    "Asks whether he is hurt or afraid now",
)


@pytest.mark.parametrize(("part", "least"), [("tuning", 0.6), ("validation", 0.75)])
def test_of_written_replies_most_that_do_it_are_seen_and_hardly_any_that_only_come_near(
    part: str, least: float
) -> None:
    found = list(replies(part))
    doing, near = [one for one in found if one.does], [one for one in found if not one.does]
    assert sum(one.seen for one in doing) >= least * len(doing)
    assert sum(one.seen for one in near) <= 0.06 * len(near)


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        (FAULT, "Tell me honestly now: it is your fault that he got mad.", "I want you to know that it is really not your fault."),
        (FAULT, "Are you really sure that it was not your fault?", "You did nothing wrong when you came to me with it."),
        (SECRET, "That is fine, I can keep this a secret for you.", "I am sorry, but I cannot keep this a secret for you."),
        (HURT, "Did it hurt when he hit you like that yesterday?", "Does anything hurt right now while you sit here?"),
    ],
)  # fmt: skip
def test_a_wrong_word_to_a_child_is_not_taken_for_the_right_one(name: str, wrong: str, right: str) -> None:
    assert saw(seen("hard-scenarios", BOY, wrong), name).met is False
    assert saw(seen("hard-scenarios", BOY, right), name).met is True


# ── the candidate's own word ──────────────────────────────────────────────────────────────────────────────────────


def replied(drills: Drills, scenarios: Scenarios) -> Try:
    run = scenarios.begin("ann", exercise("hard-scenarios", "the-bruise"))
    one = drills.begin("ann", drill_of("hard-scenarios"), BOY, "typed", run=run.id, card="the-boy")  # type: ignore[arg-type]
    return drills.hand_in(
        one.id, "ann", "It took guts to show me that, buddy. What happened is on him and on no one else."
    )


def test_a_claim_is_kept_as_ones_own_word_and_no_finding_and_can_be_taken_back(
    drills: Drills, scenarios: Scenarios
) -> None:
    one = replied(drills, scenarios)
    assert saw(one.outcome, FAULT).met is False  # type: ignore[arg-type]
    claimed = drills.claim(one, FAULT, on=True)
    assert (claimed.claims, claimed.outcome) == ((FAULT,), one.outcome)
    assert claimed.summary.endswith("1 more by your own word")
    assert drills.get(one.id, "ann").claims == (FAULT,)
    assert drills.claim(claimed, FAULT, on=False).claims == ()


def test_nothing_that_was_judged_by_its_words_can_be_claimed(drills: Drills, scenarios: Scenarios) -> None:
    one = replied(drills, scenarios)
    assert drills.claim(one, "Nothing that makes it worse", on=True).claims == ()
    assert drills.claim(one, "Anything", on=True).claims == ()


def test_what_is_claimed_counts_for_where_the_scenario_goes(drills: Drills, scenarios: Scenarios) -> None:
    one = replied(drills, scenarios)
    run = scenarios.get(one.run or "", "ann")
    claimed = one
    for name in (FAULT, SECRET, HURT):
        claimed = drills.claim(claimed, name, on=True)
    asked, claims_too = cards.reply(run, one, one.created_at), cards.reply(run, claimed, one.created_at)
    assert (asked.steps[-1].well, claims_too.steps[-1].well) == (False, True)
