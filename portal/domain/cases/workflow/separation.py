"""Separation of duties（不相容岗位分离）: a table of acts that no one person does on one case.

By person, never by login: two logins of one person are one. With it four people with case duties
bring every case to its end, a review too.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from portal.domain.cases.workflow.model import CaseWorkflow
from portal.domain.records.guards import SIGNED_FORM, AnotherPerson
from portal.domain.records.workflow import Step
from portal.domain.shared.case_kinds import RELIEF, CaseKind


@dataclass(frozen=True, slots=True)
class Separation:
    """A row: on a case of these `kinds`, who did one of `earlier` does none of `later`.

    Unless the case has the trait `unless`. `submit` is keying in.
    """

    kinds: frozenset[CaseKind]
    earlier: frozenset[str]
    later: frozenset[str]
    sentence: str = AnotherPerson.SENTENCE
    unless: str = ""


def _acts(*codes: str) -> frozenset[str]:
    return frozenset(codes)


_OBJECTION = frozenset({CaseKind.OBJECTION})
_UNSIGNED = "这份是您录入的，还没有本人签名的纸。把签了名的那页传上来，您就能办；不然要换一个人办"
SEPARATIONS: Final = (
    Separation(RELIEF, _acts("submit"), _acts("accept"), _UNSIGNED, SIGNED_FORM),
    Separation(RELIEF, _acts("submit", "accept", "refer_for_decision"), _acts("approve", "refuse")),
    Separation(
        RELIEF,
        _acts("submit", "accept", "refer_for_decision", "approve", "refuse", "ask_review"),
        _acts("change_decision", "uphold_decision"),
    ),
    Separation(_OBJECTION, _acts("submit"), _acts("begin_checking"), _UNSIGNED, SIGNED_FORM),
    Separation(_OBJECTION, _acts("submit"), _acts("refer_for_decision")),
    Separation(
        _OBJECTION,
        _acts("submit", "begin_checking", "refer_for_decision"),
        _acts("change_list", "keep_list"),
    ),
)


def add_separation(flow: CaseWorkflow) -> CaseWorkflow:
    """Return the workflow with a guard on each step that a row keeps apart from earlier ones."""
    rows = [row for row in SEPARATIONS if flow.kind in row.kinds]
    return replace(flow, steps={code: _keep_apart(step, rows) for code, step in flow.steps.items()})


def _keep_apart(step: Step, rows: Iterable[Separation]) -> Step:
    guards = tuple(
        AnotherPerson(row.earlier, row.sentence, row.unless)
        for row in rows
        if step.code in row.later
    )
    return replace(step, guards=(*step.guards, *guards)) if guards else step
