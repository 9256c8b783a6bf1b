"""How long a poor phone waits until a page can be read, on the networks of the budget.

Chromium with 360×740, four times slower processor; the network is its own throttling.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.faults.serving import lay_out_centre, run_command, serving

ROUNDS = 3
SLOWER_PROCESSOR = 4
_KILOBIT = 1000 / 8


@dataclass(frozen=True, slots=True)
class Network:
    """Bytes a second down and up, and milliseconds until an answer begins."""

    name: str
    speed: float
    latency: int


SLOW_3G = Network("slow 3G", 400 * _KILOBIT, 2000)
SLOW_4G = Network("slow 4G", 1600 * _KILOBIT, 150)

# Seconds until the largest thing is painted: form, article, figures.
_FORM = {SLOW_3G: 2.5, SLOW_4G: 1.0}
_ARTICLE = {SLOW_3G: 5.5, SLOW_4G: 1.5}
_FIGURES = {SLOW_3G: 5.0, SLOW_4G: 1.2}
LIMITS = {
    "/": _ARTICLE,
    "/rights-cards/unpaid-wages/": _ARTICLE,
    "/policies/": _ARTICLE,
    "/policies/labour-contract-law/": _ARTICLE,
    "/figures/": _FIGURES,
    "/search?q=工资": _FORM,
    "/apply": _FORM,
    "/consult?topic=unpaid_wages": _FORM,
    "/status": _FORM,
}


@dataclass(frozen=True, slots=True)
class Wait:
    """One page on one network: seconds until it was painted, and the most it may take."""

    path: str
    network: str
    seconds: float
    limit: float


_PAINTED = """() => new Promise(done => {
    let last = 0
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) last = entry.startTime
    }).observe({type: "largest-contentful-paint", buffered: true})
    setTimeout(() => done(last), 300)
})"""


@contextmanager
def open_centre() -> Iterator[str]:
    """A demonstration centre with its site, served; gives its address."""
    with tempfile.TemporaryDirectory(prefix="bangfu-bench-") as folder:
        setting = lay_out_centre(Path(folder))
        for words in (("demo",), ("site", "build")):
            done = run_command(setting, *words)
            if done.returncode:
                raise RuntimeError(done.stderr)
        with serving(setting):
            yield setting.address


def measure_waiting() -> list[Wait]:
    """Every page on both networks, each the median of a few cold views."""
    with open_centre() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        waits = [
            Wait(
                path,
                network.name,
                median(view_once(browser, address + path, network) for _ in range(ROUNDS)),
                limit,
            )
            for path, limits in LIMITS.items()
            for network, limit in limits.items()
        ]
        browser.close()
    return waits


def open_slow_page(browser: Browser, network: Network, *, script: bool = True) -> Page:
    """A page on a poor phone, in a browser that knows nothing yet."""
    size = ViewportSize(width=360, height=740)
    context = browser.new_context(
        viewport=size, device_scale_factor=2, bypass_csp=True, java_script_enabled=script
    )
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": network.latency,
            "downloadThroughput": network.speed,
            "uploadThroughput": network.speed,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
    return page


def view_once(browser: Browser, address: str, network: Network) -> float:
    """Seconds until the page was painted in a browser that knows nothing yet."""
    page = open_slow_page(browser, network)
    page.goto(address, wait_until="load", timeout=60_000)
    painted = float(page.evaluate(_PAINTED)) / 1000
    page.context.close()
    return painted


if __name__ == "__main__":
    print("| page | network | painted after | at most | |")
    print("|---|---|---|---|---|")
    for wait in measure_waiting():
        kept = "kept" if wait.seconds <= wait.limit else "**missed**"
        print(
            f"| {wait.path} | {wait.network} | {wait.seconds:.2f} s | {wait.limit:.1f} s | {kept} |"
        )
