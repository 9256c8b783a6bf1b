"""A page used with the keyboard alone: what has the focus, and an answer by keys."""

from typing import Any

from playwright.sync_api import Page

_FOCUS = """() => {
    const one = document.activeElement, last = window.lastFocused, beside = one.nextElementSibling
    const ringed = it => it && getComputedStyle(it).outlineStyle !== 'none'
        && parseFloat(getComputedStyle(it).outlineWidth) >= 2
    window.lastFocused = one
    return {name: one.name || '', type: one.type || '', value: one.value || '', id: one.id,
            checked: Boolean(one.checked), text: one.textContent.trim(), tag: one.tagName,
            link: one.getAttribute('href') || '', action: one.matches('.actions button'),
            inMain: Boolean(one.closest('main')), inErrors: Boolean(one.closest('.errors')),
            ring: Boolean(ringed(one) || (one.matches('.tick input') && ringed(beside))),
            forward: !last || Boolean(last.compareDocumentPosition(one) & 4),
            backward: !last || Boolean(last.compareDocumentPosition(one) & 2)}
}"""
_VALUE = "document.activeElement.value || ''"


def focus_of(page: Page) -> dict[str, Any]:
    """What has the focus, and how it stands to what had it when this was asked before."""
    found: dict[str, Any] = page.evaluate(_FOCUS)
    return found


def press_until(page: Page, key: str, value: str) -> None:
    """Press a key until the field that has the focus shows the value."""
    for _ in range(20):
        if page.evaluate(_VALUE) == value:
            return
        page.keyboard.press(key)
    raise AssertionError(f"{value} is not reached by {key}")


def answer_with_keys(page: Page, focus: dict[str, Any], typed: str | list[str]) -> None:
    """Answer the question that has the focus, touching nothing but keys."""
    match focus["type"]:
        case "radio" if isinstance(typed, str) and typed:
            page.keyboard.press("Space")
            press_until(page, "ArrowDown", typed)
        case "checkbox" if focus["value"] in typed and not focus["checked"]:
            page.keyboard.press("Space")
        case "select-one" if isinstance(typed, str):
            press_until(page, "ArrowDown", typed)
        case "text" | "textarea" if isinstance(typed, str) and typed:
            page.keyboard.press("Control+a")
            page.keyboard.type(typed)
