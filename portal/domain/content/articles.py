"""Articles of the site on their way to the public: one table of states and acts.

Who wrote a text does not release it. An article may be live in one version while the next is
being written: `live` tells what readers see, `state` where the manuscript stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.shared.errors import NotAllowed

FOLDER_AUTHOR = "folder"
"""Who wrote what was changed in the folder itself, past the workbench."""


class ArticleState(StrEnum):
    """Where the manuscript stands."""

    DRAFT = "draft"
    RETURNED = "returned"
    SUBMITTED = "submitted"
    SCHEDULED = "scheduled"
    PRINTING = "printing"
    PUBLISHED = "published"
    REMOVING = "removing"
    WITHDRAWN = "withdrawn"


STATE_LABELS: Mapping[ArticleState, str] = {
    ArticleState.DRAFT: "草稿",
    ArticleState.RETURNED: "退回修改",
    ArticleState.SUBMITTED: "待审发",
    ArticleState.SCHEDULED: "等时间发布",
    ArticleState.PRINTING: "正在发布",
    ArticleState.PUBLISHED: "已发布",
    ArticleState.REMOVING: "正在撤下",
    ArticleState.WITHDRAWN: "已撤下",
}
PENDING = (ArticleState.PRINTING, ArticleState.REMOVING)
"""States in which only the press has something to do."""

_OPEN = frozenset({ArticleState.DRAFT, ArticleState.RETURNED})
_AT_REST = frozenset({ArticleState.PUBLISHED, ArticleState.WITHDRAWN})
_WAITING = frozenset({ArticleState.SUBMITTED, ArticleState.SCHEDULED})


class Change(StrEnum):
    """Why there is a version."""

    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    ON_DISK = "on disk"
    GONE = "gone"
    SET_ASIDE = "set aside"


CHANGE_LABELS: Mapping[Change, str] = {
    Change.RELEASED: "发布",
    Change.WITHDRAWN: "撤下",
    Change.ON_DISK: "在文件夹里改的",
    Change.GONE: "从文件夹里删掉的",
    Change.SET_ASIDE: "换下来的草稿",
}


@dataclass(frozen=True, slots=True)
class Article:
    """A page of a collection; `text` is its manuscript, a whole file with front matter.

    `edition` counts every change, for optimistic locking. `live` and `base` are numbers of
    versions, 0 for none: what readers see, and what the manuscript began from. `mark` is the
    fingerprint of the live file. `remark` is why the manuscript came back. `author` saved last,
    `authors` are all who saved since the last release.
    """

    collection: str
    slug: str
    title: str
    state: ArticleState
    text: str
    author: str
    changed_at: datetime
    edition: int = 1
    latest: int = 0
    live: int = 0
    base: int = 0
    mark: str = ""
    submitter: str = ""
    releaser: str = ""
    remark: str = ""
    due_at: datetime | None = None
    authors: tuple[str, ...] = ()

    @property
    def writers(self) -> frozenset[str]:
        """Those whose words nobody else has released yet; none of them may release."""
        return frozenset({self.author, *self.authors})

    @property
    def key(self) -> str:
        """Its name in the store and in the log: collection and file name."""
        return f"{self.collection}/{self.slug}"


@dataclass(frozen=True, slots=True)
class Version:
    """A text that was live, or that somebody wrote and set aside; kept for good.

    `authors`: all whose words nobody had released, where a draft was set aside.
    """

    article: str
    number: int
    text: str
    author: str
    releaser: str
    at: datetime
    change: Change
    reason: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """Something a member of staff may do with an article.

    `words` asks for a reason. `second_person`: never by anybody whose words are in the manuscript.
    `live_only`: there must be a page to take down.
    """

    code: str
    label: str
    sources: frozenset[ArticleState]
    target: ArticleState
    permission: Permission
    words: str = ""
    second_person: bool = False
    live_only: bool = False


def _acts(*acts: Act) -> dict[str, Act]:
    return {act.code: act for act in acts}


ACTS: Mapping[str, Act] = _acts(
    Act("save", "保存草稿", _OPEN | _AT_REST, ArticleState.DRAFT, Permission.WRITE_CONTENT),
    Act("submit", "送审", _OPEN, ArticleState.SUBMITTED, Permission.WRITE_CONTENT),
    Act("restore", "恢复成这一版", _OPEN | _AT_REST, ArticleState.DRAFT, Permission.WRITE_CONTENT),
    Act("keep", "看过了，还按我的稿子来", _OPEN, ArticleState.DRAFT, Permission.WRITE_CONTENT),
    Act("release", "发布", _WAITING, ArticleState.PRINTING, Permission.RELEASE_CONTENT,
        second_person=True),
    Act("schedule", "定时发布", frozenset({ArticleState.SUBMITTED}), ArticleState.SCHEDULED,
        Permission.RELEASE_CONTENT, second_person=True),
    Act("return", "退回修改", _WAITING, ArticleState.RETURNED, Permission.RELEASE_CONTENT,
        words="要改什么", second_person=True),
    Act("take_back", "拿回来自己改", _WAITING, ArticleState.DRAFT, Permission.WRITE_CONTENT),
    Act("withdraw", "从网站撤下", _OPEN | _WAITING | _AT_REST, ArticleState.REMOVING,
        Permission.OPEN_CONTENT, words="为什么撤下", live_only=True),
)  # fmt: skip


def why_not_act(article: Article, act: Act, actor: Actor) -> str | None:
    """Say in Chinese why the actor may not do this now; None if he may."""
    if not is_granted(actor.roles, act.permission):
        return "您的岗位不能办这一步"
    if article.state not in act.sources or (act.live_only and not article.live):
        return f"这一篇现在是“{STATE_LABELS[article.state]}”，不能办这一步"
    if act.second_person and actor.login in article.writers:
        return "这份稿子里有您写的，要换一个人来办"
    return None


def require_act(article: Article, code: str, actor: Actor) -> Act:
    """Return the act, if the actor may do it now. Raise NotAllowed with the reason otherwise."""
    act = ACTS.get(code)
    reason = "没有这一步" if act is None else why_not_act(article, act, actor)
    if act is None or reason:
        raise NotAllowed(reason or "")
    return act


def acts_open_to(article: Article, actor: Actor) -> tuple[Act, ...]:
    """Return what the actor may do now, in the order of the table: his buttons."""
    return tuple(act for act in ACTS.values() if why_not_act(article, act, actor) is None)
