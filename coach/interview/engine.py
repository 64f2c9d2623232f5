"""The interview as a state machine over its record: values in, values out, the clock passed in.

    asking → thinking → answering → listening → (asking a probe …) → between → asking the next question … → done

Nothing here waits or remembers. Time passes when somebody looks (`look`): deadlines that have gone by end their phase, and an absence of
the candidate's page moves them by as long as it lasted, so one returns to the second one left at. A move that no longer fits (a button
pressed twice, another tab, a late arrival) changes nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from coach.domain.answer import AnswerKind, Transcript
from coach.domain.attempt import Attempt
from coach.domain.interview import Interview, Mode, OwnLevel, Phase, Retry, Round, SetUp, Turn, TurnState
from coach.domain.question import Question

MOST_PROBES = 2  # after one answer
AWAY_S = 6.0  # seconds without a sign of life that count as an absence; a page gives one every two
PATIENCE_S = 15.0  # seconds the interviewer takes at the most to choose a probe
GRACE_S = 4.0  # seconds after the limit in which the last piece of a recording may still arrive
WANTED = "It was chosen for this question."
_SPEECH_S = 0.45  # seconds a word takes to be read aloud, at the most
_TIMED = (Phase.ASKING, Phase.THINKING, Phase.ANSWERING)


def begin(
    interview_id: str, candidate: str, set_up: SetUp, asked: Sequence[tuple[Question, Attempt]], now: datetime
) -> Interview:
    """A new interview at its first question."""
    rounds = tuple(_round(set_up, question, attempt) for question, attempt in asked)
    first = Interview(
        id=interview_id,
        candidate=candidate,
        set_up=set_up,
        created_at=now,
        rounds=rounds,
        phase=Phase.BETWEEN,
        since=now,
        seen_at=now,
    )
    return _ask(first, first.round.question_text, "", now)


def _round(set_up: SetUp, question: Question, attempt: Attempt) -> Round:
    wish = set_up.wish(question.key)
    return Round(
        attempt=attempt.id,
        question_key=question.key,
        question_text=question.text,
        spare=question.probes,
        wanted=bool(wish and wish.probes),
        limit_s=wish.limit_s if wish else None,
    )


# ── time ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def look(interview: Interview, now: datetime) -> Interview:
    """The interview as it is now: after an absence, and with what ran out ended. Call it whenever the page is drawn."""
    interview = _returned(interview, now)
    for _ in Phase:  # each phase can run out once at the most
        if interview.deadline is None or interview.paused_at or now < _end(interview):
            break
        interview = _run_out(interview, now)
    return interview


def _returned(interview: Interview, now: datetime) -> Interview:
    away = max(0.0, (now - interview.seen_at).total_seconds())
    changes: dict[str, object] = {"seen_at": max(now, interview.seen_at)}
    if away > AWAY_S and interview.phase in _TIMED and not interview.paused_at:
        changes |= _later(interview, timedelta(seconds=away))
        changes |= {"absences": interview.absences + 1, "away_s": interview.away_s + away}
    return interview.model_copy(update=changes)


def _later(interview: Interview, lost: timedelta) -> dict[str, object]:
    """The phase as if it had begun so much later: what of it was over and what was left stay what they were."""
    return {"since": interview.since + lost, "deadline": interview.deadline and interview.deadline + lost}


def _end(interview: Interview) -> datetime:
    deadline = interview.deadline or interview.since
    speaking = interview.phase is Phase.ANSWERING and interview.turn.kind is AnswerKind.SPOKEN
    return deadline + timedelta(seconds=GRACE_S if speaking else 0)


def _run_out(interview: Interview, now: datetime) -> Interview:
    match interview.phase:
        case Phase.ASKING:
            return read_out(interview, now)
        case Phase.THINKING:
            return start(interview, now)
        case Phase.ANSWERING:
            return close(interview, now)
        case _:  # LISTENING: whoever chooses probes was not quick enough, so the question's own are asked
            return probe(interview, interview.at, _spare(interview.round), now)


def left_s(interview: Interview, now: datetime) -> float | None:
    """Seconds until the phase ends; None where nothing presses. Stands still in a pause."""
    if interview.deadline is None:
        return None
    return max(0.0, (interview.deadline - (interview.paused_at or now)).total_seconds())


# ── what the candidate does ───────────────────────────────────────────────────────────────────────────────────────


def read_out(interview: Interview, now: datetime) -> Interview:
    """The question has been read aloud."""
    if interview.phase is not Phase.ASKING:
        return interview
    thinking_s = interview.set_up.thinking_s if len(interview.round.turns) == 1 else 0
    return _to(interview, Phase.THINKING, now, thinking_s) if thinking_s else _answer(interview, now)


def start(interview: Interview, now: datetime) -> Interview:
    """Begin to answer, without waiting any longer."""
    return _answer(interview, now) if interview.phase in (Phase.ASKING, Phase.THINKING) else interview


def again(interview: Interview, now: datetime) -> Interview:
    """Record this answer once more from its beginning, where there may be another; what was recorded is kept beside it."""
    if (
        not interview.may_record_again
        or interview.phase is not Phase.ANSWERING
        or interview.turn.kind is not AnswerKind.SPOKEN
    ):
        return interview
    return _answer(_with_turn(interview, take=interview.turn.take + 1), now)


def type_instead(interview: Interview, _now: datetime) -> Interview:
    """Answer this turn by keyboard, under the same clock."""
    if interview.turn.over or interview.turn.kind is AnswerKind.TYPED:
        return interview
    typed = _with_turn(interview, kind=AnswerKind.TYPED)
    return typed.model_copy(update={"step": typed.step + 1})


def draft(interview: Interview, at: int, turn: int, text: str) -> Interview:
    """Keep what is being typed in answer to one turn, while it is open."""
    if interview.at != at or len(interview.round.turns) != turn + 1 or interview.turn.over:
        return interview
    return _with_turn(interview, draft=text)


def close(interview: Interview, now: datetime, text: str | None = None) -> Interview:
    """The answer is finished: as recorded, or as typed (``text``, or else the draft)."""
    if interview.phase is not Phase.ANSWERING:
        return interview
    interview = _with_turn(interview, answered_s=_passed_s(interview, now))
    turn = interview.turn
    if turn.kind is AnswerKind.TYPED:
        words = turn.draft if text is None else text
        trouble = "" if words.strip() else "Nothing was written before the time was over."
        closed = _with_turn(interview, state=TurnState.READ, draft=words, text=words, closed_at=now, trouble=trouble)
    else:
        closed = _with_turn(interview, state=TurnState.CLOSED, closed_at=now)
    if _may_probe(closed):
        return _to(closed, Phase.LISTENING, now, PATIENCE_S)
    return _complete(closed, now)


def skip(interview: Interview, now: datetime) -> Interview:
    """Pass over this question, or this probe. What was recorded or typed of it is kept, but not rated."""
    if interview.turn.over or interview.phase not in _TIMED:
        return interview
    return _complete(_with_turn(interview, state=TurnState.SKIPPED, closed_at=now), now)


def pause(interview: Interview, now: datetime) -> Interview:
    """Stop the clock; in practice mode only."""
    if interview.set_up.mode is not Mode.PRACTICE or interview.phase not in _TIMED or interview.paused_at:
        return interview
    return interview.model_copy(
        update={"paused_at": now, "pauses": interview.pauses + 1, "step": interview.step + 1, "seen_at": now}
    )


def resume(interview: Interview, now: datetime) -> Interview:
    """Let the clock go on where it stood."""
    if interview.paused_at is None:
        return interview
    later = _later(interview, now - interview.paused_at)
    return interview.model_copy(update=later | {"paused_at": None, "step": interview.step + 1, "seen_at": now})


def go_on(interview: Interview, now: datetime) -> Interview:
    """To the next question, or to the end after the last."""
    if interview.phase is not Phase.BETWEEN:
        return interview
    if interview.last_round:
        return _done(interview, now)
    following = interview.model_copy(update={"at": interview.at + 1})
    return _ask(following, following.round.question_text, "", now)


def end(interview: Interview, now: datetime) -> Interview:
    """Stop here. What is being answered counts as far as it came; what was not asked stays unasked."""
    if interview.done:
        return interview
    if interview.phase is Phase.ANSWERING:
        interview = close(interview, now)
    elif interview.phase in _TIMED:
        interview = skip(interview, now)
    return interview if interview.done else _done(_with_round(interview, interview.at, complete=True), now)


def rate_yourself(interview: Interview, at: int, own: Sequence[OwnLevel]) -> Interview:
    """Keep what the candidate thinks of an answer. The first word stands: later ones would know the feedback."""
    if interview.rounds[at].own:
        return interview
    return _with_round(interview, at, own=tuple(own))


def tried_again(interview: Interview, at: int, retry: Retry) -> Interview:
    """Another attempt at a question of this interview, or at a part of it; what was known of the same attempt before is replaced."""
    others = (one for one in interview.rounds[at].again if one.attempt != retry.attempt)
    return _with_round(interview, at, again=(*others, retry))


# ── what comes in from behind ─────────────────────────────────────────────────────────────────────────────────────


def unread(interview: Interview, at: int) -> int | None:
    """The first turn of a round that waits to be written down."""
    turns = interview.rounds[at].turns
    return next((n for n, turn in enumerate(turns) if turn.state is TurnState.CLOSED), None)


def heard(interview: Interview, at: int, turn: int, transcript: Transcript | None, trouble: str = "") -> Interview:
    """What was said in a turn, hesitations aside: they are counted, not rated. Written down once: a second time changes nothing."""
    turns = interview.rounds[at].turns
    if turns[turn].state is not TurnState.CLOSED:
        return interview
    words = transcript.clean if transcript else ""
    read = turns[turn].model_copy(
        update={
            "state": TurnState.READ,
            "transcript": transcript,
            "text": words,
            "trouble": "" if words.strip() else trouble or "We heard no words in the recording.",
        }
    )
    return _with_round(interview, at, turns=(*turns[:turn], read, *turns[turn + 1 :]))


def listen_again(interview: Interview, at: int) -> Interview:
    """Write down once more what could not be written down, where that left a round without a word."""
    one = interview.rounds[at]
    if one.words or not one.settled:
        return interview
    turns = tuple(
        turn.model_copy(update={"state": TurnState.CLOSED, "trouble": ""}) if turn.unheard else turn
        for turn in one.turns
    )
    return interview if turns == one.turns else _with_round(interview, at, turns=turns, settled=False)


def probe(interview: Interview, at: int, chosen: tuple[str, str] | None, now: datetime) -> Interview:
    """Ask a probe (its words, and why it is asked), or none: then the round is complete. Too late is as good as never."""
    if interview.at != at or interview.phase is not Phase.LISTENING:
        return interview
    return _ask(interview, *chosen, now) if chosen else _complete(interview, now)


def wanted(one: Round) -> tuple[str, str] | None:
    """The next of the probes somebody chose for this question, and why it is asked."""
    return (one.spare[len(one.probes)], WANTED) if len(one.probes) < len(one.spare) else None


def settled(interview: Interview, at: int) -> Interview:
    """A round's words have been handed in, or there are none."""
    return _with_round(interview, at, settled=True)


