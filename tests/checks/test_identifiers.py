"""What is taken for a direct identifier of a client, and what is not. All people here are invented."""

import socket
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from coach.checks.identifiers import ALL, Identifier, IdentifierKind, find_identifiers
from coach.domain.span import with_words

PERSON = IdentifierKind.PERSON


def direct(text: str, own_names: tuple[str, ...] = ()) -> list[Identifier]:
    """The direct identifiers in ``text``."""
    return [i for i in find_identifiers(text, own_names) if i.direct]


def quoted(text: str, own_names: tuple[str, ...] = ()) -> list[str]:
    """Their words."""
    return [i.span.quote for i in direct(text, own_names)]


NAMED = [
    ("So Marisol came back on a Friday.", "Marisol"),
    ("I had a client named Zebulon who never came in.", "a client named Zebulon"),
    ("Then there was Mrs. O'Malley, who kept eleven cats.", "Mrs. O'Malley"),
    ("Mr. Kim's rent was late.", "Mr. Kim"),
    ("This lady, Rosa, was on the porch.", "This lady, Rosa,"),
    ("I met her son Deshawn at school.", "her son Deshawn"),
    ("We called him Smitty.", "Smitty"),
    ("Everyone knows him as T-Bone.", "T-Bone"),
    ("Big Mike would only meet at the park.", "Big Mike"),
    ("The Hendersons were about to lose the house.", "The Hendersons"),
    ("Back then I had the Alvarez twins.", "the Alvarez"),
    ("i worked with mr nguyen for two years", "mr nguyen"),
    ("my client maria was late again", "my client maria"),
    ("there was a guy named tyrone on the steps", "a guy named tyrone"),
    ("everybody calls him crow at the drop in", "crow"),
    ("Grace had not been seen in three months.", "Grace"),
    ("We called Will every single morning.", "Will"),
    ("So I told Hope that she could say no.", "Hope"),
    ("He said, my name is Curtis and I need help.", "Curtis"),
    ("I'll call her Linda, because that is her real name.", "Linda"),
    ("I am Grace's caseworker.", "Grace"),
]


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_a_client_who_is_named_is_found(text: str, name: str) -> None:
    found = [i for i in direct(text) if i.kind is PERSON]
    assert name in [i.span.quote for i in found]


EXCUSED_BY_A_HAIR = [
    ("I helped Tyrone with housing.", "Tyrone"),
    ("I met Tyrone at the clinic.", "Tyrone"),
    ("Tyrone was afraid of the doctor.", "Tyrone"),
    ("Marisol, who worked at a chicken plant, lost her job.", "Marisol"),
    ("I will call Deshawn until he answers.", "Deshawn"),
    ("Marisol made up her mind to leave.", "Marisol"),
    ("Then Tyrone wrote me a letter.", "Tyrone"),
    ("My supervisor Diane and I went to see Marisol at home.", "Marisol"),
    ("I told my supervisor Marisol was upset.", "Marisol"),
    ("We called her Mama Jo at the center.", "Mama Jo"),
]


@pytest.mark.parametrize(("text", "name"), EXCUSED_BY_A_HAIR)
def test_a_client_is_not_taken_for_a_colleague_or_a_made_up_name(text: str, name: str) -> None:
    assert any(name in quote for quote in quoted(text))


