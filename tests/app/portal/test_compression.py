"""Pages go out compressed, and are the same for who does not take gzip."""

import gzip

import pytest
from werkzeug.test import Client

from tests.support.centre import Centre

WHERE = "https://localhost"
BUDGET = 9 * 1024


@pytest.mark.parametrize("path", ["/status", "/staff/sign-in"])
def test_page_is_packed_for_who_takes_gzip_and_says_the_same(centre: Centre, path: str) -> None:
    client = Client(centre.app)
    plain = client.get(path, base_url=WHERE, buffered=True)
    packed = client.get(
        path, base_url=WHERE, buffered=True, headers={"Accept-Encoding": "gzip, br"}
    )
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert int(packed.headers["Content-Length"]) == len(packed.data) < BUDGET
    until_token = plain.data.partition(b"csrf_token")[0]
    assert gzip.decompress(packed.data).startswith(until_token)


def test_site_page_is_not_sent_again_if_it_did_not_change(centre: Centre) -> None:
    client = Client(centre.app)
    first = client.get("/", base_url=WHERE, buffered=True, headers={"Accept-Encoding": "gzip"})
    headers = {"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]}
    assert first.status_code == 200
    assert client.get("/", base_url=WHERE, buffered=True, headers=headers).status_code == 304
