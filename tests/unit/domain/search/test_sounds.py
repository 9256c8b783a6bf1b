"""Words heard by their sound: pinyin, initials, characters typed by ear or by their looks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.search.sounds import hear, list_pieces, make_lexicon

LEXICON = make_lexicon(
    ["工伤", "农民工", "拖欠工资", "女职工", "老板", "不给钱", "未签", "临时救助", "重病", "社保"],
    ["怎么办"],
    list_pieces("工伤认定申请表"),
)
WRITTEN = frozenset({"工商", "申请", "赔偿"})


def _hear(typed: str) -> str | None:
    return hear(typed, LEXICON, WRITTEN.__contains__)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gongshang", "工伤"),
        ("gong shang", "工伤"),
        ("gong1 shang1", "工伤"),
        ("gōngshāng", "工伤"),
        ("gonsan", "工伤"),
        ("nongmingong", "农民工"),
        ("nmg", "农民工"),
        ("tqgz", "拖欠工资"),
        ("nüzhigong", "女职工"),
        ("nvzhigong", "女职工"),
        ("laobanbugeiqian", "老板不给钱"),
        ("zhongbing", "重病"),
        ("gongshangrending", "工伤认定"),
        ("gsrd", "工伤认定"),
    ],
)
def test_pinyin_is_heard_whole_with_blanks_and_by_initials(typed: str, meant: str) -> None:
    assert _hear(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("农名工", "农民工"),
        ("公伤", "工伤"),
        ("公伤认定", "工伤认定"),
        ("拖签工资", "拖欠工资"),
        ("末签", "未签"),
        ("杜保", "社保"),
        ("临时求助", "临时救助"),
        ("老版不给钱怎么办", "老板不给钱怎么办"),
        ("公伤 赔偿", "工伤 赔偿"),
    ],
)
def test_characters_typed_by_ear_or_by_their_looks_are_heard(typed: str, meant: str) -> None:
    assert _hear(typed) == meant


@pytest.mark.parametrize(
    "typed", ["工伤", "工商", "蓝鲸花园", "abcxyz", "375", "n+1", "", "申请赔偿"]
)
def test_what_is_known_written_or_like_nothing_stays(typed: str) -> None:
    assert _hear(typed) is None


def test_of_words_that_sound_alike_the_first_is_meant() -> None:
    lexicon = make_lexicon(["公示", "公式"])
    assert hear("gongshi", lexicon, WRITTEN.__contains__) == "公示"


@given(st.text(st.sampled_from("工公伤商农名abgongshang1 ") | st.characters(), max_size=40))
def test_whatever_is_typed_is_answered(typed: str) -> None:
    meant = _hear(typed)
    assert meant is None or meant.strip()
