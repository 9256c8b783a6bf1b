"""Reads content/ and build/public-data/ whole, or reports everything that is wrong with them."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rulefiles.deadlines import DEADLINE_FILE, TimeLimits
from rulefiles.local_values import (
    LOCAL_FILE,
    NO_LOCAL_VALUES,
    LocalValues,
    load_local_values,
)
from rulefiles.toml_files import RuleFileError, read_toml_text
from site_src.centre import Centre, CentreProblem, load_centre
from site_src.checks import (
    FoundLinks,
    check_links,
    check_personal,
    check_text,
    check_written,
    find_links,
)
from site_src.collections import (
    COLLECTIONS,
    LIST_PREFIX,
    ContentCollection,
    is_list_name,
    list_index_addresses,
    list_indexed,
)
from site_src.content import Content, Item
from site_src.errors import SiteProblem
from site_src.frontmatter import problem_line, read_document
from site_src.local_numbers import check_placeholders
from site_src.losses import find_losses
from site_src.markup import render_markdown
from site_src.messages import describe_problems
from site_src.network import read_network
from site_src.pictures import FORMATS, judge_picture
from site_src.placeholders import BlanksLeft, find_blanks, show_blank, tell_of_blanks
from site_src.portal_addresses import PORTAL
from site_src.public_data import read_public_data
from site_src.redirects import read_redirects
from site_src.rules import read_time_limits
from site_src.schemas import DEADLINES, SLUG, list_references
from site_src.stamp import FileStamp, stamp_file
from site_src.tags import list_tags

RESERVED = ("images", "assets", "index", "404", "staff")
FIXED_PAGES = (
    "figures", "deadlines", "work-injury-money", "local", "public-lists", "network", "verify",
)  # fmt: skip
"""The names of the pages that are always there, besides the home page and the lists."""

OWN_TABLES = ("centre.toml", "network.toml", "redirects.toml")
RULE_TABLES = (
    "deadlines.toml", "local.toml", "national.toml", "signposts.toml", "synonyms.toml",
    "words.toml", "working_days.toml",
)  # fmt: skip
UNREAD = "放在这里没有人读，网页上不会有。文章请放进各自的文件夹，例如 notices，别的请移走"
IMAGE_NAMES = "只能放 jpg、png、webp 图片，文件名用小写英文字母、数字和连字符"


@dataclass
class FileReading:
    """What one file gave when it was read; it holds for as long as the file's stamp stays.

    `links` are those of the body, collected when somebody first asks for them.
    """

    stamp: FileStamp
    item: Item[Any] | None
    problems: tuple[str, ...]
    links: FoundLinks | None = None


Readings = dict[str, FileReading]
"""The readings of one process by the file's name; who keeps it reads only what was changed."""


def load_content(root: Path, readings: Readings | None = None, *, links: bool = True) -> Content:
    """Read and check everything under root; raises SiteProblem with all problems of all files.

    `readings` of earlier times spare what has not changed since. Without `links` those of the
    bodies are left to the caller, who is about to render the pages anyway.
    """
    problems = find_unread(root / "content")
    known = {} if readings is None else readings
    centre = note_centre(root / "content" / "centre.toml", problems)
    rows = list(COLLECTIONS.values())
    found = {row.folder: read_collection(root, row, problems, known) for row in rows}
    items = [item for row in rows for item in found[row.folder]]
    deadlines = read_time_limits(root, problems)
    local = read_local(root / LOCAL_FILE, problems)
    network = read_network(root / "content" / "network.toml", centre, problems)
    public = read_public_data(root / "build" / "public-data", problems)
    images = list_images(root / "content" / "images", problems, known)
    addresses = list_fixed_addresses() | list_addresses(root)
    redirects = read_redirects(root / "content" / "redirects.toml", addresses, problems)
    problems += check_references(found, list_known(root, problems, deadlines))
    problems += [line for row in rows for line in check_collection(row, found[row.folder])]
    if links or problems:
        problems += check_bodies((known[item.document.shown] for item in items), addresses, images)
    blanks = [show_blank(blank) for blank in find_blanks(root / "content")]
    if blanks and not problems:
        raise BlanksLeft(blanks)
    if problems or centre is None:
        raise SiteProblem([*problems, *([tell_of_blanks(len(blanks))] if blanks else [])])
    return Content(
        centre=centre,
        collections={row.schema: tuple(row.order(found[row.folder])) for row in rows},
        addresses=addresses,
        deadlines=deadlines,
        local=local,
        network=network,
        redirects=redirects,
        public=public,
        images=images,
    )


