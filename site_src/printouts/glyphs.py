"""What the fonts of this machine can draw: Typst prints ☒ for the rest and says nothing."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import error as StructError  # noqa: N812 (a class that struct writes small)
from struct import iter_unpack, unpack_from
from typing import Final
from unicodedata import category

import typst

BLANK_SIGN: Final = "□"
"""Stands for a sign that cannot be drawn（虚缺号，GB/T 15834）; every Chinese font has it."""
_NOT_DRAWN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
_FOUR_BYTES, _TWO_BYTES = 12, 4
"""The formats of the tables that tell which signs a font has: all of Unicode, the first plane."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The signs that a font has, as spans in their order: each from a start to an end."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __contains__(self, sign: str) -> bool:
        """Tell whether the font has the sign."""
        place = bisect_right(self.starts, ord(sign)) - 1
        return place >= 0 and ord(sign) <= self.ends[place]


@lru_cache(maxsize=1)
def load_fonts() -> typst.Fonts:
    """Look at the fonts of this machine once; those that Typst brings along are no Chinese ones."""
    return typst.Fonts(include_embedded_fonts=False)


def find_missing(text: str) -> frozenset[str]:
    """Return the signs of a text that no font of this machine has."""
    return frozenset(sign for sign in set(text) if not _can_be_drawn(sign))


@lru_cache(maxsize=20_000)
def _can_be_drawn(sign: str) -> bool:
    if category(sign) in _NOT_DRAWN or _selects_a_variant(sign):
        return True
    return any(sign in coverage for coverage in _coverages())


def _selects_a_variant(sign: str) -> bool:
    return "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"


def _coverages() -> Iterator[Coverage]:
    faces = [font for font in load_fonts().fonts() if font.path]
    # The faces of Chinese have most of what is asked for, so the others stay unread.
    for font in sorted(faces, key=lambda font: not font.family.endswith("CJK SC")):
        yield read_coverage(Path(str(font.path)), font.index)


# One table is read here: fontTools would be 30 MB more to install, and twenty times slower at it.
@cache
def read_coverage(path: Path, index: int) -> Coverage:
    """Read which signs a font file has; `index` chooses the face of a collection.

    Nothing, if the file has no table of the two usual formats, or is broken. OpenType 1.9, cmap.
    """
    try:
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            return _join(_read_spans(data, index))
    except (OSError, ValueError, StructError):
        return Coverage((), ())


def _read_spans(data: mmap, index: int) -> Iterator[tuple[int, int]]:
    face = unpack_from(">I", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
    tables = iter_unpack(">4sIII", _cut(data, face + 12, 16 * unpack_from(">H", data, face + 4)[0]))
    start = next((at for tag, _, at, _ in tables if tag == b"cmap"), None)
    if start is None:
        return
    count = unpack_from(">H", data, start + 2)[0]
    places = [start + at for _, _, at in iter_unpack(">HHI", _cut(data, start + 4, 8 * count))]
    formats = {unpack_from(">H", data, place)[0]: place for place in places}
    if _FOUR_BYTES in formats:
        yield from _read_groups(data, formats[_FOUR_BYTES])
    elif _TWO_BYTES in formats:
        yield from _read_segments(data, formats[_TWO_BYTES])


def _read_groups(data: mmap, place: int) -> Iterator[tuple[int, int]]:
    count = unpack_from(">I", data, place + 12)[0]
    yield from (
        (first, last) for first, last, _ in iter_unpack(">III", _cut(data, place + 16, 12 * count))
    )


def _read_segments(data: mmap, place: int) -> Iterator[tuple[int, int]]:
    size = unpack_from(">H", data, place + 6)[0]
    ends = iter_unpack(">H", _cut(data, place + 14, size))
    starts = iter_unpack(">H", _cut(data, place + 16 + size, size))
    yield from ((first, last) for (first,), (last,) in zip(starts, ends, strict=True))


def _cut(data: mmap, start: int, size: int) -> bytes:
    return data[start : start + size]


def _join(spans: Iterable[tuple[int, int]]) -> Coverage:
    ordered = sorted(spans)
    return Coverage(tuple(one for one, _ in ordered), tuple(one for _, one in ordered))


def leave_gaps(text: str, missing: Collection[str]) -> str:
    """Put BLANK_SIGN in the place of every sign that is missing."""
    return text.translate(dict.fromkeys(map(ord, missing), BLANK_SIGN))
