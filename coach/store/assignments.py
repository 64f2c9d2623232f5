"""Assignments: what coaches give to their cohorts, and what students find given to them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, select
from sqlmodel.sql.expression import SelectOfScalar

from coach.domain.assignment import NO_ASSIGNMENT, Assignment, Given, StudentWork, Work
from coach.domain.attempt import Attempt
from coach.domain.people import NO_COHORT, NO_MEMBERSHIP
from coach.errors import NotFoundError
from coach.store.assigned import answers_to, given, link, to_assignment, to_given, works
from coach.store.attempts import insert, to_attempt
from coach.store.consented import followed_by
from coach.store.database import Database
from coach.store.rollups import refresh
from coach.store.tables import AttemptRow
from coach.store.tables_assignments import AssignmentAnswerRow, AssignmentDoneRow, AssignmentRow, AssignmentStudentRow
from coach.store.tables_people import CohortCoachRow, CohortRow, MembershipRow, PersonRow

_COLUMNS = {"id", "cohort", "author", "guide", "created_at", "state", "whole", "students"}


class Move(Protocol):
    """A change of an assignment; it is told whether a student has begun."""

    def __call__(self, one: Assignment, *, begun: bool) -> Assignment: ...


class AssignmentStore:
    """All assignments. Each method names who asks: a coach of the cohort, or a student it is given to; else it is "not found"."""

    def __init__(self, database: Database) -> None:
        self._db = database

    # ── for coaches ──────────────────────────────────────────────────────────────────────────────────────────────

    def add(self, one: Assignment, coach: str) -> None:
        """Store a new assignment to an open cohort of a coach. Raises NotFoundError, also for a student who is not in it."""
        with self._db.writing() as session:
            if session.exec(select(CohortRow.id).where(CohortRow.id == one.cohort, followed_by(coach))).first() is None:
                raise NotFoundError(NO_COHORT)
            session.add(
                AssignmentRow(
                    **one.model_dump(include={"id", "author", "created_at", "whole"}),
                    cohort_id=one.cohort,
                    guide_id=one.guide,
                    state=one.state.value,
                    record=_record(one),
                )
            )
            session.flush()
            _give(session, one)

    def get(self, ident: str, coach: str) -> Assignment:
        """One assignment to a cohort of a coach. Raises NotFoundError."""
        with self._db.reading() as session:
            return _with_students(session, [_row(session, ident, coach)])[0]

    def all_of(self, coach: str, cohort_id: str | None = None) -> tuple[Assignment, ...]:
        """The assignments to a coach's open cohorts, or to one of them, the newest first."""
        with self._db.reading() as session:
            query = select(AssignmentRow).join(CohortRow, _of_cohort()).where(followed_by(coach))
            if cohort_id is not None:
                query = query.where(AssignmentRow.cohort_id == cohort_id)
            rows = session.exec(query.order_by(col(AssignmentRow.created_at).desc(), col(AssignmentRow.id))).all()
            return _with_students(session, rows)

    def change(self, ident: str, coach: str, move: Move) -> Assignment:
        """Apply a move to an assignment as it is now; the move is told whether somebody has begun. Raises NotFoundError."""
        with self._db.writing() as session:
            row = _row(session, ident, coach)
            after = move(_with_students(session, [row])[0], begun=_is_begun(session, ident))
            row.state, row.whole, row.guide_id, row.record = after.state.value, after.whole, after.guide, _record(after)
            _give(session, after)
            return after

    def delete(self, ident: str, coach: str) -> None:
        """Delete an assignment; what students answered stays theirs. Raises NotFoundError."""
        with self._db.writing() as session:
            row = _row(session, ident, coach)
            linked = select(AssignmentAnswerRow.person_id).where(AssignmentAnswerRow.assignment_id == ident).distinct()
            people = session.exec(linked).all()
            session.delete(row)
            session.flush()
            for person in people:
                refresh(session, person)

    def progress(
        self, many: Iterable[Assignment], coach: str, student: str | None = None
    ) -> dict[str, tuple[StudentWork, ...]]:
        """How far the students of assignments are, by name, or one of them, for a coach of their cohorts."""
        with self._db.reading() as session:
            wanted = {one.id: one for one in many}
            query = given(AssignmentRow.id, PersonRow.id, PersonRow.name).join(
                PersonRow, col(PersonRow.id) == col(MembershipRow.person_id)
            )
            if student is not None:
                query = query.where(col(PersonRow.id) == student)
            rows = session.execute(
                query.where(col(AssignmentRow.id).in_(wanted), followed_by(coach)).order_by(
                    PersonRow.name, PersonRow.id
                )
            ).all()
            done = works(session, wanted.values(), student)
            found: dict[str, list[StudentWork]] = {ident: [] for ident in wanted}
            for ident, person, name in rows:
                work = done.get((ident, person), Work())
                found[ident].append(StudentWork(student=person, name=name, work=work))
            return {ident: tuple(students) for ident, students in found.items()}

    def link_demo(self, ident: str, attempts: Sequence[tuple[str, str]]) -> None:
        """Note that invented students gave these answers (attempt, student) for an assignment. Raises NotFoundError."""
        with self._db.writing() as session:
            for student in dict.fromkeys(student for _, student in attempts):
                link(session, ident, student, [attempt for attempt, whose in attempts if whose == student])
                refresh(session, student)

    # ── for students ─────────────────────────────────────────────────────────────────────────────────────────────

    def given_to(self, person_id: str, ident: str | None = None) -> tuple[Given, ...]:
        """What is given to somebody, or one thing of it; the latest given first."""
        with self._db.reading() as session:
            query = given(AssignmentRow, CohortRow.name).where(col(MembershipRow.person_id) == person_id)
            if ident is not None:
                query = query.where(col(AssignmentRow.id) == ident)
            rows = session.execute(query.order_by(col(AssignmentRow.created_at).desc(), col(AssignmentRow.id))).all()
            found = [(to_assignment(row), cohort) for row, cohort in rows]
            done = works(session, [one for one, _ in found], person_id)
            begun = answers_to(session, [one.id for one, _ in found], person_id)
            return tuple(
                to_given(one, cohort, begun[one.id], done.get((one.id, person_id), Work())) for one, cohort in found
            )

    def begin(self, ident: str, attempt: Attempt) -> Attempt:
        """Store a new attempt made for an assignment, or find the one of its kind that is under way at its question.

        Raises NotFoundError where it is not given to its candidate, or is over.
        """
        with self._db.writing() as session:
            under_way = session.exec(_under_way(ident, attempt)).first()
            if under_way:
                return to_attempt(under_way, attempt.competencies)
            insert(session, attempt)
            link(session, ident, attempt.candidate, [attempt.id])
            return attempt

    def of_attempt(self, attempt_id: str, person_id: str) -> Assignment | None:
        """The assignment an attempt of somebody's was made for, whatever has become of it."""
        with self._db.reading() as session:
            row = session.exec(
                select(AssignmentRow)
                .join(AssignmentAnswerRow, col(AssignmentAnswerRow.assignment_id) == col(AssignmentRow.id))
                .where(AssignmentAnswerRow.attempt_id == attempt_id, AssignmentAnswerRow.person_id == person_id)
            ).first()
            return to_assignment(row) if row else None

    def siblings(self, attempt_id: str) -> tuple[int | None, tuple[str, ...]]:
        """How often an answer may be recorded, and all attempts by themselves at the same question for the same assignment.

        Without a limit, of an answer in an interview, and of one that is for no assignment: None and nothing.
        """
        with self._db.reading() as session:
            own = session.get(AssignmentAnswerRow, attempt_id)
            if own is None:
                return None, ()
            row, attempt = session.get(AssignmentRow, own.assignment_id), session.get(AttemptRow, attempt_id)
            most = to_assignment(row).takes if row else None
            if not most or attempt is None or attempt.interview_id:
                return None, ()
            same = session.exec(
                select(AttemptRow.id)
                .join(AssignmentAnswerRow, col(AssignmentAnswerRow.attempt_id) == col(AttemptRow.id))
                .where(
                    AssignmentAnswerRow.assignment_id == own.assignment_id,
                    AssignmentAnswerRow.person_id == own.person_id,
                    AttemptRow.question_key == attempt.question_key,
                )
            ).all()
            return most, tuple(same)

    # ── of one person, for taking along and deleting ─────────────────────────────────────────────────────────────

    def authored(self, author: str) -> tuple[Assignment, ...]:
        """Everything somebody gave, the newest first; to whom is the students' own affair."""
        with self._db.reading() as session:
            rows = session.exec(
                select(AssignmentRow)
                .where(AssignmentRow.author == author)
                .order_by(col(AssignmentRow.created_at).desc())
            )
            return tuple(map(to_assignment, rows))

    def disown(self, ident: str, author: str) -> None:
        """Forget who gave an assignment; without another coach in its cohort it is deleted. Nothing happens where it is gone."""
        with self._db.writing() as session:
            row = session.get(AssignmentRow, ident)
            if row is None or row.author != author:
                return
            others = select(CohortCoachRow.person_id).where(
                CohortCoachRow.cohort_id == row.cohort_id, CohortCoachRow.person_id != author
            )
            if session.exec(others).first() is None:
                session.delete(row)
            else:
                row.author = ""


