"""Practise: choose a question, answer it by voice or keyboard, read the feedback."""

import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from coach.domain.answer import AnswerKind
from coach.domain.attempt import Attempt, AttemptState
from coach.domain.question import Question
from coach.errors import AnswerError, ConflictError, NotFoundError, SpeechError
from coach.practice import Practice
from coach.ui import session
from coach.ui.pages import feedback
from coach.ui.pages.choose import choose
from coach.ui.resources import candidate, services, token
from coach.ui.widgets.assigned import answer_otherwise, as_given
from coach.ui.widgets.hearing import hearing, take_up
from coach.ui.widgets.html import clear_below
from coach.ui.widgets.judging import who_reads
from coach.ui.widgets.microphone import microphone
from coach.ui.widgets.play_places import unsure_words
from coach.ui.widgets.question import question_card
from coach.ui.widgets.recorder import recorder
from coach.ui.widgets.stories import story_that_fits
from coach.ui.widgets.takes import earlier_takes, keep_choice, player
from coach.ui.widgets.telling import done
from coach.ui.widgets.writer import writer

_AUDIO_TYPES = ["wav", "mp3", "m4a", "ogg", "opus", "flac", "webm", "aac", "mp4"]


def page() -> None:
    """The attempt in the address if there is one, otherwise the choice of a question."""
    practice, who = services().practice, candidate()
    attempt_id = session.attempt_id()
    if attempt_id:
        show(practice, attempt_id, who)
    else:
        practice.tidy_recordings(who)
        choose(practice, who)


def show(practice: Practice, attempt_id: str, who: str, *, aloud: bool = False) -> None:
    """An attempt, at whatever step it is. ``aloud``: it is to be spoken, so typing is not offered."""
    try:
        attempt = practice.get(attempt_id, who)
    except NotFoundError as error:
        st.warning(str(error))
        st.button("Choose a question", on_click=session.open_attempt, args=(None,), type="primary")
        return
    match attempt.state:
        case AttemptState.RATED:
            feedback.show(practice, attempt, who)
        case AttemptState.HANDED_IN:
            _rate(practice, attempt)
        case AttemptState.RECORDED:
            question_card(practice.question_of(attempt), alone=True)
            take = practice.current_take(attempt.id, who)
            hearing(
                attempt.id,
                partial(_again, practice, attempt, who),
                partial(player, take, who, "Your recording"),
            )
        case AttemptState.TRANSCRIBED:
            _correct(practice, attempt, who)
        case AttemptState.DRAFT if attempt.kind is AnswerKind.SPOKEN:
            _speak(practice, attempt, who, aloud=aloud)
        case _:
            _write(practice, attempt, who)


# ── answering ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _write(practice: Practice, attempt: Attempt, who: str) -> None:
    question = as_given(attempt, practice.question_of(attempt))
    question_card(question, alone=True)
    story_that_fits(question, who)
    handed_in = writer(
        attempt.id,
        attempt.draft,
        token=token(attempt.id, who),
        label="Your answer",
        placeholder="One real case: what was the situation, what stood in the way, what did you do, and what came of it?",
        submit="Rate my answer",
        revision="typed",
        key=f"writer-{attempt.id}",
        on_handed_in=_nothing,
    ).handed_in
    _take_in(practice, attempt, who, handed_in)
    who_reads(services(), question, attempt.draft)
    with st.container(horizontal=True):
        st.button(
            "Speak it instead",
            icon=":material/mic:",
            type="tertiary",
            on_click=answer_otherwise,
            args=(attempt, practice.question_of(attempt), AnswerKind.SPOKEN),
        )
        st.button(
            "Back to the questions",
            icon=":material/arrow_back:",
            type="tertiary",
            on_click=session.open_attempt,
            args=(None,),
        )


