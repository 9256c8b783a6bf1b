"""What is alike is judged once; what is not is found, however late it comes."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.axe import find_violations

OpenPage = Callable[..., Page]
PAGE = """<!doctype html><html lang="zh-CN"><title>示范</title><style>{style}</style>
<main><h1>示范</h1><p>{text}</p></main></html>"""
FAINT = "i { color: #999 }"


def faults(page: Page, style: str = "", text: str = "有事请来") -> list[str]:
    """The rules that a page with this style and text breaks."""
    page.set_content(PAGE.format(style=style, text=text))
    return [one.partition(" at ")[0] for one in find_violations(page)]


def test_a_faint_text_is_found_after_texts_like_it_were_praised(open_page: OpenPage) -> None:
    page = open_page(script=True)
    assert faults(page) == []
    assert faults(page, "p { color: #999 }") == ["color-contrast"]
    assert faults(page, "main { opacity: .4 }") == ["color-contrast"] * 2
    assert faults(page, "main { background: #666 }") == ["color-contrast"]
    assert faults(page, "main { background: #fffffe }") == []


def test_a_faint_look_is_found_again_on_the_next_page(open_page: OpenPage) -> None:
    page = open_page(script=True)
    for text in ("请打电话", "<b>请打电话</b>"):
        assert "color-contrast" in faults(page, "main { color: #999 }", text)


def test_a_hidden_text_vouches_for_no_other(open_page: OpenPage) -> None:
    page = open_page(script=True)
    hidden = "<i hidden>看不见</i>"
    assert faults(page, FAINT, hidden) == []
    assert faults(page, FAINT, f"{hidden}<i>看得见</i>") == ["color-contrast"]


def test_large_type_has_contrasts_of_its_own(open_page: OpenPage) -> None:
    page = open_page(script=True)
    style = "p { color: #888; font: 24px serif } .elder p { font: 12px serif }"
    assert faults(page, style) == []
    page.evaluate("document.documentElement.classList.add('elder')")
    assert len(find_violations(page)) == 1
