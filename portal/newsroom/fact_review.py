"""Confirming the facts of the site: a lawyer or approver says which text he held them against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.audit.actions import AuditAction
from portal.domain.content.articles import PENDING
from portal.domain.content.confirmations import COMPARED_TEXTS, Confirmation
from portal.domain.shared.errors import Changed, NotAccepted, NotAllowed, NotFound
from portal.newsroom.content_folder import Newsroom, require_article, require_key
from portal.newsroom.journal import record_article_event
from portal.store import articles
from portal.store.store import Store
from site_src.build import check_content
from site_src.facts import Fact, collect_facts


@dataclass(frozen=True, slots=True)
class FactsOfFile:
    """The facts of a file of a collection, and those of them that were confirmed."""

    key: str
    facts: tuple[Fact, ...]
    confirmed: Mapping[str, Confirmation]

    @property
    def waiting(self) -> int:
        """How many nobody has confirmed as they stand."""
        return sum(fact.identity not in self.confirmed for fact in self.facts)


def list_fact_files(room: Newsroom, actor: Actor) -> list[FactsOfFile]:
    """List the files that hold facts, in their order. SiteProblem if the content has faults."""
    _require_reviewer(actor)
    store = room.office.store
    return [
        FactsOfFile(key, tuple(facts), articles.confirmations_of(store, key))
        for key, facts in _facts_by_key(room).items()
    ]


def _facts_by_key(room: Newsroom) -> dict[str, list[Fact]]:
    root = room.builder.root
    files: dict[str, list[Fact]] = {}
    for fact in collect_facts(check_content(root), root / "content"):
        if fact.shown.endswith(".md"):
            files.setdefault(key_of(fact), []).append(fact)
    return files


def key_of(fact: Fact) -> str:
    """Return the key of the article that a fact stands in."""
    return fact.shown.removeprefix("content/").removesuffix(".md")


def find_fact_file(room: Newsroom, actor: Actor, collection: str, slug: str) -> FactsOfFile:
    """Find the facts of one file. NotFound if it holds none."""
    _require_reviewer(actor)
    key = require_key(collection, slug)
    facts = _facts_by_key(room).get(key)
    if facts is None:
        raise NotFound(key)
    return FactsOfFile(key, tuple(facts), articles.confirmations_of(room.office.store, key))


def confirm_fact(room: Newsroom, actor: Actor, key: str, identity: str, compared: str) -> None:
    """Keep that a sentence was held against a text, as an event of its article and in the log.

    NotAllowed to who wrote the page last; Changed if the sentence is no longer so.
    """
    found = find_fact_file(room, actor, *key.split("/", 1))
    fact = next((one for one in found.facts if one.identity == identity), None)
    if fact is None:
        raise Changed("这一条刚刚有人改过，请再看一遍")
    if compared not in COMPARED_TEXTS:
        raise NotAccepted("请选您对的是哪个文本")
    office = room.office
    with office.store.transaction():
        article = require_article(office, key)
        if actor.login in article.writers:
            raise NotAllowed("这一篇有您写的，要换一个人来核对")
        if article.state in PENDING:
            raise NotAccepted("这一篇正在发布，请过一分钟再点")
        confirmation = Confirmation(identity, compared, actor.login, office.now())
        event = articles.make_confirmation(confirmation, fact.sentence)
        note = f"{identity} {confirmation.text}"
        record_article_event(office, article, article, AuditAction.FACT_CONFIRMED, event, note=note)


def list_confirmations(store: Store, facts: Sequence[Fact]) -> dict[str, Confirmation]:
    """List the confirmations of these facts as they stand, by their identity."""
    found: dict[str, Confirmation] = {}
    for key in dict.fromkeys(key_of(fact) for fact in facts):
        found |= articles.confirmations_of(store, key)
    return found


def _require_reviewer(actor: Actor) -> None:
    if not is_granted(actor.roles, Permission.CONFIRM_FACTS):
        raise NotAllowed("您的岗位不能核对法律事实")
