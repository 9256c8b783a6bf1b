"""Amounts as people type and read them; inside they are whole fen."""

import re
from decimal import Decimal
from typing import Final

from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.text_cleaning import fold_width

# Far above any household or grant, far below what a database integer holds.
LARGEST_FEN: Final = 10_000_000_000
_FEN_PER_UNIT = {"": 100, "万": 1_000_000}
_AMOUNT = re.compile(r"(?:¥|RMB|人民币)?([0-9,]*[0-9](?:\.[0-9]+)?)(万?)(?:元|块钱?|圆)?整?")
_GROUPED = re.compile(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+")
_NOT_DIGITS = "请只用数字填写金额，例如 1200 或 1200.50。"


def parse_yuan(text: str) -> int:
    """Return a typed amount of yuan in fen, or raise NotAccepted.

    Takes 1200, 1,200.50, ¥1200, 1200元 and 1.5万, in full width too; from 0 to 100 million yuan.
    """
    # A Chinese keyboard gives 。 where the decimal point is meant.
    folded = fold_width(text).replace("。", ".").replace("、", ",")
    if not folded:
        raise NotAccepted("请填写金额。没有就填 0。")
    if folded.startswith("-"):
        raise NotAccepted("金额不能小于 0。没有就填 0。")
    match = _AMOUNT.fullmatch(folded)
    if not match:
        raise NotAccepted(_NOT_DIGITS)
    number, unit = match.groups()
    if not _GROUPED.fullmatch(number.partition(".")[0]):
        raise NotAccepted("金额里的逗号位置不对。请去掉逗号再填，例如 1200.50。")
    return _to_fen(number.replace(",", ""), _FEN_PER_UNIT[unit])


def _to_fen(number: str, fen_per_unit: int) -> int:
    if len(number) > 20:
        raise NotAccepted("金额太大了。请看一看是不是多打了数字。")
    fen = Decimal(number) * fen_per_unit
    if fen != int(fen):
        raise NotAccepted("金额最多写到分，也就是小数点后两位。请再填一次。")
    if fen > LARGEST_FEN:
        raise NotAccepted("金额太大了。请看一看是不是多打了数字。")
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
