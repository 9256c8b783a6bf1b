"""Words that people say for what the pages call otherwise: content/rules/synonyms.toml."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

from portal.domain.shared.text_cleaning import fold_prose
from rulefiles.toml_files import RuleFileError, parse_toml

SYNONYM_FILE: Final = "content/rules/synonyms.toml"
_BETWEEN: Final = r"\w{0,5}?"
_MEASURE: Final = (
    r"(?<![0-9第])(?:[0-9]{1,3}(?![0-9])|[0-9]{3,}(?=[块元])|[一二两三四五六七八九十百千万半几好多]+)"
    r"(?:多|来)?(?:个半|个多|个)?"
    r"(?:月|年|天|周|星期|礼拜|小时|钟头|块钱|块|元|万元|万|千|百)(?:多|半|了)?"
    r"|第[0-9一二三四五六七八九十百]+条(?:第[0-9一二三四五六七八九十]+[款项])*"
)
"""How long, how much, or which article."""


@dataclass(frozen=True, slots=True, eq=False)
class Thesaurus:
    """For a word that people type, what pages call it; and words of a question that tell nothing.

    `splitter` finds both kinds in folded text, the longest first, and how long or how much
    (三个月, 两万块). A word with a gap, 工资 拖|欠, is found in either order, with a few signs
    between its parts.
    """

    others: Mapping[str, tuple[str, ...]]
    fillers: frozenset[str]
    splitter: re.Pattern[str]
    parted: Mapping[str, re.Pattern[str]]

    @property
    def words(self) -> tuple[str, ...]:
        """Every word without a gap that pages call something, in the order of the file."""
        return tuple(word for word in self.others if word not in self.parted)

    @property
    def phrases(self) -> tuple[str, ...]:
        """What words with a gap are made of, in both orders, and the fillers."""
        whole = (form for word in self.parted for form in _list_forms(word))
        return (*whole, *self.fillers)

    def list_others(self, found: str) -> tuple[str, ...] | None:
        """List what pages call what the splitter found; None if it tells nothing."""
        if found in self.others:
            return self.others[found]
        fitting = (word for word in self.parted if self.parted[word].fullmatch(found))
        word = next(fitting, None) if found not in self.fillers else None
        return None if word is None else self.others[word]


def load_thesaurus(text: str) -> Thesaurus:
    """Read the text of the file. Raise RuleFileError, naming the wrong line."""
    parsed = parse_toml(text, SYNONYM_FILE)
    if unknown := set(parsed) - {"fillers", "group"}:
        name = min(unknown)
        raise RuleFileError(f"{_place(text, name)}：没有“{name}”这一项。请删掉或改名。")
    fillers = list(_read_words(text, parsed.get("fillers", []), "fillers", 0))
    groups = parsed.get("group")
    if not isinstance(groups, list) or not groups:
        raise RuleFileError(f"{_place(text, 'group')}：没有 [[group]]。请从安装包里补上。")
    read = [_read_group(text, group, place) for place, group in enumerate(groups, start=1)]
    _require_once(text, [*fillers, *(word for parts in read for part in parts for word in part)])
    others = {
        word: tuple(other for other in pages if other != word)
        for pages, people in read
        for word in (*pages, *people)
    }
    return make_thesaurus(others, frozenset(fillers))


def make_thesaurus(others: Mapping[str, tuple[str, ...]], fillers: frozenset[str]) -> Thesaurus:
    """Make a thesaurus of folded words."""
    longest_first = sorted({*others, *fillers}, key=_measure, reverse=True)
    splitter = re.compile("|".join([*map(_write_pattern, longest_first), _MEASURE]))
    parted = {word: re.compile(_write_pattern(word)) for word in longest_first if " " in word}
    return Thesaurus(others, fillers, splitter, parted)


def _write_pattern(word: str) -> str:
    one, *rest = (f"(?:{'|'.join(map(re.escape, part))})" for part in _part(word))
    return f"{one}{_BETWEEN}{rest[0]}|{rest[0]}{_BETWEEN}{one}" if rest else one


def _part(word: str) -> list[list[str]]:
    """Part a word at its gap, and what stands there at the bars between its choices."""
    return [part.split("|") for part in word.split(maxsplit=1)]


def _list_forms(word: str) -> list[str]:
    """List the ways to write a word with a gap, without what may stand in it."""
    parts = _part(word)
    return list(
        dict.fromkeys("".join(form) for way in (parts, parts[::-1]) for form in product(*way))
    )


def _measure(word: str) -> int:
    return len(_part(word)) - 1 + sum(max(map(len, part)) for part in _part(word))


NO_THESAURUS: Final = make_thesaurus({}, frozenset())
"""Nothing but what was typed is looked for."""


def _read_group(text: str, group: object, place: int) -> tuple[list[str], list[str]]:
    where = f"第 {place} 个 [[group]]"
    match group:
        case {"pages": list(pages), **rest} if pages and not set(rest) - {"people"}:
            people = rest.get("people", [])
            return (
                list(_read_words(text, pages, where, place)),
                list(_read_words(text, people, where, place)),
            )
    line = _nth_line(text, "[[group]]", place)
    raise RuleFileError(
        f'{SYNONYM_FILE}：第 {line} 行，{where}不对。里面写 pages = ["欠薪"]，'
        '要的话再写 people = ["讨薪"]，别的不写。'
    )


def _read_words(text: str, words: object, where: str, place: int) -> Iterator[str]:
    for word in words if isinstance(words, list) else [None]:
        if not isinstance(word, str) or not any(letter.isalnum() for letter in word):
            needle = "[[group]]" if place else "fillers"
            line = _nth_line(text, needle, place or 1)
            raise RuleFileError(
                f"{SYNONYM_FILE}：第 {line} 行，{where}里每个词都要加引号，不能空着。"
            )
        yield fold_prose(word.strip())


def _require_once(text: str, words: list[str]) -> None:
    seen: set[str] = set()
    for word in words:
        if word in seen:
            raise RuleFileError(f"{_place(text, word, last=True)}：“{word}”写了两次。请删掉一处。")
        seen.add(word)


def _place(text: str, word: str, *, last: bool = False) -> str:
    folded = fold_prose(text)
    found = folded.rfind(word) if last else folded.find(word)
    return f"{SYNONYM_FILE}：第 {folded[: max(found, 0)].count(chr(10)) + 1} 行"


def _nth_line(text: str, needle: str, count: int) -> int:
    lines = [at for at, line in enumerate(text.splitlines(), 1) if line.strip().startswith(needle)]
    return lines[count - 1] if count <= len(lines) else 1
