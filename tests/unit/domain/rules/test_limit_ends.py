"""The engine of the limits of law: what makes them longer, and what never does."""

import re
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.rules.limit_ends import Act, find_limit_end
from portal.domain.rules.rulebook import Rulebook
from rulefiles.deadlines import ACTS, load_time_limits
from rulefiles.toml_files import RuleFileError
from tests.support.house import rulebook

ROOT = Path(__file__).parents[4]
TABLE = tomllib.loads((ROOT / "content" / "rules" / "deadlines.toml").read_text("utf-8"))
CODES = sorted(rulebook().legal)
DAYS = st.dates(date(2020, 1, 1), date(2034, 12, 31))
codes = st.sampled_from(CODES)
acts = st.builds(Act, st.sampled_from(sorted(ACTS)), DAYS)


def rules_without_notices() -> Rulebook:
    """The house rules when no shift of days is known."""
    rules = rulebook()
    return replace(rules, calendar=replace(rules.calendar, arranged_years=frozenset()))


@given(codes, DAYS)
def test_no_limit_is_later_than_the_plain_count_when_the_days_off_are_unknown(
    code: str, day: date
) -> None:
    end = find_limit_end(rules_without_notices(), code, day)
    assert end is not None
    assert end.act_by <= end.last <= end.counted


@given(codes, DAYS, st.lists(acts, max_size=3))
def test_only_what_the_row_names_starts_a_limit_anew(code: str, day: date, done: list[Act]) -> None:
    rules = rulebook()
    plain, end = find_limit_end(rules, code, day), find_limit_end(rules, code, day, acts=done)
    assert plain is not None
    assert end is not None
    assert end.last >= plain.last
    if not rules.legal_limit(code).restarted_by:
        assert end == plain
    if end.restarted:
        assert end.restarted.what in rules.legal_limit(code).restarted_by
        assert end.start == end.restarted.on > day


@given(codes, DAYS, st.integers(0, 40))
def test_a_later_event_never_ends_earlier(code: str, day: date, later: int) -> None:
    first = find_limit_end(rulebook(), code, day)
    second = find_limit_end(rulebook(), code, day + timedelta(days=later))
    assert first is not None
    assert second is not None
    assert first.last <= second.last
    assert first.act_by <= second.act_by


@given(codes, DAYS)
def test_every_end_says_what_it_assumed(code: str, day: date) -> None:
    end = find_limit_end(rulebook(), code, day)
    assert end is not None
    assert all(end.assumed)
    assert end.certain or "还不知道" in end.assumed[-1]


def test_limits_of_the_arbitration_commission_are_working_days() -> None:
    for start, last in (
        (date(2026, 9, 28), date(2026, 10, 10)),  # over National Day to a Saturday that is worked
        (date(2026, 2, 12), date(2026, 2, 26)),  # over the Spring Festival
        (date(2026, 4, 30), date(2026, 5, 11)),
    ):
        end = find_limit_end(rulebook(), "arbitration_acceptance", start)
        assert end is not None
        assert (end.last, end.certain) == (last, True)
    unknown = find_limit_end(rulebook(), "arbitration_acceptance", date(2026, 12, 30))
    assert unknown is not None
    assert not unknown.certain
    for code in ("arbitration_acceptance", "arbitration_service", "arbitration_defence"):
        assert rulebook().legal_limit(code).unit == "working_days"
    for code in ("arbitration_award", "lawsuit_after_award"):
        assert rulebook().legal_limit(code).unit == "days"


def test_wages_alone_have_no_limit_while_employed() -> None:
    free = {
        code
        for code in CODES
        if find_limit_end(rulebook(), code, date(2026, 1, 5), still_employed=True) is None
    }
    assert free == {"arbitration_wages"}  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('delay = "excluded"', 'delay = "perhaps"', "第 15 个"),
        ('code = "arbitration_wages"', 'code = "arbitration"', "第 2 个"),
        ('beside = ["injury_claim_employer"]', 'beside = ["nothing"]', "nothing"),
        ('restarted_by = ["demand",', 'restarted_by = ["prayer",', "第 1 个"),
    ],
)
def test_a_faulty_row_is_refused_with_its_place(old: str, new: str, says: str) -> None:
    text = (ROOT / "content" / "rules" / "deadlines.toml").read_text("utf-8")
    with pytest.raises(RuleFileError, match=says):
        load_time_limits(tomllib.loads(text.replace(old, new, 1)))


def _list_counted() -> set[str]:
    """Codes that a workflow counts or names to the applicant."""
    states = [state for flow in WORKFLOWS.values() for state in flow.states.values()]
    tasks = [task for flow in WORKFLOWS.values() for task in flow.tasks]
    told = {one for state in states for one in re.findall(r"{(\w+)}", state.public_sentence)}
    limits = {state.limit for state in states} | {task.limit for task in tasks}
    return told - {"call"} | {limit for limit in limits if limit}


def _is_named(pattern: str) -> bool:
    sources = (path.read_text("utf-8") for path in (ROOT / "portal").rglob("*.py"))
    return any(re.search(pattern, text) for text in sources)


@pytest.mark.parametrize("row", TABLE["deadline"], ids=lambda row: row["code"])
def test_every_own_row_is_read_by_the_program_or_awaited(row: dict[str, object]) -> None:
    code = row["code"]
    if row.get("awaited"):
        assert code not in _list_counted()
        assert not _is_named(rf'(deadline|due_on)\([^)]*"{code}"')
    else:
        assert code in _list_counted() or _is_named(rf'"{code}"')


def test_no_guide_promises_a_step_that_does_not_exist() -> None:
    awaited = {row["code"] for row in TABLE["deadline"] if row.get("awaited")}
    lawful = {row["code"] for row in TABLE["legal_deadline"]}
    for guide in (ROOT / "content" / "guides").glob("*.md"):
        promised = set(re.findall(r"^  - ([a-z_]+)$", guide.read_text("utf-8"), re.MULTILINE))
        assert not promised & (awaited - lawful), guide.name
