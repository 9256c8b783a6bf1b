"""Photos on the way: made smaller in the browser where that loses nothing, and told how far."""

from base64 import b64decode
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route

from portal.cleaning import SHORT_SIDE, clean_file
from portal.domain.shared.case_kinds import CaseKind
from tests.browser.conftest import Centre
from tests.browser.hurrying import hurry_on, hurry_to
from tests.browser.judging import FORM, record_loading
from tests.browser.pressing import await_page, press
from tests.support.photographs import make_photos

LARGE, UPRIGHT = (3000, 2400), 6
APPLY = "/apply/papers"
IDENTITY, PAYSLIP = "a:text-is('身份证')", "a:text-is('工资条、银行转账')"


OVERHEAR = """
  var put = FormData.prototype.set;
  FormData.prototype.set = function (name, file) {
    var reader = new FileReader();
    reader.onload = function () { took(reader.result); };
    reader.readAsDataURL(file);
    put.apply(this, arguments);
  };
"""
"""Tells the test which file a page puts into a form that it sends by script."""


WATCH = """
  var pen = CanvasRenderingContext2D.prototype, draw = pen.drawImage;
  pen.drawImage = function (source) {
    drew(source.constructor.name);
    draw.apply(this, arguments);
  };
"""
"""Tells the test what is drawn: a page stands still while it reads a photo itself."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo of two megabytes as a phone takes it: lying down, with a note to turn it."""
    noise = Image.effect_noise((LARGE[0] // 2, LARGE[1] // 2), 60).convert("RGB").resize(LARGE)
    noise.paste((200, 0, 0), (0, 0, LARGE[0] // 4, LARGE[1] // 4))  # red at the top left, lying
    exif = Image.Exif()
    exif[0x0112] = UPRIGHT
    file = tmp_path_factory.mktemp("photos") / "示范照片.png.JPG"
    noise.save(file, "JPEG", quality=92, exif=exif)
    assert file.stat().st_size > 1_000_000
    return file


def send_file(page: Page, photo: Path, taps: int = 1) -> None:
    """Choose the first photo of a paper, press 上传, and go back to the list of papers."""
    page.set_input_files("#file", photo)
    press(page, "button:text-is('上传')", taps)
    await_page(page, "text=已经传上来 1 张")
    press(page, "main a.button:has-text('下一步')")


def send(page: Page, centre: Centre, kind: CaseKind, photo: Path, taps: int = 1) -> list[bytes]:
    """Send a photo with a form and hand it in; returns the files that were sent."""
    files: list[str] = []
    sent: list[str] = []
    page.expose_function("took", lambda file: files.append(file))
    page.add_init_script(OVERHEAR)
    hurry_to(page, centre.address, kind, "papers")
    press(page, IDENTITY if kind is CaseKind.HARDSHIP else PAYSLIP)
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    send_file(page, photo, taps)
    hurry_on(page, centre.address, kind)
    assert len([one for one in sent if "/papers/" in one]) == 1
    return [b64decode(one.partition(",")[2]) for one in files]


@pytest.mark.parametrize(
    "reads",
    ["", "delete window.createImageBitmap;",
     "window.createImageBitmap = function () { return Promise.reject(Error('no memory')); };"],
    ids=["beside the page", "with the page only", "beside the page in vain"],
)  # fmt: skip
def test_a_large_photo_is_made_smaller_and_stands_upright(
    centre: Centre, scripted: Page, large: Path, reads: str
) -> None:
    scripted.add_init_script(reads)
    (sent,) = send(scripted, centre, CaseKind.HARDSHIP, large, taps=2)
    assert len(sent) < large.stat().st_size / 2
    picture = Image.open(BytesIO(sent))
    assert (picture.format, picture.size) == ("JPEG", (SHORT_SIDE, 1875))
    assert not picture.getexif()
    cleaned = Image.open(BytesIO(clean_file(sent).body))
    assert cleaned.size == picture.size  # browser and server shrink to the same size
    right_top = picture.convert("RGB").getpixel((SHORT_SIDE - 40, 40))
    assert isinstance(right_top, tuple)
    assert right_top[0] > 150 > max(right_top[1:])
    assert "示范照片.png.jpg" in str(scripted.text_content("main"))


def test_a_photo_is_read_beside_the_page_so_that_words_and_seconds_go_on(
    centre: Centre, scripted: Page, large: Path
) -> None:
    drawn: list[str] = []
    scripted.expose_function("drew", lambda source: drawn.append(source))
    scripted.add_init_script(WATCH)
    send(scripted, centre, CaseKind.HARDSHIP, large)
    assert drawn[0] == "ImageBitmap"
    assert "HTMLImageElement" not in drawn


def test_evidence_is_sent_as_it_is(centre: Centre, scripted: Page, large: Path) -> None:
    (sent,) = send(scripted, centre, CaseKind.CONSULTATION, large)
    assert sent == large.read_bytes()
    received = "".join(str(scripted.text_content("main")).split())
    assert sha256(large.read_bytes()).hexdigest() in received


def test_a_small_photo_is_sent_as_it_is(centre: Centre, scripted: Page, tmp_path: Path) -> None:
    small = tmp_path / "small.jpg"
    Image.new("RGB", (1800, 1800)).save(small, "JPEG")
    (sent,) = send(scripted, centre, CaseKind.HARDSHIP, small)
    assert sent == small.read_bytes()


@pytest.mark.parametrize(
    "broken",
    ["HTMLCanvasElement.prototype.toBlob = function () { throw Error('no memory'); }",
     "HTMLCanvasElement.prototype.toBlob = function (then) { then(null); }",
     "CSS.supports = function () { return false; }"],
)  # fmt: skip
def test_where_the_browser_cannot_shrink_the_photo_is_sent_as_it_is(
    centre: Centre, scripted: Page, large: Path, broken: str
) -> None:
    scripted.add_init_script(broken)
    (sent,) = send(scripted, centre, CaseKind.HARDSHIP, large)
    assert sent == large.read_bytes()


def test_a_line_that_breaks_is_tried_again(centre: Centre, scripted: Page, large: Path) -> None:
    broken = 0

    def break_once(route: Route) -> None:
        nonlocal broken
        if not broken and route.request.method == "POST":
            broken += 1
            return route.abort()
        return route.continue_()

    scripted.route("**/papers/*", break_once)
    hurry_to(scripted, centre.address, CaseKind.HARDSHIP, "papers")
    press(scripted, IDENTITY)
    send_file(scripted, large)
    hurry_on(scripted, centre.address, CaseKind.HARDSHIP)
    assert broken == 1
    assert large.stem in str(scripted.text_content("main"))


def test_twenty_photos_are_chosen_at_once_and_sent_one_after_the_other(
    centre: Centre, scripted: Page, tmp_path: Path
) -> None:
    hurry_to(scripted, centre.address, CaseKind.HARDSHIP, "papers")
    press(scripted, IDENTITY)
    scripted.set_input_files("#file", make_photos(tmp_path, 20))
    press(scripted, "button:text-is('上传')")
    await_page(scripted, "text=已经传上来 20 张")
    assert "示范20.jpg" in str(scripted.text_content("main"))


def test_of_several_photos_the_bad_ones_are_named_and_the_good_ones_stay(
    centre: Centre, scripted: Page, tmp_path: Path
) -> None:
    files = make_photos(tmp_path, 3)
    files[1].write_bytes(b"no picture at all")
    hurry_to(scripted, centre.address, CaseKind.HARDSHIP, "papers")
    press(scripted, IDENTITY)
    scripted.set_input_files("#file", files)
    press(scripted, "button:text-is('上传')")
    await_page(scripted, "text=已经传上来 2 张")
    assert "第 2 个“示范2.jpg”：只能传照片或者 PDF" in scripted.inner_text(".errors")
    scripted.set_input_files("#file", files[:1])
    press(scripted, "button:text-is('上传')")
    await_page(scripted, "text=有 1 张以前就传过了")


def test_a_line_that_stays_broken_keeps_what_came_and_goes_on_from_there(
    centre: Centre, scripted: Page, tmp_path: Path
) -> None:
    state = {"sent": 0, "broken": False}

    def break_after_one(route: Route) -> None:
        if route.request.method != "POST" or route.request.resource_type != "xhr":
            return route.continue_()
        state["sent"] += 1
        if state["sent"] > 1 and not state["broken"]:
            return route.abort()
        return route.continue_()

    scripted.route("**/papers/*", break_after_one)
    hurry_to(scripted, centre.address, CaseKind.HARDSHIP, "papers")
    press(scripted, IDENTITY)
    scripted.set_input_files("#file", make_photos(tmp_path, 3))
    press(scripted, "button:text-is('上传')")
    await_page(scripted, "text=还有 2 个没有传")
    state["broken"] = True
    press(scripted, "button:text-is('上传')")
    await_page(scripted, "text=已经传上来 3 张")


def test_what_the_server_refuses_is_shown_and_the_next_photo_goes_through(
    centre: Centre, scripted: Page, large: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "letter.jpg"
    wrong.write_bytes(b"no picture at all")
    hurry_to(scripted, centre.address, CaseKind.HARDSHIP, "papers")
    press(scripted, IDENTITY)
    scripted.set_input_files("#file", wrong)
    press(scripted, "button:text-is('上传')")
    await_page(scripted, ".errors")
    assert "照片" in scripted.inner_text(".errors")
    send_file(scripted, large)
    assert "已传 1 张" in scripted.inner_text("main")


HEAR = """document.addEventListener('DOMContentLoaded', function () {
  new MutationObserver(function () {
    var words = document.querySelector('form > p[role=status]');
    var bar = document.querySelector('form > progress');
    if (words && words.textContent) heard(words.textContent, bar.value);
  }).observe(document, {subtree: true, childList: true, characterData: true});
});"""
"""Tells the test what a page says of how far it is, and how full its bar is."""


def hear(page: Page) -> list[tuple[str, float]]:
    """All that the page will say of how far it is, with the share that the bar shows."""
    said: list[tuple[str, float]] = []
    page.expose_function("heard", lambda words, share: said.append((words, share)))
    page.add_init_script(HEAR)
    return said


def test_how_far_it_is_stands_there_in_words(centre: Centre, scripted: Page, large: Path) -> None:
    said = hear(scripted)
    send(scripted, centre, CaseKind.HARDSHIP, large)
    assert said[0][0] == "正在准备照片…"
    assert any("%" in words or "正在检查" in words for words, _ in said)


def test_of_several_photos_it_says_which_one_is_on_its_way_and_the_bar_never_goes_back(
    centre: Centre, scripted: Page, tmp_path: Path
) -> None:
    said = hear(scripted)
    hurry_to(scripted, centre.address, CaseKind.HARDSHIP, "papers")
    press(scripted, IDENTITY)
    scripted.set_input_files("#file", make_photos(tmp_path, 3))
    press(scripted, "button:text-is('上传')")
    await_page(scripted, "text=已经传上来 3 张")
    words, shares = [one for one, _ in said], [share for _, share in said]
    for number in (1, 2, 3):
        assert any(one.startswith(f"第 {number} 个（共 3 个") for one in words)
    assert any("大约还要 1 分钟" in one for one in words)
    assert words[-1].startswith("都传完了，正在打开…")
    assert shares == sorted(shares)


def test_the_page_is_still_one_small_request(centre: Centre, scripted: Page) -> None:
    hurry_to(scripted, centre.address, CaseKind.HARDSHIP, "papers")
    loaded = record_loading(scripted)
    scripted.goto(f"{centre.address}{APPLY}/identity", wait_until="networkidle")
    assert len(loaded) == FORM.requests
    assert sum(loaded.values()) <= FORM.bytes
