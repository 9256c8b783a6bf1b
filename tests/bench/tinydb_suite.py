"""TinyDB's own tests, run on our rows: what fails is either a difference on purpose, or a fault.

Its source package is fetched by version and hash; nothing of it is kept here. Run by hand:
`python -m tests.bench.tinydb_suite`, or with the path of the package where there is no network.
"""

import os
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from tests.support import patience

REPOSITORY = Path(__file__).parents[2]
PACKAGE = (
    "tinydb==4.9.0 --hash=sha256:6928b1fa785186bda7952a0ba05aaeedc883ede565ca9c7d608de44e5e75de70"
)
FILES = ("test_operations.py", "test_queries.py", "test_tables.py", "test_tinydb.py")
DIFFERENCES = {
    "IDs are never given twice": (
        "test_next_id", "test_truncate_table", "test_insert_ids", "test_insert_with_doc_id",
        "test_insert_with_duplicate_doc_id", "test_insert_multiple_with_ids",
        "test_update_returns_ids",
    ),
    "There is no query cache": (
        "test_query_cache", "test_query_cache_size", "test_lru_cache", "test_search",
        "test_search_path",
    ),
    "Tables are declared": ("test_tables_list", "test_persist_table"),
    "Names of databases and tables show no content": ("test_table_repr",),
}  # fmt: skip
"""Tests that fail on purpose, by what `portal/docs/store.md` says of it."""
_CONFTEST = """
import pytest
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import MemoryStorage
from portal.store.engine.database import RowDB

NAMES = ("_default", "foo", "nonpersisted", "persisted", "table", "table1", "table2", "table3")


@pytest.fixture(params=["rows"])
def db(request, tmp_path):
    opened = RowDB(f"sqlite:///{tmp_path}/rows.db", {name: [] for name in NAMES})
    opened.insert_multiple({"int": 1, "char": sign} for sign in "abc")
    yield opened
    opened.close()


@pytest.fixture
def storage():
    return CachingMiddleware(MemoryStorage)()
"""


def fetch_package(folder: Path) -> Path:
    """Fetch the source package, of exactly this hash."""
    wanted = folder / "wanted.txt"
    wanted.write_text(PACKAGE, "ascii")
    options = ["--quiet", "--no-deps", "--require-hashes", "--no-binary", "tinydb"]
    where = ["--dest", str(folder), "--requirement", str(wanted)]
    command = [sys.executable, "-m", "pip", "download", *options, *where]
    subprocess.run(command, check=True)
    return next(folder.glob("tinydb-*.tar.gz"))


def run_suite(package: Path, folder: Path) -> tuple[int, set[str]]:
    """Run the tests on our rows; how many passed, and the names of those that failed."""
    with tarfile.open(package) as packed:
        for name in FILES:
            found = packed.extractfile(f"{package.name.removesuffix('.tar.gz')}/tests/{name}")
            assert found
            (folder / name).write_bytes(found.read())
    (folder / "conftest.py").write_text(_CONFTEST, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-rf", "-p", "no:cacheprovider",
               "--rootdir", str(folder), str(folder)]  # fmt: skip
    said = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, timeout=patience.STEP * 10,
    ).stdout  # fmt: skip
    failed = set(re.findall(r"^FAILED \S+::(\w+)", said, re.MULTILINE))
    passed = re.search(r"(\d+) passed", said)
    return int(passed[1]) if passed else 0, failed


def main() -> int:
    """Print what passed and what differs on purpose; 1 if anything else does."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        package = Path(sys.argv[1]) if sys.argv[1:] else fetch_package(folder)
        passed, failed = run_suite(package.resolve(), folder)
    known = {test for tests in DIFFERENCES.values() for test in tests}
    print(f"{passed} of {passed + len(failed)} tests of TinyDB pass")
    for words, tests in DIFFERENCES.items():
        print(f"{words}: {', '.join(tests)}")
    print("faults:", *sorted(failed - known) or ("none",))
    print("no longer different:", *sorted(known - failed) or ("none",))
    return int(failed != known)


if __name__ == "__main__":
    sys.exit(main())
