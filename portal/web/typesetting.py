"""Setting a page of the portal as PDF while somebody waits for it.

A page takes some hundredths of a second; at most two are set at once. Texts reach the templates
as data, never as Typst. A sign that no font has becomes a gap, and the paper says where, so that
it is written in by hand: nobody signs a ☒.
"""

import json
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import typst
from flask import Response, make_response

from portal.web.edge import Answer
from portal.web.problem_pages import show_problem
from site_src.centre import Centre
from site_src.errors import SiteProblem
from site_src.printouts.cards import SERIF_FAMILIES, choose_fonts
from site_src.printouts.glyphs import find_missing, leave_gaps, load_fonts

TEMPLATES = Path(__file__).parent / "print"
_AT_ONCE = 2
_PATIENCE = 5.0
_AROUND = ".{{0,6}}[{}].{{0,6}}"
"""What is quoted of a text with a gap, so that it is found on the paper."""
_turns = BoundedSemaphore(_AT_ONCE)
_log = logging.getLogger("portal")


class CannotPrint(Exception):  # noqa: N818 (the machine lacks something, nobody did anything wrong)
    """No PDF can be made now; the message says to the reader what to do."""


@lru_cache(maxsize=1)
def _families() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Choose the fonts of screens and forms, and those of papers for an office, in their order."""
    there = load_fonts().families()
    sans = choose_fonts(there)
    return sans, (*(family for family in SERIF_FAMILIES if family in there), *sans)


def typeset(name: str, centre: Centre, data: Mapping[str, Any]) -> bytes:
    """Make the PDF that a template of portal/web/print makes of the data. CannotPrint."""
    try:
        sans, serif = _families()
    except SiteProblem as problem:
        _log.error("%s", problem)
        raise CannotPrint(
            "这里现在做不出 PDF（缺中文字体，已经记下来了）。请先截图，或者用浏览器的“打印”。"
        ) from None
    inputs = {"centre": asdict(centre) | {"towns": []}, "fonts": sans, "serif": serif, **data}
    if not _turns.acquire(timeout=_PATIENCE):
        raise CannotPrint("现在做 PDF 的人多。请过一会儿再点一次。")
    try:
        return typst.compile(
            TEMPLATES / f"{name}.typ",
            root=TEMPLATES,
            font_paths=load_fonts(),
            sys_inputs={"data": _write_drawable(inputs)},
            format="pdf",
        )
    finally:
        _turns.release()


def _write_drawable(inputs: Mapping[str, Any]) -> str:
    """Write the inputs as JSON with gaps for what cannot be drawn; `gaps` says where they are."""
    text = json.dumps({**inputs, "gaps": find_gaps(inputs)}, ensure_ascii=False)
    return leave_gaps(text, find_missing(text))


def find_gaps(inputs: object) -> list[str]:
    """Quote a few words around everything that cannot be drawn, with gaps as on the paper."""
    texts = list(_texts_in(inputs))
    missing = find_missing("".join(texts))
    if not missing:
        return []
    signs = re.compile(_AROUND.format(re.escape("".join(sorted(missing)))), re.DOTALL)
    around = dict.fromkeys(found for text in texts for found in signs.findall(text))
    return [leave_gaps(" ".join(one.split()), missing) for one in around]


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts_in(one)
    elif isinstance(value, Sequence):
        for one in value:
            yield from _texts_in(one)


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