def _of_cohort() -> ColumnElement[bool]:
    return col(CohortRow.id) == col(AssignmentRow.cohort_id)


def _row(session: Session, ident: str, coach: str) -> AssignmentRow:
    query = select(AssignmentRow).join(CohortRow, _of_cohort()).where(AssignmentRow.id == ident, followed_by(coach))
    row = session.exec(query).first()
    if row is None:
        raise NotFoundError(NO_ASSIGNMENT)
    return row


def _with_students(session: Session, rows: Sequence[AssignmentRow]) -> tuple[Assignment, ...]:
    """The values of rows, each with the students it is for."""
    query = select(AssignmentStudentRow.assignment_id, AssignmentStudentRow.person_id).where(
        col(AssignmentStudentRow.assignment_id).in_(row.id for row in rows)
    )
    students: dict[str, list[str]] = defaultdict(list)
    for ident, person in session.exec(query.order_by(AssignmentStudentRow.person_id)):
        students[ident].append(person)
    return tuple(to_assignment(row, students[row.id]) for row in rows)


def _give(session: Session, one: Assignment) -> None:
    """Note whom an assignment is for, in place of whom it was for before. Raises NotFoundError for who is not in the cohort."""
    session.exec(delete(AssignmentStudentRow).where(col(AssignmentStudentRow.assignment_id) == one.id))
    members = set(session.exec(select(MembershipRow.person_id).where(MembershipRow.cohort_id == one.cohort)))
    if not members.issuperset(one.students):
        raise NotFoundError(NO_MEMBERSHIP)
    session.add_all(
        AssignmentStudentRow(assignment_id=one.id, person_id=student, cohort_id=one.cohort)
        for student in (() if one.whole else one.students)
    )


def _under_way(ident: str, like: Attempt) -> SelectOfScalar[AttemptRow]:
    """Attempts for an assignment that are not handed in: by the same person, at the same question, in the same kind; the latest first."""
    return (
        select(AttemptRow)
        .join(AssignmentAnswerRow, col(AssignmentAnswerRow.attempt_id) == col(AttemptRow.id))
        .where(
            AssignmentAnswerRow.assignment_id == ident,
            AttemptRow.candidate == like.candidate,
            AttemptRow.question_key == like.question_key,
            AttemptRow.kind == like.kind,
            col(AttemptRow.handed_in_at).is_(None),
            col(AttemptRow.interview_id).is_(None),
        )
        .order_by(col(AttemptRow.created_at).desc())
    )


def _is_begun(session: Session, ident: str) -> bool:
    tables = (AssignmentAnswerRow, AssignmentDoneRow)
    return any(session.exec(select(t.person_id).where(t.assignment_id == ident)).first() for t in tables)


def _record(one: Assignment) -> dict[str, object]:
    return one.model_dump(mode="json", exclude=_COLUMNS)
