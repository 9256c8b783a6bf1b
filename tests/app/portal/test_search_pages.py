"""The search as a visitor sees it: results, kinds, pages, help, and the way back from a 404."""

import logging
from collections.abc import Iterator

import pytest

from site_src.collections import name_kinds
from site_src.search_index import OWN, SEARCH_FILE, SearchEntry, write_search_index
from tests.support.browser import Browser, words_of
from tests.support.centre import Centre

LABELS = [*name_kinds().values(), OWN]
ENTRIES = [
    SearchEntry(
        "/rights-cards/unpaid-wages/", "老板拖欠工资", "维权卡", "欠薪可以<b>投诉</b>，也可以仲裁。"
    ),
    SearchEntry(
        "/rights-cards/work-injury/", "工伤：受了伤怎么办", "维权卡", "先治病，再申请工伤认定。"
    ),
    SearchEntry(
        "/policies/work-injury-regulation/", "工伤保险条例", "政策", "国务院令第375号 ＡＢＣ"
    ),
    SearchEntry(
        "/guides/arbitration/", "示范指南", "办事指南", "怎么申请仲裁示范，一句话。\n按钮上的字 ✓"
    ),
    *(
        SearchEntry(f"/policies/p-{n}/", f"示范办法之{n}", "政策", "工会办公用品的说法。" * 30)
        for n in range(70)
    ),
    *(SearchEntry(f"/x-{n}/", f"别的{n}", kind, "有几种") for n, kind in enumerate(LABELS)),
]


@pytest.fixture
def browser(centre: Centre) -> Iterator[Browser]:
    """A visitor of a centre whose site has an index."""
    site = centre.root / "build" / "site"
    write_search_index(site, ENTRIES)
    yield centre.browser()
    (site / SEARCH_FILE).unlink()


def test_words_that_workers_say_find_what_the_page_calls_it(browser: Browser) -> None:
    answer = browser.get("/search?q=老板不给钱怎么办")
    assert 'href="/rights-cards/unpaid-wages/"' in answer.text
    assert "找到 1 页" in words_of(answer)
    assert "也找了：拖欠、欠薪。" in words_of(answer)
    assert "<mark>欠薪</mark>可以&lt;b&gt;投诉" in answer.text


def test_pieces_of_a_document_number_are_found(browser: Browser) -> None:
    for typed in ("国令 375", "国令375", "令第375", "ａｂｃ", "ABC"):
        answer = browser.get(f"/search?q={typed}")
        assert 'href="/policies/work-injury-regulation/"' in answer.text, typed


def test_every_word_is_needed_and_near_pages_are_called_so(browser: Browser) -> None:
    assert "找到 1 页" in words_of(browser.get("/search?q=工伤 认定"))
    assert "没有找到" in words_of(browser.get("/search?q=工伤 天文学"))
    near = browser.get("/search?q=办公用品的天文学")
    assert "没有哪一页全都写到" in words_of(near)
    assert 'href="/policies/p-0/"' in near.text


def test_a_weak_result_asks_first_what_kind_of_trouble_it_is(browser: Browser) -> None:
    near = browser.get("/search?q=办公用品的天文学").text
    assert near.index('<a href="/apply">') < near.index('href="/policies/p-0/"')
    for sure in ("欠薪", "办公用品"):
        assert "您遇到的是哪一种难处" not in browser.get(f"/search?q={sure}").text


def test_the_page_that_a_clerk_would_point_to_stands_first(browser: Browser) -> None:
    answer = browser.get("/search?q=我弟在饭店端盘子三个月没拿到一分钱").text
    assert answer.index("/rights-cards/unpaid-wages/") < answer.index("</ol>")
    assert "没有哪一页全都写到" not in answer


def test_a_page_is_shown_by_what_it_says_of_itself(browser: Browser) -> None:
    answer = browser.get("/search?q=仲裁示范").text
    assert "<p>怎么申请<mark>仲裁示范</mark>，一句话。</p>" in answer
    assert "按钮上的字" not in answer


def test_kinds_are_links_with_numbers_that_keep_the_words(browser: Browser) -> None:
    everything = browser.get("/search?q=有几种")
    for label in LABELS:
        assert f">{label} 1</a>" in everything.text
    assert ">全部 6</a>" in everything.text
    cards = browser.get("/search?q=有几种&kind=rights-cards")
    assert cards.text.count("<li>\n<h2>") == 1
    assert 'kind=rights-cards" aria-current="true">维权卡 1</a>' in cards.text
    assert ">全部 6</a>" in cards.text


