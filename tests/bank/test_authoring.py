"""Questions made in the app: drafts, versions, retiring, and the bank that candidates are offered."""

from pathlib import Path

import pytest
from authoring_parts import PACKS, WHOLE, authoring

from coach.bank import load_bank
from coach.bank.authoring import Authoring
from coach.bank.likeness import problems_of, too_alike
from coach.checks.embeddings import encoder
from coach.domain.authored import Draft, Origin, Standing
from coach.domain.question import Question
from coach.errors import BankError, ConflictError, NotFoundError
from coach.store import Database
from coach.store.migrate import migrate


def published(room: Authoring, draft: Draft = WHOLE) -> str:
    return room.publish(room.begin("ann", draft).id).id


def test_a_draft_is_kept_field_by_field_and_is_not_offered(room: Authoring) -> None:
    ident = room.begin("ann").id
    room.save(ident, text="What did you do when the ferry was late?")
    room.save(ident, weak="Waits.")

    draft = room.get(ident).words
    assert (draft.text, draft.weak) == ("What did you do when the ferry was late?", "Waits.")
    assert room.bank == PACKS


def test_a_draft_says_what_it_still_needs_and_cannot_be_published(room: Authoring) -> None:
    one = room.begin("ann", WHOLE.model_copy(update={"probes": ("Who rang first?",), "kind": "odd", "good": ""}))

    faults = {fault.field: fault for fault in room.faults(one)}

    assert set(faults) == {"kind", "probes", "good"}
    assert faults["probes"].unfinished
    assert faults["good"].unfinished
    assert not faults["kind"].unfinished
    with pytest.raises(BankError, match=r"cannot be published yet: kind 'odd' is not known.*There are 2 more"):
        room.publish(one.id)
    assert room.get(one.id).standing is Standing.DRAFT


def test_a_published_question_is_offered_beside_the_packs_under_a_key_from_its_words(room: Authoring) -> None:
    one = room.get(published(room))

    assert one.key == "ferry-late-three-clients-missed-their"
    assert room.bank.get(one.key).text == WHOLE.text
    assert room.bank.packs[:-1] == PACKS.packs
    assert room.bank.packs[-1].title == "Your questions"


def test_a_change_becomes_the_next_version_once_it_is_published_and_the_earlier_one_is_kept(room: Authoring) -> None:
    ident = published(room)
    key = room.get(ident).key
    room.save(ident, text="The ferry was late again. What did you do in the next hour?")
    assert room.bank.get(key).text == WHOLE.text

    room.publish(ident)

    now = room.bank.get(key)
    assert (now.version, now.text[:25]) == (2, "The ferry was late again.")
    asked = room.bank.asked(key, 1)
    assert asked
    assert asked.text == WHOLE.text
    assert room.bank.asked(key, 2) == now


def test_the_key_is_permanent_and_nobody_else_may_have_it(room: Authoring) -> None:
    ident = published(room)
    room.save(ident, key="other-key")
    assert [f.text for f in room.faults(room.get(ident))] == [
        "is permanent, since the question was published: 'ferry-late-three-clients-missed-their'"
    ]
    for taken in (PACKS.questions[0].key, "ferry-late-three-clients-missed-their"):
        other = room.begin("bob", WHOLE)
        room.save(other.id, key=taken)
        assert [f.field for f in room.faults(room.get(other.id))] == ["key"]
    assert room.get(published(room)).key == "ferry-late-three-clients-missed-their-2"


def test_complete_drafts_are_told_from_others_and_generated_ones_are_left_to_be_read(room: Authoring) -> None:
    ready = room.begin("ann", WHOLE)
    room.begin("ann", WHOLE.model_copy(update={"probes": ()}))
    room.begin("ann", WHOLE, origin=Origin.GENERATED)
    published(room)

    assert [one.id for one in room.complete()] == [ready.id]


def test_a_retired_question_is_not_offered_but_kept_for_answers_and_comes_back(room: Authoring) -> None:
    ident = published(room)
    key = room.get(ident).key

    room.retire(ident)

    assert room.bank.find_key(key) is None
    kept = room.bank.asked(key, 1)
    assert kept
    assert kept.probes == WHOLE.probes
    with pytest.raises(ConflictError, match="Bring it back"):
        room.save(ident, text="Other words?")
    room.bring_back(ident)
    assert room.bank.get(key).version == 1


def test_only_what_was_never_published_can_be_thrown_away(room: Authoring) -> None:
    draft, ident = room.begin("ann", WHOLE).id, published(room)
    room.save(ident, text="Not yet done")

    room.discard(draft)
    room.discard(ident)

    with pytest.raises(NotFoundError, match="no such question"):
        room.get(draft)
    assert room.get(ident).draft is None
    assert room.bank.get(room.get(ident).key).text == WHOLE.text


def test_a_copy_of_any_question_is_a_draft_of_its_own(room: Authoring) -> None:
    original = PACKS.questions[0]
    copy = room.begin("ann", Draft.of(original))

    assert copy.words.text == original.text
    assert copy.key == ""
    assert copy.origin is Origin.WRITTEN
    assert len(copy.words.areas) == len(original.areas)


def test_another_process_that_publishes_is_seen_at_once(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'coach.db'}")
    migrate(database)
    one, other = authoring(database), authoring(database)
    assert other.bank == PACKS
    ident = published(one)
    assert len(other.bank.questions) == len(PACKS.questions) + 1
    one.retire(ident)
    assert len(other.bank.questions) == len(PACKS.questions)
    database.close()


def test_the_form_says_which_question_a_draft_asks_again() -> None:
    original = PACKS.get("coordinate-complex-needs")
    again = "Tell me about a client who needed several services at once. How did you pull them together, and how did it turn out for the client?"

    found = too_alike(again, PACKS.questions, encoder().encode)

    assert found
    assert found.question == original
    assert too_alike(WHOLE.text, PACKS.questions, encoder().encode) is None


def test_what_is_exported_is_a_pack_that_keeps_the_rules(room: Authoring, tmp_path: Path) -> None:
    published(room)
    file = tmp_path / "mine.toml"
    file.write_text(room.as_toml(), encoding="utf-8")

    assert problems_of(file, encoder().encode) == []
    question = load_bank(tmp_path).questions[0]
    assert isinstance(question, Question)
    assert question == room.bank.packs[-1].questions[0]
