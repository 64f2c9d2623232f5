"""`coach score`: what other programs read from it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from cli_tools import Coach

from coach.domain.rating import NEEDS_WORDS
from coach.practice import MAX_WORDS

ROOT = Path(__file__).resolve().parents[2]
GOOD = (
    "Last spring I worked with a woman in her sixties who had just come home from the hospital after a fall. Her plan denied the home "
    "aide twice, and she was afraid of losing her independence. I asked her what mattered most to her, and with her permission I called "
    "the plan, got her doctor's letter and wrote the appeal. The aide was approved in nine days, and in the next three months she had no "
    "falls, compared with four in the three months before."
)
LEAK = (
    "Last spring I worked with Denise Ortega, who lived at 12 Elm Street in Dayton. Her insurance denied the home aide, and she was "
    "afraid. I called the plan, appealed and got her an aide within nine days."
)


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def row(identity: object, answer: object, question: object = "coordinate-complex-needs") -> dict[str, object]:
    return {"id": identity, "question": question, "answer": answer}


def read(path: Path) -> list[dict[str, Any]]:
    text = path.read_text("utf-8")
    assert text == "" or text.endswith("\n")
    return [json.loads(line) for line in text.split("\n")[:-1]]


@pytest.fixture
def rated(bare: Path, coach: Coach) -> Any:
    """Rate these lines, and give back the results."""

    def rate(*rows: object) -> list[dict[str, Any]]:
        result = coach("score", "--in", write(bare / "in.jsonl", *rows), "--out", bare / "out.jsonl")
        assert (result.exit_code, result.stdout) == (0, "")
        return read(bare / "out.jsonl")

    return rate


def assert_shape(result: dict[str, Any], answer: str) -> None:
    """Every key of the contract, and every quote at its place in the answer."""
    assert set(result) == {"id", "state", "ratings", "findings", "spans"}
    assert result["state"] in {"rated", "checks_only", "unrated"}
    assert set(result["ratings"]) == {"soar", "empathy", "confidentiality", "outcome"}
    for rating in result["ratings"].values():
        assert set(rating) == {"level", "by", "why", "evidence"}
        assert rating["level"] in {None, 1, 2, 3, 4, 5}
        assert rating["by"] in {"checks", "judge", "both"}
        assert rating["why"]
        for span in rating["evidence"]:
            assert set(span) == {"start", "end", "quote"}
            assert answer[span["start"] : span["end"]] == span["quote"]
    for finding in result["findings"]:
        assert set(finding) == {"check", "severity", "start", "end", "quote"}
        assert finding["severity"] in {"good", "note", "warn", "leak"}
        assert answer[finding["start"] : finding["end"]] == finding["quote"]
    for span in result["spans"]:
        assert set(span) == {"start", "end", "label"}
        assert span["label"] in {"S", "O", "A", "R", "other"}
        assert 0 <= span["start"] < span["end"] <= len(answer)


# ── what comes out ────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_line_has_its_result_in_the_same_order_and_shape(rated: Any) -> None:
    answers = [
        GOOD,
        LEAK,
        "",
        "Hola, trabajé con una señora que perdió su casa y le ayudé a encontrar otra vivienda muy pronto.",
    ]
    results = rated(*(row(f"n{i}", answer) for i, answer in enumerate(answers)))
    assert [r["id"] for r in results] == ["n0", "n1", "n2", "n3"]
    for result, answer in zip(results, answers, strict=True):
        assert_shape(result, answer)
    assert [r["state"] for r in results] == ["checks_only", "checks_only", "unrated", "unrated"]


def test_a_good_answer_is_rated_with_words_that_justify_it(rated: Any) -> None:
    (result,) = rated(row(1, GOOD))
    levels = {name: rating["level"] for name, rating in result["ratings"].items()}
    assert levels["soar"] >= 4
    assert levels["outcome"] >= 4
    assert all(r["evidence"] for r in result["ratings"].values() if (r["level"] or 0) >= NEEDS_WORDS)
    assert {"S", "A", "R"} <= {span["label"] for span in result["spans"]}


def test_a_named_client_is_a_leak_quoted_to_the_letter(rated: Any) -> None:
    (result,) = rated(row(1, LEAK))
    assert "Denise Ortega" in {f["quote"] for f in result["findings"] if f["severity"] == "leak"}
    assert result["ratings"]["confidentiality"]["level"] <= 2


@pytest.mark.parametrize(
    "question", ["coordinate-complex-needs", "Tell me about a fall.", "?", "", "   ", None, "no-such-key"]
)
def test_a_question_is_a_key_or_free_text_or_nothing(rated: Any, question: object) -> None:
    (result,) = rated(row(1, GOOD, question))
    assert_shape(result, GOOD)
    assert result["state"] == "checks_only"


def test_the_question_may_be_left_out(rated: Any) -> None:
    (result,) = rated({"id": 1, "answer": GOOD})
    assert result["state"] == "checks_only"


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "   \n\t",
        None,
        "I helped.",
        "...!!!???",
        "12 34 56 78 90 11 12 13 14 15 16 17",
        "\x00\x01\x02\x7f" * 50,
        "Я помогла женщине получить жильё, и через три недели она переехала в новую квартиру со своими детьми.",  # noqa: RUF001  # Russian
        "我帮助了一位女士找到住房。" * 20,
        "word " * (MAX_WORDS + 1),
        "字" * 70_000,
        "%PDF-1.7 \ufffd\ufffd\ufffd stream \ufffd\ufffd endobj" * 20,
    ],
    ids=[
        "empty",
        "blank",
        "null",
        "two words",
        "punctuation",
        "digits",
        "control",
        "Russian",
        "Chinese",
        "endless",
        "wide",
        "binary",
    ],
)
def test_what_cannot_be_rated_is_unrated_with_a_reason_and_no_level(rated: Any, answer: object) -> None:
    (result,) = rated(row("x", answer))
    assert_shape(result, answer if isinstance(answer, str) else "")
    assert result["state"] == "unrated"
    for rating in result["ratings"].values():
        assert rating["level"] is None
        assert rating["why"].endswith(".")
    assert result["findings"] == []


@pytest.mark.parametrize(
    "around",
    [
        "😀👩🏽‍⚕️ {} 家",
        "\r\n\r\n{}\r\n",
        "e\u0301\u0301 {}",
        "\u202eabc {}",
        "<script>alert(1)</script> {}",
        "{}\x00",
        "\x0b\x0c\x1c\x85\u2028{}",
    ],
    ids=["emoji", "line ends", "combining", "right to left", "markup", "nul", "odd line ends"],
)
def test_offsets_count_characters_of_the_answer_as_given(rated: Any, around: str) -> None:
    answer = around.format(LEAK)
    (result,) = rated(row(1, answer))
    assert_shape(result, answer)
    assert any(f["quote"] == "Denise Ortega" for f in result["findings"])


def test_half_a_character_pair_does_not_stop_the_others(bare: Path, coach: Coach) -> None:
    source = bare / "in.jsonl"
    source.write_text(
        f'{{"id": "\\ud83d", "question": "\\ud83d?", "answer": "\\ud83d {LEAK}"}}\n'
        + json.dumps(row(2, GOOD), ensure_ascii=False)
        + "\n",
        encoding="utf-8",
    )
    assert coach("score", "--in", source, "--out", bare / "out.jsonl").exit_code == 0
    first, second = read(bare / "out.jsonl")
    assert first["id"] == "\ud83d"
    assert_shape(first, f"\ufffd {LEAK}")
    assert second["state"] == "checks_only"


@pytest.mark.parametrize("identity", ["a b", 7, 0, None, "", ["x", 1], "é\u2028"])
def test_an_id_comes_back_as_it_was(rated: Any, identity: object) -> None:
    (result,) = rated(row(identity, ""))
    assert result["id"] == identity


def test_the_same_answer_gets_the_same_result_every_time(rated: Any) -> None:
    first, second = rated(row(1, GOOD), row(1, GOOD))
    assert first == second


def test_empty_lines_and_a_mark_at_the_start_of_the_file_are_passed_over(bare: Path, coach: Coach) -> None:
    source = bare / "in.jsonl"
    source.write_bytes(
        b"\xef\xbb\xbf" + json.dumps(row(1, "")).encode() + b"\r\n\r\n  \n" + json.dumps(row(2, "")).encode()
    )
    result = coach("score", "--in", source, "--out", bare / "out.jsonl")
    assert (result.exit_code, result.stderr) == (0, "2 answers rated.\n")
    assert [r["id"] for r in read(bare / "out.jsonl")] == [1, 2]


def test_an_empty_file_gives_an_empty_file(rated: Any) -> None:
    assert rated() == []


# ── the judge ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_judge_that_cannot_be_reached_leaves_the_checks_ratings(
    bare: Path, coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("COACH_JUDGE_MODEL", "m")
    monkeypatch.setenv("COACH_JUDGE_DEADLINE_S", "1")
    results = []
    for which in ("auto", "none"):
        source = write(bare / "in.jsonl", row(1, GOOD))
        assert coach("score", "--judge", which, "--in", source, "--out", bare / "out.jsonl").exit_code == 0
        results += read(bare / "out.jsonl")
    assert results[0] == results[1]
    assert results[0]["state"] == "checks_only"


# ── what goes wrong ───────────────────────────────────────────────────────────────────────────────────────────────

BAD_LINES = {
    "no JSON": b"this is no JSON",
    "cut off": b'{"id": 1, "answer": "I wor',
    "a list": b'["id", "answer"]',
    "a word": b'"id"',
    "no id": b'{"answer": "x"}',
    "no answer": b'{"id": 1, "question": "q"}',
    "an answer that is a number": b'{"id": 1, "answer": 5}',
    "an answer that is a list": b'{"id": 1, "answer": []}',
    "a question that is a number": b'{"id": 1, "question": 5, "answer": "x"}',
    "endless depth": b"[" * 100_000,
    "an endless number": b'{"id": ' + b"9" * 5_000 + b', "answer": "x"}',
    "no text": b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe",
    "UTF-16": '{"id": 1, "answer": "x"}'.encode("utf-16"),
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_a_file_that_is_bad_from_the_first_line_leaves_an_earlier_result_as_it_is(
    bare: Path, coach: Coach, name: str
) -> None:
    (bare / "in.jsonl").write_bytes(BAD_LINES[name] + b"\n")
    (bare / "out.jsonl").write_text("earlier\n", encoding="ascii")
    result = coach("score", "--in", bare / "in.jsonl", "--out", bare / "out.jsonl")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert "Line 1 is not a JSON object" in result.stderr or "is not UTF-8 text" in result.stderr
    assert (bare / "out.jsonl").read_text("ascii") == "earlier\n"


def test_what_was_rated_before_a_bad_line_is_there_and_the_line_is_named(bare: Path, coach: Coach) -> None:
    source = write(bare / "in.jsonl", row("a", GOOD), row("b", ""))
    source.write_text(source.read_text("utf-8") + "\n{broken\n" + json.dumps(row("c", GOOD)) + "\n", encoding="utf-8")
    result = coach("score", "--in", source, "--out", bare / "out.jsonl")
    assert result.exit_code == 2
    assert result.stderr.startswith("Line 4 is not a JSON object")
    assert "broken" not in result.stderr
    assert [r["id"] for r in read(bare / "out.jsonl")] == ["a", "b"]


def test_a_file_that_is_not_there_is_named(bare: Path, coach: Coach) -> None:
    (bare / "out.jsonl").write_text("earlier\n", encoding="ascii")
    result = coach("score", "--in", "missing.jsonl", "--out", bare / "out.jsonl")
    assert (result.exit_code, result.stderr) == (2, "missing.jsonl cannot be used: No such file or directory.\n")
    assert (bare / "out.jsonl").read_text("ascii") == "earlier\n"


@pytest.mark.parametrize("target", ["in.jsonl", "./in.jsonl", "link.jsonl", "hard.jsonl"])
def test_reading_and_writing_the_same_file_is_refused(bare: Path, coach: Coach, target: str) -> None:
    source = write(bare / "in.jsonl", row(1, GOOD))
    (bare / "link.jsonl").symlink_to(source)
    (bare / "hard.jsonl").hardlink_to(source)
    before = source.read_bytes()
    result = coach("score", "--in", "in.jsonl", "--out", target)
    assert (result.exit_code, result.stderr) == (
        2,
        "in.jsonl cannot be both read and written. Give --out another name.\n",
    )
    assert source.read_bytes() == before


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("nowhere/out.jsonl", "nowhere/out.jsonl cannot be used: No such file or directory."),
        (".", ". cannot be used: Is a directory."),
        ("/dev/full", "/dev/full cannot be used: No space left on device."),
    ],
)
def test_a_result_that_cannot_be_written_is_told(bare: Path, coach: Coach, target: str, says: str) -> None:
    result = coach("score", "--in", write(bare / "in.jsonl", row(1, GOOD)), "--out", target)
    assert (result.exit_code, result.stderr) == (2, f"{says}\n")


@pytest.mark.parametrize("words", [(), ("--in", "x"), ("--out", "x"), ("--in", "x", "--out", "y", "--judge", "maybe")])
def test_wrong_usage_says_what_is_missing(coach: Coach, words: tuple[str, ...]) -> None:
    result = coach("score", *words)
    assert result.exit_code == 2
    assert "Error: " in result.stderr


def test_ctrl_c_leaves_whole_lines_and_no_traceback(bare: Path) -> None:
    """The input is a pipe that gives two answers and then waits."""
    os.mkfifo(bare / "pipe")
    out = bare / "out.jsonl"
    process = subprocess.Popen(
        [sys.executable, "-m", "coach.cli", "score", "--in", str(bare / "pipe"), "--out", str(out)],
        cwd=bare,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        with (bare / "pipe").open("w", encoding="utf-8") as pipe:
            pipe.write(json.dumps(row("a", GOOD)) + "\n" + json.dumps(row("b", LEAK)) + "\n")
            pipe.flush()
            for _ in range(600):
                if out.exists() and out.read_bytes().count(b"\n") == 2:
                    break
                assert process.poll() is None, process.communicate()
                time.sleep(0.1)
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=60)
    finally:
        if process.poll() is None:
            process.kill()
    assert (process.returncode, said) == (130, ("", "Stopped.\n"))
    assert [r["id"] for r in read(out)] == ["a", "b"]
