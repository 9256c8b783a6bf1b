"""The policies by topic, by issuer, by year and by validity, at addresses that stay."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, get_args

from site_src.content import Content, Item
from site_src.pages.policies import NO_POLICY, UNSURE, list_policies, list_topic_rows
from site_src.pages.text import (
    LinkGroup,
    MadePage,
    make_link_group,
    make_list_page,
    make_list_pages,
)
from site_src.schemas import POLICY_TOPIC_SLUGS, Policy, PolicyTopic

Kept = tuple[str, str, list[Item[Policy]]]
"""The end of an address, the words for it, and the policies that stand there."""
IN_FORCE = ("现行有效", "已修改")
STATUS_NAMES = {"现行有效": "in-force", "已修改": "amended", "待核实": "open", "已废止": "repealed"}


def make_issuer_list(content: Content) -> list[MadePage]:
    """List the policies by issuer, the one with most of them first."""
    issuers = group(content.of(Policy), lambda record: record.issuer)
    by_size = sorted(issuers, key=lambda name: (-len(issuers[name]), name))
    groups = [count_group(f"issuer-{name_part(name)}", name, issuers[name]) for name in by_size]
    return make_list("by-issuer", "政策：按发布机关", groups)


def make_year_list(content: Content) -> list[MadePage]:
    """List the policies by the year in which they were issued, the latest first."""
    years = group(content.of(Policy), lambda record: record.issued_on[:4])
    latest_first = sorted(years, reverse=True)
    groups = [count_group(f"year-{year}", f"{year} 年", years[year]) for year in latest_first]
    return make_list("by-year", "政策：按发布年份", groups)


def make_status_list(content: Content) -> list[MadePage]:
    """List the policies by whether they are in force."""
    found = group(content.of(Policy), lambda record: record.status)
    groups = [
        count_group(anchor, UNSURE.get(status, status), found.get(status, []))
        for status, anchor in STATUS_NAMES.items()
    ]
    return make_list("by-status", "政策：按时效", groups)


def group(
    policies: Iterable[Item[Policy]], key: Callable[[Policy], str]
) -> dict[str, list[Item[Policy]]]:
    """Put the policies under each value of `key`."""
    groups: dict[str, list[Item[Policy]]] = {}
    for item in policies:
        groups.setdefault(key(item.record), []).append(item)
    return groups


def name_part(words: str) -> str:
    """Turn words into part of an anchor: it stays when other entries come and go."""
    return re.sub(r"\W+", "-", words).strip("-")


def count_group(anchor: str, words: str, items: list[Item[Policy]]) -> LinkGroup:
    """Put some policies under a heading that tells how many they are."""
    return make_link_group(list_policies(items), f"{words}（{len(items)}）", anchor)


def make_list(slug: str, title: str, groups: list[LinkGroup]) -> list[MadePage]:
    """Make the pages of a list with a heading and an anchor for each group."""
    return make_list_pages(f"policies/{slug}/index", list_meta(title), groups, NO_POLICY)


def make_topic_pages(content: Content) -> list[MadePage]:
    """Make a list of topics with their counts, and the pages of each topic that has a policy."""
    meta = list_meta("政策：按主题")
    topics = [make_link_group(list_topic_rows(content))]
    pages = [make_list_page("policies/by-topic/index.md", meta, topics, NO_POLICY)]
    for topic in get_args(PolicyTopic):
        items = [item for item in content.of(Policy) if topic in item.record.topics]
        pages += make_filtered_pages(topic, items) if items else []
    return pages


def make_filtered_pages(topic: PolicyTopic, items: list[Item[Policy]]) -> list[MadePage]:
    """Make the pages of a topic, and where it has both, those in force and the others apart."""
    stem = f"policies/by-topic/{POLICY_TOPIC_SLUGS[topic]}"
    kept = [item for item in items if item.record.status in IN_FORCE]
    other = [item for item in items if item.record.status not in IN_FORCE]
    kinds = [("", f"全部 {len(items)}", items)]
    if kept and other:
        kinds.append(("-in-force", f"现在管用 {len(kept)}", kept))
        kinds.append(("-ask-first", f"先打电话问 {len(other)}", other))
    pages = []
    for end, words, chosen in kinds:
        meta = {
            **list_meta(f"政策：{topic}"),
            "crumb": {"title": "按主题", "address": "/policies/by-topic/"},
            "jumps": _list_choices(stem, kinds, words),
            "jumps_label": "只看一种",
        }
        groups = [make_link_group(list_policies(chosen))]
        pages += make_list_pages(f"{stem}{end}", meta, groups, NO_POLICY)
    return pages


def _list_choices(stem: str, kinds: Sequence[Kept], chosen: str) -> list[dict[str, Any]]:
    return [
        {"title": words, "address": f"/{stem}{end}/", "current": words == chosen}
        for end, words, _ in kinds
        if len(kinds) > 1
    ]


def list_meta(title: str) -> dict[str, Any]:
    """Return what all lists have in common."""
    return {
        "title": title,
        "kind": "list",
        "section": "policies",
        "crumb": {"title": "政策", "address": "/policies/"},
    }
