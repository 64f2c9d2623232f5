"""Packs: what a faulty one is told, and what a good one becomes."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from coach import resources
from coach.bank.packs import Bank, load_bank, read_packs
from coach.bank.rules import TIME_LIMIT_S
from coach.domain.question import Competency, Difficulty, Kind, Question, Setting
from coach.errors import BankError

HEAD = 'title = "Small pack"\ndescription = "For tests."\nlanguage = "en"\n'
FIELDS = {
    "key": '"ask-something"',
    "version": "2",
    "kind": '"general"',
    "text": '"What do you do all day?"',
    "competencies": '["advocacy", "ethics"]',
    "settings": '["housing", "re_entry"]',
    "difficulty": "3",
    "areas": "[" + ", ".join(f'{{ text = "area {n}", examples = ["I did {n}."] }}' for n in range(6)) + "]",
    "probes": '["What then?", "And after that?", "Who said so?"]',
    "time_limit_s": "90",
    "weak": '"Says nothing."',
    "good": '"Says something."',
    "excellent": '"Says it all."',
    "model_answer": f'"""{"I asked and she chose. " * 30}"""',
}


def question(**changed: str) -> str:
    """One question of a pack; a field set to nothing is left out."""
    lines = [f"{field} = {value}" for field, value in (FIELDS | changed).items() if value]
    return "\n".join(["[[questions]]", *lines, ""])


def pack(folder: Path, text: str, name: str = "small.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def said(path: Path) -> list[str]:
    return [str(problem) for problem in read_packs(path)[1]]


def test_a_sound_pack_has_no_problems_and_becomes_domain_questions(tmp_path: Path) -> None:
    pack(tmp_path, HEAD + question())

    assert said(tmp_path) == []

    bank = load_bank(tmp_path)
    assert bank.titles == ("Small pack",)
    loaded = bank.get("ask-something")
    assert isinstance(loaded, Question)
    assert (loaded.version, loaded.kind, loaded.time_limit_s) == (2, Kind.GENERAL, 90)
    assert loaded.competencies == (Competency.ADVOCACY, Competency.ETHICS)
    assert (loaded.settings, loaded.difficulty) == ((Setting.HOUSING, Setting.RE_ENTRY), Difficulty.HARD)
    assert loaded.areas[5].examples == ("I did 5.",)
    assert loaded.model_answer.startswith("I asked and she chose.")


def test_a_question_without_settings_is_asked_anywhere(tmp_path: Path) -> None:
    pack(tmp_path, HEAD + question(settings="[]"))

    assert load_bank(tmp_path).get("ask-something").settings == ()


def test_version_and_time_limit_may_be_left_out(tmp_path: Path) -> None:
    pack(tmp_path, HEAD + question(version="", time_limit_s=""))

    loaded = load_bank(tmp_path).get("ask-something")

    assert (loaded.version, loaded.time_limit_s) == (1, 180)


FOUR_AREAS = '{ text = "one" }, { text = "two" }, { text = "three" }, { text = "four" }'


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"kind": '"behavioral"'}, "kind: 'behavioral' is not known; did you mean 'behavioural'? allowed are general,"),
        ({"kind": ""}, "kind: is missing"),
        ({"kind": "3"}, "kind: must be text in quotes"),
        ({"competencies": '["ethics", "charm"]'}, "competencies 2: 'charm' is not known; allowed are assessment,"),
        ({"competencies": "[]"}, "competencies: there are 0; it takes 1 to 4"),
        ({"competencies": '"ethics"'}, "competencies: must be a list in square brackets"),
        ({"competencies": '["ethics", "ethics"]'}, "competencies 2: says the same as number 1"),
        ({"probe": '["Why?"]'}, "probe: is not a field here; did you mean 'probes'?"),
        ({"probes": '["Why?", "How?"]'}, "probes: there are 2; it takes 3 to 5"),
        ({"probes": '["Why?", "  ", "How?"]'}, "probes 2: is empty"),
        (
            {"settings": '["hospitl"]'},
            "settings 1: 'hospitl' is not known; did you mean 'hospital'? allowed are hospital,",
        ),
        ({"settings": '["school", "school"]'}, "settings 2: says the same as number 1"),
        ({"settings": '"school"'}, "settings: must be a list in square brackets"),
        ({"settings": ""}, "settings: is missing"),
        ({"difficulty": "4"}, "difficulty: is 4; it must be between 1 and 3"),
        ({"difficulty": '"hard"'}, "difficulty: must be a whole number without quotes"),
        ({"model_answer": '"I helped."'}, "model_answer: has 2 words; it takes 130 to 220"),
        ({"model_answer": '""'}, "model_answer: is empty"),
        ({"model_answer": ""}, "model_answer: is missing"),
        ({"areas": "[]"}, "areas: there are 0; it takes 5 to 8"),
        ({"areas": f"[{FOUR_AREAS}]"}, "areas: there are 4; it takes 5 to 8"),
        ({"areas": f'[{FOUR_AREAS}, {{ text = "Two " }}]'}, "areas 5: says the same as number 2"),
        ({"areas": f'[{FOUR_AREAS}, {{ examples = ["x"] }}]'}, "areas 5, text: is missing"),
        ({"areas": f'[{FOUR_AREAS}, {{ text = "five", examples = [""] }}]'}, "areas 5, examples 1: is empty"),
        (
            {"areas": f'[{FOUR_AREAS}, {{ text = "five", exmples = [] }}]'},
            "areas 5, exmples: is not a field here; did you mean 'examples'?",
        ),
        ({"areas": '["just words"]'}, "areas 1: must be a table with a text and examples"),
        ({"areas": '"housing"'}, "areas: must be tables, each under its own [[questions.areas]]"),
        ({"time_limit_s": "10"}, "time_limit_s: is 10; it must be between 30 and 900 seconds"),
        ({"time_limit_s": '"180"'}, "time_limit_s: must be a whole number without quotes"),
        ({"version": "0"}, "version: is 0; it must be between 1 and 9999"),
        ({"version": "true"}, "version: must be a whole number without quotes"),
        ({"text": '"Your working day."'}, "text: asks nothing; end it with a question mark"),
        ({"text": '"Why?"'}, "text: is too short; write at least 10 characters"),
        ({"weak": '""'}, "weak: is empty"),
        ({"good": "2024-01-01"}, "good: must be text in quotes"),
        ({"excellent": f'"{"long " * 500}"'}, "excellent: has 2500 characters; 2000 is the most"),
    ],
)
def test_a_faulty_field_is_named_with_what_is_wrong_in_plain_words(
    tmp_path: Path, changed: dict[str, str], expected: str
) -> None:
    path = pack(tmp_path, HEAD + question(**changed))

    problems = said(path)

    assert any(problem.startswith(f"small.toml: ask-something: {expected}") for problem in problems), problems


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ('"Ask Something"', "small.toml: Ask Something: key: must be small letters and digits joined by hyphens"),
        ('"free"', "small.toml: free: key: 'free' is taken by questions outside the bank"),
        (f'"{"long-" * 16}key"', f"small.toml: {'long-' * 12}: key: has 83 characters; 80 is the most"),
        ('""', "small.toml: question 1: key: is empty"),
        ("7", "small.toml: question 1: key: must be text in quotes"),
        ("", "small.toml: question 1: key: is missing"),
    ],
)
def test_a_question_without_a_usable_key_is_named_by_what_there_is(tmp_path: Path, key: str, expected: str) -> None:
    problems = said(pack(tmp_path, HEAD + question(key=key)))

    assert len(problems) == 1
    assert problems[0].startswith(expected)


@pytest.mark.parametrize(
    "text",
    [
        "Tell me about your day.",
        "describe one day",
        "And your day?",
        "“Walk me through it.”",
        "It is late. Describe it.",
    ],
)
def test_a_question_asks_with_a_question_mark_or_with_an_imperative(tmp_path: Path, text: str) -> None:
    assert said(pack(tmp_path, HEAD + question(text=f'"{text}"'))) == []


def test_all_problems_of_all_packs_are_reported_at_once(tmp_path: Path) -> None:
    pack(tmp_path, 'title = ""\n' + question(kind='"x"', weak="", probes='["Why?"]'), "one.toml")
    pack(tmp_path, "title = \n", "two.toml")

    assert [problem.split(": ")[:3] for problem in said(tmp_path)] == [
        ["one.toml", "title", "is empty"],
        ["one.toml", "description", "is missing"],
        ["one.toml", "language", "is missing"],
        ["one.toml", "ask-something", "kind"],
        ["one.toml", "ask-something", "probes"],
        ["one.toml", "ask-something", "weak"],
        [
            "two.toml",
            "cannot be read at line 1, column 9 (Invalid value); look at the quotes, brackets and equals signs",
        ],
    ]


def test_a_key_that_another_pack_has_is_a_problem_of_the_later_one(tmp_path: Path) -> None:
    pack(tmp_path, HEAD + question(), "first.toml")
    pack(tmp_path, HEAD + question(), "second.toml")

    assert said(tmp_path) == ["second.toml: ask-something: key: is used already in first.toml"]
    assert said(tmp_path / "second.toml") == []


def test_a_key_that_stands_twice_in_one_pack_is_a_problem(tmp_path: Path) -> None:
    assert said(pack(tmp_path, HEAD + question() + question())) == [
        "small.toml: ask-something: key: is used already in small.toml"
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'title = "t', "cannot be read at the end of the file (Unterminated string)"),
        (b'title = "\xff"', "is not UTF-8 text; save it as UTF-8"),
        (b"x = " + b"[" * 5000, "holds lists within lists that go too deep to read"),
        (HEAD.encode(), "questions: there is none; write each under its own [[questions]]"),
        (HEAD.encode() + b"questions = 3", "questions: must be tables, each under its own [[questions]]"),
        (HEAD.encode() + b"questions = [3]", "question 1: must be a table under [[questions]]"),
        (
            HEAD.replace("title", "titel").encode() + b"questions = []",
            "titel: is not a field here; did you mean 'title'?",
        ),
    ],
)
def test_a_file_that_is_no_pack_is_told_why(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "small.toml"
    path.write_bytes(content)

    assert said(path)[0].startswith(f"small.toml: {expected}")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + question()).replace("\n", "\r\n").encode())

    assert read_packs(path)[1] == []


def test_a_missing_file_and_an_empty_folder_are_problems(tmp_path: Path) -> None:
    assert said(tmp_path / "none.toml") == ["none.toml: is not there"]
    assert said(tmp_path) == [f"{tmp_path.name}: there is no pack (a file ending in .toml) in this folder"]


def test_a_faulty_bank_is_not_loaded_and_says_the_first_three_problems(tmp_path: Path) -> None:
    pack(tmp_path, HEAD + question(kind="", text="", weak="", good=""))

    with pytest.raises(BankError) as caught:
        load_bank(tmp_path)

    message = str(caught.value)
    assert "ask-something: kind: is missing" in message
    assert "weak: is missing; and 1 more" in message
    assert "coach bank check" in message


def test_an_unknown_key_is_answered_with_keys_that_come_near() -> None:
    bank = load_bank(resources.question_bank())

    with pytest.raises(BankError, match=r"no question 'close-case-wel' in the bank\. Did you mean close-case-well"):
        bank.get("close-case-wel")
    with pytest.raises(BankError, match="Choose one from the list"):
        bank.get("zzz")


def keys(questions: Iterable[Question]) -> set[str]:
    return {question.key for question in questions}


def small_bank(folder: Path) -> Bank:
    pack(
        folder, HEAD + question() + question(key='"tell-of-ward"', settings='["hospital"]', difficulty="1"), "one.toml"
    )
    pack(
        folder,
        HEAD
        + question(key='"tell-of-crisis"', kind='"situational"', competencies='["crisis"]', settings="[]")
        + question(key='"ask-in-school"', text='"Who comes to your office?"', settings='["school"]'),
        "two.toml",
    )
    return load_bank(folder)


def test_questions_are_found_by_each_of_their_marks(tmp_path: Path) -> None:
    bank = small_bank(tmp_path)

    assert bank.find() == bank.questions
    assert keys(bank.find(kind=Kind.SITUATIONAL)) == {"tell-of-crisis"}
    assert keys(bank.find(competency=Competency.CRISIS)) == {"tell-of-crisis"}
    assert keys(bank.find(setting=Setting.HOSPITAL)) == {"tell-of-ward"}
    assert keys(bank.find(difficulty=Difficulty.WARM_UP)) == {"tell-of-ward"}
    assert keys(bank.find(pack="two")) == {"tell-of-crisis", "ask-in-school"}
    assert bank.find(Kind.SITUATIONAL, Competency.ETHICS) == ()
    assert keys(bank.find(pack="one", setting=Setting.HOUSING)) == {"ask-something"}


def test_of_the_questions_about_a_setting_those_about_it_alone_come_first(tmp_path: Path) -> None:
    pack(tmp_path, HEAD + question() + question(key='"ask-of-home"', settings='["housing"]'))

    found = load_bank(tmp_path).find(setting=Setting.HOUSING)

    assert [question.key for question in found] == ["ask-of-home", "ask-something"]


def test_questions_are_told_with_their_packs_in_their_own_order(tmp_path: Path) -> None:
    bank = small_bank(tmp_path)
    mixed = [bank.get(key) for key in ("ask-in-school", "tell-of-ward", "tell-of-crisis")]

    groups = [(one.name, [question.key for question in inside]) for one, inside in bank.by_pack(mixed)]

    assert groups == [("two", ["ask-in-school", "tell-of-crisis"]), ("one", ["tell-of-ward"])]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("office", {"ask-in-school"}),
        ("OFF your", {"ask-in-school"}),
        ("re-entry", {"ask-something"}),
        ("ethic", {"ask-something", "tell-of-ward", "ask-in-school"}),
        ("ward", {"tell-of-ward"}),
        ("fice", set()),
        ("office crisis", set()),
        ("(c++", set()),
    ],
)
def test_words_are_found_where_they_begin_a_word_of_the_question_its_areas_or_its_labels(
    tmp_path: Path, words: str, found: set[str]
) -> None:
    assert keys(small_bank(tmp_path).find(words=words)) == found


def test_an_empty_bank_finds_nothing() -> None:
    assert Bank(packs=()).find() == ()


@pytest.mark.parametrize("seconds", TIME_LIMIT_S)
def test_the_limits_of_time_are_those_a_question_allows(tmp_path: Path, seconds: int) -> None:
    pack(tmp_path, HEAD + question(time_limit_s=str(seconds)))

    assert load_bank(tmp_path).questions[0].time_limit_s == seconds
