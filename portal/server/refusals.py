"""What the server says by itself, when a request is refused before any app has seen it.

The app says it: its page for this status has the layout, the headers and the way back.
"""

from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask
from waitress.utilities import RequestEntityTooLarge

from portal.web.edge import REFUSED
from site_src.centre import Centre

_MOST_LISTENED_TO = 256 * 1024 * 1024
"""Bytes of a body that is too large which are still heard out: a browser that is cut off while it
sends shows a page of its own."""
_UNKNOWN = {"command": "GET", "path": "/", "query": "", "request_uri": "/", "url_scheme": "http"}
"""What stands for the parts of a head that could not be read."""
_LAST_WORDS = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>出了点问题</title></head><body>
<h1>出了点问题，是我们这边的</h1>
<p>请返回上一页，过一会儿再点一次。之前存好的都还在。</p>
<p>也可以打电话 <a href="tel:{hotline}">{hotline}</a>，或者到窗口来：{address}。</p>
</body></html>
"""
_LAST_HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
]


class PatientParser(HTTPRequestParser):
    """Reads a body that is too large to its end, keeps nothing of it, and refuses it then."""

    left_to_hear = 0

    def received(self, data: bytes) -> int:
        """Take the next piece; returns how much of it belongs to this request."""
        if self.left_to_hear:
            heard = min(len(data), self.left_to_hear)
            self.left_to_hear -= heard
            self.completed = not self.left_to_hear
            return heard
        consumed = int(super().received(data))
        is_too_large = isinstance(self.error, RequestEntityTooLarge) and not self.chunked
        if is_too_large and 0 < self.content_length <= _MOST_LISTENED_TO:
            self.left_to_hear, self.completed = self.content_length, False
        return consumed


class RefusedTask(WSGITask):
    """Answers a refused request with the page of the app, and closes the connection."""

    last_words = b""

    def get_environment(self) -> dict[str, Any]:
        """Return what the app may know of the request: its head, so far as it could be read."""
        request: Any = self.request  # the types of waitress do not know that it has an error
        for name, value in _UNKNOWN.items():
            if not hasattr(request, name):
                setattr(request, name, value)
        environ: dict[str, Any] = super().get_environment()
        return environ | {REFUSED: request.error.code, "CONTENT_LENGTH": "0"}

    def execute(self) -> None:
        """Send the page; a plain one, if the app itself has failed."""
        self.set_close_on_finish()
        try:
            super().execute()
        except Exception:
            if self.wrote_header:
                raise
            self.status, self.complete = "500 Internal Server Error", True
            self.response_headers = [("Connection", "close"), *_LAST_HEADERS]
            self.content_length = len(self.last_words)
            self.write(self.last_words)


def answer_refusals(centre: Centre) -> type[HTTPChannel]:
    """Make connections whose refusals say in plain words what to do and whom to call."""
    words = _LAST_WORDS.format(hotline=centre.hotline, address=centre.address)

    class SpeakingTask(RefusedTask):
        last_words = words.encode()

    class SpeakingChannel(HTTPChannel):
        parser_class = PatientParser
        error_task_class: Any = SpeakingTask

    return SpeakingChannel
