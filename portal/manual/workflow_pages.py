"""Pages made from the workflow tables, the roles and the events."""

from collections.abc import Iterable, Mapping
from dataclasses import fields

from portal.domain.accounts.permissions import EXCLUSIVE, GRANTS, ROLE_LABELS, Permission, Role
from portal.domain.cases import events as case_events
from portal.domain.cases.workflow import WORKFLOWS, CaseWorkflow
from portal.domain.content import events as article_events
from portal.domain.content.articles import ARTICLE_WORKFLOW
from portal.domain.counter import contacts
from portal.domain.notices.notices import WILL_CALL
from portal.domain.records.event import Event, Registry
from portal.domain.records.guards import describe_guards
from portal.domain.records.tally import TALLY_FIELDS
from portal.domain.records.workflow import BACK, REOPENED, SAME, Step, Task
from portal.domain.rules.rulebook import Rulebook
from portal.manual.drawing import draw_workflow
from portal.manual.markdown import NONE, code, codes, first_line, markdown_page, markdown_table

_YES = "●"
_TARGETS = {
    BACK: "back to where it came from",
    REOPENED: "to where the end leads back",
    SAME: "stays where it is",
}


def make_state_pages(rules: Rulebook) -> dict[str, str]:
    """List states and steps of each kind of case, with a picture of each."""
    words = {**rules.words(), "call": WILL_CALL}
    pictures = {f"{kind}.svg": draw_workflow(flow, words) for kind, flow in WORKFLOWS.items()}
    parts = [part for flow in WORKFLOWS.values() for part in _describe(flow, rules, words)]
    lead = (
        "A case is always in one state and moves only by the steps below "
        "(`portal/domain/cases/workflow/`). While the applicant must act, the centre's clock "
        "stands still; the working days that were left are given back afterwards."
    )
    return pictures | {"states.md": markdown_page("States and steps", lead, *parts)}


def _describe(flow: CaseWorkflow, rules: Rulebook, words: Mapping[str, str]) -> list[str]:
    states = markdown_table(
        ("state", "staff read", "the applicant reads", "who must act", "time limit"),
        (
            (code(state.code), state.staff_label,
             f"{state.public_label}\n{state.public_sentence.format_map(words)}",
             state.awaiting, f"{rules.deadline(state.limit).words}\n`{state.limit}`"
             if state.limit else NONE)
            for state in flow.states.values()
        ),
    )  # fmt: skip
    steps = markdown_table(
        ("step", "button", "from", "to", "who", "words", "conditions", "event"),
        (_step_row(flow, step) for step in flow.steps.values()),
    )
    return [
        f"## {flow.label} `{flow.kind}`",
        f"Receipt numbers begin with `{flow.receipt_prefix}`. "
        f"Files may be opened by: {codes(_in_order(flow.readers))}.",
        f"![States and steps of {flow.kind}: the tables below say the same]({flow.kind}.svg)",
        states, steps, *_tasks(flow, rules),
    ]  # fmt: skip


def _tasks(flow: CaseWorkflow, rules: Rulebook) -> list[str]:
    if not flow.tasks:
        return []
    rows = [
        (
            task.label,
            code(task.code),
            codes(name for name in flow.states if name in task.states),
            code(task.trait),
            codes(_in_order(task.by)),
            task.people,
            _say_time(task, rules),
            codes(step.code for step in flow.steps.values() if step.does == task.code),
        )
        for task in flow.tasks
    ]
    columns = ("staff read", "task", "in", "where", "who", "people", "time limit", "done by")
    return ["What is to be done beside the state:", markdown_table(columns, rows)]


def _say_time(task: Task, rules: Rulebook) -> str:
    return rules.deadline(task.limit).words if task.limit else "the day on which it arises"


def _step_row(flow: CaseWorkflow, step: Step) -> tuple[str, ...]:
    sources = [name for name in flow.states if name in step.sources]
    target = _TARGETS.get(step.target) or code(step.target)
    return (
        code(step.code), step.label, codes(sources), target, _takers(step), _words(step),
        "\n".join(describe_guards(step.guards)), code(step.event.__name__),
    )  # fmt: skip


