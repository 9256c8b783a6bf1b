"""Pages go out compressed: on a slow phone the bytes are the waiting time.

Compression can give away a secret only on a page that also repeats what another site made the
browser send (BREACH). Posts from other sites are refused at the edge, and no page with a secret
repeats its query string.
"""

import gzip

from flask import Flask, Response, request

_SMALLEST = 800
_LEVEL = 6


def compress_pages(app: Flask) -> None:
    """Compress every HTML answer for browsers that take gzip."""

    @app.after_request
    def compress(response: Response) -> Response:
        if response.mimetype != "text/html" or response.status_code in {204, 304}:
            return response
        response.vary.add("Accept-Encoding")
        if request.method == "HEAD" or not request.accept_encodings["gzip"]:
            return response
        response.direct_passthrough = False
        page = response.get_data()
        if len(page) < _SMALLEST:
            return response
        response.set_data(gzip.compress(page, _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        tag, _ = response.get_etag()
        if tag:
            response.set_etag(tag, weak=True)
        return response
