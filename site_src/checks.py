"""Checks on the text of content files: no markup that could run, fetch or leak anything."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from site_src.frontmatter import Document, problem_line
from site_src.portal_addresses import CHECKLISTS, PAPERS_TO_TAKE, PORTAL, TOOLS_FOR_CARDS
from site_src.tags import Tag, list_tags
from site_src.tangles import find_tangles

# Addresses that the portal answers; everything else must be a page of the site.
PORTAL_ADDRESS = re.compile(rf"/({'|'.join(PORTAL)})(/[a-z-]+)*/?([?#].*)?")
IMAGE_ADDRESS = re.compile(r"/images/([a-z0-9-]+\.(?:jpg|jpeg|png|webp))")
TELEPHONE = re.compile(r"tel:[0-9-]+")
SERVED = frozenset(
    (
        *(f"/{name}" for name in PORTAL),
        *(f"/{name}/papers-needed" for name in CHECKLISTS),
        *(offer.address for offer in (*TOOLS_FOR_CARDS, *PAPERS_TO_TAKE)),
    )
)
"""What the portal has for who comes by a link: no page in the midst of a form."""

FORBIDDEN = (
    (re.compile(r"<[A-Za-z/!?]"), "正文里不能有 HTML 标签（尖括号），请删掉，只写文字"),
    (re.compile(r"--8<--"), "正文里不能有 --8<--（它会插入别的文件），请删掉"),
    (re.compile(r"[{}]"), "正文里不要用花括号 { }，请删掉"),
    (re.compile(r"^#\s"), "正文里的小标题要用两个井号（## ）开头；大标题已经写在「标题」里了"),
)
PERSONAL = (
    (re.compile(r"(?<!\d)\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?!\d)"), "这里像是身份证号，请删掉"),
    (re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"), "这里像是手机号，请删掉"),
)


@dataclass(frozen=True)
class FoundLinks:
    """Addresses of links, and addresses and descriptions of images, in rendered Markdown."""

    links: tuple[str, ...]
    images: tuple[tuple[str, str], ...]


def list_names(html: str) -> frozenset[str]:
    """List what can be linked to with # in a piece of HTML."""
    return frozenset(
        value for _, attributes in list_tags(html) for name, value in attributes if name == "id"
    )


def find_links(tags: Iterable[Tag]) -> FoundLinks:
    """Find the links and images among the tags of rendered Markdown."""
    links, images = [], []
    for tag, attributes in tags:
        values = dict(attributes)
        if tag == "a":
            links.append(values.get("href", ""))
        elif tag == "img":
            images.append((values.get("src", ""), values.get("alt", "")))
    return FoundLinks(tuple(dict.fromkeys(links)), tuple(dict.fromkeys(images)))


def check_text(document: Document) -> list[str]:
    """Find the problems of a body as it is written."""
    rows = document.body.split("\n")
    problems = []
    for number, row in enumerate(rows):
        for pattern, remedy in FORBIDDEN:
            if pattern.search(row):
                problems.append(problem_line(document.shown, document.body_line + number, remedy))
    problems += check_written(document)
    for number, remedy in find_tangles(document.body):
        problems.append(problem_line(document.shown, document.body_line + number, remedy))
    return problems


def check_links(
    document: Document, found: FoundLinks, addresses: frozenset[str], images: frozenset[str]
) -> list[str]:
    """Check what a body leads to and shows; `addresses` are the site's own pages, `images`
    the file names at hand."""
    judged = [(link, judge_link(link, addresses)) for link in found.links]
    judged += [(source, judge_image(source, words, images)) for source, words in found.images]
    return [
        problem_line(document.shown, find_line(document, address), remedy)
        for address, remedy in judged
        if remedy
    ]


def check_written(document: Document) -> list[str]:
    """Find a body without a word."""
    if document.body.strip():
        return []
    return [problem_line(document.shown, document.body_line, "正文是空的，请写上内容")]


def judge_link(link: str, addresses: frozenset[str]) -> str:
    """Return the remedy, or nothing if the link may stand."""
    if TELEPHONE.fullmatch(link) or link.startswith("#"):
        return ""
    if PORTAL_ADDRESS.fullmatch(link):
        return judge_portal_link(link)
    if not link.startswith("/") or link.startswith("//"):
        shown = link.split(":", 1)[0] + ":" if re.match(r"[A-Za-z]+:", link) else link
        return f"链接「{shown}」不能用，只能连到本站（以 / 开头）或电话号码；外面的网站请写出名称"
    if re.split(r"[?#]", link, maxsplit=1)[0] not in addresses:
        return f"链接「{link}」在本站找不到，请改成有的网页，例如 /policies/"
    return ""


def judge_portal_link(link: str) -> str:
    """Return the remedy for an address of the portal that leads to nothing, or nothing."""
    address = link.partition("?")[0].rstrip("/")
    if address in SERVED:
        return ""
    for offers in (TOOLS_FOR_CARDS, PAPERS_TO_TAKE):
        if address.startswith(offers[0].address[: offers[0].address.index("/", 1) + 1]):
            return f"链接「{link}」找不到，请改成有的，例如 {offers[0].address}"
    page = address.partition("#")[0]
    if page in SERVED:
        return f"链接「{link}」里不能有 #，请删掉 # 和后面的"
    return f"链接「{link}」找不到，请改成 /{page.split('/')[1]} 这样的办事地址"


def judge_image(source: str, words: str, images: frozenset[str]) -> str:
    """Return the remedy, or nothing if the picture may stand."""
    match = IMAGE_ADDRESS.fullmatch(source)
    if match is None or match.group(1) not in images:
        return f"图片「{source}」不能用，请把图片放进 content/images，写成 /images/文件名"
    return "" if words.strip() else f"图片「{source}」没有文字说明，请在方括号里写上图里是什么"


def find_line(document: Document, address: str) -> int:
    """Find the line where an address stands; the first of the body if it is written otherwise."""
    for number, row in enumerate(document.body.split("\n")):
        if address and address in row:
            return document.body_line + number
    return document.body_line


def check_personal(document: Document) -> list[str]:
    """Find identity and mobile numbers anywhere in a file that tells of a person."""
    problems = []
    for place, text in document.texts.items():
        problems += [
            problem_line(document.shown, document.line_of(place), remedy)
            for pattern, remedy in PERSONAL
            if pattern.search(text)
        ]
    for number, row in enumerate(document.body.split("\n")):
        problems += [
            problem_line(document.shown, document.body_line + number, remedy)
            for pattern, remedy in PERSONAL
            if pattern.search(row)
        ]
    return problems
