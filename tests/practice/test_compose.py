"""Findings and ratings into feedback: what caps a level, when two raters are believed, and what to change first."""

from collections.abc import Sequence

import pytest

from coach.checks import ALL, Checks
from coach.combine import NO_LIFT
from coach.compose import CAPS, compose
from coach.domain.feedback import Change, CheckReport, Feedback, FeedbackState, PartSpan
from coach.domain.finding import Finding, Part, Severity
from coach.domain.question import Question
from coach.domain.rating import Confidence, Rater, Rating
from coach.domain.rubric import LEVELS, Criterion
from coach.domain.span import Span
from coach.domain.verdict import JudgeOutcome, JudgeRecord, Rewrite, Verdict

SENTENCES = {
    Part.SITUATION: "I worked with Denise Ortega on Elm Street.",
    Part.OBSTACLE: "The county said no to her.",
    Part.ACTION: "We called them three times.",
    Part.RESULT: "She got all 140% of her money.",
}
TEXT = " ".join(SENTENCES.values())
SOAR, EMPATHY, CONFIDENTIALITY, OUTCOME = Criterion


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span.of(TEXT, at, at + len(words))


def finding(check: str, words: str, severity: Severity = Severity.WARN, suggestion: str | None = None) -> Finding:
    return Finding(check=check, label="x", severity=severity, span=span(words), message="M.", suggestion=suggestion)


NAME = finding("identifiers", "Denise Ortega", Severity.LEAK, "a client")
STREET = finding("identifiers", "Elm Street", Severity.LEAK)


def ratings(levels: Sequence[int | None], by: Rater, words: str = "three times") -> tuple[Rating, ...]:
    return tuple(
        Rating(criterion=c, level=level, by=by, why=f"{by} says {level}.", evidence=(span(words),))
        for c, level in zip(Criterion, levels, strict=True)
    )


def report(
    *levels: int | None, findings: tuple[Finding, ...] = (), told: Sequence[Part] = tuple(SENTENCES)
) -> CheckReport:
    return CheckReport(
        ratings=ratings(levels, Rater.CHECKS),
        findings=findings,
        parts=tuple(
            PartSpan(span=span(words), part=part if part in told else Part.OTHER) for part, words in SENTENCES.items()
        ),
    )


def verdict(*levels: int | None, advice: str = "") -> Verdict:
    return Verdict(
        record=JudgeRecord(outcome=JudgeOutcome.RATED),
        ratings=ratings(levels, Rater.JUDGE, "The county"),
        advice=advice,
    )


def levels(feedback: Feedback) -> list[int | None]:
    return [feedback.of(c).level for c in Criterion]


def change(feedback: Feedback) -> Change:
    assert feedback.change
    return feedback.change


# ── two raters ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_raters_within_one_level_agree_and_the_judges_level_counts() -> None:
    feedback = compose(report(3, 4, 5, 2), verdict(4, 4, 4, 1))
    assert levels(feedback) == [4, 4, 4, 1]
    assert {r.by for r in feedback.ratings} == {Rater.BOTH}
    assert feedback.of(SOAR).why == "judge says 4."
    assert [s.quote for s in feedback.of(SOAR).evidence] == ["The county", "three times"]
    assert (feedback.state, feedback.note) == (FeedbackState.RATED, "")


def test_where_something_may_speak_to_the_rater_the_judge_lifts_nothing_and_may_still_see_less() -> None:
    seen = report(3, 4, 3, 2).model_copy(update={"lift": False})
    feedback = compose(seen, verdict(4, 3, 5, 2))
    assert levels(feedback) == [3, 3, 3, 2]
    assert [feedback.of(c).by for c in Criterion] == [Rater.CHECKS, Rater.BOTH, Rater.CHECKS, Rater.BOTH]
    assert feedback.of(SOAR).why == f"checks says 3. {NO_LIFT}"
    assert [view.level for view in feedback.of(SOAR).views] == [3, 4]


def test_two_judges_together_lift_nothing_there_either() -> None:
    seen = report(3, 3, 3, 3).model_copy(update={"lift": False})
    both = verdict(5, 4, 4, 4).model_copy(update={"second": ratings([4, 5, 4, 4], Rater.JUDGE)})
    feedback = compose(seen, both)
    assert levels(feedback) == [3, 3, 3, 3]
    assert feedback.note == "Rated by checks alone: each rating says why the judge's level does not count."


