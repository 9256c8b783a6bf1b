"""Links, pictures and names lead to what is there, or are told with file and line."""

from pathlib import Path

import pytest

from site_src.build import check_content
from site_src.errors import SiteProblem
from site_src.schemas import Policy
from tests.support.small_content import GUIDE, PAGE, POLICY, lay_out_content, problems_of, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small, right content folder."""
    return lay_out_content(tmp_path)


ASKED = "请改成有的，例如 #facts、#sources、#stories、#use、#怎么办"


@pytest.mark.parametrize(
    ("file", "link", "line", "remedy"),
    [
        ("policies/wages.md", "#none", 24, ASKED),
        ("pages/about.md", "/policies/wages/#none", 8, ASKED),
        ("pages/about.md", "/policies/wages/?a=b#none", 8, ASKED),
        ("pages/about.md", "/policies/#none", 8, ""),
        ("pages/about.md", "/#none", 8, ""),
        ("pages/about.md", "#none", 8, "请删掉 # 和后面的"),
    ],
)
def test_a_link_to_a_heading_that_is_not_there_is_told_with_file_and_line(
    root: Path, file: str, link: str, line: int, remedy: str
) -> None:
    write(root, "policies/wages.md", POLICY + "\n## 怎么办\n\n来问。\n")
    text = (root / "content" / file).read_text(encoding="utf-8")
    write(root, file, f"{text}\n[点]({link})\n")
    with pytest.raises(SiteProblem) as caught:
        check_content(root)
    told = f"content/{file} 第 {line} 行：链接「{link}」里 # 后面的，在那一页找不到，{remedy}"
    (problem,) = caught.value.problems
    assert problem.startswith(told)


@pytest.mark.parametrize(
    "link",
    [
        "#怎么办",
        "#use",
        "#%E6%80%8E%E4%B9%88%E5%8A%9E",
        "/policies/wages/#怎么办",
        "/papers/#arbitration",
        "/policies/#topics",
        "/deadlines/",
    ],
)
def test_a_link_to_a_heading_that_is_there_is_allowed(root: Path, link: str) -> None:
    write(root, "policies/wages.md", POLICY + f"\n## 怎么办\n\n[点]({link})\n")
    assert check_content(root).of(Policy)


@pytest.mark.parametrize("form", ["/apply/none", "/tools/none", "/guides/help/"])
def test_a_guide_may_not_lead_to_a_form_that_is_not_there(root: Path, form: str) -> None:
    write(
        root,
        "guides/help.md",
        GUIDE.replace("办理: ''", f"办理: {form}").replace("[intake_check]", "[]"),
    )
    (problem,) = problems_of(root)
    assert problem.startswith(
        "content/guides/help.md 第 11 行：「办理」要写成 /apply、/consult 这样"
    )


def test_a_file_with_a_fault_is_named_alone_and_not_by_all_that_lead_to_it(root: Path) -> None:
    write(root, "policies/wages.md", POLICY.replace("时效: 现行有效", "时效: 还行"))
    write(root, "pages/about.md", PAGE + "\n[点](/policies/wages/)\n")
    write(root, "rules/deadlines.toml", "[[deadline]]\ncode = “x”\n")
    write(root, "guides/help.md", GUIDE)
    told = problems_of(root)
    assert [line.partition(" ")[0] for line in told] == [
        "content/policies/wages.md", "content/rules/deadlines.toml",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("photo.jpg", b"", "content/images/photo.jpg：这个文件是空的"),
        ("photo.png", b"<html>", "content/images/photo.png：这个文件不是图片"),
        ("photo.bmp", b"BM", "content/images/photo.bmp：只能放"),
        ("My Photo.jpg", b"", "content/images/My Photo.jpg：只能放"),
    ],
)
def test_a_picture_that_cannot_be_published_is_named_once(
    root: Path, name: str, body: bytes, says: str
) -> None:
    (root / "content/images").mkdir()
    (root / "content/images" / name).write_bytes(body)
    if name == "photo.jpg":
        write(root, "pages/about.md", PAGE + "\n![大厅](/images/photo.jpg)\n")
    (problem,) = problems_of(root)
    assert problem.startswith(says)
