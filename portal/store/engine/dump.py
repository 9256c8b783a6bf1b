"""All documents of a database as lines of text, and back: the same for SQLite and PostgreSQL."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from tinydb.table import Document

from portal.store.engine.database import RowDB
from portal.store.errors import Damaged, InstanceProblem

_AT_ONCE = 500


def dump_tables(db: RowDB, folder: Path) -> dict[str, int]:
    """Write each table to a file, all as they are at one moment; returns their row counts."""
    with db.snapshot():
        return {name: _dump(db, name, folder / f"{name}.jsonl") for name in sorted(db.tables())}


def _dump(db: RowDB, name: str, file: Path) -> int:
    count = 0
    with file.open("w", encoding="utf-8") as lines:
        for document in db.table(name):
            row = {"id": document.doc_id, "doc": document}
            lines.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
            count += 1
    return count


def dumped(folder: Path, name: str) -> Iterator[Document]:
    """Read the documents that `dump_tables` wrote of a table, in order of their IDs. Damaged."""
    file = folder / f"{name}.jsonl"
    try:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield Document(row["doc"], row["id"])
    except (OSError, ValueError, KeyError):
        raise Damaged(f"{file.name}：备份里的这个文件读不出来。请换一份备份。") from None


def load_tables(db: RowDB, folder: Path, counts: Mapping[str, int]) -> None:
    """Put what `dump_tables` wrote into an empty database, IDs included; all or nothing.

    InstanceProblem if it is not empty, Damaged if a row is missing.
    """
    with db.transaction():
        for name in sorted(db.tables()):
            if len(db.table(name)):
                raise InstanceProblem(f"{db.storage.place}：里面已经有数据。请换一个空的数据库。")
            if name in counts:
                _load(db, name, folder, counts[name])


def _load(db: RowDB, name: str, folder: Path, count: int) -> None:
    indexed = db.storage.layouts[name].columns
    documents, loaded = (_as_text(one, indexed) for one in dumped(folder, name)), 0
    while batch := list(islice(documents, _AT_ONCE)):
        loaded += len(db.table(name).insert_multiple(batch))
    if loaded != count:
        raise Damaged(f"{name}：备份里应有 {count} 行，只有 {loaded} 行。请换一份备份。")


def _as_text(document: Document, indexed: Iterable[tuple[str, ...]]) -> Document:
    """Write numbers in indexed fields as text, which is all that an index takes.

    The version that made the copy indexed other fields; its migrations take text as well.
    """
    for name in {path[0] for path in indexed if len(path) == 1}:
        if isinstance(document.get(name), int):
            document[name] = str(document[name])
    return document
