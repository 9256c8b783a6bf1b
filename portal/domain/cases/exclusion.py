"""Who may open a case: the roles that read its kind, but for who keeps out of it（回避）.

Who is of a town opens the cases of that town alone.
"""

from portal.domain.accounts.actor import Actor
from portal.domain.cases.case import Case
from portal.domain.cases.workflow import kinds_open_to


def may_open(case: Case, actor: Actor) -> bool:
    """Tell whether somebody may know anything of a case at all."""
    towns = actor.only_towns
    return (
        case.kind in kinds_open_to(actor.roles)
        and actor.logins.isdisjoint(case.excluded)
        and (towns is None or case.tally.get("town") in towns)
    )
