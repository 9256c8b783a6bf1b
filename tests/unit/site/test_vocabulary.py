"""How texts read: long sentences, rare words, and one word for one thing."""

import re
from pathlib import Path

import pytest

from rulefiles.toml_files import RuleFileError
from site_src.vocabulary.glossary import Glossary, Word, load_glossary
from site_src.vocabulary.report import (
    LONG,
    count_rare_words,
    find_long_sentences,
    read_article,
    report_vocabulary,
)
from site_src.vocabulary.words import MOST_USED, find_rare_words, part_text, read_words

ROOT = Path(__file__).parents[3]
ARTICLE = """---
# 清偿是什么意思
标题: 清偿清偿
一句话: 欠的钱要清偿，工资要足额发。
依据: 某办法规定应当清偿
存疑: 这里的清偿没有核对过
---

单位应当清偿《清偿办法》里写的工资。
"""
OLD_NAMES_OF_NUMBERS = {"verify.html", "verified.html", "main.py", "receipt_numbers.py"}
"""Where what older receipts say has to be named."""


def shipped_texts() -> list[Path]:
    """Everything of ours that the public reads: templates, articles, words of forms."""
    folders = ("site_src/theme", "portal/public", "portal/web", "portal/domain/forms", "content")
    endings = {".html", ".md", ".py", ".typ"}
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in endings and path.name not in OLD_NAMES_OF_NUMBERS
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("老板拖欠工资", ["老板", "拖欠", "工资"]),
        ("提交申请材料", ["提交", "申请材料"]),
        ("您可以要求补偿", ["您", "可以", "要求", "补偿"]),
    ],
)
def test_text_is_parted_into_the_likeliest_words(text: str, words: list[str]) -> None:
    parted = part_text(text, read_words(), frozenset({"申请材料"}))
    assert parted == words
    assert "".join(parted) == text


def test_rare_words_are_found_and_common_ones_are_not() -> None:
    assert list(find_rare_words("单位应当清偿工人的工资")) == ["清偿"]
    assert list(find_rare_words("老板不发工资，可以找工会帮忙。")) == []
    assert list(find_rare_words("单位应当清偿工人的工资", {"清偿"})) == []
    assert list(find_rare_words("这叫做貔貅")) == ["貔貅"]


def test_the_list_of_words_is_in_the_order_of_use_and_names_its_source() -> None:
    ranks = read_words()
    assert ranks["的"] < 20
    assert ranks["工资"] < 2_000 < ranks["逾期"]
    assert len(ranks) > MOST_USED
    head = (ROOT / "site_src/vocabulary/words_by_use.txt").read_text("utf-8")[:600]
    assert "MIT" in head
    assert "jieba 0.42.1" in head


def test_what_is_not_published_or_is_a_name_of_a_law_is_not_judged() -> None:
    lines = list(read_article("content/policies/x.md", ARTICLE))
    assert [line.number for line in lines] == [4, 9]
    assert count_rare_words(lines, Glossary())["content/policies/x.md"] == {"清偿": 2, "足额": 1}
    known = Glossary((Word("足额", "一分不少", ()),), frozenset({"清偿"}))
    assert count_rare_words(lines, known) == {}


def test_long_sentences_are_told_with_their_place_the_longest_first() -> None:
    text = f"{'长' * 60}。短的。\n\n{'更' * 80}！\n\n| {'格' * 20} | {'子' * 20} |\n"
    found = find_long_sentences(read_article("a.md", text))
    assert [(length, line.number) for length, line, _ in found] == [(80, 3), (60, 1)]


def test_the_report_names_file_line_and_remedy(tmp_path: Path) -> None:
    for folder in ("policies", "rules"):
        (tmp_path / "content" / folder).mkdir(parents=True)
    (tmp_path / "content/policies/x.md").write_text(
        f"{ARTICLE}受理编号写在这里，{'长' * LONG}。\n", "utf-8"
    )
    (tmp_path / "content/rules/words.toml").write_text(
        '[[word]]\nword = "登记编号"\nmeaning = "号码"\ninstead_of = ["受理编号"]\n', "utf-8"
    )
    report = report_vocabulary(tmp_path)
    assert report[0] == "  content/policies/x.md 第 10 行：请写“登记编号”，不写“受理编号”。"
    assert report[2].startswith(
        f"  content/policies/x.md 第 10 行，{LONG + 8} 字：受理编号写在这里"
    )
    assert report[-1] == "  content/policies/x.md：清偿（2 次）、足额"


def test_a_centre_without_a_table_of_words_is_not_troubled(tmp_path: Path) -> None:
    assert load_glossary(tmp_path) == Glossary()


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("word = 1", "写法不对"),
        ("words = []", "没有“words”这一项"),
        ('everyday = ["好", 1]', "写法不对"),
        ('[[word]]\nword = "甲"', "第 1 个 [[word]]：word、meaning 要填文字"),
        ('[[word]]\nword = "甲"\nmeaning = "乙"\nold = "丙"', "只能有 word、meaning、instead_of"),
        ('[[word]]\nword = "甲"\nmeaning = "乙"\ninstead_of = ["甲"]', "“甲”写了两次"),
    ],
)
def test_a_wrong_table_is_told_in_one_line(tmp_path: Path, table: str, problem: str) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/words.toml").write_text(table, "utf-8")
    with pytest.raises(RuleFileError, match=re.escape(problem)) as caught:
        load_glossary(tmp_path)
    assert str(caught.value).startswith("content/rules/words.toml")


def test_templates_forms_and_articles_obey_the_table() -> None:
    avoided = load_glossary(ROOT / "content").avoided
    assert "受理编号" in avoided
    wrong = [
        f"{path.relative_to(ROOT)}: {old}"
        for path in shipped_texts()
        for old in avoided
        if re.search(rf"(?<![\u4e00-\u9fff]){old}(?![\u4e00-\u9fff])", path.read_text("utf-8"))
    ]
    assert wrong == []


def test_no_shipped_article_has_a_word_that_few_people_use_or_a_very_long_sentence() -> None:
    report = report_vocabulary(ROOT)
    assert [line for line in report if "不常用" in line or "请写" in line] == []
    longest = max(int(number) for line in report for number in re.findall(r"行，(\d+) 字", line))
    assert longest <= 40
