"""Reads content/ and build/public-data/ whole, or reports everything that is wrong with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from site_src.centre import Centre, CentreProblem, load_centre
from site_src.checks import check_body, check_personal
from site_src.errors import SiteProblem
from site_src.frontmatter import Document, problem_line, read_document
from site_src.messages import list_problems
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

Model = TypeVar("Model", bound=Record)

POLICY_LISTS = ("by-topic", "by-issuer", "by-year", "by-status")
INDEX_ADDRESSES = (
    *("/", "/policies/", "/rights-cards/", "/stories/", "/figures/", "/guides/", "/notices/"),
    *("/deadlines/", "/work-injury-money/"),
    *(f"/policies/{name}/" for name in POLICY_LISTS),
)
REQUIRED_PAGES = ("about", "privacy", "accessibility")
# A page must not stand where a collection or the portal answers.
RESERVED_PAGES = frozenset(
    {"policies", "rights-cards", "stories", "figures", "images", "assets", "index", "404"}
    | {"guides", "notices", "deadlines", "work-injury-money"}
    | {"apply", "consult", "status", "search", "elder", "tools", "staff"}
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
    redirects: Mapping[str, str]
    public: PublicData
    images: tuple[Path, ...]


def load_content(root: Path) -> Content:
    """Read and check everything under root; raises SiteProblem with all problems of all files."""
    problems: list[str] = []
    centre = read_centre(root / "content" / "centre.toml", problems)
    policies = read_collection(root, "policies", Policy, problems)
    cards = read_collection(root, "rights-cards", RightsCard, problems)
    stories = read_collection(root, "stories", Story, problems)
    guides = read_collection(root, "guides", Guide, problems)
    notices = read_collection(root, "notices", Notice, problems)
    pages = read_collection(root, "pages", Page, problems)
    deadlines = read_deadlines(root / "content" / "rules" / "deadlines.toml", problems)
    public = read_public_data(root / "build" / "public-data", problems)
    images = list_images(root / "content" / "images", problems)
    every_item: tuple[Item[Any], ...] = (*policies, *cards, *stories, *guides, *notices, *pages)
    addresses = frozenset(INDEX_ADDRESSES) | {item.address for item in every_item}
    redirects = read_redirects(root / "content" / "redirects.toml", addresses, problems)
    problems += check_bodies(every_item, addresses, images)
    for document in [item.document for item in stories] + [item.document for item in notices]:
        problems += check_personal(document)
    problems += check_references(policies, cards, stories)
    problems += check_limits(((item.document, item.record.limits) for item in guides), deadlines)
    problems += check_pages(pages) + check_policy_names(policies) + check_card_numbers(cards)
    if problems or centre is None:
        raise SiteProblem(problems)
    return Content(
        centre=centre,
        policies=policies,
        cards=tuple(sorted(cards, key=lambda card: card.record.number)),
        stories=stories,
        guides=guides,
        notices=tuple(sorted(notices, key=lambda item: item.record.issued_on, reverse=True)),
        pages=pages,
        deadlines=deadlines,
        redirects=redirects,
        public=public,
        images=images,
    )


def check_bodies(
    items: Iterable[Item[Any]], addresses: frozenset[str], images: Iterable[Path]
) -> list[str]:
    """Problems of all texts; links may lead to `addresses` only."""
    names = frozenset(image.name for image in images)
    return [line for item in items for line in check_body(item.document, addresses, names)]


def read_centre(path: Path, problems: list[str]) -> Centre | None:
    """The centre's facts, or None with the problems noted."""
    try:
        return load_centre(path)
    except CentreProblem as error:
        problems += error.problems
        return None


def read_collection(
    root: Path, folder: str, schema: type[Model], problems: list[str]
) -> tuple[Item[Model], ...]:
    """All files of one collection in the order of their names; unreadable ones are noted."""
    items = []
    for path in sorted((root / "content" / folder).glob("*")):
        shown = f"content/{folder}/{path.name}"
        if path.name.startswith("."):
            continue
        if path.suffix != ".md" or not SLUG.fullmatch(path.stem) or not path.is_file():
            remedy = "文件名只能用小写英文字母、数字和连字符，以 .md 结尾，请改名或移走"
            problems.append(problem_line(shown, 1, remedy))
            continue
        document, found = read_document(path, shown)
        problems += found
        if document is None or found:
            continue
        try:
            record = schema.model_validate(document.meta)
            address = f"/{path.stem}/" if folder == "pages" else f"/{folder}/{path.stem}/"
            items.append(Item(path.stem, address, record, document))
        except ValidationError as error:
            problems += list_problems(error, document)
    return tuple(items)


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
