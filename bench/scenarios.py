"""How well replies in hard scenarios are seen to do what they should: written replies that do it, and others that only come near.

Usage: python -m bench.scenarios (seconds). The replies of two scenarios set the rules, those of the two others
were seen while they were shaped: no figure here speaks for sentences by anybody else.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from coach.domain.exercise import Fact
from coach.domain.sentences import sentences
from coach.prepare.drills.acts import done_by
from coach.prepare.drills.facts import Stretches, clauses
from coach.prepare.drills.packs import load_packs
from coach.resources import question_bank

REPLIES = Path(__file__).parent / "scenario_replies.toml"
PARTS = ("tuning", "validation")


class Reply(NamedTuple):
    """One sentence, what was looked for in it, whether it does it, and whether it was seen to."""

    fact: str
    words: str
    does: bool
    seen: bool


def replies(part: str) -> Iterator[Reply]:
    """All written replies of one part, as the drill sees them."""
    scenarios = {one.key: one for one in load_packs(question_bank() / "drills")["hard-scenarios"]}
    for key, cards in tomllib.loads(REPLIES.read_text("utf-8"))[part].items():
        for card, facts in cards.items():
            known = {fact.text: fact for fact in scenarios[key].at_card(card).facts}
            for name, told in facts.items():
                for does, group in ((True, told["does"]), (False, told["near"])):
                    yield from (Reply(name, words, does, _seen(words, known[name])) for words in group)


def _seen(words: str, fact: Fact) -> bool:
    spans = [one for whole in sentences(words) for one in (whole, *clauses(words, whole))]
    return done_by(Stretches(words, tuple(spans)), fact) is not None


def main() -> None:
    """Print how many of each are seen, and those that are seen wrongly."""
    for part in PARTS:
        found = list(replies(part))
        doing, near = [one for one in found if one.does], [one for one in found if not one.does]
        hits, slips = (sum(one.seen for one in some) for some in (doing, near))
        print(f"{part}: {hits} of {len(doing)} that do it are seen, and {slips} of {len(near)} that only come near")
        for one in found:
            if one.seen is not one.does:
                print(f"  {'missed' if one.does else 'wrongly seen'}: {one.fact} | {one.words}")


if __name__ == "__main__":
    main()
