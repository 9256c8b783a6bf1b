"""What an operator gets wrong: one line that says what to do, an exit code, nothing touched."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.cli.main import main
from portal.store.engine.connections import writers_turn
from tests.faults.serving import (
    INSTALLED,
    PROJECT,
    Setting,
    copy_centre,
    create_centre,
    run_command,
    serving,
    words_of,
    write_config,
)
from tests.support.patience import STEP
from tests.support.ports import find_free_port

MANUAL = (PROJECT / "portal/docs/operate.md").read_text("utf-8")
DOCUMENTED = {int(code) for code in re.findall(r"^\| (\d+) \|", MANUAL, re.M)}
Mishap = Callable[[Setting], None]


@pytest.fixture(scope="module")
def whole_centre(tmp_path_factory: pytest.TempPathFactory) -> Setting:
    """A centre that nothing is wrong with, to be copied."""
    return copy_centre(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def centre(whole_centre: Setting, tmp_path: Path) -> Setting:
    """A copy of it for one mistake, with a live site that is one page."""
    shutil.copytree(whole_centre.root.parent, tmp_path, dirs_exist_ok=True)
    generation = tmp_path / "root/build/generations/site-live"
    generation.mkdir(parents=True)
    (generation / "index.html").write_text("the live site")
    (tmp_path / "root/build/site").symlink_to("generations/site-live")
    (tmp_path / "instance/serving.lock").touch(0o600)  # an earlier start leaves it behind
    return replace(whole_centre, root=tmp_path / "root", instance=tmp_path / "instance")


def everything(setting: Setting) -> dict[str, bytes]:
    """All files of the instance and all that the live site shows, with their bytes and modes."""
    live = setting.root / "build" / "site"
    found = [*setting.instance.rglob("*"), *live.rglob("*"), live.resolve()]
    return {
        f"{path} {path.stat().st_mode:o}": path.read_bytes() if path.is_file() else b""
        for path in found
    }


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said to the operator."""

    code: int
    line: str


def answer_to(setting: Setting, *words: str) -> Answer:
    """Run a command that must fail, in this process; it may print one line and touch nothing."""
    before = everything(setting)
    places = ["--root", str(setting.root), "--instance", str(setting.instance)]
    result = CliRunner().invoke(main, [*places, *words])
    assert isinstance(result.exception, SystemExit), result.exception
    assert everything(setting) == before
    lines = result.stderr.splitlines()
    assert len(lines) == 1, lines
    assert result.stdout == ""
    assert result.exit_code in DOCUMENTED
    return Answer(result.exit_code, lines[0])


def write_in_config(text: str, encoding: str = "utf-8") -> Mishap:
    def mishap(setting: Setting) -> None:
        (setting.instance / "config.toml").write_text(text, encoding)

    return mishap


def change_bytes(name: str, change: Callable[[bytes], bytes]) -> Mishap:
    def mishap(setting: Setting) -> None:
        path = setting.instance / name
        path.write_bytes(change(path.read_bytes()))

    return mishap


def remove(name: str) -> Mishap:
    return lambda setting: (setting.instance / name).unlink()


def open_to_the_world(setting: Setting) -> None:
    (setting.instance / "keys.json").chmod(0o644)


def put_a_folder_in_the_way(setting: Setting) -> None:
    (setting.instance / "config.toml").unlink()
    (setting.instance / "config.toml").mkdir()


def write_by_newer_version(setting: Setting) -> None:
    with closing(sqlite3.connect(setting.instance / "portal.db")) as database:
        database.execute("UPDATE meta SET version = 999")
        database.commit()


