"""Confirming the facts of the site: a lawyer or approver says which text he held them against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.audit.actions import AuditAction
from portal.domain.content.articles import FOLDER_AUTHOR, PENDING, Article, ArticleState
from portal.domain.content.confirmations import COMPARED_TEXTS, Confirmation
from portal.domain.records.event import Event
from portal.domain.shared.errors import Changed, NotAccepted, NotAllowed, NotFound
from portal.newsroom.content_folder import KnownFacts, Newsroom, require_article
from portal.newsroom.journal import record_article_event
from portal.operations.office import Office
from portal.store import articles, audit
from portal.store.store import Store
from site_src.build import check_content
from site_src.collections import COLLECTIONS
from site_src.facts import Fact, collect_facts
from site_src.manuscripts import title_of
from site_src.schemas import UNCHECKED
from site_src.stamp import describe_files

TABLES = "rules"
"""The folder of the tables that hold facts, beside those of the collections."""
_TABLE_NAMES = {
    f"{TABLES}/deadlines": "法律定的期限（deadlines.toml）",
    f"{TABLES}/local": "本地的数（local.toml）",
    f"{TABLES}/national": "全国的数（national.toml）",
}


@dataclass(frozen=True, slots=True)
class FactsOfFile:
    """The facts of an article or of a table, what staff call it, and which were confirmed."""

    key: str
    name: str
    facts: tuple[Fact, ...]
    confirmed: Mapping[str, Confirmation]

    @property
    def waiting(self) -> int:
        """How many nobody has confirmed as they stand."""
        return sum(fact.identity not in self.confirmed for fact in self.facts)

    @property
    def told_as_unchecked(self) -> frozenset[str]:
        """The facts that were confirmed, while the file lets its readers know that none did."""
        return frozenset(
            fact.identity
            for fact in self.facts
            if fact.identity in self.confirmed and fact.certainty in UNCHECKED
        )


def list_fact_files(room: Newsroom, actor: Actor) -> list[FactsOfFile]:
    """List the files that hold facts, in their order. SiteProblem if the content has faults."""
    _require_reviewer(actor)
    store = room.office.store
    return [
        _facts_of_file(store, known, key) for known in [_read_facts(room)] for key in known.facts
    ]


def _facts_of_file(store: Store, known: KnownFacts, key: str) -> FactsOfFile:
    confirmed = articles.confirmations_of(store, key)
    return FactsOfFile(key, known.names[key], tuple(known.facts[key]), confirmed)


def _name_file(root: Path, key: str) -> str:
    """Name a file as staff do: by its collection and its title."""
    if key in _TABLE_NAMES:
        return _TABLE_NAMES[key]
    title = title_of((root / "content" / f"{key}.md").read_text("utf-8"))
    return f"{COLLECTIONS[key.partition('/')[0]].label}《{title}》"


def _read_facts(room: Newsroom) -> KnownFacts:
    """Read all facts; again only when a file of content/ has changed."""
    root = room.builder.root
    stamp = tuple(describe_files(root / "content"))
    for known in room.facts:
        if known.stamp == stamp:
            return known
    files: dict[str, list[Fact]] = {}
    for fact in collect_facts(check_content(root), root / "content"):
        files.setdefault(key_of(fact), []).append(fact)
    found = KnownFacts(stamp, files, {key: _name_file(root, key) for key in files})
    room.facts.append(found)
    return found


def key_of(fact: Fact) -> str:
    """Return the key of the article, or of the table, that a fact stands in."""
    return fact.shown.removeprefix("content/").rpartition(".")[0]


def find_fact_file(room: Newsroom, actor: Actor, collection: str, slug: str) -> FactsOfFile:
    """Find the facts of one file. NotFound if it holds none."""
    _require_reviewer(actor)
    key = f"{collection}/{slug}"
    known = _read_facts(room)
    if key not in known.facts:
        raise NotFound(key)
    return _facts_of_file(room.office.store, known, key)


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
    confirmation = Confirmation(identity, compared, actor.login, office.now())
    event = articles.make_confirmation(confirmation, fact.sentence)
    note = f"{identity} {confirmation.text}"
    with office.store.transaction():
        if key.startswith(f"{TABLES}/") and articles.find_article(office.store, key) is None:
            _begin_table(office, key, event, note)
            return
        article = require_article(office, key)
        if actor.login in article.writers:
            raise NotAllowed("这一篇有您写的，要换一个人来核对")
        if article.state in PENDING:
            raise NotAccepted("这一篇正在发布，请过一分钟再点")
        record_article_event(office, article, article, AuditAction.FACT_CONFIRMED, event, note=note)


def _begin_table(office: Office, key: str, event: Event, note: str) -> None:
    """Begin the record on which the confirmations of a table hang; its words stay in the file."""
    folder, _, name = key.partition("/")
    table = Article(
        collection=folder,
        slug=name,
        title=f"{name}.toml",
        state=ArticleState.PUBLISHED,
        text="",
        author=FOLDER_AUTHOR,
        changed_at=event.at,
    )
    articles.add_article(office.store, table, event)
    audit.record(office.store, event.at, event.actor, AuditAction.FACT_CONFIRMED, key, note)


def list_confirmations(store: Store, facts: Sequence[Fact]) -> dict[str, Confirmation]:
    """List the confirmations of these facts as they stand, by their identity."""
    found: dict[str, Confirmation] = {}
    for key in dict.fromkeys(key_of(fact) for fact in facts):
        found |= articles.confirmations_of(store, key)
    return found


def _require_reviewer(actor: Actor) -> None:
    if not is_granted(actor.roles, Permission.CONFIRM_FACTS):
        raise NotAllowed("您的岗位不能核对法律事实")
