"""A sender of notices that is silent or broken slows nobody and loses nothing."""

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from portal.operations.notices.transports import TIMEOUT
from portal.settings.config import instance_place, load_config
from portal.store.centre.instance import open_instance
from tests.faults.serving import (
    Browser,
    Setting,
    Slip,
    copy_centre,
    fill_consultation,
    opens,
    run_command,
    serving,
    submit,
    write_config,
)
from tests.support import patience
from tests.support.filled_centre import fill_in, make_real
from tests.support.gateways import Desk, black_hole, web_service
from tests.support.samples import PASSWORD

Result = TypeVar("Result")
KEY = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="
MOBILE = "19900012345"


def configure_sender(setting: Setting, port: int) -> None:
    """Let notices go to a web service on this port."""
    secret = setting.instance / "notices.secret"
    secret.write_text(KEY, "ascii")
    secret.chmod(0o600)
    write_config(setting, public_url="https://bangfu.linjiang.test")
    with (setting.instance / "config.toml").open("a") as file:
        file.write(
            '[notices]\nsender = "webhook"\nsecret_file = "notices.secret"\n'
            f'webhook_url = "http://127.0.0.1:{port}/"\n'
        )


def sign_in_lawyer(setting: Setting) -> Browser:
    """A browser of a new lawyer, signed in."""
    added = run_command(setting, "staff", "add", "wangfang", "王芳", "lawyer")
    found = re.search(r"/staff/link/\S+", added.stdout)
    assert found, added.stderr
    browser = Browser(setting.port)
    browser.get(found[0])
    assert browser.post(found[0], {"new_password": PASSWORD}).status == 303
    return browser


def unhindered(act: Callable[[], Result]) -> Result:
    """What it gives; it must not have waited until the sender is given up."""
    began = time.monotonic()
    given = act()
    assert time.monotonic() - began < TIMEOUT
    return given


def file_case(setting: Setting) -> Slip:
    browser = Browser(setting.port)
    fill_consultation(browser)
    return unhindered(lambda: submit(browser))


def notices_in(setting: Setting) -> list[tuple[str, str]]:
    """Receipt and standing of every notice in the outbox."""
    config = load_config(setting.instance)
    instance = open_instance(instance_place(setting.instance, config, {}))
    try:
        return [(row["receipt"], row["state"]) for row in instance.db.table("outbox")]
    finally:
        instance.db.close()


def wait_for(there: Callable[[], bool]) -> None:
    until = time.monotonic() + patience.STEP
    while not there():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.1)


def test_a_silent_sender_slows_nobody_and_what_waits_is_kept(tmp_path: Path) -> None:
    setting = copy_centre(tmp_path)
    make_real(setting.root)
    fill_in(setting.root)
    with black_hole() as hole:
        configure_sender(setting, hole.port)
        with serving(setting):
            lawyer, slips = sign_in_lawyer(setting), [file_case(setting)]
            wait_for(lambda: bool(hole.taken))
            address = f"/staff/cases/{slips[0].number}"
            unhindered(lambda: lawyer.get(address))
            answer = {"version": "0", "words": "（示范数据）可以要回来。"}
            unhindered(lambda: lawyer.post(f"{address}/answer", answer))
            slips.append(file_case(setting))
            assert all(opens(setting.port, slip) for slip in slips)
    kept = notices_in(setting)
    assert [receipt for receipt, state in kept if state == "due"] == [slip.number for slip in slips]
    errors = (setting.root / "serve.err").read_text()
    assert MOBILE not in errors
    assert "Traceback" not in errors


def test_a_notice_reaches_a_sender_that_works(tmp_path: Path) -> None:
    setting, desk = copy_centre(tmp_path), Desk()
    make_real(setting.root)
    fill_in(setting.root)
    with web_service(desk) as port:
        configure_sender(setting, port)
        with serving(setting):
            slip = file_case(setting)
            wait_for(lambda: bool(desk.calls))
            wait_for(lambda: notices_in(setting) == [(slip.number, "sent")])
    content = json.loads(desk.calls[0][2])
    assert content["to"] == MOBILE
    assert slip.number in content["text"]
    assert slip.code.replace(" ", "") not in content["text"]


def test_a_demonstration_centre_refuses_to_send(tmp_path: Path) -> None:
    setting = copy_centre(tmp_path)
    configure_sender(setting, 9)
    done = run_command(setting, "serve")
    assert done.returncode == 78
    assert "「notices.sender」" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_missing_secret_is_told_before_the_server_starts(tmp_path: Path) -> None:
    setting = copy_centre(tmp_path)
    make_real(setting.root)
    fill_in(setting.root)
    configure_sender(setting, 9)
    secret = setting.instance / "notices.secret"
    for spoil in (lambda: secret.write_text("short"), lambda: secret.chmod(0o644), secret.unlink):
        spoil()
        done = run_command(setting, "serve")
        assert done.returncode == 78
        assert str(secret) in done.stderr
        assert done.stderr.count("\n") == 1
