"""The instances that released versions left behind: packed beside this module, opened by today's.

A folder for each version: `instance.tar.xz` holds the instance on SQLite and its content,
`postgresql.sql.xz` the same rows for PostgreSQL, `facts.json` what must still be true of them.
"""

import json
import lzma
import shutil
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

from portal.newsroom.content_folder import Newsroom
from portal.operations.office import Office
from portal.publishing.content_files import SiteBuilder
from portal.server.serve import App, make_app, open_office
from portal.settings.config import Config, instance_place, load_config
from portal.store.centre.instance import Place, open_instance
from portal.store.store import Store
from site_src.build import check_content
from tests.support.centre import Clock

HERE = Path(__file__).parent
CONTENT = HERE.parents[1] / "content"
PACKED, DUMPED, FACTS = "instance.tar.xz", "postgresql.sql.xz", "facts.json"
_WITH_THE_PROGRAM = ("rules",)
"""What of content/ an upgrade brings along, as its tables belong to the program."""


_REWORDED = {
    "我们收到了，律师正在看。": "我们收到了，等律师答复。",
    "我们收到了，正在看材料齐不齐。": "我们收到了，等工作人员看材料齐不齐。",
    "正在核实": "受理了，等核实",
    "我们已经受理，正在核实情况，可能会给您打电话或上门。":
        "我们已经受理，下一步核实情况，可能会上门，或者给您打电话。",
    "我们收到了，会打电话和您商量。": "我们收到了，会给您打电话，和您商量。",
    "岗位或培训写在下面。去了以后，请告诉我们结果，我们也会打电话问您。":
        "岗位或培训写在下面。去了以后，请告诉我们结果，我们也会给您打电话。",
    "情况已经核实，正在等审批。": "情况已经核实，报上去等审批。",
    "正在复核": "等复核",
    "我们收到了您的复核申请，换了人正在重新看。": "我们收到了您的复核申请，会换人重新看。",
    "我们收到了，马上安排人核查。": "我们收到了，等人核查。",
    "正在核查": "开始核查了",
    "正在重新核查您说的情况。": "已经开始重新核查您说的情况。",
    "查完了，换了一个人在定名单要不要改。": "查完了，等另外一个人定名单要不要改。",
    "我们收到了，先核对是不是您本人。": "我们收到了，等我们核对是不是您本人。",
    "已受理，核实中": "已受理，待核实",
    "复核中": "待复核",
}  # fmt: skip
"""What a state is called now: it tells what an event proves, not what somebody may be doing."""


_IN_EMERGENCIES = {
    "我们收到了，等工作人员看材料齐不齐。":
        "我们收到了，等工作人员看情况、给您打电话。等不及，请您先打过来。",
}  # fmt: skip
"""What the same state says of 临时救助, where papers are not waited for."""


@dataclass
class Kept:
    """A kept instance that is open: both apps on it, at the moment that the facts are about."""

    root: Path
    place: Place
    instance: Store
    office: Office
    room: Newsroom
    app: App
    clock: Clock


def list_versions() -> list[str]:
    """The versions that left an instance behind, by name."""
    return sorted(folder.parent.name for folder in HERE.glob(f"*/{FACTS}"))


def read_facts(version: str) -> Any:
    """What must still be true of the instance of a version."""
    told = (HERE / version / FACTS).read_text("utf-8")
    for before, after in _REWORDED.items():
        told = told.replace(f'"{before}"', f'"{after}"')
    facts = json.loads(told)
    for case in facts["cases"]:
        if case["kind"] == "临时救助申请":
            case["sentence"] = _IN_EMERGENCIES.get(case["sentence"], case["sentence"])
    return facts


def pack(root: Path, packed: Path) -> None:
    """Pack `instance` and `content` of a folder; the instance must be closed."""

    def nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
        if entry.name.endswith((".lock", ".part")):
            return None
        return entry.replace(uid=0, gid=0, uname="", gname="", deep=False)

    with tarfile.open(packed, "w:xz", preset=9) as archive:
        for part in ("content", "instance"):
            archive.add(root / part, part, filter=nobody)


def unpack(packed: Path, root: Path) -> None:
    """Lay out a folder as a centre has it: instance, content, and a site to show pages with."""
    root.mkdir(parents=True)
    with tarfile.open(packed) as archive:
        archive.extractall(root, filter="data")
    for part in _WITH_THE_PROGRAM:
        shutil.rmtree(root / "content" / part)
        shutil.copytree(CONTENT / part, root / "content" / part)
    lay_out_site(root)


def lay_out_site(root: Path) -> None:
    """Put a small site where the apps look for one."""
    (root / "build" / "public-data").mkdir(parents=True)
    (root / "build" / "site").mkdir()
    (root / "build" / "site" / "csp.json").write_text('{"style-src": []}', "utf-8")


def load_dump(dumped: Path, server: str, database: str) -> str:
    """Fill a new database of a server with a dump; returns its address for the program."""
    address = make_url(server)
    with psycopg.connect(_plain(server), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{database}"'.encode())
    url = address.set(database=database).render_as_string(hide_password=False)
    with psycopg.connect(_plain(url)) as connection:
        connection.execute(lzma.decompress(dumped.read_bytes()))
    return url


def _plain(url: str) -> str:
    return url.replace("+psycopg", "")


def open_kept(root: Path, moment: datetime, store_url: str = "") -> Kept:
    """Open the instance of an unpacked folder with the program of today, and both apps on it."""
    folder = root / "instance"
    config = load_config(folder)
    place = instance_place(folder, config, {"BANGFU_STORE": store_url} if store_url else {})
    return assemble(open_instance(place, thorough=True), place, root, config, moment)


def assemble(
    instance: Store, place: Place, root: Path, config: Config, moment: datetime,
    change: Callable[[Office], Office] = replace,
) -> Kept:  # fmt: skip
    """Make both apps on an open instance; `change` gives the office other chances or limits."""
    clock = Clock(moment)
    office = change(open_office(instance, root / "content", config, clock))

    def rebuild() -> None:
        check_content(root)

    room = Newsroom(office, SiteBuilder(root, rebuild))
    return Kept(root, place, instance, office, room, make_app(room, root, config), clock)
