"""Serving the generated site, in large type for those who asked for it."""

import json
from functools import lru_cache
from pathlib import Path

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

from portal.web.edge import show_problem
from portal.web.guards import ANYBODY, guarded
from portal.web.look import wants_large_type

_PLAIN, _LARGE = b'<html lang="zh-CN">', b'<html lang="zh-CN" class="elder">'

_PRIVATE = frozenset({"csp.json", "search.json"})


@lru_cache(maxsize=4)
def site_policy(root: Path) -> str:
    """The content policy of a generation of the site: only the inline styles that it lists."""
    sources = json.loads((root / "csp.json").read_text("utf-8"))["style-src"]
    return (
        f"default-src 'none'; script-src 'none'; style-src 'self' {' '.join(sources)}; "
        "img-src 'self' data:; media-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def serve_site(site: Path) -> Blueprint:
    """The routes of the generated pages; `site` is followed anew at every request."""
    routes = Blueprint("site", __name__)

    @routes.get("/", defaults={"path": ""})
    @routes.get("/<path:path>")
    @guarded(ANYBODY)
    def page(path: str) -> BaseResponse | tuple[str, int]:
        root = site.resolve()
        if path in _PRIVATE:
            abort(404)
        if not (root / "index.html").is_file():
            return show_problem(503, "网站还没有生成。请管理员运行 bangfu site build。")
        name = f"{path}index.html" if path == "" or path.endswith("/") else path
        try:
            response = make_response(send_from_directory(root, name, conditional=False))
        except NotFound:
            if (root / path / "index.html").is_file():
                return redirect(f"/{path}/", 301)
            raise
        return _finished(response, root)

    return routes


def _finished(response: Response, root: Path) -> Response:
    response.headers["Content-Security-Policy"] = site_policy(root)
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
