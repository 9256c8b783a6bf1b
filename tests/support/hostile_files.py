"""Files that mean harm, made on the spot and never stored; and what becomes of each.

    python -m tests.support.hostile_files

prints a table: file, bytes, answer, seconds, peak megabytes of the cleaning process.
"""

import io
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import getpid, times
from pathlib import Path
from threading import Event, Thread
from typing import Any
from zipfile import ZipFile

import pikepdf
import pillow_heif
from PIL import Image

from portal.cleaning import clean_file
from portal.domain.shared.errors import NotAccepted

MEGABYTE = 1024 * 1024
SCRIPT = b"<script>alert('demo')</script>"
SECRET_PLACE = b"CANARY-GPS"
PADDING = b" " * MEGABYTE


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file: its name, how it is made, and words of the refusal; None if it is cleaned."""

    name: str
    make: Callable[[], bytes]
    refusal: str | None


def picture(size: tuple[int, int] = (640, 480)) -> Image.Image:
    """A picture in which it shows which side is up: red above, blue below."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0], size[1] // 2))
    return image


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    """A picture as the bytes of a file."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def see_through(size: tuple[int, int]) -> bytes:
    """A large picture of which a part is see-through."""
    image = picture(size).convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, size[0] // 2, size[1] // 2))
    return saved(image, "PNG")


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk of a PNG file."""
    check = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + check


def pack(beginning: bytes, block: bytes, times: int) -> bytes:
    """What zlib would make of a beginning and so many equal blocks, without packing each."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    parts = [packer.compress(one) + packer.flush(zlib.Z_FULL_FLUSH) for one in (beginning, block)]
    prime, check, each = 65521, zlib.adler32(beginning), zlib.adler32(block)
    low, high = check & 0xFFFF, check >> 16
    for _ in range(times):
        high = (high + len(block) * (low - 1) + (each >> 16)) % prime
        low = (low + (each & 0xFFFF) - 1) % prime
    last = packer.flush() + struct.pack(">HH", high, low)
    return b"\x78\xda" + parts[0] + parts[1] * times + last


def bomb_png(width: int = 13_000, height: int = 13_000) -> bytes:
    """Twenty kilobytes that unpack to a very large grey picture."""
    data = pack(b"", b"\0" * (width + 1) * 100, height // 100)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def text_bomb_png() -> bytes:
    """A small picture with a comment that unpacks to a gigabyte."""
    data = pack(b"", PADDING, 1024)
    png = saved(picture(), "PNG")
    bomb = chunk(b"zTXt", b"Comment\0\0" + data)
    return png[:33] + bomb + png[33:]


def talking_jpeg() -> bytes:
    """A photo on its side that tells where it was taken, with a script in its comment."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise to stand upright
    exif[0x010E] = SECRET_PLACE.decode()
    exif.get_ifd(0x8825)[29] = SECRET_PLACE.decode()
    body = saved(picture(), "JPEG", exif=exif, comment=SCRIPT)
    return body + SCRIPT


def vast_jpeg() -> bytes:
    """A photo whose head promises 65 000 pixels on each side."""
    body = bytearray(saved(picture(), "JPEG"))
    place = body.index(b"\xff\xc0") + 5
    body[place : place + 4] = struct.pack(">HH", 65_000, 65_000)
    return bytes(body)


def scanned_jpeg(scans: int) -> bytes:
    """A progressive photo of 100 million pixels that repeats its first pass many times over."""
    body = bytearray(saved(picture((64, 64)), "JPEG", progressive=True))
    place = body.index(b"\xff\xc2") + 5
    body[place : place + 4] = struct.pack(">HH", 10_000, 10_000)
    first = body.index(b"\xff\xda")
    scan = body[first : body.index(b"\xff", first + 20)]
    return bytes(body[:first] + scan * scans + b"\xff\xd9")


def moving(form: str) -> bytes:
    """A picture that moves: 200 frames."""
    frames = [Image.new("RGB", (300, 300), (number, 0, 0)) for number in range(200)]
    return saved(frames[0], form, save_all=True, append_images=frames[1:])


def heic(image: Image.Image | None = None) -> bytes:
    """A photo as an iPhone writes it."""
    out = io.BytesIO()
    pillow_heif.from_pillow(image or picture()).save(out, quality=50)
    return out.getvalue()


def vast_heic() -> bytes:
    """A photo whose head promises 60 000 pixels on each side."""
    body = bytearray(heic())
    place = body.index(b"ispe") + 8
    body[place : place + 8] = struct.pack(">II", 60_000, 60_000)
    return bytes(body)


