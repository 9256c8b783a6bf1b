"""Cleaning of typed text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.shared.text_cleaning import clean_text, fold_digits, fold_width

HIDDEN = (
    "\0\x07\x85\x9b\u00ad\u034f\u061c\u200b\u200d\u202e\u2066\u3164\ufeff\ud800\ufdd0\U000e0041"
)
ANY_TEXT = st.text(
    st.characters() | st.sampled_from(HIDDEN + "工⼯郎é\u0301 　\r\n\t－—～×．·"), max_size=20
)


@pytest.mark.parametrize("code_point", [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
def test_bidi_overrides_and_isolates_are_removed(code_point: int) -> None:
    assert clean_text(f"工{chr(code_point)}资") == "工资"


@pytest.mark.parametrize(
    "hidden",
    [
        "\0",
        "\x07",
        "\x9b",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\ud800",
        "\u00ad",
        "\U000e0041",
        "\ufdd0",
        "\U0001ffff",
    ],
)
def test_hidden_characters_are_removed(hidden: str) -> None:
    assert clean_text(f"工{hidden}资") == "工资"


@pytest.mark.parametrize("blank", ["\u3164", "\u115f", "\uffa0", "\u2800", "　 \t\n"])
def test_a_value_that_shows_nothing_becomes_empty(blank: str) -> None:
    assert clean_text(blank) == ""


def test_full_width_punctuation_of_prose_is_kept() -> None:
    assert clean_text("　老板说：“下月给”，（没给）！ ") == "老板说：“下月给”，（没给）！"


def test_one_way_of_writing_is_kept_for_signs_that_look_the_same() -> None:
    assert clean_text("e\u0301\uf92c") == "é郎"


def test_radicals_copied_from_a_pdf_become_characters() -> None:
    assert clean_text("⼯⼚") == "工厂"


def test_rare_characters_of_names_are_kept() -> None:
    rare = "㵲𬭩\U0003134a\U0002ebf0\ue815"
    assert clean_text(rare) == rare


def test_line_ends_become_one_kind_in_paragraphs() -> None:
    assert clean_text("一\r\n二\r三\u2028四\n", multi_line=True) == "一\n二\n三\n四"


def test_line_ends_and_tabs_become_spaces_in_one_line() -> None:
    assert clean_text("一\r\n二\t三") == "一 二 三"


@given(ANY_TEXT, st.booleans())
def test_cleaning_twice_changes_nothing(value: str, multi_line: bool) -> None:
    once = clean_text(value, multi_line=multi_line)
    assert clean_text(once, multi_line=multi_line) == once


@given(ANY_TEXT)
def test_cleaned_text_can_be_stored_and_printed(value: str) -> None:
    cleaned = clean_text(value)
    cleaned.encode("utf-8")
    assert cleaned == cleaned.strip()
    assert not {"Cc", "Cf", "Cs"} & {unicodedata.category(character) for character in cleaned}


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("１３８　００１３－８０００", "13800138000"),
        ("138-0013 8000", "13800138000"),
        ("138—0013–8000", "13800138000"),
        ("11010519491231002x", "11010519491231002X"),
        ("１１０１０５１９４９１２３１００２ｘ", "11010519491231002X"),
        ("11010519491231002×", "11010519491231002X"),
        ("(0571)8512.3456", "057185123456"),
    ],
)
def test_numbers_are_folded_to_bare_digits_and_capitals(typed: str, folded: str) -> None:
    assert fold_digits(typed) == folded


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(value: str) -> None:
    assert fold_width(fold_width(value)) == fold_width(value)
    assert fold_digits(fold_digits(value)) == fold_digits(value)


def test_a_family_of_emoji_stays_together_and_a_joiner_elsewhere_goes() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert clean_text(f"我家{family}三口") == f"我家{family}三口"
    assert clean_text("陈\u200d示范") == "陈示范"
    assert clean_text(f"{family}\u200d") == family
