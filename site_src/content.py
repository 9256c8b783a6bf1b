"""What the site is made from: the items of every collection, rules, settings, published data."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from rulefiles.deadlines import TimeLimits
from rulefiles.local_values import LocalValues
from site_src.centre import Centre
from site_src.frontmatter import Document
from site_src.network import Network
from site_src.public_data import PublicData
from site_src.schemas import StrictModel

RecordType = TypeVar("RecordType", bound=StrictModel)


@dataclass(frozen=True)
class Item(Generic[RecordType]):
    """One checked content file and the address of its page, with slashes at both ends."""

    folder: str
    slug: str
    address: str
    record: RecordType
    document: Document

    @property
    def body(self) -> str:
        """Return the Markdown text below the front matter."""
        return self.document.body.strip()

    @property
    def path(self) -> str:
        """Return the path of its page in the docs."""
        return f"{self.address.strip('/')}.md"


@dataclass(frozen=True, kw_only=True)
class Content:
    """Everything the site is made from, checked; `collections` holds the items by their schema.

    `addresses` are those that bodies may link to.
    """

    centre: Centre
    collections: Mapping[type[StrictModel], tuple[Item[Any], ...]]
    addresses: frozenset[str]
    deadlines: TimeLimits
    local: LocalValues
    network: Network | None
    redirects: Mapping[str, str]
    public: PublicData
    images: tuple[Path, ...]

    def of(self, schema: type[RecordType]) -> tuple[Item[RecordType], ...]:
        """Return the items of the collection with this schema, in its order."""
        return self.collections.get(schema, ())

    @cached_property
    def items(self) -> tuple[Item[Any], ...]:
        """List the files of all collections; each has a page of its own."""
        return tuple(item for items in self.collections.values() for item in items)

    def pick(self, schema: type[RecordType], slugs: Iterable[str]) -> list[Item[RecordType]]:
        """Return the items with these checked names, in the order of their collection."""
        places, items = self._places[schema], self.of(schema)
        return [items[place] for place in sorted({places[slug] for slug in slugs})]

    def naming(self, schema: type[RecordType], field: str, slug: str) -> list[Item[RecordType]]:
        """Return the items of a collection that name `slug` in one of their lists."""
        key = (schema, field)
        if key not in self._naming:
            found: dict[str, list[Item[Any]]] = defaultdict(list)
            for item in self.of(schema):
                for named in dict.fromkeys(getattr(item.record, field)):
                    found[named].append(item)
            self._naming[key] = dict(found)
        return self._naming[key].get(slug, [])

    @cached_property
    def _places(self) -> Mapping[type[StrictModel], Mapping[str, int]]:
        return {
            schema: {item.slug: place for place, item in enumerate(items)}
            for schema, items in self.collections.items()
        }

    @cached_property
    def _naming(self) -> dict[tuple[type[StrictModel], str], Mapping[str, list[Item[Any]]]]:
        return {}  # filled by `naming`, one field at a time
