"""Marked values in every field: none is found in a log, an audit row, an event, a raw file."""

import json
import logging
from base64 import b64decode
from pathlib import Path

import pytest

from portal.domain.forms.drafts import Draft
from portal.domain.forms.fields import FIELDS
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.forms.progress import JourneyProgress
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.centre import retention
from portal.operations.forms import submission
from portal.store import cases
from tests.support.browser import is_refused, words_of
from tests.support.canaries import MARKED, WORDS, canaries, found_in
from tests.support.centre import Centre, Filed, full_disk
from tests.support.databases import each_database
from tests.support.keying import handler_of
from tests.support.samples import PASSWORD
from tests.support.walking import typed_for, walk, went_on

STEP_WORDS = {"supplement": "金丝雀要补的", "given": "金丝雀补好了", "why": "金丝雀不办了"}


def live_through_everything(centre: Centre) -> None:
    """Every form by POST, wrong input, a full disk, every kind of words, both kinds of look-up."""
    for kind, journey in JOURNEYS.items():
        browser = centre.browser()
        walk(browser, journey, MARKED[kind])
        first = next(
            page for page in journey.open_pages(MARKED[kind])
            if any(ask.field in {"name", "account"} for ask in page.asks)
        )  # fmt: skip
        typed = typed_for(first, MARKED[kind])
        wrong = {name: ["金丝雀" * 700, "金丝雀"] for name in typed}
        assert is_refused(browser.post_and_see(f"/{journey.address}/{first.path}", wrong))
        with full_disk():
            sent = browser.post(f"/{journey.address}/{first.path}", typed)
            assert sent.status_code == 503
        went_on(browser.post(f"/{journey.address}/{first.path}", typed))
        ticks = dict.fromkeys(journey.declarations, "yes")
        went_on(browser.post(f"/{journey.address}/check", ticks))
        receipt = submission.find_receipt(centre.office, centre.chance.tokens[-1])
        assert receipt
        assert receipt.code
        follow(centre, Filed(receipt.number, receipt.code, kind))
    browser = centre.browser()
    browser.get("/search?q=金丝雀")
    browser.get("/status")
    browser.post("/status", {"receipt": "金丝雀", "code": "18812340001"})
    browser.get("/staff/sign-in")
    browser.post("/staff/sign-in", {"login": "金丝雀", "password": PASSWORD})
    draft, _ = centre.draft(CaseKind.HARDSHIP, MARKED[CaseKind.HARDSHIP])
    draft.get("/apply/check")
    assert is_refused(draft.post_and_see("/apply/story", {"story": "金丝雀" * 700}))


def follow(centre: Centre, receipt: Filed) -> None:
    """A supplement asked and given, the file opened and unmasked, and the case withdrawn."""
    login = handler_of(receipt.kind)
    staff, follower = centre.staff(login), centre.follower(receipt)
    address = f"/staff/cases/{receipt.number}"
    staff.get(address)
    words = {"version": "0", "words": STEP_WORDS["supplement"]}
    went_on(staff.post(f"{address}/request_supplement", words))
    assert staff.post(f"{address}/request_supplement", words).status_code == 409
    follower.get("/status/case")
    went_on(follower.post("/status/case/give_supplement", {"words": STEP_WORDS["given"]}))
    shown = staff.post(f"{address}/reveal", {"reason": "contact"})
    assert WORDS in words_of(shown)
    went_on(follower.post("/status/case/withdraw", {"words": STEP_WORDS["why"]}))


@each_database
def test_what_people_type_is_found_nowhere_in_clear(
    centre: Centre, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    live_through_everything(centre)
    centre.clock.advance(days=31)
    centre.staff("intake")  # somebody has worked with this clock
    assert retention.tidy(centre.office).drafts
    assert "incident" in caplog.text  # the full disk was logged
    assert found_in(caplog.text) == []
    assert PASSWORD not in caplog.text
    stored = centre.contents()
    assert len(stored["cases"]) == len(JOURNEYS)
    for table, rows in stored.items():
        shown = json.dumps(rows, ensure_ascii=False)
        assert found_in(shown) == [], table
        assert PASSWORD not in shown


def test_no_byte_of_the_database_files_holds_what_people_typed(centre: Centre) -> None:
    live_through_everything(centre)
    folder = Path(centre.instance.db.storage.place).parent
    files = [file for file in folder.iterdir() if file.name.startswith("portal.db")]
    assert len(files) >= 2
    for file in files:
        data = file.read_bytes()
        for encoding in ("utf-8", "utf-16-le"):
            assert [one for one in canaries() if one.encode(encoding) in data] == [], file.name


@each_database
def test_every_personal_answer_is_sealed_on_its_own(centre: Centre) -> None:
    for kind in CaseKind:
        centre.case(kind, **MARKED[kind])
    for row in centre.contents()["cases"].values():
        assert not [name for name, value in row["answers"].items()
                    if value is not None and FIELDS[name].sealed]  # fmt: skip
        for name, value in row["sealed"].items():
            assert b64decode(value)[:2] == b"\1\1", name
        stored = cases.find_case(centre.office.store, row["number"])
        assert stored
        draft = Draft(MARKED[stored.case.kind])
        expected = JourneyProgress(JOURNEYS[stored.case.kind], draft).asked_answers
        opened = stored.open_answers()
        assert {name: opened[name] for name in expected} == expected


def test_internal_answers_stay_readable_for_queues_and_figures(centre: Centre) -> None:
    centre.case(CaseKind.HARDSHIP)
    (row,) = centre.contents()["cases"].values()
    assert row["tally"]["town"] == row["answers"]["town"] == "qs03"
    assert "id_number" not in row["answers"]


def test_an_error_nobody_thought_of_tells_an_incident_and_no_more(
    centre: Centre, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise ValueError(WORDS)

    browser, _ = centre.draft(CaseKind.CONSULTATION)
    browser.get("/consult/account")
    monkeypatch.setattr(submission, "change_draft", break_down)
    shown = browser.post("/consult/account", {"account": "金丝雀的经过"})
    assert shown.status_code == 500
    assert "出了点问题，是我们这边的" in words_of(shown)
    incident = caplog.text.partition("incident ")[2][:8]
    assert incident in words_of(shown)
    assert "ValueError" in caplog.text
    assert WORDS not in caplog.text
    assert "ValueError" not in shown.text
