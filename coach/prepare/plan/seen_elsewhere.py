"""What the checklist sees of the other rooms: the employer sheet, the list of questions to ask, and drills that were done."""

from collections.abc import Mapping

from coach.prepare.plan.look import Look
from coach.prepare.plan.sights import Sight, Watch

_COUNTED = "Counted or timed"  # the rung of the result ladder from which a result has a number
_PLAIN, _LADDER = "plain-language", "result-ladder"


def _employer(look: Look) -> Sight:
    count = max((sum(bool(words.strip()) for words in job.notes.values()) for job in look.held.jobs), default=0)
    lines = (
        f"{count} line{'' if count == 1 else 's'} of the employer sheet" if count else "nothing on an employer sheet"
    )
    return Sight(count=count, fact=f"you have written {lines}{' yet' if not count else ''}")


def _to_ask(look: Look) -> Sight:
    count = max((len(job.to_ask) for job in look.held.jobs), default=0)
    chosen = f"{count} question{'' if count == 1 else 's'}" if count else "no question"
    return Sight(count=count, fact=f"you have chosen {chosen} to ask them{' yet' if not count else ''}")


def _plain(look: Look) -> Sight:
    """Tries at the plain-language drill that met all that could be said of them."""
    done = [one for one in look.held.tries if one.drill == _PLAIN and one.outcome and one.outcome.of]
    met = [one for one in done if one.outcome and one.outcome.met == one.outcome.of]
    if not done:
        return Sight(count=0, fact="you have not done the plain-language drill yet")
    best = max(done, key=lambda one: one.outcome.met if one.outcome else 0)
    since = look.days_since(best.created_at)
    ago = "today" if since == 0 else f"{since} day{'' if since == 1 else 's'} ago"
    return Sight(count=len(met), fact=f"your best try at the plain-language drill was {ago}: {best.summary}")


def _results(look: Look) -> Sight:
    """Results with a number, each exercise once."""
    counted = {
        one.exercise.given
        for one in look.held.tries
        if one.drill == _LADDER and one.outcome and any(o.name == _COUNTED and o.met for o in one.outcome.observations)
    }
    count = len(counted)
    told = f"{count} result{'' if count == 1 else 's'}" if count else "no result"
    return Sight(count=count, fact=f"you have put a number on {told} in the result ladder{' yet' if not count else ''}")


WATCHES: Mapping[str, Watch] = {"employer": _employer, "to_ask": _to_ask, "plain": _plain, "results": _results}
"""Everything that is watched, by the name that points call it."""
