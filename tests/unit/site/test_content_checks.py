"""Every slip in a content file is one Chinese line with file, line and remedy."""

from pathlib import Path

import pytest

from site_src.frontmatter import read_document
from site_src.loader import load_content
from site_src.schemas import Policy, Story
from tests.support.small_content import (
    CENTRE,
    PAGE,
    POLICY,
    STORY,
    lay_out_content,
    problems_of,
    write,
)

OUTSIDE = "只能连到本站（以 / 开头）或电话号码；外面的网站请写出名称"
PICTURE = "请把图片放进 content/images，写成 /images/文件名"
BLANK = "在这里是“空”的意思。没有内容就写 ''，真要这几个字就加引号"
STRAY = "看不见或者读不出来的字符（"
PASTED = "，多半是粘贴时带来的。请把它前后的字一起删掉，重新打一遍"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small, right content folder."""
    return lay_out_content(tmp_path)


def test_right_content_is_read(root: Path) -> None:
    content = load_content(root)
    assert content.of(Policy)[0].record.certainty == "凭经验，待核实"
    assert content.of(Policy)[0].record.issued_on == "2004-01"
    assert content.of(Policy)[0].address == "/policies/wages/"
    assert content.of(Story)[0].record.year == ""
    assert content.public.figures is None


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "时效: 现行有效",
            "时效: 还行",
            "第 5 行：「时效」只能填 现行有效、已修改、已废止、待核实 中的一个",
        ),
        ("摘要: 讲工资怎么发。\n", "", "第 1 行：「摘要」没有写，请补上；没有内容就写 ''"),
        ("文号: ''", "文号: ''\n文好: x", "第 5 行：「文好」不认识，请删掉或改正拼写"),
        (
            "主题: [工资]",
            "主题: 工资",
            "第 10 行：「主题」要写成列表，每行以减号加空格开头；没有就写 []",
        ),
        ("2026-11-24", "2026-02-30", "第 13 行：「核对日期」「2026-02-30」没有这一天，请改正"),
        ("2004-01", "去年", "第 6 行：「发布日期」要写成 2026-11-24 这样的日期"),
        (
            "标题: 示范办法",
            "标题： 示范办法",
            "第 2 行：名称后面要用英文冒号加一个空格（: ），不要用中文冒号",
        ),
        ("文号: ''", "文号: ''\n文号: ''", "第 5 行：「文号」写了两次，请删掉一个"),
        ("标题: 示范办法", "标题: &x 示范办法", "第 2 行：以 &、* 或 ! 开头的文字要加引号"),
        ("标题: 示范办法", "标题: null", f"第 2 行：“null”{BLANK}"),
        ("标题: 示范办法", "标题: ~", f"第 2 行：“~”{BLANK}"),
        ("主题: [工资]", "主题:\n  - NULL", f"第 11 行：“NULL”{BLANK}"),
        (
            "摘要: 讲工资",
            "摘要: 讲\x08工资",
            f"第 11 行：“摘要: 讲”后面有一个{STRAY}U+0008）{PASTED}",
        ),
        (
            "摘要: 讲工资怎么发。",
            '摘要: "讲\\b工资"',
            f"第 11 行：“讲”后面有一个{STRAY}U+0008）{PASTED}",
        ),
        ("工资要按月发", "\u2028工资要按月发", f"第 18 行：行首有一个{STRAY}U+2028）{PASTED}"),
        ("工资要按月发", "工资\uf0b7按月发", f"第 18 行：“工资”后面有一个{STRAY}U+F0B7）{PASTED}"),
        ("---\n\n工资", "\n\n工资", "第 1 行：各项写完以后，要有单独一行 --- 把它和正文隔开"),
    ],
)
def test_wrong_front_matter_names_line_and_remedy(
    root: Path, old: str, new: str, expected: str
) -> None:
    assert old in POLICY
    write(root, "policies/wages.md", POLICY.replace(old, new, 1))
    assert f"content/policies/wages.md {expected}" in problems_of(root)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<script>x</script>", "正文里不能有 HTML 标签（尖括号），请删掉，只写文字"),
        ("<!-- x -->", "正文里不能有 HTML 标签（尖括号），请删掉，只写文字"),
        ('--8<-- "mkdocs.yml"', "正文里不能有 --8<--（它会插入别的文件），请删掉"),
        ("字{: onclick=x }", "正文里不要用花括号 { }，请删掉"),
        ("# 大标题", "正文里的小标题要用两个井号（## ）开头；大标题已经写在「标题」里了"),
        (
            "[点](javascript:x)",
            f"链接「javascript:」不能用，{OUTSIDE}",
        ),
        (
            "[点](data:text/html,x)",
            f"链接「data:」不能用，{OUTSIDE}",
        ),
        (
            "[点](//example.com/)",
            f"链接「//example.com/」不能用，{OUTSIDE}",
        ),
        (
            "[点](../x/)",
            f"链接「../x/」不能用，{OUTSIDE}",
        ),
        (
            "[点](/policies/none/)",
            "链接「/policies/none/」在本站找不到，请改成有的网页，例如 /policies/",
        ),
        (
            "![图](https://example.com/a.png)",
            f"图片「https://example.com/a.png」不能用，{PICTURE}",
        ),
        (
            "[点](/tools/none)",
            "链接「/tools/none」找不到，请改成有的，例如 /tools/self-test",
        ),
        (
            "[点](/papers/#none)",
            "链接「/papers/#none」找不到，请改成有的，例如 /papers/#wage-demand",
        ),
        ("[点](/apply/none)", "链接「/apply/none」找不到，请改成 /apply 这样的办事地址"),
        ("[点](/consult#top)", "链接「/consult#top」里不能有 #，请删掉 # 和后面的"),
    ],
)
def test_dangerous_body_is_refused_with_its_line(root: Path, body: str, expected: str) -> None:
    write(root, "policies/wages.md", POLICY + f"\n{body}\n")
    assert problems_of(root) == (f"content/policies/wages.md 第 20 行：{expected}",)


def test_disguised_link_is_refused(root: Path) -> None:
    write(root, "policies/wages.md", POLICY + "\n[点](&#106;avascript:x)\n")
    assert "链接「javascript:」不能用" in problems_of(root)[0]


def test_links_to_own_pages_portal_and_telephone_are_allowed(root: Path) -> None:
    body = "[一](/policies/wages/#use) [二](/consult?topic=women) [三](tel:12351) [四](/)"
    write(root, "policies/wages.md", POLICY + f"\n{body}\n")
    assert load_content(root).of(Policy)


@pytest.mark.parametrize("slug", ["../wages", "wages.md", "Wages", "a/b", ""])
def test_slug_that_could_leave_its_folder_is_refused(root: Path, slug: str) -> None:
    write(root, "stories/li.md", STORY.replace("涉及政策: [wages]", f"涉及政策:\n  - '{slug}'"))
    line = (
        f"content/stories/li.md 第 12 行：「涉及政策」第 1 条里的「{slug}」不对，"
        "只能用小写英文字母、数字和连字符，不带斜杠、点和 .md"
    )
    assert problems_of(root) == (line,)


def test_reference_to_missing_policy_names_the_folder(root: Path) -> None:
    write(root, "stories/li.md", STORY.replace("[wages]", "[none]"))
    line = "第 11 行：「涉及政策」里的「none」找不到，content/policies 里没有 none.md"
    assert problems_of(root) == (f"content/stories/li.md {line}",)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("内容: 来咨询", "内容: 电话 138 0013 8000", "第 9 行：这里像是手机号，请删掉"),
        ("他来了。", "他的证 11010119900307123X。", "第 17 行：这里像是身份证号，请删掉"),
    ],
)
def test_personal_numbers_in_stories_are_refused(
    root: Path, old: str, new: str, expected: str
) -> None:
    write(root, "stories/li.md", STORY.replace(old, new))
    assert problems_of(root) == (f"content/stories/li.md {expected}",)


def test_all_problems_of_all_files_come_together(root: Path) -> None:
    write(root, "policies/wages.md", POLICY.replace("时效: 现行有效", "时效: 还行"))
    write(root, "pages/about.md", PAGE + "<b>\n")
    write(root, "centre.toml", CENTRE.replace('hours = "周一至周五"', "hours = 3"))
    files = {line.split(" ")[0].split("：")[0] for line in problems_of(root)}
    assert files >= {"content/policies/wages.md", "content/pages/about.md", "content/centre.toml"}


@pytest.mark.parametrize("name", ["Wages.md", "wages.txt", "a b.md"])
def test_file_with_wrong_name_is_refused(root: Path, name: str) -> None:
    write(root, f"policies/{name}", POLICY)
    assert problems_of(root)[0].startswith(f"content/policies/{name} 第 1 行：文件名只能用")


def test_link_instead_of_a_file_is_refused(root: Path) -> None:
    (root / "content/policies/other.md").symlink_to(root / "content/centre.toml")
    assert "content/policies/other.md 第 1 行：这是一个链接" in problems_of(root)[0]


def test_missing_footer_page_is_asked_for(root: Path) -> None:
    (root / "content/pages/privacy.md").unlink()
    line = "content/pages/privacy.md：没有这个文件，页脚要连到它，请建一个"
    assert problems_of(root) == (line,)


def test_page_may_not_take_the_address_of_the_portal(root: Path) -> None:
    write(root, "pages/apply.md", PAGE)
    assert "「apply」这个名字网站自己要用" in problems_of(root)[0]


def test_figures_with_a_missing_part_are_refused(root: Path) -> None:
    folder = root / "build/public-data"
    folder.mkdir(parents=True)
    (folder / "indicators.json").write_text('{"source": "数"}', encoding="utf-8")
    assert "build/public-data/indicators.json：「charts」没有写" in "\n".join(problems_of(root))


def test_lines_are_counted_for_nested_keys(tmp_path: Path) -> None:
    path = tmp_path / "li.md"
    path.write_text(STORY, encoding="utf-8")
    document, problems = read_document(path, "li.md")
    assert document is not None
    assert problems == []
    assert document.line_of(("帮扶过程", 0, "内容")) == 9
    assert document.line_of(("帮扶过程", 0, "没有的")) == 8
    assert document.body_line == 16


def test_plain_values_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\n电话: 0571\n日期: 2026-11-24\n是否: no\n---\n", encoding="utf-8")
    document, _ = read_document(path, "a.md")
    assert document is not None
    assert document.meta == {"电话": "0571", "日期": "2026-11-24", "是否": "no"}
