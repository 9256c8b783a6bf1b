"""The collections of content/, one row each: from a row come the pages of its files, the list of
them and the way there, feed, sitemap, search, checks, and the form in the workbench.

portal/docs/howto/collection.md tells how to add one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from site_src.content import Content, Item
from site_src.pages.cards import check_numbers, make_card_index, make_card_page, sort_by_number
from site_src.pages.guides import make_guide_index, make_guide_page
from site_src.pages.notices import make_notice_index, make_notice_page, sort_newest_first
from site_src.pages.own import check_required, make_own_page
from site_src.pages.policies import make_policy_index, make_policy_page
from site_src.pages.policy_lists import (
    make_issuer_list,
    make_status_list,
    make_topic_pages,
    make_year_list,
)
from site_src.pages.stories import make_story_index, make_story_page
from site_src.pages.text import Index, MadePage, Written
from site_src.schemas import Guide, OwnPage, Policy, RightsCard, SiteNotice, Story, StrictModel

Items = Sequence[Item[Any]]
LIST_PREFIX = "by-"
"""What the names of the further lists of a collection begin with, and no other."""
LOOKED_UP, OF_CENTRE = "looked up", "of the centre"
"""The parts of the menu in which collections stand; see menu.py."""


@dataclass(frozen=True, kw_only=True)
class Feed:
    """How a collection appears in the feeds: its newest items, at most so many, and the words of
    each, which are its body unless `words` takes them from its record."""

    most: int
    words: Callable[[Any], str] | None = None


@dataclass(frozen=True, kw_only=True)
class ContentCollection:
    """One kind of file below content/.

    `folder` is also the first part of the addresses, `label` what it is called. `tab` is its place
    among the tabs of the workbench, where `tab_label` may call it otherwise. `schema` names the
    keys of a file; one of them is `title`, and no two collections share a schema. `page` writes
    the page of each file.

    `index` makes the list of all items, `lists` more of them by the last part of their address,
    which begins with LIST_PREFIX. The menu leads to the index if `menu` is its place in the
    `part` of it, otherwise the footer does; `icon` is its drawing in theme/shared/icons.html.
    Without an index the pages stand at the root of the site.

    `starter` is the word for it in `bangfu site new`, and the name of its file in starters/.
    `day` tells from a record when it was issued or checked, for feed and sitemap; `order` sorts
    the items, by file name if it is not given; `check` looks at all of them together. Files of a
    `personal` collection tell of people and are searched for their numbers.
    """

    folder: str
    label: str
    tab: int
    schema: type[StrictModel]
    page: Callable[[Item[Any], Content, date], Written]
    index: Callable[[Content, date], Index] | None = None
    lists: Mapping[str, Callable[[Content], list[MadePage]]] = field(default_factory=dict)
    tab_label: str = ""
    menu: int = 0
    part: str = LOOKED_UP
    icon: str = "page"
    starter: str = ""
    day: Callable[[Any], str] = lambda _: ""
    feed: Feed | None = None
    order: Callable[[Items], Iterable[Item[Any]]] = tuple
    check: Callable[[Items], list[str]] = lambda _: []
    personal: bool = False

    def address_of(self, slug: str) -> str:
        """Return the address of an item's page."""
        return f"/{self.folder}/{slug}/" if self.index else f"/{slug}/"


COLLECTIONS: dict[str, ContentCollection] = {
    row.folder: row
    for row in (
        ContentCollection(
            folder="policies", label="政策", schema=Policy,
            tab=1, menu=3, icon="policy", starter="policy",
            page=make_policy_page, index=make_policy_index,
            lists={
                "by-topic": make_topic_pages,
                "by-issuer": make_issuer_list,
                "by-year": make_year_list,
                "by-status": make_status_list,
            },
            day=lambda policy: policy.checked_on,
            feed=Feed(most=30, words=lambda policy: policy.summary),
        ),
        ContentCollection(
            folder="rights-cards", label="维权卡", schema=RightsCard,
            tab=2, menu=1, icon="card", starter="card",
            page=make_card_page, index=make_card_index,
            day=lambda card: card.checked_on, order=sort_by_number, check=check_numbers,
        ),
        ContentCollection(
            folder="stories", label="故事", schema=Story,
            tab_label="帮扶故事", tab=5, menu=4, icon="story", starter="story",
            page=make_story_page, index=make_story_index, personal=True,
        ),
        ContentCollection(
            folder="guides", label="办事指南", schema=Guide,
            tab=3, menu=2, icon="guide", starter="guide",
            page=make_guide_page, index=make_guide_index,
            day=lambda guide: guide.checked_on,
        ),
        ContentCollection(
            folder="notices", label="公告", schema=SiteNotice,
            tab_label="通知", tab=4, menu=5, part=OF_CENTRE, icon="notice", starter="notice",
            page=make_notice_page, index=make_notice_index, personal=True,
            day=lambda notice: notice.issued_on, order=sort_newest_first, feed=Feed(most=20),
        ),
        ContentCollection(
            folder="pages", label="单独的网页", schema=OwnPage, tab=6,
            page=make_own_page, check=check_required,
        ),
    )
}  # fmt: skip
"""By folder, in the order in which the search offers them."""


def list_indexed() -> list[ContentCollection]:
    """Return the collections that have an index."""
    return [row for row in COLLECTIONS.values() if row.index]


def list_index_addresses() -> list[str]:
    """Return the addresses of every index and of the further lists of a collection."""
    return [
        address
        for row in list_indexed()
        for address in (f"/{row.folder}/", *(f"/{row.folder}/{name}/" for name in row.lists))
    ]


def is_list_name(row: ContentCollection, slug: str) -> bool:
    """Tell whether a list of the collection stands there, or might one day."""
    return bool(row.lists) and slug.startswith(LIST_PREFIX)


def name_kinds() -> dict[str, str]:
    """Return what a reader calls a page of each collection, by folder."""
    return {row.folder: row.label for row in list_indexed()}


def name_tabs() -> dict[str, str]:
    """Return what the workbench calls each collection, by folder, in the order of its tabs."""
    rows = sorted(COLLECTIONS.values(), key=lambda row: row.tab)
    return {row.folder: row.tab_label or row.label for row in rows}


def list_in_menu(part: str) -> list[ContentCollection]:
    """Return the collections in a part of the menu, in their order."""
    rows = sorted((row for row in list_indexed() if row.menu), key=lambda row: row.menu)
    return [row for row in rows if row.part == part]


def list_footer_links() -> list[list[str]]:
    """Return section, address and label of the links in the footer."""
    return [[row.folder, f"/{row.folder}/", row.label] for row in list_indexed() if not row.menu]


def list_feeds() -> list[ContentCollection]:
    """Return the collections with a feed, those with the smaller share first."""
    rows = [row for row in COLLECTIONS.values() if row.feed]
    return sorted(rows, key=lambda row: row.feed.most if row.feed else 0)


def name_feed() -> str:
    """Return what stands in the feeds: 公告和政策."""
    *others, last = [row.label for row in list_feeds()]
    return f"{'、'.join(others)}和{last}" if others else last


def list_starters() -> dict[str, ContentCollection]:
    """Return the collections by their word on the command line."""
    return {row.starter: row for row in COLLECTIONS.values() if row.starter}
