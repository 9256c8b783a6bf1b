"""What the published pages say is no more than what their articles say, in words for readers."""

import re
import shutil
from pathlib import Path

import pytest

from site_src.build import build_site, check_content
from site_src.content import Content
from site_src.pages.cards import list_certainties
from site_src.pages.sources import ASK_FIRST
from site_src.schemas import COMPARED, RightsCard

REPOSITORY = Path(__file__).parents[3]
# How an author came by a sentence: for the workbench, not for readers.
AUTHORS_WORDS = re.compile(
    "凭经验|二手来源|没见到原文|只见到|待核对|待核实|占位条目|待本中心补充|[△○]"
)


@pytest.fixture(scope="module")
def content() -> Content:
    """The repository's own content."""
    return check_content(REPOSITORY)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's content, built once."""
    root = tmp_path_factory.mktemp("truth")
    shutil.copytree(REPOSITORY / "content", root / "content")
    build_site(root, lambda _: None)
    return root / "build/site"


def card(content: Content, slug: str) -> RightsCard:
    """The card of that name."""
    return next(item.record for item in content.of(RightsCard) if item.slug == slug)


def told(record: RightsCard) -> str:
    """Every right, amount and time limit of a card."""
    rows = [right.text for right in record.rights]
    return "\n".join([*rows, *(f"{limit.matter}：{limit.standard}" for limit in record.limits)])


@pytest.mark.parametrize(
    ("slug", "says"),
    [
        ("no-written-contract", "按原来的条件续签"),
        ("unpaid-wages", "一项一项算"),
        ("unpaid-wages", "躲着不给工资，或者有钱不给"),
        ("dismissal", "裁员、合同到期、您有过错的没有这一笔"),
        ("dismissal", "2008年以前干的年头不受这个封顶管"),
        ("retirement", "别的纠纷，例如不让干了要补偿，直接去法院"),
        ("retirement", "早退的按早退那年算"),
        ("construction-wages", "过期不改才罚：单位2万元至5万元"),
        ("construction-wages", "应急周转金"),
        ("labour-dispatch", "过期不改才罚，每人5000元至10000元"),
        ("probation", "只算超过法定试用期的那段时间"),
        ("overtime", "整个周期里超过法定标准工时的部分按150%"),
        ("work-injury", "5级、6级的每月津贴"),
        ("work-injury", "2025年出事的，一次性工亡补助：1083760元"),
        ("work-injury", "出事那年的上一年"),
        ("sick-leave", "24个月还没治好的"),
        ("annual-leave", "÷365×全年该休的天数"),
        ("minimum-wage", "按国家有关规定办"),
        ("child-labour", "吊销执照"),
        ("who-pays", "包工头挂靠别的单位"),
        ("work-injury-disputes", "60天内申请行政复议，或者6个月内"),
        ("job-transfer", "由单位拿出理由和证据"),
        ("other-kinds-of-work", "最长15天结一次"),
    ],
)
def test_card_says_what_its_article_says(content: Content, slug: str, says: str) -> None:
    assert says in told(card(content, slug))


@pytest.mark.parametrize(
    ("slug", "too_much"),
    [
        ("no-written-contract", "又不续签，也算没签合同"),
        ("unpaid-wages", "小额欠薪一裁终局"),
        ("unpaid-wages", "有能力付却逃跑"),
        ("retirement", "，有纠纷可以仲裁"),
        ("construction-wages", "优先办"),
        ("construction-wages", "没有资质的单位，欠了薪"),
        ("labour-dispatch", "违法派遣的罚款"),
        ("probation", "违法试用已经干完的时间"),
        ("overtime", "算法不一样"),
        ("work-injury", "单位不付，工伤保险基金可以先付"),
        ("annual-leave", "按比例折算付钱。"),
        ("minimum-wage", "没干活，按本省规定发生活费"),
        ("child-labour", "可以吊销执照"),
        ("dismissal", "没提前30天通知："),
    ],
)
def test_card_says_no_more_than_its_article(content: Content, slug: str, too_much: str) -> None:
    assert too_much not in told(card(content, slug))


def test_no_sentence_is_called_compared_with_the_official_text(content: Content) -> None:
    marks = {row.certainty for item in content.of(RightsCard) for row in item.record.rights}
    assert "已核对原文" not in marks
    assert "对过转载本" in marks


def test_inspection_is_told_to_yield_to_a_started_suit() -> None:
    body = (REPOSITORY / "content/rights-cards/unpaid-wages.md").read_text(encoding="utf-8")
    assert "监察和仲裁不冲突" not in body
    assert "劳动保障监察条例第二十一条" in body


def test_readers_meet_no_words_of_the_author_about_his_sources(built: Path) -> None:
    for page in built.rglob("*.html"):
        found = AUTHORS_WORDS.search(page.read_text(encoding="utf-8"))
        assert found is None, (page, found)


def test_no_page_shows_marks_of_its_markup(built: Path) -> None:
    for page in built.rglob("*.html"):
        assert "{:" not in page.read_text(encoding="utf-8").partition("<main")[2], page


def test_sources_are_folded_below_one_honest_sentence(built: Path) -> None:
    page = (built / "rights-cards/unpaid-wages/index.html").read_text(encoding="utf-8")
    body = page[page.index("<article") :]
    shown, folded = body.split("<details>", 1)
    assert "第四十七条" not in shown
    assert "第四十七条" in folded
    assert body.count("内容以官方公布的原文为准") == 1


def test_unchecked_sentence_says_so_in_plain_words(content: Content, built: Path) -> None:
    for item in content.of(RightsCard):
        page = (built / item.address.strip("/") / "index.html").read_text(encoding="utf-8")
        rows = list_certainties(item.record)
        open_rows = [certainty for certainty in rows if certainty not in COMPARED]
        if len(open_rows) < len(rows):
            assert page.count(f"（这一条{ASK_FIRST}）") == len(open_rows), item.slug
        else:
            assert "这一页的内容还没核对" in page, item.slug
