"""The part [notices] of config.toml: whether messages go out by themselves, and through whom."""

import re
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_ADDRESS = re.compile(r"[^@\s<>,;:\"]+@[A-Za-z0-9.-]+")
MOBILE_PLACEHOLDER = "{mobile}"


class NoticesConfig(BaseModel):
    """Who carries notices to applicants: nobody (staff ring up), a mail gateway, a web service."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    sender: Literal["none", "smtp", "webhook"] = "none"
    secret_file: str = ""
    webhook_url: str = ""
    smtp_host: str = ""
    smtp_port: int = Field(default=465, ge=1, le=65535)
    smtp_tls: Literal["direct", "starttls", "off"] = "direct"
    smtp_login: str = ""
    smtp_from: str = ""
    smtp_to: str = ""


def find_mistake(notices: NoticesConfig) -> tuple[str, str] | None:
    """Return the first key that does not fit the others, and what to do; None if all fit."""
    match notices.sender:
        case "webhook":
            return _webhook_mistake(notices)
        case "smtp":
            return _mail_mistake(notices)
    return None


def _webhook_mistake(notices: NoticesConfig) -> tuple[str, str] | None:
    if not _is_safe_address(notices.webhook_url):
        return "webhook_url", "要写成 https://网址，里面不写用户名、密码，也不写 # 后面的内容"
    if not notices.secret_file:
        return "secret_file", '要写签名密钥放在哪个文件里，比如 secret_file = "notices.secret"'
    return None


def _is_safe_address(text: str) -> bool:
    try:
        address = urlsplit(text)
        host, _ = address.hostname, address.port
    except ValueError:
        return False
    safe = address.scheme == "https" or (address.scheme == "http" and host in _LOOPBACK)
    return bool(safe and host and "@" not in address.netloc and not address.fragment)


def _mail_mistake(notices: NoticesConfig) -> tuple[str, str] | None:
    if not notices.smtp_host:
        return "smtp_host", "要写邮件服务器的名字"
    if notices.smtp_tls == "off" and notices.smtp_host not in _LOOPBACK:
        return "smtp_tls", "只有邮件服务器就在本机时才能写 off。请写 direct 或 starttls"
    if not _ADDRESS.fullmatch(notices.smtp_from):
        return "smtp_from", "要写发件的邮箱，比如 bangfu@example.org"
    if (
        not _ADDRESS.fullmatch(notices.smtp_to.replace(MOBILE_PLACEHOLDER, "1"))
        or MOBILE_PLACEHOLDER not in notices.smtp_to
    ):
        return (
            "smtp_to",
            "要写短信网关的邮箱，手机号的位置写 {mobile}，比如 {mobile}@sms.example.org",
        )
    if notices.smtp_login and not notices.secret_file:
        return "secret_file", '要写邮箱密码放在哪个文件里，比如 secret_file = "notices.secret"'
    return None
