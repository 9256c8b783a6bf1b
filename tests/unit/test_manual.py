"""The manual: generated pages name all that there is, hand-written links lead somewhere."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

import pytest
from flask import Flask

from portal.cli import main
from portal.cli.common import exit_codes
from portal.domain.accounts.permissions import EXCLUSIVE, GRANTS, Permission, Role
from portal.domain.cases import events as case_events
from portal.domain.cases.backlog import BACKLOG
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.content import events as article_events
from portal.domain.counter import contacts
from portal.domain.figures.indicators import INDICATORS
from portal.domain.forms.fields import FIELDS
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.records.tally import TALLY_FIELDS
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.rate_limits import RateLimit
from portal.manual.markdown import markdown_table
from portal.manual.pages import make_apps, make_pages
from portal.manual.reference_pages import walk_commands
from portal.settings.config import Config, read_rules
from portal.web.guards import guard_of

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "portal" / "docs"
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCED, CODE = re.compile(r"^ *```.*?^ *```$", re.DOTALL | re.MULTILINE), re.compile(r"`([^`\n]+)`")
OURS = re.compile(r"(?:portal|site_src|tests|\.ci)/")
LONGEST_PAGE = 150


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return make_pages(ROOT)


@pytest.fixture(scope="module")
def apps() -> tuple[Flask, Flask]:
    return make_apps(ROOT)


def hand_written() -> dict[str, str]:
    pages = sorted(DOCS.rglob("*.md"))
    return {page.relative_to(DOCS).as_posix(): page.read_text("utf-8") for page in pages}


def row_of(text: str, first_cell: str) -> str:
    """The one table row that begins so."""
    rows = [line for line in text.splitlines() if line.startswith(f"| {first_cell} |")]
    assert len(rows) == 1, f"{first_cell}: {len(rows)} rows"
    return rows[0]


def row_of_dictionary(made: dict[str, str], name: str) -> str:
    return row_of(made["tables/fields.md"].partition("## Choices")[0], f"`{name}`")


def part_of(text: str, kind: CaseKind) -> str:
    """The part of a page that is about one kind of case."""
    parts = [part for part in text.split("\n## ") if f"`{kind}`" in part.partition("\n")[0]]
    return "\n".join(parts)


def test_every_field_stands_in_the_data_dictionary_with_all_that_is_declared(
    made: dict[str, str],
) -> None:
    for field in FIELDS.values():
        row = row_of_dictionary(made, field.name)
        assert field.label in row
        assert field.purpose in row
        assert ("**sealed**" in row) == (field.sealed and not field.tally)
        assert (f"counts as `{field.tally}`" in row) == bool(field.tally)
        assert field.sensitivity.name.lower() in row
        assert field.retention.name.lower().replace("_", " ") in row
        assert {role for role in Role if f"`{role}`" in row} == field.seen_by
        assert field.tally in {"", *TALLY_FIELDS}
        for choice in field.choices:
            assert f"| `{field.name}` | `{choice.code}` |" in made["tables/fields.md"]


def test_every_published_figure_stands_in_the_manual_with_its_definition(
    made: dict[str, str],
) -> None:
    text = made["tables/indicators.md"]
    for one in INDICATORS.values():
        row = next(line for line in text.splitlines() if line.startswith(f"| `{one.code}` |"))
        assert one.name in row
        assert one.definition in row


def test_every_field_is_asked_somewhere(made: dict[str, str]) -> None:
    for field in FIELDS.values():
        assert re.search(r"`/[a-z-]+/|step `", row_of_dictionary(made, field.name)), field.name


def test_every_page_of_every_form_is_listed(made: dict[str, str]) -> None:
    for journey in JOURNEYS.values():
        for page in journey.pages:
            row = row_of(made["tables/questions.md"], f"`/{journey.address}/{page.path}`")
            assert all(f"`{ask.field}`" in row for ask in (*page.asks, *page.more))


@pytest.mark.parametrize("kind", CaseKind)
def test_every_state_and_step_is_in_the_table_and_in_the_picture(
    made: dict[str, str], kind: CaseKind
) -> None:
    flow, part = WORKFLOWS[kind], part_of(made["tables/states.md"], kind)
    drawn = {node.text for node in ElementTree.fromstring(made[f"tables/{kind}.svg"]).iter()}  # noqa: S314
    for state in flow.states.values():
        assert state.staff_label in row_of(part, f"`{state.code}`")
        assert state.code in drawn
    for step in flow.steps.values():
        row = row_of(part, f"`{step.code}`")
        assert step.label in row
        assert step.event.__name__ in row
        assert all(f"`{source}`" in row for source in step.sources)
        assert (step.code in drawn) is not bool(step.twin_of)
    for task in flow.tasks:
        assert f"`{task.code}`" in row_of(part, task.label)


def test_a_picture_has_an_arrow_for_each_state_that_a_step_starts_from(
    made: dict[str, str],
) -> None:
    # give_supplement leads back to one of two states: two arrows from one source
    steps = WORKFLOWS[CaseKind.HARDSHIP].steps.values()
    starts = sum(len(step.sources) for step in steps if not step.twin_of) + 1
    assert made["tables/hardship.svg"].count("<polygon") == starts


def test_every_role_permission_and_step_is_in_the_matrix_as_it_is_enforced(
    made: dict[str, str],
) -> None:
    text = made["tables/permissions.md"]
    for permission in Permission:
        row = row_of(text, f"{permission}<br>`{permission.name}`")
        assert marked(row) == GRANTS[permission]
    for kind, flow in WORKFLOWS.items():
        part = part_of(text, kind)
        assert marked(row_of(part, f"**open the file** of `{kind}`")) == flow.readers
        for step in flow.steps.values():
            if step.by:
                assert marked(row_of(part, f"{step.label}<br>`{step.code}`")) == step.by
    assert text.count("\n| ", text.index("exclude each other")) == len(EXCLUSIVE) + 2


def marked(row: str) -> frozenset[Role]:
    marks = row.strip("| ").split(" | ")[1:]
    return frozenset(role for role, mark in zip(Role, marks, strict=True) if mark == "●")


def test_every_route_of_both_apps_is_listed_with_its_guard(
    made: dict[str, str], apps: tuple[Flask, Flask]
) -> None:
    for app, prefix in zip(apps, ("", "/staff"), strict=True):
        for rule in app.url_map.iter_rules():
            row = row_of(made["tables/routes.md"], f"`{prefix}{rule.rule}`")
            assert str(guard_of(app, rule.endpoint)) in row


def test_every_event_limit_deadline_and_command_is_listed(made: dict[str, str]) -> None:
    for name in (
        *case_events.REGISTRY,
        *article_events.REGISTRY,
        *contacts.REGISTRY,
        *TALLY_FIELDS,
    ):
        row_of(made["tables/events.md"], f"`{name}`")
    for limit in RateLimit:
        row_of(made["tables/limits.md"], f"`{limit}`")
    assert f"`{BACKLOG.key}`" in made["tables/limits.md"]
    own = made["tables/deadlines.md"].partition("## Set by law")[0]
    for code, deadline in read_rules(ROOT / "content").deadlines.items():
        assert f"| {deadline.limit} " in row_of(own, f"`{code}`")
    for words, _ in walk_commands(main.main, "bangfu"):
        assert f"## `{words}`" in made["tables/commands.md"]


def test_what_a_cell_holds_cannot_break_the_table() -> None:
    assert markdown_table(("a", "b"), [("x|y", "two\nlines")]).splitlines()[-1] == (
        "| x\\|y | two<br>lines |"
    )


def test_operating_names_every_key_of_the_configuration_with_its_default() -> None:
    text = "".join(hand_written()[f"{page}.md"] for page in ("operate", "notices", "copies"))
    for part in ("server", "store", "notices", "backup"):
        for key, default in getattr(Config(), part).model_dump().items():
            shown = str(default).lower() if isinstance(default, bool) else default
            shown = '""' if default == "" else shown
            assert row_of(text, f"`{part}.{key}`").split(" | ")[1] == f"`{shown}`"
    assert set(Config.model_fields) == {"server", "store", "notices", "backup", "limits"}


def test_operating_names_every_exit_code() -> None:
    for _, code in exit_codes():
        row_of(hand_written()["operate.md"], str(code))


def links(pages: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, text in pages.items():
        for target in LINK.findall(text):
            if not re.match(r"https?:|#", target):
                yield name, target.partition("#")[0]


def test_links_of_the_manual_lead_to_pages_that_exist(made: dict[str, str]) -> None:
    written = hand_written()
    files = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*") if path.is_file()}
    known, found = files | set(made), list(links(written | made))
    dead = [(name, target) for name, target in found if resolve(name, target) not in known]
    assert not dead
    assert len(found) > 20


def resolve(name: str, target: str) -> str:
    parts: list[str] = []
    for part in (PurePosixPath(name).parent / target).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


@pytest.mark.parametrize("name", sorted(hand_written()))
def test_a_hand_written_page_stays_short(name: str) -> None:
    assert len(hand_written()[name].splitlines()) < LONGEST_PAGE


def at_the_root() -> dict[str, str]:
    """What stands beside the program for its readers."""
    return {page.name: page.read_text("utf-8") for page in sorted(ROOT.glob("*.md"))}


def test_pages_at_the_root_point_only_to_what_is_there() -> None:
    found = list(links(at_the_root()))
    assert [(name, target) for name, target in found if not (ROOT / target).exists()] == []
    assert {"README.md", "README.zh-CN.md", "CONTRIBUTING.md"} <= {name for name, _ in found}


def named_paths(text: str) -> Iterator[str]:
    """The files and folders of the program that a text names; `*` stands for any name."""
    for span in CODE.findall(FENCED.sub("", text)):
        yield from (word for word in span.split() if OURS.match(word) and "<" not in word)


def test_every_file_that_the_pages_name_is_there() -> None:
    pages = hand_written() | at_the_root()
    found = [(name, path) for name, text in pages.items() for path in named_paths(text)]
    assert [(name, path) for name, path in found if not any(ROOT.glob(path.rstrip("/")))] == []
    assert len(found) > 100


def test_the_changelog_begins_with_the_version_of_the_program() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    released = re.findall(r"^## \[(\d[\d.]*)\]", at_the_root()["CHANGELOG.md"], re.MULTILINE)
    assert released[0] == settings["project"]["version"]


def test_commits_that_blame_looks_through_are_written_in_full() -> None:
    lines = (ROOT / ".git-blame-ignore-revs").read_text("utf-8").splitlines()
    commits = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch("[0-9a-f]{40}", commit) for commit in commits)
    assert len(commits) == len(set(commits)) > 0
