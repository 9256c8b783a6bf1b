"""One look for both apps: shared partials and style sheets of the site, and local time."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, g, request
from jinja2 import ChoiceLoader, FileSystemLoader
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from portal.domain.cases.receipt_numbers import group_code
from portal.domain.documents.document_types import show_size
from portal.domain.shared.dates import format_date, format_time, local_date
from portal.domain.shared.money import format_yuan
from site_src.centre import Centre
from site_src.collections import list_footer_links
from site_src.colours import write_colours
from site_src.menu import list_menu

THEME = Path(__file__).parents[2] / "site_src" / "theme"
_WEB = Path(__file__).parent
ELDER = "elder"
_YEAR = 365 * 24 * 60 * 60
_SWITCHES = {"elder-on": True, "elder-off": False}
"""The buttons in the header of a form page: what was typed goes along and comes back."""


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """A style sheet that is written into each page, and its hash for the content policy."""

    text: Markup
    hash: str


def read_style(*paths: Path, before: str = "") -> StyleSheet:
    """Join style sheets of our own into one."""
    text = "\n".join([before, *(path.read_text("utf-8").strip() for path in paths)]).strip()
    digest = b64encode(sha256(text.encode()).digest()).decode("ascii")
    return StyleSheet(Markup(text), f"sha256-{digest}")  # noqa: S704 (our own files)


def public_style() -> StyleSheet:
    """Read the style of the public forms: colours, tokens and header of the site, their own."""
    css = THEME / "css"
    own = (css / "tokens.css", css / "header.css", _WEB / "css" / "forms.css")
    return read_style(*own, before=write_colours())


def result_style() -> StyleSheet:
    """Read what results of calculators and searches have beside the style of public forms."""
    return read_style(_WEB / "css" / "results.css")


def list_style() -> StyleSheet:
    """Read what pages of a begun form and of a case have beside that: lists, answers, history."""
    return read_style(_WEB / "css" / "lists.css")


def receipt_style() -> StyleSheet:
    """Read what receipts have beside the style of public forms: codes to scan, their proof."""
    return read_style(_WEB / "css" / "receipts.css")


def staff_style() -> StyleSheet:
    """Read the style of the workbench."""
    own = (THEME / "css" / "tokens.css", _WEB / "css" / "staff.css")
    return read_style(*own, before=write_colours())


def icon_in_the_page() -> str:
    """Return the seal as a data address: a form page asks for nothing besides itself."""
    drawing = (THEME / "assets" / "seal.svg").read_text("utf-8").strip()
    return f"data:image/svg+xml,{quote(drawing)}"


def register_theme(app: Flask, centre: Centre, style: StyleSheet) -> None:
    """Give an app the shared templates and what they show."""
    own = app.jinja_loader
    shared = FileSystemLoader([_WEB / "templates", THEME])
    app.jinja_loader = ChoiceLoader([own, shared] if own else [shared])
    app.jinja_env.globals.update(
        centre=centre,
        style=style.text,
        icon=icon_in_the_page(),
        group_code=group_code,
        menu=list_menu(),
        footer_links=list_footer_links(),
    )
    app.jinja_env.filters.update(
        day=format_date,
        moment=format_time,
        local_day=local_date,
        stamp=_stamp,
        size=show_size,
        yuan=format_yuan,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def who_looks() -> dict[str, bool]:
        return {"elder": wants_large_type()}

    @app.after_request
    def keep_asked_size(response: Response) -> Response:
        if (asked := asks_type_size()) is not None:
            keep_type_size(response, large=asked)
        return response


def _stamp(text: str) -> str:
    return format_time(datetime.fromisoformat(text))


def note_type_size(button: str) -> None:
    """Note whether the button that sent a form turns 长者模式 on or off, or neither."""
    g.asked_type_size = _SWITCHES.get(button)


def asks_type_size() -> bool | None:
    """Tell what the form was sent for: to turn 长者模式 on or off, or None for neither."""
    asked: bool | None = g.get("asked_type_size")
    return asked


def wants_large_type() -> bool:
    """Tell whether the visitor has turned on 长者模式."""
    asked = asks_type_size()
    return request.cookies.get(ELDER) == "1" if asked is None else asked


def keep_type_size(response: BaseResponse, *, large: bool) -> None:
    """Let the browser keep for a year whether 长者模式 is on."""
    if large:
        response.set_cookie(ELDER, "1", max_age=_YEAR, samesite="Lax", httponly=True)
    else:
        response.delete_cookie(ELDER)
