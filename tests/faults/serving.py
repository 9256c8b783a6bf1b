"""What the fault tests share: an instance, its real server process, and a browser."""

import http.client
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.support import patience, preloaded
from tests.support.ports import find_free_port
from tests.support.preloaded import Process

PROJECT = Path(__file__).parents[2]
INSTALLED = str(Path(sys.executable).with_name("bangfu"))
READY = "按 Ctrl+C 停止"
ROOMY = dict.fromkeys(
    (
        "submit by address",
        "submit",
        "submit, all",
        "new cases",
        "draft by address",
        "upload megabytes",
        "upload by address",
    ),
    100_000,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a test's centre is: the folder with content and build, the instance, the port."""

    root: Path
    instance: Path
    port: int
    store_url: str = "sqlite:///portal.db"

    @property
    def address(self) -> str:
        """Where its server is reached."""
        return f"http://127.0.0.1:{self.port}"


def lay_out_centre(folder: Path, store_url: str = "sqlite:///portal.db") -> Setting:
    """The content of the project and a config.toml, in folders of their own; no data yet."""
    root, instance = folder / "root", folder / "instance"
    shutil.copytree(PROJECT / "content", root / "content")
    setting = Setting(root, instance, find_free_port(), store_url)
    instance.mkdir(mode=0o700, exist_ok=True)
    write_config(setting)
    return setting


def write_config(
    setting: Setting, limits: Mapping[str, int] = ROOMY, public_url: str = "", server: str = ""
) -> None:
    """A configuration, by default one that lets one address hand in as much as it likes.

    `server` is what its part [server] says beside the port and the address.
    """
    counts = "".join(f'"{name}" = {count}\n' for name, count in limits.items())
    text = (
        f'[server]\nport = {setting.port}\npublic_url = "{public_url or setting.address}"\n{server}'
        f'[store]\nurl = "{setting.store_url}"\n[limits]\n{counts}'
    )
    (setting.instance / "config.toml").write_text(text, "utf-8")


def words_of(setting: Setting, *words: str) -> list[str]:
    """What an operator would type after `bangfu` for this centre."""
    return ["--root", str(setting.root), "--instance", str(setting.instance), *words]


def run_command(setting: Setting, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; its exit code and what it printed."""
    return preloaded.run(preloaded.BANGFU, *words_of(setting, *words))


def create_centre(folder: Path, store_url: str = "sqlite:///portal.db") -> Setting:
    """A new centre, as `bangfu init` makes it."""
    setting = lay_out_centre(folder, store_url)
    done = run_command(setting, "init")
    if done.returncode:
        raise RuntimeError(done.stderr)
    return setting


@cache
def _empty_centre() -> "tempfile.TemporaryDirectory[str]":
    """An empty centre to copy, removed when this process ends; all copies have the same keys."""
    folder = tempfile.TemporaryDirectory(prefix="bangfu-empty-")
    create_centre(Path(folder.name))
    return folder


def copy_centre(folder: Path) -> Setting:
    """An empty centre of its own, quicker than `create_centre`."""
    setting = lay_out_centre(folder)
    empty, own = Path(_empty_centre().name) / "instance", shutil.ignore_patterns("config.toml")
    shutil.copytree(empty, setting.instance, ignore=own, dirs_exist_ok=True)
    return setting


def start_server(setting: Setting) -> Process:
    """Start `bangfu serve`; returns when it takes requests. RuntimeError if it does not start."""
    with (setting.root / "serve.err").open("a") as complaints:
        words = words_of(setting, "serve")
        server = preloaded.start(preloaded.BANGFU, *words, err=complaints.fileno())
    assert server.stdout is not None
    if not any(READY in line for line in server.stdout):
        end_server(server, signal.SIGKILL)
        raise RuntimeError((setting.root / "serve.err").read_text())
    return server


def end_server(server: Process, how: signal.Signals = signal.SIGTERM) -> None:
    """End a server that we started, and wait until it is gone."""
    server.send_signal(how)
    server.wait(patience.STEP)
    if server.stdout:
        server.stdout.close()


@contextmanager
def serving(setting: Setting) -> Iterator[Process]:
    """A server for the length of a block."""
    server = start_server(setting)
    try:
        yield server
    finally:
        end_server(server)


@dataclass(frozen=True, slots=True)
class Page:
    """An answer of the server."""

    status: int
    location: str
    text: str
    headers: Message


_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(slots=True)
class Browser:
    """One visitor's browser; the cookies are kept by hand, since plain http drops Secure ones."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    token: str = ""

    def get(self, path: str) -> Page:
        """Open a page; its form token is kept for the next `post`."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Mapping[str, str] | None = None) -> Page:
        """Send a form. OSError or HTTPException if the answer never came."""
        return self._ask("POST", path, urlencode({"csrf_token": self.token, **(fields or {})}))

    def send_photo(self, path: str, photo: bytes) -> Page:
        """Send a photo as the form of a page does. OSError or HTTPException as `post`."""
        fields = {"csrf_token": self.token, "file": FileStorage(BytesIO(photo), "a.jpg")}
        boundary, body = encode_multipart(fields)
        return self._ask("POST", path, body, f"multipart/form-data; boundary={boundary}")

    def _ask(self, method: str, path: str, body: str | bytes | None,
             kind: str = "application/x-www-form-urlencoded") -> Page:  # fmt: skip
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {**self.headers, "Cookie": cookies}
        if body is not None:
            headers["Content-Type"] = kind
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience.STEP)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        if found := _TOKEN.search(text):
            self.token = unescape(found[1])
        return Page(answer.status, answer.headers.get("Location", ""), text, answer.headers)


CONSULTATION = (
    ("topic", {"topic": "dismissal", "consent_legal": "yes"}),
    ("employer", {"against": "示范石材厂", "building_site": "no", "still_there": "still"}),
    ("job", {"hired_on": "2025-03-01", "wage_month": "4000", "legal_contract": "none"}),
    ("dismissal", {"dismissed_on": ""}),
    ("account", {"account": "（示范数据）老板拖了四个月工资。"}),
    ("people", {"people": "1", "steps_taken": "none", "next_deadline": ""}),
    ("evidence", {"evidence": "chat"}),
    ("wanted", {"wanted": "answer"}),
    ("contact", {"called": "陈师傅（示范）", "mobile": "19900012345"}),
    ("reply", {"may_contact": "yes", "call_times": "evening", "reply_by": "page", "town": "qs01"}),
    ("about-you", {"migrant_worker": "yes", "union_member": "no"}),
    ("papers", {"papers": "later"}),
)


def fill_consultation(browser: Browser) -> None:
    """Walk through the pages of a consultation up to the check page. AssertionError if refused."""
    browser.get("/consult")
    browser.post("/consult", {})
    for path, fields in CONSULTATION:
        page = browser.post(f"/consult/{path}", fields)
        assert page.status == 303, (path, page.status, page.location)
    assert page.location == "/consult/check"


@dataclass(frozen=True, slots=True)
class Slip:
    """What the receipt page shows: number and code."""

    number: str
    code: str


_SHOWN = re.compile(r'<dd class="number[^"]*">([^<]+)</dd>')


def submit(browser: Browser) -> Slip:
    """Press the last button and read the receipt. OSError or HTTPException if an answer is lost."""
    page = browser.post("/consult/check")
    assert (page.status, page.location) == (303, "/consult/receipt"), page.status
    return read_receipt(browser)


def read_receipt(browser: Browser) -> Slip:
    """The receipt of what this browser handed in."""
    page = browser.get("/consult/receipt")
    assert page.status == 200, (page.status, page.location)
    number, code = _SHOWN.findall(page.text)
    return Slip(number, code)


def opens(port: int, slip: Slip) -> bool:
    """Whether number and code open a case, from a browser that knows nothing else."""
    stranger = Browser(port)
    stranger.get("/status")
    answer = stranger.post("/status", {"receipt": slip.number, "code": slip.code})
    return answer.status == 303 and slip.number in stranger.get("/status/case").text
