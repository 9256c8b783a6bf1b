"""Signposts of the search: what is read from the file, where they point, and what is wrong."""

import pytest

from portal.domain.rules.signposts import count_understood, find_signposts, load_signposts
from rulefiles.toml_files import RuleFileError

GOOD = """
[kinds]
"工钱" = "工资 工钱 奖金"
"没给" = "没给 不给 拖着"
"老板" = "老板 厂里"
"别的" = "手机"
"身体" = "手 手指"
"受伤" = "断 压"
[[signpost]]
to = "/wages/ /forms/"
says = ["工钱 没给", "工钱", "老板 没给"]
[[signpost]]
to = "/injury/"
says = ["身体 受伤", "岁数 受伤", "老板 摔|跌"]
[[signpost]]
to = "/hot/"
says = ["度数", "热", "qq"]
"""
SIGNPOSTS = load_signposts(GOOD)


def _list_pointed(text: str) -> list[str]:
    return [one.address for one in find_signposts(text, SIGNPOSTS)]


@pytest.mark.parametrize(
    ("text", "first"),
    [("奖金一直拖着", "/wages/"), ("拖着我的工钱", "/wages/"), ("厂里不给", "/wages/"),
     ("压到手指", "/injury/"), ("62岁断了腿", "/injury/"), ("在老板家跌了", "/injury/"),
     ("三十八度", "/hot/")],
)  # fmt: skip
def test_kinds_that_are_said_together_point_to_a_page(text: str, first: str) -> None:
    assert _list_pointed(text)[0] == first


@pytest.mark.parametrize("text", ["", "老板", "手机断了", "手", "五块", "挨qqqq", "热锅上"])
def test_who_says_too_little_is_pointed_nowhere(text: str) -> None:
    assert _list_pointed(text) == []


@pytest.mark.parametrize("text", ["热", "加qq"])
def test_a_whole_word_points_though_it_is_short(text: str) -> None:
    assert _list_pointed(text) == ["/hot/"]


def test_the_rarer_kind_tells_more_and_the_second_address_less() -> None:
    pointed = find_signposts("老板不给工资", SIGNPOSTS)
    assert [one.address for one in pointed] == ["/wages/", "/forms/"]
    assert pointed[0].weight > pointed[1].weight
    assert SIGNPOSTS.weights["度数"] > SIGNPOSTS.weights["工钱"]


def test_a_word_has_the_kinds_of_the_words_in_it_unless_it_tells_nothing() -> None:
    text = GOOD.replace('"断 压"', '"断 压 老板压手指"').replace('"手机"', '"手机 工资条子"')
    signposts = load_signposts(text)
    assert signposts.kinds["老板压手指"] == {"受伤", "老板", "身体"}
    assert signposts.kinds["工资条子"] == {"别的"}


def test_only_words_of_more_than_one_character_are_understood_for_sure() -> None:
    assert count_understood("厂里压手62岁", SIGNPOSTS) == 5


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [('"工钱" = "工资 工钱 奖金"', '"工钱" = ""', "第 3 行"),
     ('"工钱" = "工资 工钱 奖金"', '"工钱" = ["工资"]', "第 3 行"),
     ('"身体" = ', '"岁数" = ', "第 7 行"),
     ('to = "/injury/"', 'to = ""', "第 12 行"),
     ('to = "/injury/"', 'for = "/injury/"', "第 12 行"),
     ('says = ["度数", "热", "qq"]', 'says = "度数"', "第 15 行"),
     ("[kinds]", "[words]", "[kinds]")],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, line: str) -> None:
    with pytest.raises(RuleFileError, match=r"content/rules/signposts\.toml") as problem:
        load_signposts(GOOD.replace(old, new))
    assert line in str(problem.value)
