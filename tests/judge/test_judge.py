"""Whatever an endpoint does, rating gives a verdict, and no rating stands without words of the answer."""

import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from judge_examples import ADVICE, ANSWER, MARKS, reply
from planned import ENDINGS, RATED, SLOW, STREAMS
from server import FAULTS, KEY, Server

from coach.domain.finding import Finding
from coach.domain.judging import ToRate
from coach.domain.question import Question
from coach.domain.rating import Rater, Rating
from coach.domain.rubric import Criterion, Rubric
from coach.domain.sentences import sentences
from coach.domain.verdict import JudgeOutcome, Verdict
from coach.judge import Judge, NoJudge
from coach.judge.endings import MESSAGES, NO_MODEL_LISTED, NO_WORDS, TOO_LONG, WEB_PAGE
from coach.judge.judge import MOST_SENTENCES, units

JudgeAt = Callable[..., Judge]
Rate = Callable[..., Verdict]

NOT_SENT = {JudgeOutcome.OFF, JudgeOutcome.WAITING, JudgeOutcome.RESTING, JudgeOutcome.OVER_BUDGET}


@pytest.fixture
def rate(judge_at: JudgeAt, question: Question, rubric: Rubric) -> Rate:
    def rate_with(
        model: str,
        text: str = ANSWER,
        candidate: str = "",
        findings: tuple[Finding, ...] = (),
        watch: Callable[[str], object] | None = None,
        **more: object,
    ) -> Verdict:
        judge = judge_at(model, **more)
        asked = ToRate(question=question, text=text, rubric=rubric, findings=findings, candidate=candidate)
        return judge.rate(asked, watch)

    return rate_with


def of(verdict: Verdict, criterion: Criterion) -> Rating:
    return next(r for r in verdict.ratings if r.criterion is criterion)


def test_every_fault_of_the_server_has_an_expected_ending() -> None:
    no_faults = {"fake-1", "slow-stream"}  # what the server lists as its model, and a good judge that takes its time
    assert set(ENDINGS) | set(STREAMS) | set(SLOW) | no_faults == set(FAULTS)
    assert {outcome for outcome, _ in ENDINGS.values()} | NOT_SENT | {JudgeOutcome.TOO_SLOW} == set(JudgeOutcome)