def _speak(practice: Practice, attempt: Attempt, who: str, *, aloud: bool) -> None:
    take = practice.current_take(attempt.id, who)
    if take.sealed:
        take_up(practice, take, who)
    question = as_given(attempt, practice.question_of(attempt))
    question_card(question, alone=True)
    story_that_fits(question, who)
    if attempt.transcript is not None and not take.seconds:
        st.button(
            "Back to what I had",
            icon=":material/undo:",
            help="The transcript of your last recording, with your corrections",
            on_click=practice.back_to_transcript,
            args=(attempt.id, who),
        )
    if take.seconds:
        st.info(
            f"{take.seconds:.0f} seconds of your answer are kept. Go on where you stopped, use what is there, or start over.",
            icon=":material/history:",
        )
    result = recorder(
        take,
        token=token(attempt.id, who),
        limit_s=question.time_limit_s,
        key=f"recorder-{attempt.id}-{take.number}",
        on_finished=_nothing,
        on_again=_nothing,
    )
    if result.again:
        _again(practice, attempt, who)
        st.rerun()
    if result.finished:
        practice.finish_take(attempt.id, who, take.number, int(result.finished["chunks"]))
        st.rerun()
    earlier_takes(practice, attempt, who, [one for one in practice.takes(attempt.id, who) if one.number != take.number])
    _other_ways(practice, attempt, who, question, aloud=aloud)


def _other_ways(practice: Practice, attempt: Attempt, who: str, question: Question, *, aloud: bool) -> None:
    with st.expander("Other ways to answer"):
        if not aloud:
            st.button(
                "Type it instead",
                icon=":material/keyboard:",
                on_click=answer_otherwise,
                args=(attempt, question, AnswerKind.TYPED),
            )
        uploaded = st.file_uploader(
            "Upload a recording",
            type=_AUDIO_TYPES,
            key=f"upload-{attempt.id}",
            help="Any common sound file, up to an hour",
        )
        simple = st.audio_input(
            "A simple recorder, for browsers where the one above does not work",
            sample_rate=16_000,
            key=f"simple-{attempt.id}",
        )
        microphone(practice, attempt, who, question.time_limit_s)
    sound = uploaded or simple
    if sound is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sound"
        path.write_bytes(sound.getbuffer())
        try:
            practice.add_recording(attempt.id, who, path)
        except (SpeechError, ConflictError) as error:
            st.error(str(error), icon=":material/error:")
            return
    st.rerun()


def _correct(practice: Practice, attempt: Attempt, who: str) -> None:
    question_card(practice.question_of(attempt), alone=True)
    transcript = attempt.transcript
    takes = practice.takes(attempt.id, who)
    if takes and transcript:
        unsure_words(attempt, who, takes[-1], transcript)
        keep_choice(practice, attempt, who)
    if transcript and transcript.note:
        st.warning(transcript.note, icon=":material/hearing:")
    again = "Record again" if transcript and transcript.heard_nothing else "Record again instead"
    if transcript is None or transcript.heard_nothing:
        st.button(again, icon=":material/mic:", type="primary", on_click=_again, args=(practice, attempt, who))
        return
    handed_in = writer(
        attempt.id,
        attempt.draft,
        token=token(attempt.id, who),
        label="This is what we heard, um and uh left out. Correct what we misheard, then have it rated. Every word stays kept as it was heard, too.",
        placeholder="",
        submit="Rate my answer",
        revision=f"take-{len(takes)}",
        key=f"corrector-{attempt.id}-{len(takes)}",
        on_handed_in=_nothing,
    ).handed_in
    _take_in(practice, attempt, who, handed_in)
    who_reads(services(), practice.question_of(attempt), attempt.draft)
    st.button(again, icon=":material/mic:", type="tertiary", on_click=_again, args=(practice, attempt, who))


def _take_in(practice: Practice, attempt: Attempt, who: str, handed_in: dict[str, str] | None) -> None:
    if not handed_in:
        return
    try:
        practice.hand_in(attempt.id, who, handed_in["text"])
    except AnswerError as error:
        st.error(str(error), icon=":material/error:")
        return
    st.rerun()


def _again(practice: Practice, attempt: Attempt, who: str) -> None:
    done(lambda: practice.record_again(attempt.id, who))


def _rate(practice: Practice, attempt: Attempt) -> None:
    question_card(practice.question_of(attempt), alone=True)
    waiting = st.container()
    clear_below()
    with waiting, st.spinner("Reading your answer against the rubric …", show_time=True):
        services().runner.finish("rate", attempt.id)
    st.rerun()


def _nothing() -> None:
    """A component needs a callback for each of its results; we read them where we draw it."""
