"""centre.toml is read whole or refused with every problem."""

from pathlib import Path

import pytest

from site_src.centre import CentreProblem, Town, load_centre

RIGHT = """\
name = "示范中心"
short_name = "中心"
city = "青石市"
demonstration = true
hotline = "12351"
phone = ""
address = "示范路 1 号"
hours = "周一至周五"
bus = ""
postcode = ""
owner = "青石市总工会"
icp = ""
police_filing = ""
towns = [{code = "qs01", name = "青石街道"}, {code = "qs02", name = "新桥镇"}]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A right file."""
    path = tmp_path / "content" / "centre.toml"
    path.parent.mkdir()
    path.write_text(RIGHT, encoding="utf-8")
    return path


def test_right_file_is_read(path: Path) -> None:
    centre = load_centre(path)
    assert centre.name == "示范中心"
    assert centre.towns[1] == Town("qs02", "新桥镇")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('address = "示范路 1 号"', 'address = " "', "第 7 行：「address」不能空着，请填上"),
        ('hotline = "12351"', "hotline = 12351", "第 5 行：「hotline」要写成带引号的文字"),
        (
            "demonstration = true",
            'demonstration = "是"',
            "第 4 行：「demonstration」只能填 true 或 false",
        ),
        ('icp = ""', 'icp = ""\nicq = ""', "第 13 行：不认识「icq」，请删掉或改正拼写"),
        ('"qs02"', '"qs01"', "第 14 行：「towns」里「qs01」用了两次，每个镇街的 code 要不同"),
        (
            '"qs02"',
            '"新桥"',
            "第 14 行：「towns」第 2 个的 code「新桥」只能用英文字母、数字、- 和 _，"
            "以字母或数字开头，最多 40 个",
        ),
        (', name = "新桥镇"', "", "第 14 行：「towns」第 2 个只能有 code 和 name，两个都要填"),
    ],
)
def test_each_wrong_key_is_one_line(path: Path, old: str, new: str, expected: str) -> None:
    path.write_text(RIGHT.replace(old, new), encoding="utf-8")
    with pytest.raises(CentreProblem) as caught:
        load_centre(path)
    assert caught.value.problems == (f"content/centre.toml {expected}",)


def test_broken_and_missing_files_are_named(path: Path) -> None:
    path.write_text("name = ", encoding="utf-8")
    with pytest.raises(CentreProblem, match=r"^content/centre\.toml 第 1 行：等号后面没有内容"):
        load_centre(path)
    path.unlink()
    with pytest.raises(CentreProblem, match=r"^content/centre\.toml：没有这个文件"):
        load_centre(path)
