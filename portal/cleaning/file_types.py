"""What a file is: told by its first bytes, whatever it is called."""

from portal.domain.shared.errors import NotAccepted

LARGEST_FILE = 10_000_000
"""Bytes of one photo or PDF, as the page promises: 10 MB."""

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_PDF, _LEADING = b"%PDF-", 1024
"""Readers find the beginning of a PDF behind this much of something else, and so do we."""

_RETAKE = "请把它拍成照片再传"
_REFUSED = (
    (b"PK\x03\x04", f"压缩包、Word、Excel、OFD 文件不能传。{_RETAKE}，或者存成 PDF"),
    (b"\xd0\xcf\x11\xe0", f"Word、Excel 文件不能传。{_RETAKE}，或者存成 PDF"),
    (b"Rar!", "压缩包不能传。请把里面的照片一张一张传"),
    (b"7z\xbc\xaf", "压缩包不能传。请把里面的照片一张一张传"),
    (b"II*\0", "TIFF 图片、相机的原始文件不能传。请打开它，截一张图再传，或者存成 JPG"),
    (b"MM\0*", "TIFF 图片、相机的原始文件不能传。请打开它，截一张图再传，或者存成 JPG"),
    (b"8BPS", "PSD 文件不能传。请打开它，存成 JPG 再传"),
    (b"\0\0\0\x0cjP", "JPEG 2000 图片不能传。请打开它，截一张图再传，或者存成 JPG"),
)
_BY_BRAND = {
    b"avif": "AVIF 图片不能传。请打开它，截一张图再传，或者存成 JPG",
    b"avis": "AVIF 图片不能传。请打开它，截一张图再传，或者存成 JPG",
    b"": "视频、录音不能传。请截几张图再传，录像、录音请带到窗口来",
}
_OTHER = f"只能传照片或者 PDF。{_RETAKE}"


def kind_of(body: bytes) -> str:
    """Return the kind of a file. NotAccepted, with what to do, if it is none that is taken."""
    if not body:
        raise NotAccepted("照片是空的。请再选一次")
    if len(body) > LARGEST_FILE:
        raise NotAccepted("照片太大，没有传成功。请换一张小于 10 MB 的")
    kind = _kind(body)
    if kind is None:
        raise NotAccepted(_why_not(body))
    return kind


def _why_not(body: bytes) -> str:
    if body[4:8] == b"ftyp":
        return _BY_BRAND.get(body[8:12], _BY_BRAND[b""])
    return next((words for head, words in _REFUSED if body.startswith(head)), _OTHER)


def _kind(body: bytes) -> str | None:
    if body.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if body.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "webp"
    if body[4:8] == b"ftyp" and body[8:12] in _HEIF_BRANDS:
        return "heif"
    if body.startswith(b"BM") and body[6:10] == bytes(4):
        return "bmp"
    if body.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    return "pdf" if _PDF in body[: _LEADING + len(_PDF)] else None
