"""Accounts with a password: who gets in, who does not, for how long, and what an onlooker may learn."""

import pytest
from people_parts import House

from coach.domain.people import Role
from coach.errors import CoachError, ConflictError, NotFoundError, SignInError
from coach.people.invitations import Invited

GOOD = "four plain words together"


def account(house: House, email: str = "sam@example.org", role: Role = Role.CANDIDATE) -> str:
    """Somebody with a password; returns the secret of their session."""
    person = house.people.with_account(email, "Sam Lee", role)
    return house.accounts.set_password(house.accounts.first_link(person), GOOD)


def test_a_session_tells_who_it_is_for_half_a_day_and_until_it_is_ended(house: House) -> None:
    account(house)
    one, two = (house.accounts.sign_in("SAM@example.org ", GOOD, "10.0.0.1") for _ in range(2))
    assert (person := house.accounts.of_session(one))
    assert person.email == "sam@example.org"
    house.accounts.sign_out(one)
    assert house.accounts.of_session(one) is None
    assert house.accounts.of_session(two) == person
    house.wait(hours=13)
    assert house.accounts.of_session(two) is None


def test_signing_out_everywhere_ends_every_session_and_shutting_out_ends_them_for_good(house: House) -> None:
    admin = house.person("ada", Role.ADMINISTRATOR)
    first = account(house)
    person = house.accounts.of_session(first)
    assert person
    house.wait(minutes=1)
    house.people.sign_out_everywhere(person)
    assert house.accounts.of_session(first) is None
    later = house.accounts.sign_in("sam@example.org", GOOD, "10.0.0.1")
    assert house.accounts.of_session(later)
    house.people.set_active(admin, person.id, active=False)
    assert house.accounts.of_session(later) is None
    with pytest.raises(SignInError, match="do not go together"):
        house.accounts.sign_in("sam@example.org", GOOD, "10.0.0.1")


def test_a_wrong_password_and_an_unknown_address_are_told_in_the_same_words(house: House) -> None:
    account(house)
    said = set()
    for email, password in (("sam@example.org", "wrong"), ("who@example.org", GOOD), ("sam@example.org", "")):
        with pytest.raises(SignInError) as refused:
            house.accounts.sign_in(email, password, "10.0.0.1")
        said.add(str(refused.value))
    assert len(said) == 1


def test_five_wrong_tries_make_one_wait_and_another_address_is_not_shut_out_by_them(house: House) -> None:
    account(house)
    for _ in range(5):
        with pytest.raises(SignInError, match="do not go together"):
            house.accounts.sign_in("sam@example.org", "wrong", "10.0.0.1")
    with pytest.raises(SignInError, match="Too many wrong tries"):
        house.accounts.sign_in("sam@example.org", GOOD, "10.0.0.1")
    assert house.accounts.sign_in("sam@example.org", GOOD, "10.0.0.2")
    house.wait(minutes=16)
    assert house.accounts.sign_in("sam@example.org", GOOD, "10.0.0.1")


def test_one_password_cannot_be_tried_at_every_account_from_one_address(house: House) -> None:
    account(house, "zoe@example.org")
    for n in range(60):
        with pytest.raises(SignInError, match="do not go together"):
            house.accounts.sign_in(f"p{n}@example.org", "wrong", "10.0.0.1")
    with pytest.raises(SignInError, match="Too many wrong tries"):
        house.accounts.sign_in("zoe@example.org", GOOD, "10.0.0.1")


def test_a_link_sets_a_password_once_within_three_days_and_signs_everybody_else_out(house: House) -> None:
    admin = house.person("ada", Role.ADMINISTRATOR)
    old = account(house)
    person = house.accounts.of_session(old)
    assert person
    link = house.accounts.new_link(admin, person.id)
    with pytest.raises(CoachError, match="12 to 200 characters"):
        house.accounts.set_password(link, "short")
    new = house.accounts.set_password(link, "another four plain words")
    assert house.accounts.of_session(old) is None
    assert house.accounts.of_session(new) == person
    for secret in (link, "nonsense"):
        with pytest.raises(NotFoundError, match="was used or has run out"):
            house.accounts.set_password(secret, GOOD)
    late = house.accounts.new_link(admin, person.id)
    house.wait(days=4)
    with pytest.raises(NotFoundError, match="was used or has run out"):
        house.accounts.of_link(late)


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.COACH])
def test_only_administrators_make_a_link_for_somebody_else(house: House, role: Role) -> None:
    account(house)
    person = house.people.of_account("sam@example.org")
    assert person
    with pytest.raises(NotFoundError):
        house.accounts.new_link(house.person("cleo", role), person.id)


