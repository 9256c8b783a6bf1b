"""Twenty photos in a row on a slow phone, for a hardship application: how long somebody waits.

Chromium with 360×740, four times slower processor, the network throttled both ways; with script
and without. Photos are of three to five megabytes, as a phone takes them. Correct is what
`tests/browser/test_sending_photos.py` looks at; here only figures are printed.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, Request, Response, sync_playwright

from portal.domain.shared.case_kinds import CaseKind
from tests.bench.waiting import SLOW_3G, SLOW_4G, Network, open_centre, open_slow_page
from tests.browser.hurrying import hurry_to

PHOTOS = {"身份证": 2, "家人的身份证或户口本": 3, "收入证明": 3, "诊断证明、病历": 3,
          "看病的票据、结算单": 6, "劳动合同": 3}  # fmt: skip
"""How many of each paper: twenty in all, chosen several at once."""
_SIZE, _SMALLEST, _LARGEST = (4000, 3000), 3_000_000, 5_000_000
_HOURS = 2 * 3600 * 1000
_LISTEN = """document.addEventListener("DOMContentLoaded", () => {
    const input = document.getElementById("file")
    if (!input) return
    let last, longest = 0
    const look = () => {
        const now = performance.now()
        if (last && now - last > longest) silent(longest = now - last)
        last = now
    }
    new MutationObserver(look).observe(input.form, {
        subtree: true, childList: true, characterData: true, attributes: true
    })
    input.form.addEventListener("submit", () => { last = performance.now() }, true)
    addEventListener("pagehide", look)
})"""
"""Tells the bench how long what the page says of how far it is has stayed the same."""


@dataclass
class Walk:
    """What one walk with twenty photos cost; `silence` is the longest that nothing moved.

    `waits` are the seconds from pressing 上传 until the page said that all of a paper is there.
    """

    network: str
    script: bool
    loads: int = 0
    requests: int = 0
    sent: int = 0
    seconds: float = 0
    silence: float = 0
    waits: dict[str, float] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def note_request(self, request: Request) -> None:
        """Count what is sent."""
        self.requests += 1
        self.loads += request.is_navigation_request()

    def note_silence(self, milliseconds: float) -> None:
        """Keep the longest time that nothing moved."""
        self.silence = max(self.silence, milliseconds / 1000)

    def note_answer(self, response: Response) -> None:
        """Count the bytes of what was sent, and what went wrong."""
        if response.request.method == "POST":
            self.sent += int(response.request.all_headers().get("content-length", 0))
        if response.status >= 400:
            self.failures.append(f"{response.status} {response.url}")


def make_photos(folder: Path) -> Iterator[tuple[str, list[Path]]]:
    """Twenty photos, each another one: sheets with writing, as large as a phone's."""
    number = 0
    for paper, count in PHOTOS.items():
        yield paper, [make_photo(folder, number + one) for one in range(count)]
        number += count


def make_photo(folder: Path, number: int) -> Path:
    """A photo of three to five megabytes, most of them the grain that a phone's camera makes."""
    file = folder / f"示范{number + 1}.jpg"
    grain = Image.effect_noise(_SIZE, 8 + number / 10).convert("RGB")
    ImageDraw.Draw(grain).multiline_text((200, 200), "3800 500 26\n" * 9, "black", font_size=240)
    grain.save(file, "JPEG", quality=88)
    if not _SMALLEST <= file.stat().st_size <= _LARGEST:
        raise RuntimeError(f"{file.stat().st_size} bytes: the grain is wrong")
    return file


def send_all(page: Page, address: str, photos: dict[str, list[Path]], walk: Walk) -> None:
    """Send all photos, paper by paper, as somebody does who follows the buttons."""
    hurry_to(page, address, CaseKind.HARDSHIP, "papers")
    page.expose_function("silent", walk.note_silence)
    page.add_init_script(_LISTEN)
    page.on("request", walk.note_request)
    page.on("response", walk.note_answer)
    page.on("requestfailed", lambda one: walk.failures.append(f"broken: {one.url}"))
    begun = monotonic()
    for paper, files in photos.items():
        page.click(f"a:text-is('{paper}')")
        page.set_input_files("#file", files)
        pressed = monotonic()
        page.click("button:text-is('上传')", no_wait_after=True)
        wait_for_photos(page, len(files), walk)
        walk.waits[paper] = monotonic() - pressed
        page.click("a:has-text('看别的材料')")
    walk.seconds = monotonic() - begun


def wait_for_photos(page: Page, count: int, walk: Walk) -> None:
    """Wait until the page says that all have come, or what is wrong."""
    wrong = page.locator(".errors")
    page.locator(f"text=已经传上来 {count} 张").or_(wrong).first.wait_for()
    if wrong.count():
        walk.failures.append(wrong.inner_text())


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


def measure_photos(network: Network, *, script: bool) -> Walk:
    """Walk once with twenty photos."""
    walk = Walk(network.name, script)
    with tempfile.TemporaryDirectory(prefix="bangfu-photos-") as folder:
        photos = dict(make_photos(Path(folder)))
        with open_centre() as address, open_browser() as browser:
            page = open_slow_page(browser, network, script=script)
            page.set_default_timeout(_HOURS)
            send_all(page, address, photos, walk)
    return walk


def tell_walk(walk: Walk) -> str:
    """A row of the table."""
    longest = max(walk.waits.values(), default=0)
    silence = f"{walk.silence:.1f} s" if walk.script else "the browser's own"
    return (
        f"| {walk.network} | {'with' if walk.script else 'without'} | {walk.loads} | "
        f"{walk.requests} | {walk.sent / 1e6:.1f} MB | {walk.seconds / 60:.1f} min | "
        f"{longest / 60:.1f} min | {silence} | {len(walk.failures)} |"
    )


if __name__ == "__main__":
    networks = [one for one in (SLOW_3G, SLOW_4G) if one.name in sys.argv] or [SLOW_3G]
    ways = [one for one in (True, False) if ("without" if one else "with") not in sys.argv]
    print("| network | script | pages | requests | sent | in all | longest paper | nothing moved "
          "| failures |\n|---|---|---|---|---|---|---|---|---|")  # fmt: skip
    for network in networks:
        for script in ways:
            walk = measure_photos(network, script=script)
            print(tell_walk(walk), flush=True)
            print("\n".join(walk.failures), file=sys.stderr)
