"""Rules at the edge of both apps: host, size, origin, form tokens, response headers, errors."""

import logging
import secrets
import traceback
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import SplitResult, urlsplit

from flask import (
    Flask,
    Request,
    Response,
    abort,
    current_app,
    g,
    make_response,
    render_template,
    request,
)
from flask_wtf.csrf import generate_csrf, validate_csrf
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse
from wtforms.validators import ValidationError

from portal.domain.documents.document_types import LARGEST_UPLOAD
from portal.domain.rosters.roster import LARGEST_LIST
from portal.domain.shared.errors import NotAllowed, NotFound
from portal.operations.failures import DISK_FULL, STORE_FAILURES
from portal.operations.rate_limits import TooMany, network_of
from portal.web.guards import USUAL_BODY, largest_body, reshows_form
from portal.web.multipart import read_names_in_any_code

_SAFE = frozenset({"GET", "OPTIONS"})
TOKEN = "csrf_token"  # noqa: S105 (the name of a form field)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
_log = logging.getLogger("portal")
PHOTO_TOO_LARGE = (
    "照片太大，要小于 10 MB，没有传上来。请返回，重新拍一张，或者把照片改小一些再传。"
    "之前填的、传的都还在。"
)
LIST_TOO_LARGE = (
    "名单太大，要小于 1 MB，没有传上来。请返回，只留名单，去掉图片和别的内容，再传一次。"
    "之前填的、传的都还在。"
)
_TOO_LARGE = {LARGEST_UPLOAD: PHOTO_TOO_LARGE, LARGEST_LIST: LIST_TOO_LARGE}


class HeadAsGet(Request):
    """A request of which a view sees HEAD as GET: what only asks for headers must not act.

    A view that tells a form from a visit by the method would take HEAD for a form.
    """

    def __init__(self, environ: Any, populate_request: bool = True, shallow: bool = False) -> None:
        super().__init__(environ, populate_request, shallow)
        if self.method == "HEAD":
            self.method = "GET"


Answer = BaseResponse | str | tuple[str, int]
"""What a view gives back."""


def content_policy(style_hashes: Iterable[str], *script_hashes: str, sends: bool = False) -> str:
    """Write the content security policy of a page whose style sheets, and its scripts if it has
    any, are written into it. `sends`: a script looks at a picked photo and sends it to us."""
    styles = " ".join(f"'{one}'" for one in style_hashes)
    scripts = " ".join(f"'{one}'" for one in script_hashes or ("none",))
    pictures, sending = (" blob:", "connect-src 'self'; ") if sends else ("", "")
    return (
        f"default-src 'none'; script-src {scripts}; "
        f"style-src {styles}; img-src 'self' data:{pictures}; {sending}"
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def harden(app: Flask, *, cookie: str, hosts: frozenset[str], key: bytes, policy: str) -> None:
    """Put an app behind the edge rules. `hosts` are the names it answers to, without port."""
    app.config.update(
        SECRET_KEY=key,
        SESSION_COOKIE_NAME=f"__Host-{cookie}",
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_CONTENT_LENGTH=USUAL_BODY,
        MAX_FORM_MEMORY_SIZE=USUAL_BODY,
        MAX_FORM_PARTS=200,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.request_class = HeadAsGet
    read_names_in_any_code()
    app.jinja_env.autoescape = True
    app.jinja_env.globals["form_token"] = generate_csrf
    app.before_request(_require_host(hosts))
    app.before_request(_allow_size)
    app.before_request(_require_own_origin)
    app.after_request(_add_headers(policy))
    _handle_errors(app)


def split_address(text: str) -> SplitResult:
    """Split an address that a browser named; no parts if it makes no sense."""
    try:
        return urlsplit(text)
    except ValueError:
        return urlsplit("")


def caller_network() -> str:
    """Name whom the limits count this request under."""
    return network_of(request.remote_addr or "")


def _require_host(hosts: frozenset[str]) -> Callable[[], None]:
    def require_host() -> None:
        if (split_address(f"//{request.host}").hostname or "") not in hosts:
            abort(400)

    return require_host


def _allow_size() -> None:
    # Before the form is read: looking for its token reads all that was sent.
    request.max_content_length = largest_body(current_app, request.endpoint)


def _require_own_origin() -> None:
    """Refuse what another site sends, and a form whose token does not fit.

    Only a view that declares so may have such a form, to show it again, filled in.
    """
    g.token_fits = True
    if request.method in _SAFE:
        return
    if request.content_length is None:
        abort(411)
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site not in {"same-origin", "none"}:
        abort(403)
    if site is None and origin is not None:
        sender = split_address(origin)
        if (sender.scheme, sender.netloc) != (request.scheme, request.host):
            abort(403)
    try:
        validate_csrf(request.form.get(TOKEN))
    except ValidationError:
        g.token_fits = False
        if not reshows_form(current_app, request.endpoint):
            abort(400)


def _add_headers(policy: str) -> Callable[[Response], Response]:
    def add_headers(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", policy)
        headers.setdefault("Cache-Control", "no-store")
        headers.update(_HEADERS)
        if request.is_secure:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        return response

    return add_headers


_WORDS = {
    400: (
        "没有办成",
        "这一页可能放得太久了，请回到上一页，刷新一下，再点一次。"
        "还是不行，请看看浏览器是不是关掉了 Cookie，或者打电话来办。",
    ),
    403: ("这一步现在不能办", "请从本站的页面里点进来再办。"),
    404: ("没有找到这一页", "网址可能写错了，也可能这一页已经搬走了。"),
    405: ("这个地址不能直接打开", "请从首页点进去。"),
    411: ("没有收全", "请返回上一页，换一个浏览器，再提交一次。"),
    413: ("内容太多了，没有存", "请返回上一页，写短一些，再提交一次。"),
    429: ("试得太多了", "请过一会儿再试。"),
    500: ("出了点问题，是我们这边的", "请过一会儿再试。您也可以打电话或者到窗口来办。"),
    503: ("现在存不下来，是我们这边的问题", "请过一会儿再试。您也可以打电话或者到窗口来办。"),
}


def show_problem(
    status: int, remedy: str = "", incident: str = "", title: str = ""
) -> tuple[str, int]:
    """Render a page that says what is wrong and what to do."""
    usual_title, usual = _WORDS.get(status, _WORDS[500])
    page = render_template(
        "problem.html",
        title=title or usual_title,
        remedy=remedy or usual,
        incident=incident,
        status=status,
    )
    return page, status


def _handle_errors(app: Flask) -> None:
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

    @app.errorhandler(RequestEntityTooLarge)
    def too_large(error: RequestEntityTooLarge) -> tuple[str, int]:
        largest = largest_body(current_app, request.endpoint)
        return show_problem(413, _TOO_LARGE.get(largest, ""))

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
