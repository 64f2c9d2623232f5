"""What was done for assignments: attempts are linked to them, and how far a student is follows from these, by one query."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlmodel import Session, col

from coach.domain.assignment import NO_ASSIGNMENT, Assignment, AssignmentState, Given, Way, Work
from coach.errors import ConflictError, NotFoundError
from coach.store.tables import AttemptRow, InterviewRow, UTCDateTime
from coach.store.tables_assignments import AssignmentAnswerRow, AssignmentDoneRow, AssignmentRow, AssignmentStudentRow
from coach.store.tables_people import CohortRow, MembershipRow

_COLUMNS = {"id", "author", "created_at", "state", "whole"}


def to_assignment(row: AssignmentRow, students: Iterable[str] = ()) -> Assignment:
    """The value of a row. ``students`` are told to coaches only."""
    fields = row.model_dump(include=_COLUMNS)
    mine = {"cohort": row.cohort_id, "guide": row.guide_id, "students": tuple(students)}
    return Assignment.model_validate({**row.record, **fields, **mine})


def given(*what: Any) -> Select[Any]:
    """A query of ``what`` over open cohorts' assignments and the students each is for; withdrawn ones are for nobody."""
    for_some = and_(
        col(AssignmentStudentRow.assignment_id) == col(AssignmentRow.id),
        col(AssignmentStudentRow.person_id) == col(MembershipRow.person_id),
    )
    return (
        select(*what)
        .select_from(AssignmentRow)
        .join(CohortRow, col(CohortRow.id) == col(AssignmentRow.cohort_id))
        .join(MembershipRow, col(MembershipRow.cohort_id) == col(CohortRow.id))
        .outerjoin(AssignmentStudentRow, for_some)
        .where(
            col(CohortRow.archived_at).is_(None),
            col(AssignmentRow.state) != AssignmentState.WITHDRAWN,
            or_(col(AssignmentRow.whole), col(AssignmentStudentRow.person_id).is_not(None)),
        )
    )


def link(session: Session, assignment_id: str, person_id: str, attempts: Iterable[str]) -> Assignment:
    """Note that attempts are made for an assignment, in the transaction that begins them.

    Raises NotFoundError where it is not given to this person, or is over, and ConflictError where they have handed it in, or are in the
    middle of the interview.
    """
    row = session.execute(
        given(AssignmentRow).where(
            col(AssignmentRow.id) == assignment_id,
            col(MembershipRow.person_id) == person_id,
            col(AssignmentRow.state) == AssignmentState.OPEN,
        )
    ).scalar_one_or_none()
    if row is None:
        raise NotFoundError(NO_ASSIGNMENT)
    assignment = to_assignment(row)
    _require_to_do(session, assignment, person_id)
    whose = {"assignment_id": assignment_id, "person_id": person_id, "cohort_id": row.cohort_id}
    session.add_all(AssignmentAnswerRow(attempt_id=one, **whose) for one in attempts)
    return assignment


def _require_to_do(session: Session, one: Assignment, person_id: str) -> None:
    work = works(session, [one], person_id).get((one.id, person_id), Work())
    if work.handed_in_at:
        raise ConflictError("You have handed this in already. Practise as much as you like; it stays as it is.")
    if to_given(one, "", answers_to(session, [one.id], person_id)[one.id], work).interview:
        raise ConflictError("You are in the middle of this already. Go on with it on Today.")


class Begun(NamedTuple):
    """An attempt made for an assignment, and the interview it belongs to, if any."""

    attempt: str
    question: str
    handed_in_at: datetime | None
    interview: str | None
    finished_at: datetime | None


def answers_to(session: Session, idents: Iterable[str], person_id: str) -> Mapping[str, Sequence[Begun]]:
    """What a student has begun of assignments, the earliest first; of each nothing, where there is nothing."""
    columns = (
        AssignmentAnswerRow.assignment_id,
        AttemptRow.id,
        AttemptRow.question_key,
        AttemptRow.handed_in_at,
        InterviewRow.id,
        InterviewRow.finished_at,
    )
    rows = session.execute(
        select(*map(col, columns))
        .select_from(AssignmentAnswerRow)
        .join(AttemptRow, col(AttemptRow.id) == col(AssignmentAnswerRow.attempt_id))
        .outerjoin(InterviewRow, col(InterviewRow.id) == col(AttemptRow.interview_id))
        .where(col(AssignmentAnswerRow.assignment_id).in_(idents), col(AssignmentAnswerRow.person_id) == person_id)
        .order_by(col(AttemptRow.created_at))
    )
    found: defaultdict[str, list[Begun]] = defaultdict(list)
    for assignment, *begun in rows:
        found[assignment].append(Begun(*begun))
    return found


