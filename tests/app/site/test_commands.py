"""`bangfu site` from the outside: quick to start, writes and previews without touching the site."""

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from tests.support import patience, preloaded

REPOSITORY = Path(__file__).parents[3]
HEAVY = ("sqlalchemy", "flask", "mkdocs", "typst", "waitress", "psycopg")
PAGE = "---\n标题: 示范页\n摘要: 示范\n---\n\n有事请来。\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small centre."""
    pages = tmp_path / "content/pages"
    pages.mkdir(parents=True)
    shutil.copyfile(REPOSITORY / "content/centre.toml", tmp_path / "content/centre.toml")
    for name in ("about", "privacy", "accessibility"):
        (pages / f"{name}.md").write_text(PAGE, encoding="utf-8")
    return tmp_path


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run `bangfu` to its end."""
    return preloaded.run(preloaded.BANGFU, "--root", str(root), *command)


@pytest.mark.parametrize("module", ["portal.cli.main", "site_src.loader"])
def test_help_and_check_load_neither_store_nor_server(module: str) -> None:
    code = f"import sys, {module}; print(sorted(set({HEAVY}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True
    )
    assert done.stdout == "[]\n", done.stderr


def test_new_file_is_made_and_check_says_what_it_lacks(root: Path) -> None:
    made = run(root, "site", "new", "notice", "spring-hours")
    assert made.returncode == 0, made.stderr
    checked = run(root, "site", "check")
    assert checked.returncode == 65
    assert "content/notices/spring-hours.md 第" in checked.stderr
    assert "正文是空的" in checked.stderr
    again = run(root, "site", "new", "notice", "spring-hours")
    assert again.returncode == 65
    assert len(again.stderr.splitlines()) == 1


def test_build_publishes_the_privacy_list_without_an_instance(root: Path) -> None:
    done = run(root, "site", "build")
    assert done.returncode == 0, done.stderr
    assert 'id="form-apply"' in (root / "build/site/privacy/index.html").read_text("utf-8")
    assert not (root / "instance").exists()


@dataclass(frozen=True)
class Preview:
    """A running preview."""

    root: Path
    port: int

    def open(self, path: str) -> str:
        """The page, whatever its status; nothing if nobody answers yet."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=patience.STEP) as answer:
                return str(answer.read().decode("utf-8"))
        except HTTPError as error:
            with error:
                return error.read().decode("utf-8")
        except URLError:
            return ""

    def write_about(self, text: str) -> None:
        """Save a new about page."""
        (self.root / "content/pages/about.md").write_text(text, encoding="utf-8")


def wait_for(holds: Callable[[], bool]) -> None:
    """Wait until something has come about that will."""
    end = time.monotonic() + patience.STEP
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.fixture
def preview(
    root: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Preview]:
    """`bangfu site serve` on a free port; stopped as a service would be, and it must end well."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    if broken := getattr(request, "param", ""):
        (root / "content/pages/about.md").write_text(broken, encoding="utf-8")
    monkeypatch.setenv("TMPDIR", str(root))
    words = ("--root", str(root), "site", "serve", "--port", str(port))
    with (root / "said").open("w") as said:
        started = preloaded.start(preloaded.BANGFU, *words, out=said.fileno(), err=said.fileno())
    running = Preview(root, port)
    wait_for(lambda: running.open("/apply") != "")
    assert list(root.glob("bangfu-preview-*"))
    yield running
    started.send_signal(signal.SIGTERM)
    assert started.wait(patience.STEP) == 0
    assert not list(root.glob("bangfu-preview-*"))


def test_preview_follows_what_is_saved_and_keeps_the_old_page_when_it_is_wrong(
    preview: Preview,
) -> None:
    assert "/livereload/" in preview.open("/about/")
    preview.write_about(PAGE.replace("有事请来", "改过了"))
    wait_for(lambda: "改过了" in preview.open("/about/"))
    preview.write_about(PAGE.replace("摘要: 示范\n", ""))
    wait_for(lambda: "还不能换成新的" in preview.open("/about/"))
    shown = preview.open("/about/")
    assert "content/pages/about.md 第" in shown
    assert "「摘要」没有写" in shown
    assert "改过了" in shown
    preview.write_about(PAGE.replace("有事请来", "好了"))
    wait_for(lambda: "好了" in preview.open("/about/"))
    assert "还不能换成新的" not in preview.open("/about/")
    assert not (preview.root / "build").exists()


def test_preview_says_that_forms_do_not_answer_here(preview: Preview) -> None:
    for path in ("/apply", "/consult?card=x", "/status", "/staff/", "/search"):
        assert "这是预览，办不了事" in preview.open(path)


@pytest.mark.parametrize("preview", ["没有开头\n"], indirect=True)
def test_preview_that_cannot_begin_shows_why_and_tries_again(preview: Preview) -> None:
    shown = preview.open("/")
    assert "content/pages/about.md 第 1 行" in shown
    assert 'http-equiv="refresh"' in shown
    preview.write_about(PAGE)
    wait_for(lambda: "/livereload/" in preview.open("/"))


def test_taken_port_is_told_in_one_line_and_touches_nothing(root: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run(root, "site", "serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 69
    assert done.stdout == ""
    assert "已经被别的程序占用" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (root / "build").exists()
