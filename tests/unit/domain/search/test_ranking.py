"""Words, synonyms, the order of pages, and the part of a page that is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.rules.synonyms import NO_THESAURUS, load_thesaurus
from portal.domain.search.ranking import (
    MOST_TYPED,
    SNIPPET,
    by_pairs,
    cut_snippet,
    found_synonyms,
    nearest_addresses,
    rank_pages,
    read_query,
)
from portal.domain.search.traditional import simplify
from portal.domain.shared.text_cleaning import fold_prose
from site_src.search_index import SearchEntry

THESAURUS = load_thesaurus(
    'fillers = ["怎么", "怎么办", "了", "我"]\n'
    '[[group]]\npages = ["欠薪", "拖欠工资"]\npeople = ["讨薪", "老板不给钱"]\n'
    '[[group]]\npages = ["工伤"]\npeople = ["受伤"]\n'
    '[[group]]\npages = ["经济补偿"]\npeople = ["N+1"]\n'
)
TEXTS = st.text(
    st.sampled_from('工伤认定欠薪讨拖资怎么办了我ＡaＢ１1①…㎡ \n。，"*()-N+') | st.characters()
)


def _terms(typed: str) -> list[str]:
    return [term.text for term in read_query(typed, THESAURUS).terms]


def _page(title: str, text: str = "", kind: str = "政策") -> SearchEntry:
    return SearchEntry(f"/{title}/", title, kind, text)


def _order(typed: str, *pages: SearchEntry) -> list[str]:
    return [page.title for page in rank_pages(pages, read_query(typed, THESAURUS))]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("工伤 认定", ["工伤", "认定"]),
        ("怎么认定工伤", ["认定", "工伤"]),
        ("我受伤了老板不给钱怎么办", ["受伤", "老板不给钱"]),
        ("怎么办", ["怎么办"]),
        ("国令375", ["国令", "375"]),
        ("〔2016〕36号", ["2016", "36"]),
        ("ｎ＋１", ["n+1"]),
        ("工伤，工伤", ["工伤"]),
        ("病", ["病"]),
        (" ，。* ( ) ", []),
    ],
)
def test_what_was_typed_becomes_words(typed: str, terms: list[str]) -> None:
    assert _terms(typed) == terms


def test_a_word_brings_what_the_pages_call_it_but_not_what_people_say() -> None:
    (term,) = read_query("讨薪", THESAURUS).terms
    assert term.synonyms == ("欠薪", "拖欠工资")
    (term,) = read_query("欠薪", THESAURUS).terms
    assert term.synonyms == ("拖欠工资",)


def test_too_much_is_cut_and_said_so() -> None:
    long = read_query("工" * (MOST_TYPED + 1), THESAURUS)
    assert (len(long.typed), long.cut) == (MOST_TYPED, True)
    assert not read_query("工" * MOST_TYPED, THESAURUS).cut


def test_title_comes_before_text_and_phrase_before_scattered_words() -> None:
    pages = (
        _page("别的", "工伤在前，认定在后"),
        _page("又一页", "申请工伤认定"),
        _page("工伤认定办法"),
    )
    assert _order("工伤认定", *pages) == ["工伤认定办法", "又一页", "别的"]


def test_what_was_typed_comes_before_its_synonym() -> None:
    pages = (_page("甲", "拖欠工资"), _page("乙", "讨薪"))
    assert _order("讨薪", *pages) == ["乙", "甲"]
    pages = (_page("拖欠工资怎么要"), _page("讨薪怎么要"))
    assert _order("讨薪", *pages) == ["讨薪怎么要", "拖欠工资怎么要"]


def test_the_law_itself_comes_before_what_is_made_from_it() -> None:
    pages = (_page("劳动合同法实施条例", "劳动合同法" * 9), _page("劳动合同法", "劳动合同法"))
    assert _order("劳动合同法", *pages)[0] == "劳动合同法"


def test_of_equals_the_card_that_helps_at_once_comes_first() -> None:
    pages = (_page("甲", "工伤"), _page("乙", "工伤", "维权卡"))
    assert _order("工伤", *pages) == ["乙", "甲"]


def test_what_is_over_or_unverified_comes_last_unless_it_is_meant_by_name() -> None:
    doubtful = _page("某某工伤办法（旧）", "一句话。 先看这里 先打电话问。 工伤 工伤 工伤")
    sound = _page("某某工伤条例（新）", "工伤")
    assert _order("工伤", doubtful, sound) == ["某某工伤条例（新）", "某某工伤办法（旧）"]
    assert _order("某某工伤办法", sound, doubtful)[0] == "某某工伤办法（旧）"


def test_a_service_comes_before_the_law_that_has_the_word_in_its_title() -> None:
    law = _page("困难职工档案管理办法", "困难职工")
    service = _page("困难职工申请", "困难职工", "网上办")
    assert _order("困难职工", law, service) == ["困难职工申请", "困难职工档案管理办法"]


def test_only_synonyms_that_were_met_are_told() -> None:
    pages = [_page("甲", "欠薪、欠薪"), _page("乙", "没有")]
    assert found_synonyms(pages, read_query("老板不给钱", THESAURUS)) == ["欠薪"]
    assert found_synonyms(pages, read_query("欠薪", THESAURUS)) == []


def test_snippet_shows_the_first_hit_and_marks_synonyms_too() -> None:
    text = "开头" * 50 + "可以讨薪，欠薪要付。" + "结尾" * 50
    pieces = cut_snippet(text, read_query("讨薪", THESAURUS))
    assert pieces[1::2] == ("讨薪", "欠薪")
    assert len("".join(pieces)) == SNIPPET


def test_snippet_marks_the_full_width_form_where_it_stands() -> None:
    assert cut_snippet("共…㎡ＡＢＣ级", read_query("abc", NO_THESAURUS))[1] == "ＡＢＣ"


@given(TEXTS, TEXTS)
def test_any_text_can_be_searched_for_in_any_page(typed: str, text: str) -> None:
    query = read_query(typed, THESAURUS)
    for asked in (query, by_pairs(query)):
        snippet = "".join(cut_snippet(text, asked))
        assert snippet in text
        assert len(snippet) <= SNIPPET
        assert rank_pages([_page(text, text)], asked)
        assert all(run.terms for run in asked.runs)


@given(TEXTS)
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold_prose(text)) == len(text)


def test_nearest_addresses_are_those_with_most_alike() -> None:
    known = ["/rights-cards/unpaid-wages/", "/rights-cards/overtime/", "/policies/labour-law/"]
    assert nearest_addresses("/cards/unpaid-wage", known) == ["/rights-cards/unpaid-wages/"]
    assert nearest_addresses("/labor-law/", known) == ["/policies/labour-law/"]
    assert nearest_addresses("/wp-login.php", known) == nearest_addresses("/", known) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("勞動合同", "劳动合同"), ("工傷賠償", "工伤赔偿"), ("經濟補償", "经济补偿"),
     ("職業病", "职业病"), ("醫療費", "医疗费"), ("加班費", "加班费"), ("討薪", "讨薪")],
)  # fmt: skip
def test_traditional_characters_are_read_as_simplified_ones(typed: str, meant: str) -> None:
    assert _terms(typed) == _terms(meant)
    assert read_query(typed, THESAURUS).typed == typed


@given(TEXTS)
def test_simplified_text_stays_as_it_is_and_nothing_changes_its_length(text: str) -> None:
    assert len(simplify(text)) == len(text)
    assert simplify(simplify(text)) == simplify(text)
    assert simplify("著作权、乾隆、答复、里面") == "著作权、乾隆、答复、里面"
