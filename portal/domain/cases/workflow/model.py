"""What a workflow table is made of: kinds, states, steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal.domain.accounts.permissions import Role
from portal.domain.cases.events import Event
from portal.domain.shared.case_kinds import CaseKind


class Awaiting(StrEnum):
    """Whose move it is."""

    CENTRE = "centre"
    APPLICANT = "applicant"
    NOBODY = "nobody"


BACK = "back"
"""As a target: the state that the case was in before the supplement was asked for."""

SAME = "same"
"""As a target: the state stays as it is, and its clock goes on."""


@dataclass(frozen=True, slots=True)
class State:
    """`limit` names the time that the one who is awaited has, in content/rules/deadlines.toml.

    None means no clock. `{code}` in the public sentence stands for another limit of that table.
    """

    code: str
    staff_label: str
    public_label: str
    public_sentence: str
    awaiting: Awaiting
    limit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A text that goes with a step. `public` texts are shown to the applicant.

    `or_papers`: it may be left out if the applicant has sent papers since he was asked.
    """

    label: str
    hint: str
    public: bool
    required: bool = True
    or_papers: bool = False
    max_length: int = 2000


BY_APPLICANT: frozenset[Role] = frozenset()
"""The doers of a step that is the applicant's own."""


@dataclass(frozen=True, slots=True)
class Step:
    """A move from one of `sources` to `target`.

    `by` are the roles that may take it, or `BY_APPLICANT`. `public_label` is what the applicant
    reads in his timeline; empty if it is none of his business. `asks` are the
    fields whose answers go with the step as facts, besides its statement.
    `second_person`: nobody who took one of the named steps on this case may take this one.
    `for_many`: only in a collective dispute （集体争议）.
    """

    code: str
    label: str
    public_label: str
    sources: frozenset[str]
    target: str
    event: type[Event]
    by: frozenset[Role]
    statement: Statement | None = None
    asks: tuple[str, ...] = ()
    second_person: frozenset[str] = frozenset()
    after_deadline: bool = False
    before_deadline: bool = False
    once: bool = False
    danger: bool = False
    for_many: bool = False

    @property
    def by_applicant(self) -> bool:
        """Whether it is the applicant, not staff, who takes this step."""
        return self.by == BY_APPLICANT


@dataclass(frozen=True, slots=True)
class Workflow:
    """One kind of case: its states, its steps, and what the public calls it.

    `who` and `about` are the fields that a queue shows of it.
    """

    kind: CaseKind
    label: str
    receipt_prefix: str
    who: str
    about: str
    states: Mapping[str, State]
    steps: Mapping[str, Step]
    readers: frozenset[Role] = field(default_factory=frozenset)


def states_of(*states: State) -> dict[str, State]:
    """Index the states by their code."""
    return {state.code: state for state in states}


def steps_of(*steps: Step) -> dict[str, Step]:
    """Index the steps by their code, in the order of their buttons."""
    return {step.code: step for step in steps}


OPENING = "submitted"
"""The state that every case begins in."""
