"""Search finds words, parts of words and nearly the words, and marks them."""

from portal.domain.searching import MOST_FOUND, Page, read_pages, search_pages


def _pages(*rows: tuple[str, str]) -> tuple[Page, ...]:
    return read_pages(
        {"address": f"/{number}/", "title": title, "kind": "维权卡", "text": text}
        for number, (title, text) in enumerate(rows)
    )


PAGES = _pages(
    ("工伤：受了伤怎么办", "单位 30 天内申请工伤认定。"),
    ("职业病", "从诊断那天起申请工伤认定。"),
    ("拖欠工资", "欠薪可以投诉。国务院令第724号 ＡＢＣ"),
)


def _found(typed: str) -> list[str]:
    return [hit.page.title for hit in search_pages(PAGES, typed)]


def test_title_outranks_text() -> None:
    assert _found("工伤认定") == ["工伤：受了伤怎么办", "职业病"]


def test_part_of_a_word_and_of_a_number_is_found() -> None:
    assert _found("欠薪") == ["拖欠工资"]
    assert _found("令第724") == ["拖欠工资"]


def test_width_and_case_do_not_matter() -> None:
    assert _found("abc") == _found("ＡＢＣ") == ["拖欠工资"]


def test_several_words_must_all_be_there() -> None:
    assert _found("工伤 诊断") == ["职业病"]
    assert _found("工伤 不存在的词") == []


def test_question_in_plain_words_finds_through_pairs() -> None:
    assert "工伤：受了伤怎么办" in _found("怎么认定工伤")


def test_nothing_typed_finds_nothing() -> None:
    assert _found("") == _found(" ，。 ") == []


def test_snippet_marks_the_word_in_its_place() -> None:
    hit = search_pages(PAGES, "投诉")[0]
    assert "投诉" in hit.snippet[1::2]
    assert "".join(hit.snippet) in hit.page.text


def test_no_more_than_a_page_of_hits() -> None:
    many = _pages(*[("工资", "工资")] * 99)
    assert len(search_pages(many, "工资")) == MOST_FOUND
