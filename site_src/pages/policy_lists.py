"""The policies by topic, by issuer, by year and by validity, at addresses that stay."""

import re
from collections.abc import Callable, Iterable
from typing import Any, get_args

from site_src.loading import Content, Item
from site_src.pages.policies import list_policies
from site_src.pages.text import MadePage, bullets, escape, heading, join
from site_src.schemas import POLICY_TOPIC_SLUGS, Policy, PolicyTopic

STATUS_NAMES = {"现行有效": "in-force", "已修改": "amended", "待核实": "open", "已废止": "repealed"}
EMPTY = "还没有登出政策。"
Group = tuple[str, str, list[Item[Policy]]]


def make_policy_lists(content: Content) -> list[MadePage]:
    """All lists but /policies/ itself; topics have a short page each, for phones."""
    policies = content.policies
    years = group(policies, lambda record: record.issued_on[:4])
    issuers = group(policies, lambda record: record.issuer)
    statuses = {
        status: [item for item in policies if item.record.status == status]
        for status in STATUS_NAMES
    }
    return [
        *make_topic_pages(content),
        make_list(
            "by-issuer",
            "政策：按发布机关",
            [
                (f"issuer-{name_part(issuer)}", issuer, issuers[issuer])
                for issuer in sorted(issuers, key=lambda name: (-len(issuers[name]), name))
            ],
        ),
        make_list(
            "by-year",
            "政策：按发布年份",
            [(f"year-{year}", f"{year} 年", years[year]) for year in sorted(years, reverse=True)],
        ),
        make_list(
            "by-status",
            "政策：按时效",
            [(STATUS_NAMES[status], status, items) for status, items in statuses.items() if items],
        ),
    ]


def group(
    policies: Iterable[Item[Policy]], key: Callable[[Policy], str]
) -> dict[str, list[Item[Policy]]]:
    """The policies under each value of `key`."""
    groups: dict[str, list[Item[Policy]]] = {}
    for item in policies:
        groups.setdefault(key(item.record), []).append(item)
    return groups


def name_part(words: str) -> str:
    """The words as part of an anchor: it stays when other entries come and go."""
    return re.sub(r"\W+", "-", words).strip("-")


def make_list(slug: str, title: str, groups: list[Group]) -> MadePage:
    """One page with a heading and an anchor for each group."""
    parts = []
    for anchor, words, items in groups:
        parts += [heading(f"{escape(words)}（{len(items)}）", anchor), list_policies(items)]
    meta: dict[str, Any] = list_meta(title)
    meta["jumps"] = [{"title": words, "address": f"#{anchor}"} for anchor, words, _ in groups]
    meta["jumps_label"] = "跳到"
    return MadePage(f"policies/{slug}/index.md", meta, join(parts) or EMPTY)


def make_topic_pages(content: Content) -> list[MadePage]:
    """A list of topics with their counts, and a page for each topic that has a policy."""
    rows, pages = [], []
    for topic in get_args(PolicyTopic):
        items = [item for item in content.policies if topic in item.record.topics]
        if not items:
            continue
        slug = POLICY_TOPIC_SLUGS[topic]
        rows.append(f"[**{topic}** {len(items)} 份](/policies/by-topic/{slug}/)")
        meta = {
            **list_meta(f"政策：{topic}"),
            "crumb": {"title": "按主题", "address": "/policies/by-topic/"},
        }
        pages.append(MadePage(f"policies/by-topic/{slug}.md", meta, list_policies(items)))
    index = MadePage(
        "policies/by-topic/index.md", list_meta("政策：按主题"), bullets(rows) or EMPTY
    )
    return [index, *pages]


def list_meta(title: str) -> dict[str, Any]:
    """What all lists have in common."""
    return {
        "title": title,
        "kind": "list",
        "section": "policies",
        "crumb": {"title": "政策", "address": "/policies/"},
    }
