"""The server behind nginx as operate.md sets it up: who calls, and by which name and scheme."""

from collections.abc import Iterator

import pytest

from portal.domain.cases.receipt_numbers import code_from_bytes, new_receipt
from tests.faults.serving import ROOMY, Browser, Setting, copy_centre, serving, write_config

NAME = "bangfu.example.org"
FEW = {"wrong code by address": 2}
WRONG = {
    "receipt": new_receipt("FL", 2026, lambda below: below - 1),
    "code": code_from_bytes(b"a code of nobody"),
}


def behind_a_proxy(setting: Setting) -> Setting:
    proxied = "tls_terminated_by_proxy = true\nproxy_hops = 1\n"
    write_config(setting, FEW, f"https://{NAME}", proxied)
    return setting


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Setting]:
    """A running centre that trusts one proxy."""
    setting = behind_a_proxy(copy_centre(tmp_path_factory.mktemp("proxy")))
    with serving(setting):
        yield setting


def through_the_proxy(port: int, address: str) -> Browser:
    """A browser that sends no Sec-Fetch-Site, as older ones do, seen through nginx."""
    headers = {"Host": NAME, "X-Forwarded-Host": NAME, "X-Forwarded-For": address,
               "X-Forwarded-Proto": "https", "Origin": f"https://{NAME}"}  # fmt: skip
    return Browser(port, headers=headers)


def guess(browser: Browser) -> int:
    """Try a wrong code; the status of the answer."""
    browser.get("/status")
    return browser.post("/status", WRONG).status


def test_limits_count_the_visitors_and_not_the_proxy(centre: Setting) -> None:
    told = [guess(through_the_proxy(centre.port, "203.0.113.5")) for _ in range(3)]
    assert told == [422, 422, 429]
    assert guess(through_the_proxy(centre.port, "203.0.113.6")) == 422


def test_what_a_visitor_says_of_himself_does_not_get_through(centre: Setting) -> None:
    said = [f"198.51.100.{number}, 203.0.113.9" for number in range(3)]
    told = [guess(through_the_proxy(centre.port, one)) for one in said]
    assert told == [422, 422, 429]


def test_the_browser_is_told_to_stay_with_tls(centre: Setting) -> None:
    page = through_the_proxy(centre.port, "203.0.113.7").get("/status")
    assert page.status == 200
    assert "Strict-Transport-Security" in page.headers


def test_without_a_proxy_nobody_can_pass_for_another(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    setting = copy_centre(tmp_path_factory.mktemp("bare"))
    write_config(setting, ROOMY | FEW)
    with serving(setting):
        told = []
        for number in range(3):
            browser = Browser(setting.port, headers={"X-Forwarded-For": f"198.51.100.{number}"})
            told.append(guess(browser))
    assert told == [422, 422, 429]
