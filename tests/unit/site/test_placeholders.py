"""What gives away that a centre is not filled in, in any file, and what does not."""

import re
import tomllib
from pathlib import Path

import pytest

from site_src.placeholders import SHIPPED_NAMES, find_blanks, find_marks
from tests.support.filled_centre import fill_in, make_real

ROOT = Path(__file__).parents[3]
CENTRE = "name = '临江市帮扶中心'\ndemonstration = false\nphone = '0571-87654321'\n"


def write(root: Path, files: dict[str, str]) -> Path:
    """A content folder with these files."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


@pytest.mark.parametrize(
    "words",
    [
        "示范数据", "示范路1号", "示范律师事务所", "示范机械厂", "示范-2026-001", "这是示范。",
        "示范数据: true", "示范数据: 'true'",
        "待本中心补充", "（待补充）", "时间待定", "金额待填", "待填写", "占位条目", "TODO", "XXX",
        "XX路1号", "X年X月", "某某律师", "××镇", "电话：____", "【请填写】", "[请填电话]",
        "0000-1234567", "0000 1234567", "000-0000000", "电话００００－１２３４５６７", "邮编000000",
        "0571-12345678", "0571-11111111", "电话：1234567",
        "虚构的城市", "人和事是编的", "演示用", "示例", "https://example.com/",
        "青石市", "松坪镇工会", "新桥工业园",
    ],
)  # fmt: skip
def test_a_placeholder_is_found_whatever_file_it_stands_in(words: str) -> None:
    found = list(find_marks("content/anything/new.md", f"第一行\n{words}\n"))
    assert [blank.line for blank in found] == [2]
    assert "请" in found[0].words


@pytest.mark.parametrize(
    "words",
    [
        "劳动合同示范文本", "国家级示范区", "示范性劳动争议调解组织", "全国示范基地",
        "示范数据: false", "示范数据: 'false'",
        "等待补办", "招待定点单位", "待遇", "待补偿", "X光片", "罚10000元", "1000.00 元",
        "2000000元",
        "0571-87654321", "12351", "110", "2026-11-30", "400-800-1234", "每小时0.0005",
        "某年某月工资某某元", "青石板路", "双桥", "……", "[工伤](/rights-cards/work-injury/)",
    ],
)  # fmt: skip
def test_what_only_looks_like_one_is_left_alone(words: str) -> None:
    assert list(find_marks("content/anything/new.md", words)) == []


def test_names_of_the_shipped_centre_are_those_of_its_file() -> None:
    facts = tomllib.loads((ROOT / "content/centre.toml").read_text("utf-8"))
    assert facts["demonstration"] is True
    assert {facts["city"], *(town["name"] for town in facts["towns"])} <= {*SHIPPED_NAMES}


def test_every_invented_notice_and_story_gives_itself_away() -> None:
    for folder in ("notices", "stories"):
        for path in (ROOT / "content" / folder).glob("*.md"):
            assert list(find_marks(f"content/{folder}/{path.name}", path.read_text("utf-8")))


def test_every_row_of_the_local_numbers_gives_itself_away() -> None:
    text = (ROOT / "content/rules/local.toml").read_text("utf-8")
    found = [blank.words for blank in find_marks("content/rules/local.toml", text)]
    assert len([words for words in found if "示范数据" in words]) == text.count("\nsource = ")
    assert any(words.startswith("月最低工资，省人社厅公布：") for words in found)


def test_a_demonstration_is_asked_nothing(tmp_path: Path) -> None:
    text = CENTRE.replace("false", "true")
    assert find_blanks(write(tmp_path, {"centre.toml": text, "a.md": "示范数据"})) == []


def test_comments_of_a_table_are_for_its_writer_only(tmp_path: Path) -> None:
    files = {"centre.toml": f"# 示范数据\n{CENTRE}x = '#1 示范路' # 示范\n"}
    found = [blank for blank in find_blanks(write(tmp_path, files)) if "centre" in blank.shown]
    assert [blank.line for blank in found] == [5]


def test_a_word_that_is_real_here_can_be_said_to_be(tmp_path: Path) -> None:
    files = {"centre.toml": CENTRE, "notices/a.md": "在示范大道1号，双桥镇旁边"}
    assert any(
        blank.shown == "content/notices/a.md" for blank in find_blanks(write(tmp_path, files))
    )
    files["centre.toml"] += 'real_words = ["示范大道", "双桥镇"]\n'
    found = find_blanks(write(tmp_path, files))
    assert not any(blank.shown == "content/notices/a.md" for blank in found)


def test_what_is_blank_or_missing_is_listed_with_who_announces_it(tmp_path: Path) -> None:
    local = (
        '[minimum_wage_month]\nname = "月最低工资"\nunit = "元/月"\n'
        '[[minimum_wage_month.values]]\nfrom = 2026-01-01\nvalue = ""\nsource = ""\n'
        '[[office]]\nkind = "arbitration"\nname = "临江市仲裁委"\naddress = ""\nphone = "12333"\n'
    )
    files = {
        "centre.toml": CENTRE.replace("0571-87654321", ""),
        "network.toml": "demonstration = true\n",
        "rules/local.toml": local,
    }
    blanks = find_blanks(write(tmp_path, files))
    found = {(one.shown, one.line): one.words for one in blanks}
    assert "「phone」空着" in found["content/centre.toml", 3]
    assert "还是 true" in found["content/network.toml", 1]
    assert "月最低工资：还没有填。省人社厅公布" in found["content/rules/local.toml", 6]
    assert "address 空着" in found["content/rules/local.toml", 11]
    missing = "\n".join(blank.words for blank in blanks)
    for words in ("小时最低工资", "产假", "「area_code」", "职业病诊断医院"):
        assert words in missing


def test_a_centre_that_is_filled_in_has_no_blank_left(tmp_path: Path) -> None:
    for file in (ROOT / "content").rglob("*"):
        if file.suffix in {".md", ".toml"}:
            target = tmp_path / file.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    make_real(tmp_path)
    files = {blank.shown.split("/")[1] for blank in find_blanks(tmp_path / "content")}
    assert {"centre.toml", "network.toml", "notices", "pages", "rules", "stories"} <= files
    fill_in(tmp_path)
    assert find_blanks(tmp_path / "content") == []
    assert not re.search("青石市|示范数据：", (tmp_path / "content/centre.toml").read_text("utf-8"))
