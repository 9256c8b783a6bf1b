"""What is kept of a picture shows what came: in every mode, with every hole, however long."""

import io
from collections.abc import Callable
from contextlib import suppress

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from portal.cleaning import clean_file
from portal.cleaning.child import LONGEST_PAGE, SHORT_SIDE, Refused, clean
from portal.domain.shared.errors import NotAccepted
from tests.support.hostile_files import heic, moving, pdf, picture, saved

LINE, APART, SEEN = 8, 48, 16
"""How thick a written line is; how far ink and paper are apart, and what is left of it."""

Grey = Image.Image


def written(ink: int, paper: int, size: tuple[int, int] = (96, 64)) -> Grey:
    """A grey sheet, with lines of ink across its middle half."""
    sheet = Image.new("L", size, paper)
    pen = ImageDraw.Draw(sheet)
    for y in range(LINE, size[1] - LINE, 3 * LINE):
        pen.rectangle((size[0] // 4, y, 3 * size[0] // 4, y + LINE - 1), fill=ink)
    return sheet


def deep(bits: int) -> Callable[[Grey], Image.Image]:
    """Write it with 16 bits a pixel, of which a scanner fills so many."""
    return lambda sheet: sheet.convert("I").point(lambda v: v * 2 ** (bits - 8)).convert("I;16")


def masked(shape: Grey, colour: int) -> Image.Image:
    """Write it in one colour on nothing, as a signature is cut out."""
    image = Image.new("RGBA", shape.size, (colour, colour, colour, 0))
    image.putalpha(shape)
    return image


MODES: dict[str, Callable[[Grey], Image.Image]] = {
    "L": lambda sheet: sheet,
    "LA": lambda sheet: sheet.convert("LA"),
    "P": lambda sheet: sheet.convert("P"),
    "RGB": lambda sheet: sheet.convert("RGB"),
    "RGBA": lambda sheet: sheet.convert("RGBA"),
    "CMYK": lambda sheet: sheet.convert("CMYK"),
    "YCbCr": lambda sheet: sheet.convert("YCbCr"),
    "I;16": deep(16),
    "I;16 of 12 bits": deep(12),
    "I;16 of 8 bits": deep(8),
}
FORMS = {
    "CMYK": ("JPEG",), "YCbCr": ("JPEG",), "L": ("PNG", "JPEG", "BMP", "GIF"),
    "P": ("PNG", "BMP", "GIF"), "RGB": ("PNG", "JPEG", "WEBP", "BMP"), "RGBA": ("PNG", "WEBP"),
}  # fmt: skip
SHADE = st.integers(0, 255)


def kept(body: bytes, form: str) -> Grey:
    """What is kept of a file, in grey."""
    return Image.open(io.BytesIO(clean(body, form.lower()))).convert("L")


def contrast(sheet: Grey) -> int:
    """How much ink and paper of a kept sheet differ, at the first line that is written on it."""
    wide = sheet.width
    ink, paper = (sheet.getpixel((x, LINE + LINE // 2)) for x in (wide // 2, wide // 8))
    assert isinstance(ink, int)
    assert isinstance(paper, int)
    return abs(ink - paper)


@given(mode=st.sampled_from(sorted(MODES)), ink=SHADE, paper=SHADE, data=st.data())
def test_what_is_written_can_be_read_afterwards_in_every_mode(
    mode: str, ink: int, paper: int, data: st.DataObject
) -> None:
    form = data.draw(st.sampled_from(FORMS.get(mode, ("PNG",))))
    body = saved(MODES[mode](written(ink, paper)), form)
    if abs(ink - paper) >= APART:
        assert contrast(kept(body, form)) >= SEEN
    else:
        with suppress(Refused):  # what nobody can read may be told as blank
            kept(body, form)


@given(colour=SHADE, form=st.sampled_from(["PNG", "WEBP"]))
def test_writing_of_any_colour_on_nothing_gets_a_ground_on_which_it_shows(
    colour: int, form: str
) -> None:
    body = saved(masked(written(255, 0), colour), form, lossless=True, exact=True)
    assert contrast(kept(body, form)) >= SEEN


@given(ink=SHADE, paper=SHADE)
def test_a_picture_that_says_it_is_all_see_through_is_kept_as_it_is_painted(
    ink: int, paper: int
) -> None:
    image = written(ink, paper).convert("RGBA")
    image.putalpha(0)
    if abs(ink - paper) >= APART:
        assert contrast(kept(saved(image, "PNG"), "PNG")) >= SEEN


def test_writing_that_is_a_hole_in_a_white_sheet_is_kept() -> None:
    body = saved(written(0, 255).convert("P"), "PNG", transparency=0)
    assert contrast(kept(body, "PNG")) >= SEEN


def test_a_large_sheet_of_black_and_white_dots_is_made_smaller_in_grey() -> None:
    dots = Image.new("1", (3000, 4500))
    dots.putdata([x % 2 for x in range(3000)] * 4500)
    sheet = kept(saved(dots, "PNG"), "PNG")
    assert sheet.size == (SHORT_SIDE, 2250)
    assert all(96 < shade < 160 for shade in sheet.resize((1, 1)).tobytes())


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photo_stands_upright_whatever_its_note_says(turned: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turned
    sheet = kept(saved(written(0, 255, (200, 120)), "JPEG", exif=exif), "JPEG")
    assert sheet.size == ((200, 120) if turned <= 4 else (120, 200))


def test_a_photo_in_passes_and_one_with_a_second_picture_are_taken() -> None:
    sheet = written(0, 255).convert("RGB")
    for body in (
        saved(sheet, "JPEG", progressive=True),
        saved(sheet, "MPO", save_all=True, append_images=[sheet]),
        saved(sheet, "JPEG", icc_profile=b"no profile at all"),
        moving("GIF"),
        moving("PNG"),
    ):
        assert clean_file(body).media_type == "image/jpeg"


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
@pytest.mark.parametrize("size", [(1080, 32_000), (32_000, 1080)])
def test_a_very_long_screenshot_becomes_pages_that_can_be_read(
    form: str, size: tuple[int, int]
) -> None:
    made = clean_file(saved(written(0, 255, size), form))
    assert made.media_type == "application/pdf"
    with pikepdf.open(io.BytesIO(made.body)) as pages:
        boxes = [[int(side) for side in page.mediabox[2:]] for page in pages.pages]
    assert {min(box) for box in boxes} == {1080}
    assert {max(box) for box in boxes} == {2160}
    assert sum(max(box) for box in boxes) > 32_000  # they overlap, none is missing


def test_what_programs_show_in_one_piece_stays_one_photo() -> None:
    made = clean_file(saved(written(0, 255, (600, LONGEST_PAGE)), "PNG"))
    assert made.media_type == "image/jpeg"


def test_a_picture_that_nobody_can_show_is_refused_with_a_way_on() -> None:
    for size in ((1, 30_000), (13_000, 13_000)):
        with pytest.raises(NotAccepted, match="长截图请分成几张截"):
            clean_file(saved(Image.new("1", size), "PNG"))


@pytest.mark.parametrize(
    "before", [b"\n", b"\xef\xbb\xbf", b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 1024]
)
def test_a_pdf_begins_within_the_first_kilobyte(before: bytes) -> None:
    made = clean_file(before + pdf(2))
    assert made.media_type == "application/pdf"
    with pikepdf.open(io.BytesIO(made.body)) as pages:
        assert len(pages.pages) == 2


def test_a_pdf_that_begins_later_is_none() -> None:
    with pytest.raises(NotAccepted, match="只能传照片或者 PDF"):
        clean_file(b"x" * 1025 + pdf())


@pytest.mark.parametrize(
    ("body", "words"),
    [(saved(picture(), "TIFF"), "TIFF"), (saved(picture(), "JPEG2000"), "JPEG 2000"),
     (saved(picture(), "AVIF"), "AVIF"), (b"8BPS" + bytes(99), "PSD"),
     (heic().replace(b"ftypheic", b"ftypisom"), "视频"), (b"7z\xbc\xaf" + bytes(99), "压缩包"),
     (b"RIFF\0\0\0\0WAVE" + bytes(99), "拍成照片")],
)  # fmt: skip
def test_what_is_not_taken_says_what_it_is_and_how_to_bring_it(body: bytes, words: str) -> None:
    with pytest.raises(NotAccepted, match=words) as refused:
        clean_file(body)
    assert any(way in str(refused.value) for way in ("截", "拍", "存成 JPG", "照片"))
