"""What the judge is asked to look for, and what the candidate is told about each of its verdicts.

How a point is put to the judge, and what yes, partial and no mean for it, stands in the prompt file.
"""

from dataclasses import dataclass
from enum import StrEnum

from coach.domain.rubric import Criterion


class Mark(StrEnum):
    """The judge's verdict on one point."""

    YES = "yes"
    PARTIAL = "partial"
    NO = "no"


@dataclass(frozen=True)
class Point:
    """One thing to look for, and a sentence for the candidate on each mark (empty: nothing to say).

    Nothing is said where the point named by ``needs`` is marked no. A ``weak`` point, such as that a client comes up at
    all, is quoted as evidence only where no other is.
    """

    key: str
    yes: str = ""
    partial: str = ""
    no: str = ""
    needs: str = ""
    weak: bool = False

    def says(self, mark: Mark) -> str:
        """The sentence for the candidate."""
        return {Mark.YES: self.yes, Mark.PARTIAL: self.partial, Mark.NO: self.no}[mark]


POINTS: dict[Criterion, tuple[Point, ...]] = {
    Criterion.SOAR: (
        Point(
            "event",
            partial="This is a habit, a plan or a brief hint, not yet one past event told.",
            no="No past event is told.",
        ),
        Point(
            "situation",
            yes="The situation is clear.",
            partial="The situation is only sketched.",
            no="The situation is missing.",
            needs="event",
        ),
        Point(
            "obstacle",
            yes="The obstacle is clear.",
            partial="The obstacle is only implied.",
            no="The obstacle is missing.",
            needs="event",
        ),
        Point(
            "action",
            yes="Your own steps are clear.",
            partial="Your own part is blurred or thin.",
            no="Your own steps are missing.",
            needs="event",
        ),
        Point(
            "result",
            yes="The result is clear.",
            partial="The result is only implied.",
            no="The result is missing.",
            needs="event",
        ),
    ),
    Criterion.EMPATHY: (
        Point("client", no="No client comes up in this answer, so there was nobody to show empathy for.", weak=True),
        Point(
            "disrespect",
            yes="The wording blames, labels or belittles a client or a family.",
            partial="One phrase sounds cold or labelling.",
        ),
        Point(
            "method",
            yes="A way of listening or building trust is told.",
            partial="Empathy is claimed more than shown.",
            needs="client",
        ),
        Point(
            "perspective",
            yes="What the client felt or wanted is told, with the reason.",
            partial="The client's feelings come up in general words.",
            no="What the client felt or wanted is missing.",
            needs="client",
        ),
        Point(
            "adapted",
            yes="Your way of working follows from what suited the client.",
            partial="A change made for the client is hinted at.",
            no="Nothing yet shows how the client's wishes changed what you did.",
            needs="client",
        ),
    ),
    Criterion.CONFIDENTIALITY: (
        Point(
            "subject",
            partial="Clients come up in general only, so there was little to protect.",
            no="No client's story and no handling of client information comes up, so there was nothing to protect.",
            weak=True,
        ),
        Point(
            "identifier",
            yes="Two or more details identify a client directly.",
            partial="One detail identifies a client directly.",
            no="The judge saw no direct identifier.",
            needs="subject",
        ),
        Point(
            "pickable",
            yes="Taken together, the details could let somebody nearby pick the client out.",
            partial="One detail is finer than the story needs.",
        ),
        Point(
            "breach",
            yes="Client information goes where it should not, and no concern is shown.",
            partial="Client information goes to somebody whose right to know it is doubtful.",
        ),
        Point(
            "sharing",
            yes="Information goes to others, and consent is not mentioned.",
            partial="Consent is mentioned for a part of the sharing only.",
        ),
    ),
    Criterion.OUTCOME: (
        Point(
            "result",
            yes="A concrete result is told.",
            partial="The result is a general judgement, not something one could check.",
            no="No result is told.",
        ),
        Point(
            "number",
            yes="It has a number, a time or a comparison.",
            partial="Its number or time is rough.",
            no="It has no number, time or comparison yet.",
            needs="result",
        ),
        Point(
            "baseline",
            yes="The figure has a period or a starting point.",
            partial="The figure's period or starting point is only hinted at.",
            no="The figure has no period or starting point.",
            needs="number",
        ),
        Point(
            "linked",
            yes="It follows from what you did.",
            partial="Its link to your work is loose.",
            no="It is not yet tied to what you did.",
            needs="result",
        ),
    ),
}
