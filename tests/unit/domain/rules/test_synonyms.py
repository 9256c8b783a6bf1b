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
