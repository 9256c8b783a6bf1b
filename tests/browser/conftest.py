"""A real server with a demonstration centre, and Debian's Chromium."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from portal.domain.accounts.permissions import Role
from portal.operations.accounts import sessions, staff_accounts
from tests.browser.pressing import press
from tests.faults.kill_rounds import open_beside
from tests.faults.serving import Setting, lay_out_centre, run_command, serving, write_config
from tests.support import patience
from tests.support.once import make_once
from tests.support.ports import find_free_port

PASSWORD = "梨花-月亮-铁匠-河滩-风车"
STAFF = ("intake", "reviewer", "approver", "lawyer", "director", "admin", "auditor")
LOGINS = {duty: f"test-{duty}"
          for duty in (*STAFF, "second-approver", "second-intake", "second-lawyer")}  # fmt: skip
MOST = patience.STEP * 1000  # milliseconds
PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1366, height=768)


@dataclass(frozen=True)
class Centre:
    """The running centre: its address and its command."""

    address: str
    run: Callable[..., str]


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration centre with the site of the real content, and staff of our own; to copy."""
    return make_once(tmp_path_factory, "furnished", furnish)


def furnish(folder: Path) -> None:
    """Make a demonstration centre as an operator does, and let everybody set his password."""
    setting = lay_out_centre(folder)
    for words in (("demo",), ("site", "build")):
        run_command(setting, *words).check_returncode()
    with open_beside(setting) as office:
        for duty, login in LOGINS.items():
            role = Role(duty.removeprefix("second-"))
            token = staff_accounts.invite(office, login, "测试员", frozenset({role}), "test")
            sessions.sign_in_by_link(office, token, PASSWORD, "test")


@pytest.fixture(scope="session")
def centre(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """A demonstration centre on a free port, its site built from the real content."""
    roomy = {"submit by address": 100_000, "draft by address": 100_000}
    yield from open_centre(furnished, tmp_path_factory.mktemp("centre"), roomy)


def open_centre(furnished: Path, folder: Path, limits: Mapping[str, int]) -> Iterator[Centre]:
    """A running copy of the furnished centre in this folder, with some limits of its own."""
    shutil.copytree(furnished, folder, symlinks=True, dirs_exist_ok=True)
    setting = Setting(folder / "root", folder / "instance", find_free_port())
    write_config(setting, limits)

    def run(*words: str) -> str:
        done = run_command(setting, *words)
        done.check_returncode()
        return done.stdout

    with serving(setting):
        yield Centre(setting.address, run)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page in a fresh context; JavaScript is off unless asked for."""
    contexts: list[BrowserContext] = []

    def open_one(size: ViewportSize = PHONE, script: bool = False) -> Page:
        context = browser.new_context(
            viewport=size, java_script_enabled=script, bypass_csp=script, locale="zh-CN"
        )
        context.set_default_timeout(MOST)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


def note_complaints(page: Page, complaints: list[str]) -> None:
    """Write down what a page says in the console, and the errors of its scripts."""
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))


@pytest.fixture
def scripted(browser: Browser) -> Iterator[Page]:
    """A phone that runs the scripts which the content policy lets through, and no others."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN")
    context.set_default_timeout(MOST)
    page = context.new_page()
    complaints: list[str] = []
    note_complaints(page, complaints)
    yield page
    context.close()
    assert [one for one in complaints if not one.startswith("Failed to load")] == []


@pytest.fixture
def sign_in(centre: Centre, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """A page of the workbench, signed in with a duty."""

    def enter(role: str, size: ViewportSize = DESK, script: bool = False) -> Page:
        page = open_page(size, script)
        page.goto(f"{centre.address}/staff/sign-in")
        page.fill("#login", LOGINS[role])
        page.fill("#password", PASSWORD)
        press(page, "button:has-text('登录')")
        assert page.url.endswith("/staff/")
        return page

    return enter