def find_unread(content: Path) -> list[str]:
    """Find files that nobody reads, so that their writer does not wait for them."""
    known = {"": {*COLLECTIONS, "images", "rules", *OWN_TABLES}, "rules": set(RULE_TABLES)}
    return [
        problem_line(f"content/{folder}/{entry.name}".replace("//", "/"), 1, UNREAD)
        for folder, names in known.items()
        for entry in list_files(content / folder)
        if entry.name not in names
    ]


def list_fixed_addresses() -> frozenset[str]:
    """List the pages that have no file of their own, but are always there."""
    return frozenset({"/", *(f"/{name}/" for name in FIXED_PAGES), *list_index_addresses()})


def list_addresses(root: Path) -> frozenset[str]:
    """List the pages of all files, those too that cannot be read."""
    return frozenset(
        row.address_of(slug) for row in COLLECTIONS.values() for slug in list_slugs(root, row)
    )


def check_bodies(
    readings: Iterable[FileReading], addresses: frozenset[str], images: Iterable[Path]
) -> list[str]:
    """Check the links and pictures in all bodies; links may lead to `addresses` only."""
    names = frozenset(image.name for image in images)
    problems = []
    for reading in readings:
        if reading.item and not reading.problems:
            if reading.links is None:
                reading.links = find_links(list_tags(render_markdown(reading.item.document.body)))
            problems += check_links(reading.item.document, reading.links, addresses, names)
    return problems


def note_centre(path: Path, problems: list[str]) -> Centre | None:
    """Read the centre's facts; None with the problems noted."""
    try:
        return load_centre(path)
    except CentreProblem as error:
        problems += error.problems
        return None


def read_local(path: Path, problems: list[str]) -> LocalValues:
    """Read the centre's local values; none without the file. Problems are noted as lines."""
    try:
        return (
            load_local_values(read_toml_text(path, LOCAL_FILE))
            if path.is_file()
            else NO_LOCAL_VALUES
        )
    except RuleFileError as error:
        problems.append(str(error))
        return NO_LOCAL_VALUES


def read_collection(
    root: Path, row: ContentCollection, problems: list[str], readings: Readings
) -> tuple[Item[Any], ...]:
    """Read all files of one collection in the order of their names; unreadable ones are noted."""
    items = []
    for entry in list_files(root / "content" / row.folder):
        shown = f"content/{row.folder}/{entry.name}"
        stamp = stamp_file(entry)
        if shown not in readings or readings[shown].stamp != stamp:
            readings[shown] = FileReading(stamp, *read_item(Path(entry.path), shown, row))
        problems += readings[shown].problems
        if item := readings[shown].item:
            items.append(item)
    return tuple(items)


