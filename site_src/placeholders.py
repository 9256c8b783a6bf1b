"""What a real centre still has to make its own: invented, blank and forgotten places in content/.

Every file of the folder is looked through, whatever it is called: a centre goes public on what
stands there, not on what we remember of it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rulefiles.local_values import LOCAL_FILE, LOCAL_VALUES, OFFICE_KINDS, load_local_values
from rulefiles.toml_files import (
    RuleFileError,
    find_key_line,
    find_row_line,
    parse_toml,
    read_toml,
)
from site_src.errors import SiteProblem
from site_src.frontmatter import problem_line

CENTRE_FILE: Final = "content/centre.toml"
SHIPPED_NAMES: Final = (
    "青石市", "青石街道", "新桥街道", "新桥工业园", "松坪镇", "柳溪镇", "竹园镇", "高岭镇",
    "双桥镇", "枫林镇", "大湾镇", "云雾乡",
)  # fmt: skip
"""Names of the invented centre that is shipped."""

_REAL_SHOWS: Final = "文本|合同|协议|区|性|基地|单位|项目|工程|作用|岗|点|户|引领|带动|创建"
_MARKS: Final = (
    (r"^示范数据[:] *['\"]?true.*", "说整篇是编的。请换成真的再改成 false，或者删掉这个文件"),
    (rf"示范(?!{_REAL_SHOWS}).{{0,8}}", "是示范用的。请换成真的，没有就删掉"),
    (r"(?<![等期招优接对看])待(?:本中心|本市|本省|本地)?(?:补充|补(?![偿贴助交报办发])|填|定)|占位",
     "还没有填。请填上"),
    (r"TODO|FIXME|XXX+|×{2,}|_{3,}|…{3,}|【请[^】]*】|\[请[^\]]*\]", "还没有填。请填上"),
    (r"(?<![A-Za-z0-9])[XＸ]+ ?(?=[年月日元路号街镇市省县局])|某某(?=[路街镇市县局号]|律师|中心)",
     "还没有填。请填上"),
    (r"(?<![0-9.,])0{3,}(?:[- ]?[0-9]+)?(?![0-9.,元天%])", "不是真的号码。请换成真的"),
    (r"(?<![0-9])(?:1234567[0-9]?|([0-9])\1{6,})(?![0-9])", "不是真的号码。请换成真的"),
    (r"虚构|编造|是编的|都是假的|演示(?:用|数据|网站)|示例|样例",
     "说的是编的。请换成真的，没有就删掉"),
    (r"example\.(?:com|org|net|cn|edu|gov)|[Ll]orem ipsum", "不是真的。请换成真的"),
    ("|".join(map(re.escape, SHIPPED_NAMES)), "是示范中心的地名。请换成本地的"),
)  # fmt: skip
"""What gives away that something is not real yet, and what to do; the first that fits is told."""

_PATTERNS: Final = tuple((re.compile(pattern), remedy) for pattern, remedy in _MARKS)

_HARMLESS: Final = re.compile(r"^示范数据[:] *['\"]?false.*")
_HALF_WIDTH: Final = str.maketrans("０１２３４５６７８９－", "0123456789-")
_PICTURES: Final = frozenset({".jpg", ".jpeg", ".png", ".webp"})


@dataclass(frozen=True, slots=True)
class Blank:
    """One place that is not real yet."""

    shown: str
    line: int
    words: str


class BlanksLeft(SiteProblem):
    """A real centre that is not filled in; `.problems` are all places, the message is one line."""

    def __str__(self) -> str:
        """Say how many there are, and how to see them."""
        return tell_of_blanks(len(self.problems))


def tell_of_blanks(count: int) -> str:
    """Say in one line that a real centre may not go public yet."""
    return (
        f"content：这里是正式的中心，还有 {count} 处是编的或者空着的，不能公开。"
        "请运行 bangfu site check 看清单，一处一处填好。"
    )


def show_blank(blank: Blank) -> str:
    """Show one place in the form of all problems: file, line, remedy."""
    return problem_line(blank.shown, blank.line, blank.words)


def is_real(content: Path) -> bool:
    """Tell whether the centre says that it is no demonstration."""
    path = content / "centre.toml"
    try:
        return read_toml(path, CENTRE_FILE).get("demonstration") is False
    except RuleFileError:
        return False


def find_blanks(content: Path) -> list[Blank]:
    """List the places in file order; none at a demonstration, or at a centre nobody can read."""
    if not is_real(content):
        return []
    texts = dict(_read_texts(content))
    facts = _parse(texts, CENTRE_FILE)
    real = [word for word in _list(facts.get("real_words")) if isinstance(word, str) and word]
    found = [
        *(blank for shown, text in texts.items() for blank in find_marks(shown, text, real)),
        *_find_missing(texts, facts),
    ]
    return sorted(found, key=lambda blank: (blank.shown, blank.line))


def find_marks(shown: str, text: str, real_words: Iterable[str] = ()) -> Iterator[Blank]:
    """Find what gives itself away in a text, at most one in a line."""
    is_toml, label = shown.endswith(".toml"), ""
    for number, row in enumerate(text.splitlines(), 1):
        if is_toml:
            row = _without_comment(row)
            label = _label_of(shown, row, label)
        row = _HARMLESS.sub("", row.translate(_HALF_WIDTH))
        for word in real_words:
            row = row.replace(word, "〓")
        for pattern, remedy in _PATTERNS:
            if match := pattern.search(row):
                words = match[0].strip("\" '")
                yield Blank(shown, number, f"{label}“{words}”{remedy}")
                break


def _read_texts(content: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(content.rglob("*")):
        place = path.relative_to(content)
        if any(part.startswith(".") for part in place.parts) or path.suffix in _PICTURES:
            continue
        if not path.is_symlink() and path.is_file():
            text = path.read_bytes().decode("utf-8-sig", errors="replace")
            yield f"content/{place.as_posix()}", text.replace("\r\n", "\n")


def _parse(texts: Mapping[str, str], shown: str) -> Mapping[str, Any]:
    try:
        return parse_toml(texts.get(shown, ""), shown)
    except RuleFileError:
        return {}  # the reader of the file says what is wrong with it


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _without_comment(row: str) -> str:
    quote = ""
    for place, letter in enumerate(row):
        if letter == "#" and not quote:
            return row[:place]
        if letter in "\"'" and quote in {"", letter}:
            quote = "" if quote else letter
    return row


def _label_of(shown: str, row: str, label: str) -> str:
    if shown != LOCAL_FILE or not row.startswith("["):
        return label
    found = LOCAL_VALUES.get(row.strip(" []").removesuffix(".values"))
    return f"{found.label}，{found.announced_by}公布：" if found else ""


def _find_missing(texts: Mapping[str, str], facts: Mapping[str, Any]) -> Iterator[Blank]:
    if facts.get("phone") == "":
        line = find_key_line(texts[CENTRE_FILE], "phone")
        yield Blank(CENTRE_FILE, line, "「phone」空着。请填本中心的电话")
    network = "content/network.toml"
    if _parse(texts, network).get("demonstration") is True:
        line = find_key_line(texts[network], "demonstration")
        yield Blank(
            network, line, "「demonstration」还是 true。站点和律师都换成真的以后，改成 false"
        )
    yield from _find_missing_values(texts.get(LOCAL_FILE, ""))


def _find_missing_values(text: str) -> Iterator[Blank]:
    try:
        local = load_local_values(text)
    except RuleFileError:
        return
    for key, row in LOCAL_VALUES.items():
        if key not in local.series or not local.series[key].values:
            line = find_row_line(text, f"{key}.values", 1, "value")
            line = line if line > 1 else find_row_line(text, key, 1)
            none = "" if row.everywhere else '，本地没有这一项就写 "没有规定"'
            remedy = f"还没有填。{row.announced_by}公布{none}"
            yield Blank(LOCAL_FILE, line, f"[{key}] {row.label}：{remedy}")
    if not local.area_code:
        remedy = "还没有填。请填拨 12351 要先拨的区号，一般是省会城市的"
        yield Blank(LOCAL_FILE, find_key_line(text, "area_code"), f"「area_code」{remedy}")
    for kind, label in OFFICE_KINDS.items():
        if all(office.kind != kind for office in local.offices):
            remedy = f'请加一段 [[office]]，写 kind = "{kind}" 和名称、地址、电话'
            yield Blank(LOCAL_FILE, text.count("\n") + 1, f"缺少{label}。{remedy}")
    for place, office in enumerate(local.offices, 1):
        for name in ("name", "address", "phone"):
            if not getattr(office, name):
                line = find_row_line(text, "office", place, name)
                yield Blank(LOCAL_FILE, line, f"{OFFICE_KINDS[office.kind]}的 {name} 空着。请填上")
