"""The picture of the rooms is what the code says today."""

from tests.docs.picture import PICTURE, drawn, imports, layers, reduced


def test_the_picture_in_the_docs_is_up_to_date() -> None:
    assert PICTURE.read_text("utf-8") == drawn(), "draw it anew: python -m tests.docs.picture"


def test_every_room_stands_in_it_and_no_line_leads_up() -> None:
    rows = layers()
    at = {room: n for n, row in enumerate(rows) for room in row}
    direct = imports(list(at))
    assert all(at[room] < at[other] for room, others in direct.items() for other in others)
    assert direct["store"] >= {"domain", "errors"}
    assert all(f">{room}</text>" in PICTURE.read_text("utf-8") for room in at)


def test_what_is_reached_by_way_of_another_room_is_not_drawn_twice() -> None:
    rooms = {"a": frozenset("bc"), "b": frozenset("c"), "c": frozenset[str]()}
    assert reduced(rooms) == {"a": frozenset("b"), "b": frozenset("c"), "c": frozenset()}
