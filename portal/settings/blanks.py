"""What a real centre has not filled in: in content/, and in its configuration."""

from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

from portal.settings.config import LOOPBACK, Config
from site_src.placeholders import Blank, BlanksLeft, find_blanks, find_marks, is_real, show_blank


def list_blanks(content: Path, folder: Path, config: Config) -> list[Blank]:
    """List every place that is invented, blank or forgotten; none at a demonstration."""
    return [*find_blanks(content), *_find_in_config(content, folder, config)]


def require_filled(content: Path, folder: Path, config: Config) -> None:
    """Raise BlanksLeft if a real centre may not go public yet."""
    if blanks := list_blanks(content, folder, config):
        raise BlanksLeft([show_blank(blank) for blank in blanks])


def write_blanks(blanks: list[Blank]) -> str:
    """Write the list, file by file, as it is worked off."""
    parts = []
    for shown, group in groupby(blanks, key=lambda blank: blank.shown):
        rows = [f"  第 {blank.line} 行：{blank.words}" for blank in group]
        parts.append("\n".join([f"{shown}（{len(rows)} 处）", *rows]))
    return "\n\n".join(parts)


def _find_in_config(content: Path, folder: Path, config: Config) -> list[Blank]:
    if not is_real(content):
        return []
    path = folder / "config.toml"
    text = path.read_text("utf-8-sig") if path.exists() else ""
    found = list(find_marks(str(path), text))
    if urlsplit(config.server.public_url).hostname in LOOPBACK:
        remedy = "还是本机的网址，二维码、回执别人打不开。请写公开的网址，例如 https://…"
        found.append(Blank(str(path), 1, f"「server.public_url」{remedy}"))
    return found
