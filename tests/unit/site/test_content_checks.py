"""Every slip in a content file is one Chinese line with file, line and remedy."""

from pathlib import Path

import pytest

from site_src.build import check_content
from site_src.errors import SiteProblem
from site_src.frontmatter import read_document
from site_src.loader import load_content
from site_src.schemas import Policy, Story

OUTSIDE = "只能连到本站（以 / 开头）或电话号码；外面的网站请写出名称"
PICTURE = "请把图片放进 content/images，写成 /images/文件名"
BLANK = "在这里是“空”的意思。没有内容就写 ''，真要这几个字就加引号"
STRAY = "看不见或者读不出来的字符（"
PASTED = "，多半是粘贴时带来的。请把它前后的字一起删掉，重新打一遍"
CENTRE = """\
name = "青石市总工会困难职工帮扶中心"
short_name = "青石市帮扶中心"
city = "青石市"
demonstration = true
hotline = "12351"
phone = "0000-1234567"
address = "示范路 1 号"
hours = "周一至周五"
bus = ""
postcode = ""
owner = "青石市总工会"
icp = ""
police_filing = ""
towns = [{code = "qs01", name = "青石街道"}]
"""
PAGE = "---\n标题: 关于我们\n摘要: 我们做什么\n---\n\n有事请来。\n"
POLICY = """\
---
标题: 示范办法
发布机关: 示范机关
文号: ''
时效: 现行有效
发布日期: 2004-01
施行日期: ''
修改: ''
层级: 法律
主题: [工资]
摘要: 讲工资怎么发。
维权卡: []
核对日期: 2026-11-24
核对程度: 凭经验,待核实
存疑: ''
---

工资要按月发。
"""
STORY = """\
---
标题: 示范故事
化名: 李某
年份: ''
类型: 工伤维权
困难情况: 受了伤
帮扶过程:
  - 时间: 去年
    内容: 来咨询
结果: 拿到了钱
涉及政策: [wages]
涉及维权卡: []
同意书: 示范-01
示范数据: true
---

他来了。
"""
GUIDE = """\
---
标题: 求助
一句话: 来问。
条件: [有困难]
材料: []
步骤: [打电话]
时限: [intake_check]
依据: [本中心规定]
地点: 大厅
电话: ''
办理: ''
核对日期: 2026-11-24
核对程度: 凭经验,待核实
存疑: ''
---

来问。
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small, right content folder."""
    pages = {f"pages/{name}.md": PAGE for name in ("about", "privacy", "accessibility")}
    files = {"centre.toml": CENTRE, "policies/wages.md": POLICY, "stories/li.md": STORY, **pages}
    for name, text in files.items():
        write(tmp_path, name, text)
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    """Write one content file."""
    path = root / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def problems_of(root: Path) -> tuple[str, ...]:
    """What an operator would read."""
    with pytest.raises(SiteProblem) as caught:
        load_content(root)
    return caught.value.problems


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
        "/policies/#topic-2",
        "/deadlines/",
    ],
)
def test_a_link_to_a_heading_that_is_there_is_allowed(root: Path, link: str) -> None:
    write(root, "policies/wages.md", POLICY + f"\n## 怎么办\n\n[点]({link})\n")
    assert check_content(root).of(Policy)


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