@pytest.mark.parametrize("fault", ENDINGS)
def test_every_fault_ends_in_its_outcome_with_grounded_ratings_only_and_nothing_private_in_logs_and_messages(
    fault: str, rate: Rate, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    verdict = rate(fault, candidate="kim@example.org")
    outcome, calls = ENDINGS[fault]
    assert verdict.record.outcome is outcome
    assert verdict.record.message.endswith(".")
    assert verdict.record.calls >= 1
    assert len(server.bodies) <= calls, "never more requests than planned"
    if outcome is RATED:
        assert [r.criterion for r in verdict.ratings] == list(Criterion)
    else:
        assert verdict.ratings == ()
        assert verdict.advice == ""
    for rating in verdict.ratings:
        assert rating.by is Rater.JUDGE
        assert all(span.stands_in(ANSWER) for span in rating.evidence)
        assert rating.evidence or rating.level is None or rating.level < 3 or rating.not_applicable
    assert Verdict.model_validate_json(verdict.model_dump_json()) == verdict

    logged = [f"{record.getMessage()} {record.exc_text}" for record in caplog.records]
    assert any(record.name.startswith("coach.judge") for record in caplog.records)
    for line in [*logged, verdict.record.message, *(r.why for r in verdict.ratings)]:
        assert not any(private in line for private in (KEY, "kim@", "dialysis", "noon chair", "eight weeks"))


@pytest.mark.parametrize("fault", STREAMS)
def test_every_fault_of_a_stream_ends_in_its_outcome_and_nothing_unvetted_is_watched(fault: str, rate: Rate) -> None:
    seen: list[str] = []
    verdict = rate(fault, watch=seen.append)
    assert (verdict.record.outcome, verdict.record.calls) == STREAMS[fault]
    assert set(seen) <= {"", ADVICE}
    assert all(span.stands_in(ANSWER) for r in verdict.ratings for span in r.evidence)


@pytest.mark.parametrize("fault", sorted(SLOW))
def test_a_server_that_hangs_or_trickles_is_given_up(fault: str, rate: Rate) -> None:
    verdict = rate(fault, deadline_s=0.4, watch=lambda _: None)
    assert verdict.record.outcome is JudgeOutcome.TOO_SLOW
    assert verdict.ratings == ()


def test_waits_between_tries_count_against_the_deadline(rate: Rate) -> None:
    assert rate("500", deadline_s=0.4, waits_s=(60.0,)).record.outcome is JudgeOutcome.TOO_SLOW


def test_a_good_reply_is_rated_with_the_sentences_it_points_at(rate: Rate) -> None:
    verdict = rate("ok")
    first, second, third, fourth = sentences(ANSWER)
    assert [r.level for r in verdict.ratings] == [5, 5, 5, 5]
    assert of(verdict, Criterion.SOAR).evidence == (first, second, third, fourth)
    assert of(verdict, Criterion.EMPATHY).evidence == (second, third)
    assert of(verdict, Criterion.CONFIDENTIALITY).evidence == (first,)
    assert of(verdict, Criterion.OUTCOME).evidence == (third, fourth)
    assert of(verdict, Criterion.OUTCOME).why.startswith("A concrete result is told.")
    assert verdict.advice == ADVICE


def test_the_record_says_what_the_rating_was_made_with(rate: Rate) -> None:
    record = rate("ok").record
    assert (record.model, record.prompt, len(record.prompt_hash)) == ("fake-1", "judge/v2", 64)
    assert (record.calls, record.prompt_tokens, record.completion_tokens) == (1, 800, 200)
    assert record.raw == reply()


def test_the_raw_reply_is_not_kept_when_that_is_not_wanted(rate: Rate) -> None:
    assert rate("ok", keep_raw=False).record.raw == ""
    assert rate("levels", keep_raw=False).record.raw == ""


def test_the_raw_reply_of_a_failed_rating_is_kept_to_explain_it(rate: Rate) -> None:
    assert "Hire." in rate("levels").record.raw
    assert "sorry" in rate("refusal").record.raw


@pytest.mark.parametrize("fault", ["wrong-number", "no-number", "odd-number", "huge-number"])
def test_a_verdict_without_a_sentence_leaves_its_criterion_unrated_and_the_others_rated(fault: str, rate: Rate) -> None:
    verdict = rate(fault)
    ungrounded = of(verdict, Criterion.OUTCOME)
    assert ungrounded.level is None
    assert "did not point at" in ungrounded.why
    assert [r.level for r in verdict.ratings if r is not ungrounded] == [5, 5, 5]


@pytest.mark.parametrize(
    ("fault", "criterion"), [("missing-part", Criterion.EMPATHY), ("missing-point", Criterion.SOAR)]
)
def test_a_missing_part_of_the_reply_leaves_its_criterion_unrated(fault: str, criterion: Criterion, rate: Rate) -> None:
    assert {r.criterion for r in rate(fault).ratings if not r.rated} == {criterion}


def test_an_accusation_without_a_sentence_is_not_believed(rate: Rate, server: Server) -> None:
    accusing = json.loads(reply())
    accusing["empathy"]["disrespect"] = {"sentence": 0, "verdict": "yes"}
    accusing["confidentiality"]["identifier"] = {"sentence": 77, "verdict": "yes"}
    server.good = json.dumps(accusing)
    verdict = rate("ok")
    assert of(verdict, Criterion.EMPATHY).level is None
    assert of(verdict, Criterion.CONFIDENTIALITY).level is None


def test_a_named_client_is_rated_low_with_the_sentence_that_names_them(rate: Rate, server: Server) -> None:
    named = json.loads(reply())
    named["confidentiality"]["identifier"] = {"sentence": 2, "verdict": "yes"}
    server.good = json.dumps(named)
    text = ANSWER.replace("he was afraid", "Kim Ruiz was afraid")
    rating = of(rate("ok", text=text), Criterion.CONFIDENTIALITY)
    assert rating.level == 1
    assert [s.quote for s in rating.evidence] == [sentences(text)[1].quote]


def test_an_answer_without_a_client_is_marked_not_applicable(rate: Rate, server: Server) -> None:
    server.good = reply({part: dict.fromkeys(points, 0) for part, points in MARKS.items()})
    verdict = rate("ok")
    assert [r.level for r in verdict.ratings] == [1, 2, 4, 1]
    assert [r.not_applicable for r in verdict.ratings] == [False, True, True, False]
    assert (
        of(verdict, Criterion.EMPATHY).why
        == ("No client comes up in this answer, so there was nobody to show empathy for. ").strip()
    )


def test_an_unusable_reply_is_asked_for_once_more_with_the_fault_named_and_no_answer_text_in_it(
    rate: Rate, server: Server
) -> None:
    assert rate("wrong-number").record.calls == 2
    complaint = server.bodies[1]["messages"][-1]["content"]
    assert "outcome.number: yes without a sentence number from 1 to 4" in complaint
    assert server.bodies[1]["messages"][:-1] == server.bodies[0]["messages"]


def test_a_reply_mended_when_asked_again_is_used(rate: Rate) -> None:
    verdict = rate("mended")
    assert [r.level for r in verdict.ratings] == [5, 5, 5, 5]
    assert verdict.record.calls == 2


def test_the_better_of_two_replies_is_used_and_kept(rate: Rate) -> None:
    verdict = rate("worse-again")
    assert [r.level for r in verdict.ratings] == [5, None, 5, 5]
    assert json.loads(verdict.record.raw)["soar"]
    assert verdict.record.calls == 2


@pytest.mark.parametrize(
    ("fault", "message"),
    [("400-context", TOO_LONG), ("413", TOO_LONG), ("html-200", WEB_PAGE), ("401", MESSAGES[JudgeOutcome.REFUSED_KEY])],
)
def test_the_user_is_told_what_to_do(fault: str, message: str, rate: Rate) -> None:
    assert rate(fault).record.message == message


@pytest.mark.parametrize("fault", ["400-filter", "refusal", "null-content", "filter-finish"])
def test_a_declined_story_is_said_to_be_no_fault_of_the_candidate(fault: str, rate: Rate) -> None:
    assert "no fault of yours" in rate(fault).record.message


@pytest.mark.parametrize(
    ("fault", "calls"),
    [("401", 1), ("429", 3), ("429-long", 1), ("429-quota", 1), ("500", 3), ("400-filter", 1), ("400-always", 3)],
)
def test_only_what_may_pass_is_tried_again_and_only_a_few_times(fault: str, calls: int, rate: Rate) -> None:
    assert rate(fault).record.calls == calls


def test_the_format_is_stepped_down_to_what_the_server_takes(rate: Rate, server: Server) -> None:
    rate("400-schema")
    rate("422-format")
    formats = [body.get("response_format", {}).get("type", "text") for body in server.bodies]
    assert formats == ["json_schema", "json_object", "json_schema", "json_object", "text"]


def test_parameters_that_a_model_rejects_are_left_out_and_the_limit_tried_under_its_other_name(
    rate: Rate, server: Server
) -> None:
    rate("picky", candidate="someone")
    assert {"temperature", "seed", "safety_identifier", "max_tokens"} <= server.bodies[0].keys()
    assert server.bodies[-1].keys() == {"model", "messages", "response_format", "max_completion_tokens"}


def test_what_an_endpoint_takes_is_remembered_for_the_next_rating(
    judge_at: JudgeAt, server: Server, question: Question, rubric: Rubric
) -> None:
    judge = judge_at("400-schema")
    assert judge.rate(ToRate(question=question, text=ANSWER, rubric=rubric)).record.calls == 2
    assert judge.rate(ToRate(question=question, text=ANSWER, rubric=rubric)).record.calls == 1
    assert len(server.bodies) == 3


def test_a_truncated_reply_is_asked_for_with_more_room(rate: Rate, server: Server) -> None:
    rate("short-of-room")
    assert [body["max_tokens"] for body in server.bodies] == [4_000, 16_000]


def test_without_a_model_the_first_listed_one_that_can_chat_is_used(rate: Rate) -> None:
    verdict = rate("")
    assert (verdict.record.outcome, verdict.record.model) == (RATED, "fake-1")


def test_an_endpoint_that_lists_no_model_asks_for_one(rate: Rate, server: Server) -> None:
    server.listed = []
    record = rate("").record
    assert (record.outcome, record.message) == (JudgeOutcome.NO_SUCH_MODEL, NO_MODEL_LISTED)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/v1", "http://[", "localhost/v1", "nonsense", "ftp://127.0.0.1/v1"]
)
def test_an_address_that_leads_nowhere_is_unreachable(address: str, rate: Rate) -> None:
    assert rate("ok", base_url=address).record.outcome is JudgeOutcome.UNREACHABLE


