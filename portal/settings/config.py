"""The configuration of an instance: instance/config.toml, every key known and checked."""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from portal.domain.cases.backlog import BACKLOG
from portal.domain.forms.fields import Choice
from portal.domain.rules.low_income_line import list_low_income_lines
from portal.domain.rules.rulebook import NATIONAL_CODES, Rulebook
from portal.domain.rules.signposts import NO_SIGNPOSTS, load_signposts
from portal.domain.rules.synonyms import load_thesaurus
from portal.domain.rules.working_days import load_calendar
from portal.domain.shared.rate_limits import RateLimit
from portal.settings.notices import NoticesConfig, find_mistake
from portal.store.centre.instance import Place
from portal.store.crypto.age_format import is_public_key
from rulefiles.dated_values import NATIONAL_FILE, load_dated_values
from rulefiles.deadlines import load_time_limits
from rulefiles.local_values import load_local_values
from rulefiles.toml_files import RuleFileError, read_toml, read_toml_text
from site_src.centre import Centre, load_centre

STORE_VARIABLE = "BANGFU_STORE"
_STORES = ("sqlite:///", "postgresql")
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class ConfigProblem(Exception):  # noqa: N818 (what an operator wrote is no fault of the program)
    """The configuration cannot be used; the message names file, place and remedy."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ServerConfig(_Part):
    """Where the server listens, what it is called from outside, what it does under attack."""

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    public_url: str = "http://127.0.0.1:8000"
    leave_to: str = "https://www.weather.com.cn/"
    proxy_hops: int = Field(default=0, ge=0, le=3)
    tls_terminated_by_proxy: bool = False
    threads: int = Field(default=8, ge=1, le=64)
    proof_of_work: Literal["under attack", "never"] = "under attack"


class StoreConfig(_Part):
    """The database and the key file; relative paths are inside the instance."""

    url: str = "sqlite:///portal.db"
    key_file: str = "keys.json"


class BackupConfig(_Part):
    """Where copies are put, relative to the instance, and the age keys that open them."""

    folder: str = ""
    public_keys: list[str] = Field(default_factory=list)


class Config(_Part):
    """All of config.toml."""

    server: ServerConfig = ServerConfig()
    store: StoreConfig = StoreConfig()
    limits: dict[str, int] = {}
    notices: NoticesConfig = NoticesConfig()
    backup: BackupConfig = BackupConfig()


_MESSAGES: Mapping[str, str] = {
    "extra_forbidden": "没有这一项。请删掉，或对照说明书改名",
    "string_type": "要填文字，两边加引号",
    "int_type": "要填整数",
    "bool_type": "要填 true 或 false",
    "greater_than_equal": "数字太小",
    "less_than_equal": "数字太大",
    "literal_error": "不认识填的这个词。请对照说明书",
    "model_type": "要写成一节，比如 [server]",
    "dict_type": "要写成一节，比如 [limits]",
}


def load_config(folder: Path) -> Config:
    """Read config.toml of an instance; without the file the defaults hold. ConfigProblem."""
    path = folder / "config.toml"
    if not path.exists():
        return Config()
    try:
        config = Config.model_validate(read_toml(path, str(path)))
    except RuleFileError as error:
        raise ConfigProblem(str(error)) from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        remedy = _MESSAGES.get(first["type"], str(first["msg"]))
        raise ConfigProblem(f"{path}：「{place}」{remedy}。") from None
    _require_safe(path, config)
    return config


def _require_safe(path: Path, config: Config) -> None:
    server = config.server
    if server.host not in LOOPBACK and not server.tls_terminated_by_proxy:
        raise ConfigProblem(
            f"{path}：「server.host」对外开放时，前面要有加密的代理。"
            "装好代理以后写 tls_terminated_by_proxy = true。"
        )
    if server.tls_terminated_by_proxy and not server.proxy_hops:
        raise ConfigProblem(
            f"{path}：「server.proxy_hops」前面有代理时，要写清有几层，一般写 proxy_hops = 1。"
        )
    if unknown := set(config.limits) - {*RateLimit, BACKLOG.key}:
        raise ConfigProblem(f"{path}：「limits」里没有“{min(unknown)}”这一项。请删掉。")
    if not config.store.url.startswith(_STORES):
        raise ConfigProblem(
            f"{path}：「store.url」要写成 sqlite:///portal.db 或 postgresql+psycopg://地址。"
        )
    for name in ("public_url", "leave_to"):
        if not _is_web_address(getattr(server, name)):
            raise ConfigProblem(f"{path}：「server.{name}」要写成 https://网址。")
    _require_readable_copies(path, config.backup)
    if mistake := find_mistake(config.notices):
        raise ConfigProblem(f"{path}：「notices.{mistake[0]}」{mistake[1]}。")


def _require_readable_copies(path: Path, backup: BackupConfig) -> None:
    if backup.folder and not backup.public_keys:
        raise ConfigProblem(
            f"{path}：「backup.public_keys」要写上公钥，备份才打得开。请运行 bangfu backup-key。"
        )
    for key in backup.public_keys:
        if not is_public_key(key):
            raise ConfigProblem(
                f"{path}：「backup.public_keys」里的“{key[:12]}…”不是公钥。公钥是 age1 开头的。"
            )


def _is_web_address(text: str) -> bool:
    try:
        address = urlsplit(text)
    except ValueError:
        return False
    return address.scheme in {"http", "https"} and bool(address.hostname)


def read_secret(folder: Path, config: Config) -> str:
    """Read the file that notices.secret_file names; empty without one. ConfigProblem."""
    if not config.notices.secret_file:
        return ""
    path = (folder / config.notices.secret_file).resolve()
    try:
        if path.stat().st_mode & 0o077:
            raise ConfigProblem(f"{path}：别的用户也能读这个文件。请运行 chmod 600 {path}")
        secret = path.read_text("utf-8").strip()
    except OSError as error:
        raise ConfigProblem(
            f"{path}：打不开发通知要用的密码文件（{error.strerror}）。"
            "请把密码放进去，或者改 config.toml 里的 notices.secret_file。"
        ) from None
    except UnicodeDecodeError:
        raise ConfigProblem(f"{path}：文件要存成 UTF-8 编码。") from None
    if not secret:
        raise ConfigProblem(f"{path}：文件是空的。请把密码写在第一行。")
    return secret


def limits_of(config: Config) -> dict[RateLimit, int]:
    """Return how often each thing may be tried: the defaults, but for what is configured."""
    return {limit: config.limits.get(limit, limit.most) for limit in RateLimit}


def backlog_of(config: Config) -> int:
    """Return how many cases may wait before handing in costs work."""
    return config.limits.get(BACKLOG.key, BACKLOG.most)


def instance_place(
    folder: Path, config: Config, environment: Mapping[str, str] = os.environ
) -> Place:
    """Return where the database and the keys of an instance are."""
    url = environment.get(STORE_VARIABLE) or config.store.url
    if url.startswith("sqlite:///"):
        url = f"sqlite:///{(folder / url.removeprefix('sqlite:///')).resolve()}"
    return Place(folder, url, (folder / config.store.key_file).resolve())


OTHER_TOWN = Choice("other", "其他地方、不清楚")


def town_choices(centre: Centre) -> tuple[Choice, ...]:
    """List the towns to pick from, and a way out for who lives elsewhere or does not know."""
    return (*(Choice(town.code, town.name) for town in centre.towns), OTHER_TOWN)


def read_rules(content: Path) -> Rulebook:
    """Read the centre's tables under content/rules. ConfigProblem if one is missing or wrong."""

    def read_text(name: str) -> str:
        return read_toml_text(content / "rules" / name, f"content/rules/{name}")

    def read_table(name: str) -> Mapping[str, object]:
        return read_toml(content / "rules" / name, f"content/rules/{name}")

    try:
        calendar = load_calendar(read_table("working_days.toml"))
        limits = load_time_limits(read_table("deadlines.toml"))
        local = load_local_values(read_text("local.toml"))
        lines = list_low_income_lines(local)
        thesaurus = load_thesaurus(read_text("synonyms.toml"))
        signposts = NO_SIGNPOSTS
        if (content / "rules" / "signposts.toml").exists():  # older centres have none
            signposts = load_signposts(read_text("signposts.toml"))
        national = load_dated_values(read_text("national.toml"), NATIONAL_FILE, NATIONAL_CODES)
    except RuleFileError as error:
        raise ConfigProblem(str(error)) from None
    deadlines = {row.code: row for row in limits.own}
    legal = {row.code: row for row in limits.legal}
    return Rulebook(calendar, deadlines, lines, thesaurus, national, local, legal, signposts)


def read_centre(content: Path) -> Centre:
    """Read the centre's own facts. ConfigProblem if they are missing or wrong."""
    try:
        return load_centre(content / "centre.toml")
    except ValueError as error:
        raise ConfigProblem(str(error)) from None


def missing_years(rules: Rulebook, today: date) -> list[int]:
    """List the years within the next two months whose holidays or shift of days are not entered."""
    soon = today.year + 1 if today.month >= 11 else today.year
    calendar = rules.calendar
    return [
        year
        for year in sorted({today.year, soon})
        if not calendar.knows(year) or year not in calendar.arranged_years
    ]
