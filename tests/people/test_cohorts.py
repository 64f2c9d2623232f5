"""Cohorts: made, joined, invited to, coached by several, archived; and not there for anybody else."""

import csv
import io

import pytest
from people_parts import House

from coach.domain.people import Role, Sharing
from coach.errors import CoachError, ConflictError, NotFoundError
from coach.people import invitations
from coach.people.invitations import Invited


def test_a_candidate_makes_no_cohort_and_an_administrator_sees_all(house: House) -> None:
    carla, admin = house.person("carla", Role.COACH), house.person("ada", Role.ADMINISTRATOR)
    cohort = house.cohort(carla)
    with pytest.raises(NotFoundError):
        house.cohorts.create(house.person("sam"), "Mine")
    assert house.cohorts.all_of(admin) == (cohort,)
    assert house.cohorts.all_of(house.person("cleo", Role.COACH)) == ()


def test_an_id_guessed_by_the_wrong_person_is_not_found_whatever_they_try(house: House) -> None:
    carla, student = house.person("carla", Role.COACH), house.person("sam")
    cohort = house.cohort(carla, student)
    tried = 0
    for who in (house.person("cleo", Role.COACH), student, house.person("uma")):
        for attempt in (
            lambda w=who: house.cohorts.get(w, cohort.id),
            lambda w=who: house.cohorts.members(w, cohort.id),
            lambda w=who: house.cohorts.coaches(w, cohort.id),
            lambda w=who: house.cohorts.rename(w, cohort.id, "Theirs"),
            lambda w=who: house.cohorts.renew_code(w, cohort.id),
            lambda w=who: house.cohorts.archive(w, cohort.id),
            lambda w=who: house.cohorts.reopen(w, cohort.id),
            lambda w=who: house.cohorts.delete(w, cohort.id),
            lambda w=who: house.cohorts.remove_coach(w, cohort.id, carla.id),
            lambda w=who: house.cohorts.invite(w, cohort.id, [Invited(email="a@example.org")]),
            lambda w=who: house.cohorts.invitations(w, cohort.id),
        ):
            with pytest.raises(NotFoundError, match="There is no such cohort here"):
                attempt()
            tried += 1
        with pytest.raises(NotFoundError):
            house.cohorts.remove_member(who, cohort.id, student.id)
    assert tried == 33
    assert house.cohorts.get(carla, cohort.id) == cohort
    assert len(house.cohorts.members(carla, cohort.id)) == 1


def test_a_code_joins_however_it_is_typed_until_it_is_renewed_or_the_cohort_archived(house: House) -> None:
    carla, sam, uma = house.person("carla", Role.COACH), house.person("sam"), house.person("uma")
    cohort = house.cohort(carla)
    typed = f" {cohort.join_code[:4].lower()}-{cohort.join_code[4:].lower()} "
    assert house.consent.join(sam, typed).id == cohort.id
    renewed = house.cohorts.renew_code(carla, cohort.id)
    with pytest.raises(NotFoundError, match="No open cohort"):
        house.consent.join(uma, cohort.join_code)
    house.cohorts.archive(carla, cohort.id)
    with pytest.raises(NotFoundError, match="No open cohort"):
        house.consent.join(uma, renewed.join_code)
    assert [m.person.id for m in house.cohorts.members(carla, cohort.id)] == [sam.id]


def test_an_archived_cohort_shows_nothing_until_it_is_opened_again(house: House) -> None:
    carla, sam = house.person("carla", Role.COACH), house.person("sam")
    cohort = house.cohort(carla, sam)
    house.consent.share(sam, cohort.id, Sharing.RATINGS, earlier=False)
    house.answered(sam)
    house.cohorts.archive(carla, cohort.id)
    assert house.coaching.attempts(carla, cohort.id) == ()
    house.cohorts.reopen(carla, cohort.id)
    assert len(house.coaching.attempts(carla, cohort.id)) == 1