def _words(step: Step) -> str:
    asked = f"\nasks {codes(step.fields)}" if step.fields else ""
    if step.statement is None:
        return asked.strip() or NONE
    need = "required" if step.statement.required else "optional"
    readers = "the applicant reads them" if step.statement.public else "staff only"
    return f"{step.statement.label}\n{need}, {readers}{asked}"


def _takers(step: Step) -> str:
    return "the applicant" if step.by_applicant else codes(_in_order(step.by))


def _in_order(roles: Iterable[Role]) -> list[Role]:
    held = frozenset(roles)
    return [role for role in Role if role in held]


def make_permission_page() -> str:
    """List role by permission, role by step, and what one person must not hold together."""
    heads = tuple(f"{ROLE_LABELS[role]}\n`{role}`" for role in Role)
    grants = markdown_table(
        ("permission", *heads),
        (
            (f"{permission}\n`{permission.name}`", *_tick_roles(GRANTS[permission]))
            for permission in Permission
        ),
    )
    parts = []
    for kind, flow in WORKFLOWS.items():
        rows = [(f"**open the file** of {code(kind)}", *_tick_roles(flow.readers))]
        rows += [
            (f"{step.label}\n`{step.code}`", *_tick_roles(step.by))
            for step in flow.steps.values()
            if not step.by_applicant
        ]
        parts += [f"## Steps: {flow.label} `{kind}`", markdown_table(("step", *heads), rows)]
    clashes = markdown_table(
        ("one person is never both", ""),
        (tuple(f"{ROLE_LABELS[role]} `{role}`" for role in sorted(pair)) for pair in EXCLUSIVE),
    )
    return markdown_page(
        "Who may do what",
        "Deny by default: what has no mark is refused. A route asks for a permission "
        "([routes](routes.md)), a step for a role besides ([states](states.md)).",
        "## Permissions",
        grants,
        *parts,
        "## Roles that exclude each other",
        clashes,
    )


def _tick_roles(holders: frozenset[Role]) -> list[str]:
    return [_YES if role in holders else NONE for role in Role]


def make_event_page() -> str:
    """List the closed registries of events, which step writes each, and what may be counted."""
    common = [field.name for field in fields(Event)]
    case_steps = [
        (step.event, f"{code(step.code)} ({flow.kind})")
        for flow in WORKFLOWS.values()
        for step in flow.steps.values()
    ]
    article_steps = [(step.event, code(step.code)) for step in ARTICLE_WORKFLOW.steps.values()]
    tallies = [
        (code(one.name), one.label, one.meaning, "sum" if one.summed else "code")
        for one in TALLY_FIELDS.values()
    ]
    return markdown_page(
        "Events",
        f"Every event holds {codes(common)}; text and personal facts are sealed, the tally is "
        "plain. A record's timeline is its events; figures are counted from events, so that a "
        "past month can be counted again. An event that was stored once is never renamed or "
        "removed without a migration.",
        "## Cases",
        _event_table(case_events.REGISTRY, case_steps),
        "## Articles",
        _event_table(article_events.REGISTRY, article_steps),
        "## Contacts",
        _event_table(contacts.REGISTRY, []),
        "## Tallies",
        "From `portal/domain/records/tally.py`: all that may be counted by, and nothing that "
        "names anybody.",
        markdown_table(("tally", "label", "meaning", "kind"), tallies),
    )


def _event_table(registry: Registry, steps: list[tuple[type[Event], str]]) -> str:
    common = {field.name for field in fields(Event)}
    rows = [
        (
            code(name),
            first_line(kind.__doc__),
            codes(field.name for field in fields(kind) if field.name not in common),
            ", ".join(words for event, words in steps if event is kind) or "without a step",
        )
        for name, kind in registry.items()
    ]
    return markdown_table(("event", "what happened", "own fields", "by step"), rows)
