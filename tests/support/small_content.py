"""The smallest content that a site is made from, to spoil."""

from pathlib import Path

import pytest

from site_src.errors import SiteProblem
from site_src.loader import load_content

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


def lay_out_content(root: Path) -> Path:
    """Write a small, right content folder."""
    pages = {f"pages/{name}.md": PAGE for name in ("about", "privacy", "accessibility")}
    files = {"centre.toml": CENTRE, "policies/wages.md": POLICY, "stories/li.md": STORY, **pages}
    for name, text in files.items():
        write(root, name, text)
    return root


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
