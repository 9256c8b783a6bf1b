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
    """Who wants to take a step: a staff login with its roles, or the applicant (`APPLICANT`).

    `towns` are the codes of those that somebody with the role TOWN is of; `others` are further
    logins of the same person.
    """

    login: str
    roles: frozenset[Role] = frozenset()
    party: Party = Party.STAFF
    towns: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()

    @property
    def logins(self) -> frozenset[str]:
        """All logins of the person."""
        return self.others | {self.login}

    @property
    def only_towns(self) -> frozenset[str] | None:
        """The towns beyond which he sees nothing; None if he sees all."""
        return self.towns if Role.TOWN in self.roles else None


APPLICANT = Actor(VISITOR, party=Party.APPLICANT)
