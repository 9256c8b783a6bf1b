"""What the cleaning process runs, as `python -I child.py KIND < in > out`; imports none of ours.

Limits are set before a parser is loaded. On standard error stands one word of what is wrong.
"""

import io
import json
import os
import re
import resource
import sys
from html import unescape
from typing import Any

MEGABYTE = 1024 * 1024
MOST_MEMORY, MOST_SECONDS = 640 * MEGABYTE, 4
MOST_PIXELS = {
    "jpeg": 120_000_000, "png": 40_000_000, "webp": 40_000_000, "heif": 50_000_000,
    "bmp": 40_000_000, "gif": 40_000_000,
}  # fmt: skip
MOST_PAINTED = 45_000_000  # a picture this large lies in memory twice
LONGEST_SIDE, LONGEST_PAGE, SHORT_SIDE, QUALITY = 65_000, 10_000, 1500, 75
DEEP = frozenset({"I", "F", "I;16", "I;16B", "I;16L", "I;16N"})
OPAQUE, HALF, NEAR, FEW, FAINT = 255, 128, 48, 0.1, 8
MOST_SCANS, SCAN = 100, b"\xff\xda"  # a camera writes a dozen; each costs time for all pixels
MOST_PAGES, MOST_OBJECTS, DEEPEST = 60, 100_000, 20
LARGEST_RESULT = 16 * MEGABYTE
UNCOMPUTED = "=?"  # stands for a formula that no spreadsheet has worked out
MOST_UNPACKED, MOST_ROWS, MOST_CELLS, LONGEST_CELL = 16 * MEGABYTE, 2000, 40, 200

ACTIVE_KEYS = frozenset({
    "/JS", "/JavaScript", "/AA", "/OpenAction", "/XFA", "/EmbeddedFiles", "/EF", "/AF", "/URI",
    "/RichMedia", "/Launch", "/Collection", "/Metadata", "/PieceInfo",
})  # fmt: skip
ACTIONS = frozenset({
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/GoToR", "/GoToE",
    "/URI", "/Movie", "/Sound", "/Rendition", "/RichMediaExecute", "/Hide", "/Named", "/Thread",
})  # fmt: skip
ANNOTATIONS = frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"})


class Refused(Exception):  # noqa: N818
    """The file cannot be taken; the message is the word for why."""


def limit_process() -> None:
    """Bound memory, time and open files; no byte into any file, no core.

    Nothing here keeps a parser that was taken over from starting a program or using the network.
    """
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def clean_photo(body: bytes, kind: str) -> bytes:
    """Paint the first picture of a photo file, upright, on a new canvas: nothing else passes.

    The shorter side has at most SHORT_SIDE pixels: small print of a photographed A4 sheet stays
    readable, and so does a screenshot of a chat; a very long one becomes a PDF of pages.
    Refused if what would be kept is blank and what came is not.
    """
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # our own bounds, below, are narrower
    if kind == "heif":
        import pi_heif

        pi_heif.options.DECODE_THREADS = 1
        pi_heif.register_heif_opener(thumbnails=False)
    if kind == "jpeg" and body.count(SCAN) > MOST_SCANS:
        raise Refused("scans")
    image: Any = Image.open(io.BytesIO(body), formats=[kind.upper()])
    if image.width * image.height > MOST_PIXELS[kind] or max(image.size) > LONGEST_SIDE:
        raise Refused("pixels")
    smaller = min(1.0, SHORT_SIDE / min(image.size))
    size = [max(1, round(side * smaller)) for side in image.size]
    if size[0] * size[1] > MOST_PAINTED:
        raise Refused("pixels")
    image.draft(None, [2 * side for side in size])  # a JPEG need not be unpacked in full
    image.load()
    blank = is_blank(image)
    image = flatten(spread_depth(image))
    image.thumbnail(size, reducing_gap=2.0)
    ImageOps.exif_transpose(image, in_place=True)
    if is_blank(image) and not blank:
        raise Refused("blank")
    pages = [paint(image, box) for box in cut_pages(image.size)]
    out = io.BytesIO()
    if len(pages) == 1:
        pages[0].save(out, "JPEG", quality=QUALITY)
    else:
        pages[0].save(out, "PDF", quality=QUALITY, save_all=True, append_images=pages[1:])
    return out.getvalue()


