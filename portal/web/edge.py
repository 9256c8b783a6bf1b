"""Rules at the edge of both apps: host, size, origin, form tokens, response headers."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import (
    Flask,
    Request,
    Response,
    abort,
    current_app,
    g,
    request,
)
from flask_wtf.csrf import generate_csrf, validate_csrf
from werkzeug.wrappers import Response as BaseResponse
from wtforms.validators import ValidationError

from portal.operations.rate_limits import network_of
from portal.web.addresses import split_address
from portal.web.guards import TOKEN, USUAL_BODY, largest_body, reshows_form
from portal.web.multipart import read_names_in_any_code
from portal.web.problem_pages import handle_errors

REFUSED = "bangfu.refused"
"""Key of the environment under which the server says with which status it refuses a request."""
_SAFE = frozenset({"GET", "OPTIONS"})
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}


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
    app.before_request(_answer_refused)
    app.before_request(_require_host(hosts))
    app.before_request(_allow_size)
    app.before_request(_require_own_origin)
    app.after_request(_add_headers(policy))
    handle_errors(app)


def caller_network() -> str:
    """Name whom the limits count this request under."""
    return network_of(request.remote_addr or "")


def _answer_refused() -> None:
    """Say what is wrong with a request that the server refuses: it comes here without its body."""
    if status := request.environ.get(REFUSED):
        abort(int(status))


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