def test_where_a_judge_was_measured_to_be_worse_the_checks_win_and_the_rating_says_why() -> None:
    feedback = compose(report(3, 3, 3, 3), verdict(2, 4, 5, 3).model_copy(update={"worse": {SOAR: "It was worse."}}))
    assert feedback.of(SOAR).level == 3
    assert feedback.of(SOAR).why == "checks says 3. It was worse."
    assert levels(feedback)[1:] == [4, None, 3]


@pytest.mark.parametrize(("checks", "judge"), [(2, 4), (4, 2), (1, 5), (5, 1)])
def test_two_levels_apart_nobody_is_believed_and_both_are_told(checks: int, judge: int) -> None:
    rating = compose(report(checks, 3, 3, 3), verdict(judge, 3, 3, 3)).of(SOAR)
    assert rating.level is None
    assert rating.by is Rater.BOTH
    assert f"the checks see level {checks}, the judge level {judge}" in rating.why
    assert f"checks says {checks}." in rating.why
    assert f"judge says {judge}." in rating.why
    assert {s.quote for s in rating.evidence} == {"three times", "The county"}


@pytest.mark.parametrize(("checks", "judge"), [(2, 4), (5, 1)])
def test_what_raters_disagree_about_is_flagged_with_the_views_of_both(checks: int, judge: int) -> None:
    rating = compose(report(checks, 3, 3, 3), verdict(judge, 3, 3, 3)).of(SOAR)
    assert rating.flagged
    assert rating.confidence is Confidence.LOW
    assert [(view.by, view.level) for view in rating.views] == [(Rater.CHECKS, checks), (Rater.JUDGE, judge)]


def test_confidence_is_agreement() -> None:
    feedback = compose(report(3, 3, 3, None), verdict(3, 4, None, 3))
    assert [feedback.of(c).confidence for c in Criterion] == [
        Confidence.HIGH,
        Confidence.MEDIUM,
        Confidence.LOW,
        Confidence.LOW,
    ]
    assert not any(r.flagged for r in feedback.ratings)


@pytest.mark.parametrize(
    ("checks", "judge", "second", "level", "flagged", "confidence"),
    [
        (3, 3, 3, 3, False, Confidence.HIGH),
        (3, 4, 3, 3, False, Confidence.MEDIUM),
        (4, 4, 3, 3, False, Confidence.MEDIUM),
        (3, 4, None, 4, False, Confidence.MEDIUM),
        (3, 4, 2, 3, True, Confidence.LOW),
        (1, 5, 1, 1, True, Confidence.LOW),
        (2, 5, 4, None, True, Confidence.LOW),
    ],
)
def test_a_second_model_is_a_third_rater_and_the_one_that_claims_less_counts(
    checks: int, judge: int, second: int | None, level: int | None, *, flagged: bool, confidence: Confidence
) -> None:
    asked = verdict(judge, 3, 3, 3).model_copy(update={"second": ratings((second, 3, 3, 3), Rater.JUDGE)})
    rating = compose(report(checks, 3, 3, 3), asked).of(SOAR)
    assert (rating.level, rating.flagged, rating.confidence) == (level, flagged, confidence)


def test_no_judge_lifts_a_capped_level() -> None:
    for level in LEVELS:
        asked = verdict(level, level, level, level).model_copy(update={"second": ratings([level] * 4, Rater.JUDGE)})
        fed = compose(report(5, 5, 5, 5, findings=(NAME, STREET)), asked)
        assert (fed.of(CONFIDENTIALITY).level or 0) <= 1


def test_a_sentence_said_better_is_what_the_change_is_about() -> None:
    rewrite = Rewrite(of=span(SENTENCES[Part.ACTION]), text="I called them three times.")
    asked = verdict(4, 4, 5, 3, advice="Say who called.").model_copy(
        update={"rewrite": rewrite, "follow_up": "Who called?"}
    )
    feedback = compose(report(4, 4, 5, 3), asked)
    assert change(feedback).about == rewrite.of
    assert (feedback.rewrite, feedback.follow_up) == (rewrite, "Who called?")


def test_raters_that_disagree_everywhere_leave_the_answer_unrated_and_say_so() -> None:
    feedback = compose(report(2, 2, 2, 2), verdict(4, 4, 4, 4))
    assert feedback.tells
    assert (feedback.state, feedback.change) == (FeedbackState.UNRATED, None)
    assert feedback.note.startswith("The checks and the judge disagree everywhere.")


