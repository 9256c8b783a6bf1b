"""How declared tables lie in SQL: an ID, the document, a text column for each indexed field."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import sqlalchemy as sa

Schema = Mapping[str, Sequence[tuple[str, ...]]]
Path = tuple[str, ...]

UNIQUE = "unique"
INDEX_PREFIXES = ("index_", "unique_")
LONGEST_NAME = 63
"""So many signs PostgreSQL keeps of the name of an index."""
RESERVED_TABLES = {"meta"}
RESERVED_FIELDS = {"id", "doc"}
NAME = re.compile(r"[a-z_][a-z0-9_]*")
FIELD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# The "C" collation sorts by code point, as Python and SQLite do.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


@dataclass(frozen=True, eq=False)
class TableLayout:
    """A table of the schema: its SQL, its indexed fields by path, the paths of each index."""

    name: str
    sql: sa.Table
    columns: Mapping[Path, sa.Column[str]]
    indexes: tuple[tuple[Path, ...], ...]

    @property
    def id(self) -> sa.Column[int]:
        """The column of document IDs."""
        return self.sql.c.id


def lay_out_table(schema: Schema, embedded: bool) -> dict[str, TableLayout]:
    """Lay out every table of ``schema``; ``embedded`` is true for SQLite.

    An index is a tuple of fields, ``'a'`` or ``'a.b'``; a first ``'unique'`` makes it
    unique. Raises ``ValueError`` for a name that SQL or the store itself has taken.
    """
    metadata = sa.MetaData()
    return {
        name: _lay_out_table(metadata, name, indexes, embedded) for name, indexes in schema.items()
    }


def _lay_out_table(
    metadata: sa.MetaData, name: str, indexes: Sequence[tuple[str, ...]], embedded: bool
) -> TableLayout:
    if not NAME.fullmatch(name) or name in RESERVED_TABLES:
        raise ValueError(f"{name!r} cannot be the name of a table")
    fields = [tuple(field for field in index if field != UNIQUE) for index in indexes]
    columns = {path_of(field): _column(field, embedded) for field in _in_order(fields)}
    sql = sa.Table(
        name,
        metadata,
        sa.Column("id", ID, sa.Identity(), primary_key=True),
        sa.Column("doc", sa.JSON, nullable=False),
        *columns.values(),
        sqlite_autoincrement=True,  # an ID is never given twice
    )
    for index, names in zip(indexes, fields, strict=True):
        unique = index[0] == UNIQUE
        # The ID at the end lets pages continue and counts stay within the index.
        keys = [sql.c[field] for field in names] + ([] if unique else [sql.c.id])
        title = "_".join((UNIQUE if unique else "index", name, *names))
        sa.Index(_shorten(title), *keys, unique=unique)
    paths = tuple(tuple(path_of(field) for field in index) for index in fields)
    return TableLayout(name, sql, columns, paths)


def _shorten(title: str) -> str:
    """Return a name that PostgreSQL takes as it is: of a longer one, its beginning and a digest."""
    if len(title) <= LONGEST_NAME:
        return title
    digest = sha256(title.encode()).hexdigest()[:8]
    return f"{title[: LONGEST_NAME - len(digest) - 1]}_{digest}"


def _in_order(fields: Iterable[tuple[str, ...]]) -> list[str]:
    return list(dict.fromkeys(field for index in fields for field in index))


def _column(field: str, embedded: bool) -> sa.Column[str]:
    if not FIELD.fullmatch(field) or field in RESERVED_FIELDS:
        raise ValueError(f"{field!r} cannot be an indexed field")
    *parents, leaf = path_of(field)
    source = "doc" + "".join(f" -> '{parent}'" for parent in parents) + f" ->> '{leaf}'"
    # SQLite adds only virtual columns to a table that has rows, PostgreSQL only stored ones.
    return sa.Column(field, TEXT, sa.Computed(source, persisted=not embedded))


def path_of(field: str) -> Path:
    """Return the path of a field as TinyDB's queries have it: ``'a.b'`` is ``('a', 'b')``."""
    return tuple(field.split("."))
