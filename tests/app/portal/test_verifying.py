"""Checking somebody's receipt: on the portal, on the command line, and what the site publishes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from werkzeug.test import TestResponse

from portal.cli.main import main
from portal.domain.cases.receipt_signature import pack_proof, read_proof, write_proof
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.cases import receipt_signature
from portal.operations.forms import submission
from portal.public.site.site_files import site_policy
from portal.publishing.receipt_key import publish_receipt_key
from portal.store.crypto import signing
from site_src.public_data import read_public_data
from tests.support.browser import words_of
from tests.support.centre import Centre, declarations
from tests.support.samples import ANSWERS

NAME = "示范市帮扶中心"


def proof_text(centre: Centre) -> str:
    """The text on the receipt of a case that was handed in just now."""
    kind = CaseKind.CONSULTATION
    token = submission.begin_draft(centre.office, ANSWERS[kind], None, "test")
    receipt = submission.submit_case(centre.office, kind, token, declarations(kind), "test")
    lines = write_proof(receipt_signature.prove_receipt(centre.office, receipt, NAME))
    return "\n".join(f"{label}：{words}" for label, words in lines.items())


def check(centre: Centre, text: str) -> TestResponse:
    """What the form on the generated page gets, which knows no token."""
    return centre.browser().ask("POST", "/verify/check", data={"text": text})


def test_what_is_checked_never_stands_in_an_address(centre: Centre) -> None:
    response = centre.browser().get("/verify/check?text=1234")
    assert response.status_code == 302
    assert response.location == "/verify/"


def test_a_genuine_receipt_is_told_with_what_it_says(centre: Centre) -> None:
    text = proof_text(centre)
    response = check(centre, text)
    assert response.status_code == 200
    shown = words_of(response)
    assert "这张回执是真的" in shown
    assert "法律咨询" in shown
    assert "2026年11月24日" in shown
    assert NAME in shown


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [("法律咨询", "困难帮扶申请", "对不上"), ("11月24日", "11月25日", "对不上"),
     ("签名：", "", "没有填全")],
)  # fmt: skip
def test_a_changed_text_is_not_genuine_and_can_be_mended(
    centre: Centre, old: str, new: str, words: str
) -> None:
    text = proof_text(centre).replace(old, new)
    shown = check(centre, text)
    assert words in words_of(shown)
    assert "是真的" not in words_of(shown)
    assert "FL26-" in shown.text  # what was typed is still there


def test_what_opens_a_case_is_not_shown_again(centre: Centre) -> None:
    text, code = proof_text(centre), "1234567890123456"
    address = f"https://example.org/status#FL26-AAAA-AAAA:{code}"
    for pasted in (f"{address}\n{text}", f"{text}\n{address}", f"看{address}"):
        shown = check(centre, pasted)
        assert code not in shown.text
        assert ("这张回执是真的" in words_of(shown)) == (text in pasted)


def test_whether_the_case_exists_makes_no_difference(centre: Centre) -> None:
    text = proof_text(centre)
    before = words_of(check(centre, text))
    with centre.office.store.transaction():
        for table in ("cases", "events"):
            centre.office.store.db.table(table).truncate()
    contents = centre.contents()
    assert words_of(check(centre, text)) == before
    assert centre.contents() == contents


@pytest.mark.parametrize("typed", ["", "abc", "\0\xff", "<script>", "签名" * 900, "A" * 3000])
def test_whatever_is_sent_the_answer_is_a_page(centre: Centre, typed: str) -> None:
    response = check(centre, typed)
    assert response.status_code == 200
    assert "没有填全" in words_of(response)


def test_the_published_key_is_the_one_that_signs_and_nothing_secret(
    centre: Centre, tmp_path: Path
) -> None:
    keys = centre.office.store.keys
    publish_receipt_key(keys, tmp_path)
    problems: list[str] = []
    key = read_public_data(tmp_path, problems).receipt_key
    assert problems == []
    assert key
    assert key.fingerprint == signing.fingerprint(signing.public_key(keys))
    text = (tmp_path / "receipt-key.json").read_text()
    assert set(json.loads(text)) == {"algorithm", "public_key", "fingerprint"}
    for secret in (keys.receipt, keys.audit, keys.code):
        assert secret.hex() not in text


def test_the_command_checks_text_and_address(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.server.serve import now_utc, open_office
    from portal.settings.config import Config, instance_place
    from portal.store.centre.instance import create_instance

    monkeypatch.delenv("BANGFU_STORE", raising=False)
    instance = create_instance(instance_place(tmp_path / "instance", Config()), now_utc())
    office = open_office(instance, root / "content", Config())
    kind = CaseKind.CONSULTATION
    token = submission.begin_draft(office, ANSWERS[kind], None, "test")
    receipt = submission.submit_case(office, kind, token, declarations(kind), "test")
    proof = receipt_signature.prove_receipt(office, receipt, NAME)
    instance.db.close()

    def run(text: str) -> tuple[int, str]:
        arguments = ["--root", str(root), "--instance", str(tmp_path / "instance")]
        result = CliRunner().invoke(main, [*arguments, "verify-receipt", text])
        return result.exit_code, result.output

    for text in (pack_proof(proof), " ".join(f"{k} {v}" for k, v in write_proof(proof).items())):
        code, output = run(text)
        assert code == 0
        assert receipt.number in output
    packed = pack_proof(proof)
    wrong = ("B" if packed[0] == "A" else "A") + packed[1:]
    assert read_proof(wrong)
    assert run(wrong)[0] == 65
    assert "对不上" in run(wrong)[1]
    assert run("什么也不是")[0] == 65


def test_only_the_page_with_the_script_may_run_it(tmp_path: Path) -> None:
    listed = {"style-src": ["'sha256-s'"], "script-src": {"/verify/": ["'sha256-v'"]}}
    (tmp_path / "csp.json").write_text(json.dumps(listed))
    assert "script-src 'sha256-v';" in site_policy(tmp_path, "/verify/")
    for other in ("/", "/verify", "/about/", "/verify/index.html"):
        assert "script-src 'none';" in site_policy(tmp_path, other)
