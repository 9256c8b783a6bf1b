"""What a workflow table is made of, for anything that has a history: states, steps, tasks."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Role
from portal.domain.records.event import Event


class Awaiting(StrEnum):
    """Whose move it is."""

    CENTRE = "centre"
    APPLICANT = "applicant"
    NOBODY = "nobody"


BACK = "back"
"""As a target: the state that the record was in before the supplement was asked for."""

SAME = "same"
"""As a target: the state stays as it is, and its clock goes on."""

REOPENED = "reopened"
"""As a target: the state to which the end leads back that the record is in."""


@dataclass(frozen=True, slots=True)
class State:
    """`refuses`: what was asked for was not given, so that the page names other doors.

    `reopens_to` is where an end leads back to when it was wrong; empty for what is no end.

    `limit` names the time that whoever is awaited has, in content/rules/deadlines.toml.

    None means no clock. `{code}` in the public sentence stands for another limit of that table,
    `{call}` for how the applicant is told.
    """

    code: str
    staff_label: str
    public_label: str
    public_sentence: str
    awaiting: Awaiting
    limit: str | None = None
    refuses: bool = False
    reopens_to: str = ""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Where a record stands, as far as its table needs to know.

    `taken` are (step, login) pairs; `traits` are what guards ask for by name; `open_tasks` are
    what is to be done beside the state.
    """

    state: str
    taken: Collection[tuple[str, str]] = ()
    overdue: bool = False
    traits: frozenset[str] = frozenset()
    open_tasks: frozenset[str] = frozenset()


Guard = Callable[[Snapshot, Actor], str | None]
"""Says in Chinese why a step may not be taken now, or None; the sentence stands on the page."""

BY_APPLICANT: frozenset[Role] = frozenset()
"""The doers of a step that is the applicant's own."""


@dataclass(frozen=True, slots=True)
class Step:
    """A move from one of `sources` to `target`.

    `by` are the roles that may take it, or `BY_APPLICANT`. `public_label` is what the applicant
    reads in his timeline; empty if it is none of his business. `fields` are those whose answers
    go with the step, besides its statement; `on` names the one that says when it happened.
    `guards` are what else must hold; `does` is the task that it does. `signed`: at the counter it
    takes a page that the applicant signed by hand. `twin_of` names the applicant's own step that
    staff take here in his name. `consequence` says what then cannot be taken back: staff read it
    and confirm. `resumes`: it leads back, so that no new time begins. `extends` names the limit by
    which it moves the promised day. `alike`: its words may be the same for many cases at once.
    """

    code: str
    label: str
    public_label: str
    sources: frozenset[str]
    target: str
    event: type[Event]
    by: frozenset[Role]
    statement: Statement | None = None
    fields: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    danger: bool = False
    on: str = ""
    does: str = ""
    signed: bool = False
    twin_of: str = ""
    consequence: str = ""
    resumes: bool = False
    extends: str = ""
    alike: bool = False

    @property
    def by_applicant(self) -> bool:
        """Whether it is the applicant, not staff, who takes this step."""
        return self.by == BY_APPLICANT

    @property
    def from_applicant(self) -> bool:
        """Whether the applicant speaks, by himself or through staff."""
        return self.by_applicant or bool(self.twin_of)

    @property
    def act(self) -> str:
        """The code under which it counts as taken: a twin is the step that it is the twin of."""
        return self.twin_of or self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to be done beside the state, in any of the `states`, by one of the roles `by`.

    It arises where `trait` is one of the record's, and is done when `people` different persons
    have taken a step that does it. `limit` is its time in content/rules/deadlines.toml; without
    one it is to be done on the day it arises.
    """

    code: str
    label: str
    by: frozenset[Role]
    states: frozenset[str]
    trait: str
    limit: str | None = None
    people: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """The table of one kind of record. `stale` is said where a step no longer fits the state."""

    states: Mapping[str, State]
    steps: Mapping[str, Step]
    tasks: tuple[Task, ...] = field(default=())
    stale: str = "这件事的状态已经变了，现在不能办这一步"


def states_of(*states: State) -> dict[str, State]:
    """List states by their code."""
    return {state.code: state for state in states}


def steps_of(*steps: Step) -> dict[str, Step]:
    """List steps by their code, in the order of their buttons."""
    return {step.code: step for step in steps}
