"""Guides and assignments, put together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from coach.assigning.assignments import Assignments
from coach.assigning.guides import Guides
from coach.belongings import AssignedRecords, Part, Records
from coach.ports import Questions
from coach.store import AssignmentStore, Database, GuideStore, HeldQuestionStore


@dataclass(frozen=True)
class Assigning:
    """Where guides, assignments and the questions they hold are kept."""

    guides: GuideStore
    assignments: AssignmentStore
    held: HeldQuestionStore

    @classmethod
    def of(cls, database: Database) -> "Assigning":
        """In one database."""
        return cls(GuideStore(database), AssignmentStore(database), HeldQuestionStore(database))

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is kept here of a person."""
        return (
            Records("assignments-given", self.assignments.authored, self.assignments.disown),
            Records("guides", self.guides.owned_by, self.guides.delete),
            AssignedRecords(self.assignments.given_to),
        )

    def services(self, bank: Questions, clock: Callable[[], datetime]) -> tuple[Guides, Assignments]:
        """All a page can do with them."""
        return (
            Guides(self.guides, self.held, bank, clock),
            Assignments(self.assignments, self.held, bank, clock),
        )
