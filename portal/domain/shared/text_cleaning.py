"""Cleaning of typed text: what cannot be seen goes, what the writer meant stays."""

import re
import unicodedata
from functools import lru_cache

# Characters that show nothing but are letters, marks or symbols to Unicode. A name made of
# them would look empty on a list.
_BLANK_LOOKING = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# A family of emoji is several, joined by a sign that cannot be seen.
_EMOJI = "\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
_JOINED = re.compile(f"(?<=[{_EMOJI}])\u200d(?=[{_EMOJI}])")
_JOINER = "\u200d"
_DASHES = re.compile("[\u2010-\u2015\u2212\u2e3a\u2e3b\u301c\u30fc\ufe58\ufe63\uff0d~\u2500]")
# Stay as they are when prose is folded: most of what is written.
_FOLDED = frozenset(map(chr, range(0x4E00, 0xA000))) | frozenset("0123456789 。、\n")
_SEPARATORS = re.compile(r"[-_./,·•、，。()\[\]]")


def _is_hidden(character: str) -> bool:
    # Cc controls, Cf bidi overrides, zero-width and tags, Cs lone surrogates. Unassigned
    # characters stay: rare characters of names are newer than this Python's tables.
    code_point = ord(character)
    return (
        unicodedata.category(character) in {"Cc", "Cf", "Cs"}
        or character in _BLANK_LOOKING
        or 0xFDD0 <= code_point <= 0xFDEF
        or code_point & 0xFFFE == 0xFFFE
    )


def _plain_ideograph(character: str) -> str:
    # Text copied from a PDF often holds radicals (U+2F2F) that look like characters (U+5DE5)
    # but are never found by a search. Only here does NFKC help prose.
    if "\u2e80" <= character <= "\u2fdf":
        return unicodedata.normalize("NFKC", character)
    return character


@lru_cache(maxsize=4096)
def _kept(character: str) -> str:
    return "" if character != "\n" and _is_hidden(character) else _plain_ideograph(character)


def clean_text(value: str, *, multi_line: bool = False) -> str:
    """Return typed prose without hidden characters and outer spaces, in NFC.

    Full-width punctuation stays. Line ends become "\\n" if multi_line, else one space.
    Cleaning twice changes nothing. ASVS 1.3.3, 1.3.11.
    """
    with_line_ends = _LINE_ENDS.sub("\n" if multi_line else " ", value).replace("\t", " ")
    kept = _JOINER.join(_drop_hidden(part) for part in _JOINED.split(with_line_ends))
    return unicodedata.normalize("NFC", kept).strip()


def _drop_hidden(text: str) -> str:
    for character in set(text):  # few differ, however long the text
        if (becomes := _kept(character)) != character:
            text = text.replace(character, becomes)
    return text


def fold_prose(text: str) -> str:
    """Return text as a search compares it, half-width and small, of the same length.

    A character that would become several, such as …, stays as it is, so that what is found in
    the folded text stands at the same place in the text itself.
    """
    for character in set(text) - _FOLDED:
        if (becomes := _fold_character(character)) != character:
            text = text.replace(character, becomes)
    return text


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    folded = character
    # Twice, for what comes out may be a character that folds once more.
    for _ in range(2):
        folded = unicodedata.normalize("NFKC", folded).lower()
    return folded if len(folded) == 1 else character


def fold_width(value: str) -> str:
    """Return a typed number or code in half-width capitals, without spaces, dashes as "-"."""
    narrow = unicodedata.normalize("NFKC", _DASHES.sub("-", clean_text(value)))
    # The multiplication sign is what many keyboards offer for the X of an ID number.
    without_spaces = "".join(clean_text(narrow).split()).replace("×", "X")
    return _DASHES.sub("-", without_spaces).upper()


def fold_digits(value: str) -> str:
    """Return an ID, phone, card or receipt number as bare half-width digits and capitals.

    Spaces, hyphens, dots, commas and brackets are removed; anything else stays, so that the
    check that follows can name it.
    """
    return _SEPARATORS.sub("", fold_width(value))