NOT_A_CLIENT = [
    "My name is Dana Whitlock and I've been a case manager for ten years.",
    "I'm Priya and I come from nursing.",
    "Hi Karen, thanks for having me.",
    "Thank you, Michael, for your time today.",
    "People tell me, Marcus, you have the patience of a saint.",
    "My supervisor, Diane, signed off on it. Diane was glad.",
    "I asked Dr. Patel, the psychiatrist, to see him.",
    "Two aides, Rosa and Betty, helped me lift.",
    "I called Steve at the housing authority and Joanne in billing.",
    "The discharge nurse called, her name was Tamika, and she gave me the list.",
    "My husband Tom says I work too much.",
    "I believe in Maslow's hierarchy and in Carl Rogers.",
    "Ryan White paid for it, then the Baker Act, Megan's Law and Section 8 came up.",
    "She ate at Martha's Table and got Meals on Wheels from Grace House.",
    "I'll call her Rosa, which isn't her name. Rosa was afraid of the bus, and so was Rosa's son.",
    "Let's say Sam, not his real name. Sam lost his job.",
    "All names have been changed. So Robert had lost his leg.",
    "For confidentiality I'll use the name Pedro. Pedro got housed.",
    "She handled it with grace and hope. May I go on? Will that do? Mark my words.",
    "In April we lost the grant, and in May, and Summer was hard.",
    "He moved from Houston to Jackson, Mississippi. His wife was from Georgia.",
    "She has Parkinson's, uses a Hoyer lift, and we did the Katz index.",
    "so the client she didnt want to go and her mom wasnt happy and her son hes sixteen",
    "She was in her fifties, and within 90 days she was 100 percent compliant. It was 24/7.",
    "I have 45 clients, 12 years of experience, and the hotline is 1-800-662-4357 or 988.",
    "My number is 555-201-3344 if you need it.",
    "Room for improvement was two things. Case closed. In that case 30 days is not enough.",
    "My name is Chinedu, spelled C-H-I-N-E-D-U. We were trained in S-O-A-R.",
    "Her number of stays fell from 14 to 3, in the year 2023-2024.",
    "We use a tool named Apricot, the PHQ-9, form SSA-1696 and a DD-214.",
    "His dog Buster was all he had.",
    "Había una señora mayor que vivía con una de sus hijas y ella tenía miedo.",
]


@pytest.mark.parametrize("text", NOT_A_CLIENT)
def test_what_names_no_client_is_left_alone(text: str) -> None:
    assert quoted(text) == []


def test_own_names_are_the_candidates_own() -> None:
    text = "They said Okonjo, you go, so I went."
    assert quoted("I remember Chinedu laughed.") == ["Chinedu"]
    assert quoted("I remember Chinedu laughed.", ("Chinedu Okonjo",)) == []
    assert quoted(text, ("Chinedu Okonjo",)) == []


OTHERS = [
    ("She lived at 412 Birchwood Avenue then.", IdentifierKind.ADDRESS, "412 Birchwood Avenue"),
    ("he lives at twenty two fourteen cherokee street", IdentifierKind.ADDRESS, "twenty two fourteen cherokee street"),
    ("Hers was apartment 4B at the end.", IdentifierKind.ADDRESS, "apartment 4B"),
    ("The pipe was in 3C.", IdentifierKind.ADDRESS, "3C"),
    ("His zip code is 45402.", IdentifierKind.ADDRESS, "45402"),
    ("Her number was 614-555-0182.", IdentifierKind.PHONE, "614-555-0182"),
    ("it was five five five, oh one seven three", IdentifierKind.PHONE, "five five five, oh one seven three"),
    ("I gave out her number its 555 0148 so she could text", IdentifierKind.PHONE, "555 0148"),
    ("It was m.delgado88@example.com.", IdentifierKind.EMAIL, "m.delgado88@example.com"),
    ("maria dot delgado at gmail dot com", IdentifierKind.EMAIL, "maria dot delgado at gmail dot com"),
    ("See facebook.com/j.waters.12 for it.", IdentifierKind.URL, "facebook.com/j.waters.12"),
    ("The camera sat at 192.168.44.17.", IdentifierKind.IP, "192.168.44.17"),
    ("His social was 412-55-9087.", IdentifierKind.SSN, "412-55-9087"),
    ("the last four of her social are 4 4 1 9", IdentifierKind.SSN, "4 4 1 9"),
    ("It was case number 07-44192.", IdentifierKind.RECORD_NUMBER, "07-44192"),
    ("I know his number by heart, CT-4471-2208.", IdentifierKind.RECORD_NUMBER, "CT-4471-2208"),
    ("I can still say her number, 71-208-334.", IdentifierKind.RECORD_NUMBER, "71-208-334"),
    ("I looked it up under last four 3318.", IdentifierKind.SSN, "3318"),
    ("You spell it T-E-O-D-O-R.", IdentifierKind.PERSON, "T-E-O-D-O-R"),
    (
        "case number oh seven dash four four one nine two",
        IdentifierKind.RECORD_NUMBER,
        "oh seven dash four four one nine two",
    ),
    ("Her Medicaid ID was AB12345C.", IdentifierKind.RECORD_NUMBER, "AB12345C"),
    ("A red car with plate HJK 4471.", IdentifierKind.PLATE, "HJK 4471"),
    ("Her pacemaker serial number is QX-99120.", IdentifierKind.DEVICE, "QX-99120"),
    ("She was born on 4/12/1947.", IdentifierKind.DATE_OF_BIRTH, "4/12/1947"),
    (
        "born March third nineteen eighty two",
        IdentifierKind.DATE_OF_BIRTH,
        "March third nineteen eighty two",
    ),
]