def test_where_the_judge_says_nothing_the_checks_stand() -> None:
    feedback = compose(report(3, 3, 3, 3), verdict(None, 4, None, 3))
    assert levels(feedback) == [3, 4, 3, 3]
    assert [feedback.of(c).by for c in Criterion] == [Rater.CHECKS, Rater.BOTH, Rater.CHECKS, Rater.BOTH]
    assert feedback.state is FeedbackState.RATED


def test_a_judge_that_says_nothing_at_all_is_told() -> None:
    feedback = compose(report(3, 3, 3, 3), verdict(None, None, None, None))
    assert feedback.state is FeedbackState.CHECKS_ONLY
    assert feedback.note == "Rated by checks alone: the judge pointed at no words for its view."


@pytest.mark.parametrize("outcome", [o for o in JudgeOutcome if o is not JudgeOutcome.RATED])
def test_a_judge_that_failed_leaves_the_checks_and_a_note(outcome: JudgeOutcome) -> None:
    feedback = compose(report(3, 3, 3, 3), Verdict(record=JudgeRecord(outcome=outcome, message="Why not.")))
    assert feedback.state is FeedbackState.CHECKS_ONLY
    assert levels(feedback) == [3, 3, 3, 3]
    assert feedback.note.startswith(
        "Rated by checks so far." if outcome is JudgeOutcome.WAITING else "Rated by checks "
    )
    assert ("Why not." in feedback.note) is (outcome is not JudgeOutcome.OFF)


def test_what_is_asked_again_is_promised_and_nothing_else() -> None:
    failed = Verdict(record=JudgeRecord(outcome=JudgeOutcome.TOO_SLOW, message="Too slow."))
    promised, final = (compose(report(3, 3, 3, 3), failed, again=again).note for again in (True, False))
    assert promised == "Rated by checks so far. Too slow. It is asked again on its own, and what it says is added here."
    assert final == "Rated by checks alone. Too slow."


def test_where_nothing_could_be_rated_the_reason_is_the_note() -> None:
    feedback = compose(report(None, None, None, None), None)
    assert (feedback.state, feedback.note, feedback.change) == (FeedbackState.UNRATED, "checks says None.", None)
    assert not feedback.tells


# ── caps ──────────────────────────────────────────────────────────────────────────────────────────────────────────

CAPPED = [
    pytest.param(CONFIDENTIALITY, (NAME, STREET), 1, ["Denise Ortega", "Elm Street"], id="two details"),
    pytest.param(CONFIDENTIALITY, (NAME,), 2, ["Denise Ortega"], id="one detail"),
    pytest.param(CONFIDENTIALITY, (NAME, NAME), 2, ["Denise Ortega", "Denise Ortega"], id="one detail said twice"),
    pytest.param(CONFIDENTIALITY, (finding("bundles", "Elm Street"),), 3, ["Elm Street"], id="bundle"),
    pytest.param(SOAR, (finding("event", "The county"),), 2, ["The county"], id="no event"),
    pytest.param(OUTCOME, (finding("impossible figure", "140%"),), 4, ["140%"], id="impossible figure"),
]


@pytest.mark.parametrize(("criterion", "findings", "cap", "quotes"), CAPPED)
@pytest.mark.parametrize("asked", [False, True], ids=["checks alone", "with a judge"])
def test_what_was_seen_for_certain_caps_the_level_whoever_rated_it(
    criterion: Criterion, findings: tuple[Finding, ...], cap: int, quotes: list[str], *, asked: bool
) -> None:
    feedback = compose(report(5, 5, 5, 5, findings=findings), verdict(5, 5, 5, 5) if asked else None)
    assert levels(feedback) == [cap if c is criterion else 5 for c in Criterion]
    assert feedback.of(criterion).why in {one.why for one in CAPS}
    assert [s.quote for s in feedback.of(criterion).evidence] == list(dict.fromkeys(quotes)) if asked else quotes


@pytest.mark.parametrize(("criterion", "findings", "cap", "quotes"), CAPPED)
def test_a_level_under_its_cap_stays_with_its_own_reason(
    criterion: Criterion, findings: tuple[Finding, ...], cap: int, quotes: list[str]
) -> None:
    del quotes
    rating = compose(report(cap, cap, cap, cap, findings=findings), None).of(criterion)
    assert (rating.level, rating.why) == (cap, f"checks says {cap}.")


def test_caps_come_before_agreement_so_a_leak_the_judge_missed_is_no_disagreement() -> None:
    rating = compose(report(3, 3, 1, 3, findings=(NAME, STREET)), verdict(3, 3, 5, 3)).of(CONFIDENTIALITY)
    assert (rating.level, rating.by) == (1, Rater.BOTH)
    assert rating.why == "More than one detail here could identify a client."


