"""A real server with a demonstration centre, and Debian's Chromium."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.browser.pressing import press
from tests.faults.serving import lay_out_centre, run_command, serving, write_config

PASSWORD = "梨花-月亮-铁匠-河滩-风车"
STAFF = ("intake", "reviewer", "approver", "lawyer", "admin", "auditor")
PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1366, height=768)


@dataclass(frozen=True)
class Centre:
    """The running centre: its address and its command."""

    address: str
    run: Callable[..., str]


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """A demonstration centre on a free port, its site built from the real content."""
    roomy = {"submit by address": 100_000, "draft by address": 100_000}
    yield from open_centre(tmp_path_factory.mktemp("centre"), roomy)


def open_centre(folder: Path, limits: Mapping[str, int]) -> Iterator[Centre]:
    """A running demonstration centre in this folder, with some limits of its own."""
    setting = lay_out_centre(folder)
    write_config(setting, limits)

    def run(*words: str) -> str:
        done = run_command(setting, *words)
        done.check_returncode()
        return done.stdout

    run("demo")
    run("site", "build")
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
        context.set_default_timeout(10_000)
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
    context.set_default_timeout(20_000)
    page = context.new_page()
    complaints: list[str] = []
    note_complaints(page, complaints)
    yield page
    context.close()
    assert [one for one in complaints if not one.startswith("Failed to load")] == []


@pytest.fixture(scope="session")
def staff(centre: Centre, browser: Browser) -> dict[str, str]:
    """Logins with a password, one for each duty and a second for some, by duty."""
    logins = {}
    for duty in (*STAFF, "second-approver", "second-intake", "second-lawyer"):
        login, role = f"test-{duty}", duty.removeprefix("second-")
        link = re.search(r"http\S+", centre.run("staff", "add", login, "测试员", role))
        assert link
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(link[0])
        page.fill("#new_password", PASSWORD)
        press(page, "button:has-text('进入工作台')")
        assert page.url.endswith("/staff/")
        context.close()
        logins[duty] = login
    return logins


@pytest.fixture
def sign_in(
    centre: Centre, staff: dict[str, str], open_page: Callable[..., Page]
) -> Callable[..., Page]:
    """A page of the workbench, signed in with a duty."""

    def enter(role: str, size: ViewportSize = DESK, script: bool = False) -> Page:
        page = open_page(size, script)
        page.goto(f"{centre.address}/staff/sign-in")
        page.fill("#login", staff[role])
        page.fill("#password", PASSWORD)
        press(page, "button:has-text('登录')")
        assert page.url.endswith("/staff/")
        return page

    return enter
