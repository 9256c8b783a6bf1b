"""Where a visitor came from, and which page of ours leads back there."""

from urllib.parse import SplitResult, quote, unquote, urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect


def split_address(text: str) -> SplitResult:
    """Split an address that a browser named; no parts if it makes no sense."""
    try:
        return urlsplit(text)
    except ValueError:
        return urlsplit("")


def address_here() -> str:
    """Return the address that was asked for, path and question, as a link writes it."""
    path = quote(request.script_root + request.path)
    return f"{path}?{_as_link(request.query_string.decode('latin-1'))}".removesuffix("?")


def _as_link(address: str) -> str:
    return quote(address, safe="/?&=%+:;,@!$'()*~-._")


def came_from() -> str:
    """Return path and question of the page of ours that led here; empty if it was none."""
    page = split_address(request.referrer or "")
    if page.netloc != request.host or not page.path.startswith("/") or page.path[:2] == "//":
        return ""
    return _as_link(f"{page.path}?{page.query}" if page.query else page.path)


def way_back() -> str:
    """Return the page of ours on which the visitor was; empty if it cannot be told.

    Not the one that he asked for just now, and none that only takes forms.
    """
    led = came_from()
    path = split_address(led).path
    if path in {"", _opened()} or not _pattern_of(path) or _only_takes_forms(path):
        return ""
    return led


def page_above() -> str:
    """Return the nearest page of this app at the address that was asked for, or above it; empty
    if there is none but the first."""
    path = address_here().partition("?")[0].rstrip("/")
    ends = (end for end in range(len(path), 0, -1) if path[end : end + 1] in {"", "/"})
    above = (path[:end] for end in ends)
    passed_over = {_opened(), request.script_root, ""}
    return next((one for one in above if one not in passed_over and _is_own(_pattern_of(one))), "")


def _opened() -> str:
    return address_here().partition("?")[0] if request.method == "GET" else ""


def _is_own(pattern: str) -> bool:
    """Tell whether a pattern is of just such addresses, not of whatever there may be."""
    return bool(pattern) and "<path:" not in pattern


def _only_takes_forms(path: str) -> bool:
    return not _is_own(_pattern_of(path)) and _is_own(_pattern_of(path, "POST"))


def _pattern_of(path: str, method: str = "GET") -> str:
    """Return the pattern of the route that answers an address; empty if there is none."""
    routes = current_app.url_map.bind_to_environ(request.environ)
    own = unquote(path).removeprefix(request.script_root)
    try:
        rule, _ = routes.match(own, method, return_rule=True)
    except RequestRedirect as moved:
        return moved.new_url
    except HTTPException:
        return ""
    return rule.rule
