"""Drills: a short exercise on a skill that wants practice."""

from collections.abc import Iterator

from coach.domain.plan import Item, ItemKind, Offer, days_ago
from coach.prepare.drills import ALL, Drill
from coach.prepare.plan.facts import ahead, counted, sentence
from coach.prepare.plan.look import Look, need

_FIRST_AFTER = 2  # rated answers: before that it is not known what to drill
_APART_DAYS, _FRESH_DAYS = 2, 7
_SHORT, _LATELY = (
    0.8,
    0.6,
)  # worth beside a whole answer on the same skill, and of that what is left a few days after the last try
_MINUTES = 5
_JOB = 0.08  # what it is worth more that the job asks for the skill


class DrillsToDo:
    """Each drill, for what its skill wants, and not two days running."""

    def offers(self, look: Look) -> Iterator[Offer]:
        """One offer a drill."""
        if look.by_then < _FIRST_AFTER:
            return
        last = {one.drill: one.created_at for one in reversed(look.held.tries)}
        for drill in ALL:
            since = look.days_since(last[drill.key]) if drill.key in last else None
            if since is None or since >= _APART_DAYS:
                yield _offer(look, drill, since)


def _offer(look: Look, drill: Drill, since: int | None) -> Offer:
    skill = look.competencies.get(drill.skill)
    lately = _LATELY if since is not None and since < _FRESH_DAYS else 1.0
    asked = bool(look.aim and drill.skill in look.aim.competencies)
    stands = f"{drill.skill.label.lower()} stands at {counted(skill.level, skill.answers)}" if skill else ""
    tried = "you have not tried this drill yet" if since is None else f"you did this drill {days_ago(since)}"
    return Offer(
        item=Item(
            kind=ItemKind.DRILL,
            ref=drill.key,
            title=f"A drill of a few minutes: {drill.name}",
            minutes=_MINUTES,
            competencies=(drill.skill,),
        ),
        worth=min(1.0, (need(skill) * _SHORT + _JOB * asked) * lately),
        reason=sentence("the job you prepare for asks for this skill" if asked else "", stands, tried, ahead(look)),
    )
