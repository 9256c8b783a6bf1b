"""What `bangfu site check` says of the wording: long sentences, and rare words page by page."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from site_src.vocabulary.glossary import GLOSSARY_FILE, Glossary, load_glossary
from site_src.vocabulary.words import find_rare_words

MOST_SENTENCES, LONG = 20, 30
"""How many of the longest sentences are told, if they have more characters than that."""
_SENTENCE = re.compile(r"[^。！？；!?;|]+[。！？；!?;]?")
_KEY = re.compile(r"^[\s-]*([\u4e00-\u9fff]+):\s*")
_NOT_READ = frozenset(
    (
        "存疑", "依据", "文号", "发布机关", "发布日期", "施行日期", "核对程度", "核对日期",
        "程度", "效力", "层级", "主题", "标题", "文件", "编号", "期限",
        "涉及政策", "涉及维权卡", "同意书", "示范数据",
    )
)  # fmt: skip
"""Keys whose values are names and codes, or never published."""
_NAMES = re.compile(r"《[^》]*》|【[^】]*】|\]\([^)]*\)|第[一二三四五六七八九十百零]+[条款项章]")
_COUNTED = re.compile(r"[\w\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file as it is read: with its place, without key and markup."""

    file: str
    number: int
    text: str


def report_vocabulary(root: Path) -> list[str]:
    """Report on the articles below root/content; RuleFileError if the glossary is wrong."""
    glossary = load_glossary(root / "content")
    lines = list(_read_articles(root))
    return [
        *_report_avoided(lines, glossary),
        *_report_sentences(lines),
        *_report_rare_words(lines, glossary),
    ]


def _read_articles(root: Path) -> Iterator[Line]:
    for path in sorted((root / "content").glob("*/*.md")):
        name = path.relative_to(root).as_posix()
        yield from read_article(name, path.read_text("utf-8-sig", errors="replace"))


def read_article(file: str, text: str) -> Iterator[Line]:
    """Read the lines of an article that a reader will see."""
    key, in_head = "", False
    for number, row in enumerate(text.splitlines(), 1):
        if row.strip() == "---":
            in_head = not in_head and number == 1
            key = ""
            continue
        if in_head:
            if row.lstrip().startswith("#"):
                continue
            found = _KEY.match(row)
            key = found[1] if found else key
            row = row[found.end() :] if found else row
            if key in _NOT_READ:
                continue
        if _COUNTED.search(row):
            yield Line(file, number, row.strip(" '\"-#>|"))


def find_long_sentences(lines: Iterable[Line]) -> list[tuple[int, Line, str]]:
    """Find the longest sentences: how many characters, where, and the sentence."""
    found = [
        (len(_COUNTED.findall(sentence)), line, sentence.strip())
        for line in lines
        for sentence in _SENTENCE.findall(_NAMES.sub("", line.text))
    ]
    long = [one for one in found if one[0] > LONG]
    return sorted(long, key=lambda one: (-one[0], one[1].file, one[1].number))[:MOST_SENTENCES]


def count_rare_words(lines: Iterable[Line], glossary: Glossary) -> dict[str, Counter[str]]:
    """Count, by file, the words that are neither in common use nor in the glossary."""
    known = {*glossary.everyday, *(one.word for one in glossary.words)}
    pages: dict[str, Counter[str]] = {}
    for line in lines:
        words = find_rare_words(_NAMES.sub("，", line.text), known)
        pages.setdefault(line.file, Counter()).update(words)
    return {file: words for file, words in pages.items() if words}


def _report_sentences(lines: Iterable[Line]) -> list[str]:
    long = find_long_sentences(lines)
    if not long:
        return []
    rows = [
        f"  {line.file} 第 {line.number} 行，{length} 字：{_cut(sentence)}"
        for length, line, sentence in long
    ]
    return [f"最长的 {len(long)} 句，拆短一点更好懂：", *rows]


def _report_rare_words(lines: Iterable[Line], glossary: Glossary) -> list[str]:
    pages = count_rare_words(lines, glossary)
    if not pages:
        return []
    rows = [f"  {file}：{_list_words(words)}" for file, words in pages.items()]
    return [f"不常用的词，换成大家说的，或者写进 {GLOSSARY_FILE} 说明意思：", *rows]


def _report_avoided(lines: Iterable[Line], glossary: Glossary) -> list[str]:
    return [
        f"  {line.file} 第 {line.number} 行：请写“{word}”，不写“{old}”。"
        for line in lines
        for old, word in glossary.avoided.items()
        if old in line.text
    ]


def _list_words(words: Counter[str]) -> str:
    often = sorted(words.items(), key=lambda one: (-one[1], one[0]))
    return "、".join(f"{word}（{count} 次）" if count > 1 else word for word, count in often)


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= 40 else f"{sentence[:40]}……"
