"""Connections that are slow on purpose, and bodies that are too large, stop nobody else."""

import http.client
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress

import pytest

from tests.faults.serving import Browser, Setting, copy_centre, serving
from tests.support import patience
from tests.support.browser import require_well_formed

SLOW = 200
KILOBYTE = 1024
HALF_A_HEADER = b"GET /status HTTP/1.1\r\nHost: 127."
HALF_A_BODY = b"POST /status HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nreceipt="


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Setting]:
    """A running centre."""
    setting = copy_centre(tmp_path_factory.mktemp("slow"))
    with serving(setting):
        yield setting


@pytest.mark.parametrize("beginning", [b"", HALF_A_HEADER, HALF_A_BODY], ids=repr)
def test_two_hundred_slow_connections_do_not_hold_up_a_visitor(
    centre: Setting, beginning: bytes
) -> None:
    with ExitStack() as slow:
        connections = []
        for _ in range(SLOW):
            connection = socket.create_connection(("127.0.0.1", centre.port), patience.STEP)
            connections.append(slow.enter_context(connection))
            connection.sendall(beginning)
        assert Browser(centre.port).get("/status").status == 200
        assert all(is_waiting(one) for one in connections), "the visitor waited for their end"


def is_waiting(connection: socket.socket) -> bool:
    """Whether the other side has neither answered nor closed."""
    connection.setblocking(False)
    try:
        connection.recv(1)
    except BlockingIOError:
        return True
    return False


def chunks(kilobytes: int) -> Iterator[bytes]:
    yield from (b"400\r\n" + b"x" * KILOBYTE + b"\r\n" for _ in range(kilobytes))
    yield b"0\r\n\r\n"


def plain(kilobytes: int) -> Iterator[bytes]:
    yield from (b"x" * KILOBYTE for _ in range(kilobytes))


@pytest.mark.parametrize("kilobytes", [300, 4 * KILOBYTE, 24 * KILOBYTE])
@pytest.mark.parametrize(
    ("length", "send"), [("Transfer-Encoding: chunked", chunks), ("Content-Length: {}", plain)]
)
def test_an_oversized_body_is_refused(
    centre: Setting, length: str, send: Callable[[int], Iterator[bytes]], kilobytes: int
) -> None:
    head = (
        "POST /status HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"{length.format(kilobytes * KILOBYTE)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", centre.port), patience.STEP) as connection:
        connection.sendall(head.encode())
        with suppress(ConnectionError):  # it need not listen to the end
            for piece in send(kilobytes):
                connection.sendall(piece)
        status, page = answer_of(connection)
        assert status == 413
        assert "写得太长，没有存" in page
        require_layout(page)
    assert Browser(centre.port).get("/status").status == 200


def test_photos_that_are_far_too_large_are_heard_out_and_answered(centre: Setting) -> None:
    # A browser that is cut off while it sends says so itself, and nobody knows what to do.
    kilobytes = 60 * KILOBYTE
    head = (
        "POST /apply/papers/identity HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: elder=1\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n"
        f"Content-Length: {kilobytes * KILOBYTE}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", centre.port), patience.STEP) as connection:
        connection.sendall(head.encode())
        for piece in plain(kilobytes):
            connection.sendall(piece)
        status, page = answer_of(connection)
    assert status == 413
    assert "请换一张小于 10 MB 的" in page
    assert 'href="/apply/papers/identity">回到办这件事的页面' in page
    assert 'class="elder"' in page
    require_layout(page)


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", 400),
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + b"x" * 300_000 + b"\r\n\r\n", 431),
        (b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
    ],
    ids=["no colon", "nonsense", "a cookie too large", "gzip"],
)
def test_what_no_app_has_seen_is_answered_in_the_layout(
    centre: Setting, head: bytes, status: int
) -> None:
    with socket.create_connection(("127.0.0.1", centre.port), patience.STEP) as connection:
        connection.sendall(head)
        answered, page = answer_of(connection)
    assert answered == status
    require_layout(page)


def test_a_body_without_a_length_is_refused_with_words(centre: Setting) -> None:
    head = "POST /status HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", centre.port), patience.STEP) as connection:
        connection.sendall(head.encode())
        status, page = answer_of(connection)
    assert status == 411
    assert "请" in page
    assert 'href="tel:0000-12351"' in page


def require_layout(page: str) -> None:
    """Header, telephone, way on: a page like all others."""
    for part in ("<header>", '<main id="main"', 'href="tel:0000-12351"', ">回首页</a>", "<footer"):
        assert part in page
    require_well_formed(page)


def answer_of(connection: socket.socket) -> tuple[int | None, str]:
    """Status and page; no status if the connection was cut without an answer."""
    answer = http.client.HTTPResponse(connection)
    try:
        answer.begin()
        return answer.status, answer.read().decode()
    except (ConnectionError, http.client.HTTPException):
        return None, ""
