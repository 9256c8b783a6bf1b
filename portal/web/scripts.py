"""The few scripts of our own. Each is written into one page, whose content policy names its hash;
every other page forbids all scripts, and every page works without."""

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

_FOLDER = Path(__file__).parent / "js"
LARGEST = 1024


@dataclass(frozen=True, slots=True)
class Script:
    """A script as an element, and its hash for the content policy."""

    element: Markup
    hash: str


def read_script(name: str) -> Script:
    """A script of portal/web/js. ValueError if it is not tiny."""
    text = (_FOLDER / name).read_text("utf-8")
    if len(text.encode()) > LARGEST:
        raise ValueError(f"{name} is larger than {LARGEST} bytes")
    digest = b64encode(sha256(text.encode()).digest()).decode("ascii")
    return Script(Markup(f"<script>{text}</script>"), f"sha256-{digest}")  # noqa: S704 (our own file)
