"""The access policy, cell by cell: what each role may do with each resource, under each combination of facts."""

import itertools

import pytest

from coach.domain.people import NO_COHORT, Role, Sharing
from coach.errors import NotFoundError
from coach.people import Action, Facts, Resource, Who, allows, require, scope

# A row a resource and action; a column a role: candidate, coach, administrator. Every cell that is not here is "-".
# -: never   +: always   o: one's own   c: of a cohort one coaches   oc: either   1 2 3: coached, and shared at least so much   o2: both
TABLE = """
answer       create  o  o   o
answer       read    o  o   o
answer       change  o  o   o
answer       delete  o  o   o
ratings      read    -  1   1
transcript   read    -  2   2
recording    read    -  3   3
story        read    -  2   2
queue        read    -  2   2
queue        change  -  2   2
review       create  -  2   2
review       read    -  o2  o2
review       change  -  o2  o2
review       delete  -  o2  o2
calibration  read    -  o   o
request      create  o  o   o
request      read    o  o   o
request      delete  o  o   o
notice       read    o  o   o
notice       change  o  o   o
cohort       create  -  +   +
cohort       read    -  c   +
cohort       change  -  c   +
cohort       delete  -  c   +
membership   create  o  o   o
membership   read    o  oc  +
membership   delete  o  oc  +
consent      read    o  o   o
consent      change  o  o   o
looks        read    o  o   o
guide        create  o  o   o
guide        read    o  oc  oc
guide        change  o  o   o
guide        delete  o  o   o
assignment   create  -  c   c
assignment   read    o  oc  oc
assignment   change  -  c   c
assignment   delete  -  c   c
handing_in   create  o  o   o
handing_in   read    o  oc  oc
person       create  -  -   +
person       read    o  o   +
person       change  o  o   o
person       delete  o  o   o
keeping      read    o  o   o
keeping      change  o  o   o
role         read    -  -   +
role         change  -  -   +
account      change  o  o   +
installation read    o  o   +
installation change  o  o   +
"""
ROLES = (Role.CANDIDATE, Role.COACH, Role.ADMINISTRATOR)
CELLS = {
    (role, Resource(resource.replace("_", " ")), Action(action)): cell
    for resource, action, *cells in (line.split() for line in TABLE.strip().splitlines())
    for role, cell in zip(ROLES, cells, strict=True)
}
FACTS = tuple(
    Facts(own=own, coached=coached, sharing=sharing)
    for own, coached, sharing in itertools.product((False, True), (False, True), Sharing)
)


def holds(cell: str, facts: Facts) -> bool:
    if cell[-1].isdigit():
        return facts.coached and facts.sharing >= int(cell[-1]) and (facts.own or cell[0] != "o")
    return {"-": False, "+": True, "o": facts.own, "c": facts.coached, "oc": facts.own or facts.coached}[cell]


@pytest.mark.parametrize(("role", "resource", "action"), list(itertools.product(ROLES, Resource, Action)))
def test_each_cell_of_the_table_holds_under_every_combination_of_facts(
    role: Role, resource: Resource, action: Action
) -> None:
    cell = CELLS.get((role, resource, action), "-")
    for facts in FACTS:
        assert allows(Who("p", role), action, resource, facts) is holds(cell, facts), facts


@pytest.mark.parametrize("role", ROLES)
def test_who_was_shut_out_may_do_nothing(role: Role) -> None:
    everything = Facts(own=True, coached=True, sharing=Sharing.AUDIO)
    assert not any(
        allows(Who("p", role, active=False), action, resource, everything)
        for resource, action in itertools.product(Resource, Action)
    )


def test_a_no_is_not_found_in_the_words_of_what_does_not_exist() -> None:
    with pytest.raises(NotFoundError) as refused:
        require(Who("p", Role.CANDIDATE), Action.READ, Resource.COHORT)
    assert str(refused.value) == NO_COHORT


def test_a_query_is_bounded_to_ones_own_unless_the_policy_gives_everybodys() -> None:
    assert scope(Who("p", Role.COACH), Action.READ, Resource.COHORT) == "p"
    assert scope(Who("p", Role.ADMINISTRATOR), Action.READ, Resource.COHORT) is None
    with pytest.raises(NotFoundError):
        scope(Who("p", Role.CANDIDATE), Action.READ, Resource.COHORT)
