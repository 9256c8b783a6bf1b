"""Reads content/ and build/public-data/ whole, or reports everything that is wrong with them."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from site_src.centre import Centre, CentreProblem, load_centre
from site_src.checks import (
    FoundLinks,
    check_links,
    check_personal,
    check_text,
    check_written,
    find_links,
    render_markdown,
)
from site_src.errors import SiteProblem
from site_src.frontmatter import Document, problem_line, read_document
from site_src.messages import list_problems
from site_src.network import Network, read_network
from site_src.portal_addresses import PORTAL
from site_src.public_data import PublicData, read_public_data
from site_src.redirects import read_redirects
from site_src.rules import DeadlineRules, check_limits, read_deadlines
from site_src.schemas import (
    SLUG,
    Guide,
    Notice,
    Page,
    Policy,
    Record,
    RightsCard,
    Story,
)
from site_src.stamp import FileStamp, stamp_file
from site_src.tags import list_tags

Model = TypeVar("Model", bound=Record)

POLICY_LISTS = ("by-topic", "by-issuer", "by-year", "by-status")
INDEX_ADDRESSES = (
    *("/", "/policies/", "/rights-cards/", "/stories/", "/figures/", "/guides/", "/notices/"),
    *("/deadlines/", "/work-injury-money/", "/public-lists/", "/network/", "/verify/"),
    *(f"/policies/{name}/" for name in POLICY_LISTS),
)
REQUIRED_PAGES = ("about", "privacy", "accessibility")
PERSONAL_FOLDERS = ("stories", "notices")
# A page must not stand where a collection or the portal answers.
RESERVED_PAGES = frozenset(
    {"policies", "rights-cards", "stories", "figures", "images", "assets", "index", "404"}
    | {"guides", "notices", "deadlines", "work-injury-money", "public-lists", "network"}
    | {*PORTAL, "staff", "verify"}
)


@dataclass(frozen=True)
class Item(Generic[Model]):
    """One checked content file and the address of its page, with slashes at both ends."""

    slug: str
    address: str
    record: Model
    document: Document

    @property
    def body(self) -> str:
        """The Markdown text below the front matter."""
        return self.document.body.strip()


@dataclass
class Reading:
    """What one file gave when it was read; it holds for as long as the file's stamp stays.

    `links` are those of the body, collected when somebody first asks for them.
    """

    stamp: FileStamp
    item: Item[Any] | None
    problems: tuple[str, ...]
    links: FoundLinks | None = None


Readings = dict[str, Reading]
"""The readings of one process by the file's name; who keeps it reads only what was changed."""


