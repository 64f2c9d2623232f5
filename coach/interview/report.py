"""From an interview and its attempts to the report. Unrated answers are told with their reason and stay out of every mean."""

from collections.abc import Callable, Sequence
from statistics import mean

from coach.domain.attempt import Attempt
from coach.domain.feedback import Feedback, FeedbackState, PartSpan
from coach.domain.finding import Part
from coach.domain.interview import Interview, Round, Turn
from coach.domain.interview_report import (
    Calibration,
    Contradiction,
    Delivery,
    InterviewReport,
    Lift,
    Mean,
    Moved,
    QuestionReport,
    Said,
    Share,
    Standing,
)
from coach.domain.rubric import Criterion

LONG_PAUSE_S = 2.0
MOST_LIFTS = 3
EARLIER = 3  # interviews a report is compared with
Find = Callable[[str], Attempt | None]
Trouble = Callable[[str], str]


def build(
    interview: Interview,
    find: Find,
    *,
    trouble: Trouble,
    rubric: str,
    earlier: Sequence[Interview],
    contradictions: tuple[Contradiction, ...] = (),
) -> InterviewReport:
    """The report as things stand now.

    ``find`` gives an attempt by its id, ``trouble`` why rating one failed; ``earlier`` are the candidate's interviews before this one,
    the oldest first.
    """
    asked = [(n, one) for n, one in enumerate(interview.rounds, 1) if one.turns]
    questions = tuple(_question(n, one, interview.set_up.limit_s, find, trouble) for n, one in asked)
    return InterviewReport(
        interview=interview.id,
        at=interview.created_at,
        set_up=interview.set_up,
        rubric=rubric,
        questions=questions,
        means=tuple(
            _mean(c, questions, [_feedbacks(one, find, rubric) for one in earlier[-EARLIER:]]) for c in Criterion
        ),
        delivery=_delivery([turn for _, one in asked if one.words for turn in one.turns], interview.set_up.limit_s),
        balance=_balance([p for _, one in asked for p in _parts(find(one.attempt))]),
        lifts=lifts(questions),
        contradictions=contradictions,
        pauses=interview.pauses,
        absences=interview.absences,
        away_s=interview.away_s,
    )


def calibration(interview: Interview, find: Find) -> Calibration | None:
    """How well the candidate's own ratings meet those they got; None where there is nothing to compare."""
    differences = [
        own.level - level
        for one in interview.rounds
        if one.own and (attempt := find(one.attempt)) and attempt.feedback
        for own in one.own
        if (level := attempt.feedback.of(own.criterion).level) is not None
    ]
    if not differences:
        return None
    return Calibration(
        interview=interview.id, at=interview.created_at, difference=mean(differences), ratings=len(differences)
    )


def _question(number: int, one: Round, limit_s: int | None, find: Find, trouble: Trouble) -> QuestionReport:
    attempt = find(one.attempt)
    standing, reason = _standing(one, attempt, trouble)
    feedback = attempt.feedback if attempt else None
    return QuestionReport(
        number=number,
        question=one.question_text,
        attempt=one.attempt,
        standing=standing,
        reason=reason,
        said=tuple(Said(asked=t.asked, why=t.why, text=t.text, trouble=t.trouble) for t in one.turns),
        text=attempt.text if attempt else "",
        ratings=feedback.ratings if feedback else (),
        change=feedback.change if feedback else None,
        balance=_balance(_parts(attempt)),
        coverage=feedback.coverage if feedback else (),
        leaks=feedback.leaks if feedback else (),
        delivery=_delivery(one.turns, one.limit_s or limit_s) if one.words else None,
        own=one.own,
        moved=tuple(m for r in one.again if (m := _moved(one, attempt, find(r.attempt), r.part, r.said))),
    )


def _standing(one: Round, attempt: Attempt | None, trouble: Trouble) -> tuple[Standing, str]:
    if attempt is None:
        return Standing.UNRATED, "This answer was deleted."
    if attempt.feedback:
        rated = attempt.feedback.state is not FeedbackState.UNRATED
        return (Standing.RATED if rated else Standing.UNRATED), attempt.feedback.note
    if one.trouble:
        return Standing.UNRATED, one.trouble
    failed = trouble(one.attempt)
    return (Standing.UNRATED, failed) if failed else (Standing.WAITING, "")


def _parts(attempt: Attempt | None) -> Sequence[PartSpan]:
    return attempt.feedback.parts if attempt and attempt.feedback else ()