@pytest.mark.parametrize(("text", "kind", "quote"), OTHERS)
def test_a_number_or_address_is_found_typed_or_said(text: str, kind: IdentifierKind, quote: str) -> None:
    assert (kind, quote) in [(i.kind, i.span.quote) for i in direct(text)]


def test_exact_dates_and_ages_over_89_are_reported_but_do_not_name_anybody() -> None:
    found = find_identifiers("She was ninety-three and came in on March 14th.")
    assert [(i.kind, i.span.quote, i.direct) for i in found] == [
        (IdentifierKind.AGE_OVER_89, "ninety-three", False),
        (IdentifierKind.EXACT_DATE, "March 14th", False),
    ]


def test_every_recogniser_finds_something_in_the_examples() -> None:
    found = {i.kind for text, *_ in (*NAMED, *OTHERS) for i in find_identifiers(text)}
    found |= {i.kind for i in find_identifiers("She was ninety-three and came in on March 14th.")}
    assert found == set(IdentifierKind)
    assert len({type(r) for r in ALL}) == len(ALL)


def test_spans_stand_in_the_text_in_order_and_apart_whatever_its_characters() -> None:
    text = "İstanbul 😀: Mr. O’Malley’s “friend” Marisol lives at 88 Elm, case number 07-44192, apartment 4B."
    found = find_identifiers(text)
    assert [i.span.quote for i in found] == ["Mr. O’Malley", "Marisol", "88 Elm", "07-44192", "apartment 4B"]
    assert all(i.span.stands_in(text) for i in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@pytest.mark.parametrize("text", ["", "   \n ", "...", "um"])
def test_nothing_is_found_in_nothing(text: str) -> None:
    assert find_identifiers(text) == ()


DEIDENTIFIED = [
    (
        "I had a client named Maria Delgado. Maria lived in apartment 4B with her son Deshawn.",
        "I had a client. The client lived in an apartment with her son.",
    ),
    ("Mrs. Okafor's case number is 07-44192.", "The client's case number is on file."),
    ("The mother, Tameka Johnson, had four kids.", "The mother had four kids."),
    ("Her name was Xiomara and we called her Mimi.", "Her name was private and we called her by a nickname."),
    ("She came in on March 14th.", "She came in on one spring day."),
]


@pytest.mark.parametrize(("text", "expected"), DEIDENTIFIED)
def test_a_text_without_its_identifiers_still_reads_well(text: str, expected: str) -> None:
    assert with_words(text, ((i.span, i.suggestion) for i in find_identifiers(text))) == expected
    assert quoted(expected) == []


def test_identifiers_of_another_text_are_refused() -> None:
    with pytest.raises(ValueError, match="not from this text"):
        with_words("Somebody else came in.", ((i.span, i.suggestion) for i in find_identifiers("So Marisol came in.")))


def test_nothing_reaches_for_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("no connection may be opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    text = "Write to rosa@example.com or https://example.com/rosa/1, server 10.20.30.40, card 4111 1111 1111 1111."
    assert len(direct(text)) == 4


def test_threads_see_the_same_as_one_thread_alone() -> None:
    texts = [f"So {name} came back and Mr. Kim lived at {n} Birchwood Avenue." for n, (_, name) in enumerate(NAMED, 10)]
    alone = [find_identifiers(t) for t in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(find_identifiers, texts)) == alone


def test_an_hour_of_talk_is_read_to_its_end() -> None:
    filler = "I sat with her and we went through the forms one by one until she was ready to go on. " * 260
    assert quoted(filler + "Then Marisol signed.") == ["Marisol"]