def test_a_kind_without_a_page_leads_back_to_all(browser: Browser) -> None:
    answer = browser.get("/search?q=欠薪&kind=stories")
    assert "“故事”里没有。" in words_of(answer)
    assert ">看全部 1 页</a>" in answer.text


def test_pages_of_results_show_each_page_once(browser: Browser) -> None:
    seen: list[str] = []
    for number in range(1, 5):
        answer = browser.get(f"/search?q=办公用品&kind=policies&page={number}")
        seen += [line for line in answer.text.splitlines() if line.startswith("<h2><a href=")]
        assert (">下一页</a>" in answer.text) is (number < 4)
        assert (">上一页</a>" in answer.text) is (number > 1)
        assert f"第 {number} 页，共 4 页" in words_of(answer)
    assert len(seen) == len(set(seen)) == 70


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "9" * 30])
def test_a_page_that_is_not_there_is_the_nearest(browser: Browser, page: str) -> None:
    assert "示范办法" in words_of(browser.get(f"/search?q=办公用品&page={page}"))


@pytest.mark.parametrize("address", ["/search", "/search?q=qqqq", "/search?q=+&kind=nothing"])
def test_who_finds_nothing_is_asked_what_kind_of_trouble_it_is(
    browser: Browser, address: str
) -> None:
    answer = browser.get(address)
    for door in ("/rights-cards/work-injury/", "/rights-cards/unpaid-wages/", "/apply",
                 "/medical-aid", "/urgent-aid"):  # fmt: skip
        assert f'<a href="{door}">' in answer.text
    if "qqqq" in address:
        assert "没有找到“qqqq”" in words_of(answer)
        assert "您遇到的是哪一种难处？" in words_of(answer)
        assert 'href="/consult"' in answer.text
        assert 'href="tel:0000-12351"' in answer.text


def test_no_door_leads_to_a_card_that_the_site_does_not_have(browser: Browser) -> None:
    assert "/rights-cards/dismissal/" not in browser.get("/search?q=qqqq").text


@pytest.mark.parametrize(
    ("typed", "meant"), [("gongshang", "工伤"), ("工殇", "工伤"), ("tuo qian gong zi", "拖欠工资")]
)
def test_what_was_heard_is_said_and_what_was_typed_can_be_kept(
    browser: Browser, typed: str, meant: str
) -> None:
    answer = browser.get(f"/search?q={typed}")
    assert f"您打的是“{typed}”，我们按“{meant}”找的。" in words_of(answer)
    kept = browser.get(f"/search?q={typed}&exact=1")
    assert "我们按" not in words_of(kept)
    assert f"没有找到“{typed}”" in words_of(kept)


def test_too_long_a_question_is_cut_and_said_so(browser: Browser) -> None:
    answer = browser.get(f"/search?q={'工伤' * 30}")
    assert answer.status_code == 200
    assert "只用了前 40 个字" in words_of(answer)
    assert f'value="{"工伤" * 20}"' in answer.text


@pytest.mark.parametrize(
    "typed",
    ['"', "*", "(", ")", "-", "AND", "OR NOT", "NEAR(工伤 认定)", "'; DROP TABLE pages", "%00",
     "<b>", "page:x", "^工伤", "工伤*", "{words}", "\\", "%ED%A0%80", "\N{SNOWMAN}"],
)  # fmt: skip
def test_characters_that_mean_something_elsewhere_are_harmless(
    browser: Browser, typed: str
) -> None:
    assert browser.get(f"/search?q={typed}").status_code == 200
    assert browser.get(f"/search?q={typed}&kind={typed}&page={typed}").status_code == 200


def test_no_cookie_is_set_and_no_word_is_logged(
    browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = browser.get("/search?q=金丝雀")
        browser.get("/金丝雀/")
    assert "Set-Cookie" not in answer.headers
    assert "金丝雀" not in caplog.text


def test_a_site_without_index_says_that_nothing_is_found(centre: Centre) -> None:
    answer = centre.browser().get("/search?q=工伤")
    assert "没有找到“工伤”" in words_of(answer)


def test_a_lost_visitor_can_search_and_sees_near_pages(browser: Browser) -> None:
    answer = browser.get("/cards/unpaid-wage/")
    assert answer.status_code == 404
    assert 'action="/search"' in answer.text
    assert 'href="/rights-cards/unpaid-wages/">老板拖欠工资</a>' in answer.text
    assert "老板拖欠工资" in words_of(browser.get("/cards/unpaid-wages.html"))
    nothing = browser.get("/unpaid-wages.php")
    assert 'action="/search"' in nothing.text
    assert "是不是" not in words_of(nothing)


def test_the_workbench_has_no_search_on_its_404(browser: Browser) -> None:
    assert 'action="/search"' not in browser.get("/staff/no-such-page").text
