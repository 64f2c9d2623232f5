"""A role-play as a record: values in, values out. Who plays the other person is somebody else's matter."""

from datetime import datetime

from coach.domain.drill import Line, Run, Try
from coach.domain.exercise import Exercise, Fact

CARD = "role-play"  # what a reply in a role-play is filed under
WHOLE = "whole"  # and what was seen in all of them together
MOST_TURNS = 6  # of the candidate


def speaking(run: Run) -> Exercise:
    """All that is looked for in a role-play: what a good reply does at any of the scenario's cards."""
    replies = [card.reply for card in run.scenario.cards if card.reply]
    facts: dict[str, Fact] = {fact.text: fact for one in replies for fact in one.facts}
    return run.scenario.model_copy(
        update={
            "facts": tuple(facts.values()),
            "avoid": tuple(avoid for one in replies for avoid in one.avoid),
            "good": "",
            "cards": (),
        }
    )


def waits_for_me(run: Run) -> bool:
    """Whether it is the candidate's turn."""
    return run.role_play and run.finished_at is None and bool(run.lines) and not run.lines[-1].mine


def said(run: Run, one: Try) -> Run:
    """The candidate has spoken. Out of turn nothing changes."""
    if not waits_for_me(run):
        return run
    return run.model_copy(update={"lines": (*run.lines, Line(mine=True, words=one.text, reply=one.id))})


def answered(run: Run, words: str, now: datetime, *, ends: bool) -> Run:
    """The other person has spoken. Out of turn nothing changes."""
    if not run.role_play or run.finished_at or (run.lines and not run.lines[-1].mine):
        return run
    mine = sum(line.mine for line in run.lines)
    spoken = run.model_copy(update={"lines": (*run.lines, Line(mine=False, words=words))})
    over = mine > 0 and (ends or mine >= MOST_TURNS)
    return spoken.model_copy(update={"finished_at": now}) if over else spoken


def fell_back(run: Run, why: str) -> Run:
    """Nobody plays the other person any more: it goes on with cards, and what was said is kept."""
    if run.finished_at:
        return run
    return run.model_copy(update={"role_play": False, "note": f"{why} So it goes on with cards."})


def ended(run: Run, now: datetime) -> Run:
    """The candidate ends the talk."""
    return run if run.finished_at else run.model_copy(update={"finished_at": now})


def my_words(run: Run) -> str:
    """All that the candidate said, a paragraph a turn."""
    return "\n\n".join(line.words for line in run.lines if line.mine)


def talk(run: Run) -> list[str]:
    """The talk as the other person remembers it."""
    return [f"{'Case manager' if line.mine else 'You'}: {line.words}" for line in run.lines]
