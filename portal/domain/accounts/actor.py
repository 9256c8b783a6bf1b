"""Who acts: a member of staff with his roles, or the person whom a case is about."""

from dataclasses import dataclass
from enum import StrEnum

from portal.domain.accounts.permissions import Role

VISITOR = "visitor"
"""What stands for the login of whoever has none."""


class Party(StrEnum):
    """On whose side somebody acts."""

    APPLICANT = "applicant"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who wants to take a step: a staff login with its roles, or the applicant (`APPLICANT`)."""

    login: str
    roles: frozenset[Role] = frozenset()
    party: Party = Party.STAFF


APPLICANT = Actor(VISITOR, party=Party.APPLICANT)
