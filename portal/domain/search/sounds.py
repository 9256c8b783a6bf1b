"""Words by how they sound: pinyin, whole or initials, and characters that were typed by ear.

What was typed is covered with words of a lexicon, as cheaply as can be; whether a word stands on
some page is asked of the caller, so that nothing that is written is taken for a slip.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Final

from portal.domain.search.pinyin import SYLLABLES

_LONGEST: Final = 8
_MOST_READINGS: Final = 8
_FEWEST_FOR_ONE_WRONG: Final = 4
_EXACT, _BY_EAR, _WRITTEN, _ONE_WRONG = 0.1, 0.4, 0.45, 0.9
"""What a word of the cover costs; a sign that no word covers costs 1."""
_LONGEST_HEARD: Final = 24
_LONGEST_WRITTEN: Final = 4
_LETTERS: Final = re.compile(r"[a-z]+")
_FOLDED: Final = ((re.compile("([zcs])h"), r"\1"), (re.compile("ng(?![aeiou])"), "n"))
_LOOKS_LIKE: Final = str.maketrans(
    "末久施杜栽载戴埸己巳遗辨侍侯折体枳因",
    "未欠拖社裁裁裁场已已遣辩待候拆休积困",
)
"""Characters that are taken for others, by their looks."""

_ANY: Final = "*"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words that may have been meant, by sound, by initials, and with one sign left open.

    The first word of a sound counts.
    """

    words: frozenset[str]
    by_sound: Mapping[str, str] = field(repr=False)
    by_initials: Mapping[str, str] = field(repr=False)
    by_gap: Mapping[str, str] = field(repr=False)


def make_lexicon(
    words: Iterable[str], phrases: Iterable[str] = (), pieces: Iterable[str] = ()
) -> Lexicon:
    """Make a lexicon of words, the likeliest first, of phrases in which no sign may be wrong, and
    of pieces of titles, which only sound may lead to."""
    sounds: dict[str, str] = {}
    initials: dict[str, str] = {}
    known = [word for word in words if len(word) > 1]
    fixed = [phrase for phrase in phrases if len(phrase) > 1]
    for word in (*known, *fixed, *pieces):
        for whole, short in _list_sounds(word):
            sounds.setdefault(whole, word)
            if len(short) > 1:
                initials.setdefault(short, word)
    gaps: dict[str, str] = {}
    for word in known:
        for gap in _list_gaps(word) if len(word) >= _FEWEST_FOR_ONE_WRONG else ():
            gaps.setdefault(gap, word)
    return Lexicon(frozenset((*known, *fixed)), sounds, initials, gaps)


def list_pieces(title: str) -> Iterator[str]:
    """List the parts of a title that may be words of their own, the longest first."""
    runs = re.findall(r"[^\W\d_a-z]+", title.lower())
    for size in range(_LONGEST, 1, -1):
        for run in runs:
            yield from (run[at : at + size] for at in range(len(run) - size + 1))


def hear(typed: str, lexicon: Lexicon, is_written: Callable[[str], bool]) -> str | None:
    """Return what may have been meant by what was typed, folded; None if nothing is likelier."""
    runs = _join_letters(typed.split())
    meant = [
        _hear_letters(run, lexicon)
        if _LETTERS.fullmatch(run)
        else _hear_characters(run, lexicon, is_written)
        for run in runs
    ]
    return " ".join(meant) if meant != runs else None


def _join_letters(runs: Iterable[str]) -> list[str]:
    """Write syllables that stand apart as one run."""
    joined: list[str] = []
    for run in runs:
        plain = _write_plain(run)
        if not _LETTERS.fullmatch(plain):
            joined.append(run)
        elif joined and _LETTERS.fullmatch(joined[-1]):
            joined[-1] += plain
        else:
            joined.append(plain)
    return joined


def _write_plain(run: str) -> str:
    """Write pinyin without tones: neither marks, numbers nor the dots of ü."""
    apart = unicodedata.normalize("NFD", re.sub(r"(?<=[a-z])[1-5](?![0-9])", "", run))
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).replace("'", "")


def _hear_letters(run: str, lexicon: Lexicon) -> str:
    sound = _fold_sound(run)
    whole = lexicon.by_sound.get(sound) or lexicon.by_initials.get(run)
    if whole:
        return whole
    pieces, left = _cover(sound, lambda piece: _word_of_letters(piece, lexicon), 40)
    return "".join(pieces) if pieces and 2 * left <= len(sound) else run


def _word_of_letters(piece: str, lexicon: Lexicon) -> tuple[str, float] | None:
    word = lexicon.by_sound.get(piece)
    return (word, _BY_EAR) if word else None


def _hear_characters(run: str, lexicon: Lexicon, is_written: Callable[[str], bool]) -> str:
    def find(piece: str) -> tuple[str, float] | None:
        if piece in lexicon.words:
            return piece, _EXACT
        found = _find_meant(piece, lexicon)
        if (found or len(piece) <= _LONGEST_WRITTEN) and is_written(piece):
            return piece, _WRITTEN
        return found

    return "".join(_cover(run, find, _LONGEST)[0]) if len(run) <= _LONGEST_HEARD else run


def _find_meant(piece: str, lexicon: Lexicon) -> tuple[str, float] | None:
    if len(piece) < 2 or any(sign not in SYLLABLES for sign in piece):
        return None
    for whole, _ in _list_sounds(piece):
        if word := lexicon.by_sound.get(whole):
            return word, _BY_EAR
    if len(piece) >= _FEWEST_FOR_ONE_WRONG:
        for gap in _list_gaps(piece):
            if word := lexicon.by_gap.get(gap):
                return word, _ONE_WRONG
    return None


def _cover(
    text: str, find: Callable[[str], tuple[str, float] | None], longest: int
) -> tuple[list[str], int]:
    """Cover a text with words at the least cost. Return them, and how many signs none covers."""
    best: list[tuple[float, int, list[str]]] = [(0, 0, [])]
    for end in range(1, len(text) + 1):
        cost, left, pieces = best[end - 1]
        options = [(cost + 1, left + 1, [*pieces, text[end - 1]])]
        for start in range(max(0, end - longest), end - 1):
            if found := find(text[start:end]):
                cost, left, pieces = best[start]
                options.append((cost + found[1], left, [*pieces, found[0]]))
        best.append(min(options, key=lambda option: option[0]))
    return best[-1][2], best[-1][1]


def _list_sounds(word: str) -> list[tuple[str, str]]:
    """List the ways to say a word, folded, each with its initials; none of one not Chinese."""
    readings = [SYLLABLES.get(sign, ()) for sign in word.translate(_LOOKS_LIKE)]
    ways = islice(product(*readings), _MOST_READINGS)
    return [(_fold_sound("".join(way)), "".join(one[0] for one in way)) for way in ways]


def _list_gaps(word: str) -> list[str]:
    return [word[:at] + _ANY + word[at + 1 :] for at in range(len(word))]


def _fold_sound(letters: str) -> str:
    """Fold what many do not tell apart: zh and z, ng and n, ü and u."""
    for pattern, written in _FOLDED:
        letters = pattern.sub(written, letters)
    return letters.replace("v", "u")
