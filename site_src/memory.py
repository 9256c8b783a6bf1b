"""What a process that builds again and again remembers of the last build.

Nothing of it outlives the process: the first build of a process is always whole.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from site_src.content import Content, Item
from site_src.loader import Readings
from site_src.pages.text import MadePage
from site_src.rendering import Rendered, Theme
from site_src.scan import PageFindings


@dataclass(frozen=True)
class Order:
    """What is to be built, and where: `build` is the folder build/, `stamp` the state of
    everything that goes in, `frame` of what may change the look of every page."""

    content: Content
    today: date
    site_url: str
    build: Path
    stamp: str
    frame: str

    @cached_property
    def facts(self) -> tuple[object, ...]:
        """Collect what pages show of other files. While it is equal, a changed file changes only
        its own page, and those of make_other_pages, which are made every time."""
        content = self.content
        records = tuple((item.address, item.record) for item in content.items)
        moved = tuple(content.redirects.items())
        return (
            self.today,
            content.deadlines,
            content.local,
            content.public.privacy,
            moved,
            records,
        )

    @cached_property
    def items(self) -> Mapping[str, Item[Any]]:
        """Return the files of all collections by the path of their pages."""
        return {item.path: item for item in self.content.items}


@dataclass(frozen=True)
class LivePage:
    """One page of the live site: what it was made from, where it is, what was found in it."""

    digest: bytes
    file: str
    address: str
    findings: PageFindings


@dataclass(frozen=True)
class Live:
    """The live site: from what it was made, the name of its folder, and its pages by their
    path in the docs."""

    order: Order
    generation: str
    theme: Theme
    pages: Mapping[str, LivePage]


@dataclass
class Memory:
    """Kept by whoever builds repeatedly, and handed to every build."""

    readings: Readings = field(default_factory=dict)
    live: Live | None = None


def digest_page(page: MadePage) -> bytes:
    """Digest what the page is made of: equal if the same theme would render it equally."""
    return hashlib.blake2b(repr((page.meta, page.text)).encode(), digest_size=16).digest()


def remember_page(page: MadePage, rendered: Rendered) -> LivePage:
    """Keep what the next build needs to know of a page."""
    return LivePage(digest_page(page), rendered.file, rendered.address, rendered.findings)
