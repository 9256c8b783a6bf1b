"""The way from 0.1.0: killed anywhere it has happened or it has not, and the next one does it."""

import json
import shutil
import signal
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.operations.centre.restore import examine, loaded_copy
from portal.settings.config import instance_place, load_config
from portal.store import audit, migrations
from portal.store.centre.backup import Manifest
from portal.store.centre.instance import Place, create_instance, hold_instance, open_instance
from portal.store.errors import InstanceProblem, KeyProblem
from portal.store.store import Store
from tests.instances.kept import HERE, PACKED, unpack
from tests.support.dying import run_until

A_DAY = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance of 0.1.0, unpacked once."""
    root = tmp_path_factory.mktemp("packed") / "root"
    unpack(HERE / "0.1.0" / PACKED, root)
    return root / "instance"


@pytest.fixture
def folder(packed: Path, tmp_path: Path) -> Path:
    """A copy of it that nobody has opened."""
    return Path(shutil.copytree(packed, tmp_path / "instance"))


def open_it(folder: Path) -> tuple[int, set[str], int]:
    """Open it: audit entries, names of the records that events belong to, pending migrations."""
    store = open_instance(instance_place(folder, load_config(folder)))
    try:
        count, _ = audit.verify_chain(store)
        owners = {str(row.get("record")).partition(" ")[0] for row in store.db.table("events")}
        return count, owners, len(migrations.pending(store))
    finally:
        store.db.close()


@pytest.mark.parametrize("write", [1, 2, 700, 2200])
def test_killed_in_the_middle_it_is_begun_again_by_the_next_one(folder: Path, write: int) -> None:
    place = ("portal.store.engine.storage.RowStorage", "execute")
    assert run_until(*place, write, "--instance", str(folder), "verify") == -signal.SIGKILL
    assert open_it(folder)[1:] == ({"case", "article"}, 0)


def test_it_happens_once_and_is_told_in_the_log(folder: Path) -> None:
    first = open_it(folder)
    assert open_it(folder) == first


def test_a_copy_that_0_1_0_made_becomes_what_its_instance_becomes(
    folder: Path, tmp_path: Path
) -> None:
    place, scratch = instance_place(folder, load_config(folder)), tmp_path / "scratch"
    copy = replace(place, store_url=f"sqlite:///{tmp_path / 'restored.db'}")
    rows = write_as_copied(folder, scratch)
    manifest = Manifest(format=1, schema=4, made_at="", rows=rows, files=26, missing=0)
    with loaded_copy(copy, scratch, manifest) as store:
        report, restored = examine(store, lambda done, of: None), rows_of(store)
    store = open_instance(place)
    try:
        assert restored == rows_of(store)
    finally:
        store.db.close()
    assert (report.problems, report.cases) == ((), rows["cases"])


def write_as_copied(folder: Path, scratch: Path) -> dict[str, int]:
    """Write the tables and files of an instance as a copy holds them; the rows of each table."""
    shutil.copytree(folder / "files", scratch / "files")
    (scratch / "tables").mkdir()
    rows = {}
    with closing(sqlite3.connect(folder / "portal.db")) as db:
        tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for name in {name for (name,) in tables} - {"meta", "sqlite_sequence"}:
            select = f'SELECT id, doc FROM "{name}" ORDER BY id'  # noqa: S608 - its own name
            found = db.execute(select).fetchall()
            lines = [json.dumps({"id": number, "doc": json.loads(doc)}) for number, doc in found]
            (scratch / "tables" / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
            rows[name] = len(lines)
    return rows


def rows_of(store: Store) -> dict[str, int]:
    """How many rows of each table there are, and events of each type; nobody is signed in."""
    counted = Counter(str(row["type"]) for row in store.db.table("events"))
    kept = store.db.tables() - {"sessions", "links"}
    return {name: len(store.db.table(name)) for name in kept} | counted


def test_an_event_whose_case_is_gone_stops_no_centre(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "portal.db")) as rows:
        rows.execute("DELETE FROM cases WHERE id = 1")
        rows.commit()
    assert open_it(folder)[1:] == ({"case", "article"}, 0)


def test_no_event_tells_anything_in_words(folder: Path) -> None:
    store = open_instance(instance_place(folder, load_config(folder)))
    try:
        events = [str(dict(row)) for row in store.db.table("events")]
    finally:
        store.db.close()
    assert [event for event in events if not event.isascii()] == []


def test_while_a_server_runs_on_it_nothing_is_migrated_and_nothing_touched(folder: Path) -> None:
    database = folder / "portal.db"
    before = database.read_bytes()
    with hold_instance(folder), pytest.raises(InstanceProblem, match="请先停掉它"):
        open_it(folder)
    assert database.read_bytes() == before
    assert open_it(folder)[2] == 0


def test_with_the_keys_of_another_not_even_its_tables_are_brought_up_to_date(
    folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    create_instance(
        Place(other, f"sqlite:///{other}/portal.db", other / "keys.json"), A_DAY
    ).db.close()
    shutil.copy(other / "keys.json", folder / "keys.json")
    before = dump(folder)
    with pytest.raises(KeyProblem, match="什么都没有改动"):
        open_instance(instance_place(folder, load_config(folder)))
    assert dump(folder) == before


def dump(folder: Path) -> list[str]:
    """The whole database as SQL."""
    with closing(sqlite3.connect(folder / "portal.db")) as connection:
        return list(connection.iterdump())
