"""The file of synonyms: what is read from it, and how it says what is wrong."""

import pytest

from portal.domain.rules.synonyms import load_thesaurus
from rulefiles.toml_files import RuleFileError

GOOD = 'fillers = ["怎么"]\n\n[[group]]\npages = ["欠薪"]\npeople = ["讨薪"]\n'


def test_every_word_of_a_group_leads_to_what_the_pages_say() -> None:
    thesaurus = load_thesaurus(GOOD)
    assert thesaurus.others == {"欠薪": (), "讨薪": ("欠薪",)}
    assert thesaurus.fillers == {"怎么"}


def test_longer_words_are_found_before_their_parts() -> None:
    thesaurus = load_thesaurus(GOOD + '[[group]]\npages = ["讨薪难"]\n')
    assert [found[0] for found in thesaurus.splitter.finditer("怎么讨薪难")] == ["怎么", "讨薪难"]


@pytest.mark.parametrize("typed", ["拖工资", "工资拖", "工资一直拖", "欠着我的工资"])
def test_a_word_with_a_gap_is_found_in_either_order(typed: str) -> None:
    thesaurus = load_thesaurus('[[group]]\npages = ["欠薪"]\npeople = ["工资 拖|欠"]\n')
    found = thesaurus.splitter.search(typed)
    assert found
    assert found[0] == typed
    assert thesaurus.list_others(found[0]) == ("欠薪",)


@pytest.mark.parametrize("typed", ["工资与部门绩效考核拖", "工资", "拖"])
def test_the_parts_of_a_word_with_a_gap_stand_near_each_other(typed: str) -> None:
    thesaurus = load_thesaurus('[[group]]\npages = ["欠薪"]\npeople = ["工资 拖|欠"]\n')
    assert thesaurus.splitter.search(typed) is None


@pytest.mark.parametrize("amount", ["三个月", "3个多月", "半年", "两万块", "好几天", "3000元"])
def test_how_long_and_how_much_tell_nothing(amount: str) -> None:
    thesaurus = load_thesaurus(GOOD)
    assert [found[0] for found in thesaurus.splitter.finditer(amount)] == [amount]
    assert thesaurus.list_others(amount) is None


@pytest.mark.parametrize("number", ["2016年", "第724号", "国令375", "21.75"])
def test_the_number_of_a_document_is_no_amount(number: str) -> None:
    assert load_thesaurus(GOOD).splitter.search(number) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "没有 [[group]]"),
        ("group = 1", "没有 [[group]]"),
        ("x = = 1", "第 1 行"),
        (GOOD + "[other]\n", "第 6 行：没有“other”这一项"),
        (GOOD + "[[group]]\nwords = []\n", "第 6 行，第 2 个 [[group]]不对"),
        (GOOD + "[[group]]\npages = []\n", "第 6 行，第 2 个 [[group]]不对"),
        (GOOD + "[[group]]\npages = [1]\n", "第 6 行，第 2 个 [[group]]里每个词都要加引号"),
        (GOOD + '[[group]]\npages = ["甲"]\npeople = "乙"\n', "第 6 行，第 2 个 [[group]]里"),
        (GOOD.replace('"怎么"', '"，"'), "第 1 行，fillers里每个词都要加引号"),
        (GOOD + '[[group]]\npages = ["讨薪"]\n', "第 7 行：“讨薪”写了两次"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, words: str) -> None:
    with pytest.raises(RuleFileError) as problem:
        load_thesaurus(text)
    assert words in str(problem.value)
    assert str(problem.value).startswith("content/rules/synonyms.toml")
    assert "\n" not in str(problem.value)
