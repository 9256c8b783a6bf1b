"""config.toml and the content that the server reads: each mistake is one line with its remedy."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from portal.domain.cases.backlog import BACKLOG
from portal.domain.shared.rate_limits import RateLimit
from portal.settings.config import (
    Config,
    ConfigProblem,
    backlog_of,
    instance_place,
    limits_of,
    load_config,
    missing_years,
    read_centre,
    read_rules,
    town_choices,
)
from tests.support.house import CONTENT, RULES, rulebook


def problem_with(folder: Path, text: str | bytes) -> str:
    """The line that a config.toml with this text gives."""
    data = text.encode() if isinstance(text, str) else text
    (folder / "config.toml").write_bytes(data)
    with pytest.raises(ConfigProblem) as problem:
        load_config(folder)
    words = str(problem.value)
    assert "\n" not in words
    assert words.startswith(f"{folder}/config.toml")
    return words


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[server]\nprot = 1", "server.prot"),
        ("colour = 1", "colour"),
        ("[server]\nport = '8000'", "server.port"),
        ("[server]\nport = 0", "server.port"),
        ("[server]\nport = 70000", "server.port"),
        ("[server]\nhost = 1", "server.host"),
        ("[server]\ntls_terminated_by_proxy = 'yes'", "server.tls_terminated_by_proxy"),
        ("server = 3", "server"),
        ("limits = 3", "limits"),
        ("[server]\nproof_of_work = 'always'", "server.proof_of_work"),
        ("[limits]\nsubmit = '3'", "limits.submit"),
        ("[limits]\nno_such = 3", "limits"),
        ("[server]\npublic_url = 'ftp://x'", "server.public_url"),
        ("[server]\npublic_url = 'http://['", "server.public_url"),
        ("[server]\npublic_url = 'https://'", "server.public_url"),
        ("[store]\nkey = 'x'", "store.key"),
    ],
)
def test_a_wrong_entry_is_named_with_its_place_in_chinese(
    tmp_path: Path, text: str, place: str
) -> None:
    words = problem_with(tmp_path, text)
    assert f"「{place}」" in words
    rest = words.removeprefix(str(tmp_path))
    assert not any(english in rest for english in ("nput should", "rror", "valid"))


def test_bad_toml_names_the_line(tmp_path: Path) -> None:
    assert "config.toml 第 2 行：等号只要一个" in problem_with(tmp_path, "[server]\nport = = 3")


def test_a_file_in_gbk_is_told_to_be_utf_8(tmp_path: Path) -> None:
    assert "UTF-8" in problem_with(tmp_path, "# 端口".encode("gbk"))


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::"])  # noqa: S104 (refused)
def test_listening_to_others_needs_an_encrypting_proxy(tmp_path: Path, host: str) -> None:
    words = problem_with(tmp_path, f"[server]\nhost = '{host}'")
    assert "「server.host」" in words
    assert "tls_terminated_by_proxy" in words
    (tmp_path / "config.toml").write_text(
        f"[server]\nhost = '{host}'\ntls_terminated_by_proxy = true\nproxy_hops = 1"
    )
    assert load_config(tmp_path).server.host == host


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_config(tmp_path) == Config()
    assert limits_of(Config()) == {limit: limit.most for limit in RateLimit}
    assert backlog_of(Config()) == BACKLOG.most


def test_a_limit_can_be_changed_in_its_count_only(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[limits]\nsubmit = 7")
    changed = limits_of(load_config(tmp_path))
    assert changed == limits_of(Config()) | {RateLimit.SUBMIT: 7}


def test_the_backlog_is_changed_under_its_old_key(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[limits]\n"new cases" = 7')
    config = load_config(tmp_path)
    assert backlog_of(config) == 7
    assert limits_of(config) == limits_of(Config())


def test_database_and_keys_lie_inside_the_instance_unless_told_otherwise(tmp_path: Path) -> None:
    place = instance_place(tmp_path, Config(), {})
    assert place.store_url == f"sqlite:///{tmp_path}/portal.db"
    assert place.key_file == tmp_path / "keys.json"
    elsewhere = instance_place(tmp_path, Config(), {"BANGFU_STORE": "postgresql+psycopg://db/x"})
    assert elsewhere.store_url == "postgresql+psycopg://db/x"


def test_the_real_content_can_be_read() -> None:
    rules = read_rules(CONTENT)
    assert rules.deadline("intake_check").words == "2 个工作日"
    assert rules.calendar.knows(2026)
    assert rules.lines
    towns = town_choices(read_centre(CONTENT))
    assert towns[-1].code == "other"
    assert len({town.code for town in towns}) == len(towns)


RULE_FILES = [
    "deadlines.toml",
    "working_days.toml",
    "local.toml",
    "national.toml",
    "synonyms.toml",
]


@pytest.mark.parametrize("name", RULE_FILES)
@pytest.mark.parametrize("spoiled", [None, b"\xff\xfe", b"x = = 1", b""])
def test_a_spoiled_rule_file_is_named(tmp_path: Path, name: str, spoiled: bytes | None) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    for file in RULE_FILES:
        (rules / file).write_bytes((RULES / file).read_bytes())
    (rules / name).unlink()
    if spoiled is not None:
        (rules / name).write_bytes(spoiled)
    with pytest.raises(ConfigProblem) as problem:
        read_rules(tmp_path)
    assert name in str(problem.value)
    assert "\n" not in str(problem.value)


def test_a_missing_centre_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigProblem, match=r"centre\.toml"):
        read_centre(tmp_path)


def test_the_server_asks_for_next_years_holidays_in_november() -> None:
    calendar = replace(rulebook().calendar, arranged_years=frozenset({2025, 2026}))
    rules = replace(rulebook(), calendar=calendar)
    assert missing_years(rules, date(2026, 10, 31)) == []
    assert missing_years(rules, date(2026, 11, 1)) == [2027]  # holidays, but not yet shifted
    assert missing_years(rules, date(2027, 1, 1)) == [2027]
    assert missing_years(rules, date(2029, 12, 31)) == [2029, 2030]


def test_a_proxy_without_its_number_of_hops_is_asked_about(tmp_path: Path) -> None:
    words = problem_with(tmp_path, "[server]\ntls_terminated_by_proxy = true")
    assert "「server.proxy_hops」" in words