def waits(interview: Interview, at: int) -> bool:
    """Whether there is something to do behind for a round: write down, choose a probe, hand in."""
    one = interview.rounds[at]
    listening = interview.phase is Phase.LISTENING and interview.at == at
    return unread(interview, at) is not None or listening or (one.complete and not one.settled)


# ── steps ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _ask(interview: Interview, words: str, why: str, now: datetime) -> Interview:
    last = interview.round.turns[-1].take if interview.round.turns else 0
    turn = Turn(
        asked=words,
        why=why,
        kind=interview.set_up.answers,
        first_take=last + 1,
        take=last + 1,
        opened_at=now,
    )
    asked = _with_round(interview, interview.at, turns=(*interview.round.turns, turn))
    reading_s = 3 + _SPEECH_S * len(words.split()) if interview.set_up.aloud else 0
    asking = _to(asked, Phase.ASKING, now, reading_s)
    return asking if interview.set_up.aloud else read_out(asking, now)


def _passed_s(interview: Interview, now: datetime) -> float:
    """Seconds of the phase that are over: neither pauses nor absences, nor what comes after its end."""
    until = interview.paused_at or now
    end = min(until, interview.deadline) if interview.deadline else until
    return max(0.0, (end - interview.since).total_seconds())


def _answer(interview: Interview, now: datetime) -> Interview:
    return _to(interview, Phase.ANSWERING, now, interview.limit_s)


