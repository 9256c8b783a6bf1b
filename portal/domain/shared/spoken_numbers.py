"""Numbers as people write them: 一万八, 1万8, 两万五, 6千, 壹万贰仟, 3.5万, 12,000.

What can be read in two ways is refused, never guessed: cn2an, the package for Chinese numerals that
is kept best, takes 1万80 for 10080 and says nothing.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from portal.domain.shared.text_cleaning import fold_width

_DIGITS: Final = {
    **dict(zip("零〇○一二三四五六七八九", (0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True)),
    **dict(zip("貳參陸弐", (2, 3, 6, 2), strict=True)),
    "两": 2,
    "兩": 2,
    "俩": 2,
    "幺": 1,
}
_UNITS: Final = {
    **dict.fromkeys("十拾", 10),
    **dict.fromkeys("百佰", 100),
    **dict.fromkeys("千仟K", 1_000),
    **dict.fromkeys("万萬W", 10_000),
    **dict.fromkeys("亿億", 100_000_000),
}
_PART: Final = re.compile(
    rf"(?P<written>[0-9][0-9,]*(?:[.点][0-9]+)?)|(?P<digit>[{''.join(_DIGITS)}])"
    rf"|(?P<unit>[{''.join(_UNITS)}])|(?P<point>点)"
)
_GROUPED: Final = re.compile(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+")
_LONGEST: Final = 24
_TEN, _HUNDRED, _TEN_THOUSAND = 10, 100, 10_000

NUMERALS: Final = "".join(_DIGITS) + "".join(_UNITS)
"""All signs that Chinese numbers are written with, beside 0 to 9."""

_Part = tuple[str, str]


_BEFORE: Final = re.compile(
    r"^(?:大概|大约|约|差不多|估计|可能|应该|不到|将近|接近|至少|最少|最多)(?:有|是)?"
)
_BEHIND: Final = re.compile(r"(?:左右|上下|以上|以下|以内|吧|样子|的样子)$")
_HALF: Final = Decimal("0.5")


class Unclear(Exception):  # noqa: N818
    """It is a number, but it can be read in two ways, or is a range: 五六千, 1万80."""


def read_number(text: str) -> Decimal | None:
    """Return the number that a text in half-width capitals is; None if it is none. Unclear."""
    if not text or len(text) > _LONGEST:
        return None
    parts = _split(text)
    return _read(parts) if parts else None


def _split(text: str) -> list[_Part]:
    parts: list[_Part] = []
    at = 0
    while at < len(text):
        match = _PART.match(text, at)
        if match is None or match.lastgroup is None:
            return []
        parts.append((match.lastgroup, match.group()))
        at = match.end()
    return parts


def _read(parts: list[_Part]) -> Decimal | None:
    """Read by the largest unit: what stands before it counts it, what stands behind is added."""
    sizes = [_UNITS[sign] if name == "unit" else 0 for name, sign in parts]
    largest = max(sizes)
    if not largest:
        return _read_plain(parts)
    at = sizes.index(largest)
    if largest in sizes[at + 1 :]:
        return None
    many = _read_count(parts[:at], largest)
    rest = _read_rest(parts[at + 1 :], largest)
    return None if many is None or rest is None else many * largest + rest


def _read_count(parts: list[_Part], unit: int) -> Decimal | None:
    if not parts:
        return Decimal(1) if unit == _TEN else None
    if parts[0] == ("digit", "零") and len(parts) > 1:
        parts = parts[1:]
    count = _read(parts)
    if count is None or count <= 0:
        return None
    most = _TEN_THOUSAND if unit >= _TEN_THOUSAND or parts[0][0] == "written" else _TEN
    return count if count < most else None


def _read_rest(parts: list[_Part], unit: int) -> Decimal | None:
    """Read what stands behind a unit: a bare digit counts the next smaller one, 一万八 is 18000."""
    if not parts:
        return Decimal(0)
    if parts[0][0] == "digit" and _DIGITS[parts[0][1]] == 0:
        return _read(parts[1:]) if len(parts) > 1 else None
    if all(name != "unit" for name, _ in parts):
        return _read_tail(parts, unit)
    rest = _read(parts)
    return rest if rest is not None and rest < unit else None


def _read_tail(parts: list[_Part], unit: int) -> Decimal | None:
    tail = _read_plain(parts)
    if tail is None or tail == 0 or tail != int(tail):
        return None
    digits = len(parts[0][1])
    if parts[0][0] == "written" and digits > 1:
        if digits == len(str(unit)) - 1:
            return tail
        raise Unclear
    return tail * (unit // _TEN if unit >= _HUNDRED else 1)


def _read_plain(parts: list[_Part]) -> Decimal | None:
    """Read a number without units: 12,000.50, 八, 一点八."""
    name, sign = parts[0]
    if name == "written":
        whole = sign.replace("点", ".")
        grouped = _GROUPED.fullmatch(whole.partition(".")[0])
        return Decimal(whole.replace(",", "")) if grouped and len(parts) == 1 else None
    if name != "digit":
        return None
    if len(parts) == 1:
        return Decimal(_DIGITS[sign])
    if parts[1][0] == "point" and len(parts) > 2 and {one for one, _ in parts[2:]} == {"digit"}:
        fraction = "".join(str(_DIGITS[one]) for _, one in parts[2:])
        return Decimal(f"{_DIGITS[sign]}.{fraction}")
    # 五六千 is a range, and 一八零零零 is read out: neither is a number to rely on.
    if {one for one, _ in parts} == {"digit"}:
        raise Unclear
    return None


def strip_round(folded: str) -> str:
    """Return a text in half-width capitals without words that say 大概 or 左右."""
    return _BEHIND.sub("", _BEFORE.sub("", folded))


def read_quantity(text: str, units: Iterable[str]) -> Decimal | None:
    """Return how many of `units` a text says: 3, 三口人, 大概 12 个, 半个月, 两年半.

    None if it says no number, Unclear if it can be read in two ways.
    """
    bare = strip_round(fold_width(text))
    by_length = sorted(units, key=len, reverse=True)
    if bare.startswith("半") and bare[1:] in by_length:
        return _HALF
    whole = bare.removesuffix("半") if bare.endswith("半") else bare.replace("个半", "个", 1)
    unit = next((unit for unit in by_length if whole.endswith(unit)), "")
    number = read_number(whole.removesuffix(unit))
    return number if number is None or whole == bare else number + _HALF


def read_spelled(text: str) -> str:
    """Return a text with each Chinese digit as 0 to 9: 二〇二五年 becomes 2025年."""
    return "".join(str(_DIGITS[sign]) if sign in _DIGITS else sign for sign in text)
