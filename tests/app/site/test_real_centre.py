"""A real centre goes public when nothing in it is invented or blank, and not before."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.cli.main import main
from site_src.placeholders import SHIPPED_NAMES
from tests.support.filled_centre import fill_in, make_real

REPOSITORY = Path(__file__).parents[3]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The shipped content, said to be that of a real centre with a public address."""
    shutil.copytree(REPOSITORY / "content", tmp_path / "content")
    make_real(tmp_path)
    (tmp_path / "instance").mkdir()
    address = 'public_url = "https://bangfu.linjiang.test"\n'
    (tmp_path / "instance" / "config.toml").write_text(f"[server]\n{address}", "utf-8")
    return tmp_path


def run(root: Path, *words: str) -> Result:
    """What a command answers."""
    return CliRunner().invoke(main, ["--root", str(root), *words])


def test_check_lists_what_is_left_file_by_file_with_lines(root: Path) -> None:
    answer = run(root, "site", "check")
    assert answer.exit_code == 65
    rows = answer.stdout.splitlines()
    assert "content/centre.toml（18 处）" in rows
    assert "  第 11 行：“0000-1234567”不是真的号码。请换成真的" in rows
    for name in ("network.toml", "rules/local.toml", "pages/about.md", "stories/", "notices/"):
        assert any(row.startswith(f"content/{name}") for row in rows)
    assert "处是编的或者空着的" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


@pytest.mark.parametrize("words", [("site", "build"), ("serve",)])
def test_build_and_serve_refuse_in_one_line(root: Path, words: tuple[str, ...]) -> None:
    answer = run(root, *words)
    assert answer.exit_code == 65
    assert answer.stderr.count("\n") == 1
    assert "bangfu site check" in answer.stderr
    assert not (root / "build" / "site").exists()


def test_a_mistake_is_told_beside_the_list(root: Path) -> None:
    with (root / "content" / "redirects.toml").open("a", encoding="utf-8") as file:
        file.write("x = 1\n")
    answer = run(root, "site", "check")
    assert "行：「x」" in answer.stderr
    assert "content/centre.toml（18 处）" in answer.stdout


def test_an_address_of_this_machine_is_a_blank_of_a_real_centre(root: Path) -> None:
    fill_in(root)
    (root / "instance" / "config.toml").unlink()
    answer = run(root, "site", "check")
    assert answer.exit_code == 65
    assert "「server.public_url」还是本机的网址" in answer.stdout
    assert "还有 1 处" in answer.stderr


def test_a_centre_that_is_filled_in_is_checked_built_and_shows_nothing_invented(
    root: Path,
) -> None:
    fill_in(root)
    assert run(root, "site", "check").stdout.endswith("\n内容没有问题。\n")
    assert run(root, "site", "build").exit_code == 0
    for page in (root / "build" / "site").rglob("*.html"):
        text = page.read_text("utf-8")
        assert "示范数据" not in text, page
        assert not any(name in text for name in SHIPPED_NAMES), page
        assert not re.search(r"(?<![0-9-])12351", text), page
    assert 'href="tel:0571-12351"' in (root / "build/site/index.html").read_text("utf-8")


def test_a_centre_without_an_area_code_says_how_12351_is_dialled(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "content", tmp_path / "content")
    local = tmp_path / "content" / "rules" / "local.toml"
    local.write_text(local.read_text("utf-8").replace('area_code = "0000"', 'area_code = ""'))
    assert run(tmp_path, "site", "build").exit_code == 0
    home = (tmp_path / "build/site/index.html").read_text("utf-8")
    assert 'href="tel:12351"' in home
    assert "用手机打，前面先拨省会城市的区号" in home


def test_one_placeholder_written_later_stops_the_next_build(root: Path) -> None:
    fill_in(root)
    notice = root / "content" / "notices" / "new-year-opening-hours.md"
    notice.write_text(notice.read_text("utf-8") + "\n地点：待补充\n", "utf-8")
    answer = run(root, "site", "build")
    assert answer.exit_code == 65
    assert "还有 1 处" in answer.stderr


@pytest.mark.parametrize("name", ["synonyms", "working_days", "local", "deadlines", "national"])
def test_check_refuses_a_table_that_the_server_could_not_read(root: Path, name: str) -> None:
    table = root / "content" / "rules" / f"{name}.toml"
    table.write_bytes("# 工会".encode("gbk"))
    answer = run(root, "site", "check")
    assert answer.exit_code == 78
    assert f"content/rules/{name}.toml 第 1 行：文字编码不对" in answer.stderr