def _balance(parts: Sequence[PartSpan]) -> tuple[Share, ...]:
    """The share of words that tells each part; empty where nothing was told."""
    words = {part: sum(len(p.span.quote.split()) for p in parts if p.part is part) for part in Part}
    total = sum(words.values())
    return tuple(Share(part=part, share=n / total) for part, n in words.items()) if total else ()


def _delivery(turns: Sequence[Turn], limit_s: int | None) -> Delivery | None:
    if not turns:
        return None
    heard = [turn.transcript for turn in turns if turn.transcript]
    measured = [one.delivery for one in heard if one.delivery]
    spoken_s = sum(one.spoken_s for one in measured)
    pauses = [pause for one in measured for pause in one.pauses]
    return Delivery(
        seconds=sum(turn.transcript.duration_s if turn.transcript else turn.answered_s for turn in turns),
        words=sum(len(turn.text.split()) for turn in turns),
        limit_s=limit_s,
        words_per_minute=60 * sum(one.words for one in measured) / spoken_s if spoken_s else None,
        long_pauses=sum(pause.seconds >= LONG_PAUSE_S for pause in pauses) if measured else None,
        hesitations=sum(len(one.fillers) for one in measured) if measured else None,
        recorded_again=sum(turn.recorded_again for turn in turns),
    )


def _moved(one: Round, first: Attempt | None, later: Attempt | None, part: Part | None, said: str) -> Moved | None:
    if first is None or later is None or not later.is_handed_in:
        return None
    before = " ".join(p.span.quote for p in _parts(first) if p.part is part) if part else first.text or one.words
    levels = _levels(first.feedback, later.feedback) if later.feedback else ()
    standing = Standing.WAITING
    if later.feedback:
        standing = Standing.UNRATED if later.feedback.state is FeedbackState.UNRATED else Standing.RATED
    return Moved(attempt=later.id, part=part, before=before, after=said or later.text, standing=standing, levels=levels)


def _levels(before: Feedback | None, after: Feedback) -> tuple[tuple[Criterion, int | None, int | None], ...]:
    return tuple((c, before.of(c).level if before else None, after.of(c).level) for c in Criterion)


# ── the whole ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _feedbacks(interview: Interview, find: Find, rubric: str) -> list[Feedback]:
    """The feedback of an interview's answers that can be compared: rated on the same scale."""
    attempts = (find(one.attempt) for one in interview.rounds)
    return [a.feedback for a in attempts if a and a.feedback and a.versions and a.versions.rubric == rubric]


def _mean(criterion: Criterion, questions: Sequence[QuestionReport], earlier: Sequence[Sequence[Feedback]]) -> Mean:
    both = [(r.level, q) for q in questions for r in q.ratings if r.criterion is criterion and r.level is not None]
    before = [[level for f in one if (level := f.of(criterion).level) is not None] for one in earlier]
    own = [o.level for _, q in both for o in q.own if o.criterion is criterion]
    return Mean(
        criterion=criterion,
        level=mean(level for level, _ in both) if both else None,
        answers=len(both),
        earlier=tuple(mean(levels) for levels in before if levels),
        own=mean(own) if own else None,
    )


def lifts(questions: Sequence[QuestionReport]) -> tuple[Lift, ...]:
    """The changes that would lift the whole most: what endangers a client first, then where most levels are to be gained.

    Each answer knows its one change; a criterion is named once, on the answer that is lowest on it.
    """
    lost = {
        c: sum(5 - r.level for q in questions for r in q.ratings if r.criterion is c and r.level) for c in Criterion
    }
    candidates = [(q, q.change) for q in questions if q.change]
    ranked = sorted(
        candidates,
        key=lambda pair: (
            not pair[0].leaks,
            -lost[pair[1].criterion],
            _level(pair[0], pair[1].criterion),
            pair[0].number,
        ),
    )
    chosen: list[Lift] = []
    for question, change in ranked:
        if change.text not in {one.change.text for one in chosen} and len(chosen) < MOST_LIFTS:
            named = {one.change.criterion for one in chosen}
            if change.criterion not in named or len({c.criterion for _, c in candidates}) <= len(named):
                chosen.append(Lift(number=question.number, change=change))
    return tuple(chosen)


def _level(question: QuestionReport, criterion: Criterion) -> int:
    return next((r.level for r in question.ratings if r.criterion is criterion and r.level), 5)
