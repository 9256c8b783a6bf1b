"""The workflow table of a kind of case."""

from dataclasses import dataclass, field

from portal.domain.accounts.permissions import Role
from portal.domain.records.workflow import Workflow
from portal.domain.shared.case_kinds import CaseKind

OPENING = "submitted"
"""The state that every case begins in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWorkflow(Workflow):
    """One kind of case: its states, its steps, and what the public calls it.

    `who` and `about` are the fields that a queue shows of it; `readers` may open its files;
    `also_keyed_in_by` key its forms in for those who come, and cannot open them afterwards.
    """

    kind: CaseKind
    label: str
    receipt_prefix: str
    who: str
    about: str
    readers: frozenset[Role] = field(default_factory=frozenset)
    also_keyed_in_by: frozenset[Role] = field(default_factory=frozenset)
