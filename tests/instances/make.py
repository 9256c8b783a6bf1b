"""Make the instance that a released version leaves behind, for all later ones to open.

    python -m tests.instances.make

Run it once at each release, with the program of that release, and commit what it writes under
the folder of the version. It takes some minutes, needs PostgreSQL, and makes the same people,
moments and words each time; keys and what is sealed with them differ.
"""

import json
import lzma
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from unittest.mock import patch

from portal.demo.cases import seed_demonstration
from portal.domain.cases.events import REGISTRY
from portal.domain.cases.receipt_signature import write_proof
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.content.articles import ArticleState
from portal.domain.documents.document_types import PAPERS
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.rate_limits import RateLimit
from portal.newsroom.content_folder import Newsroom
from portal.operations.cases import receipt_signature
from portal.operations.counter import entry
from portal.operations.forms import submission
from portal.operations.forms.submission import Receipt
from portal.operations.office import Office
from portal.publishing.content_files import SiteBuilder
from portal.settings.config import Config, instance_place, load_config, read_centre
from portal.store.centre.instance import Place, create_instance
from portal.store.engine.database import RowDB
from portal.store.engine.schema import SCHEMA, SCHEMA_VERSION
from portal.store.outbox import DeliveryState
from tests.conftest import SETTINGS, find_server_programs, server_account, start, wait_until_ready
from tests.instances import filling, kept, writing
from tests.instances.facts import gather
from tests.instances.filling import AS_OF
from tests.instances.looking import Facts
from tests.instances.stories import Book, play
from tests.support.centre import Centre, Chance, Clock
from tests.support.samples import PASSWORD

DEMONSTRATION = datetime(2026, 8, 24, 2, 0, tzinfo=UTC)
PUBLISHED = ("2026-09-01T02:00:00+00:00", AS_OF.isoformat())
"""The moments whose published figures are kept."""
CONFIG = """\
# What the operator of this centre wrote.
[server]
public_url = "https://bangfu.example.org"

[limits]
"submit by address" = 120
"wrong code by receipt" = 90
"""


def main() -> None:
    """Make it, pack it, and write down what is true of the packed one."""
    target = kept.HERE / version("bangfu")
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        keys = fill(Path(scratch) / "made", Path(scratch) / "made" / "instance")
        kept.pack(Path(scratch) / "made", target / kept.PACKED)
        dump_for_postgresql(Path(scratch) / "made", target / kept.DUMPED)
        kept.unpack(target / kept.PACKED, Path(scratch) / "looked at")
        opened = kept.open_kept(Path(scratch) / "looked at", AS_OF)
        facts = gather(opened, keys, Path(scratch) / "published")
        opened.instance.db.close()
    text = json.dumps(facts, ensure_ascii=False, indent=1)
    (target / kept.FACTS).write_text(text + "\n", "utf-8")
    for file in sorted(target.iterdir()):
        print(f"{file.name}: {file.stat().st_size:,} bytes")


def fill(root: Path, folder: Path) -> Facts:
    """Make an instance and let a year and an autumn pass in it; returns what opens its parts."""
    shutil.copytree(kept.CONTENT, root / "content")
    kept.lay_out_site(root)
    folder.mkdir(mode=0o700)
    (folder / "config.toml").write_text(CONFIG, "utf-8")
    config, chance = load_config(folder), Chance()
    place = instance_place(folder, config, {})
    instance = create_instance(place, DEMONSTRATION)

    def without_limits(office: Office) -> Office:
        free = dict.fromkeys(RateLimit, 10**6)
        return replace(office, new_token=chance.token, randbelow=chance.below, limits=free)

    opened = kept.assemble(instance, place, root, Config(), DEMONSTRATION, without_limits)
    centre = Centre(instance, opened.office, opened.app, root, opened.clock, chance)
    receipts = demonstrate(opened.office)
    book = live_an_autumn(centre, opened.clock)
    link = filling.pending_link(book)
    require_everything(centre)
    instance.db.close()
    shutil.rmtree(root / "build")
    return keys_of(opened.office, receipts, book, link)


def demonstrate(office: Office) -> list[Receipt]:
    """Make the demonstration centre; returns what its visitors and the counter were given."""
    given: list[Receipt] = []
    submit, key_in = submission.submit_case, entry.key_in_case

    def submit_and_note(*known: object, **more: object) -> Receipt:
        given.append(submit(*known, **more))  # type: ignore[arg-type]
        return given[-1]

    def key_in_and_note(*known: object, **more: object) -> Receipt:
        given.append(key_in(*known, **more))  # type: ignore[arg-type]
        return given[-1]

    with patch.object(submission, "submit_case", submit_and_note), patch.object(
        entry, "key_in_case", key_in_and_note
    ):  # fmt: skip
        seed_demonstration(office, lambda done, of: None)
    return given


