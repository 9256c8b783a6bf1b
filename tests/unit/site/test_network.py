"""Stations and duty roster: read right and counted, or refused with file, place and remedy."""

from datetime import date
from pathlib import Path

import pytest

from site_src.centre import Centre, load_centre
from site_src.network import Network, read_network
from site_src.pages.network import make_network_page

REPOSITORY = Path(__file__).parents[3]
TODAY = date(2026, 11, 24)
RIGHT = """\
demonstration = true
checked_on = "2026-11-24"
[large_units]
workers = 200
total = 4
[[station]]
code = "town"
town = "qs01"
name = "示范街道站"
kind = "镇街"
address = "示范路 1 号"
phone = "0000-1000001"
hours = "周一"
tasks = "收材料"
[[station]]
code = "firm"
town = "qs01"
name = "示范厂站"
kind = "企业"
address = "示范厂"
phone = ""
hours = "周二"
tasks = "给本厂办"
[[duty]]
day = "2026-12-12"
time = "9:00"
lawyer = "赵律师"
place = "示范街道站"
phone = ""
[[duty]]
day = "周二"
time = "9:00"
lawyer = "钱律师"
place = "示范街道站"
phone = "0000-1000002"
"""


@pytest.fixture(scope="module")
def centre() -> Centre:
    """The demonstration centre with its ten towns."""
    return load_centre(REPOSITORY / "content/centre.toml")


def read(folder: Path, text: str, centre: Centre) -> tuple[Network | None, list[str]]:
    """What becomes of a file with this text."""
    path, problems = folder / "network.toml", list[str]()
    path.write_text(text, encoding="utf-8")
    return read_network(path, centre, problems), problems


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('town = "qs01"', 'town = "qs99"', "「town」里「qs99」在 content/centre.toml 的 towns 里"),
        ('code = "firm"', 'code = "town"', "「station」第 2 条的「code」里「town」用了两次"),
        ('kind = "企业"', 'kind = "村"', "「station」第 2 条的「kind」只能填 镇街、企业、园区"),
        ('name = "示范厂站"', 'name = ""', "「station」第 2 条的「name」不能空着，请填上"),
        ('phone = "0000-1000001"', 'phone = "电话"', "「station」第 1 条的「phone」只能填数字和连"),
        ('day = "周二"', 'day = "星期二"', "「duty」第 2 条的「day」要写成 周一 到 周日，或者"),
        ('checked_on = "2026-11-24"', "checked_on = 2026-11-24", "「checked_on」要写成带引号的日"),
        ("total = 4", "total = 0", "「large_units」的「total」数字太小，请改正"),
        ('hours = "周一"', 'hour = "周一"', "「station」第 1 条的「hour」不认识，请删掉或改正拼写"),
        ("demonstration = true", "demonstration = ", "等号后面没有内容"),
    ],
)
def test_each_slip_is_told_with_file_place_and_remedy(
    tmp_path: Path, centre: Centre, old: str, new: str, expected: str
) -> None:
    _, problems = read(tmp_path, RIGHT.replace(old, new), centre)
    assert all(problem.startswith("content/network.toml") for problem in problems)
    assert any(expected in problem for problem in problems)
    changed = RIGHT.replace(old, new).split("\n")
    lines = {number for number, row in enumerate(changed, 1) if new in row}
    assert any(f"第 {line} 行：" in problem for line in lines for problem in problems)


def test_more_stations_than_large_employers_cannot_be(tmp_path: Path, centre: Centre) -> None:
    two = RIGHT.replace('kind = "镇街"', 'kind = "企业"').replace("total = 4", "total = 1")
    assert "比 kind 是 企业 的站还少" in read(tmp_path, two, centre)[1][0]


def test_counts_on_the_page_come_from_the_list(tmp_path: Path, centre: Centre) -> None:
    network, problems = read(tmp_path, RIGHT, centre)
    assert problems == []
    text = make_network_page(network, centre, TODAY).text
    assert "全市 10 个镇（街道），**1 个**有帮扶站" in text
    assert "200 人以上的单位 4 家，**1 家**有帮扶站，占 25.0%" in text
    assert "新桥街道、松坪镇" in text.partition("{: #without }")[2]


def test_days_of_the_week_come_first_and_what_is_over_goes(tmp_path: Path, centre: Centre) -> None:
    network, _ = read(tmp_path, RIGHT, centre)
    text = make_network_page(network, centre, TODAY).text
    assert text.index("每周二") < text.index("2026 年 12 月 12 日（周六）")
    assert "[0000-1000002](tel:0000-1000002)" in text
    assert "赵律师" in make_network_page(network, centre, date(2026, 12, 12)).text
    assert "赵律师" not in make_network_page(network, centre, date(2026, 12, 13)).text


def test_invented_stations_are_marked(tmp_path: Path, centre: Centre) -> None:
    network, _ = read(tmp_path, RIGHT, centre)
    assert "示范数据" in make_network_page(network, centre, TODAY).meta["tags"]
    real, _ = read(tmp_path, RIGHT.replace("demonstration = true", "demonstration = false"), centre)
    assert "示范数据" not in make_network_page(real, centre, TODAY).meta["tags"]


def test_without_the_file_the_page_names_the_telephone(tmp_path: Path, centre: Centre) -> None:
    problems: list[str] = []
    assert read_network(tmp_path / "network.toml", centre, problems) is None
    assert problems == []
    assert "tel:12351" in make_network_page(None, centre, TODAY).text