def _may_probe(interview: Interview) -> bool:
    said = interview.turn.kind is AnswerKind.SPOKEN or bool(interview.turn.text.strip())
    return interview.set_up.probes and said and len(interview.round.probes) < MOST_PROBES


def _spare(one: Round) -> tuple[str, str] | None:
    """One of the question's own probes, where none was asked yet."""
    return (one.spare[0], "") if one.spare and not one.probes else None


def _complete(interview: Interview, now: datetime) -> Interview:
    complete = _with_round(interview, interview.at, complete=True)
    if interview.last_round and interview.set_up.mode is Mode.INTERVIEW:
        return _done(complete, now)
    return _to(complete, Phase.BETWEEN, now, None)


def _done(interview: Interview, now: datetime) -> Interview:
    return _to(interview, Phase.DONE, now, None).model_copy(update={"finished_at": now})


def _to(interview: Interview, phase: Phase, now: datetime, seconds: float | None) -> Interview:
    return interview.model_copy(
        update={
            "phase": phase,
            "since": now,
            "deadline": None if seconds is None else now + timedelta(seconds=seconds),
            "step": interview.step + 1,
            "paused_at": None,
        }
    )


def _with_round(interview: Interview, at: int, **changes: object) -> Interview:
    changed = interview.rounds[at].model_copy(update=changes)
    return interview.model_copy(update={"rounds": (*interview.rounds[:at], changed, *interview.rounds[at + 1 :])})


def _with_turn(interview: Interview, **changes: object) -> Interview:
    changed = interview.turn.model_copy(update=changes)
    return _with_round(interview, interview.at, turns=(*interview.round.turns[:-1], changed))
