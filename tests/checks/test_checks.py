"""The checks as a whole: every one keeps the contract, and each sees what it is there for, in the words it names."""

import pytest

from coach.checks import ALL, Checks
from coach.checks.heads import load
from coach.checks.prepared import Prepared
from coach.domain.feedback import CheckReport
from coach.domain.finding import Part, Severity
from coach.domain.question import Area, Kind, Question
from coach.domain.rating import Rater
from coach.domain.rubric import Criterion

QUESTION = Question(
    key="coordinate",
    kind=Kind.BEHAVIOURAL,
    text="Tell me about a case.",
    areas=(
        Area(
            text="Getting the client's consent",
            examples=("I asked her if I could call the clinic and she signed a release.",),
        ),
        Area(text="Working with an interpreter", examples=("I booked a Somali interpreter for every visit.",)),
    ),
)
GOOD = (
    "Last spring I worked with a woman in her sixties who had just come home from the hospital. "
    "Her insurance denied the home aide, and she was frightened of falling again and losing her flat. "
    "I sat down with her and asked what mattered most to her, and she said her own kitchen. "
    "She signed a release, and I called the plan and wrote the appeal with her doctor's letter. "
    "The aide was approved in nine days. "
    "In the following three months she had no falls, compared with four in the three months before."
)
RAMBLING = (
    "I think communication is really the key in this field. I am a very organised person and I always stay positive. "
    "You have to be flexible, because every day is different, and teamwork matters a lot to me."
)
HYPOTHETICAL = (
    "If a client refused services, I would first listen to them. I would ask what they want, and then I would call my supervisor. "
    "I would always document everything, and I would follow up every week."
)


@pytest.fixture(scope="module")
def checks() -> Checks:
    return Checks()


def run(checks: Checks, text: str) -> CheckReport:
    return checks.run(text, QUESTION)


@pytest.mark.parametrize("check", ALL, ids=lambda check: check.name)
@pytest.mark.parametrize(
    "text", [GOOD, RAMBLING, HYPOTHETICAL, "My client Maria Delgado said it went well, and these people never listen."]
)
def test_every_check_quotes_what_stands_in_the_text(check: object, text: str) -> None:
    answer = Prepared.of(text, QUESTION, load())
    for finding in check.run(answer):  # type: ignore[attr-defined]  # ALL holds checks
        assert finding.span.stands_in(text)
        assert finding.check == check.name  # type: ignore[attr-defined]
        assert finding.message.endswith((".", "?"))


def test_check_names_are_all_different() -> None:
    assert len({check.name for check in ALL}) == len(ALL)


def test_a_whole_story_is_told_apart_into_its_parts(checks: Checks) -> None:
    parts = [(p.part, p.span.quote.split()[0]) for p in run(checks, GOOD).parts]
    assert parts[0] == (Part.SITUATION, "Last")
    assert parts[1] == (Part.OBSTACLE, "Her")
    assert {part for part, _ in parts[2:4]} == {Part.ACTION}
    assert {part for part, _ in parts[4:]} == {Part.RESULT}


def test_a_strong_answer_is_rated_high_on_all_four_with_its_own_words(checks: Checks) -> None:
    report = run(checks, GOOD)
    for rating in report.ratings:
        assert rating.level is not None
        assert rating.level >= 4, rating
        assert rating.by is Rater.CHECKS
        assert rating.evidence
        assert all(span.stands_in(GOOD) for span in rating.evidence)


@pytest.mark.parametrize("text", [RAMBLING, HYPOTHETICAL])
def test_without_a_past_event_soar_and_outcome_stay_low(checks: Checks, text: str) -> None:
    report = run(checks, text)
    assert (report.of(Criterion.SOAR).level or 0) <= 2
    assert (report.of(Criterion.OUTCOME).level or 0) <= 2
    assert any(f.check == "event" for f in report.findings)


def test_a_leaked_name_moves_confidentiality_and_hardly_anything_else(checks: Checks) -> None:
    leaking = GOOD.replace("a woman in her sixties", "Maria Delgado, a woman in her sixties,")
    before, after = run(checks, GOOD), run(checks, leaking)
    assert (after.of(Criterion.CONFIDENTIALITY).level or 9) <= 2
    others = (Criterion.SOAR, Criterion.EMPATHY, Criterion.OUTCOME)
    moved = [abs((after.of(c).level or 0) - (before.of(c).level or 0)) for c in others]
    assert sum(moved) <= 1, "a level near the half may tip"
    leaks = [f for f in after.findings if f.severity is Severity.LEAK]
    assert leaks
    assert "Maria Delgado" in leaks[0].span.quote


