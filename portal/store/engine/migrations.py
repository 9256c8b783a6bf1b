"""Bringing an existing database up to the declared schema, when it is opened and only then."""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from sqlalchemy.schema import CreateColumn, CreateIndex, CreateTable

from portal.store.engine.layout import INDEX_PREFIXES, TableLayout
from portal.store.errors import NewerDatabase, StoreDown

META = sa.Table(
    "meta",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
)
ADVISORY_LOCK = 0x62616E67  # any number that is ours: openers of one database take turns


def is_up_to_date(
    connection: sa.Connection, layouts: Iterable[TableLayout], version: int, place: str
) -> bool:
    """Tell whether nothing is missing. Raises ``NewerDatabase`` before anything was changed."""
    written = _written_version(connection)
    if written is not None and written > version:
        raise NewerDatabase(
            f"{place}：数据库由更新的程序写成（版本 {written}，本程序 {version}），请升级本程序"
        )
    return written == version and not any(_changes(connection, layouts))


def bring_up_to_date(
    connection: sa.Connection, layouts: Iterable[TableLayout], version: int, place: str
) -> None:
    """Create what is missing, in the caller's write transaction.

    A field that is newly indexed becomes a column of the existing table: virtual on SQLite,
    stored on PostgreSQL, which rewrites the table and then needs fresh statistics.
    """
    layouts = list(layouts)
    server = connection.dialect.name == "postgresql"
    if server:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ADVISORY_LOCK)))
        if connection.exec_driver_sql("SHOW server_encoding").scalar_one() != "UTF8":
            raise StoreDown(f"{place}：数据库必须用 UTF8 编码，请重新建库")
    if is_up_to_date(connection, layouts, version, place):
        return
    for layout, statement in list(_changes(connection, layouts)):
        connection.execute(statement)
        if server and not isinstance(statement, CreateTable):
            connection.exec_driver_sql(f'ANALYZE "{layout.name}"')
    META.create(connection, checkfirst=True)
    connection.execute(sa.delete(META))
    connection.execute(sa.insert(META).values(id=1, version=version))


def _written_version(connection: sa.Connection) -> int | None:
    if not sa.inspect(connection).has_table(META.name):
        return None
    return connection.execute(sa.select(META.c.version)).scalar()


def _changes(
    connection: sa.Connection, layouts: Iterable[TableLayout]
) -> Iterator[tuple[TableLayout, sa.Executable]]:
    """Find what brings the database to the layouts, in the order in which it is to be done."""
    inspector = sa.inspect(connection)
    existing = set(inspector.get_table_names())
    for layout in layouts:
        if layout.name not in existing:
            yield layout, CreateTable(layout.sql)
            columns, indexes = set(layout.sql.c.keys()), set[str]()
        else:
            columns = {column["name"] for column in inspector.get_columns(layout.name)}
            indexes = {str(index["name"]) for index in inspector.get_indexes(layout.name)}
        for column in layout.columns.values():
            if column.name not in columns:
                yield layout, _add_column(connection, layout, column)
        wanted = {str(index.name): index for index in layout.sql.indexes}
        for name in sorted(wanted.keys() - indexes):
            yield layout, CreateIndex(wanted[name])
        # One that is no longer declared might go on refusing documents as duplicates.
        for name in sorted(indexes - wanted.keys()):
            if name.startswith(INDEX_PREFIXES):
                yield layout, sa.text(f'DROP INDEX "{name}"')


def _add_column(
    connection: sa.Connection, layout: TableLayout, column: sa.Column[str]
) -> sa.Executable:
    definition = CreateColumn(column).compile(dialect=connection.dialect)
    return sa.text(f'ALTER TABLE "{layout.name}" ADD COLUMN {definition}')