MISTAKES: dict[str, tuple[Mishap, int, str]] = {
    "an unknown key": (
        write_in_config("[server]\nprot = 8000\n"), 78, "config.toml：「server.prot」没有这一项"),
    "a wrong type": (
        write_in_config('[server]\nport = "8000"\n'), 78, "「server.port」要填整数"),
    "a key instead of a section": (write_in_config("server = 8000\n"), 78, "「server」要写成一节"),
    "an unknown limit": (write_in_config("[limits]\nsubmits = 1\n"), 78, "没有“submits”这一项"),
    "bad TOML": (write_in_config("[server]\nport = \n"), 78, "第 2 行"),
    "a GBK file": (write_in_config('# 青石市\n', "gbk"), 78, "UTF-8"),
    "a folder in place of the file": (put_a_folder_in_the_way, 70, "config.toml：不能读写"),
    "a host that is not ours": (
        write_in_config('[server]\nhost = "192.0.2.1"\n'
                        'tls_terminated_by_proxy = true\nproxy_hops = 1\n'), 69,
        "192.0.2.1 的端口 8000 打不开"),
    "an open host without proxy": (
        write_in_config('[server]\nhost = "0.0.0.0"\n'), 78, "tls_terminated_by_proxy"),
    "a wrong database address": (
        write_in_config('[store]\nurl = "sqlite://portal.db"\n'), 78, "「store.url」"),
    "no key file": (remove("keys.json"), 78, "keys.json：密钥文件不见了"),
    "a cut key file": (
        change_bytes("keys.json", lambda text: text[: len(text) // 2]), 78, "密钥文件坏了"),
    "an emptied key file": (change_bytes("keys.json", lambda _: b""), 78, "密钥文件坏了"),
    "a key file for all to read": (open_to_the_world, 78, "chmod 600"),
    "no database": (remove("portal.db"), 75, "portal.db：数据库不见了"),
    "an emptied database": (change_bytes("portal.db", lambda _: b""), 70, "从备份放回"),
    "a cut database": (
        change_bytes("portal.db", lambda pages: pages[: len(pages) // 2]), 70, "从备份放回"),
    "garbage for a database": (
        change_bytes("portal.db", lambda pages: b"x" * len(pages)), 70, "从备份放回"),
    "garbage inside the database": (
        change_bytes("portal.db", lambda pages: pages[:100] + b"x" * (len(pages) - 100)), 70,
        "从备份放回"),
    "a damaged page in the database": (
        change_bytes("portal.db", lambda pages: pages[:-4096] + bytes(4096)), 70, "从备份放回"),
    "a database of a newer version": (write_by_newer_version, 70, "请升级本程序"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_server_that_cannot_start_says_why_in_one_line(centre: Setting, mistake: str) -> None:
    mishap, code, words = MISTAKES[mistake]
    mishap(centre)
    answer = answer_to(centre, "serve")
    assert words in answer.line
    assert answer.code == code


def test_the_key_file_of_another_instance_is_refused(centre: Setting, tmp_path: Path) -> None:
    other = create_centre(tmp_path / "other")
    shutil.copy(other.instance / "keys.json", centre.instance / "keys.json")
    answer = answer_to(centre, "serve")
    assert answer.code == 78
    assert "keys.json：这份密钥打不开这个数据库" in answer.line


def test_a_busy_port_is_named_with_the_remedy(centre: Setting) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        centre = replace(centre, port=taken.getsockname()[1])
        write_config(centre)
        answer = answer_to(centre, "serve")
    assert answer.code == 69
    assert f"端口 {centre.port} 已经被别的程序占用" in answer.line


@pytest.fixture
def running_centre(centre: Setting) -> Iterator[Setting]:
    """A centre whose server holds its place but stands still: what changes is not its doing."""
    centre = replace(centre, port=find_free_port())
    write_config(centre)
    with serving(centre) as server:
        with writers_turn(centre.instance / "portal.db.lock", STEP):  # not amidst its writing
            server.send_signal(signal.SIGSTOP)
            os.waitpid(server.pid, os.WUNTRACED)
        yield centre
        server.send_signal(signal.SIGCONT)


def test_a_second_server_on_the_same_instance_is_refused(running_centre: Setting) -> None:
    answer = answer_to(running_centre, "serve")
    assert answer.code == 75
    assert "已经有一个服务在用这份数据" in answer.line


def test_commands_before_init_say_what_to_run(centre: Setting) -> None:
    nowhere = replace(centre, instance=centre.instance / "elsewhere")
    answer = answer_to(nowhere, "serve")
    assert answer.code == 75
    assert "bangfu init" in answer.line
    assert not nowhere.instance.exists()


@pytest.mark.parametrize("command", ["init", "demo"])
def test_nothing_is_laid_over_an_instance(centre: Setting, command: str) -> None:
    answer = answer_to(centre, command)
    assert answer.code == 75
    assert "已经有密钥文件" in answer.line


def test_init_with_a_wrong_login_says_how_to_go_on(centre: Setting) -> None:
    shutil.rmtree(centre.instance)
    centre.instance.mkdir(0o700)
    write_config(centre)
    done = run_command(centre, "init", "--login", "王芳")
    assert done.returncode == 65
    assert len(done.stderr.splitlines()) == 1
    assert "请运行 bangfu staff add" in done.stderr
    assert run_command(centre, "staff", "add", "wangfang", "王芳", "admin").returncode == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [("nobody intake", "没有用户名“nobody”"), ("admin editor", "没有别的系统管理员能登录"),
     ("admin admin intake", "不能同时是")],
)  # fmt: skip
def test_roles_that_cannot_be_given_say_why(centre: Setting, words: str, told: str) -> None:
    answer = answer_to(centre, "staff", "role", *words.split())
    assert answer.code == 65
    assert told in answer.line


def test_init_with_the_keys_lost_does_not_make_new_ones(centre: Setting) -> None:
    (centre.instance / "keys.json").unlink()
    answer = answer_to(centre, "init")
    assert answer.code == 75
    assert "请从备份放回密钥" in answer.line


@pytest.mark.parametrize("words", [("serve", "--demo-links"), ("demo",)])
def test_a_real_centre_gets_no_demonstration(centre: Setting, words: tuple[str, ...]) -> None:
    facts = centre.root / "content" / "centre.toml"
    text = facts.read_text("utf-8")
    facts.write_text(text.replace("demonstration = true", "demonstration = false"), "utf-8")
    if words == ("demo",):
        shutil.rmtree(centre.instance)
        centre.instance.mkdir()
    answer = answer_to(centre, *words)
    assert answer.code == 78
    assert "demonstration 不是 true" in answer.line


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_broken_content_file_leaves_the_live_site(centre: Setting, command: str) -> None:
    story = next((centre.root / "content" / "stories").glob("*.md"))
    story.write_text(re.sub("年份: .*", "年份: 去年", story.read_text("utf-8")), "utf-8")
    answer = answer_to(centre, "site", command)
    assert answer.code == 65
    assert story.name in answer.line


def test_the_command_itself_ends_as_quietly(centre: Setting) -> None:
    write_in_config("[server]\nprot = 8000\n")(centre)
    command = [INSTALLED, *words_of(centre, "serve")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 78
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
