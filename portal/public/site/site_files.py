"""Serving the generated site, in large type for those who asked for it."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from posixpath import normpath
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    make_response,
    redirect,
    request,
    send_from_directory,
)
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from portal.web.guards import ANYBODY, guarded
from portal.web.problem_pages import show_problem
from portal.web.theme import wants_large_type

_PLAIN, _LARGE = b'<html lang="zh-CN">', b'<html lang="zh-CN" class="elder">'

_PRIVATE = frozenset({"csp.json", "search.sqlite", "search.sqlite-journal", "redirects.json"})


def site_policy(root: Path, address: str) -> str:
    """Return the content policy of a page: the inline styles of this generation of the site, and
    the script that it lists for this address, if there is one."""
    file = root / "csp.json"
    policy = _read_json(file, file.stat().st_mtime_ns)
    scripts = policy.get("script-src", {}).get(address, ["'none'"])
    return (
        f"default-src 'none'; script-src {' '.join(scripts)}; "
        f"style-src 'self' {' '.join(policy['style-src'])}; "
        "img-src 'self' data:; media-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def moved_pages(root: Path) -> Mapping[str, str]:
    """Read old and new addresses of the site, with slashes at both ends; none without the file."""
    file = root / "redirects.json"
    try:
        return _read_json(file, file.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}


@lru_cache(maxsize=4)
def _read_json(file: Path, _: int) -> Mapping[str, Any]:
    # A build that only renews pages writes the file anew in the same folder.
    content: Mapping[str, Any] = json.loads(file.read_text("utf-8"))
    return content


def serve_site(site: Path) -> Blueprint:
    """Build the routes of the generated pages; `site` is followed anew at every request."""
    routes = Blueprint("site", __name__)

    @routes.get("/", defaults={"path": ""})
    @routes.get("/<path:path>")
    @guarded(ANYBODY)
    def page(path: str) -> BaseResponse | tuple[str, int]:
        root = site.resolve()
        if normpath(path) in _PRIVATE:  # as send_from_directory will read it
            abort(404)
        if not (root / "index.html").is_file():
            return show_problem(503, "网站还没有生成。请管理员运行 bangfu site build。")
        if new := moved_pages(root).get(f"/{path.rstrip('/')}/"):
            return _redirect_to(new)
        name = f"{path}index.html" if path == "" or path.endswith("/") else path
        try:
            response = make_response(send_from_directory(root, name, conditional=False))
        except NotFound:
            if (root / path / "index.html").is_file():
                return _redirect_to(f"/{path}/")
            raise
        return _add_headers(response, root, f"/{path}")

    return routes


def _redirect_to(address: str) -> BaseResponse:
    """Redirect for good to another address of the site; what the link carries goes along."""
    query = request.query_string.decode("utf-8", "replace")
    return redirect(f"{address}?{query}" if query else address, 301)


def _add_headers(response: Response, root: Path, address: str) -> Response:
    response.headers["Content-Security-Policy"] = site_policy(root, address)
    if response.mimetype == "text/html":
        response.headers["Cache-Control"] = "no-cache"
        response.vary.add("Cookie")
        if wants_large_type():
            _enlarge(response)
    else:
        response.headers["Cache-Control"] = "public, max-age=3600"
    response.make_conditional(request)
    return response


def _enlarge(response: Response) -> None:
    tag, _ = response.get_etag()
    response.direct_passthrough = False
    response.set_data(response.get_data().replace(_PLAIN, _LARGE, 1))
    response.set_etag(f"large-{tag}")
