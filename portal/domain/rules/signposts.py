"""Signposts（指路牌）of the search: content/rules/signposts.toml.

They tell what kinds of words people say, and the page that a clerk would point to. A query is
covered with known words, each of one or more kinds; a signpost stands where all the kinds of one
of its sayings were said, in whatever order. The rarer a kind is among the sayings, the more it
tells: 怀孕 more than 公司, 公司 more than 没有.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from portal.domain.shared.text_cleaning import fold_prose
from rulefiles.toml_files import RuleFileError, find_key_line, find_row_line, parse_toml

SIGNPOST_FILE: Final = "content/rules/signposts.toml"
_NUMBER: Final = r"(?:[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十百千万半几好多]+)"
_COUNTED: Final[Mapping[str, str]] = {
    "度数": rf"{_NUMBER}(?:多|)度",
    "等级": rf"(?:{_NUMBER})级",
    "岁数": rf"{_NUMBER}多?岁|[四五六七]十[一二三四五六七八九]?(?![0-9百千万几多个半月年天块元])",
    "时长": rf"{_NUMBER}多?个?半?多?(?:月|年|天|周|星期|礼拜|小时|钟头)",
    "钱数": rf"{_NUMBER}多?(?:块钱|块|元|万|千|百)多?[0-9一二三四五六七八九]?",
}
"""Kinds that are a number with what it counts."""
NO_KIND: Final = "别的"
"""The kind of words that tell nothing, nor does any word in them."""
_LEAST: Final = 2
_NEXT: Final = 0.85
"""How much less the second address of a signpost fits than the first."""
_MUCH_LESS: Final = 0.5
"""A page that fits so much worse than the best one is not pointed to."""


@dataclass(frozen=True, slots=True)
class SaidTogether:
    """Kinds of words that are said together, and the addresses pointed to then."""

    kinds: frozenset[str]
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Signposts:
    """All sayings, the kinds of each known word, and how much each kind tells."""

    sayings: tuple[SaidTogether, ...]
    kinds: Mapping[str, frozenset[str]]
    weights: Mapping[str, float]
    finder: re.Pattern[str]

    @property
    def words(self) -> tuple[str, ...]:
        """Every known word."""
        return tuple(self.kinds)


@dataclass(frozen=True, slots=True)
class Pointed:
    """A page that a clerk would point to, and how much of what was said tells so."""

    address: str
    weight: float


def load_signposts(text: str) -> Signposts:
    """Read the text of the file. Raise RuleFileError, naming the wrong line."""
    parsed = parse_toml(text, SIGNPOST_FILE)
    kinds, posts = parsed.get("kinds"), parsed.get("signpost")
    if set(parsed) - {"kinds", "signpost"} or not isinstance(kinds, dict):
        raise RuleFileError(
            f"{SIGNPOST_FILE}：里面只写 [kinds] 和 [[signpost]]。请从安装包里补上。"
        )
    for name, words in kinds.items():
        if not isinstance(words, str) or not words.split() or name in _COUNTED:
            line = find_key_line(text, f'"{name}"')
            raise RuleFileError(
                f'{SIGNPOST_FILE} 第 {line} 行：“{name}”要写成 "{name}" = "字眼 字眼"。'
            )
    sayings = [
        saying
        for place, post in enumerate(posts if isinstance(posts, list) else [], start=1)
        for saying in _read_signpost(text, post, place)
    ]
    return make_signposts({name: words.split() for name, words in kinds.items()}, sayings)


def _read_signpost(text: str, post: object, place: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    match post:
        case {"to": str(to), "says": list(says), **rest} if to.split() and says and not rest:
            if all(isinstance(said, str) and said.split() for said in says):
                yield from ((said, tuple(to.split())) for said in says)
                return
    line = find_row_line(text, "signpost", place)
    raise RuleFileError(
        f'{SIGNPOST_FILE} 第 {line} 行：指路牌写 to = "/网页/" 和 says = ["字眼 字眼"]，别的不写。'
    )


def make_signposts(
    kinds: Mapping[str, Iterable[str]], sayings: Iterable[tuple[str, tuple[str, ...]]]
) -> Signposts:
    """Make signposts; what a saying holds besides kinds are words, any of those at its bars."""
    of_word: defaultdict[str, set[str]] = defaultdict(set)
    for kind, words in kinds.items():
        for word in words:
            of_word[fold_prose(word)].add(kind)
    read = tuple(SaidTogether(frozenset(said.split()), to) for said, to in sayings)
    counts = Counter(kind for saying in read for kind in saying.kinds)
    for kind in counts.keys() - {*kinds, *_COUNTED}:
        for word in kind.split("|"):
            of_word[fold_prose(word)].add(kind)
    for word in sorted(of_word, key=len):
        of_word[word] |= _list_inner_kinds(word, of_word)
    longest_first = sorted(of_word, key=len, reverse=True)
    numbers = (f"(?P<{kind}>{pattern})" for kind, pattern in _COUNTED.items())
    return Signposts(
        read,
        {word: frozenset(of) for word, of in of_word.items()},
        {kind: math.log(len(read) / count) for kind, count in counts.items()},
        re.compile("|".join([*map(_write_word, longest_first), *numbers])),
    )


def _write_word(word: str) -> str:
    """Write a word as a pattern; letters must not be part of others."""
    written = re.escape(word)
    return rf"(?<![0-9a-z]){written}(?![0-9a-z])" if word.isascii() else written


def _list_inner_kinds(word: str, of_word: Mapping[str, set[str]]) -> set[str]:
    """List the kinds of the shorter words in a word; a lone character in it may mean anything."""
    inner = (
        word[start:end]
        for start in range(len(word))
        for end in range(start + 2, len(word) + 1)
        if end - start < len(word)
    )
    return (
        set[str]()
        if NO_KIND in of_word[word]
        else set[str]().union(*(of_word[one] for one in inner if one in of_word))
    )


NO_SIGNPOSTS: Final = make_signposts({}, ())


def find_signposts(text: str, signposts: Signposts) -> list[Pointed]:
    """Find the pages that a folded text points to, the surest first.

    A lone character of a longer text points nowhere: it may be part of any word.
    """
    least = min(_LEAST, len(text))
    said = dict[str, int]()
    for found in signposts.finder.finditer(text):
        kinds = signposts.kinds.get(found[0], frozenset()) | {found.lastgroup or ""}
        said |= {kind: max(len(found[0]), said.get(kind, 0)) for kind in kinds}
    sure = dict[str, float]()
    for saying in signposts.sayings:
        if saying.kinds <= said.keys() and sum(said[kind] for kind in saying.kinds) >= least:
            weight = sum(signposts.weights[kind] for kind in saying.kinds)
            for place, address in enumerate(saying.to):
                sure[address] = max(weight * _NEXT**place, sure.get(address, 0.0))
    best = max(sure.values(), default=0.0)
    pointed = [Pointed(address, weight) for address, weight in sure.items()]
    likely = [one for one in pointed if one.weight >= _MUCH_LESS * best]
    return sorted(likely, key=lambda one: -one.weight)


def count_understood(text: str, signposts: Signposts) -> int:
    """Count the characters of a folded text that stand in known words of more than one."""
    return sum(len(found[0]) for found in signposts.finder.finditer(text) if len(found[0]) > 1)
