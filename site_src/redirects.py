"""Reads content/redirects.toml: where a page stood and where it stands now.

Every web server shows a page with a link at the old address; the portal reads redirects.json
and answers with the new address itself.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from rulefiles.toml_files import RuleFileError, find_key_line, parse_toml, read_toml_text
from site_src.checks import PORTAL_ADDRESS
from site_src.frontmatter import problem_line

_FILE = "redirects.json"
_SHOWN = "content/redirects.toml"
_ADDRESS = re.compile(r"(/[a-z0-9]+(-[a-z0-9]+)*)+/")
TAKEN = re.compile(r"/(images|assets|staff)/.*")


def read_redirects(path: Path, addresses: frozenset[str], problems: list[str]) -> Mapping[str, str]:
    """Read old → new addresses; without the file there are none. Problems are noted as lines."""
    try:
        text = read_toml_text(path, _SHOWN) if path.is_file() else ""
        raw = parse_toml(text, _SHOWN)
    except RuleFileError as error:
        problems.append(str(error))
        return {}
    found = [
        problem_line(_SHOWN, find_key_line(text, old), f"「{old}」{remedy}")
        for old, new in raw.items()
        if (remedy := judge_redirect(old, new, addresses))
    ]
    problems += found
    return {} if found else {old: str(new) for old, new in raw.items()}


def write_redirects(site: Path, redirects: Mapping[str, str]) -> None:
    """Write redirects.json, which the portal reads and shows to nobody."""
    (site / _FILE).write_text(json.dumps(redirects), encoding="utf-8")


def judge_redirect(old: str, new: object, addresses: frozenset[str]) -> str:
    """Return the remedy, or nothing if the pair may stand; the new one must be a page."""
    if not _ADDRESS.fullmatch(old):
        return "要写成 /policies/old-name/ 这样的旧地址，前后都有斜杠"
    if old in addresses:
        return "这个地址现在有网页，不能再指到别处，请删掉这一行"
    if PORTAL_ADDRESS.fullmatch(old) or TAKEN.fullmatch(old):
        return "这个地址网站自己要用，请删掉这一行"
    if not isinstance(new, str) or new not in addresses:
        return f"指到的「{new}」在本站找不到，请改成有的网页，例如 /policies/"
    return ""