def list_files(folder: Path) -> list[os.DirEntry[str]]:
    """List the entries of a folder by name, without hidden ones; none if it is not there."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        return sorted(
            (entry for entry in entries if not entry.name.startswith(".")),
            key=lambda entry: entry.name,
        )


def read_item(
    path: Path, shown: str, row: ContentCollection
) -> tuple[Item[Any] | None, tuple[str, ...]]:
    """Read one file and find what is wrong with it by itself; no item if it cannot be read."""
    if path.suffix != ".md" or not SLUG.fullmatch(path.stem) or not path.is_file():
        remedy = "文件名只能用小写英文字母、数字和连字符，以 .md 结尾，请改名或移走"
        return None, (problem_line(shown, 1, remedy),)
    document, found = read_document(path, shown)
    if document is None or found:
        return None, tuple(found)
    try:
        record = row.schema.model_validate(document.meta)
    except ValidationError as error:
        return None, (*describe_problems(error, document), *check_written(document))
    problems = [*check_text(document), *check_placeholders(document)]
    if not problems:
        problems += [
            problem_line(shown, document.body_line + loss.row, loss.remedy)
            for loss in find_losses(document.body)
        ]
    if row.personal:
        problems += check_personal(document)
    item = Item(row.folder, path.stem, row.address_of(path.stem), record, document)
    return item, tuple(problems)


def list_images(folder: Path, problems: list[str], readings: Readings) -> tuple[Path, ...]:
    """List the pictures that bodies may show; anything else in the folder is noted."""
    images = []
    for entry in list_files(folder):
        shown, stamp = f"content/images/{entry.name}", stamp_file(entry)
        if shown not in readings or readings[shown].stamp != stamp:
            remedy = judge_image_file(Path(entry.path))
            readings[shown] = FileReading(stamp, None, (f"{shown}：{remedy}",) if remedy else ())
        problems += readings[shown].problems
        images.append(Path(entry.path))
    return tuple(images)


def judge_image_file(path: Path) -> str:
    """Return the remedy for what lies in the folder of pictures, or nothing."""
    if path.is_symlink() or not path.is_file() or not SLUG.fullmatch(path.stem):
        return IMAGE_NAMES
    return judge_picture(path) if path.suffix in FORMATS else IMAGE_NAMES


def list_slugs(root: Path, row: ContentCollection) -> set[str]:
    """List the names of the files of a collection, those too that cannot be read."""
    entries = list_files(root / "content" / row.folder)
    return {name for entry in entries if SLUG.fullmatch(name := entry.name.removesuffix(".md"))}


def list_known(
    root: Path, problems: Iterable[str], deadlines: TimeLimits
) -> Mapping[str, set[str]]:
    """List what may be named by its target; no codes of time limits if their file has faults."""
    known = {row.folder: list_slugs(root, row) for row in COLLECTIONS.values()}
    if not any(line.startswith(DEADLINE_FILE) for line in problems):
        known[DEADLINES] = {rule.code for rule in (*deadlines.own, *deadlines.legal)}
    return known


def check_references(
    found: Mapping[str, Sequence[Item[Any]]], known: Mapping[str, set[str]]
) -> list[str]:
    """Find names of items and codes of time limits that lead nowhere."""
    return [
        problem_line(
            item.document.shown,
            item.document.line_of((key, number)),
            f"「{key}」里的「{named}」找不到，{explain_missing(target, named)}",
        )
        for folder, items in found.items()
        for name, key, target in list_references(COLLECTIONS[folder].schema)
        if target in known
        for item in items
        for number, named in enumerate(getattr(item.record, name))
        if named not in known[target]
    ]


def explain_missing(target: str, named: str) -> str:
    """Say where something was looked for."""
    if target == DEADLINES:
        return f"请对照 {DEADLINE_FILE} 里的 code"
    return f"content/{target} 里没有 {named}.md"


def check_collection(row: ContentCollection, items: Sequence[Item[Any]]) -> list[str]:
    """Find what is wrong with the files of a collection beside each other."""
    return [*check_names(row, items), *row.check(items)]


def check_names(row: ContentCollection, items: Iterable[Item[Any]]) -> list[str]:
    """Find files whose pages would stand where the site or the portal has something else."""
    problems = []
    for item in items:
        if is_list_name(row, item.slug):
            remedy = f"以 {LIST_PREFIX} 开头的名字留给{row.label}的几种目录，请换一个文件名"
            problems.append(problem_line(item.document.shown, 1, remedy))
        if not row.index and item.slug in list_reserved_names():
            remedy = f"「{item.slug}」这个名字网站自己要用，请换一个文件名"
            problems.append(problem_line(item.document.shown, 1, remedy))
    return problems


def list_reserved_names() -> frozenset[str]:
    """List what no page at the root of the site may be called."""
    folders = (row.folder for row in list_indexed())
    return frozenset({*folders, *FIXED_PAGES, *PORTAL, *RESERVED})