def paint(image: Any, box: tuple[int, int, int, int]) -> Any:
    """Paint a part of a picture on a canvas that knows nothing of where it came from."""
    from PIL import Image

    part = image.crop(box)
    canvas = Image.new("RGB", part.size)
    canvas.paste(part)
    return canvas


def cut_pages(size: tuple[int, int]) -> list[tuple[int, int, int, int]]:
    """Cut what no program shows in one piece into pages twice as long as wide.

    They overlap, so that a line of writing at the edge stands whole on one of the two.
    """
    wide, high = size
    if max(size) <= LONGEST_PAGE:
        return [(0, 0, wide, high)]
    long, short = max(size), min(size)
    page, step = 2 * short, 2 * short - max(1, short // 10)
    ends = [min(start + page, long) for start in range(0, max(1, long - page + step), step)]
    spans = [(max(0, end - page), end) for end in ends]
    if len(spans) > MOST_PAGES:
        raise Refused("pixels")
    if high > wide:
        return [(0, start, wide, end) for start, end in spans]
    return [(start, 0, end, high) for start, end in spans]


def spread_depth(image: Any) -> Any:
    """Bring grey of more than eight bits to eight: Pillow would clip it to white.

    By the bits that the brightest pixel needs, as a scanner of twelve bits leaves four empty.
    """
    if image.mode not in DEEP:
        return image
    image.info.pop("transparency", None)  # a depth of its own, which no mode can hold
    low, high = image.getextrema()
    if low < 0 or image.mode == "F":
        grey, low = image.convert("F"), min(low, 0)
        share = OPAQUE / ((high - low) or 1)
    else:
        grey, low = image.convert("I"), 0
        share = 1 / 2 ** max(0, int(high).bit_length() - 8)
    return grey.point(lambda value: value * share - low * share).convert("L")


def flatten(image: Any) -> Any:
    """Turn any mode of Pillow into RGB; what is see-through gets a ground on which it shows."""
    from PIL import Image

    if image.mode not in {"LA", "La", "PA", "RGBA", "RGBa"} and "transparency" not in image.info:
        return image if image.mode == "RGB" else image.convert("RGB")
    image = image if image.mode == "RGBA" else image.convert("RGBA")
    alpha = image.getchannel("A")
    faintest, strongest = alpha.getextrema()
    if faintest == OPAQUE or (not strongest and not is_blank(image.convert("RGB"))):
        return image.convert("RGB")  # if nothing would be seen, the note of what shows is wrong
    canvas = Image.new("RGB", image.size, (choose_ground(image, alpha),) * 3)
    canvas.paste(image, mask=alpha)
    return canvas


def choose_ground(image: Any, alpha: Any) -> int:
    """Choose white, unless much of what is drawn would vanish on it: then black, or grey."""
    solid = alpha.point(lambda value: OPAQUE * (value > HALF))
    ink = image.convert("L").histogram(solid)
    drawn = sum(ink) or 1

    def lost(ground: int) -> float:
        return float(sum(ink[max(0, ground - NEAR) : ground + NEAR + 1])) / drawn

    # What covers most of it is a sheet or a screenshot: its writing shows by itself.
    sheet = drawn > image.width * image.height / 2 and lost(OPAQUE) < 1
    return OPAQUE if sheet or lost(OPAQUE) <= FEW else min((OPAQUE, 0, HALF), key=lost)


def is_blank(image: Any) -> bool:
    """Tell whether a picture is all of one colour, as far as anybody can see."""
    bands = image.getextrema()
    if image.mode in DEEP:
        return bool(bands[0] == bands[1])
    if image.mode in {"P", "PA"}:
        return is_blank(image.convert("RGBA"))
    each = bands if isinstance(bands[0], tuple) else (bands,)
    return all(high - low <= FAINT for low, high in each)


def clean_pdf(body: bytes) -> bytes:
    """Make a PDF anew without scripts, actions, attachments and what tells where it came from.

    Stamps stay （电子签章）. No stream is unpacked, so that a bomb in one stays asleep.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(body), suppress_warnings=True) as pdf:
        if not 0 < len(pdf.pages) <= MOST_PAGES:
            raise Refused("pages")
        if len(pdf.objects) > MOST_OBJECTS:
            raise Refused("objects")
        for found in pdf.objects:
            scrub(found, pikepdf)
        for page in pdf.pages:
            kept = page.obj.get("/Annots")
            if kept is not None:
                page.obj["/Annots"] = pikepdf.Array(
                    [one for one in kept if str(one.get("/Subtype")) not in ANNOTATIONS]
                )
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        out = io.BytesIO()
        as_they_are = pikepdf.StreamDecodeLevel.none
        pdf.save(out, encryption=False, compress_streams=False, stream_decode_level=as_they_are)
        return out.getvalue()


def scrub(found: Any, pikepdf: Any, depth: int = 0) -> None:
    """Take out of an object, and of what lies directly in it, everything that acts."""
    if depth > DEEPEST:
        raise Refused("deep")
    if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        acts = str(found.get("/S")) in ACTIONS
        for key in list(found.keys()):
            if acts or key in ACTIVE_KEYS:
                del found[key]
        inner = [found.get(key) for key in found.keys()]  # noqa: SIM118 (no mapping of Python's)
    elif isinstance(found, pikepdf.Array):
        inner = list(found)
    else:
        return
    for one in inner:
        if isinstance(one, pikepdf.Dictionary | pikepdf.Array) and not one.is_indirect:
            scrub(one, pikepdf, depth + 1)


def read_workbook(body: bytes) -> bytes:
    """Read every sheet with something in it, as JSON: name, rows of text, or why it is not read.

    A formula counts as what it last gave. Hidden sheets are named, and not looked at.
    """
    from zipfile import ZipFile

    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with ZipFile(io.BytesIO(body)) as packed:
        if "xl/workbook.xml" not in packed.namelist():
            raise Refused("sheets")
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
            raise Refused("rows")
        unseen = find_unseen(packed)
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    sheets, left = [], MOST_ROWS
    for sheet in book.sheets_metadata:
        if sheet.typ is not SheetTypeEnum.WorkSheet:
            sheets.append(sheet_of(sheet.name, unread="chart"))
        elif sheet.visible is not SheetVisibleEnum.Visible:
            sheets.append(sheet_of(sheet.name, unread="hidden"))
        else:
            read = book.get_sheet_by_name(sheet.name)
            rows = [] if read.total_height > left else read.to_python(skip_empty_area=False)
            left -= len(rows)
            unread = "rows" if read.total_height and not rows else ""
            cells = [[show_cell(cell) for cell in row[:MOST_CELLS]] for row in rows]
            if cells or unread:
                sheets.append(sheet_of(sheet.name, cells, unread, unseen.get(sheet.name)))
    if not any(one["rows"] for one in sheets):
        raise Refused("rows" if any(one["unread"] == "rows" for one in sheets) else "empty")
    return json.dumps(sheets, ensure_ascii=False).encode("utf-8", "replace")


def sheet_of(
    name: str,
    rows: list[list[str]] | None = None,
    unread: str = "",
    unseen: tuple[list[int], list[int], list[tuple[int, int]]] | None = None,
) -> dict[str, Any]:
    """Put a sheet as it is handed over; a formula that was never worked out has a sign."""
    hidden, columns, formulas = unseen or ([], [], [])
    for row, column in formulas:
        if rows and row <= len(rows) and column < len(rows[row - 1]):
            rows[row - 1][column] = rows[row - 1][column] or UNCOMPUTED
    return {
        "name": name[:LONGEST_CELL], "rows": rows or [], "unread": unread,
        "hidden": hidden, "columns": columns,
    }  # fmt: skip


def find_unseen(packed: Any) -> dict[str, tuple[list[int], list[int], list[tuple[int, int]]]]:
    """Return of each sheet the rows (from 1) and columns (from 0) that somebody has hidden.

    And row and column of the formulas that have no value, as programs write them. The reader of
    workbooks does not tell; what is not written as Excel does it is not found.
    """
    names, parts = packed.namelist(), "xl/_rels/workbook.xml.rels"
    links = packed.read(parts) if parts in names else b""
    targets = {
        attribute(tag, b"Id"): attribute(tag, b"Target")
        for tag in re.findall(rb"<Relationship\b[^>]*>", links)
    }
    unseen = {}
    for tag in re.findall(rb"<sheet\b[^>]*>", packed.read("xl/workbook.xml")):
        part = "xl/" + targets.get(attribute(tag, b"r:id"), "").removeprefix("/xl/")
        sheet = packed.read(part) if part in names else b""
        rows = [attribute(row, b"r") for row in hidden_among(sheet, b"row")]
        spans = [
            (attribute(one, b"min"), attribute(one, b"max")) for one in hidden_among(sheet, b"col")
        ]
        unseen[attribute(tag, b"name")] = (
            [int(one) for one in rows if one.isdecimal()],
            [
                place
                for first, last in spans
                if first.isdecimal() and last.isdecimal()
                for place in range(int(first) - 1, min(int(last), MOST_CELLS))
            ],
            find_uncomputed(sheet),
        )
    return unseen


def hidden_among(sheet: bytes, name: bytes) -> list[bytes]:
    """Return the opening tags of the rows or columns of a sheet that are hidden."""
    tags: list[bytes] = re.findall(rb"<%s\b[^>]*>" % name, sheet)
    return [tag for tag in tags if attribute(tag, b"hidden") in {"1", "true"}]


def find_uncomputed(sheet: bytes) -> list[tuple[int, int]]:
    """Return row (from 1) and column (from 0) of the formulas of a sheet without a value."""
    found = []
    for tag, inner in re.findall(rb"(<c\b[^>]*[^/]>)(.*?)</c>", sheet, re.DOTALL):
        place = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", attribute(tag, b"r"))
        if place and b"<f" in inner and not re.search(rb"<v[^>/]*>[^<]", inner):
            column = 0
            for letter in place[1]:
                column = column * 26 + ord(letter) - ord("A") + 1
            found.append((int(place[2]), column - 1))
    return found


def attribute(tag: bytes, name: bytes) -> str:
    """Return what an attribute says in the opening tag of an element; empty if it is not there."""
    found = re.search(rb"""\s%s\s*=\s*(?:"([^"]*)"|'([^']*)')""" % name, tag)
    return unescape((found[1] or found[2] or b"").decode("utf-8", "replace")) if found else ""


def show_cell(cell: object) -> str:
    """Write a cell as somebody would type it; a number as a spreadsheet shows it."""
    if isinstance(cell, float):
        return format(cell, ".15g")
    return str(cell)[:LONGEST_CELL]


def clean(body: bytes, kind: str) -> bytes:
    """Make the file anew. Refused, or whatever the parser raises."""
    if kind == "xlsx":
        result = read_workbook(body)
    else:
        result = clean_pdf(body) if kind == "pdf" else clean_photo(body, kind)
    if len(result) > LARGEST_RESULT:
        raise Refused("result")
    return result


def main() -> None:
    """Clean standard input to standard output; exit code 2 and a word if it cannot be taken."""
    limit_process()
    try:
        result = clean(sys.stdin.buffer.read(), sys.argv[1])
    except Refused as refused:
        word = str(refused)
    except BaseException as error:
        word = "password" if type(error).__name__ == "PasswordError" else "broken"
        if isinstance(error, MemoryError):
            word = "memory"
    else:
        sys.stdout.buffer.write(result)
        sys.stdout.buffer.flush()
        os._exit(0)  # what a parser left behind must not run any more
    os.write(2, word.encode())
    os._exit(2)


if __name__ == "__main__":
    main()
