"""Questions as CSV and TOML: there and back again, and what a faulty file is told."""

import csv
import io
import tomllib

import pytest
from authoring_parts import PACKS, WHOLE
from hypothesis import given
from hypothesis import strategies as st

from coach.bank.authoring import Authoring
from coach.bank.csv_text import csv_rows, csv_text
from coach.bank.importing import Fate, plan_import, suggest_key
from coach.bank.toml_text import pack_text
from coach.domain.authored import Draft, DraftArea
from coach.domain.question import Competency, Kind, Setting

KEYED = WHOLE.model_copy(update={"key": "late-ferry"})
_WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs"), exclude_characters="\x85") | st.just(" "),
    max_size=30,
).map(lambda text: " ".join(text.split()))
_SAID = _WORDS.filter(bool)
_FORMULAS = st.sampled_from(
    ["=1+1", "'=1+1", "''@x", "+49 30", "-none", "@home", "'quoted'", "\uff1dA1", "a;b", '"', "'"]
)
_CELLS = _WORDS | _FORMULAS
DRAFTS = st.builds(
    Draft,
    key=st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,2}", fullmatch=True),
    kind=st.sampled_from([kind.value for kind in Kind]),
    text=_CELLS,
    competencies=st.lists(st.sampled_from([one.value for one in Competency]), max_size=4, unique=True).map(tuple),
    settings=st.lists(st.sampled_from([one.value for one in Setting]), max_size=3, unique=True).map(tuple),
    difficulty=st.integers(1, 3),
    time_limit_s=st.integers(30, 900),
    areas=st.lists(
        st.builds(DraftArea, text=_SAID | _FORMULAS, examples=st.lists(_SAID | _FORMULAS, max_size=3).map(tuple)),
        max_size=8,
    ).map(tuple),
    probes=st.lists(_SAID | _FORMULAS, max_size=5).map(tuple),
    weak=_CELLS,
    good=_CELLS,
    excellent=_CELLS,
    model_answer=st.lists(_CELLS, max_size=3).map("\n".join).map(str.strip),
)


@given(st.lists(DRAFTS, max_size=4))
def test_what_goes_into_a_spreadsheet_comes_back_the_same(drafts: list[Draft]) -> None:
    assert [Draft.read(row.raw) for row in csv_rows(csv_text(drafts))] == [Draft.read(draft.raw()) for draft in drafts]


@given(st.lists(DRAFTS, max_size=4))
def test_no_cell_of_a_spreadsheet_begins_like_a_formula(drafts: list[Draft]) -> None:
    rows = csv.reader(io.StringIO(csv_text(drafts).removeprefix("\ufeff"), newline=""))
    assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")]


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_any_words_come_back_from_toml_as_they_were(words: str) -> None:
    question = KEYED.question(3).model_copy(update={"text": words or "x", "probes": (words,), "model_answer": words})
    read = tomllib.loads(pack_text([question], words, words))
    assert read["title"] == words
    assert type(question).model_validate(read["questions"][0]) == question


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_spreadsheets_with_other_delimiters_and_column_names_in_words_are_read(delimiter: str) -> None:
    text = "\r\n".join(
        [
            delimiter.join(("Text", "Kind", "Competencies", "Time limit s")),
            delimiter.join(('"What, then?"', "General", "Problem solving", "90")),
        ]
    )
    (row,) = csv_rows(text)
    assert row.number == 2
    assert row.raw == {
        "settings": [],
        "text": "What, then?",
        "kind": "general",
        "competencies": ["problem_solving"],
        "time_limit_s": 90,
    }


# ── importing ─────────────────────────────────────────────────────────────────────────────────────────────────────


def sheet(*rows: str) -> bytes:
    return "\n".join(["key,kind,text,difficulty,competencies", *rows]).encode()


def test_a_plan_says_what_will_happen_and_nothing_happens_before(room: Authoring) -> None:
    body = csv_text(
        [KEYED, KEYED.model_copy(update={"key": "", "text": "What would you ask a ferry captain first?", "weak": ""})]
    )

    plan = room.plan("mine.csv", body.encode())

    assert plan.problems == ()
    first, second = plan.incoming
    assert (first.place, first.fate, first.unfinished) == ("row 2", Fate.NEW, ())
    assert (second.draft.key, second.unfinished) == ("would-ask-ferry-captain-first", ("weak is missing",))
    assert room.all_of() == ()
    assert room.bring_in(plan, "ann") == 2
    assert {one.key for one in room.all_of()} == {"late-ferry", "would-ask-ferry-captain-first"}
    assert all(one.draft and not one.question for one in room.all_of())


