"""A request that is refused before the app sees it, while the app itself fails: a page still."""

import socket
from collections.abc import Iterator
from threading import Thread
from typing import Any, NoReturn

import pytest
from waitress.server import create_server

from portal.server.refusals import answer_refusals
from portal.settings.config import read_centre
from tests.support.newsroom import REPOSITORY

TOO_LONG = b"GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + b"a" * 4096 + b"\r\n\r\n"


def fail(*_: object) -> NoReturn:
    """An app in which nothing works any more."""
    raise OSError("the disk is gone")


@pytest.fixture
def listening() -> Iterator[tuple[str, int]]:
    """The address of a server before an app that fails."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server: Any = create_server(
            fail, map={}, sockets=[listener], threads=1, max_request_header_size=1024
        )
        server.channel_class = answer_refusals(read_centre(REPOSITORY / "content"))
        thread = Thread(target=server.asyncore.loop, args=(0.05, False, server._map), daemon=True)
        thread.start()
        yield listener.getsockname()
        server.close()
        server.task_dispatcher.shutdown()
        server._map.clear()
        thread.join()


def ask(address: tuple[str, int], request: bytes) -> str:
    """All that the server says until it closes the connection."""
    with socket.create_connection(address) as line:
        line.sendall(request)
        return b"".join(iter(lambda: line.recv(65536), b"")).decode()


def test_the_last_page_says_what_to_do_and_whom_to_call(listening: tuple[str, int]) -> None:
    head, _, page = ask(listening, TOO_LONG).partition("\r\n\r\n")
    assert " 500 " in head.splitlines()[0]
    assert "no-store" in head
    assert "default-src 'none'" in head
    assert '<html lang="zh-CN">' in page
    for words in ("请返回上一页", 'href="tel:0000-12351"', "到窗口来：青石市示范路1号"):
        assert words in page
    assert "disk" not in page
