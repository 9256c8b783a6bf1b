"""What axe has against a page, asked once for all that is alike.

Alike are pages that differ in words only; and texts that have the same look: colours and type,
and behind them the same backgrounds. To judge the contrast of each text takes axe most of its time.
"""

import re
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

CONTRAST = "color-contrast"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_RULES = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {CONTRAST: {"enabled": False}},
}
# What large type can spoil, beside the contrast, that was right in small type.
OF_SIZE = ["link-in-text-block", "scrollable-region-focusable", "target-size"]
RULES_OF_SIZE = {"runOnly": {"type": "rule", "values": OF_SIZE}}
_STATE = """() => {
    const page = document.documentElement
    return ['axe' in window, page.classList.contains('elder'), page.outerHTML]
}"""
_JUDGE = """rules => axe.run({...rules, resultTypes: ['violations'], preload: false}).then(
    found => found.violations.map(one => `${one.id} at ${one.nodes[0].target}`))"""
_LOOKS = """() => {
    const behind = new Map([[null, '']])
    const lookBehind = one => {
        if (!behind.has(one)) {
            const style = getComputedStyle(one)
            behind.set(one, [lookBehind(one.parentElement), style.backgroundColor,
                style.backgroundImage, style.opacity, style.position, style.float].join())
        }
        return behind.get(one)
    }
    window.textsOfLook = new Map()
    for (const one of document.body.querySelectorAll('*')) {
        const hasText = [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())
        if (!hasText && !one.matches('input, select, textarea')) continue
        const style = getComputedStyle(one)
        const look = [one.tagName, one.className, style.color, style.fontSize, style.fontWeight,
            style.textShadow, lookBehind(one)].join()
        textsOfLook.set(look, [...textsOfLook.get(look) || [], one])
    }
    return [...textsOfLook.keys()]
}"""
_JUDGE_CONTRAST = """async looks => {
    const texts = looks.flatMap(look => textsOfLook.get(look))
    const found = await axe.run(texts, {
        runOnly: {type: 'rule', values: ['color-contrast']}, elementRef: true, preload: false})
    const nodes = kind => found[kind].flatMap(one => one.nodes)
    const passed = new Set(nodes('passes').map(node => node.element))
    return [nodes('violations').map(node => `color-contrast at ${node.target}`),
            looks.filter(look => textsOfLook.get(look).some(text => passed.has(text)))]
}"""
_LOADED_LOOKS = re.compile(r"<(style|script)[^>]*>(.*?)</\1>", re.DOTALL)
_SAYS_NOTHING = (
    (re.compile(r'(<html[^>]*?) class="(?:elder)?"'), r"\1"),
    (re.compile(r'(<meta name="description" content=)"[^"]*"'), r'\1"x"'),
    (re.compile(r'(<a [^>]*?\bhref=)"[^"#]+"'), r'\1"x"'),
    (re.compile(r'( (?:value|action|aria-label)=)"[^"]+"'), r'\1"x"'),
    (re.compile(r"(?<=>)[^<>]*[^<>\s][^<>]*(?=<)"), "x"),
)
_NAMES = re.compile(r' (id|for|name|href|list|form|aria-(?:\w+by|controls|owns))="(#?)([^"]+)"')
_praised: set[tuple[str, str, bool]] = set()
_praised_looks: set[str] = set()


def find_violations(page: Page) -> list[str]:
    """What axe has against the page that is open; nothing more of a page like one it has praised.

    In large type only rules of size are left to check if the page in small type was right.
    """
    is_loaded, elder, html = page.evaluate(_STATE)
    like, size = outline_of(html), str(page.viewport_size)
    if (like, size, elder) in _praised:
        return []
    if not is_loaded:
        page.evaluate(AXE_SCRIPT)
    rules: dict[str, Any] = ALL_RULES
    if elder and (like, size, False) in _praised:
        rules = RULES_OF_SIZE
    found: list[str] = page.evaluate(_JUDGE, rules) + find_faint_texts(page)
    if not found:
        _praised.add((like, size, elder))
    return found


def find_faint_texts(page: Page) -> list[str]:
    """Texts of too little contrast, among those whose look axe has not praised yet."""
    looks = set(page.evaluate(_LOOKS)) - _praised_looks
    if not looks:
        return []
    faint, passed = page.evaluate(_JUDGE_CONTRAST, sorted(looks))
    if not faint:
        _praised_looks.update(passed)
    return list(faint)


def outline_of(html: str) -> str:
    """A page with x for its words, and its names numbered: what refers to what stays.

    It says nothing of the size of type.
    """
    numbers: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        names = [str(numbers.setdefault(name, len(numbers))) for name in match[3].split()]
        return f' {match[1]}="{match[2]}{" ".join(names)}"'

    looks = "".join(text for _, text in _LOADED_LOOKS.findall(html))
    outline = _LOADED_LOOKS.sub("", html)
    for words, stand_in in _SAYS_NOTHING:
        outline = words.sub(stand_in, outline)
    return _NAMES.sub(number, outline) + looks
