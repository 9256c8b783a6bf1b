"""Starts a new content file: every key in its order, blank, with words on what to write."""

import re
from datetime import date
from pathlib import Path

from site_src.collections import LIST_PREFIX, ContentCollection, is_list_name
from site_src.errors import SiteProblem
from site_src.schemas import SLUG

STARTERS = Path(__file__).parent / "starters"
_NUMBER = re.compile(r"^编号\s*:\s*'?(\d+)", re.MULTILINE)


def start_file(root: Path, row: ContentCollection, slug: str, today: date) -> Path:
    """Write content/<folder>/<slug>.md; raises SiteProblem if the name will not do or is taken."""
    shown = f"content/{row.folder}/{slug}.md"
    if not SLUG.fullmatch(slug):
        raise SiteProblem([f"「{slug}」：文件名只能用小写英文字母、数字和连字符，不带 .md，请改"])
    if is_list_name(row, slug):
        remedy = f"以 {LIST_PREFIX} 开头的名字留给{row.label}的几种目录，请换一个"
        raise SiteProblem([f"「{slug}」：{remedy}"])
    path = root / shown
    path.parent.mkdir(parents=True, exist_ok=True)
    text = (STARTERS / f"{row.starter}.md").read_text(encoding="utf-8")
    text = text.replace("@today@", today.isoformat())
    text = text.replace("@number@", str(find_free_number(path.parent)))
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise SiteProblem([f"{shown}：已经有这个文件，没有动它。请换一个文件名"]) from None
    return path


def find_free_number(folder: Path) -> int:
    """Count one past the highest number in the folder, whatever else is wrong in its files."""
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in folder.glob("*.md"))
    return max((int(match[1]) for text in texts if (match := _NUMBER.search(text))), default=0) + 1
