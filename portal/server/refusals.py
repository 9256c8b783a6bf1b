"""What the server says by itself, when a request is refused before any app has seen it."""

from typing import Any

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from site_src.centre import Centre

_HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
]
_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>没有收下</title></head><body>
<h1>没有收下</h1>
<p>传来的东西太大，或者网断了一下，没有存。请返回上一页：传照片的，换一张小于 10 MB 的再传；\
填表的，再点一次按钮。之前存好的都还在。</p>
<p>也可以打电话 <a href="tel:{hotline}">{hotline}</a>，或者到窗口来：{address}。</p>
</body></html>
"""


def error_pages(centre: Centre) -> type[HTTPChannel]:
    """Make connections whose refusals say in plain words what to do and whom to call."""
    page = _PAGE.format(hotline=centre.hotline, address=centre.address).encode()

    class SpeakingTask(ErrorTask):
        def execute(self) -> None:
            request: Any = self.request  # the types of waitress do not know that it has an error
            self.status = f"{request.error.code} {request.error.reason}"
            self.response_headers = [*self.response_headers, *_HEADERS]
            self.set_close_on_finish()
            self.content_length = len(page)
            self.write(page)

    class SpeakingChannel(HTTPChannel):
        error_task_class = SpeakingTask

    return SpeakingChannel