@pytest.mark.parametrize("password", ["a" * 20, "x" * 201, "eleven char", "sam sam sam lee", "aabbaabbaabb"])
def test_a_password_that_is_easy_to_guess_is_refused(house: House, password: str) -> None:
    link = house.accounts.first_link(house.people.with_account("sam@example.org", "Sam Lee"))
    with pytest.raises(CoachError, match=r"password"):
        house.accounts.set_password(link, password)


def test_an_invitation_opens_one_account_under_its_own_address_as_a_candidate(house: House) -> None:
    carla = house.person("carla", Role.COACH)
    cohort = house.cohort(carla)
    ((_, secret),) = house.cohorts.invite(carla, cohort.id, [Invited(email="new@example.org", name="Nia")])
    session = house.accounts.open_by_invitation(secret, "", GOOD)
    person = house.accounts.of_session(session)
    assert person
    assert (person.email, person.name, person.role) == ("new@example.org", "Nia", Role.CANDIDATE)
    with pytest.raises(ConflictError, match="has an account here already"):
        house.accounts.open_by_invitation(secret, "", GOOD)
    house.consent.join(person, secret)
    with pytest.raises(NotFoundError):
        house.accounts.open_by_invitation(secret, "", GOOD)
    with pytest.raises(NotFoundError, match="by an invitation of one's own"):
        house.accounts.open_by_invitation(cohort.join_code, "", GOOD)


def test_no_secret_is_kept_as_it_is(house: House) -> None:
    carla = house.person("carla", Role.COACH)
    session = account(house)
    link = house.accounts.first_link(house.people.with_account("uma@example.org", "Uma"))
    ((_, invitation),) = house.cohorts.invite(carla, house.cohort(carla).id, [Invited(email="a@example.org")])
    with house.database.reading() as open_one:
        connection = open_one.connection()
        tables = [row[0] for row in connection.exec_driver_sql("select name from sqlite_master where type = 'table'")]
        everything = str([connection.exec_driver_sql(f'select * from "{table}"').all() for table in tables])  # noqa: S608  # our own tables
    assert "uma@example.org" in everything
    for secret in (GOOD, session, link, invitation):
        assert secret not in everything


def test_whoever_a_provider_vouches_for_is_found_again_by_issuer_and_subject_and_never_by_address(
    house: House,
) -> None:
    first = house.people.from_provider("https://one.example", "17", name="Sam", email="sam@example.org")
    house.store.change(first.id, role=Role.ADMINISTRATOR)
    again = house.people.from_provider("https://one.example", "17", name="Other", email="other@example.org")
    assert (again.id, again.role, again.name) == (first.id, Role.ADMINISTRATOR, "Sam")
    other = house.people.from_provider("https://two.example", "17", name="Sam", email="sam@example.org")
    assert (other.id != first.id, other.role) == (True, Role.CANDIDATE)


def test_roles_are_given_by_administrators_and_never_to_oneself(house: House) -> None:
    admin, coach, student = (
        house.person("ada", Role.ADMINISTRATOR),
        house.person("carla", Role.COACH),
        house.person("sam"),
    )
    for who in (coach, student):
        with pytest.raises(NotFoundError):
            house.people.set_role(who, who.id, Role.ADMINISTRATOR)
        with pytest.raises(NotFoundError):
            house.people.all(who)
        with pytest.raises(NotFoundError):
            house.people.add_account(who, "x@example.org", "X", Role.COACH)
        with pytest.raises(NotFoundError):
            house.people.try_coaching(who, on=True)
        assert not house.people.may_set_up(who)
    assert house.people.set_role(admin, student.id, Role.COACH).role is Role.COACH
    with pytest.raises(ConflictError):
        house.people.set_role(admin, admin.id, Role.CANDIDATE)
    with pytest.raises(ConflictError):
        house.people.set_active(admin, admin.id, active=False)
