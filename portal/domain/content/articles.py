"""Articles of the site on their way to the public: one table of states and acts.

Who wrote a text does not release it. An article may be live in one version while the next is
being written: `live` tells what readers see, `state` where the manuscript stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portal.domain.accounts.permissions import GRANTS, Permission
from portal.domain.content import events
from portal.domain.records.event import Event
from portal.domain.records.guards import LIVE, AnotherPerson, only_live
from portal.domain.records.workflow import (
    Awaiting,
    Snapshot,
    State,
    Statement,
    Step,
    Workflow,
    states_of,
    steps_of,
)

FOLDER_AUTHOR = "folder"
"""Who wrote what was changed in the folder itself, past the workbench."""


class ArticleState(StrEnum):
    """Where the manuscript stands."""

    DRAFT = "draft"
    RETURNED = "returned"
    SUBMITTED = "submitted"
    SCHEDULED = "scheduled"
    PUBLISHING = "printing"
    PUBLISHED = "published"
    REMOVING = "removing"
    WITHDRAWN = "withdrawn"


STATE_LABELS: Mapping[ArticleState, str] = {
    ArticleState.DRAFT: "草稿",
    ArticleState.RETURNED: "退回修改",
    ArticleState.SUBMITTED: "待审发",
    ArticleState.SCHEDULED: "等时间发布",
    ArticleState.PUBLISHING: "正在发布",
    ArticleState.PUBLISHED: "已发布",
    ArticleState.REMOVING: "正在撤下",
    ArticleState.WITHDRAWN: "已撤下",
}
PENDING = (ArticleState.PUBLISHING, ArticleState.REMOVING)
"""States in which only the server has something to do."""

_WRITING = "write"
"""What whoever has words in the manuscript has done."""

_OPEN: frozenset[str] = frozenset({ArticleState.DRAFT, ArticleState.RETURNED})
AT_REST: frozenset[str] = frozenset({ArticleState.PUBLISHED, ArticleState.WITHDRAWN})
"""States in which nobody has anything to do."""
_WAITING: frozenset[str] = frozenset({ArticleState.SUBMITTED, ArticleState.SCHEDULED})


class Change(StrEnum):
    """Why there is a version."""

    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    ON_DISK = "on disk"
    GONE = "gone"
    SET_ASIDE = "set aside"


CHANGE_EVENTS: Mapping[Change, type[Event]] = {
    Change.RELEASED: events.ArticlePublished,
    Change.WITHDRAWN: events.ArticleWithdrawn,
    Change.ON_DISK: events.FileChanged,
    Change.GONE: events.FileRemoved,
    Change.SET_ASIDE: events.DraftSetAside,
}
"""The event that leaves a version behind, by why it does."""

CHANGE_LABELS: Mapping[Change, str] = {
    Change.RELEASED: "发布",
    Change.WITHDRAWN: "撤下",
    Change.ON_DISK: "在文件夹里改的",
    Change.GONE: "从文件夹里删掉的",
    Change.SET_ASIDE: "换下来的草稿",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A page of a collection; `text` is its manuscript, a whole file with front matter.

    `edition` counts every event, for optimistic locking. `live` and `base` are numbers of
    versions, 0 for none: what readers see, and what the manuscript began from. `fingerprint` is
    that of the live file. `remark` is why the manuscript came back. `author` saved last,
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
    fingerprint: str = ""
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
    def snapshot(self) -> Snapshot:
        """What the workflow table needs to know of the article."""
        return Snapshot(
            state=self.state,
            taken=tuple((_WRITING, login) for login in self.writers),
            traits=frozenset({LIVE}) if self.live else frozenset(),
        )

    @property
    def key(self) -> str:
        """Its name in the store and in the log: collection and file name."""
        return f"{self.collection}/{self.slug}"


@dataclass(frozen=True, slots=True, kw_only=True)
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


_WRITERS, _RELEASERS = GRANTS[Permission.WRITE_CONTENT], GRANTS[Permission.RELEASE_CONTENT]
_NOT_BY_WRITERS = AnotherPerson(frozenset({_WRITING}), "这份稿子里有您写的，要换一个人来办")


def _asks(label: str) -> Statement:
    return Statement(label=label, hint="", public=False, max_length=500)


def _states() -> dict[str, State]:
    return states_of(
        *(
            State(
                str(state),
                label,
                label,
                "",
                Awaiting.NOBODY if state in AT_REST else Awaiting.CENTRE,
            )
            for state, label in STATE_LABELS.items()
        )
    )


ARTICLE_WORKFLOW = Workflow(
    stale="这一篇现在是“{state}”，不能办这一步",
    states=_states(),
    steps=steps_of(
        Step("save", "保存草稿", "", _OPEN | AT_REST, ArticleState.DRAFT,
             events.ManuscriptSaved, _WRITERS),
        Step("submit", "送审", "", _OPEN, ArticleState.SUBMITTED, events.ReleaseAsked, _WRITERS),
        Step("restore", "恢复成这一版", "", _OPEN | AT_REST, ArticleState.DRAFT,
             events.VersionRestored, _WRITERS),
        Step("keep", "看过了，还按我的稿子来", "", _OPEN, ArticleState.DRAFT,
             events.ManuscriptKept, _WRITERS),
        Step("release", "发布", "", _WAITING, ArticleState.PUBLISHING, events.ReleaseDecided,
             _RELEASERS, guards=(_NOT_BY_WRITERS,)),
        Step("schedule", "定时发布", "", frozenset({ArticleState.SUBMITTED}),
             ArticleState.SCHEDULED, events.ReleaseScheduled, _RELEASERS,
             guards=(_NOT_BY_WRITERS,)),
        Step("return", "退回修改", "", _WAITING, ArticleState.RETURNED,
             events.ManuscriptReturned, _RELEASERS, _asks("要改什么"),
             guards=(_NOT_BY_WRITERS,)),
        Step("take_back", "拿回来自己改", "", _WAITING, ArticleState.DRAFT,
             events.ManuscriptTakenBack, _WRITERS),
        Step("withdraw", "从网站撤下", "", _OPEN | _WAITING | AT_REST, ArticleState.REMOVING,
             events.WithdrawalDecided, GRANTS[Permission.OPEN_CONTENT], _asks("为什么撤下"),
             guards=(only_live,)),
    ),
)  # fmt: skip
"""Buttons and guards of the newsroom; what the server does by itself is no step."""