def live_an_autumn(centre: Centre, clock: Clock) -> Book:
    """Let all stories happen, and the newsroom beside them."""
    book, jam = Book(centre), writing.Jam()
    clock.now = DEMONSTRATION
    filling.invite_staff(book)
    news = Newsroom(centre.office, SiteBuilder(centre.root, jam))
    stories = [*filling.list_stories(book)]
    stories.append((writing.BEGINS, writing.write_for_the_site(book, news, jam)))
    play(centre, stories)
    return book


def keys_of(office: Office, receipts: list[Receipt], book: Book, link: str) -> Facts:
    """What opens the parts of the instance."""
    name = read_centre(kept.CONTENT).name
    shown = [
        write_proof(receipt_signature.prove_receipt(office, one, name)) for one in receipts[-3:]
    ]
    return {
        "version": version("bangfu"),
        "as_of": AS_OF.isoformat(),
        "password": PASSWORD,
        "shut_out": "former",
        "invited": {"name": "示范新来的", "link": f"/staff/link/{link}"},
        "receipts": ["\n".join(f"{label}：{words}" for label, words in one.items())
                     for one in shown],
        "published": PUBLISHED,
        "cases": [
            *({"number": one.number, "code": one.code, "made": "demonstration"}
              for one in receipts),
            *({"number": one.number, "code": one.code, "made": "by hand"}
              for one in book.filed.values()),
        ],
        "dead_codes": [{"number": one.number, "code": one.code} for one in book.dead],
        "forms": [{"number": one.number, "code": one.code, "whole": whole,
                   "photos": int(one.kind in PAPERS)}
                  for one, whole in book.asides],
        "unsaved": [{"token": token} for token in book.tokens],
    }  # fmt: skip


def require_everything(centre: Centre) -> None:
    """Every event, every state of a case, a message and an article occur at least once."""
    rows = centre.contents()
    told = {row["type"] for row in rows["events"].values()}
    stand = {(row["kind"], row["state"]) for row in rows["cases"].values()}
    states = {(kind, state) for kind, flow in WORKFLOWS.items() for state in flow.states}
    lacking = [
        REGISTRY.keys() - told,
        {(str(kind), state) for kind, state in states} - stand,
        {str(kind) for kind in CaseKind} - {row["kind"] for row in rows["cases"].values()},
        {str(one) for one in DeliveryState} - {row["state"] for row in rows["outbox"].values()},
        {str(one) for one in ArticleState} - {row["state"] for row in rows["articles"].values()},
        {name for name, found in rows.items() if not found} - {"article_versions"},
    ]
    assert not any(lacking), lacking


def dump_for_postgresql(root: Path, dumped: Path) -> None:
    """Move the rows to PostgreSQL, as the manual says, and dump that database."""
    folder = root / "instance"
    with serve_postgresql() as url:
        place = instance_place(folder, load_config(folder), {})
        copy_rows(place, url)
        programs = find_server_programs()
        sql = subprocess.run(
            [programs / "pg_dump", "--no-owner", "--no-privileges", "--inserts",
             "--rows-per-insert=100", url.replace("+psycopg", "")],
            check=True, capture_output=True,
        ).stdout  # fmt: skip
    # Orders to psql, which newer versions of pg_dump write, are no SQL.
    lines = [line for line in sql.splitlines(keepends=True) if not line.startswith(b"\\")]
    dumped.write_bytes(lzma.compress(b"".join(lines), preset=9 | lzma.PRESET_EXTREME))


def copy_rows(place: Place, url: str) -> None:
    """Copy all rows of an instance, IDs included (portal/docs/store.md)."""
    old = RowDB(place.store_url, SCHEMA, version=SCHEMA_VERSION)
    new = RowDB(url, SCHEMA, version=SCHEMA_VERSION)
    new.storage.write(old.storage.read())
    for db in (old, new):
        db.close()


@contextmanager
def serve_postgresql() -> Iterator[str]:
    """A server that lives as long as the block; its address."""
    programs, account = find_server_programs(), server_account()
    folder = Path(tempfile.mkdtemp(prefix="bangfu-pg-", dir="/tmp"))
    os.chown(folder, account.pw_uid, account.pw_gid)
    data = ["-D", str(folder / "data")]
    initial = ["-U", "bangfu", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
    assert start([programs / "initdb", *data, *initial], folder, account).wait() == 0
    server = start([programs / "postgres", *data, "-k", folder, *settings], folder, account)
    try:
        url = f"postgresql+psycopg://bangfu@/postgres?host={folder}"
        wait_until_ready(url, server, folder / "log")
        yield url
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
