"""Setting a page of the portal as PDF while somebody waits for it.

A page takes some hundredths of a second; at most two are set at once. Texts reach the templates
as data, never as Typst.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import typst
from flask import Response, make_response

from portal.web.edge import Answer, show_problem
from site_src.centre import Centre
from site_src.errors import SiteProblem
from site_src.printouts.cards import choose_fonts

TEMPLATES = Path(__file__).parent / "print"
_AT_ONCE = 2
_PATIENCE = 5.0
_turns = BoundedSemaphore(_AT_ONCE)
_log = logging.getLogger("portal")


class CannotPrint(Exception):  # noqa: N818 (the machine lacks something, nobody did anything wrong)
    """No PDF can be made now; the message says to the reader what to do."""


@lru_cache(maxsize=1)
def _fonts() -> tuple[typst.Fonts, tuple[str, ...]]:
    fonts = typst.Fonts()
    return fonts, choose_fonts(fonts.families())


def typeset(name: str, centre: Centre, data: Mapping[str, Any]) -> bytes:
    """Make the PDF that a template of portal/web/print makes of the data. CannotPrint."""
    try:
        fonts, families = _fonts()
    except SiteProblem as problem:
        _log.error("%s", problem)
        raise CannotPrint(
            "这里现在做不出 PDF（缺中文字体，已经记下来了）。请先截图，或者用浏览器的“打印”。"
        ) from None
    inputs = {"centre": asdict(centre) | {"towns": []}, "fonts": families, **data}
    if not _turns.acquire(timeout=_PATIENCE):
        raise CannotPrint("现在做 PDF 的人多。请过一会儿再点一次。")
    try:
        return typst.compile(
            TEMPLATES / f"{name}.typ",
            root=TEMPLATES,
            font_paths=fonts,
            sys_inputs={"data": json.dumps(inputs, ensure_ascii=False)},
            format="pdf",
        )
    finally:
        _turns.release()


def send_file(content: bytes | str, media_type: str, name: str) -> Response:
    """Send a file to keep. `name` has only signs that every system takes."""
    response = make_response(content)
    response.content_type = media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def send_pdf(template: str, centre: Centre, data: Mapping[str, Any], name: str) -> Answer:
    """Send the PDF as a file to keep; a page that says what to do if it cannot be made."""
    try:
        return send_file(typeset(template, centre, data), "application/pdf", name)
    except CannotPrint as problem:
        return show_problem(503, str(problem))
