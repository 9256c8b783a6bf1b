"""What offices write is published as it was written: lists, rows, numbers and signs."""

from pathlib import Path

import pytest
import yaml

from site_src.losses import find_losses
from site_src.markup import EXTENSIONS, render_markdown

TYPED, BULLETS, BREAK = '<ul class="typed">', "<ul>", "<br />"

AS_TYPED = [
    ("加班费=日工资*天数*3，例如 100*2*3 元。", "<p>加班费=日工资*天数*3，例如 100*2*3 元。</p>"),
    ("(2)*(3)*(4)，按 *1* 转人工", "<p>(2)*(3)*(4)，按 *1* 转人工</p>"),
    ("姓名：______ 电话：______", "<p>姓名：______ 电话：______</p>"),
    ("工资_2026_表在窗口", "<p>工资_2026_表在窗口</p>"),
    ("最低工资。\n\n[注]: 七月调整", "<p>[注]: 七月调整</p>"),
    ("见[1]。\n\n[1]: 见本省规定", "<p>见[1]。</p>\n<p>[1]: 见本省规定</p>"),
    ("    首行空四格", "<p>首行空四格</p>"),
    ("上一段。\n\n\t下一段", "<p>下一段</p>"),
    ("大标题\n====", "<p>大标题\n===="),
    ("重要\n---\n下面", "<p>重要</p>\n<hr />\n<p>下面</p>"),
    ("#1 窗口", "<p>#1 窗口</p>"),
    ("## 地点：办公楼3#", ">地点：办公楼3#</h2>"),
    ("## 怎么办 ##", ">怎么办</h2>"),
    ("1. 填表\n\n带上身份证。\n\n2. 交表", '<ol start="2">\n<li>交表</li>'),
    ("2008. 劳动合同法施行", '<ol start="2008">\n<li>劳动合同法施行</li>'),
    ("3. 丙\n4. 丁", '<ol start="3">\n<li>丙</li>\n<li>丁</li>'),
    ("1. 甲\n3. 丙\n4. 丁", '<li value="3">丙</li>\n<li>丁</li>'),
    ("1. 甲\n\n3. 丙", '<li value="3">'),
    ("1. 甲\n- 乙", "</ol>\n<ul>\n<li>乙</li>"),
    ("- 甲\n\n1. 丙", "</ul>\n<ol>\n<li>丙</li>"),
    ("要带：\n1、身份证\n2、户口本", f"<p>要带：</p>\n{TYPED}\n<li>1、身份证</li>\n<li>2、户"),
    ("要带：\n（1）身份证", f"{TYPED}\n<li>（1）身份证</li>"),
    ("(2)身份证\n(3)户口本", f"{TYPED}\n<li>(2)身份证</li>"),
    ("①身份证\n②户口本", f"{TYPED}\n<li>①身份证</li>"),
    ("⑴身份证\n⑵户口本", f"{TYPED}\n<li>⑴身份证</li>"),
    ("一、条件\n在本市。\n二、材料", f"<li>一、条件{BREAK}\n在本市。</li>\n<li>二、材料</li>"),
    ("（一）身份证\n（二）户口本", f"{TYPED}\n<li>（一）身份证</li>"),
    ("1.身份证\n2.户口本", f"{TYPED}\n<li>1.身份证</li>"),
    ("１．身份证\n２．户口本", f"{TYPED}\n<li>１．身份证</li>"),
    ("1) 身份证\n2) 户口本", f"{TYPED}\n<li>1) 身份证</li>"),
    ("1.1 谁申请\n1.2 怎么申请", f"{TYPED}\n<li>1.1 谁申请</li>"),
    ("A、身份证\nB、户口本", f"{TYPED}\n<li>A、身份证</li>"),
    ("第一步：填表\n第二步：交表", f"{TYPED}\n<li>第一步：填表</li>"),
    ("□ 城镇\n□ 农村", f"{TYPED}\n<li>□ 城镇</li>"),
    ("★必带\n√ 原件", f"{TYPED}\n<li>★必带</li>\n<li>√ 原件</li>"),
    ("● 身份证\n●户口本", f"{BULLETS}\n<li>身份证</li>\n<li>户口本</li>"),
    ("-身份证\n-户口本", f"{BULLETS}\n<li>身份证</li>"),
    ("— 身份证\n— 户口本", f"{BULLETS}\n<li>身份证</li>"),
    ("地址：示范路1号\n电话：12351", f"<p>地址：示范路1号{BREAK}\n电话：12351</p>"),
    ("青石市总工会\n2026年11月30日", f"青石市总工会{BREAK}\n2026年"),
    ("生活补助 500\n医疗补助 800", f"生活补助 500{BREAK}\n医疗"),
    ("**办理条件**\n在本市工作。", f"<strong>办理条件</strong>{BREAK}\n在本市"),
    ("第一句。\n第二句。", f"第一句。{BREAK}\n第二句。"),
    ("要带：\n- 身份证\n- 户口本", f"<p>要带：</p>\n{BULLETS}\n<li>身份证</li>"),
    ("要带：\n1. 身份证\n2. 户口本", "<p>要带：</p>\n<ol>\n<li>身份证</li>"),
    ("标准：\n| 项 | 元 |\n|---|---|\n| 甲 | 5 |", "<p>标准：</p>\n<table>"),
    ("| 项 | 元 |\n|---|---|\n| 甲 | 5 |\n以上每月。", "</table>\n<p>以上每月。</p>"),
    ("| 项 | 元 |\n|---|---|\n| 甲 | 5 |\n\n| 乙 | 6 |", "</tr>\n<tr>\n<td>乙</td>"),
    ("| 项 |\n|---|\n| 甲 |\n\n| 乙 |\n|---|\n| 丙 |", "</table>\n<table>"),
    ("- 甲\n  - 甲一\n    - 深\n- 乙", "<li>甲<ul>\n<li>甲一<ul>\n<li>深</li>"),
    ("1. 甲\n   - 甲一\n2. 乙", "<li>甲<ul>\n<li>甲一</li>\n</ul>\n</li>\n<li>乙</li>"),
    ("- 要带：\n    1、甲\n    2、乙", f"<li>要带：{TYPED}\n<li>1、甲</li>"),
    ('!!! note "提示"\n    先存。\n    再来。', f"<p>先存。{BREAK}\n再来。</p>\n</div>"),
    ("先**存证据**，再来", "先<strong>存证据</strong>，再来"),
    ("```\n1、甲*乙*\n```", "<pre><code>1、甲*乙*\n</code></pre>"),
    ("甲|乙|丙|丁|戊|己\n---|---|---|---|---|---", '<div aria-label="表格" class="wide" '),
    ("|甲|乙|\n|---|---|", "<table>\n<thead>"),
    ("1、只有一行", "<p>1、只有一行</p>"),
    ("——摘自《通知》\n2026年", f"<p>——摘自《通知》{BREAK}\n2026年</p>"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "made"), AS_TYPED)
def test_what_an_office_writes_is_published_as_it_was_written(body: str, made: str) -> None:
    assert made in render_markdown(body)
    assert find_losses(body) == []


def test_what_mkdocs_is_told_is_what_we_read_with() -> None:
    text = (Path(__file__).parents[3] / "site_src" / "mkdocs.yml").read_text(encoding="utf-8")
    named = yaml.load(text, Loader=yaml.BaseLoader)["markdown_extensions"]  # noqa: S506 (texts)
    names = [next(iter(one)) if isinstance(one, dict) else one for one in named]
    assert sorted(names) == sorted(("site_src.office_text:OfficeText", *EXTENSIONS))