def test_an_unrated_criterion_stays_unrated_under_a_cap() -> None:
    assert levels(compose(report(None, None, None, None, findings=(NAME,)), None)) == [None] * 4


def test_a_capped_criterion_is_no_longer_not_applicable() -> None:
    one = report(3, 3, 4, 3, findings=(NAME,))
    spared = tuple(r.model_copy(update={"not_applicable": True}) for r in one.ratings)
    assert compose(one.model_copy(update={"ratings": spared}), None).of(CONFIDENTIALITY).not_applicable is False


def test_a_warning_is_no_leak() -> None:
    warned = finding("identifiers", "Elm Street", Severity.WARN)
    assert levels(compose(report(5, 5, 5, 5, findings=(warned,)), None)) == [5, 5, 5, 5]


def test_every_cap_listens_to_a_check_that_exists() -> None:
    names = {check.name for check in ALL}
    for check in ("event", "bundles", "impossible figure", "identifiers", "blame", "ownership"):
        assert check in names


# ── what to change first ──────────────────────────────────────────────────────────────────────────────────────────


def test_an_answer_with_nothing_to_gain_gets_no_change() -> None:
    blamed = finding("blame", "The county")
    assert compose(report(5, 5, 5, 5, findings=(blamed,)), None).change is None
    assert compose(report(5, 5, 5, 5), verdict(5, 5, 5, 5, advice="Smile.")).change is None


def test_a_leak_comes_before_everything_else() -> None:
    told = change(compose(report(1, 1, 5, 1, findings=(STREET, NAME)), verdict(1, 1, 5, 1, advice="Smile.")))
    assert told.criterion is CONFIDENTIALITY
    assert told.text == "Take out “Elm Street”: it could identify a client."
    assert told.about == span(SENTENCES[Part.SITUATION])


def test_a_leak_comes_with_words_to_put_in_its_place_where_there_are_such() -> None:
    assert change(compose(report(3, 3, 3, 3, findings=(NAME,)), None)).text.endswith("Say “a client” instead.")


def test_a_leak_is_told_even_where_nothing_else_could_be_rated() -> None:
    told = change(compose(report(2, 2, 2, 2, findings=(NAME,)), verdict(4, 4, 4, 4)))
    assert told.criterion is CONFIDENTIALITY


def test_blame_comes_next_unless_empathy_is_rated_well() -> None:
    blamed = finding("blame", "The county said no")
    told = change(compose(report(1, 2, 4, 1, findings=(blamed,)), None))
    assert (told.criterion, told.about) == (EMPATHY, blamed.span)
    assert change(compose(report(1, 3, 4, 1, findings=(blamed,)), None)).criterion is SOAR


def test_the_judges_advice_is_taken_where_it_gave_some() -> None:
    told = change(compose(report(4, 4, 5, 3), verdict(4, 4, 5, 3, advice="Tell what it cost.")))
    assert (told.criterion, told.text, told.about) == (OUTCOME, "Tell what it cost.", None)


@pytest.mark.parametrize(
    ("given", "first"),
    [
        ((2, 2, 2, 2), SOAR),
        ((3, 2, 2, 2), OUTCOME),
        ((3, 2, 2, 3), EMPATHY),
        ((3, 3, 2, 3), CONFIDENTIALITY),
        ((4, 3, 5, 2), OUTCOME),
        ((None, 3, 5, 4), EMPATHY),
    ],
)
def test_the_lowest_rated_criterion_is_changed_first(given: tuple[int | None, ...], first: Criterion) -> None:
    assert change(compose(report(*given), None)).criterion is first


def test_what_does_not_apply_is_not_to_be_changed() -> None:
    one = report(4, 2, 5, 5)
    spared = tuple(r.model_copy(update={"not_applicable": r.criterion is EMPATHY}) for r in one.ratings)
    assert change(compose(one.model_copy(update={"ratings": spared}), None)).criterion is SOAR


S, O, A, R = SENTENCES  # noqa: E741  # the four letters of SOAR


