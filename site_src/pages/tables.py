"""Two tables by themselves: the time limits of the law, and the money after a work injury."""

import re
from collections.abc import Sequence

from rulefiles.deadlines import LegalLimit
from site_src.content import Content
from site_src.pages.cards import describe_source, list_certainties
from site_src.pages.sources import flag_unchecked, list_sources
from site_src.pages.text import (
    MadePage,
    bullets,
    button,
    escape,
    heading,
    join,
    show_basis,
    table,
)
from site_src.rules import MARKS, show_limit, show_restart
from site_src.schemas import CardLimit, RightsCard

# Plain words for the laws that set time limits; other laws keep their name.
LAW_GROUPS = {
    "劳动争议调解仲裁法": ("arbitration", "调解和劳动仲裁"),
    "民事诉讼法": ("court", "法院：上诉、执行、支付令"),
    "人民调解法": ("mediation", "人民调解"),
    "工伤保险条例": ("work-injury", "工伤"),
    "劳动保障监察条例": ("inspection", "向劳动监察投诉"),
    "行政复议法": ("review", "行政复议"),
    "行政诉讼法": ("administrative", "告行政机关"),
    "民法典": ("civil", "一般民事纠纷"),
    "信访工作条例": ("petition", "信访"),
    "劳动合同法": ("contract", "离职手续"),
    "法律援助法": ("legal-aid", "法律援助"),
}
INJURY_CARD = "work-injury"
GRADE = re.compile(r"\d+级伤残")
ONLY_TIME = re.compile(r"报工伤|认定")


def make_deadlines_page(content: Content) -> MadePage:
    """Make the page /deadlines/, one table for each law."""
    groups: dict[str, list[LegalLimit]] = {}
    for item in content.deadlines.legal:
        groups.setdefault(item.basis.split("第")[0], []).append(item)
    named = [(*LAW_GROUPS.get(law, (law, law)), items) for law, items in groups.items()]
    intro = [
        "过了期限，可能就要不到了。**拿不准，马上打 [12351](tel:12351)。**",
        "起算那天不算在内，从第二天数起。最后一天放假的，顺延到放完假的第一天；那一年怎么放假还没公布的，请提前办，不要指望顺延。"
        "（民法典第二百零一条、第二百零三条）",
        "“能不能重新算”一栏写“不能”的，向单位要、和单位谈，期限照样往前走。"
        "[填上日子，算出最后一天](/tools/time-limits)。",
    ]
    parts = [part for group in named for part in make_law_group(*group)]
    meta = {
        "title": "法律定的期限",
        "description": "从哪天算起，多长时间以内要办，一件一件看。",
        "kind": "page",
        "section": "deadlines",
        "jumps": [{"title": words, "address": f"#{anchor}"} for anchor, words, _ in named],
    }
    return MadePage("deadlines.md", meta, join([*intro, *parts]))


def make_law_group(anchor: str, words: str, items: list[LegalLimit]) -> list[str]:
    """Make heading and table of one law."""
    rows = [
        (
            escape(item.step),
            f"**{show_limit(item)}**",
            escape(item.from_event),
            show_restart(item),
            show_basis(item.basis, MARKS[item.mark]),
        )
        for item in items
    ]
    return [
        heading(escape(words), anchor),
        table(("什么事", "多长时间", "从哪天算", "要过、投诉过，能不能重新算", "依据"), rows),
    ]


def make_injury_money_page(content: Content) -> MadePage:
    """Make the page /work-injury-money/, out of the amounts on the work-injury card."""
    meta = {
        "title": "工伤能拿多少钱",
        "description": "先定等级，再按等级算。等级由劳动能力鉴定委员会定。",
        "kind": "card",
        "section": "rights-cards",
        "crumb": {"title": "维权卡", "address": "/rights-cards/"},
    }
    card = next((card for card in content.of(RightsCard) if card.slug == INJURY_CARD), None)
    if card is None:
        return MadePage("work-injury-money.md", meta, "这张表还没有公布。请打 [12351](tel:12351)。")
    record = card.record
    grades = [limit for limit in record.limits if GRADE.fullmatch(limit.matter)]
    others = [limit for limit in record.limits if not GRADE.fullmatch(limit.matter)]
    others = [limit for limit in others if not ONLY_TIME.search(limit.matter)]
    deaths = [limit for limit in others if "亡" in limit.matter]
    rest = [limit for limit in others if limit not in deaths]
    sure = list_certainties(record)
    related = [f"[{escape(record.title)}]({card.address})", "[法律定的期限](/deadlines/)"]
    parts = [
        *list_money("按等级", "grades", [describe_grade(limit) for limit in grades]),
        *list_money("其他的钱", "others", [describe_limit(limit, sure) for limit in rest]),
        *list_money(
            "因工死亡，家属拿的", "death", [describe_limit(limit, sure) for limit in deaths]
        ),
        button("问问我的情况", f"/consult?card={card.slug}&topic={record.topic}"),
        heading("怎么办", "cards"),
        bullets(related),
        list_sources(
            [describe_source(limit.matter, limit) for limit in (*grades, *others)],
            record.checked_on,
            record.certainty,
        ),
    ]
    return MadePage("work-injury-money.md", meta, join(parts))


def list_money(words: str, anchor: str, rows: list[tuple[str, ...]]) -> list[str]:
    """Make heading and table, nothing without rows; grades have a column more."""
    if not rows:
        return []
    amounts = ("一次拿", "每月拿") if anchor == "grades" else ("标准",)
    return [heading(words, anchor), table(("事项", *amounts), rows)]


def describe_grade(limit: CardLimit) -> tuple[str, ...]:
    """Make a grade's row: what is paid once, what is paid monthly."""
    once, _, monthly = limit.standard.partition("；")
    shown = f"**{escape(once)}**"
    return (
        escape(limit.matter),
        shown,
        escape(monthly) or "没有",
    )


def describe_limit(limit: CardLimit, sure: Sequence[str]) -> tuple[str, ...]:
    """Make any other row; `sure`: how sure the rows of the page are."""
    return (escape(limit.matter), flag_unchecked(limit.standard, limit.certainty, sure))
