"""Interview guides: built, versions kept, interviewed by, handed on as a file, printed."""

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from assigning_parts import KEYS, Room, packs
from pypdf import PdfReader

from coach.assigning.guide_file import guide_text, read_guide
from coach.assigning.sheet import guide_sheet
from coach.bank import load_rubric
from coach.bank.authoring import Authoring
from coach.domain.answer import AnswerKind
from coach.domain.authored import Draft
from coach.domain.guide import Guide
from coach.domain.interview import Asked
from coach.domain.people import Person, Role
from coach.domain.question import Competency, Setting
from coach.domain.rubric import Criterion
from coach.errors import BankError, ConflictError, NotFoundError
from tests.store.store_examples import NOON


def built(room: Room, who: Person, **fields: object) -> Guide:
    """A guide with three questions, follow-ups chosen for the first."""
    guide = room.guides.begin(who, name="Second interview", setting=Setting.HOSPITAL, **fields)
    for key in KEYS:
        room.guides.add(who, guide.id, key)
    probes = ("And then?", room.bank.now().get(KEYS[0]).probes[1])
    return room.guides.set(who, guide.id, KEYS[0], probes=probes, limit_s=60, note="Listen for “we”.")


def test_questions_are_put_in_order_each_once_and_taken_away(room: Room) -> None:
    who = room.house.person("carla", Role.COACH)
    guide = built(room, who)
    assert [one.key for one in room.guides.add(who, guide.id, KEYS[0]).questions] == list(KEYS)
    room.guides.move(who, guide.id, KEYS[0], 1)
    room.guides.move(who, guide.id, KEYS[2], 1)
    guide = room.guides.remove(who, guide.id, KEYS[1])
    assert [one.key for one in guide.questions] == [KEYS[0], KEYS[2]]
    assert guide.questions[0].note == "Listen for “we”."


def test_a_guide_is_not_found_by_whoever_it_is_not_shown_to(room: Room) -> None:
    carla, olive, sam = (
        room.house.person("carla", Role.COACH),
        room.house.person("olive", Role.COACH),
        room.house.person("sam"),
    )
    cohort = room.house.cohort(carla, sam)
    guide = built(room, carla)
    room.guides.show(carla, guide.id, [cohort.id])
    for who in (olive, sam):
        for ask in (
            lambda who=who: room.guides.get(who, guide.id),
            lambda who=who: room.guides.duplicate(who, guide.id),
            lambda who=who: room.guides.as_toml(who, guide.id),
            lambda who=who: room.guides.save(who, guide.id, name="Mine"),
            lambda who=who: room.guides.delete(who, guide.id),
        ):
            with pytest.raises(NotFoundError, match="no such guide"):
                ask()
        assert room.guides.all_of(who) == ()
    room.house.cohorts.add_coach(carla, cohort.id, "olive@example.org")
    assert [one.id for one in room.guides.all_of(olive)] == [guide.id]
    with pytest.raises(NotFoundError):
        room.guides.save(olive, guide.id, name="Mine")
    copy = room.guides.duplicate(olive, guide.id)
    assert (copy.owner, copy.cohorts, copy.questions) == (olive.id, (), guide.questions)
    with pytest.raises(NotFoundError):
        room.guides.show(olive, copy.id, ["0" * 32])


def test_a_guide_something_was_assigned_by_is_archived_and_not_deleted(room: Room) -> None:
    carla, sam = room.house.person("carla", Role.COACH), room.house.person("sam")
    cohort = room.house.cohort(carla, sam)
    guide = built(room, carla)
    given = room.assignments.give(carla, cohort.id, title="It", guide=guide.id, questions=guide.questions)
    with pytest.raises(ConflictError, match="Archive it"):
        room.guides.delete(carla, guide.id)
    assert room.guides.archive(carla, guide.id, on=True).archived_at == room.house.now
    room.guides.remove(carla, guide.id, KEYS[0])
    assert room.assignments.given(sam, given.id).assignment.questions == guide.questions, "given as it was then"