def test_a_file_of_questions_that_are_here_changes_only_those_that_differ(room: Authoring) -> None:
    room.bring_in(room.plan("mine.csv", csv_text([KEYED]).encode()), "ann")
    ident = room.publish(room.all_of()[0].id).id

    same = room.plan("mine.toml", room.as_toml().encode())
    other = room.plan("mine.toml", room.as_toml().replace("A ferry", "The ferry").encode())

    assert [one.fate for one in same.incoming] == [Fate.SAME]
    assert room.bring_in(same, "ann") == 0
    assert [one.fate for one in other.incoming] == [Fate.NEXT]
    assert room.bring_in(other, "ann") == 1
    assert room.publish(ident).key == "late-ferry"
    assert room.bank.get("late-ferry").version == 2


def test_every_fault_is_told_with_file_row_and_field_and_then_nothing_is_imported(room: Authoring) -> None:
    plan = room.plan(
        "mine.csv",
        sheet(
            "good-one,general,What do you do all day?,2,ethics",
            "Bad Key,generel,What do you do at night?,soon,ethics",
            "coordinate-complex-needs,general,What do you do in May?,2,ethic",
            "good-one,general,What do you do in June?,2,ethics",
            "no-words,general,,2,ethics",
        ),
    )

    assert [str(problem).partition("; allowed")[0].partition(" allowed")[0] for problem in plan.problems] == [
        "mine.csv: row 3: key: must be small letters and digits joined by hyphens, such as build-case-plan",
        "mine.csv: row 3: kind: 'generel' is not known; did you mean 'general'?",
        "mine.csv: row 3: difficulty: must be a whole number",
        "mine.csv: row 4: competencies 1: 'ethic' is not known; did you mean 'ethics'?",
        "mine.csv: row 4: key: 'coordinate-complex-needs' belongs to a question that came with the program; choose another",
        "mine.csv: row 5: key: 'good-one' is used already in row 2 of this file",
        "mine.csv: row 6: text: is missing",
    ]
    assert plan.to_do == ()
    assert room.bring_in(plan, "ann") == 0
    assert room.all_of() == ()


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"key,kind\nx,general\n", "row 1: must name the columns, with 'text' among them"),
        ("a.csv", b"text,text\nx,y\n", "row 1: the column 'text' stands there twice"),
        ("a.csv", b"text,kind\nWhat?,general,more\n", "row 2: has more cells than row 1 names columns"),
        ("a.csv", b'text,kind\n"What?,general\n', "cannot be read"),
        ("a.csv", "text\nCafé?\n".encode("cp1252"), "is not UTF-8 text; save it as “CSV UTF-8”"),
        ("a.csv", b"text,kind\n,\n\n", "holds no question"),
        ("a.csv", b"text,colour\nWhat is this about?,red\n", "a.csv: row 2: colour: is not a field here; known are"),
        ("a.csv", b"text\n" + b"What did you do then?\n" * 501, "has more than 500 questions"),
        ("a.csv", b"text\n" + b"x" * 2_000_001, "has 2.0 MB; 2 MB is the most"),
        ("a.toml", b"questions = 3\n", "questions must be tables, each under its own [[questions]]"),
        ("a.toml", b"title = \n", "cannot be read at line 1, column 9"),
        ("a.toml", b'title = "x"\n', "questions must be tables"),
        (
            "a.toml",
            b'[[questions]]\nkey = "x"\nprobes = "one"\n',
            "a.toml: question 1 (x): probes: must be a list in square brackets",
        ),
        ("a.toml", b"x = " + b"[" * 5_000, "too deep"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_why(room: Authoring, name: str, body: bytes, said: str) -> None:
    plan = room.plan(name, body)
    assert plan.to_do == ()
    assert any(said in str(problem) and str(problem).startswith(name) for problem in plan.problems), plan.problems


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.toml"]))
def test_no_file_at_all_raises(body: bytes, name: str) -> None:
    plan = plan_import(name, body, PACKS, ())
    assert plan.incoming or plan.problems


def test_a_suggested_key_is_new_and_made_of_telling_words() -> None:
    assert suggest_key("Tell me about a client who was late.", set()) == "client-late"
    assert suggest_key("Tell me about a client who was late.", {"client-late", "client-late-2"}) == "client-late-3"
    assert suggest_key("¿?", set()) == "question"
    assert suggest_key("Free?", set()) == "question"