@dataclass(frozen=True)
class Content:
    """Everything the site is made from, checked."""

    centre: Centre
    policies: tuple[Item[Policy], ...]
    cards: tuple[Item[RightsCard], ...]
    stories: tuple[Item[Story], ...]
    guides: tuple[Item[Guide], ...]
    notices: tuple[Item[Notice], ...]
    pages: tuple[Item[Page], ...]
    deadlines: DeadlineRules
    network: Network | None
    redirects: Mapping[str, str]
    public: PublicData
    images: tuple[Path, ...]

    @cached_property
    def articles(self) -> tuple[Item[Any], ...]:
        """The files of all collections, each with a page of its own."""
        return (*self.policies, *self.cards, *self.stories, *self.guides, *self.notices)

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Where bodies may link to."""
        return list_addresses((*self.articles, *self.pages))

    @cached_property
    def stories_of(self) -> Mapping[tuple[str, str], list[Item[Story]]]:
        """The stories that name a card or a policy, by ("card" or "policy", its slug)."""
        found: dict[tuple[str, str], list[Item[Story]]] = defaultdict(list)
        for story in self.stories:
            for slug in dict.fromkeys(story.record.cards):
                found["card", slug].append(story)
            for slug in dict.fromkeys(story.record.policies):
                found["policy", slug].append(story)
        return found

    @cached_property
    def policies_of(self) -> Mapping[str, list[Item[Policy]]]:
        """The policies that name a card, by its slug."""
        found: dict[str, list[Item[Policy]]] = defaultdict(list)
        for policy in self.policies:
            for slug in dict.fromkeys(policy.record.cards):
                found[slug].append(policy)
        return found

    @cached_property
    def _places(self) -> Mapping[tuple[str, str], int]:
        """Where each card and policy stands in its collection."""
        cards = {("card", item.slug): place for place, item in enumerate(self.cards)}
        return cards | {("policy", item.slug): place for place, item in enumerate(self.policies)}

    def pick_cards(self, slugs: Iterable[str]) -> list[Item[RightsCard]]:
        """These cards, in the order of all cards."""
        places = {self._places["card", slug] for slug in slugs}
        return [self.cards[place] for place in sorted(places)]

    def pick_policies(self, slugs: Iterable[str]) -> list[Item[Policy]]:
        """These policies, in the order of all policies."""
        places = {self._places["policy", slug] for slug in slugs}
        return [self.policies[place] for place in sorted(places)]


def load_content(root: Path, readings: Readings | None = None, *, links: bool = True) -> Content:
    """Read and check everything under root; raises SiteProblem with all problems of all files.

    `readings` of earlier times spare what has not changed since. Without `links` those of the
    bodies are left to the caller, who is about to render the pages anyway.
    """
    problems: list[str] = []
    known = {} if readings is None else readings
    centre = read_centre(root / "content" / "centre.toml", problems)
    policies = read_collection(root, "policies", Policy, problems, known)
    cards = read_collection(root, "rights-cards", RightsCard, problems, known)
    stories = read_collection(root, "stories", Story, problems, known)
    guides = read_collection(root, "guides", Guide, problems, known)
    notices = read_collection(root, "notices", Notice, problems, known)
    pages = read_collection(root, "pages", Page, problems, known)
    deadlines = read_deadlines(root / "content" / "rules" / "deadlines.toml", problems)
    network = read_network(root / "content" / "network.toml", centre, problems)
    public = read_public_data(root / "build" / "public-data", problems)
    images = list_images(root / "content" / "images", problems)
    every_item: tuple[Item[Any], ...] = (*policies, *cards, *stories, *guides, *notices, *pages)
    addresses = list_addresses(every_item)
    redirects = read_redirects(root / "content" / "redirects.toml", addresses, problems)
    problems += check_references(policies, cards, stories)
    problems += check_limits(((item.document, item.record.limits) for item in guides), deadlines)
    problems += check_pages(pages) + check_policy_names(policies) + check_card_numbers(cards)
    if links or problems:
        own = (known[item.document.shown] for item in every_item)
        problems += check_bodies(own, addresses, images)
    if problems or centre is None:
        raise SiteProblem(problems)
    cards = tuple(sorted(cards, key=lambda card: card.record.number))
    notices = tuple(sorted(notices, key=lambda item: item.record.issued_on, reverse=True))
    articles = (policies, cards, stories, guides, notices)
    return Content(centre, *articles, pages, deadlines, network, redirects, public, images)


def list_addresses(items: Iterable[Item[Any]]) -> frozenset[str]:
    """The pages with a file of their own, and those that always are there."""
    return frozenset(INDEX_ADDRESSES) | {item.address for item in items}


def check_bodies(
    readings: Iterable[Reading], addresses: frozenset[str], images: Iterable[Path]
) -> list[str]:
    """Problems of the links and pictures in all bodies; links may lead to `addresses` only."""
    names = frozenset(image.name for image in images)
    problems = []
    for reading in readings:
        if reading.item and not reading.problems:
            if reading.links is None:
                reading.links = find_links(list_tags(render_markdown(reading.item.document.body)))
            problems += check_links(reading.item.document, reading.links, addresses, names)
    return problems


def read_centre(path: Path, problems: list[str]) -> Centre | None:
    """The centre's facts, or None with the problems noted."""
    try:
        return load_centre(path)
    except CentreProblem as error:
        problems += error.problems
        return None


def read_collection(
    root: Path, folder: str, schema: type[Model], problems: list[str], readings: Readings
) -> tuple[Item[Model], ...]:
    """All files of one collection in the order of their names; unreadable ones are noted."""
    items = []
    for entry in list_files(root / "content" / folder):
        shown = f"content/{folder}/{entry.name}"
        stamp = stamp_file(entry)
        if shown not in readings or readings[shown].stamp != stamp:
            readings[shown] = Reading(stamp, *read_item(Path(entry.path), shown, folder, schema))
        problems += readings[shown].problems
        if item := readings[shown].item:
            items.append(item)
    return tuple(items)