def test_a_guide_keeps_the_version_of_a_question_it_was_built_with(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    who = room.house.person("carla", Role.COACH)
    monkeypatch.setattr("coach.bank.authoring.too_alike", lambda *_: None)
    authoring = Authoring(room.made, room.bank, lambda _: [], room.house.clock)
    own = authoring.begin(who.id, Draft.of(room.bank.packs.get(KEYS[0])))
    authoring.save(own.id, key="mine", text="What did you do first?")
    authoring.publish(own.id)
    guide = room.guides.begin(who)
    room.guides.add(who, guide.id, "mine")
    authoring.save(own.id, text="What did you do last?")
    authoring.publish(own.id)
    authoring.retire(own.id)

    def words() -> list[tuple[int, str]]:
        held = room.guides.questions(room.guides.get(who, guide.id))
        return [(asked.version, question.text) for asked, question in held]

    assert words() == [(1, "What did you do first?")]
    interview = room.interviews.begin(who.id, room.guides.get(who, guide.id).set_up())
    assert interview.round.question_text == "What did you do first?"
    authoring.bring_back(own.id)
    (asked, _), *_ = room.guides.questions(room.guides.get(who, guide.id))
    newer = room.guides.newer(asked)
    assert newer
    assert newer.text == "What did you do last?"
    room.guides.update(who, guide.id, "mine")
    assert words() == [(2, "What did you do last?")]


def test_an_interview_by_a_guide_asks_its_questions_with_its_follow_ups_and_times(room: Room) -> None:
    me = room.house.person("sam")  # nobody's coach: guides are of use to one person, too
    guide = built(room, me, thinking_s=0)
    typing = guide.set_up().model_copy(update={"answers": AnswerKind.TYPED})
    interview = room.interviews.begin(me.id, typing)
    assert [one.question_key for one in interview.rounds] == list(KEYS)
    assert interview.limit_s == 60
    asked = [interview.turn.asked]
    for _ in range(2):
        interview = room.typed(interview)
        asked.append(interview.turn.asked)
    assert asked[1:] == list(guide.questions[0].probes)
    interview = room.interviews.go_on(room.typed(interview))
    assert interview.limit_s == guide.limit_s


# ── files ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_guide_comes_back_from_its_file_as_it_was(room: Room) -> None:
    carla, olive = room.house.person("carla", Role.COACH), room.house.person("olive", Role.COACH)
    words = 'Say "hello".\nThen wait.'
    guide = built(
        room, carla, opening=words, criteria=(Criterion.SOAR,), limit_s=None, competencies=(Competency.CRISIS,)
    )
    file = room.guides.read(room.guides.as_toml(carla, guide.id))
    assert file.new == ()
    mine = room.guides.bring_in(olive, file)
    same = {
        "name",
        "role",
        "setting",
        "competencies",
        "questions",
        "thinking_s",
        "limit_s",
        "probes",
        "opening",
        "closing",
        "criteria",
    }
    assert mine.model_dump(include=same) == guide.model_dump(include=same)
    assert mine.owner == olive.id


def test_questions_the_bank_does_not_know_come_with_the_file_and_answers_to_them_find_their_areas(room: Room) -> None:
    carla = room.house.person("carla", Role.COACH)
    body = room.guides.as_toml(carla, built(room, carla).id).decode()
    known = room.bank.now().get(KEYS[1])
    body = body.replace(known.text, "What would you ask of a stranger?").replace(f'"{KEYS[2]}"', '"from-elsewhere"')
    body = body.replace(room.bank.now().get(KEYS[2]).text, "How do you say goodbye?")
    file = room.guides.read(body.encode())
    assert [one.key for one in file.new] == ["would-ask-stranger", "from-elsewhere"], (
        "a key that is taken here is given anew"
    )
    guide = room.guides.bring_in(carla, file)
    attempt = room.interviews.attempts(room.interviews.begin(carla.id, guide.set_up()))[1]
    assert room.practice.question_of(attempt).areas == known.areas
    assert room.bank.now().get(KEYS[1]) == known


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda body: body.replace("= [", "= (", 1), "cannot be read at line"),
        (lambda body: body.replace("[[asked]]", "[[askd]]"), "'askd' is not known here"),
        (lambda body: body.replace('kind = "behavioural"', 'kind = "odd"'), "Question 1: kind 'odd' is not known"),
        (lambda body: body.replace('setting = "hospital"', 'setting = "moon"'), "setting: must be one of"),
        (
            lambda body: body.replace(f'key = "{KEYS[0]}"', 'key = "other"', 1),
            "It asks 'other', and holds no such question",
        ),
        (lambda body: body.partition("[[asked]]")[0], "It has 0 questions; it takes 1 to 8"),
        (lambda body: body + "#" * 600_000, "has 0.6 MB"),
        (lambda body: f"title = {len(body)}", "'title' is not known here"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_and_nothing_is_imported(
    change: Callable[[str], str], complaint: str
) -> None:
    questions = [packs().get(key) for key in KEYS]
    asked = tuple(Asked(key=one.key, version=one.version) for one in questions)
    guide = Guide(
        id="g",
        owner="carla",
        created_at=NOON,
        changed_at=NOON,
        setting=Setting.HOSPITAL,
        questions=asked,
    )
    with pytest.raises(BankError, match=re.escape(complaint)):
        read_guide(change(guide_text(guide, questions)).encode(), packs())


def test_a_file_that_is_no_text_is_said_to_be_none() -> None:
    with pytest.raises(BankError, match="not UTF-8"):
        read_guide(b"\xff\xfe\x00", packs())


# ── paper ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_printed_each_question_has_a_page_with_areas_follow_ups_and_the_sheet_has_the_anchors(room: Room) -> None:
    carla = room.house.person("carla", Role.COACH)
    guide, rubric = built(room, carla, opening="Welcome <b>in</b>."), load_rubric()
    held = room.guides.questions(guide)
    pages = [
        " ".join(page.extract_text().split())
        for page in _pages(guide_sheet(guide, held, rubric, datetime(2026, 3, 1, tzinfo=UTC)))
    ]
    assert "Welcome <b>in</b>." in pages[0]
    for page, (asked, question) in zip(pages[1:4], held, strict=True):
        for words in (question.text, *(area.text for area in question.areas), *(asked.probes or question.probes)):
            assert " ".join(words.split()) in page
    sheet = " ".join(pages[4:])
    assert all(" ".join(words.split()) in sheet for one in rubric.anchors for words in one.levels.values())
    bare = room.guides.save(carla, guide.id, criteria=())
    assert len(_pages(guide_sheet(bare, held, rubric, datetime(2026, 3, 1, tzinfo=UTC)))) == 4


def _pages(pdf: bytes) -> list[object]:
    return list(PdfReader(io.BytesIO(pdf)).pages)
