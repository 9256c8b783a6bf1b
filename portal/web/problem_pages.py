"""What an app answers when something cannot be done: a page like all others, and the way on."""

import logging
import secrets
import traceback

from flask import Flask, Response, current_app, g, make_response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from portal.domain.documents.document_types import LARGEST_UPLOAD
from portal.domain.rosters.roster import LARGEST_LIST
from portal.domain.shared.errors import NotAllowed, NotFound
from portal.domain.shared.text_cleaning import clean_text
from portal.operations.failures import DISK_FULL, STORE_FAILURES
from portal.operations.rate_limits import TooMany
from portal.web.addresses import address_here, page_above, way_back
from portal.web.guards import TOKEN, largest_body

_CALL = "急的话请打电话，或者到窗口来办。"
_WORDS = {
    400: (
        "没有办成",
        "这一页可能放得太久了。请返回刚才那一页，再点一次。",
        "还是不行，可能是浏览器关掉了 Cookie：请打开它再试，或者打电话来办。",
    ),
    403: ("这一步现在不能办", "请从本站的页面里点进来再办。"),
    404: ("没有找到这一页", "网址可能写错了，也可能这一页已经搬走了。"),
    405: ("这个地址不能直接打开", "请从刚才那一页，或者从首页点进去。"),
    408: ("网太慢，没有收全", "请换一个信号好的地方，再提交一次。"),
    411: ("没有收全", "请返回刚才那一页，换一个浏览器，再提交一次。"),
    413: ("写得太长，没有存", "请按返回键，写短一些，再提交一次。"),
    429: ("现在点得太多，要等一会儿", "请过一会儿再试。", _CALL),
    431: ("浏览器带来的东西太多，打不开", "请在浏览器里清掉本站的 Cookie，再打开一次。"),
    500: ("出了点问题，是我们这边的", "请过一会儿再试。", _CALL),
    503: ("现在存不下来，是我们这边的问题", "请过一会儿再试。", _CALL),
}
"""Title and sentences for each status; a status without a row takes that of its hundred."""
_TOO_LARGE = {
    LARGEST_UPLOAD: (
        "照片太大，没有传成功",
        "请换一张小于 10 MB 的。一次选了几张的，请分几次传，一次加起来要小于 30 MB。",
        "之前填的、传好的都还在。",
    ),
    LARGEST_LIST: (
        "名单太大，没有传成功",
        "名单要小于 1 MB。请只留名单，去掉图片和别的内容，再传一次。",
        "之前填的、传好的都还在。",
    ),
}
_PASSING = frozenset({408, 429, 500, 503})
"""Statuses that may be over in a while: the same can be tried again."""
_log = logging.getLogger("portal")


def show_problem(
    status: int, remedy: str = "", incident: str = "", title: str = ""
) -> tuple[str, int]:
    """Render a page that says what is wrong and what to do; nothing that was typed is lost."""
    usual_title, *usual = _TOO_LARGE.get(_largest(), _WORDS[413]) if status == 413 else _row(status)
    page = render_template(
        "problem.html",
        title=title or usual_title,
        remedies=[remedy] if remedy else usual,
        incident=incident,
        status=status,
        here=address_here(),
        again=status in _PASSING and request.method == "GET",
        typed=_typed() if status in _PASSING else [],
        way_back=way_back(),
        page_above=page_above(),
    )
    return page, status


def _row(status: int) -> tuple[str, ...]:
    return _WORDS.get(status) or _WORDS[500 if status >= 500 else 400]


def _largest() -> int:
    return largest_body(current_app, request.endpoint)


def _typed() -> list[tuple[str, str]]:
    """List what was typed into the form that came here, to be sent again as it is.

    Nothing of a form that may be another site's, of one with a photo, which no page can give
    back, or with a password.
    """
    if request.method != "POST" or not g.get("token_fits") or request.files:
        return []
    typed = [
        (clean_text(name), clean_text(text, multi_line=True))
        for name, text in request.form.items(multi=True)
        if name != TOKEN
    ]
    return [] if any("password" in name for name, _ in typed) else typed


def handle_errors(app: Flask) -> None:
    """Let an app answer whatever goes wrong with such a page."""

    @app.errorhandler(HTTPException)
    def http_problem(error: HTTPException) -> Response:
        response = make_response(show_problem(error.code or 500))
        if isinstance(error, MethodNotAllowed):
            response.allow.update(error.valid_methods or ())
        return response

    @app.errorhandler(NotFound)
    def not_found(error: NotFound) -> tuple[str, int]:
        return show_problem(404)

    @app.errorhandler(NotAllowed)
    def not_allowed(error: NotAllowed) -> tuple[str, int]:
        return show_problem(403, f"{error}。")

    @app.errorhandler(TooMany)
    def too_many(error: TooMany) -> tuple[str, int]:
        return show_problem(error.status, str(error))

    for failure in STORE_FAILURES:
        app.register_error_handler(failure, _store_failed)

    @app.errorhandler(OSError)
    def machine_failed(error: OSError) -> tuple[str, int]:
        return show_problem(503 if error.errno in DISK_FULL else 500, incident=log_failure(error))

    @app.errorhandler(Exception)
    def failed(error: Exception) -> tuple[str, int]:
        return show_problem(500, incident=log_failure(error))


def _store_failed(error: Exception) -> tuple[str, int]:
    return show_problem(503, incident=log_failure(error))


def log_failure(error: Exception) -> str:
    """Log where an error came from, without its message, which may hold what somebody typed."""
    incident = secrets.token_hex(4)
    where = "".join(traceback.format_tb(error.__traceback__))
    _log.error("incident %s: %s at %s\n%s", incident, type(error).__name__, request.endpoint, where)
    return incident