def pdf(pages: int = 1, change: Callable[[pikepdf.Pdf], None] | None = None,
        **options: Any) -> bytes:  # fmt: skip
    """A PDF of empty pages, changed as wished."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out, **options)
    return out.getvalue()


def locked_pdf(user: str) -> bytes:
    """A PDF with a password; an empty one only forbids to copy and print."""
    return pdf(encryption=pikepdf.Encryption(owner="boss", user=user))


def acting_pdf() -> bytes:
    """A PDF with everything that acts: script, launch, link, attachment, form of its own."""

    def change(made: pikepdf.Pdf) -> None:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=SCRIPT.decode())
        launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe", Next=script)
        link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://elsewhere.example/")
        made.attachments["evil.exe"] = b"MZ-evil"
        made.Root.OpenAction = made.make_indirect(launch)
        made.Root.AA = pikepdf.Dictionary(WC=script)
        made.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.Stream(made, SCRIPT), Fields=[])
        made.Root.Names.JavaScript = pikepdf.Dictionary(Names=["x", script])
        made.docinfo["/Author"] = SECRET_PLACE.decode()
        notes = [
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link,
                               Rect=[0, 0, 9, 9], A=link),
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment,
                               Rect=[0, 0, 9, 9]),
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp,
                               Rect=[0, 0, 9, 9]),
        ]  # fmt: skip
        made.pages[0].Annots = made.make_indirect(pikepdf.Array(notes))

    return pdf(change=change)


def looping_pdf() -> bytes:
    """A PDF whose tree of pages has itself as a branch."""

    def change(made: pikepdf.Pdf) -> None:
        made.Root.Pages.Kids.append(made.Root.Pages)

    return pdf(change=change)


def nested_pdf() -> bytes:
    """A PDF with brackets in brackets, a hundred thousand deep."""
    deep = b"[" * 100_000 + b"]" * 100_000
    return raw_pdf([b"<</Type/Catalog/Pages 2 0 R/X " + deep + b">>",
                    b"<</Type/Pages/Kids[]/Count 0>>"])  # fmt: skip


def bomb_pdf() -> bytes:
    """A PDF of one page whose drawing unpacks to a gigabyte, twice packed."""
    packed = zlib.compress(pack(b"", PADDING, 1024), 9)
    return raw_pdf([
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n" % len(packed)
        + packed + b"\nendstream",
    ])  # fmt: skip


def bomb_in_object_stream() -> bytes:
    """A PDF whose objects lie in a stream that unpacks to two gigabytes."""
    data = pack(b"1 0 <</Type/Catalog/Pages 2 0 R>>", PADDING, 2048)
    stream = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(data)
    body = b"%PDF-1.7\n" + b"5 0 obj\n" + stream + data + b"\nendstream endobj\n"
    start = len(body)
    rows = b"".join(struct.pack(">BIB", *row) for row in ((0, 0, 0), (2, 5, 0), (1, 9, 0),
                                                          (1, start, 0)))  # fmt: skip
    head = b"<</Type/XRef/Size 6/Root 1 0 R/W[1 4 1]/Index[0 3 6 1]/Length %d>>stream\n"
    body += b"6 0 obj\n" + head % len(rows) + rows + b"\nendstream endobj\n"
    return body + b"startxref\n%d\n%%%%EOF" % start


def raw_pdf(objects: list[bytes]) -> bytes:
    """A PDF written by hand; the first object is its root."""
    body, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    count, start = len(objects) + 1, len(body)
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + tail % (count, start)


def zipped() -> bytes:
    """A packed folder."""
    out = io.BytesIO()
    with ZipFile(out, "w") as folder:
        folder.writestr("photo.jpg", "x")
    return out.getvalue()


def half(body: bytes) -> bytes:
    """What arrives when the line breaks."""
    return body[: len(body) // 2]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
CORPUS = (
    Hostile("bomb.png", bomb_png, "尺寸太大"),
    Hostile("comment-bomb.png", text_bomb_png, "坏了"),
    Hostile("script-and-place.jpg", talking_jpeg, None),
    Hostile("vast.jpg", vast_jpeg, "尺寸太大"),
    Hostile("many-scans.jpg", lambda: scanned_jpeg(3000), "太复杂"),
    Hostile("some-scans.jpg", lambda: scanned_jpeg(98), None),
    Hostile("noise.jpg", lambda: b"\xff\xd8\xff" + bytes(range(256)) * 400, "坏了"),
    Hostile("moving.webp", lambda: moving("WEBP"), None),
    Hostile("moving.png", lambda: moving("PNG"), None),
    Hostile("moving.gif", lambda: moving("GIF"), None),
    Hostile("vast.heic", vast_heic, "尺寸太大"),
    Hostile("long.png", lambda: saved(picture((1080, 32_000)), "PNG"), None),
    Hostile("long.jpg", lambda: saved(picture((1080, 40_000)), "JPEG"), None),
    Hostile("longest.jpg", lambda: saved(picture((1080, 60_000)), "JPEG"), "分成几张"),
    Hostile("thread.png", lambda: saved(picture((1, 60_000)), "PNG"), "分成几张"),
    Hostile("see-through.png", lambda: see_through((6400, 6200)), None),
    Hostile("half.jpg", lambda: half(saved(picture((2000, 1500)), "JPEG")), "坏了"),
    Hostile("half.png", lambda: half(saved(picture((2000, 1500)), "PNG")), "坏了"),
    Hostile("half.webp", lambda: half(saved(picture((2000, 1500)), "WEBP")), "坏了"),
    Hostile("half.heic", lambda: half(heic(picture((2000, 1500)))), "坏了"),
    Hostile("half.pdf", lambda: half(acting_pdf()), "坏了"),
    Hostile("really-a-png.jpg", lambda: saved(picture(), "PNG"), None),
    Hostile("really-a-photo.pdf", lambda: saved(picture(), "JPEG"), None),
    Hostile("really-a-photo.exe", lambda: saved(picture(), "JPEG"), None),
    Hostile("really-a-page.jpg", lambda: b"<!doctype html>" + SCRIPT, "只能传照片"),
    Hostile("drawing.svg", lambda: SVG, "只能传照片"),
    Hostile("packed.zip", zipped, "压缩包"),
    Hostile("packed.jpg", zipped, "压缩包"),
    Hostile("old-office.doc", lambda: b"\xd0\xcf\x11\xe0" + bytes(4096), "Word"),
    Hostile("empty.jpg", bytes, "空的"),
    Hostile("too-large.jpg", lambda: b"\xff\xd8\xff" + bytes(12 * MEGABYTE), "10 MB"),
    Hostile("acting.pdf", acting_pdf, None),
    Hostile("locked.pdf", lambda: locked_pdf("guess"), "有密码"),
    Hostile("no-copying.pdf", lambda: locked_pdf(""), None),
    Hostile("looping.pdf", looping_pdf, "坏了"),
    Hostile("nested.pdf", nested_pdf, "坏了"),
    Hostile("61-pages.pdf", lambda: pdf(61), "60 页"),
    Hostile("no-page.pdf", lambda: pdf(0), "60 页"),
    Hostile("bomb.pdf", bomb_pdf, None),
    Hostile("bomb-of-objects.pdf", bomb_in_object_stream, "坏了"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a file: the refusal or None, seconds of processor time, peak megabytes."""

    refusal: str | None
    seconds: float
    megabytes: int
    body: bytes = b""


