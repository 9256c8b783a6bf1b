"""A real centre for tests: the demonstration with every invented or blank place filled in."""

import re
from pathlib import Path

from site_src.placeholders import SHIPPED_NAMES

_NAMES = (
    "临江市", "城关街道", "东门街道", "东门工业园", "沙河镇", "清水镇", "石门镇", "白马镇",
    "三河镇", "太平镇", "永丰镇", "金沙乡",
)  # fmt: skip
_REPLACED = (
    (r"示范数据：[^\n\"]*", "省人社厅2026年第1号公告"),
    (r"(示范数据[:] )true", r"\1false"),
    (r"\*\*先说明：这是一个示范网站。\*\*.*\n", ""),
    (r"（示范(?:地址|数据|地点)）", ""),
    (r"示范(?:网站|数据)(?!: )", "网站"),
    (r"示范(?=[-\d])", "2026"),
    (r"示范(?!数据: )", "长兴"),
    (r"（待本中心补充）|占位条目。", ""),
    (r"待本中心补充", "省人社厅公布"),
    (r"\b0000-(\d+)", r"0571-8\1"),
    (r'"000000"', '"310000"'),
    (r'"0000"', '"0571"'),
    (r"1234567", "7654321"),
    (r"demonstration = true", "demonstration = false"),
)


def make_real(root: Path) -> None:
    """Say that nothing of this centre is invented, and change nothing else."""
    file = root / "content" / "centre.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("demonstration = true", "demonstration = false"), "utf-8")


def fill_in(root: Path) -> None:
    """Put something that may be real in the place of everything that cannot be."""
    for file in [*root.glob("content/**/*.md"), *root.glob("content/**/*.toml")]:
        text = file.read_text("utf-8")
        for shipped, real in zip(SHIPPED_NAMES, _NAMES, strict=True):
            text = text.replace(shipped, real)
        for pattern, real in _REPLACED:
            text = re.sub(pattern, real, text)
        file.write_text(text, "utf-8")