def test_a_second_coach_is_known_by_address_and_must_be_a_coach_already(house: House) -> None:
    carla, cleo, sam = house.person("carla", Role.COACH), house.person("cleo", Role.COACH), house.person("sam")
    cohort = house.cohort(carla)
    for nobody in ("sam@example.org", "who@example.org"):
        with pytest.raises(CoachError, match="No coach here has this address"):
            house.cohorts.add_coach(carla, cohort.id, nobody)
    house.cohorts.add_coach(carla, cohort.id, " Cleo@Example.org ")
    assert [p.id for p in house.cohorts.coaches(cleo, cohort.id)] == [carla.id, cleo.id]
    house.cohorts.remove_coach(cleo, cohort.id, carla.id)
    with pytest.raises(NotFoundError):
        house.cohorts.get(carla, cohort.id)
    with pytest.raises(ConflictError, match="needs a coach"):
        house.cohorts.remove_coach(cleo, cohort.id, cleo.id)
    assert sam.role is Role.CANDIDATE


def test_an_invitation_joins_once_and_for_a_month_and_a_new_one_replaces_it(house: House) -> None:
    carla, sam, uma = house.person("carla", Role.COACH), house.person("sam"), house.person("uma")
    cohort = house.cohort(carla)
    ((_, first),) = house.cohorts.invite(carla, cohort.id, [Invited(email="sam@example.org", name="Sam")])
    ((_, second),) = house.cohorts.invite(carla, cohort.id, [Invited(email="sam@example.org", name="Sam")])
    with pytest.raises(NotFoundError, match="was used or has run out"):
        house.consent.join(sam, first)
    assert house.consent.join(sam, second).id == cohort.id
    with pytest.raises(NotFoundError, match="was used or has run out"):
        house.consent.join(uma, second)
    ((_, late),) = house.cohorts.invite(carla, cohort.id, [Invited(email="uma@example.org")])
    house.wait(days=31)
    with pytest.raises(NotFoundError, match="was used or has run out"):
        house.consent.join(uma, late)
    assert [one.used_at is not None for one in house.cohorts.invitations(carla, cohort.id)] == [True, False]


# ── the table of addresses ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "content",
    [
        "email,name\nsam@example.org,Sam Lee\numa@example.org,\n",
        "\ufeffName;E-Mail\nSam  Lee;SAM@example.org\n;uma@example.org",
        "sam@example.org,Sam Lee\n\numa@example.org\n",
        "id\temail\tfull name\n1\tsam@example.org\tSam Lee\n2\tuma@example.org\t\n",
    ],
)
def test_addresses_are_read_from_the_tables_people_have(content: str) -> None:
    preview = invitations.read(content.encode())
    assert preview.faults == ()
    assert [(one.email, one.name) for one in preview.invited] == [
        ("sam@example.org", "Sam Lee"),
        ("uma@example.org", ""),
    ]


def test_each_row_that_cannot_be_used_is_named_with_its_reason_and_the_others_stay() -> None:
    preview = invitations.read(b"email,name\nsam@example.org,Sam\nno address,Uma\n,Ann\nSAM@example.org,Twice\n")
    assert [one.email for one in preview.invited] == ["sam@example.org"]
    assert [(fault.row, fault.why) for fault in preview.faults] == [
        (3, "“no address” is no e-mail address."),
        (4, "No e-mail address."),
        (5, "sam@example.org stands in the file twice."),
    ]


@pytest.mark.parametrize("content", [b"\xff\xfe\0", b'email\n"open', b""])
def test_a_file_that_is_no_table_invites_nobody(content: bytes) -> None:
    assert invitations.read(content).invited == ()


def test_links_come_as_a_table_that_no_spreadsheet_runs(house: House) -> None:
    carla = house.person("carla", Role.COACH)
    cohort = house.cohort(carla)
    made = house.cohorts.invite(carla, cohort.id, [Invited(email="sam@example.org", name="=HYPERLINK(1)")])
    written = invitations.written((one, f"https://coach.example.org/invitation/{secret}") for one, secret in made)
    (row,) = csv.DictReader(io.StringIO(written.decode("utf-8-sig")))
    assert row["name"] == "'=HYPERLINK(1)"
    assert row["link"].endswith(made[0][1])