def try_file(body: bytes) -> Tried:
    """Have a file cleaned and watch the process that does it."""
    with watched() as peaks:
        start = spent()
        refusal, made = None, b""
        try:
            made = clean_file(body).body
        except NotAccepted as problem:
            refusal = str(problem)
        seconds = spent() - start
    return Tried(refusal, seconds, max(peaks, default=0) // 1024, made)


def spent() -> float:
    """Seconds of processor time that this process and its children have taken."""
    return sum(times()[:4])


@contextmanager
def watched() -> Iterator[list[int]]:
    """The peak memory, in kilobytes, of the children that we start meanwhile."""
    peaks: list[int] = []
    done = Event()

    def watch() -> None:
        while not done.wait(0.002):
            peaks.extend(peak_of(child) for child in children())

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield peaks
    finally:
        done.set()
        watcher.join()


def children() -> set[str]:
    """The processes that any thread of ours has started."""
    tasks = Path(f"/proc/{getpid()}/task").glob("*/children")
    return {child for task in tasks for child in read(task).split()}


def read(path: Path) -> str:
    """The text of a file; nothing if its process is gone."""
    try:
        return path.read_text()
    except OSError:
        return ""


def peak_of(child: str) -> int:
    """The most memory that a process has had, in kilobytes."""
    status = read(Path("/proc") / child / "status")
    if "child.py" not in read(Path("/proc") / child / "cmdline"):
        return 0  # not yet: it still shows our own memory
    lines = [line.split() for line in status.splitlines() if line.startswith("VmHWM")]
    return int(lines[0][1]) if lines else 0


def main() -> None:
    """Print the table; exit code 1 if a file was answered other than expected."""
    from tests.support.hostile_tables import TABLES, try_table

    wrong = 0
    print(f"{'file':24}{'bytes':>10}{'seconds':>9}{'MB':>6}  answer")
    for one in (*CORPUS, *TABLES):
        body = one.make()
        tried = (try_table if one in TABLES else try_file)(body)
        answer = tried.refusal or f"taken, {len(tried.body)} bytes kept"
        fits = tried.refusal is None if one.refusal is None else one.refusal in answer
        wrong += not fits
        mark = "" if fits else "  <- not as expected"
        print(f"{one.name:24}{len(body):10}{tried.seconds:9.2f}{tried.megabytes:6}  {answer}{mark}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