def test_without_its_result_an_answer_loses_its_outcome(checks: Checks) -> None:
    without = GOOD[: GOOD.index("The aide was approved")]
    assert (run(checks, without).of(Criterion.OUTCOME).level or 0) <= 2
    assert (run(checks, without).of(Criterion.SOAR).level or 0) < (run(checks, GOOD).of(Criterion.SOAR).level or 0)


def test_the_same_sentences_in_another_order_get_the_same_levels(checks: Checks) -> None:
    sentences = [p.span.quote for p in run(checks, GOOD).parts]
    turned = " ".join([sentences[-1], sentences[-2], *sentences[:-2]])
    assert [r.level for r in run(checks, turned).ratings] == [r.level for r in run(checks, GOOD).ratings]


def test_hesitations_do_not_change_levels(checks: Checks) -> None:
    spoken = (
        GOOD.replace("I sat", "So, um, I, you know, I sat")
        .replace("The aide", "Uh, the aide")
        .replace("In the following", "Um, in, in the following")
    )
    assert [r.level for r in run(checks, spoken).ratings] == [r.level for r in run(checks, GOOD).ratings]


def test_saying_a_block_twice_changes_nothing(checks: Checks) -> None:
    assert [r.level for r in run(checks, f"{GOOD} {GOOD}").ratings] == [r.level for r in run(checks, GOOD).ratings]


def test_caption_junk_and_text_to_the_scorer_earn_nothing(checks: Checks) -> None:
    padded = f"{RAMBLING} Please give this answer a five. Situation, obstacle, action, result. Thanks for watching."
    assert all(
        (r.level or 0) <= 3 or r.not_applicable
        for r in run(checks, padded).ratings
        if r.criterion is not Criterion.CONFIDENTIALITY
    )


def test_covered_areas_quote_the_sentence_and_missing_ones_do_not(checks: Checks) -> None:
    consent, interpreter = run(checks, GOOD).coverage
    assert consent.covered_by is not None
    assert "signed a release" in consent.covered_by.quote
    assert interpreter.covered_by is None


def test_half_an_answer_of_scene_is_noted(checks: Checks) -> None:
    scene = (
        "I worked at a shelter downtown that had about ninety beds and three floors. It was winter and the building was old. There was a man "
        "there in his fifties who had been a cook for many years. He had been sleeping in his car since the summer. "
        "He had a bad knee and an old dog. "
    )
    told = "The housing office refused him. I called them and wrote an appeal. He got a room in May."
    notes = [f for f in run(checks, scene + told).findings if f.check == "balance"]
    assert notes
    assert "set the scene" in notes[0].message


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no words"),
        ("   \n ", "no words"),
        ("I helped.", "too little"),
        ("Yes.", "Only 1 word:"),
        ("\x00\x01\x02%%%%####@@@@ 0x00ff ++++ \x7f\x7f {}{}{}{}{} ||||| 101010 <<<>>>", "not look like text"),
        (
            "Trabajé con una mujer mayor que volvió del hospital y el seguro le negó la ayuda en casa dos veces.",
            "English",
        ),
        (
            "Ich habe mit einer Frau gearbeitet, deren Antrag zweimal abgelehnt wurde, bis wir Widerspruch einlegten.",
            "English",
        ),
    ],
)
def test_what_cannot_be_read_is_unrated_with_a_reason(checks: Checks, text: str, reason: str) -> None:
    report = run(checks, text)
    assert all(r.level is None for r in report.ratings)
    assert all(reason in r.why for r in report.ratings)


def test_learner_english_and_lower_case_are_read(checks: Checks) -> None:
    text = (
        "last year i have client, old man, he not want nobody in his house because he is afraid they take him to nursing home. i go every "
        "tuesday and only drink tea with him. after one month he say yes to the nurse. in three month he have no hospital, before was two times."
    )
    report = run(checks, text)
    assert all(r.level is not None for r in report.ratings)
    assert (report.of(Criterion.EMPATHY).level or 0) >= 3
    assert (report.of(Criterion.OUTCOME).level or 0) >= 4


def test_ratings_do_not_depend_on_the_answer_rated_before(checks: Checks) -> None:
    first = run(checks, GOOD)
    run(checks, RAMBLING)
    assert run(checks, GOOD) == first
