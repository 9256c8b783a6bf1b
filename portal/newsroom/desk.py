"""What lies on an editor's desk: his manuscripts, what waits, what comes to its end."""

from dataclasses import dataclass
from datetime import timedelta

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.content.articles import Article, ArticleState
from portal.domain.shared.errors import NotAllowed
from portal.operations.office import Office
from portal.store import articles
from site_src.frontmatter import parse_front_matter

_SOON = timedelta(days=14)
_ENDS = "到期"
"""The line of the front matter that says the last day of a notice."""
_NOTICES = "notices"


@dataclass(frozen=True, slots=True)
class EditorsDesk:
    """Manuscripts by what is to be done with them; `ending` are live pages, with their last day."""

    returned: tuple[Article, ...]
    mine: tuple[Article, ...]
    sent: tuple[Article, ...]
    to_release: tuple[Article, ...]
    ending: tuple[tuple[str, Article], ...]


def look_at_desk(office: Office, actor: Actor) -> EditorsDesk:
    """Return what somebody who writes or releases has to do. NotAllowed for others."""
    if not is_granted(actor.roles, Permission.OPEN_CONTENT):
        raise NotAllowed("您的岗位不能看网站文章")
    found = articles.articles_in(
        office.store,
        [
            ArticleState.DRAFT,
            ArticleState.RETURNED,
            ArticleState.SUBMITTED,
            ArticleState.SCHEDULED,
        ],
    )
    mine = [one for one in found if actor.logins & one.writers]
    others = [one for one in found if not actor.logins & one.writers]
    releases = is_granted(actor.roles, Permission.RELEASE_CONTENT)
    return EditorsDesk(
        tuple(one for one in mine if one.state is ArticleState.RETURNED),
        tuple(one for one in mine if one.state is ArticleState.DRAFT),
        tuple(one for one in mine if one.state in {ArticleState.SUBMITTED, ArticleState.SCHEDULED}),
        tuple(one for one in others if one.state is ArticleState.SUBMITTED) if releases else (),
        _list_ending(office),
    )


def _list_ending(office: Office) -> tuple[tuple[str, Article], ...]:
    today = office.today()
    span = today.isoformat(), (today + _SOON).isoformat()
    ends = (
        (_read_end(one), one) for one in articles.articles_of(office.store, _NOTICES) if one.live
    )
    return tuple(
        sorted(
            (pair for pair in ends if span[0] <= pair[0] <= span[1]),
            key=lambda pair: (pair[0], pair[1].key),
        )
    )


def _read_end(article: Article) -> str:
    values, _ = parse_front_matter(article.text)
    return str((values or {}).get(_ENDS) or "")
