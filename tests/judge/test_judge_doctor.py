"""`coach doctor` says in plain lines whether the judge can be used."""

from collections.abc import Callable

import pytest
from server import KEY, Server

from coach.judge import doctor

Ask = Callable[..., list[str]]


@pytest.fixture
def ask(server: Server) -> Ask:
    server.good = '{"sentence": 2, "verdict": "yes"}'

    def ask_about(model: str, deadline_s: float = 20.0) -> list[str]:
        return doctor(api_key=KEY, base_url=server.address, model=model, deadline_s=deadline_s, waits_s=(0.0, 0.0))

    return ask_about


def test_a_judge_that_works_is_described(ask: Ask) -> None:
    lines = ask("ok")
    assert lines[0] == "Judge: 127.0.0.1, model fake-1."
    assert lines[1] == "It lists fake-1."
    assert lines[2].startswith("It replied after ")
    assert lines[3] == "It keeps to a JSON schema."
    assert lines[4] == "It runs on this computer: rating costs nothing, and nothing leaves it."


@pytest.mark.parametrize("wrong", ['{"sentence": 1, "verdict": "yes"}', '{"sentence": 2, "verdict": "no"}'])
def test_a_model_that_gets_an_easy_question_wrong_is_named_as_such(wrong: str, ask: Ask, server: Server) -> None:
    server.good = wrong
    assert "do not rely on its ratings" in ask("ok")[-2]


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        ("400-schema", "It takes no JSON schema, but replies in JSON."),
        ("422-format", "It takes no JSON mode; replies are read from plain text."),
    ],
)
def test_the_format_that_works_is_named(fault: str, line: str, ask: Ask) -> None:
    assert line in ask(fault)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("401", "did not accept the API key"),
        ("404", "does not know this model"),
        ("500", "server failed"),
        ("html-200", "web page"),
        ("refusal-text", "would not read"),
        ("no-nonsense", "could not be read"),
    ],
)
def test_a_judge_that_does_not_work_is_explained(fault: str, words: str, ask: Ask) -> None:
    assert words in ask(fault)[-1]


@pytest.mark.parametrize("fault", ["hang", "trickle"])
def test_a_judge_that_is_too_slow_is_explained(fault: str, ask: Ask) -> None:
    assert "took too long" in ask(fault, deadline_s=0.3)[-1]


def test_without_an_endpoint_the_judge_is_off() -> None:
    (line,) = doctor()
    assert line.startswith("Judge: off. No judge is set up")
    assert "OPENAI_API_KEY" in line


@pytest.mark.parametrize("address", ["http://user:secret@127.0.0.1:9/v1", "nonsense", "http://[", "http://[x]:y/"])
def test_no_line_holds_the_key_or_what_an_address_hides(address: str) -> None:
    lines = doctor(api_key=KEY, base_url=address, deadline_s=5.0, waits_s=())
    assert len(lines) == 2
    assert not any(secret in line for line in lines for secret in (KEY, "secret"))


@pytest.mark.parametrize("fault", ["reset", "half-body", "deep-json", "json-null", "odd-types", "echo", "surrogates"])
def test_an_odd_endpoint_makes_the_doctor_neither_raise_nor_tell_the_key(fault: str, ask: Ask) -> None:
    assert all(line and KEY not in line for line in ask(fault))


@pytest.mark.parametrize(("mask", "says"), [(None, "replaced by placeholders."), (False, "COACH_JUDGE_MASK is off")])
def test_what_leaves_this_computer_is_told_as_the_settings_have_it(
    says: str, server: Server, *, mask: bool | None
) -> None:
    server.good = '{"sentence": 2, "verdict": "yes"}'
    elsewhere = server.address.replace("127.0.0.1", "127.1")  # not known to be this computer
    lines = doctor(api_key=KEY, base_url=elsewhere, model="ok", waits_s=(0.0, 0.0), mask=mask)
    assert says in lines[-1]