def list_files(folder: Path) -> list[os.DirEntry[str]]:
    """The entries of a folder by name, without hidden ones; none if there is no such folder."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        return sorted(
            (entry for entry in entries if not entry.name.startswith(".")),
            key=lambda entry: entry.name,
        )


def read_item(
    path: Path, shown: str, folder: str, schema: type[Model]
) -> tuple[Item[Model] | None, tuple[str, ...]]:
    """One file and what is wrong with it by itself; no item if it cannot be read."""
    if path.suffix != ".md" or not SLUG.fullmatch(path.stem) or not path.is_file():
        remedy = "文件名只能用小写英文字母、数字和连字符，以 .md 结尾，请改名或移走"
        return None, (problem_line(shown, 1, remedy),)
    document, found = read_document(path, shown)
    if document is None or found:
        return None, tuple(found)
    try:
        record = schema.model_validate(document.meta)
    except ValidationError as error:
        return None, (*list_problems(error, document), *check_written(document))
    address = f"/{path.stem}/" if folder == "pages" else f"/{folder}/{path.stem}/"
    problems = check_text(document)
    if folder in PERSONAL_FOLDERS:
        problems += check_personal(document)
    return Item(path.stem, address, record, document), tuple(problems)


def list_images(folder: Path, problems: list[str]) -> tuple[Path, ...]:
    """Pictures that bodies may show; anything else in the folder is noted."""
    images = []
    for path in sorted(folder.glob("*")):
        good = path.suffix in {".jpg", ".jpeg", ".png", ".webp"} and SLUG.fullmatch(path.stem)
        if path.is_symlink() or not path.is_file() or not good:
            remedy = "只能放 jpg、png、webp 图片，文件名用小写英文字母、数字和连字符"
            problems.append(problem_line(f"content/images/{path.name}", 1, remedy))
        else:
            images.append(path)
    return tuple(images)


def check_references(
    policies: Iterable[Item[Policy]],
    cards: Iterable[Item[RightsCard]],
    stories: Iterable[Item[Story]],
) -> list[str]:
    """References to cards and policies that do not exist."""
    policy_slugs = {item.slug for item in policies}
    card_slugs = {item.slug for item in cards}
    problems = []
    for policy in policies:
        problems += find_missing(policy.document, "维权卡", policy.record.cards, card_slugs)
    for story in stories:
        record, document = story.record, story.document
        problems += find_missing(document, "涉及政策", record.policies, policy_slugs)
        problems += find_missing(document, "涉及维权卡", record.cards, card_slugs)
    return problems


def find_missing(document: Document, key: str, wanted: Iterable[str], known: set[str]) -> list[str]:
    """One line for each reference that leads nowhere."""
    folder = "policies" if key == "涉及政策" else "rights-cards"
    return [
        problem_line(
            document.shown,
            document.line_of((key, number)),
            f"「{key}」里的「{slug}」找不到，content/{folder} 里没有 {slug}.md",
        )
        for number, slug in enumerate(wanted)
        if slug not in known
    ]


def check_pages(pages: Iterable[Item[Page]]) -> list[str]:
    """Pages that every page links to must exist; none may hide another address."""
    slugs = {page.slug for page in pages}
    missing = [
        f"content/pages/{slug}.md：没有这个文件，页脚要连到它，请建一个"
        for slug in REQUIRED_PAGES
        if slug not in slugs
    ]
    return missing + [
        problem_line(page.document.shown, 1, f"「{page.slug}」这个名字网站自己要用，请换一个文件名")
        for page in pages
        if page.slug in RESERVED_PAGES
    ]


def check_policy_names(policies: Iterable[Item[Policy]]) -> list[str]:
    """A policy must not stand where a list of policies does."""
    remedy = "以 by- 开头的名字留给政策的几种目录，请换一个文件名"
    return [
        problem_line(policy.document.shown, 1, remedy)
        for policy in policies
        if policy.slug.startswith("by-")
    ]


def check_card_numbers(cards: Iterable[Item[RightsCard]]) -> list[str]:
    """Two cards must not carry the same number."""
    seen: dict[int, str] = {}
    problems = []
    for card in cards:
        first = seen.setdefault(card.record.number, card.document.shown)
        if first != card.document.shown:
            line = card.document.line_of(("编号",))
            remedy = f"「编号」和 {first} 的一样，请换一个"
            problems.append(problem_line(card.document.shown, line, remedy))
    return problems
