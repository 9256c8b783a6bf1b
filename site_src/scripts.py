"""The few scripts of the site: files of our own under theme/scripts, each written into one page.

Only a page that holds one may run it, and nothing else: the portal allows it by its hash.
"""

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent / "theme" / "scripts"
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@lru_cache(maxsize=1)
def own_scripts() -> frozenset[str]:
    """Read the text of each script as it stands in a page."""
    return frozenset(path.read_text(encoding="utf-8").rstrip("\n") for path in _FOLDER.glob("*.js"))


def find_scripts(html: str) -> tuple[str, ...]:
    """Find the CSP sources of our own scripts in a piece of a page."""
    found = SCRIPT.findall(html) if "<script>" in html else []
    return tuple(name_source(text) for text in found if text in own_scripts())


def name_source(text: str) -> str:
    """Return the CSP source of an inline script or style, as it stands in the policy."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
