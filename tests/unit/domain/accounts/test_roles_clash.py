"""Roles: who may do what, and what one person must not be at once."""

from itertools import combinations

import pytest

from portal.domain.accounts.permissions import (
    EXCLUSIVE,
    GRANTS,
    ROLE_LABELS,
    Permission,
    Role,
    clashing,
    is_granted,
)


@pytest.mark.parametrize("pair", EXCLUSIVE, ids=lambda pair: "+".join(sorted(pair)))
def test_a_pair_that_must_be_two_people_is_found_in_any_company(pair: frozenset[Role]) -> None:
    assert clashing(pair) == pair
    assert clashing(pair | {Role.EDITOR}) == pair


def test_who_runs_the_system_neither_audits_nor_handles_cases() -> None:
    others = set(Role) - {Role.ADMIN, Role.EDITOR}
    assert all(clashing(frozenset({Role.ADMIN, role})) for role in others)
    assert all(clashing(frozenset({Role.AUDITOR, role})) for role in others - {Role.AUDITOR})


def test_duties_on_cases_may_be_combined() -> None:
    duties = (Role.INTAKE, Role.REVIEWER, Role.APPROVER, Role.LAWYER)
    assert not any(clashing(frozenset(pair)) for pair in combinations(duties, 2))
    assert clashing(frozenset()) is None


def test_every_permission_is_granted_to_somebody_and_no_role_means_none() -> None:
    assert GRANTS.keys() == set(Permission)
    assert all(GRANTS.values())
    assert not any(is_granted(frozenset(), permission) for permission in Permission)


def test_no_administrator_sees_identities() -> None:
    for permission in (Permission.OPEN_CASES, Permission.REVEAL_IDENTITY):
        for role in (Role.ADMIN, Role.EDITOR):
            assert not is_granted(frozenset({role}), permission)


def test_every_role_has_a_label() -> None:
    assert ROLE_LABELS.keys() == set(Role)
