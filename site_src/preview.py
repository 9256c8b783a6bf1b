"""`bangfu site serve`: the site while it is being written, on this machine only.

The preview is built in a folder of its own, so the live site is never touched, and the script
that reloads the page is put in as the page is served, so it never gets into a site.
"""

import html
import logging
import socket
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer

from site_src.build import Say, build_site
from site_src.checks import PORTAL_ADDRESS
from site_src.errors import SiteProblem
from site_src.memory import Memory
from site_src.robots import PRIVATE

HOST = "127.0.0.1"
_CLOSED = "这是预览，办不了事。申请、咨询、查进度、搜索，要等网站生成以后用 bangfu serve 打开。"
WSGIApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass
class PreviewState:
    """What the last build had to complain of, nothing if it went well; and what it remembers."""

    problems: tuple[str, ...] = ()
    memory: Memory = field(default_factory=Memory)


def serve_preview(root: Path, port: int, say: Say) -> None:
    """Build, serve, and build again at every change until interrupted.

    Raises OSError if the port is taken.
    """
    require_free(port)
    state = PreviewState()
    with tempfile.TemporaryDirectory(prefix="bangfu-preview-") as folder:
        scratch = Path(folder)
        borrow_content(root, scratch)
        server = LiveReloadServer(
            lambda: rebuild(scratch, state, say), HOST, port, str(scratch / "build" / "site")
        )
        server.error_handler = lambda _: page_without_site(state.problems)
        server.set_app(add_notes(server.serve_request, state))
        for watched in (root / "content", root / "build" / "public-data"):
            if watched.is_dir():
                server.watch(str(watched))
        logging.getLogger("mkdocs.livereload").setLevel(logging.ERROR)
        rebuild(scratch, state, say)
        say(f"在浏览器里打开 http://{HOST}:{port}/ 。按 Ctrl+C 停止。")
        try:
            server.serve()  # type: ignore[no-untyped-call]
        finally:
            server.shutdown()


def require_free(port: int) -> None:
    """Raise OSError before anything is built if another program listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((HOST, port))


def borrow_content(root: Path, scratch: Path) -> None:
    """Lend the content and the published data to a folder with a build of its own."""
    (scratch / "content").symlink_to(root / "content")
    (scratch / "build").mkdir()
    (scratch / "build" / "public-data").symlink_to(root / "build" / "public-data")


def rebuild(scratch: Path, state: PreviewState, say: Say) -> None:
    """Build once; what is wrong is said and remembered, and the pages before it stay."""
    try:
        report = build_site(scratch, lambda _: None, memory=state.memory)
    except SiteProblem as problem:
        state.problems = problem.problems
        say("\n".join(["还不能换成新的：", *problem.problems]))
    else:
        state.problems = ()
        say(f"换成新的了：{report.pages} 页。")


def add_notes(inner: WSGIApp, state: PreviewState) -> WSGIApp:
    """Answer for the portal, which is not there, and put the last problems on top of each page."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if PORTAL_ADDRESS.fullmatch(path) or f"/{path.split('/')[1]}" in PRIVATE:
            body = simple_page("这里看不到", [_CLOSED]).encode()
            start_response("200 OK", [("Content-Type", "text/html"), length_of(body)])
            return [body]
        started: list[tuple[str, list[tuple[str, str]]]] = []
        body = b"".join(inner(environ, lambda *given: started.append(given)))
        status, headers = started[0]
        if state.problems and ("Content-Type", "text/html") in headers:
            note = show_problems(state.problems).encode()
            body = body.replace(b"<main", note + b"<main", 1)
        kept = [header for header in headers if header[0] != "Content-Length"]
        start_response(status, [*kept, length_of(body)])
        return [body]

    return answer


def length_of(body: bytes) -> tuple[str, str]:
    """Return the header with the body's length."""
    return "Content-Length", str(len(body))


def show_problems(problems: Iterable[str]) -> str:
    """Make the box that stands above a page that could not be renewed."""
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in problems)
    title = "<p class=admonition-title>还不能换成新的，下面是上一次的样子</p>"
    return f"<div class=wrap role=alert><div class=admonition>{title}{lines}</div></div>"


def page_without_site(problems: Iterable[str]) -> bytes:
    """Make what stands where there is no page: the problems, or that it leads nowhere."""
    lines = list(problems)
    if not lines:
        return simple_page("没有这一页", ["网址可能打错了。"]).encode()
    return simple_page("还没有网页可看，请先改好这些", lines, again=2).encode()


def simple_page(title: str, lines: Iterable[str], again: int = 0) -> str:
    """Make a short page; `again` is after how many seconds the browser asks anew."""
    refresh = f'<meta http-equiv="refresh" content="{again}">' if again else ""
    text = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">{refresh}'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title></head><body><h1>{title}</h1>{text}<p><a href="/">回首页</a></p>'
        "</body></html>"
    )
