"""The report: what counts in it, what stays out, and that every form of it says the same."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from coach.domain.answer import AnswerKind, Transcript, Word
from coach.domain.delivery import Delivery, Moment
from coach.domain.feedback import Coverage, PartSpan
from coach.domain.finding import Finding, Part, Severity
from coach.domain.interview import Interview, OwnLevel
from coach.domain.interview_report import InterviewReport, Standing
from coach.domain.rubric import Criterion
from coach.domain.span import Span
from coach.domain.timing import starts, starts_in
from coach.errors import AnswerError
from coach.interview.markdown import markdown
from coach.interview.pdf import pdf
from coach.interview.report import lifts
from coach.interview.retry import combined, weak_part
from coach.interview.wording import delivery_in_words, run_in_words, whole_in_words
from coach.settings import Settings
from coach.wiring import build_scorer
from tests.interview.conftest import Room
from tests.practice.practice_parts import RUBRIC, Ears

SOAR = {
    Part.SITUATION: "A mother came to us with no place to stay.",
    Part.OBSTACLE: "The shelter was full.",
    Part.ACTION: "I called four others.",
    Part.RESULT: "She slept indoors that night.",
}


def done(room: Room, *answers: str) -> Interview:
    one = room.begin(questions=len(answers))
    for words in answers:
        one = room.interviews.finish_typed(one, words) if words else room.interviews.skip(one)
        room.work()
        one = room.interviews.go_on(one)
    return room.interviews.get(one.id, "ann")


def report(room: Room, interview: Interview) -> InterviewReport:
    return room.reports.of(room.interviews.get(interview.id, "ann"))


def test_unrated_answers_say_why_and_stay_out_of_every_mean(room: Room) -> None:
    told = report(room, done(room, "I called the office.", "", "Hm, nothing."))
    assert [q.standing for q in told.questions] == [Standing.RATED, Standing.UNRATED, Standing.UNRATED]
    assert [q.reason for q in told.questions[1:]] == ["You skipped this question.", "Too little was said."]
    assert [(m.level, m.answers) for m in told.means] == [(4.0, 1)] * 4


def test_an_interview_without_a_rated_answer_has_no_mean(room: Room) -> None:
    assert [m.level for m in report(room, done(room, "", "")).means] == [None] * 4


def test_what_was_not_asked_is_not_in_it(room: Room) -> None:
    one = room.interviews.finish_typed(room.begin(questions=3), "I called the office.")
    room.interviews.end(one)
    room.work()
    assert len(report(room, one).questions) == 1


def test_a_rating_under_way_is_neither_rated_nor_unrated(room: Room) -> None:
    one = room.interviews.finish_typed(room.begin(questions=1), "I called the office.")
    while room.runner.round("hear"):
        pass
    told = report(room, one)
    assert (told.questions[0].standing, told.waiting) == (Standing.WAITING, 1)


def test_it_is_compared_with_the_last_three_before_it(room: Room) -> None:
    for level in (1, 2, 3, 4):
        room.judge.level = level
        done(room, "I called the office.")
        room.clock.passes(60)
    room.judge.level = 4
    now = done(room, "I called the office.")
    room.clock.passes(60)
    room.judge.level = 2
    done(room, "I called the office.")
    soar = report(room, now).means[0]
    assert soar.level == 4
    assert soar.earlier == (2, 3, 4)


def test_what_one_thinks_oneself_stands_beside_it(room: Room) -> None:
    one = done(room, "I called the office.", "I listened to her.")
    room.interviews.rate_yourself(one, 0, [OwnLevel(criterion=Criterion.SOAR, level=5)])
    told = report(room, one)
    assert [m.own for m in told.means] == [5, None, None, None]
    assert told.questions[0].own[0].level == 5


def test_how_well_one_knows_oneself_is_kept_over_interviews(room: Room) -> None:
    for own in (5, 3):
        one = done(room, "I called the office.", "Hm, nothing.")
        levels = [OwnLevel(criterion=c, level=own) for c in Criterion]
        room.interviews.rate_yourself(one, 0, levels)
        room.interviews.rate_yourself(one, 1, levels)
        room.clock.passes(60)
    done(room, "I called the office.")
    points = room.reports.calibration("ann")
    assert [(one.difference, one.ratings) for one in points] == [(1, 4), (-1, 4)], "unrated answers are not compared"


class MeasuringEars(Ears):
    """Hears ten words in eight seconds of speech, one long silence and two hesitations in whatever it is given."""

    def hear_pcm(self, pcm: bytes, on_progress: Callable[[float], object] | None = None) -> Transcript:
        measured = Delivery(
            duration_s=10,
            words_a_minute=75,
            first_word_s=1,
            last_word_s=9,
            pauses=(Moment(start=2, end=4.5), Moment(start=6, end=6.5)),
            silence_share=0.4,
            fillers=(Moment(start=1, end=1.2, words="um"), Moment(start=7, end=7.2, words="uh")),
            loudness_spread_db=6,
        )
        return super().hear_pcm(pcm, on_progress).model_copy(update={"delivery": measured})


def test_delivery_is_told_of_what_was_heard(room: Room) -> None:
    room = replace(room, ears=MeasuringEars())
    one = room.begin(answers=AnswerKind.SPOKEN, questions=1, limit_s=90)
    one = room.interviews.again(one)
    one = room.speak(one, 10)
    room.work()
    told = report(room, one)
    how = told.questions[0].delivery
    assert how
    assert (how.seconds, how.words, how.words_per_minute, how.recorded_again) == (10, 10, 75, 1)
    words = "10 words in 0:10 (limit 1:30 each), 75 words a minute, 1 pause of two seconds or more, at least 2 ums and uhs, started over 1 time."
    assert delivery_in_words(how) == words
    assert dict(whole_in_words(told))["Delivery"] == words
    assert words in markdown(told, RUBRIC)
    room.database.close()


def test_writing_takes_the_time_one_had_and_not_the_time_one_was_away(room: Room) -> None:
    one = room.begin(questions=1)
    room.clock.passes(3600)
    one = room.interviews.look(one.id, "ann")
    room.clock.passes(5)
    told = report(room, room.interviews.finish_typed(one, "I called the office."))
    assert told.delivery
    assert told.delivery.seconds == 5


def test_the_whole_says_what_was_found_and_where_a_client_could_be_known(room: Room) -> None:
    told = report(room, done(room, "I called the office.", "I met Ana."))
    assert dict(whole_in_words(told))["Confidentiality"] == "Nothing was found that could identify a client."
    leak = Finding(
        check="leaks", label="person", severity=Severity.LEAK, span=Span.of("I met Ana.", 6, 9), message="A name."
    )
    areas = (Coverage(area="Who", covered_by=leak.span), Coverage(area="What stood in the way"))
    second = told.questions[1].model_copy(update={"leaks": (leak,), "coverage": areas})
    whole = dict(whole_in_words(told.model_copy(update={"questions": (told.questions[0], second)})))
    assert whole["Confidentiality"] == "1 thing could identify a client, in question 2."
    assert whole["Areas"] == "1 of the 2 areas that these questions look for were found."


def test_a_part_said_again_moves_the_whole(room: Room) -> None:
    one = done(room, "I called the office.")
    room.judge.level = 3
    room.reports.say_part_again(one, 0, Part.RESULT, "She slept indoors that night.")
    assert report(room, one).questions[0].moved[0].standing is Standing.WAITING
    room.work()
    moved = report(room, one).questions[0].moved[0]
    assert (moved.part, moved.after) == (Part.RESULT, "She slept indoors that night.")
    assert moved.levels == tuple((c, 4, 3) for c in Criterion)
    assert report(room, one).means[0].level == 4, "the interview itself stays as it was"


def test_a_part_may_be_said_aloud_and_is_rated_in_its_place(room: Room) -> None:
    one = done(room, "I called the office.")
    attempt = room.reports.record_part(one, 0, Part.RESULT)
    kept = room.interviews.get(one.id, "ann")
    assert room.reports.part_under_way(kept, 0) == (Part.RESULT, attempt)
    assert room.reports.of(kept).questions[0].moved == (), "nothing to compare yet"
    room.reports.say_part_again(kept, 0, Part.RESULT, "She slept indoors that night.")
    kept = room.interviews.get(one.id, "ann")
    assert room.reports.part_under_way(kept, 0) is None
    assert [(r.attempt, r.said) for r in kept.rounds[0].again] == [(attempt.id, "She slept indoors that night.")]
    assert "She slept indoors that night." in room.practice.get(attempt.id, "ann").text


def test_a_part_that_is_given_up_leaves_nothing_behind(room: Room) -> None:
    one = done(room, "I called the office.")
    attempt = room.reports.record_part(one, 0, Part.RESULT)
    room.reports.drop_part(room.interviews.get(one.id, "ann"), 0)
    kept = room.interviews.get(one.id, "ann")
    assert room.reports.part_under_way(kept, 0) is None
    assert room.practice.find(attempt.id, "ann") is None
    assert room.reports.of(kept).questions[0].moved == ()


def test_nothing_said_is_no_second_try(room: Room) -> None:
    one = done(room, "I called the office.")
    with pytest.raises(AnswerError, match="nothing to put"):
        room.reports.say_part_again(one, 0, Part.RESULT, "  ")
    assert report(room, one).questions[0].moved == ()


def test_a_later_attempt_stands_beside_the_first(room: Room) -> None:
    one = done(room, "", "I listened.")
    later = room.reports.answer_again(one, 0, AnswerKind.TYPED)
    room.practice.hand_in(later.id, "ann", "I called the office.")
    room.work()
    moved = report(room, one).questions[0].moved[0]
    assert (moved.part, moved.standing, moved.levels[0]) == (None, Standing.RATED, (Criterion.SOAR, None, 4))


def soar(*parts: Part) -> tuple[str, tuple[PartSpan, ...]]:
    text = " ".join(SOAR[part] for part in parts)
    found = ((SOAR[part], part) for part in parts)
    return text, tuple(
        PartSpan(span=Span.of(text, text.index(words), text.index(words) + len(words)), part=part)
        for words, part in found
    )


@pytest.mark.parametrize(
    ("told", "part", "expected"),
    [
        ("SOAR", Part.RESULT, "S O A new"),
        ("SOAR", Part.OBSTACLE, "S new A R"),
        ("SOAR", Part.SITUATION, "new O A R"),
        ("SAR", Part.OBSTACLE, "S new A R"),
        ("SOA", Part.RESULT, "S O A new"),
        ("OAR", Part.SITUATION, "new O A R"),
        ("RSOA", Part.RESULT, "new S O A"),
        ("", Part.RESULT, "new"),
    ],
)
def test_the_new_part_comes_where_the_old_one_was_or_belongs(told: str, part: Part, expected: str) -> None:
    text, parts = soar(*(Part(letter) for letter in told))
    words = {"new": "NEW."} | {part.value: sentence for part, sentence in SOAR.items()}
    assert combined(text, parts, part, "NEW.") == " ".join(words[word] for word in expected.split())


def test_the_weak_part_is_one_that_is_missing() -> None:
    scorer = build_scorer(Settings(), judged=False)
    text, _ = soar(Part.SITUATION, Part.OBSTACLE, Part.ACTION)
    feedback, _ = scorer.score(scorer.bank.questions[0], text)
    told = {p.part for p in feedback.parts}
    assert weak_part(feedback) not in told


def test_a_leak_comes_first_and_each_criterion_once(room: Room) -> None:
    questions = report(room, done(room, "I called the office.", "I listened to her.", "I met Ana.")).questions
    leak = Finding(
        check="leaks", label="person", severity=Severity.LEAK, span=Span.of("I met Ana.", 6, 9), message="A name."
    )
    leaky = questions[2].model_copy(update={"leaks": (leak,)})
    chosen = lifts((*questions[:2], leaky))
    assert chosen[0].number == 3
    assert len({one.change.text for one in chosen}) == len(chosen)


def test_every_form_says_the_same(room: Room) -> None:
    one = done(room, "I *called* the <b>office</b>.", "")
    told = report(room, one)
    as_text = markdown(told, RUBRIC)
    assert "I \\*called\\* the \\<b\\>office\\</b\\>." in as_text
    assert "**Unrated.** You skipped this question." in as_text
    assert InterviewReport.model_validate(json.loads(told.model_dump_json())) == told
    file = pdf(told, RUBRIC)
    assert file.startswith(b"%PDF")
    assert file == pdf(told, RUBRIC), "the same report makes the same file"


def test_a_long_report_has_pages_with_numbers(room: Room) -> None:
    one = done(room, *("I called the office and she kept her flat. " * 120 for _ in range(3)))
    assert pdf(report(room, one), RUBRIC).count(b"/Type /Page\n") > 3
    assert io.BytesIO(pdf(report(room, one), RUBRIC)).read(8).startswith(b"%PDF-1")


def test_each_sentence_knows_its_second() -> None:
    words = ["I", "called.", "She", "came", "at", "two.", "Then", "we", "left."]
    timed = tuple(Word(text=w, start=n, end=n + 0.5, probability=1) for n, w in enumerate(words))
    transcript = Transcript(text=" ".join(words), words=timed, duration_s=10, model="m")
    assert starts(transcript) == (("I called.", 0), ("She came at two.", 2), ("Then we left.", 6))


def test_words_that_are_not_in_the_text_are_passed_over() -> None:
    timed = tuple(Word(text=w, start=n, end=n, probability=1) for n, w in enumerate(("um", "I", "left.")))
    assert starts(Transcript(text="I left.", words=timed, duration_s=3, model="m")) == (("I left.", 1),)


def test_being_away_is_told(room: Room) -> None:
    one = room.begin(questions=1)
    room.clock.passes(timedelta(minutes=5).total_seconds())
    one = room.interviews.look(one.id, "ann")
    told = report(room, one)
    assert (told.absences, told.away_s) == (1, 300)
    assert run_in_words(told) == "away 1 time, 5 min in all"
    assert run_in_words(told.model_copy(update={"away_s": 40.0, "pauses": 2})) == "2 pauses · away 1 time, 40 s in all"


def test_sentences_of_a_corrected_answer_begin_where_their_words_were_heard() -> None:
    heard = ("um", "I", "called", "the", "plan", "she", "game", "at", "two")
    timed = tuple(Word(text=word, start=float(n), end=n + 0.5, probability=1) for n, word in enumerate(heard))
    transcript = Transcript(text=" ".join(heard), words=timed, duration_s=9, model="m")
    assert starts_in("I called the plan. She came at two. Nobody said this.", transcript) == (1.0, 5.0, 5.0)
