"""One reader of TOML files: it takes what Windows saves, and says in plain words what is wrong."""

from pathlib import Path

import pytest

from rulefiles.toml_files import RuleFileError, parse_toml, read_toml, read_toml_text


def test_the_byte_order_mark_of_windows_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "local.toml"
    path.write_bytes(b'\xef\xbb\xbfname = "\xe5\xb7\xa5\xe4\xbc\x9a"\r\nphone = "12351"\r\n')
    assert read_toml(path, "local.toml") == {"name": "工会", "phone": "12351"}
    assert "\r" not in read_toml_text(path, "local.toml")


def test_a_file_saved_as_gbk_is_named_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "local.toml"
    path.write_bytes('name = "工会"'.encode("gbk"))
    with pytest.raises(
        RuleFileError, match=r"^content/local\.toml 第 1 行：文字编码不对.*另存为.*UTF-8"
    ):
        read_toml(path, "content/local.toml")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match=r"^x\.toml：没有这个文件"):
        read_toml(tmp_path / "x.toml", "x.toml")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("phone = 0571-1234567", 1, '写成 "0571-1234567"'),
        ("phone = 0571", 1, '写成 "0571"'),
        ("# 电话\n\nphone = 12351、12333", 3, "英文引号"),
        ("name = “工会”", 1, "引号要用英文的"),
        ("name ＝ \"工会\"", 1, "等号要用英文的"),
        ("name: \"工会\"", 1, "不要用冒号"),
        ("name：工会", 1, "不要用冒号"),
        ("名称 = \"工会\"", 1, "英文字母"),
        ("name = 工会", 1, "英文引号里"),
        ("name = \"工会", 1, "引号没有成对"),
        ("name = \"工会\nphone = \"1\"", 1, "引号没有成对"),
        ("name =", 1, "没有内容"),
        ("port = = 3", 1, "等号只要一个"),
        ('towns = [\n  { code = "a", name = “甲镇” },\n]', 2, "引号要用英文的"),
        ('a = "# 一"\nb = "二"\nc = [1\nd = 2', 4, "括号有没有关上"),
        ("name", 1, "前面要加 #"),
        ("这里写名称\nname = \"工会\"", 1, "前面要加 #"),
        ("day = 2026-2-30", 1, "日期要写成 2026-01-01"),
        ("day = 2026年2月3日", 1, "日期要写成 2026-01-01"),
        ("day = 2026-02-30", 1, "没有这一天"),
        ("value = 2,190", 1, "不写逗号和单位"),
        ("value = 2190元", 1, "不写逗号和单位"),
        ("name = \"一\"\nname = \"二\"", 2, "前面已经写过"),
        ("towns = [\n  1,\n", 2, "括号有没有关上"),
        ('towns = [{code = "a"，name = "b"}]', 1, "“，”要换成英文的 ,"),
        ('【office】\nname = "一"', 1, "“【”要换成英文的 ["),
        ('name = 「工会」', 1, "英文引号里"),
        ('name\u3000= "工会"', 1, "空格是全角的"),
        ("demonstration = True", 1, "只能写 true"),
        ("demonstration = 否", 1, "只能写 false"),
        ('place = "甲\\乙"', 1, "要写两个"),
        ("[[office]\nname = \"一\"", 1, "方括号"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_line_and_a_remedy_in_chinese(
    text: str, line: int, says: str
) -> None:
    with pytest.raises(RuleFileError) as problem:
        parse_toml(text, "content/x.toml")
    words = str(problem.value)
    assert words.startswith(f"content/x.toml 第 {line} 行："), words
    assert says in words
    assert "\n" not in words
    assert not any(letter in words for letter in ("Invalid", "Expected", "line", "column"))


@pytest.mark.parametrize(
    "sign", ["\b", "\v", "\x1b", "\x7f", "\u2028", "\u202e", "\ufffd", "\uf0b7"]
)
def test_a_sign_that_nobody_sees_is_told_with_its_line_wherever_it_stands(
    tmp_path: Path, sign: str
) -> None:
    path = tmp_path / "x.toml"
    for text in (f'name = "工会"\nplace = "一{sign}号"\n', f'name = "工会"\n# 备注{sign}\n'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(RuleFileError, match=rf"^x\.toml 第 2 行：.*U\+{ord(sign):04X}"):
            read_toml(path, "x.toml")


def test_a_sign_that_nobody_sees_is_told_when_it_is_written_as_an_escape() -> None:
    with pytest.raises(RuleFileError, match=r"^x\.toml 第 2 行：“一”后面.*U\+0008"):
        parse_toml('name = "工会"\nplaces = [{name = "一\\u0008号"}]\n', "x.toml")
