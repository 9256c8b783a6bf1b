"""Who may open a case: the roles that read its kind, but for who keeps out of it（回避）."""

from portal.domain.accounts.actor import Actor
from portal.domain.cases.case import Case
from portal.domain.cases.workflow import kinds_open_to


def may_open(case: Case, actor: Actor) -> bool:
    """Tell whether somebody may know anything of a case at all."""
    return case.kind in kinds_open_to(actor.roles) and actor.login not in case.excluded