def test_a_key_that_no_header_can_hold_is_refused(rate: Rate) -> None:
    assert rate("ok", api_key="sk-\u201cquoted\u201d").record.outcome is JudgeOutcome.REFUSED_KEY


def test_the_candidate_reaches_the_endpoint_only_as_a_hash(rate: Rate, server: Server) -> None:
    rate("ok", candidate="kim@example.org")
    rate("ok")
    assert len(server.bodies[0]["safety_identifier"]) == 32
    assert "kim" not in json.dumps(server.bodies[0])
    assert "safety_identifier" not in server.bodies[1]


def test_the_schema_lists_exactly_the_sentence_numbers_of_this_answer(rate: Rate, server: Server) -> None:
    rate("ok")
    point = server.bodies[0]["response_format"]["json_schema"]["schema"]["$defs"]["point"]
    assert [mark["properties"]["sentence"]["enum"] for mark in point["anyOf"]] == [[1, 2, 3, 4], [0]]


def test_one_judge_serves_several_threads(judge_at: JudgeAt, question: Question, rubric: Rubric) -> None:
    judge = judge_at("400-schema")
    with ThreadPoolExecutor(4) as pool:
        verdicts = list(pool.map(lambda _: judge.rate(ToRate(question=question, text=ANSWER, rubric=rubric)), range(8)))
    assert [v.record.outcome for v in verdicts] == [RATED] * 8


@pytest.mark.parametrize("text", ["", "  \n", "...", "\u200b"])
def test_an_answer_without_words_is_not_sent(text: str, rate: Rate, server: Server) -> None:
    verdict = rate("ok", text=text)
    assert (verdict.record.outcome, verdict.record.message) == (JudgeOutcome.DECLINED, NO_WORDS)
    assert server.bodies == []


def test_an_answer_of_twenty_thousand_words_is_numbered_in_few_pieces_that_leave_nothing_out() -> None:
    text = "I called her again. " * 5_000
    numbered = units(text)
    assert len(numbered) <= MOST_SENTENCES
    assert " ".join(s.quote for s in numbered).split() == text.split()


def test_the_key_is_not_in_the_judges_representation(judge_at: JudgeAt) -> None:
    judge = judge_at("ok")
    assert KEY not in repr(judge) + repr(judge._door._endpoint)


def test_without_an_endpoint_the_verdict_is_off(question: Question, rubric: Rubric) -> None:
    verdict = NoJudge().rate(ToRate(question=question, text=ANSWER, rubric=rubric))
    assert verdict.record.outcome is JudgeOutcome.OFF
    assert verdict.ratings == ()
    assert "OPENAI_API_KEY" in verdict.record.message
