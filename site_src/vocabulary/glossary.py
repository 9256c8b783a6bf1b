"""The words that the public is told: content/rules/words.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from rulefiles.toml_files import RuleFileError, read_toml

GLOSSARY_FILE = "content/rules/words.toml"


@dataclass(frozen=True, slots=True)
class Word:
    """A word that readers meet: what it means, and what is not said for it."""

    word: str
    meaning: str
    instead_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """The words that are explained, and those that everybody knows though the list does not."""

    words: tuple[Word, ...] = ()
    everyday: frozenset[str] = frozenset()

    @property
    def avoided(self) -> Mapping[str, str]:
        """Return what is said instead, by each word that is not to be said."""
        return {old: one.word for one in self.words for old in one.instead_of}


def load_glossary(content: Path) -> Glossary:
    """Read the table below a content folder; empty without one. RuleFileError if it is wrong."""
    if not (content / "rules" / "words.toml").exists():
        return Glossary()
    table = read_toml(content / "rules" / "words.toml", GLOSSARY_FILE)
    rows = table.get("word", [])
    everyday = table.get("everyday", [])
    if strange := sorted(set(table) - {"word", "everyday"}):
        raise RuleFileError(f"{GLOSSARY_FILE}：没有“{strange[0]}”这一项，请删掉。")
    if not isinstance(rows, list) or not _are_words(everyday):
        raise RuleFileError(f"{GLOSSARY_FILE}：[[word]] 和 everyday 的写法不对，请照原来的样子写。")
    words = tuple(_read_word(row, number) for number, row in enumerate(rows, 1))
    said = [name for one in words for name in (one.word, *one.instead_of)]
    for name in said:
        if said.count(name) > 1:
            raise RuleFileError(f"{GLOSSARY_FILE}：“{name}”写了两次，请只留一处。")
    return Glossary(words, frozenset(everyday))


def _read_word(row: object, number: int) -> Word:
    place = f"{GLOSSARY_FILE} 第 {number} 个 [[word]]"
    if not isinstance(row, dict) or set(row) - {"word", "meaning", "instead_of"}:
        raise RuleFileError(f"{place}：只能有 word、meaning、instead_of 三项。")
    word, meaning, old = row.get("word"), row.get("meaning"), row.get("instead_of", [])
    if not _are_words([word, meaning]) or not _are_words(old):
        raise RuleFileError(f"{place}：word、meaning 要填文字，instead_of 要填一串文字。")
    return Word(str(word), str(meaning), tuple(old))


def _are_words(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(one, str) and one for one in value)
