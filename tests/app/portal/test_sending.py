"""Notices on their way: every transport with a real server, good or bad; one claim at a time."""

import hmac
import json
import logging
import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest

from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import CENTRE_ZONE
from portal.operations.notices import transports
from portal.operations.notices.delivery import (
    CLAIM,
    MOST_CLAIMS,
    NotEver,
    NotNow,
    OutgoingNotice,
    Transport,
    leave_all_to_staff,
    send_due,
)
from portal.operations.notices.transports import MailGateway, mail_transport, web_transport
from portal.operations.office import Office
from portal.store import outbox
from tests.support.centre import Centre
from tests.support.databases import each_database
from tests.support.gateways import (
    Desk,
    Mailbox,
    black_hole,
    mail_server,
    make_certificate,
    web_service,
)
from tests.support.letters import MOBILE, sender_by, standing
from tests.support.ports import find_free_port

KEY = b"k" * 32
NEUTRAL = "您办的事有新消息，请用您的编号和查询码查进度。"
MESSAGE = OutgoingNotice(MOBILE, NEUTRAL, "0123456789abcdef")


def gateway(port: int, **changed: str) -> MailGateway:
    usual = MailGateway(
        "127.0.0.1", port, "off", "", "", "bangfu@example.org", "{mobile}@sms.example.org"
    )
    return replace(usual, **changed)  # type: ignore[arg-type]


def by_mail(office: Office, port: int, **changed: str) -> Transport:
    return mail_transport(gateway(port, **changed), office.clock)


def by_web(office: Office, port: int) -> Transport:
    return web_transport(f"http://127.0.0.1:{port}/send?from=bangfu", KEY, office.clock)


def test_what_waited_for_a_sender_that_was_down_goes_out_in_the_morning(
    centre: Centre, office: Office
) -> None:
    sent: list[OutgoingNotice] = []
    here = centre.clock.now.astimezone(CENTRE_ZONE)
    centre.clock.now = here.replace(hour=23) + timedelta(days=1)
    assert send_due(office, sender_by(sent.append))
    assert sent == []
    centre.clock.now += timedelta(hours=10)
    assert send_due(office, sender_by(sent.append))
    assert len(sent) == 1


@each_database
def test_a_notice_goes_out_as_a_mail_to_the_gateway(centre: Centre, office: Office) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        assert send_due(office, sender_by(by_mail(office, port)))
        assert send_due(office, sender_by(by_mail(office, port)))
    (mail,) = mailbox.mails
    assert mail["To"] == f"{MOBILE}@sms.example.org"
    assert mail["From"] == "bangfu@example.org"
    assert mail.get_content().strip() == NEUTRAL
    assert mail["Message-ID"].endswith("@example.org>")
    assert "FL26" not in mail.as_string()
    assert standing(centre) == [("sent", 1)]
    acts = [row["action"] for row in centre.contents()["audit"].values()]
    assert acts.count("notice sent") == 1


def test_a_notice_goes_out_as_a_signed_post(centre: Centre, office: Office) -> None:
    desk = Desk()
    with web_service(desk) as port:
        assert send_due(office, sender_by(by_web(office, port)))
    ((path, headers, body),) = desk.calls
    assert path == "/send?from=bangfu"
    content = json.loads(body)
    assert content == {"id": headers["webhook-id"], "to": MOBILE, "text": NEUTRAL}
    assert headers["webhook-timestamp"] == str(int(office.now().timestamp()))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = hmac.digest(KEY, signed, "sha256")
    assert b64decode(headers["webhook-signature"].removeprefix("v1,")) == expected
    assert standing(centre) == [("sent", 1)]


@pytest.mark.parametrize("status", [301, 307, 401, 404, 429, 500, 503])
def test_a_service_that_cannot_take_it_now_is_asked_again(centre: Centre, status: int) -> None:
    elsewhere = Desk()
    with web_service(elsewhere) as other:
        desk = Desk(status, f"http://127.0.0.1:{other}/" if status < 400 else "")
        with web_service(desk) as port, pytest.raises(NotNow):
            by_web(centre.office, port)(MESSAGE)
    assert len(desk.calls) == 1
    assert elsewhere.calls == []  # no redirect is followed


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_service_that_will_never_take_it_is_not_asked_again(centre: Centre, status: int) -> None:
    with web_service(Desk(status)) as port, pytest.raises(NotEver):
        by_web(centre.office, port)(MESSAGE)