@pytest.mark.parametrize(
    ("told", "says", "about"),
    [
        ((), "Start over with one client on one day", "three times"),
        ((S, A, R), "Say what stood in the way", SENTENCES[S]),
        ((A, R), "Say what stood in the way", SENTENCES[A]),
        ((S, O, A), "Say how it ended", SENTENCES[A]),
        ((S, O, R), "Say what you did yourself", SENTENCES[O]),
        ((O, A, R), "Begin with one sentence on who this was", SENTENCES[A]),
        ((S, O, A, R), "Make this part more specific", "three times"),
    ],
)
def test_in_a_story_the_missing_part_is_asked_for(told: tuple[Part, ...], says: str, about: str) -> None:
    one = change(compose(report(2, 5, 5, 5, told=told), None))
    assert one.criterion is SOAR
    assert one.text.startswith(says)
    assert one.about == span(about)


def test_in_a_whole_story_blurred_steps_are_asked_about() -> None:
    blurred = finding("ownership", "We called them", Severity.NOTE)
    told = change(compose(report(4, 5, 5, 5, findings=(blurred,)), None))
    assert told.text.startswith("Say “I” where it was you")
    assert told.about == blurred.span


@pytest.mark.parametrize("criterion", [EMPATHY, CONFIDENTIALITY, OUTCOME])
def test_each_level_has_its_own_next_step_about_the_words_it_rests_on(criterion: Criterion) -> None:
    texts = []
    for level in range(1, 5):
        given = [level if c is criterion else 5 for c in Criterion]
        told = change(compose(report(*given), None))
        assert told.criterion is criterion
        assert told.about == span("three times")
        texts.append(told.text)
    assert len(set(texts)) >= 3
    assert all(text[0].isupper() and text[-1] in ".?" for text in texts)


@pytest.mark.parametrize(
    ("criterion", "about"), [(EMPATHY, SENTENCES[S]), (OUTCOME, SENTENCES[R]), (CONFIDENTIALITY, None)]
)
def test_without_evidence_the_change_is_about_the_sentence_that_comes_nearest(
    criterion: Criterion, about: str | None
) -> None:
    one = report(*(1 if c is criterion else 5 for c in Criterion))
    bare = tuple(r.model_copy(update={"evidence": ()}) if r.criterion is criterion else r for r in one.ratings)
    told = change(compose(one.model_copy(update={"ratings": bare}), None))
    assert told.about == (span(about) if about else None)


# ── with the real checks ──────────────────────────────────────────────────────────────────────────────────────────

ANSWERS = {
    "leaks": (
        "Last spring I worked with Denise Ortega, born on 4 May 1961, who lived at 12 Elm Street in Dayton. Her insurance denied the "
        "home aide. I called the plan, appealed and got her an aide within nine days."
    ),
    "hypothetical": (
        "I would always sit down with the client and listen to them. Then I would call all the providers and I would make sure that "
        "everybody is on the same page, because communication is the key to everything in this job."
    ),
    "blame": (
        "There was a man who was just difficult and lazy and did not want to be helped. I told him that if he did not cooperate we "
        "would close his case. He was non-compliant with everything, and in the end we closed it."
    ),
    "good": (
        "A woman came home after a fall and was afraid of losing her independence. Her plan denied the aide. I asked her what mattered "
        "most to her, and with her permission I appealed. The aide was approved in nine days, and in the next three months she had no "
        "falls, compared with four before. Ärger gab es keinen 🙂."
    ),
    "short": "I helped her.",
}


@pytest.mark.parametrize("name", ANSWERS)
def test_with_the_real_checks_every_quote_stands_in_the_answer(name: str) -> None:
    answer = ANSWERS[name]
    feedback = compose(Checks().run(answer, Question.free("Tell me about a case.")), None)
    told = [
        *(s for r in feedback.ratings for s in r.evidence),
        *(f.span for f in feedback.findings),
        *(p.span for p in feedback.parts),
    ]
    if feedback.change and feedback.change.about:
        told.append(feedback.change.about)
    assert all(s.stands_in(answer) for s in told)
    assert bool(told) is (name != "short")
    assert tuple(r.criterion for r in feedback.ratings) == tuple(Criterion)


def test_with_the_real_checks_a_named_client_caps_confidentiality_and_is_the_first_change() -> None:
    feedback = compose(Checks().run(ANSWERS["leaks"], Question.free("Tell me about a case.")), None)
    assert (feedback.of(CONFIDENTIALITY).level or 9) <= 1
    assert change(feedback).criterion is CONFIDENTIALITY


def test_with_the_real_checks_an_answer_about_no_case_is_capped() -> None:
    feedback = compose(Checks().run(ANSWERS["hypothetical"], Question.free("Tell me about a case.")), None)
    assert (feedback.of(SOAR).level or 9) <= 2
