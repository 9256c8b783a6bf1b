"""The scripts of our own: only they may stand in a page, and the policy names them by hash."""

from datetime import date
from pathlib import Path

from portal.domain.cases.receipt_signature import ReceiptStatement, message_of
from site_src.centre import load_centre
from site_src.pages.verify import make_verify_page
from site_src.public_data import ReceiptKey
from site_src.scan import scan_page
from site_src.scripts import find_scripts, own_scripts

CENTRE = load_centre(Path(__file__).parents[3] / "content" / "centre.toml")

OWN = next(iter(own_scripts()))


def test_our_own_script_is_let_through_and_named() -> None:
    html = f"<main><form></form><script>{OWN}</script></main>"
    found = scan_page(html, "")
    assert found.complaints == ()
    assert found.scripts == find_scripts(html)
    assert found.scripts[0].startswith("'sha256-")


def test_any_other_script_is_refused() -> None:
    for html in ("<script>alert(1)</script>", f"<script>{OWN} </script>",
                 f'<script src="/x.js">{OWN}</script>', f"<script async>{OWN}</script>",
                 f"<script>{OWN}</script><script>alert(1)</script>"):  # fmt: skip
        assert scan_page(html, "").complaints, html[:40]


def test_script_and_portal_mean_the_same_by_a_signed_message() -> None:
    message = message_of(ReceiptStatement("JZ26-7K3M-9QF2", "x", date(2026, 11, 24), "y")).decode()
    head, _, said = message.partition("\n")
    assert f'encode("{head}\\n")' in OWN
    assert said.split("\n") == ["JZ26-7K3M-9QF2", "x", "2026-11-24", "y"]


def test_page_shows_key_and_fingerprint_or_says_that_there_is_none() -> None:
    key = ReceiptKey(algorithm="Ed25519", public_key="A" * 43, fingerprint=" ".join(["0AF9"] * 8))
    page = make_verify_page(key, CENTRE)
    assert page.meta["verify"] == {"public_key": "A" * 43}
    assert key.fingerprint in page.text
    without = make_verify_page(None, CENTRE)
    assert without.meta["verify"] is None
    assert "12351" in without.text
