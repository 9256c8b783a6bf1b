"""Pages made from what runs: routes of both apps, time limits, attempt limits, commands."""

from collections.abc import Iterator
from datetime import timedelta

import click
from flask import Flask

from portal.cli.main import main
from portal.domain.accounts.permissions import Permission
from portal.domain.cases.backlog import BACKLOG
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.figures.counting import SMALLEST_SHOWN
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.rate_limits import RateLimit
from portal.manual.markdown import code, first_line, markdown_page, markdown_table
from portal.operations.accounts import passwords, sessions
from portal.operations.cases import work_list
from portal.operations.forms import admission
from portal.public.forms import browser_session
from portal.web.guards import guard_of
from rulefiles.deadlines import Deadline, LegalLimit, TimeLimit, TimeLimits

_UNITS = {"working_days": "working days"}
_DELAYS = {
    "": "none",
    "suspended": "suspended for a proper reason",
    "excluded": "lost for reasons not his own",
}
_MARKS = {
    "V": "read in the law itself",
    "S": "second-hand source only",
    "K": "from experience, to be checked",
    "D": "set by the centre",
}


def make_route_page(public: Flask, staff: Flask) -> str:
    """List every address of both apps and who may use it."""
    columns = ("address", "methods", "guard", "what it does")
    return markdown_page(
        "Routes and guards",
        "A route without a declared guard keeps its app from starting "
        "(`portal/web/guards.py`). The staff app checks the permission before every view; in "
        "the public app *holder of number and code* is checked by the view's own wrapper.",
        "## Public app",
        markdown_table(columns, _routes(public, "")),
        "## Staff app",
        markdown_table(columns, _routes(staff, "/staff")),
    )


def _routes(app: Flask, prefix: str) -> Iterator[tuple[str, ...]]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        guard = guard_of(app, rule.endpoint)
        shown = f"{guard} `{guard.name}`" if isinstance(guard, Permission) else str(guard)
        methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        purpose = first_line(app.view_functions[rule.endpoint].__doc__)
        yield code(prefix + rule.rule), " ".join(methods), shown, purpose


def make_deadline_page(limits: TimeLimits) -> str:
    """List both parts of content/rules/deadlines.toml, with what the program does with each row."""
    columns = ("code", "for", "limit", "basis", "certainty")
    own = ((*_describe(row), _users(row)) for row in limits.own)
    legal = ((*_describe(row), *_behaviour(row)) for row in limits.legal)
    return markdown_page(
        "Time limits",
        "From `content/rules/deadlines.toml`. The first day does not count. Working days follow "
        "`content/rules/working_days.toml`; in a year that is not entered the centre's own limits "
        "count its weekends only, and the server says so when it starts.",
        "## The centre's own",
        markdown_table((*columns, "used by"), own),
        "An awaited row is for a step that does not exist yet: nothing may promise it.",
        "## Set by law",
        "`portal/domain/rules/limit_ends.py` counts them, for the limit tool, other calculators "
        "and consultations (`portal/domain/cases/claim_limits.py`). A day off moves the last day "
        "to the next working day, but only where the arrangement of that year is entered; else "
        "the law's plain count stands, and the day to act by is the last day before it that is "
        "surely worked.",
        markdown_table(
            (*columns, "from", "started anew by", "time not counted", "while employed", "day off"),
            legal,
        ),
    )


def _behaviour(row: LegalLimit) -> tuple[str, ...]:
    return (
        row.from_event,
        ", ".join(row.restarted_by) or "nothing",
        _DELAYS[row.delay],
        "runs" if row.while_employed else "does not run",
        "moved" if row.day_off == "next" else "not moved",
    )


def _describe(row: TimeLimit) -> tuple[str, ...]:
    limit = f"{row.limit} {_UNITS.get(row.unit, row.unit)}"
    if isinstance(row, LegalLimit) and row.extension:
        limit += f", may grow by {row.extension}"
    return code(row.code), row.step, limit, row.basis, _MARKS[row.mark]


def _users(row: Deadline) -> str:
    if row.awaited:
        return "awaited"
    limit = row.code
    clocks = [
        f"{flow.kind}: {code(state.code)}"
        for flow in WORKFLOWS.values()
        for state in flow.states.values()
        if state.limit == limit
    ]
    told = [
        f"{flow.kind}: named in {code(state.code)}"
        for flow in WORKFLOWS.values()
        for state in flow.states.values()
        if f"{{{limit}}}" in state.public_sentence
    ]
    return "\n".join(clocks + told)


def _longest_lists() -> Iterator[tuple[str, int]]:
    lists = {page.collection for one in JOURNEYS.values() for page in one.pages if page.collection}
    yield from sorted((one.name, one.most) for one in lists)


def make_limit_page() -> str:
    """List how often and how long: attempts, backlog, sessions, links, drafts, sizes."""
    attempts = (
        (code(limit.value), limit.most, _span(limit.window), limit.over, limit.words)
        for limit in RateLimit
    )
    fixed = (
        ("puzzle for the browser, life", _span(admission.PUZZLE_LIFE)),
        ("puzzle for the browser, tries at most", admission.MOST_TRIES),
        ("turn, begins after", _span(admission.QUEUE_TICKET_WAIT)),
        ("turn, ends after", _span(admission.QUEUE_TICKET_LIFE)),
        ("staff session, idle", _span(sessions.IDLE)),
        ("staff session, longest", _span(sessions.LONGEST_SESSION)),
        ("one-time link", _span(sessions.LINK_LIFE)),
        ("case opened with number and code, idle", _span(browser_session.TICKET_IDLE)),
        ("case opened with number and code, longest", _span(browser_session.TICKET_LIFE)),
        *((f"entries of `{name}`", most) for name, most in _longest_lists()),
        ("cases on a page of the queue", work_list.PAGE),
        ("staff password, characters", f"{passwords.SHORTEST} to {passwords.LONGEST}"),
        ("smallest count that is published", SMALLEST_SHOWN),
    )
    return markdown_page(
        "Limits",
        "## Attempts",
        "The count of each can be changed under `[limits]` in `config.toml`; the window cannot. "
        "Addresses are counted as keyed fingerprints which change every day; a mobile number "
        "as one that stays the same.",
        markdown_table(
            ("limit", "times", "within", "who comes after", "what he reads then"), attempts
        ),
        "## Backlog",
        f"While {BACKLOG.most} cases wait that nobody has begun to deal with, whoever hands in a "
        f"form is asked for proof of work or a turn, never refused, and reads: {BACKLOG.words} "
        f"The number is {code(BACKLOG.key)} under `[limits]`.",
        "## Fixed in the program",
        markdown_table(("what", "limit"), fixed),
    )


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    if minutes % (24 * 60) == 0:
        return f"{minutes // (24 * 60)} days"
    return f"{minutes // 60} h" if minutes % 60 == 0 else f"{minutes} min"


def make_command_page() -> str:
    """Print the help of every command, as `bangfu … --help` does."""
    parts = []
    for name, command in walk_commands(main, "bangfu"):
        context = click.Context(command, info_name=name, terminal_width=96, max_content_width=96)
        parts.append(f"## `{name}`\n\n```text\n{command.get_help(context)}\n```")
    return markdown_page("Commands", "Exit codes: [operating](../operate.md).", *parts)


def walk_commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Yield a command and all below it, with the words that call each."""
    yield name, command
    if isinstance(command, click.Group):
        for word, below in command.commands.items():
            yield from walk_commands(below, f"{name} {word}")
