"""The way from 0.1.0: killed anywhere it has happened or it has not, and the next one does it."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from portal.settings.config import instance_place, load_config
from portal.store import audit, migrations
from portal.store.centre.instance import hold_instance, open_instance
from portal.store.errors import InstanceProblem
from tests.instances.kept import HERE, PACKED, unpack

DYING = """
import os, signal, sys
from pathlib import Path
from portal.settings.config import instance_place, load_config
from portal.store.centre.instance import open_instance
from portal.store.engine.storage import RowStorage
left, write = [int(sys.argv[2])], RowStorage.execute
def die(*given, **named):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return write(*given, **named)
RowStorage.execute = die
folder = Path(sys.argv[1])
open_instance(instance_place(folder, load_config(folder)))
"""


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
    died = subprocess.run([sys.executable, "-c", DYING, str(folder), str(write)],
                          capture_output=True, cwd=Path(__file__).parents[3])  # fmt: skip
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert open_it(folder)[1:] == ({"case", "article"}, 0)


def test_it_happens_once_and_is_told_in_the_log(folder: Path) -> None:
    first = open_it(folder)
    assert open_it(folder) == first


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
