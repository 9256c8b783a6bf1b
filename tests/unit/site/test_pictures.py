"""Published pictures show what they show and tell nothing else; what is no picture is refused."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from site_src.pictures import MOST_ACROSS, MOST_BYTES, judge_picture, publish_picture

MAKER = "SECRET-PHONE-9"
PLACE = b"SECRET-PLACE"
RED, BLUE = (200, 30, 30), (30, 30, 200)
ORIENTATION, MAKE, GPS, LATITUDE_REF, LATITUDE = 0x0112, 0x010F, 0x8825, 1, 2


def striped(size: tuple[int, int] = (64, 32), mode: str = "RGB") -> Image.Image:
    """Red to the left, blue to the right."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, *size))
    return picture.convert(mode)


def talking(orientation: int = 1) -> Image.Exif:
    """What a telephone writes into a photo: maker, place, how it was held."""
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION] = MAKER, orientation
    exif.get_ifd(GPS).update({LATITUDE_REF: "N", LATITUDE: (39.0, 54.0, 27.0)})
    return exif


def save(path: Path, picture: Image.Image, **options: object) -> Path:
    """Save with what else is to be in the file."""
    picture.save(path, **options)  # type: ignore[arg-type]
    return path


def publish(source: Path) -> Path:
    """Judge and make anew."""
    assert judge_picture(source) == ""
    target = source.with_name(f"published-{source.name}")
    publish_picture(source, target)
    return target


@pytest.mark.parametrize("name", ["a.jpg", "a.jpeg", "a.png", "a.webp"])
def test_who_took_a_photo_and_where_does_not_leave_with_it(tmp_path: Path, name: str) -> None:
    notes = PngInfo()
    notes.add_text("Comment", PLACE.decode())
    extra = {"pnginfo": notes} if name.endswith("png") else {"comment": PLACE, "xmp": PLACE}
    source = save(tmp_path / name, striped(), exif=talking(), **extra)
    with source.open("ab") as file:
        file.write(PLACE)  # behind the picture, as telephones put a second one there
    raw = source.read_bytes()
    assert MAKER.encode() in raw
    assert PLACE in raw
    published = publish(source)
    left = published.read_bytes()
    assert MAKER.encode() not in left
    assert PLACE not in left
    with Image.open(published) as picture:
        assert not dict(picture.getexif())


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_a_photo_taken_sideways_is_published_upright(tmp_path: Path, name: str) -> None:
    source = save(tmp_path / name, striped(), exif=talking(orientation=6))
    with Image.open(publish(source)) as picture:
        assert picture.size == (32, 64)
        top, bottom = picture.convert("RGB").getpixel((16, 8)), picture.getpixel((16, 56))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > top[2]
    assert bottom[2] > bottom[0]


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_the_colours_that_a_photo_was_taken_in_stay(tmp_path: Path, name: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    source = save(tmp_path / name, striped(), icc_profile=profile)
    with Image.open(publish(source)) as picture:
        assert picture.info["icc_profile"] == profile


def test_what_only_calls_itself_a_profile_of_colours_does_not_leave(tmp_path: Path) -> None:
    source = save(tmp_path / "a.jpg", striped(), icc_profile=PLACE * 20)
    assert PLACE not in publish(source).read_bytes()


@pytest.mark.parametrize("mode", ["P", "LA", "RGBA", "L", "1", "I;16"])
def test_a_drawing_of_any_kind_is_published_small_enough(tmp_path: Path, mode: str) -> None:
    wide = striped((MOST_ACROSS * 2, 80))
    picture = Image.new("I;16", wide.size, 999) if mode == "I;16" else wide.convert(mode)
    with Image.open(publish(save(tmp_path / "a.png", picture))) as published:
        assert published.size == (MOST_ACROSS, 40)


def test_what_is_see_through_stays_so(tmp_path: Path) -> None:
    picture = Image.new("P", (20, 20), 0)
    with Image.open(publish(save(tmp_path / "a.png", picture, transparency=0))) as published:
        assert published.convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


def test_colours_for_print_are_published_as_they_look(tmp_path: Path) -> None:
    with Image.open(publish(save(tmp_path / "a.jpg", striped(mode="CMYK")))) as published:
        red = published.convert("RGB").getpixel((8, 8))
    assert isinstance(red, tuple)
    assert red[0] > red[2]


def jpeg() -> bytes:
    """A whole photo."""
    out = BytesIO()
    striped((400, 300)).save(out, "JPEG")
    return out.getvalue()


def png() -> bytes:
    """A whole drawing."""
    out = BytesIO()
    striped().save(out, "PNG")
    return out.getvalue()


def moving() -> bytes:
    """A drawing that moves."""
    out = BytesIO()
    striped().save(out, "WEBP", save_all=True, append_images=[Image.new("RGB", (64, 32))])
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "says"),
    [
        ("a.jpg", lambda: b"", "空的"),
        ("a.jpg", lambda: jpeg()[: len(jpeg()) // 2], "没有传完"),
        ("a.png", lambda: png()[:60], "没有传完"),
        ("a.jpg", lambda: b"<!doctype html><title>404</title>", "不是图片"),
        ("a.webp", lambda: b"%PDF-1.7\n", "不是图片"),
        ("a.jpg", lambda: b"\x00\x00\x00\x24ftypheic\x00\x00\x00\x00", "HEIC"),
        ("a.jpg", png, "其实是 PNG"),
        ("a.png", jpeg, "其实是 JPEG"),
        ("a.webp", moving, "会动"),
        ("a.jpg", lambda: jpeg() + bytes(MOST_BYTES), "小于 10 MB"),
    ],
)
def test_what_is_no_picture_to_publish_is_refused_with_a_way_out(
    tmp_path: Path, name: str, make: Callable[[], bytes], says: str
) -> None:
    (tmp_path / name).write_bytes(make())
    assert says in judge_picture(tmp_path / name)


@pytest.mark.parametrize("side", [8_000, 14_000])
def test_a_picture_with_too_many_dots_is_refused_before_it_is_unpacked(
    tmp_path: Path, side: int
) -> None:
    source = save(tmp_path / "a.png", Image.new("1", (side, side)))
    assert "缩小再放" in judge_picture(source)
