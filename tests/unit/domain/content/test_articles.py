"""The table of an article's states: who may do what, and that nothing leads nowhere."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Role
from portal.domain.content.articles import (
    ARTICLE_WORKFLOW,
    PENDING,
    STATE_LABELS,
    Article,
    ArticleState,
)
from portal.domain.content.diff import Fate, compare_texts
from portal.domain.records.engine import require_step, steps_open_to, why_not
from portal.domain.shared.errors import NotAllowed

ARTICLE = Article(
    collection="notices",
    slug="snow",
    title="雪",
    state=ArticleState.DRAFT,
    text="",
    author="writer",
    changed_at=datetime(2026, 11, 24, tzinfo=UTC),
    live=1,
)
WRITER = Actor("writer", frozenset({Role.EDITOR}))
RELEASER = Actor("releaser", frozenset({Role.APPROVER}))


def codes(state: ArticleState, actor: Actor) -> list[str]:
    article = replace(ARTICLE, state=state)
    return [step.code for step in steps_open_to(ARTICLE_WORKFLOW, article.snapshot, actor)]


def refusal(article: Article, code: str, actor: Actor) -> str | None:
    step = ARTICLE_WORKFLOW.steps[code]
    return why_not(ARTICLE_WORKFLOW, article.snapshot, step, actor)


def require(article: Article, code: str, actor: Actor) -> None:
    require_step(ARTICLE_WORKFLOW, article.snapshot, code, actor)


def test_the_buttons_of_each_state() -> None:
    open_to_writer = ["save", "submit", "restore", "keep", "withdraw"]
    assert (
        codes(ArticleState.DRAFT, WRITER) == codes(ArticleState.RETURNED, WRITER) == open_to_writer
    )
    assert codes(ArticleState.SUBMITTED, WRITER) == ["take_back", "withdraw"]
    assert codes(ArticleState.SUBMITTED, RELEASER) == ["release", "schedule", "return", "withdraw"]
    assert codes(ArticleState.SCHEDULED, RELEASER) == ["release", "return", "withdraw"]
    assert codes(ArticleState.PUBLISHED, WRITER) == ["save", "restore", "withdraw"]
    assert codes(ArticleState.PUBLISHED, RELEASER) == ["withdraw"]
    for state in PENDING:
        assert codes(state, WRITER) == codes(state, RELEASER) == []


@pytest.mark.parametrize("role", sorted(Role))
def test_only_editors_write_and_only_editors_and_approvers_release(role: Role) -> None:
    other = Actor("other", frozenset({role}))
    writing = {"save", "submit", "restore", "keep", "take_back"}
    for step in ARTICLE_WORKFLOW.steps.values():
        article = replace(ARTICLE, state=ArticleState(min(step.sources)))
        may = refusal(article, step.code, other) is None
        releasers = {Role.EDITOR, Role.APPROVER}
        wanted = {Role.EDITOR} if step.code in writing else releasers
        assert may == (role in wanted)


def test_who_wrote_it_neither_releases_nor_schedules_it_whatever_his_duties() -> None:
    both = Actor("writer", frozenset({Role.EDITOR, Role.APPROVER}))
    for code in ("release", "schedule"):
        with pytest.raises(NotAllowed, match="换一个人"):
            require(replace(ARTICLE, state=ArticleState.SUBMITTED), code, both)


def test_who_wrote_a_part_releases_as_little_as_who_saved_last() -> None:
    article = replace(ARTICLE, state=ArticleState.SUBMITTED, authors=("first", "writer"))
    first = Actor("first", frozenset({Role.EDITOR, Role.APPROVER}))
    assert refusal(article, "release", first) == "这份稿子里有您写的，要换一个人来办"
    assert refusal(article, "release", RELEASER) is None


def test_what_is_not_on_the_site_cannot_be_withdrawn_and_unknown_acts_are_refused() -> None:
    with pytest.raises(NotAllowed):
        require(replace(ARTICLE, live=0), "withdraw", WRITER)
    with pytest.raises(NotAllowed, match="没有这一步"):
        require(ARTICLE, "burn", WRITER)


def test_every_state_is_named_and_reached_and_left() -> None:
    assert set(STATE_LABELS) == set(ArticleState)
    by_press = {ArticleState.PUBLISHED, ArticleState.WITHDRAWN}  # after printing and removing
    assert {step.target for step in ARTICLE_WORKFLOW.steps.values()} | by_press == set(ArticleState)
    left = set().union(*(step.sources for step in ARTICLE_WORKFLOW.steps.values())) | set(PENDING)
    assert left == set(ArticleState)


@given(st.lists(st.sampled_from("甲乙丙丁"), max_size=12), st.lists(st.sampled_from("甲乙丙丁")))
def test_a_comparison_accounts_for_every_changed_line(old: list[str], new: list[str]) -> None:
    lines = compare_texts("\n".join(old), "\n".join(new))
    skipped = sum(int(line.text) for line in lines if line.fate is Fate.SKIPPED)
    same = sum(line.fate is Fate.SAME for line in lines)
    gone = [line.text for line in lines if line.fate is Fate.GONE]
    come = [line.text for line in lines if line.fate is Fate.NEW]
    if lines:
        assert skipped + same + len(gone) == len(old)
        assert skipped + same + len(come) == len(new)
    assert (not lines) == (old == new)
