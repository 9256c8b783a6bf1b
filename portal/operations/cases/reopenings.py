"""Who could agree that a case is taken up again, and which requests wait for somebody."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import ROLE_LABELS
from portal.domain.cases.case import Case
from portal.domain.cases.exclusion import may_open
from portal.domain.cases.workflow.reopenings import (
    ASK,
    REOPENING_WANTED,
    is_reopening_wanted,
    list_deciders,
)
from portal.operations.accounts import staff_accounts
from portal.operations.office import Office
from portal.store import accounts, cases

_MOST = 50


@dataclass(frozen=True, slots=True)
class Reopening:
    """A request to take a case up again: by whose login, who may agree, by name, or which roles."""

    receipt: str
    kind_label: str
    asked_by: str
    names: Sequence[str]
    roles: Sequence[str]


def look_at_reopening(office: Office, case: Case) -> Reopening | None:
    """Return the request that stands on a case; None if there is none."""
    if not is_reopening_wanted(case.taken):
        return None
    asked_by = next(login for step, login in reversed(case.taken) if step == ASK)
    deciders, names = list_deciders(case.workflow), staff_accounts.name_staff(office)
    able = [
        names[one.login]
        for one in accounts.all_accounts(office.store)
        if not one.disabled
        and asked_by not in one.actor.logins
        and one.roles & deciders
        and may_open(case, one.actor)
    ]
    roles = [label for role, label in ROLE_LABELS.items() if role in deciders]
    return Reopening(case.receipt, case.workflow.label, asked_by, able, roles)


def list_reopenings(office: Office, actor: Actor) -> list[Reopening]:
    """List the requests that wait for this actor: for his yes or no."""
    found = [
        look_at_reopening(office, stored.case)
        for stored in cases.with_open_task(office.store, REOPENING_WANTED, _MOST)
        if list_deciders(stored.case.workflow) & actor.roles and may_open(stored.case, actor)
    ]
    return [one for one in found if one and one.asked_by not in actor.logins]
