"""Amounts as people type and read them; inside they are whole fen."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.spoken_numbers import NUMERALS, Unclear, read_number, strip_round
from portal.domain.shared.text_cleaning import fold_width

# Far above any household or grant, far below what a database integer holds.
LARGEST_FEN: Final = 10_000_000_000
_NUMBER = rf"[0-9,.点{NUMERALS}]+"
_AMOUNT = re.compile(
    r"(?:¥|RMB|CNY|人民币)?"
    rf"(?P<yuan>{_NUMBER}?)(?P<more>多|来|余|出头)?"
    r"(?:(?P<coin>元|块|圆)(?:钱|人民币)?(?P<more_yuan>多)?(?:钱)?"
    rf"(?:(?P<jiao>[0-9{NUMERALS}])(?:(?P<cent_of>角|毛)(?:(?P<fen>[0-9{NUMERALS}])(?:分)?)?)?)?)?"
    r"[整正]?"
)
_RANGE = re.compile(rf"[0-9{NUMERALS}][到至~-]+[0-9{NUMERALS}]|几")
_NOT_A_SUM = "请只填一个数，例如 1200、1200.50、1.8万、一万八。填每月的还是一年的，看题目怎么问。"
_UNCLEAR = "这个数有两种读法，我们怕记错。请用数字写，例如 18000。"
_RANGE_WORDS = "请只写一个数，不写从多少到多少。说不准，写中间的一个，例如 5500。"
_LONGEST: Final = 40
_TOO_LARGE = "金额太大了。请看一看是不是多打了数字。"


@dataclass(frozen=True, slots=True)
class ReadAmount:
    """What was read: `fen`; `about`, if it was said to be more or less than that, or round."""

    fen: int
    about: bool


def read_amount(text: str) -> ReadAmount:
    """Return what a typed amount of yuan says, or raise NotAccepted.

    Takes 1200, 1,200.50, ¥1200, 1200元, 1.5万, 一万八, 6千, 3块5, 大概6000, 3千多, in full width
    too; from 0 to 100 million yuan.
    """
    # A Chinese keyboard gives 。 where the decimal point is meant.
    if len(text) > _LONGEST:
        raise NotAccepted(_TOO_LARGE)
    folded = fold_width(text).replace("。", ".").replace("、", ",").replace("~", "-")
    if not folded:
        raise NotAccepted("请填写金额。没有就填 0。")
    if folded.startswith("-"):
        raise NotAccepted("金额不能小于 0。没有就填 0。")
    if _RANGE.search(folded):
        raise NotAccepted(_RANGE_WORDS)
    bare = strip_round(folded)
    match = _AMOUNT.fullmatch(bare)
    if not match or not match["yuan"]:
        raise NotAccepted(_NOT_A_SUM)
    about = bare != folded or bool(match["more"] or match["more_yuan"])
    return ReadAmount(_to_fen(_yuan_of(match)), about)


def parse_yuan(text: str) -> int:
    """Return a typed amount of yuan in fen, or raise NotAccepted, also for one said to be round."""
    amount = read_amount(text)
    if amount.about:
        raise NotAccepted("这里要一个准确的数，不写“大概”“左右”“多”。请只写数，例如 6000。")
    return amount.fen


def _yuan_of(match: re.Match[str]) -> Decimal:
    try:
        yuan = read_number(match["yuan"])
        jiao, fen = read_number(match["jiao"] or "0"), read_number(match["fen"] or "0")
    except Unclear:
        raise NotAccepted(_UNCLEAR) from None
    if yuan is None and "," in match["yuan"]:
        raise NotAccepted("金额里的逗号位置不对。请去掉逗号再填，例如 1200.50。")
    if yuan is None or jiao is None or fen is None:
        raise NotAccepted(_NOT_A_SUM)
    return yuan + jiao / 10 + fen / 100


def _to_fen(yuan: Decimal) -> int:
    fen = yuan * 100
    if fen > LARGEST_FEN:
        raise NotAccepted(_TOO_LARGE)
    if fen != int(fen):
        raise NotAccepted("金额最多写到分，也就是小数点后两位。请再填一次。")
    return int(fen)


def format_yuan(fen: int) -> str:
    """Return fen as yuan with thousands marks: 1,200.50; without decimals if whole: 1,200."""
    yuan, rest = divmod(abs(fen), 100)
    decimals = f".{rest:02d}" if rest else ""
    return f"{'-' if fen < 0 else ''}{yuan:,}{decimals}"


_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("", "拾", "佰", "仟")
_GROUPS: Final = ("", "万", "亿")


def spell_yuan(fen: int) -> str:
    """Spell an amount in capital numerals: 壹万贰仟元整, 伍角, 零元整; from 0 to LARGEST_FEN.

    支付结算办法附一（正确填写票据和结算凭证的基本规定）: a gap of zeros inside is one 零,
    整 ends what has no fen. ValueError beyond the span.
    """
    if not 0 <= fen <= LARGEST_FEN:
        raise ValueError(f"cannot spell {fen} fen")
    yuan, rest = divmod(fen, 100)
    jiao, last = divmod(rest, 10)
    words = f"{_spell_whole(yuan)}元" if yuan else ""
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif last and yuan:
        words += "零"
    return f"{words}{_DIGITS[last]}分" if last else f"{words or '零元'}整"


def _spell_whole(number: int) -> str:
    words, gap = "", False
    digits = str(number)
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit != "0":
            words += f"{'零' if gap else ''}{_DIGITS[int(digit)]}{_PLACES[place % 4]}"
            gap = False
        else:
            gap = bool(words)
        # A group of four zeros has no name: 壹亿零壹, not 壹亿万零壹.
        if place % 4 == 0 and number // 10**place % 10_000:
            words += _GROUPS[place // 4]
            gap = False if digit != "0" else gap
    return words
