"""Moving a case: one function for every step of every workflow table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from portal.domain.cases import advance
from portal.domain.errors import Changed, NotAllowed, NotFound
from portal.domain.events import CodeReissued
from portal.domain.receipts import code_from_bytes
from portal.domain.roles import Permission, is_granted
from portal.domain.stepping import read_said
from portal.domain.workflow import SAME, Actor, require_step
from portal.operations import limits, notifying
from portal.operations.office import Office
from portal.operations.opening import require_open_case
from portal.store import audit, cases
from portal.store.sealing import code_mark, code_matches, code_seed

Typed = Mapping[str, Sequence[str]]
"""What was typed into the questions of a step, by their name."""


def take_step(
    office: Office, actor: Actor, receipt: str, version: int, code: str, typed: Typed
) -> None:
    """Take a step of the workflow table: check, event, new head and audit entry in one go.

    `version` is the case as the actor saw it. Changed if somebody was quicker, NotAllowed if
    the table forbids it, NotAccepted if what goes with it is missing or cannot be taken,
    TooMany if the worker has left too many messages today.
    """
    now = office.now()
    with office.db.transaction():
        stored = cases.find_case(office.db, office.ring, receipt)
        if stored is None:
            raise NotFound(receipt)
        if stored.case.version != version:
            raise Changed(receipt)
        step = require_step(stored.case.standing(office.today()), code, actor)
        if step.by_worker and step.target == SAME:
            limits.spend(office, "message", receipt)
        said = read_said(step, typed, office.context())
        event = step.event(at=now, actor=actor.login, text=said.text, facts=said.facts)
        after = advance(stored.case, step, event, office.rules)
        cases.add_event(office.db, stored, event, after.version)
        cases.save_head(office.db, stored, after)
        notifying.tell_of_step(office, stored, step, after.version)
        audit.record(office.db, office.ring, now, actor.login, code, receipt)


def reissue_code(office: Office, actor: Actor, receipt: str, once: str) -> str:
    """A new secret code for a worker who lost his and has shown who he is; the old one dies.

    It stands in the history, so that the worker sees it if it was not he who asked. `once` is a
    random text of the page: sent a second time, it gives the same code and changes nothing.
    """
    if not is_granted(actor.roles, Permission.REISSUE_CODE):
        raise NotAllowed("您的岗位不能补办查询码")
    code = code_from_bytes(code_seed(office.ring, receipt, f"reissue {once}"))
    now = office.now()
    with office.db.transaction():
        stored = require_open_case(office, actor, receipt)
        if code_matches(office.ring, receipt, code, stored.code_mark):
            return code
        after = replace(stored.case, version=stored.case.version + 1)
        event = CodeReissued(at=now, actor=actor.login)
        cases.add_event(office.db, stored, event, after.version)
        cases.save_head(office.db, stored, after)
        cases.replace_code(office.db, stored, code_mark(office.ring, receipt, code))
        notifying.tell_of_new_code(office, stored, after.version)
        audit.record(office.db, office.ring, now, actor.login, "reissue code", receipt)
    return code
