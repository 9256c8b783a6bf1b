"""The texts that the portal's search reads: one entry a page, taken from the finished pages."""

import json
from html.parser import HTMLParser
from pathlib import Path

FILE = "search.json"
KINDS = {
    "policies": "政策",
    "rights-cards": "维权卡",
    "stories": "故事",
    "guides": "办事指南",
    "notices": "公告",
}
_SILENT = frozenset({"nav", "script", "style", "svg", "form"})
_VOID = frozenset({"br", "img", "input", "hr", "meta", "link", "wbr"})


class _MainText(HTMLParser):
    """Collects the first h1 and the text of <main>, without menus and forms."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.texts: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not text or "main" not in self._open or _SILENT & set(self._open):
            return
        if "h1" in self._open:
            self.title += text
        else:
            self.texts.append(text)


def is_list(parts: tuple[str, ...]) -> bool:
    """True for a page that only lists others."""
    return parts[0] in KINDS and (len(parts) == 1 or parts[1].startswith("by-"))


def write_search_index(site: Path, moved: frozenset[str] = frozenset()) -> None:
    """Write search.json: address, title, kind and text of each single page but the moved ones."""
    entries = []
    for page in sorted(site.rglob("index.html")):
        parts = page.relative_to(site).parts[:-1]
        address = "".join(f"/{part}" for part in parts) + "/"
        if not parts or address in moved or is_list(parts):
            continue
        reader = _MainText()
        reader.feed(page.read_text(encoding="utf-8"))
        entries.append(
            {
                "address": address,
                "title": reader.title,
                "kind": KINDS.get(parts[0], "本中心"),
                "text": " ".join(reader.texts),
            }
        )
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    (site / FILE).write_text(text, encoding="utf-8")
