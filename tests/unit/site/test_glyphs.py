"""Which signs the fonts of this machine can draw."""

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_src.printouts.glyphs import (
    BLANK_SIGN,
    find_missing,
    leave_gaps,
    load_fonts,
    read_coverage,
)

PRIVATE, TIBETAN, YI, NEWEST = "\ue000", "བ", "ꆈ", "\U000323b0"


@pytest.mark.parametrize("sign", ["示", "𠮷", "䶮", "A", "é", "，", "1", "√", BLANK_SIGN, "…", "·"])
def test_what_people_write_can_be_drawn(sign: str) -> None:
    assert find_missing(sign) == frozenset()


@pytest.mark.parametrize("sign", [PRIVATE, YI, NEWEST, "\U0010fffd"])
def test_what_no_chinese_font_has_is_found_between_other_words(sign: str) -> None:
    assert find_missing(f"示范{sign}的甲") == {sign}


@pytest.mark.parametrize("text", ["一\n二\t三\u3000四 五", "葛\U000e0100", "☎\ufe0f", "a\u200bb"])
def test_what_is_not_drawn_at_all_is_not_missing(text: str) -> None:
    assert find_missing(text) == frozenset()


@given(st.text())
def test_after_the_gaps_nothing_is_missing_and_the_rest_stands(text: str) -> None:
    missing = find_missing(text)
    left = leave_gaps(text, missing)
    assert find_missing(left) == frozenset()
    assert len(left) == len(text)
    assert all(
        new == old or (old in missing and new == BLANK_SIGN)
        for old, new in zip(text, left, strict=True)
    )


def test_every_font_tells_what_it_has_in_order() -> None:
    fonts = [font for font in load_fonts().fonts() if font.path]
    assert fonts
    for font in fonts:
        coverage = read_coverage(Path(str(font.path)), font.index)
        assert coverage.starts, font.path
        assert all(end < start for end, start in pairwise_gaps(coverage.starts, coverage.ends))
        if font.family.endswith("CJK SC"):
            assert all(unicodedata.category(sign) == "Lo" and sign in coverage for sign in "职工䶮")
            assert TIBETAN not in coverage


def pairwise_gaps(starts: tuple[int, ...], ends: tuple[int, ...]) -> list[tuple[int, int]]:
    """The end of each span with the start of the next."""
    spans = zip(starts, ends, strict=True)
    return [(first[1], second[0]) for first, second in pairwise(spans)]


def test_a_broken_font_file_has_nothing(tmp_path: Path) -> None:
    for name, data in (("empty", b""), ("cut", b"\0\1\0\0\0\5"), ("text", b"no font" * 9)):
        (tmp_path / name).write_bytes(data)
        assert "示" not in read_coverage(tmp_path / name, 0)
