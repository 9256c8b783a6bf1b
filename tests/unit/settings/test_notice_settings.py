"""The part [notices] of config.toml and its secret: each mistake is one line with its remedy."""

from pathlib import Path

import pytest

from portal.operations.notices.transports import read_signing_key
from portal.settings.config import ConfigProblem, load_config, read_secret
from portal.settings.notices import NoticesConfig, find_mistake

MAIL = {
    "sender": "smtp", "smtp_host": "mail.example.org", "smtp_from": "bangfu@example.org",
    "smtp_to": "{mobile}@sms.example.org",
}  # fmt: skip
WEB = {
    "sender": "webhook", "webhook_url": "https://sms.example.org/send?x=1", "secret_file": "key"
}  # fmt: skip


def load(folder: Path, **notices: object) -> NoticesConfig:
    lines = [f"{name} = {value!r}" for name, value in notices.items()]
    (folder / "config.toml").write_text("\n".join(["[notices]", *lines]), "utf-8")
    return load_config(folder).notices


def test_without_the_part_nothing_is_sent(tmp_path: Path) -> None:
    assert load_config(tmp_path).notices == NoticesConfig()
    assert NoticesConfig().sender == "none"
    assert find_mistake(NoticesConfig()) is None


@pytest.mark.parametrize(
    "right",
    [MAIL, WEB, MAIL | {"smtp_host": "127.0.0.1", "smtp_tls": "off"},
     WEB | {"webhook_url": "http://127.0.0.1:9000/"}],
)  # fmt: skip
def test_what_fits_is_taken(tmp_path: Path, right: dict[str, object]) -> None:
    assert load(tmp_path, **right).sender == right["sender"]


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"sender": "pigeon"}, "notices.sender"),
        ({"sendr": "none"}, "notices.sendr"),
        ({"smtp_port": 0}, "notices.smtp_port"),
        ({"smtp_tls": "ssl"}, "notices.smtp_tls"),
        (MAIL | {"smtp_host": ""}, "notices.smtp_host"),
        (MAIL | {"smtp_tls": "off"}, "notices.smtp_tls"),
        (MAIL | {"smtp_from": "bangfu"}, "notices.smtp_from"),
        (MAIL | {"smtp_from": "a@b.cn\r\nBcc: c@d.cn"}, "notices.smtp_from"),
        (MAIL | {"smtp_to": "office@example.org"}, "notices.smtp_to"),
        (MAIL | {"smtp_login": "bangfu"}, "notices.secret_file"),
        (WEB | {"webhook_url": "http://sms.example.org/"}, "notices.webhook_url"),
        (WEB | {"webhook_url": "https://u:p@sms.example.org/"}, "notices.webhook_url"),
        (WEB | {"webhook_url": "https://["}, "notices.webhook_url"),
        (WEB | {"webhook_url": "https://sms.example.org:x/"}, "notices.webhook_url"),
        (WEB | {"webhook_url": "file:///etc/passwd"}, "notices.webhook_url"),
        (WEB | {"secret_file": ""}, "notices.secret_file"),
    ],
)
def test_a_wrong_entry_is_named_with_what_to_do(
    tmp_path: Path, given: dict[str, object], place: str
) -> None:
    with pytest.raises(ConfigProblem) as problem:
        load(tmp_path, **given)
    words = str(problem.value)
    assert f"「{place}」" in words
    assert "\n" not in words
    assert "nput should" not in words


def write_secret(folder: Path, content: bytes, mode: int = 0o600) -> None:
    (folder / "key").write_bytes(content)
    (folder / "key").chmod(mode)


def test_the_secret_stands_in_a_file_of_its_own(tmp_path: Path) -> None:
    load(tmp_path, **WEB)
    write_secret(tmp_path, b"  a secret\n")
    assert read_secret(tmp_path, load_config(tmp_path)) == "a secret"
    load(tmp_path)
    assert read_secret(tmp_path, load_config(tmp_path)) == ""


@pytest.mark.parametrize(
    ("content", "mode"), [(None, 0o600), (b"x", 0o644), (b" \n", 0o600), (b"\xff\xfe", 0o600)]
)
def test_a_secret_that_cannot_be_used_is_named(
    tmp_path: Path, content: bytes | None, mode: int
) -> None:
    load(tmp_path, **WEB)
    if content is not None:
        write_secret(tmp_path, content, mode)
    with pytest.raises(ConfigProblem, match=f"{tmp_path}/key"):
        read_secret(tmp_path, load_config(tmp_path))


@pytest.mark.parametrize("text", ["", "short", "c2hvcnQ=", "没有", "a" * 33])
def test_a_signing_key_is_long_and_base64(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (binascii and ours)
        read_signing_key(text)


def test_a_signing_key_may_carry_the_usual_prefix() -> None:
    assert read_signing_key("whsec_" + "QUJD" * 8) == b"ABC" * 8 == read_signing_key("QUJD" * 8)
