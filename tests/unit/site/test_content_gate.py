"""Every text file of content/ comes through one gate: what is wrong with one is told of each."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from portal.settings.config import ConfigProblem, read_rules
from rulefiles.toml_files import RuleFileError
from site_src.errors import SiteProblem
from site_src.loader import OWN_TABLES, RULE_TABLES, Readings, load_content
from site_src.vocabulary.glossary import load_glossary
from tests.support.small_content import lay_out_content, problems_of

REPOSITORY = Path(__file__).parents[3]
FILES = (*OWN_TABLES, *(f"rules/{name}" for name in RULE_TABLES), "notices/legal-advice-day.md")
Spoil = Callable[[str], bytes]
READ: Readings = {}  # what has not changed is not read again

MISCODED = "文字编码不对。请用记事本打开，点“另存为”，编码选 UTF-8，再保存"
SPOILT: dict[str, tuple[Spoil, str]] = {
    "GBK": (lambda text: text.encode("gb18030"), f"第 1 行：{MISCODED}"),
    "control": (lambda text: f"{text}\n# 看\x08\n".encode(), "（U+0008）"),
    "bidi": (lambda text: f"{text}\n# 看\u202e\n".encode(), "（U+202E）"),
    "huge": (lambda text: f"{text}\n# {'x' * 1_000_000}\n".encode(), "文件太大，要小于 "),
}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with the real content."""
    root = tmp_path_factory.mktemp("gate")
    shutil.copytree(REPOSITORY / "content", root / "content")
    (root / "build").mkdir()
    return root


def told_of(root: Path) -> str:
    """What site check says, and the server at its start."""
    said: list[str] = []
    try:
        load_content(root, READ)
    except SiteProblem as problem:
        said += problem.problems
    for read in (read_rules, load_glossary):
        try:
            read(root / "content")
        except (ConfigProblem, RuleFileError) as error:
            said.append(str(error))
    return "\n".join(said)


def put(root: Path, name: str, body: bytes) -> str:
    """Put other bytes into a file for a moment; what is said of them."""
    path = root / "content" / name
    kept = path.read_bytes()
    path.write_bytes(body)
    try:
        return told_of(root)
    finally:
        path.write_bytes(kept)


@pytest.mark.parametrize("name", FILES)
def test_a_byte_order_mark_is_no_fault_in_any_file(content: Path, name: str) -> None:
    assert put(content, name, b"\xef\xbb\xbf" + (content / "content" / name).read_bytes()) == ""


@pytest.mark.parametrize("fault", SPOILT)
@pytest.mark.parametrize("name", FILES)
def test_each_file_says_the_same_of_the_same_fault(content: Path, name: str, fault: str) -> None:
    spoil, expected = SPOILT[fault]
    said = put(content, name, spoil((content / "content" / name).read_text("utf-8")))
    assert f"content/{name} 第 " in said
    assert expected in said


@pytest.mark.parametrize("name", FILES)
def test_no_file_may_be_a_link_to_another_place(content: Path, name: str) -> None:
    path, away = content / "content" / name, content / "away"
    path.rename(away)
    path.symlink_to(away)
    try:
        assert f"content/{name} 第 1 行：这是一个链接，不是文件" in told_of(content)
    finally:
        path.unlink()
        away.rename(path)


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".toml")])
def test_a_slip_of_a_table_is_told_in_chinese_with_its_line(content: Path, name: str) -> None:
    text = (content / "content" / name).read_text("utf-8").rstrip("\n")
    said = put(content, name, f"{text}\nx = “a”\n".encode())
    line = text.count("\n") + 2
    assert f"content/{name} 第 {line} 行：引号要用英文的 " in said


@pytest.mark.parametrize(
    "name", ["a.md", "news/a.md", "rules/locals.toml", "centre.toml.bak", "rules/old/local.toml"]
)
def test_a_file_that_nobody_reads_is_told(tmp_path: Path, name: str) -> None:
    path = lay_out_content(tmp_path) / "content" / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text("x", "utf-8")
    (problem,) = problems_of(tmp_path)
    assert "放在这里没有人读" in problem
