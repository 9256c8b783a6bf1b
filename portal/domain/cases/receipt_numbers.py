"""Receipt numbers (登记编号; 受理编号 on older papers) and secret codes (查询码).

A receipt number is not secret. It is kind, year, seven random symbols and a check symbol:
JZ26-7K3M-9QF2. A secret code is 15 digits and a check digit, so that a typing error is told
apart from a wrong code without a look-up.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from portal.domain.shared.text_cleaning import clean_text, fold_digits

# No two of these look alike on a poor print: without 0 O D, 1 I L, 2 Z, 5 S, 6 G, 7 T, 8 B, U V
# only the digit of each pair is left, and of U, V, Y only Y.
RECEIPT_ALPHABET: Final = "23456789ACEFHJKMNPQRWXY"
_MISREAD = str.maketrans("BGSTZ", "86572")
_RECEIPT = re.compile(rf"[A-Z]{{2}}[0-9]{{2}}[{RECEIPT_ALPHABET}]{{8}}")
_RECEIPT_END = re.compile(rf"[{RECEIPT_ALPHABET}]{{4}}")
_CODE = re.compile(r"[0-9]{16}")
_GAP = r"[\s\-\u2010-\u2015]*"
_NUMBERS = re.compile(rf"(?<![A-Z0-9])[A-Z]{{2}}[0-9A-Z]{{2}}(?:{_GAP}[0-9A-Z]){{8}}(?![A-Z0-9])")
_CODES = re.compile(rf"(?<![0-9])[0-9](?:{_GAP}[0-9]){{15}}(?![0-9])")
_DIGITS_BEFORE_CHECK: Final = 15
_CODE_DIGITS: Final = _DIGITS_BEFORE_CHECK + 1
_SHORTEST_DIGEST: Final = 16

# The quasigroup of order 10 of H. M. Damm (2004): it finds every single wrong digit and every
# swap of neighbours.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def _receipt_remainder(symbols: str, remainder: int = 0) -> int:
    # ISO 7064 MOD 37-2: 37 is prime and 2 is a primitive root of it, so that one wrong symbol,
    # kind and year included, or a swap of neighbours always changes the remainder.
    for symbol in symbols:
        remainder = (remainder * 2 + int(symbol, 36)) % 37
    return remainder


def new_receipt(kind_prefix: str, year: int, randbelow: Callable[[int], int]) -> str:
    """Return a new receipt number such as JZ26-7K3M-9QF2.

    year is that of the day of filing in Asia/Shanghai; randbelow(n) returns 0 … n - 1 and must
    be a secure source (secrets.randbelow). The caller keeps the number unique.
    """
    if not re.fullmatch(r"[A-Z]{2}", kind_prefix):
        raise ValueError(f"a kind prefix has two capital letters, not {kind_prefix!r}")
    drawn = "".join(RECEIPT_ALPHABET[randbelow(len(RECEIPT_ALPHABET))] for _ in range(6))
    start = f"{kind_prefix}{year % 100:02d}{drawn}"
    so_far = _receipt_remainder(start)
    # 23 last symbols ask for 23 different checks of 37; at least 9 of them are in the alphabet.
    endings = [
        last + check
        for last in RECEIPT_ALPHABET
        for check in RECEIPT_ALPHABET
        if _receipt_remainder(last + check, so_far) == 1
    ]
    return _group(start + endings[randbelow(len(endings))], "-")


def parse_receipt(text: str) -> str | None:
    """Return the receipt number as it was issued, or None if it holds a typing error.

    Forgives hyphens, spaces, lower case, full-width signs, and B G S T Z for 8 6 5 7 2.
    """
    symbols = fold_digits(text)
    symbols = symbols[:4] + symbols[4:].translate(_MISREAD)
    if not _RECEIPT.fullmatch(symbols) or _receipt_remainder(symbols) != 1:
        return None
    return _group(symbols, "-")


def parse_receipt_end(text: str) -> str | None:
    """Return the last four symbols of a receipt number as they were issued, or None."""
    symbols = fold_digits(text).translate(_MISREAD)
    return symbols if _RECEIPT_END.fullmatch(symbols) else None


def find_numbers(text: str) -> list[str]:
    """Find all receipt numbers in what was pasted, with labels or without, each once."""
    found = (parse_receipt(part) for part in _NUMBERS.findall(_fold(text)))
    return list(dict.fromkeys(number for number in found if number))


def find_codes(text: str) -> list[str]:
    """Find all secret codes in what was pasted, with labels or without, each once."""
    found = (parse_code(part) for part in _CODES.findall(_NUMBERS.sub(" ", _fold(text))))
    return list(dict.fromkeys(code for code in found if code))


def find_pair(*typed: str) -> tuple[str, str] | None:
    """Return number and code, wherever they stand in what was pasted; None unless both do.

    With their labels, both in one box, or each in the box of the other.
    """
    text = " ".join(typed)
    numbers, codes = find_numbers(text), find_codes(text)
    return (numbers[0], codes[0]) if len(numbers) == len(codes) == 1 else None


def tell_mix_up(number_box: str, code_box: str) -> str:
    """Say what is in the wrong box, twice there, or of the wrong length; empty if nothing is."""
    text = f"{number_box} {code_box}"
    numbers, codes = find_numbers(text), find_codes(text)
    if len(numbers) > 1:
        return f"这里有 {len(numbers)} 个登记编号：{'、'.join(numbers)}。请只留您要查的那一个"
    if len(codes) > 1:
        return f"这里有 {len(codes)} 个查询码。请只留和登记编号写在一起的那一个"
    if codes and not re.search("[A-Z]", _fold(text)):
        return "这里只有查询码，还差登记编号。编号是两个字母开头的，比如 JZ26-7K3M-9QF2"
    if numbers and find_numbers(code_box):
        return "第二格填的是登记编号，还差查询码。查询码是 16 位数字，在回执上"
    digits = len(re.findall("[0-9]", _NUMBERS.sub(" ", _fold(code_box))))
    if numbers and digits not in {0, _CODE_DIGITS}:
        return f"查询码是 {_CODE_DIGITS} 位数字，您填了 {digits} 位。请对照回执再看一遍"
    return ""


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", clean_text(text)).upper()


def code_from_bytes(digest: bytes) -> str:
    """Return the 16 digits of a secret code made from at least 16 random or keyed bytes."""
    if len(digest) < _SHORTEST_DIGEST:
        raise ValueError("a secret code needs at least 16 bytes")
    digits = f"{int.from_bytes(digest, 'big') % 10**_DIGITS_BEFORE_CHECK:015d}"
    return f"{digits}{_damm_remainder(digits)}"


def group_code(code: str) -> str:
    """Return 16 digits in four groups, as they are printed: 1234 5678 9012 3456."""
    return _group(code, " ")


def parse_code(text: str) -> str | None:
    """Return the 16 digits of a typed secret code, or None if a typing error is certain."""
    digits = fold_digits(text)
    if not _CODE.fullmatch(digits) or _damm_remainder(digits):
        return None
    return digits


def _damm_remainder(digits: str) -> int:
    remainder = 0
    for digit in digits:
        remainder = int(_DAMM[remainder][int(digit)])
    return remainder


def _group(symbols: str, separator: str) -> str:
    return separator.join(symbols[start : start + 4] for start in range(0, len(symbols), 4))
