"""Parts Chinese text into words, by a list of words in the order of their use."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from math import log
from pathlib import Path

MOST_USED = 24_000
"""So many words of the list count as known to everybody; the others only help to part a text."""
_LONGEST = 6
_UNLISTED = 16.0
"""The cost of a character that the list does not have; of a listed word it is at most about 11."""
_LIST = Path(__file__).with_name("words_by_use.txt")
_HAN = re.compile("[\u4e00-\u9fff]+")


@cache
def read_words() -> dict[str, int]:
    """Read the list: the rank of each word, the most used is 1."""
    lines = _LIST.read_text("utf-8").splitlines()
    words = (line for line in lines if not line.startswith("#"))
    return {word: rank for rank, word in enumerate(words, 1)}


def find_rare_words(text: str, also: Iterable[str] = ()) -> Iterator[str]:
    """Find the words of a text that are not among the most used; `also` are known words too.

    Characters that stand alone are told only together with a neighbour that does, too.
    """
    ranks, known = read_words(), frozenset(also)
    for run in _HAN.findall(text):
        alone = ""
        for word in part_text(run, ranks, known):
            if len(word) == 1 and word not in known and ranks.get(word, MOST_USED) > _PLAIN_SIGNS:
                alone += word
                continue
            if len(alone) > 1:
                yield alone
            alone = ""
            if len(word) > 1 and word not in known and ranks.get(word, 0) > MOST_USED:
                yield word
        if len(alone) > 1:
            yield alone


_PLAIN_SIGNS = 2_500
"""A single character among so many words is a word of its own: 的, 了, 交, 填."""


def part_text(run: str, ranks: dict[str, int], known: frozenset[str]) -> list[str]:
    """Part a run of Chinese characters into the likeliest words: rank by rank the cheapest way."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(run) + 1):
        ways = []
        for start in range(max(0, end - _LONGEST), end):
            word = run[start:end]
            rank = 1_000 if word in known else ranks.get(word)
            if rank is not None:
                ways.append((best[start][0] + log(rank + 10), start))
            elif end - start == 1:
                ways.append((best[start][0] + _UNLISTED, start))
        best.append(min(ways))
    words, end = [], len(run)
    while end:
        start = best[end][1]
        words.append(run[start:end])
        end = start
    return words[::-1]