@pytest.mark.parametrize(("answer", "kind"), [("450 later", NotNow), ("550 no such", NotEver)])
def test_a_mail_server_may_refuse_for_now_or_for_good(
    centre: Centre, answer: str, kind: type[Exception]
) -> None:
    mailbox = Mailbox(refusal=answer)
    with mail_server(mailbox) as port, pytest.raises(kind):
        by_mail(centre.office, port)(MESSAGE)


@pytest.mark.parametrize("changed", [{"tls": "starttls"}, {"login": "x"}], ids=str)
def test_a_mail_server_without_the_promised_safety_gets_nothing(
    centre: Centre, changed: dict[str, str]
) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port, pytest.raises(NotNow):
        by_mail(centre.office, port, **changed)(MESSAGE)
    assert mailbox.mails == []


@pytest.mark.parametrize("reach", [by_mail, by_web], ids=["mail", "web"])
def test_a_sender_that_is_down_or_silent_is_given_up_soon(
    centre: Centre, reach: Callable[[Office, int], Transport], monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = transports.TIMEOUT
    monkeypatch.setattr(transports, "TIMEOUT", 0.3)
    with black_hole() as hole:
        for port in (hole.port, find_free_port()):
            began = time.monotonic()
            with pytest.raises(NotNow):
                reach(centre.office, port)(MESSAGE)
            assert time.monotonic() - began < usual


def test_pauses_grow_and_after_three_days_staff_ring_up(centre: Centre, office: Office) -> None:
    tried = []

    def carry(_: OutgoingNotice) -> None:
        tried.append(office.now())
        raise NotNow

    for _ in range(4 * 24 * 12):
        if not send_due(office, sender_by(carry)):
            assert standing(centre)[0][0] in {"due", "call"}
        centre.clock.advance(minutes=5)
    today = [moment for moment in tried if moment - tried[0] < timedelta(hours=10)]
    pauses = [after - before for before, after in pairwise(today)]
    assert pauses == sorted(pauses)
    assert len(pauses) == 5
    assert {9 <= moment.astimezone(CENTRE_ZONE).hour < 20 for moment in tried} == {True}
    assert len(today) < len(tried) < MOST_CLAIMS
    assert standing(centre) == [("call", len(tried))]
    assert tried[-1] - tried[0] <= timedelta(days=3)


def test_what_waited_behind_a_sender_that_was_down_is_given_up_as_well(
    centre: Centre, office: Office
) -> None:
    def carry(_: OutgoingNotice) -> None:
        raise NotNow

    sender = replace(centre, office=office)
    sender.case(CaseKind.JOBS)
    assert not send_due(office, sender_by(carry))
    centre.clock.advance(days=3, seconds=1)
    assert send_due(office, sender_by(carry))
    rows = centre.contents()["outbox"].values()
    states = {row["what"]: row["state"] for row in rows if row["state"] != "superseded"}
    assert states == {"answer": "call", "submit": "given up"}


@pytest.mark.parametrize("wrong", [timedelta(days=400), timedelta(hours=-2)], ids=str)
def test_with_a_wrong_clock_nothing_is_sent_and_nothing_given_up(
    office: Office, centre: Centre, wrong: timedelta
) -> None:
    before, went = centre.contents(), list[OutgoingNotice]()
    centre.clock.now += wrong
    assert not send_due(office, sender_by(went.append))
    assert centre.contents() == before
    centre.clock.now -= wrong
    assert send_due(office, sender_by(went.append))
    assert len(went) == 1


def test_a_refused_notice_does_not_hold_up_the_next(centre: Centre, office: Office) -> None:
    heard: list[str] = []

    def carry(message: OutgoingNotice) -> None:
        heard.append(message.mobile)
        if len(heard) == 1:
            raise NotEver

    sender = replace(centre, office=office)
    sender.case(CaseKind.JOBS)
    assert send_due(office, sender_by(carry))
    assert heard == [MOBILE, "19900000004"]
    states = [row["state"] for row in centre.contents()["outbox"].values()]
    assert sorted(states) == ["call", "sent", "superseded"]


@each_database
def test_a_claim_is_held_by_one_and_runs_out(centre: Centre, office: Office) -> None:
    def claim() -> outbox.OutboxMessage | None:
        return outbox.claim_message(office.store, office.now(), office.now() + CLAIM)

    assert claim()
    assert claim() is None
    centre.clock.advance(minutes=9)
    assert claim() is None
    centre.clock.advance(minutes=1)
    again = claim()
    assert again
    assert again.tries == 2


@each_database
def test_two_senders_at_once_never_send_one_notice_twice(centre: Centre, office: Office) -> None:
    heard: list[str] = []
    sender = replace(centre, office=office)
    for _ in range(15):
        sender.case(CaseKind.JOBS)

    def carry(message: OutgoingNotice) -> None:
        time.sleep(0.005)
        heard.append(message.message_id)

    def work() -> None:
        while [row for row in centre.contents()["outbox"].values() if row["state"] == "due"]:
            send_due(office, sender_by(carry))

    workers = [Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(heard) == len(set(heard)) == 16


@pytest.mark.parametrize("trusted", [True, False], ids=["trusted", "unknown"])
@pytest.mark.parametrize("way", ["mail", "web"])
def test_the_certificate_of_the_other_side_is_checked(
    centre: Centre, way: str, trusted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    office, mailbox, desk = centre.office, Mailbox(), Desk()
    with mail_server(mailbox, certificate) as mail_port, web_service(desk, certificate) as web_port:
        if way == "mail":
            carry = by_mail(office, mail_port, tls="direct")
        else:
            carry = web_transport(f"https://127.0.0.1:{web_port}/", KEY, office.clock)
        if trusted:
            carry(MESSAGE)
        else:
            with pytest.raises(NotNow):
                carry(MESSAGE)
    assert len(mailbox.mails) + len(desk.calls) == int(trusted)


@each_database
def test_killed_between_sending_and_marking_it_is_repeated_once_with_the_same_mark(
    centre: Centre, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    def carry(message: OutgoingNotice) -> None:
        heard.append(message.message_id)

    with monkeypatch.context() as patched:
        patched.setattr(
            outbox, "close_message", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            send_due(office, sender_by(carry))
    assert send_due(office, sender_by(carry))
    assert len(heard) == 1
    centre.clock.advance(minutes=11)
    send_due(office, sender_by(carry))
    send_due(office, sender_by(carry))
    assert len(heard) == 2
    assert len(set(heard)) == 1


def test_without_a_sender_what_was_to_be_sent_is_left_to_staff(
    centre: Centre, office: Office
) -> None:
    centre.clock.advance(seconds=1)
    leave_all_to_staff(office)
    assert standing(centre) == [("call", 0)]


def test_no_number_is_found_in_logs_or_rows(
    centre: Centre, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    def carry(message: OutgoingNotice) -> None:
        raise ValueError(f"{message.mobile}: {message.text}")

    assert send_due(office, sender_by(carry))  # only this letter is put off
    centre.clock.advance(minutes=2)
    with web_service(Desk(500)) as port:
        send_due(office, sender_by(by_web(office, port)))
    centre.clock.advance(hours=1)
    with mail_server(Mailbox(refusal="550 no such")) as port:
        send_due(office, sender_by(by_mail(office, port)))
    assert "notice not sent: ValueError" in caplog.text
    assert "notice refused for good: SMTPRecipientsRefused" in caplog.text
    rows = json.dumps(centre.contents(), ensure_ascii=False)
    logged = [one.getMessage() for one in caplog.records if one.name != "mail.log"]  # the server's
    for text in ("\n".join(logged), rows):
        assert MOBILE not in text
        assert b64encode(MOBILE.encode()).decode().rstrip("=") not in text
        assert NEUTRAL not in text
