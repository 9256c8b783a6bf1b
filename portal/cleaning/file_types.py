"""What a file is: told by its first bytes; its name must not say otherwise."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from portal.domain.shared.errors import NotAccepted

LARGEST_FILE = 10_000_000
"""Bytes of one photo or PDF, as the page promises: 10 MB."""

_PHOTO_NAMES = frozenset({"jpg", "jpeg", "jpe", "jfif", "png", "webp", "heic", "heif"})
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_RETAKE = "请把它拍成照片再传"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind that is taken: what the applicant calls it, and the endings its name may have.

    Phones save PNG and WebP under a name that ends in .jpg, and a photo is made anew anyway: so
    a photo may bear the ending of any photo.
    """

    code: str
    endings: frozenset[str]


_JPEG, _PNG, _WEBP, _HEIF = (
    FileKind(code, _PHOTO_NAMES) for code in ("jpeg", "png", "webp", "heif")
)
_PDF = FileKind("pdf", frozenset({"pdf"}))

_REFUSED = (
    (b"PK\x03\x04", f"压缩包、Word、Excel、OFD 文件不能传。{_RETAKE}，或者存成 PDF"),
    (b"\xd0\xcf\x11\xe0", f"Word、Excel 文件不能传。{_RETAKE}，或者存成 PDF"),
    (b"GIF8", "动图不能传。请传一张照片"),
    (b"Rar!", "压缩包不能传。请把里面的照片一张一张传"),
)
_OTHER = f"只能传照片或者 PDF。{_RETAKE}"


def kind_of(body: bytes, told_name: str) -> FileKind:
    """Return the kind of a file. NotAccepted, with what to do, if it is none that is taken."""
    if not body:
        raise NotAccepted("照片是空的。请再选一次")
    if len(body) > LARGEST_FILE:
        raise NotAccepted("照片太大，要小于 10 MB。请把照片改小一些，或者重新拍一张")
    kind = _kind(body)
    if kind is None:
        raise NotAccepted(
            next((words for head, words in _REFUSED if body.startswith(head)), _OTHER)
        )
    ending = PurePosixPath(told_name.strip().lower()).suffix.removeprefix(".")
    if ending and ending not in kind.endings:
        raise NotAccepted(f"文件的名字和内容对不上，不能收。{_RETAKE}")
    return kind


def _kind(body: bytes) -> FileKind | None:
    if body.startswith(b"\xff\xd8\xff"):
        return _JPEG
    if body.startswith(b"\x89PNG\r\n\x1a\n"):
        return _PNG
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return _WEBP
    if body[4:8] == b"ftyp" and body[8:12] in _HEIF_BRANDS:
        return _HEIF
    return _PDF if body.startswith(b"%PDF-") else None
