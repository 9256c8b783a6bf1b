"""【本地：月最低工资】 in an article is what local.toml says on the day, with its source."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rulefiles.local_values import (
    LOCAL_VALUES,
    NO_LOCAL_VALUES,
    LocalValues,
    load_local_values,
)
from site_src.build import finish_page
from site_src.content import Content
from site_src.frontmatter import Document
from site_src.loader import load_content
from site_src.local_numbers import NUMBER_NAMES, check_placeholders, fill_local_numbers
from site_src.pages.cards import make_card_page
from site_src.pages.local import make_local_page
from site_src.pages.text import MadePage
from site_src.schemas import RightsCard

REPOSITORY = Path(__file__).parents[3]
DAY = date(2026, 11, 30)
LOCAL = """\
[minimum_wage_month]
name = "月最低工资"
unit = "元/月"

[[minimum_wage_month.values]]
from = 2025-01-01
to = 2025-12-31
value = 2010.5
source = "某省人社厅 2024 年第 1 号公告"
checked_by = "王律师"
on = 2026-11-01

[[minimum_wage_month.values]]
from = 2026-01-01
value = 2190
source = "某省人社厅 2025 年第 9 号公告"
checked_by = ""
on = ""

[sick_pay_floor]
name = "病假工资最低标准"
unit = "%最低工资"

[[sick_pay_floor.values]]
from = 2020-01-01
value = 80
source = "某省工资支付条例第十条"
checked_by = ""
on = ""

[heat_months]
name = "发高温津贴的月份"
unit = "月"

[[heat_months.values]]
from = 2025-06-01
value = [6, 7, 8]
source = "示范数据：编的"
checked_by = ""
on = ""

[paternity_days]
name = "男方护理假（陪产假）"
unit = "天"

[[paternity_days.values]]
from = 2022-01-01
value = "没有规定"
source = "某省人口与计划生育条例"
checked_by = ""
on = ""
"""


@pytest.fixture(scope="module")
def local() -> LocalValues:
    """A place that has filled in some of its values."""
    return load_local_values(LOCAL)


@pytest.fixture(scope="module")
def content() -> Content:
    """The repository's own content."""
    return load_content(REPOSITORY)


@pytest.mark.parametrize(
    ("name", "day", "said"),
    [
        ("月最低工资", DAY, "2,190 元/月（2026年1月1日起）"),
        ("月最低工资", date(2025, 6, 1), "2,010.50 元/月（2025年1月1日到2025年12月31日）"),
        ("月最低工资", date(2024, 6, 1), "（多少还没有填上，请问省人社厅）"),
        ("病假工资最低标准", DAY, "最低工资的 80%，就是 1,752 元（2020年1月1日起）"),
        ("发高温津贴的月份", DAY, "6月、7月、8月（示范数据，2025年6月1日起）"),
        ("男方护理假", DAY, "（本地没有另外规定）"),
        ("产假", DAY, "（多少还没有填上，请问省卫生健康委（省人口与计划生育条例））"),
    ],
)
def test_a_placeholder_becomes_the_number_with_its_unit_and_days(
    local: LocalValues, name: str, day: date, said: str
) -> None:
    assert fill_local_numbers(f"是【本地：{name}】。", local, day) == f"是{said}。"
    assert fill_local_numbers({"a": [f"【本地：{name}】"]}, local, day) == {"a": [said]}


def test_every_local_value_has_a_name_of_its_own() -> None:
    assert len(NUMBER_NAMES) == len(LOCAL_VALUES)


def test_a_page_says_below_where_its_local_numbers_come_from(content: Content) -> None:
    text = "每月【本地：月最低工资】，还是【本地：月最低工资】。"
    page = finish_page(MadePage("a.md", {"description": text}, text), content, DAY)
    assert "【" not in page.text + page.meta["description"]
    assert page.text.count("**月最低工资**") == 1
    assert "示范数据：不是任何地方的真实标准" in page.text
    assert "还没核对，先打电话问" in page.text
    plain = MadePage("a.md", {}, "没有本地的数。")
    assert finish_page(plain, content, DAY).text == plain.text


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("【本地：月最低公资】", "没有“月最低公资”，只能写 城市低保标准、"),
        ("【本地：】", "没有“”"),
        ("【本地:月最低工资】", "要写成【本地：月最低工资】这样"),
        ("[本地：月最低工资]", "要写成【本地：月最低工资】这样"),
        ("【本地：月最低工资", "要写成【本地：月最低工资】这样"),
        ("【本地： 月最低工资】", "没有“ 月最低工资”"),
    ],
)
def test_a_placeholder_that_stands_for_nothing_is_told_with_its_line(
    written: str, says: str
) -> None:
    document = Document("a.md", "a", {}, {("标准",): 4}, {("标准",): written}, f"\n{written}", 9)
    head, body = check_placeholders(document)
    assert head.startswith("a.md 第 4 行：")
    assert body.startswith("a.md 第 10 行：")
    assert says in head


def test_right_placeholders_and_other_brackets_are_no_fault() -> None:
    text = (
        "【本地：月最低工资】、【本地：拒不支付劳动报酬罪：欠一个人多少起】【注意】〔2025〕本地：看"
    )
    assert list(check_placeholders(Document("a.md", "a", {}, {}, {(): text}, text, 2))) == []


def test_every_local_value_that_an_article_can_say_is_said_by_one(content: Content) -> None:
    said = {
        name
        for item in content.items
        for text in (*item.document.texts.values(), item.document.body)
        for name in NUMBER_NAMES
        if f"【本地：{name}】" in text
    }
    assert said == NUMBER_NAMES.keys()


def test_no_article_leaves_a_local_number_to_a_telephone(content: Content) -> None:
    vague = ("本省定，请问", "待本中心补充", "（本省定", "数额由本省定。\n", "多少请问12333")
    for item in content.items:
        text = "\n".join([*item.document.texts.values(), item.document.body])
        assert not [words for words in vague if words in text], item.document.shown


def test_a_card_names_the_offices_of_this_place(content: Content) -> None:
    card = next(card for card in content.of(RightsCard) if card.slug == "unpaid-wages")
    _, page = make_card_page(card, content, DAY)
    for office in content.local.offices:
        if office.kind in {"arbitration", "inspection", "legal_aid"}:
            assert office.address in page
            assert f"[{office.phone}](tel:{office.phone})" in page


def test_one_page_lists_every_local_value_and_every_office(content: Content) -> None:
    page = make_local_page(content, DAY)
    for row in LOCAL_VALUES.values():
        assert f"**{row.label}** " in page.text
    for office in content.local.offices:
        assert office.address in page.text
        assert f"(tel:{office.phone})" in page.text
    blank = make_local_page(replace(content, local=NO_LOCAL_VALUES), DAY)
    assert "**月最低工资** （多少还没有填上，请问省人社厅）" in blank.text
    assert "到哪里办" not in blank.text
