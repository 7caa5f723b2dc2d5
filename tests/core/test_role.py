"""Roles: an empty list is anybody, names in any case, and who may not look may do nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.indicator import Council
from outcome_tracker.core.role import Role, named, roles_of

VIEWER, OFFICER, APPROVER = Role.VIEWER, Role.OFFICER, Role.APPROVER


def council(**roles: object) -> Council:
    return Council("Testshire", "E10000001", "South", ("England",), extra={"roles": roles} if roles else {})


LISTED = council(officers=["Ann", "Cara"], approvers=["Dai"], viewers=["Eve"])


@pytest.mark.parametrize(
    ("found", "user", "roles"),
    [
        (council(), "anybody", {VIEWER, OFFICER, APPROVER}),
        (council(officers=[], approvers=[], viewers=[]), "anybody", {VIEWER, OFFICER, APPROVER}),
        (council(officers=["Ann"]), "ann", {VIEWER, OFFICER, APPROVER}),
        (council(officers=["Ann"]), "Sam", {VIEWER, APPROVER}),
        (council(officers=["Ann"], approvers=["Dai"]), "Sam", {VIEWER}),
        (council(officers=["Ann"], approvers=["Dai"]), "Dai", {VIEWER, APPROVER}),
        (council(officers=["Ann"], approvers=["Ann"]), "ANN", {VIEWER, OFFICER, APPROVER}),
        (LISTED, "cara", {VIEWER, OFFICER}),
        (LISTED, "dai", {VIEWER, APPROVER}),
        (LISTED, "eve", {VIEWER}),
        (LISTED, "Sam", set()),
        (council(viewers=["Eve"]), "Sam", set()),  # whoever may not look may not enter either
        (council(viewers=["Eve"]), "Eve", {VIEWER, OFFICER, APPROVER}),
    ],
)
def test_roles_are_those_of_the_lists(found: Council, user: str, roles: set[Role]) -> None:
    assert roles_of(found, user) == roles


@pytest.mark.parametrize(
    ("listed", "user"),
    [
        ("ann.example@council.gov.uk", "Ann.Example@Council.GOV.UK"),
        ("Zoë", "Zoe\u0308"),  # composed and not
        ("Straße", "STRASSE"),
        (" Ann ", "Ann\u200b"),  # what nobody sees makes no other name
        ("CWAC\\ann", "cwac\\Ann"),
    ],
)
def test_an_account_is_the_same_however_it_is_written(listed: str, user: str) -> None:
    assert OFFICER in roles_of(council(officers=[listed]), user)


@pytest.mark.parametrize("roles", ["Ann", None, ["Ann"], {"officers": "Ann"}, {"officers": None}, {"others": ["Ann"]}])
def test_what_is_no_list_lists_nobody(roles: object) -> None:
    found = Council("Testshire", "E10000001", "South", ("England",), extra={"roles": roles})
    assert named(found, OFFICER) == ()
    assert roles_of(found, "Sam") == set(Role)


NAMES = st.lists(st.sampled_from(["Ann", "Bob", "Cara", "Dai"]), max_size=3)


@given(NAMES, NAMES, NAMES, st.sampled_from(["ann", "bob", "cara", "dai", "eve"]))
def test_every_other_role_includes_looking_and_an_empty_list_takes_none_away(
    officers: list[str], approvers: list[str], viewers: list[str], user: str
) -> None:
    found = council(officers=officers, approvers=approvers, viewers=viewers)
    held = roles_of(found, user)
    assert VIEWER in held or not held
    anywhere = {name.casefold() for name in (*officers, *approvers, *viewers)}
    assert (VIEWER in held) is (not viewers or user in anywhere)
    if held:
        assert (OFFICER in held) is (not officers or user in {name.casefold() for name in officers})
        assert (APPROVER in held) is (not approvers or user in {name.casefold() for name in approvers})
