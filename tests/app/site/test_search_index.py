"""The index of the search: what it takes from a page, what it finds, and how it is kept up."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_src.search_index import (
    SearchEntry,
    list_matches,
    list_near_matches,
    list_titles,
    open_index,
    read_entries,
    read_entry,
    update_search_index,
    write_search_index,
)

PAGE = """<html><body><nav>菜单</nav><main id="main">
<nav class="crumbs" aria-label="1 > 0"><a href="/">首页</a></nav>
<h1>工伤：<b>受了伤</b>怎么办</h1><!-- <p>注释</p> -->
<p>单位 30 天内<a href="/x/" title="a > b">申请</a>工伤&amp;认定。</p><p>下一段</p>
<form><label>想找什么？</label></form><script>x</script></main><footer>页脚</footer></body></html>"""
ENTRIES = [
    SearchEntry("/rights-cards/a/", "工伤：受了伤怎么办", "维权卡", "单位 30 天内申请工伤认定。"),
    SearchEntry("/policies/b/", "工伤保险条例", "政策", "国务院令第375号 ＡＢＣ 最后一字病"),
    SearchEntry("/stories/c/", "讨回工资", "故事", "工人伤心，认识了定先生。"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of three pages, only read."""
    target = tmp_path_factory.mktemp("index")
    write_search_index(target, ENTRIES)
    return target


def found(folder: Path, *wanted: str | list[str]) -> list[str]:
    """Addresses of the pages that hold every word, or one of the forms of it."""
    forms = [[word] if isinstance(word, str) else word for word in wanted]
    with open_index(folder) as index:
        numbers = [n for found in list_matches(index, forms).by_kind.values() for n in found]
        return [entry.address for entry in read_entries(index, sorted(numbers))]


def test_a_page_is_read_without_menus_forms_and_comments() -> None:
    entry = read_entry("/rights-cards/a/", PAGE)
    assert entry == SearchEntry(
        "/rights-cards/a/", "工伤：受了伤怎么办", "维权卡", "单位 30 天内申请工伤&认定。 下一段"
    )
    assert (
        read_entry("/rights-cards/a/", PAGE[PAGE.index("<main") : PAGE.index("</main>")]) == entry
    )


@pytest.mark.parametrize("address", ["/", "/policies/", "/policies/by-year/2020/"])
def test_home_and_lists_are_left_out(address: str) -> None:
    assert read_entry(address, PAGE) is None


def test_a_moved_page_is_left_out() -> None:
    moved = PAGE.replace("<body>", '<link rel="canonical" href="/about/"><body>')
    assert read_entry("/old/", moved) is None
    assert read_entry("/old/", PAGE) is not None


def test_words_and_parts_of_words_and_numbers_are_found(folder: Path) -> None:
    assert found(folder, "认定") == ["/rights-cards/a/"]
    assert (
        found(folder, "令第37") == found(folder, "ａｂc") == found(folder, "病") == ["/policies/b/"]
    )
    assert found(folder, "工伤") == ["/policies/b/", "/rights-cards/a/"]
    assert found(folder, "工伤", "375") == ["/policies/b/"]
    assert found(folder, "工伤", "工资") == []
    assert found(folder, ["没有", "工资"]) == ["/stories/c/"]


def test_no_word_reaches_over_punctuation_or_from_title_to_text(folder: Path) -> None:
    assert found(folder, "伤受了") == found(folder, "办单位") == []


def test_pages_named_so_weigh_more(folder: Path) -> None:
    with open_index(folder) as index:
        matches = list_matches(index, [["工伤"], ["认定"]])
    (number,) = matches.by_kind["维权卡"]
    assert matches.weights[number] == 1


def test_half_of_the_words_are_enough_to_be_near(folder: Path) -> None:
    with open_index(folder) as index:
        near = list_near_matches(index, [[["工伤"], ["讨回"], ["没有"], ["认定"]]])
        assert not list_near_matches(index, [[["工伤"]], [["没有"]]])
    ((number,),) = near.by_kind.values()
    assert list(near.by_kind) == ["维权卡"]
    assert near.weights[number] == 2


@pytest.mark.parametrize(
    "typed", ['"', "*", "工 * 伤", "NEAR(a b)", "a OR b", "-q", "page:工", "\0", ""]
)
def test_what_means_something_to_the_database_is_harmless(folder: Path, typed: str) -> None:
    assert found(folder, typed) == []


@given(st.lists(st.lists(st.text(max_size=5), max_size=3), max_size=3))
def test_any_words_can_be_looked_for(words: list[list[str]]) -> None:
    with open_index(Path("/nowhere")) as index:
        assert not list_matches(index, words)
        assert not list_near_matches(index, [words])


def test_a_folder_without_index_has_no_pages(tmp_path: Path) -> None:
    assert found(tmp_path, "工伤") == []
    assert not list(tmp_path.iterdir())


def test_an_updated_index_finds_what_a_new_one_finds(tmp_path: Path) -> None:
    write_search_index(tmp_path, ENTRIES)
    new = SearchEntry("/policies/b/", "工伤保险条例", "政策", "改过的认定")
    more = SearchEntry("/notices/d/", "公告", "公告", "工伤认定窗口")
    update_search_index(tmp_path, ["/stories/c/", "/policies/b/", "/never/"], [new, more])
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    write_search_index(fresh, [ENTRIES[0], new, more])
    for words in (["工伤"], ["认定"], ["375"], ["工资"], ["改过"], ["窗口", "工伤"], ["公告"]):
        assert sorted(found(tmp_path, *words)) == sorted(found(fresh, *words)), words
    with open_index(tmp_path) as one, open_index(fresh) as other:
        assert list_titles(one) == list_titles(other)
        one.execute("PRAGMA query_only = OFF")
        for table in ("titles", "words"):
            one.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")  # noqa: S608


def test_an_update_that_fails_changes_nothing(tmp_path: Path) -> None:
    write_search_index(tmp_path, ENTRIES)
    twice = [SearchEntry("/x/", "新", "政策", "新"), SearchEntry("/x/", "新", "政策", "新")]
    with pytest.raises(sqlite3.IntegrityError):
        update_search_index(tmp_path, ["/policies/b/"], twice)
    assert found(tmp_path, "375") == ["/policies/b/"]
    assert found(tmp_path, "新") == []


def test_readers_read_on_while_the_index_is_changed(tmp_path: Path) -> None:
    write_search_index(tmp_path, ENTRIES)
    with open_index(tmp_path) as reader:
        assert list_matches(reader, [["工伤"]])
        update_search_index(tmp_path, ["/policies/b/"], [])
        assert len(list_matches(reader, [["工伤"]])) == 1