def to_given(one: Assignment, cohort: str, begun: Sequence[Begun], work: Work) -> Given:
    """An assignment as a student has it, with what they have begun of it."""
    handed_in = {each.question for each in begun if each.handed_in_at}
    under_way = [each.interview for each in begun if each.interview and each.finished_at is None]
    open_ones = {each.question: each.attempt for each in begun if each.handed_in_at is None and each.interview is None}
    return Given(
        assignment=one,
        cohort=cohort,
        work=work,
        left=tuple(asked.key for asked in one.questions if asked.key not in handed_in),
        interview=under_way[-1] if under_way else None,
        attempts=open_ones,
    )


def works(
    session: Session, assignments: Iterable[Assignment], person_id: str | None = None
) -> dict[tuple[str, str], Work]:
    """How far everybody, or one person, is with assignments: by assignment and person; who has not begun is not among them.

    An interview is handed in when it is over and something was said in it; single questions when the last of them is.
    """
    by_id = {one.id: one for one in assignments}
    found = {
        (ident, person): Work(begun_at=begun, handed_in_at=_handed_in(by_id[ident], keys, last, finished))
        for ident, person, begun, keys, last, finished in session.execute(_worked(by_id, person_id))
    }
    kept = select(AssignmentDoneRow).where(
        col(AssignmentDoneRow.assignment_id).in_(by_id), _whose(AssignmentDoneRow, person_id)
    )
    for row in session.execute(kept).scalars():
        work = found.get((row.assignment_id, row.person_id), Work(begun_at=row.begun_at))
        if work.handed_in_at is None:
            work = Work(begun_at=row.begun_at, handed_in_at=row.handed_in_at)
        found[row.assignment_id, row.person_id] = work
    return found


def _worked(assignments: Iterable[str], person_id: str | None) -> Select[Any]:
    """A row for each assignment and person: begun when, how many questions were handed in, the last of them when, the interview over when."""
    handed_in = col(AttemptRow.handed_in_at)
    over = case((handed_in.is_not(None), col(InterviewRow.finished_at)))
    a_question = (
        select(
            col(AssignmentAnswerRow.assignment_id).label("assignment_id"),
            col(AssignmentAnswerRow.person_id).label("person_id"),
            func.min(col(AttemptRow.created_at)).label("begun"),
            func.min(handed_in).label("handed_in"),
            func.min(over, type_=UTCDateTime()).label("finished"),
        )
        .join(AttemptRow, col(AttemptRow.id) == col(AssignmentAnswerRow.attempt_id))
        .outerjoin(InterviewRow, col(InterviewRow.id) == col(AttemptRow.interview_id))
        .where(col(AssignmentAnswerRow.assignment_id).in_(assignments), _whose(AssignmentAnswerRow, person_id))
        .group_by(
            col(AssignmentAnswerRow.assignment_id), col(AssignmentAnswerRow.person_id), col(AttemptRow.question_key)
        )
        .subquery()
    )
    c = a_question.c
    return select(
        c.assignment_id,
        c.person_id,
        func.min(c.begun),
        func.count(c.handed_in),
        func.max(c.handed_in),
        func.min(c.finished),
    ).group_by(c.assignment_id, c.person_id)


def _whose(table: type[AssignmentAnswerRow] | type[AssignmentDoneRow], person_id: str | None) -> ColumnElement[bool]:
    return col(table.person_id) == person_id if person_id else col(table.person_id).is_not(None)


def _handed_in(one: Assignment, keys: int, last: datetime | None, finished: datetime | None) -> datetime | None:
    if one.way is not Way.SINGLE:
        return finished
    return last if keys >= len(one.questions) else None


def keep_done(session: Session, attempt_id: str) -> None:
    """Remember that an assignment was handed in, before an answer made for it is deleted."""
    link_row = session.get(AssignmentAnswerRow, attempt_id)
    row = session.get(AssignmentRow, link_row.assignment_id) if link_row else None
    if link_row is None or row is None:
        return
    ident, person = link_row.assignment_id, link_row.person_id
    work = works(session, [to_assignment(row)], person).get((ident, person))
    if work and work.begun_at and work.handed_in_at and session.get(AssignmentDoneRow, (ident, person)) is None:
        times = {"begun_at": work.begun_at, "handed_in_at": work.handed_in_at}
        session.add(AssignmentDoneRow(assignment_id=ident, person_id=person, cohort_id=row.cohort_id, **times))
        session.flush()
