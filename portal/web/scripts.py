"""The few scripts of our own. Each is written into the pages that need it, whose content policy
names its hash; every other page forbids all scripts, and every page works without."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, g
from markupsafe import Markup

from portal.web.edge import content_policy

_FOLDER = Path(__file__).parent / "js"
LARGEST = 4096


@dataclass(frozen=True, slots=True)
class Script:
    """A script as an element, and its hash for the content policy."""

    element: Markup
    hash: str


@cache
def read_script(name: str) -> Script:
    """Read a script of portal/web/js. ValueError if it is not small."""
    text = (_FOLDER / name).read_text("utf-8")
    if len(text.encode()) > LARGEST:
        raise ValueError(f"{name} is larger than {LARGEST} bytes")
    digest = b64encode(sha256(text.encode()).digest()).decode("ascii")
    return Script(Markup(f"<script>{text}</script>"), f"sha256-{digest}")  # noqa: S704 (our own file)


def allow_scripts(app: Flask, style_hashes: Iterable[str], sends_itself: str = "") -> None:
    """Let templates write a script by its name; the policy of that page then allows just it.

    `sends_itself` is the script, if any, that may also send a form to us and look at a photo.
    """

    def script(name: str) -> Markup:
        g.scripts = {**g.get("scripts", {}), name: read_script(name)}
        return read_script(name).element

    @app.after_request
    def name_scripts(response: Response) -> Response:
        if used := g.pop("scripts", None):
            response.headers["Content-Security-Policy"] = content_policy(
                style_hashes, *(one.hash for one in used.values()), sends=sends_itself in used
            )
        return response

    app.jinja_env.globals["script"] = script
