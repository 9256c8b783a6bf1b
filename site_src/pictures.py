"""Pictures of articles: judged before they are published, and made anew when they are.

A photo tells where and by whom it was taken, and what the telephone thinks of it. Only what is to
be seen is published.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

MOST_BYTES = 10_000_000
MOST_DOTS = 60_000_000
MOST_ACROSS = 1600
"""As many pixels as the widest column of a page can show on a fine screen."""
_QUALITY = 85
FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
"""What the endings of names stand for."""

_SMOOTH = {"P": "RGBA", "PA": "RGBA", "1": "L"}
"""Modes that cannot be made smaller without steps, and what they become."""
_PROFILE = b"acsp"
"""What a profile of colours has at its thirty-sixth byte; anything else was smuggled in."""
_SAVE_AS = "请用“画图”打开，另存为 JPG 再放"
_HEIC = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftypheim", b"ftypheis")


def judge_picture(path: Path) -> str:
    """Return the remedy, or nothing if the picture may stand."""
    from PIL import Image

    size = path.stat().st_size
    if size == 0:
        return "这个文件是空的，请重新放一遍"
    if size > MOST_BYTES:
        return f"图片有 {size / 1_000_000:.0f} MB，要小于 {MOST_BYTES // 1_000_000} MB，请缩小再放"
    try:
        with Image.open(path, formats=sorted(set(FORMATS.values()))) as picture:
            return _judge(picture, FORMATS[path.suffix])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return "图片的点太多，请缩小再放"
    except (OSError, SyntaxError, ValueError):
        return _explain(path.read_bytes()[:12])


def _judge(picture: "ImageFile", wanted: str) -> str:
    if picture.format not in {wanted, "MPO"}:
        return f"里面其实是 {picture.format} 图片，只改名字不行，{_SAVE_AS}"
    if picture.width * picture.height > MOST_DOTS:
        return f"图片有 {picture.width}×{picture.height} 点，太大，请缩小再放"
    if picture.format != "MPO" and getattr(picture, "is_animated", False):
        return "会动的图不能用，请换成不动的"
    picture.draft(None, (MOST_ACROSS, MOST_ACROSS))  # a JPEG need not be unpacked in full
    picture.load()
    return ""


def publish_picture(source: Path, target: Path) -> None:
    """Make a judged picture anew: upright, no wider than a page, with its colours, nothing else."""
    from PIL import Image, ImageOps

    with Image.open(source) as opened:
        opened.draft(None, (MOST_ACROSS, MOST_ACROSS))
        opened.load()
        colours = opened.info.get("icc_profile") or b""
        picture: Image.Image = opened
        if max(opened.size) > MOST_ACROSS:
            picture = opened.convert(_SMOOTH[opened.mode]) if opened.mode in _SMOOTH else opened
            picture.thumbnail((MOST_ACROSS, MOST_ACROSS), reducing_gap=2.0)
        picture = ImageOps.exif_transpose(picture)
    seen = {key: value for key, value in picture.info.items() if key == "transparency"}
    picture.info = {}  # what is written from here nobody asked for
    picture.save(
        target,
        FORMATS[source.suffix],
        quality=_QUALITY,
        icc_profile=colours if colours[36:40] == _PROFILE else None,
        **seen,
    )


def _explain(begin: bytes) -> str:
    """Say what a file is that cannot be read as a picture, by its first bytes."""
    if begin[4:12] in _HEIC:
        return f"里面其实是苹果手机的 HEIC 照片，只改名字不行，{_SAVE_AS}"
    if begin.startswith((b"\xff\xd8", b"\x89PNG", b"RIFF")):
        return "图片不完整，像是没有传完，请重新放一遍"
    return f"这个文件不是图片，只改名字不行，{_SAVE_AS}"
