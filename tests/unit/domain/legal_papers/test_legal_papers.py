"""The table of legal papers is complete, and what is known stands on them, the rest is blank."""

import json
from collections.abc import Iterator
from dataclasses import replace
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calculators.claim_kinds import CLAIM_KINDS, claim_all
from portal.domain.forms.fields import FIELDS, Kind
from portal.domain.forms.fields.choices import EVIDENCE as OFFERED_EVIDENCE
from portal.domain.forms.fields.choices import TOPICS
from portal.domain.legal_papers.composition import (
    NOTHING_KNOWN,
    Composed,
    Known,
    compose,
    list_claims,
    say_entry,
    say_money,
    write_entry,
)
from portal.domain.legal_papers.entries import ENTRIES, SHOWN_BY_EVIDENCE
from portal.domain.legal_papers.model import (
    Boxes,
    Claims,
    Entry,
    LegalPaper,
    PartyTable,
    Prose,
    Sentence,
    Ticks,
)
from portal.domain.legal_papers.table import LEGAL_PAPERS, papers_for_topic
from portal.public.site.calculators import TOOLS
from tests.support.samples import CONSULTATION

each_paper = pytest.mark.parametrize("paper", LEGAL_PAPERS.values(), ids=LEGAL_PAPERS)
ASKED = {ask.field.name: ask.field.kind for tool in TOOLS.values() for ask in tool.asks}
TOPIC_CODES = {choice.code for choice in TOPICS}
OWED = Known(CONSULTATION, frozenset({"unpaid_wages"}))
HURT = Known(
    CONSULTATION | {"injured_on": "2026-10-01", "account": "冲床压伤右手。"},
    frozenset({"work_injury"}),
)


def sentences_of(paper: LegalPaper) -> Iterator[Sentence]:
    """All that a paper may say."""
    yield from paper.opening
    yield from map(Sentence, (paper.addressee, *paper.attached))
    for part in paper.parts:
        match part:
            case Prose():
                yield from (*part.sentences, *part.after)
            case Claims():
                yield from (Sentence(row.words) for row in CLAIM_KINDS.values())
            case Ticks():
                yield from part.choices


def entries_of(paper: LegalPaper) -> Iterator[str]:
    """The names of all that is written on a paper."""
    for sentence in sentences_of(paper):
        yield from (name for _, name, _, _ in Formatter().parse(sentence.words) if name)
    for part in paper.parts:
        match part:
            case PartyTable():
                yield from part.entries
            case Boxes():
                yield from part.entries
                yield from (name for _, name, _, _ in part.boxes if name)
            case Prose(free=str(name)) if name:
                yield name


def words_of(printed: object) -> str:
    """All words that are printed, one after the other."""
    match printed:
        case str():
            return printed
        case dict():
            return "".join(words_of(value) for value in printed.values())
        case list():
            return "".join(map(words_of, printed))
    return ""


def claims_of(paper: LegalPaper, known: Known) -> Composed:
    """The part of a paper that says what is demanded."""
    return next(part for part in compose(paper, known)["parts"] if part["shape"] == "claims")


@each_paper
def test_all_that_stands_on_a_paper_is_an_answer_that_is_asked_or_a_blank(
    paper: LegalPaper,
) -> None:
    names = list(entries_of(paper))
    assert names
    for name in names:
        entry = ENTRIES[name]
        known = set(entry.sources)
        assert known <= FIELDS.keys() | ASKED.keys(), name
        assert entry.sources or entry.room > 0, name
        for source in known:
            kind = FIELDS[source].kind if source in FIELDS else ASKED[source]
            if entry.kind in {Kind.MONEY, Kind.DATE} and not entry.reads:
                assert kind is entry.kind, (name, source)


def test_a_question_that_nobody_asks_would_be_found() -> None:
    odd = Entry(label="没人问的", sources=("never_asked",))
    assert not set(odd.sources) <= FIELDS.keys() | ASKED.keys()
    assert write_entry(odd, OWED) == [{"words": "", "blank": odd.room}]


def test_every_entry_stands_on_some_paper() -> None:
    assert {name for paper in LEGAL_PAPERS.values() for name in entries_of(paper)} == set(ENTRIES)


@each_paper
def test_a_paper_says_in_words_what_it_is_for_and_what_must_be_true_before(
    paper: LegalPaper,
) -> None:
    for words in (paper.purpose, paper.warning, paper.signs, paper.copies, paper.hand_in):
        assert words.endswith("。")
        assert 8 <= len(words) <= 70
    assert paper.bases
    assert paper.topics <= TOPIC_CODES
    for sentence in sentences_of(paper):
        assert sentence.about | sentence.not_about <= TOPIC_CODES | CLAIM_KINDS.keys()


@each_paper
def test_nothing_that_is_known_is_left_out_and_a_blank_paper_knows_nothing(
    paper: LegalPaper,
) -> None:
    blank = words_of(compose(paper))
    told = ["示范建筑队", "419999198203030034", "32,000 元", "2025年3月1日", "老板说工程款"]
    assert not [one for one in told if one in blank]
    filled = words_of(compose(paper, OWED))
    names = set(entries_of(paper))
    if "employer" in names or "opponent" in names:
        assert "示范建筑队" in filled
    if "id_number" in names:
        assert "419999198203030034" in filled
    if "born" in names:
        assert "1982年3月3日" in filled


def test_the_application_holds_all_that_the_rules_of_arbitration_want() -> None:
    printed = compose(LEGAL_PAPERS["arbitration"], OWED)
    shown = words_of(printed)
    for words in ("姓名", "性别", "出生日期", "身份证号", "住所", "通讯地址", "联系电话",
                  "单位名称", "法定代表人（主要负责人）", "职务", "仲裁请求", "事实和理由",
                  "证据和证据来源", "证人"):  # fmt: skip
        assert words in shown, words
    assert (
        "裁决被申请人支付从2026年6月1日起拖欠的工资，共计32,000 元（大写：人民币叁万贰仟元整）"
        "（依据：劳动合同法第三十条）。" in shown
    )
    assert "老板说工程款没有结，拖了五个月工资。" in shown
    assert "书面劳动合同：没有签订。" in shown
    assert "本人于2026年10月30日离开该单位。" in shown
    listing = next(part for part in printed["parts"] if part["shape"] == "listing")
    assert [row[0] for row in listing["filled"]] == ["工资条、银行转账记录", "证人证言"]


def test_who_is_still_there_does_not_say_that_he_left() -> None:
    still = Known(CONSULTATION | {"still_there": "still", "left_on": None}, OWED.about)
    assert "离开该单位" not in words_of(compose(LEGAL_PAPERS["arbitration"], still))
    assert "离开该单位" in words_of(compose(LEGAL_PAPERS["arbitration"]))


def test_only_the_reason_that_was_told_is_ticked_in_the_letter_of_resignation() -> None:
    def ticked(known: Known) -> list[str]:
        parts = compose(LEGAL_PAPERS["forced-resignation"], known)["parts"]
        ticks = next(part["ticks"] for part in parts if part["shape"] == "ticks")
        return [one["words"] for one in ticks if one["ticked"]]

    assert ticked(OWED) == ["没有及时足额支付劳动报酬（第一款第二项）"]
    assert ticked(NOTHING_KNOWN) == []
    assert ticked(HURT) == []
    # 社保、公积金 may also be a question about the housing fund.
    assert ticked(replace(OWED, about=frozenset({"social_insurance"}))) == []


def test_an_account_goes_only_on_papers_for_its_own_topic() -> None:
    injury = LEGAL_PAPERS["injury-claim"]
    assert "老板说工程款" not in words_of(compose(injury, OWED))
    assert "冲床压伤右手。" in words_of(compose(injury, HURT))
    assert "2026年10月1日" in words_of(compose(injury, HURT))


def test_every_claim_is_one_line_with_its_article_and_its_sum_and_the_total_is_computed() -> None:
    claims = claim_all(dict.fromkeys(CLAIM_KINDS, 123_456))
    part = claims_of(LEGAL_PAPERS["arbitration"], Known({}, claims=claims))
    assert len(part["demands"]) == len(CLAIM_KINDS)
    for line, claim in zip(part["demands"], claims, strict=True):
        words = words_of(line)
        assert words.startswith("裁决被申请人支付")
        assert words.endswith(f"（依据：{claim.row.articles}）。")
        assert "共计1,234.56 元（大写：人民币壹仟贰佰叁拾肆元伍角陆分）" in words
    total = 123_456 * len(claims)
    assert part["total"] == f"以上 {len(claims)} 项合计 {say_money(total)}。"


def test_one_claim_needs_no_total_and_a_sum_that_is_not_known_is_a_blank() -> None:
    arbitration = LEGAL_PAPERS["arbitration"]
    one = claims_of(arbitration, Known({}, claims=claim_all({"overtime": 1})))
    assert one["total"] == ""
    unknown = claims_of(arbitration, replace(OWED, answers={**OWED.answers, "owed": None}))
    assert '"blank": 52' in json.dumps(unknown["demands"])
    assert unknown["total"] == ""


@each_paper
def test_only_claims_that_fit_a_paper_stand_on_it(paper: LegalPaper) -> None:
    claims = claim_all(dict.fromkeys(CLAIM_KINDS, 123_456))
    listed = list_claims(Known({}, claims=claims), paper)
    assert {claim.kind for claim in listed} == {
        code for code, row in CLAIM_KINDS.items() if paper.code in row.papers
    }
    shown = words_of(compose(paper, Known({}, claims=claims)))
    assert bool(listed) == ("1,234.56 元" in shown)


def test_every_paper_that_a_claim_names_has_a_place_for_it() -> None:
    for row in CLAIM_KINDS.values():
        for code in row.papers:
            parts = LEGAL_PAPERS[code].parts
            names = set(entries_of(LEGAL_PAPERS[code]))
            assert any(isinstance(part, Claims) for part in parts) or "owed" in names, code


def test_a_sum_that_was_worked_out_counts_for_the_whole_paper() -> None:
    known = replace(OWED, claims=claim_all({"wages": 1_000_000, "overtime": 20_000}))
    shown = words_of(compose(LEGAL_PAPERS["arbitration"], known))
    assert "该单位拖欠本人工资，共计10,000 元" in shown
    assert "32,000" not in shown
    assert "以上 2 项合计 10,200 元（大写：人民币壹万零贰佰元整）。" in shown
    none = replace(OWED, claims=())
    assert "拖欠本人工资" not in words_of(compose(LEGAL_PAPERS["arbitration"], none))


def test_the_family_of_a_dead_worker_does_not_say_that_it_worked_there() -> None:
    known = Known({"accident_on": "2026-10-01"}, claims=claim_all({"death_grant": 100}))
    shown = words_of(compose(LEGAL_PAPERS["arbitration"], known))
    assert "因工死亡。申请人是死者的" in shown
    assert "2026年10月1日出事故" in shown
    assert "本人于" not in shown


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ("2026-03-05", "2026年3月5日"),
        ("2026-03", "2026年3月___日"),
        ("2026", "2026年___月___日"),
        (None, "___年___月___日"),
    ],
)
def test_what_is_not_known_of_a_day_is_left_blank(stored: str | None, printed: str) -> None:
    pieces = write_entry(ENTRIES["left_on"], Known({"left_on": stored}))
    assert "".join(str(one["words"]) or "___" for one in pieces) == printed


@pytest.mark.parametrize("id_number", ["H01234567", "12345678901234567", "", None])
def test_another_kind_of_id_leaves_sex_and_birthday_blank(id_number: str | None) -> None:
    known = Known({"id_number": id_number})
    assert say_entry(ENTRIES["sex"], known) == say_entry(ENTRIES["born"], known) == ""
    assert say_entry(ENTRIES["id_number"], known) == (id_number or "")


def test_every_answer_about_evidence_has_its_line() -> None:
    assert set(SHOWN_BY_EVIDENCE) == {choice.code for choice in OFFERED_EVIDENCE} - {"nothing"}
    odd = Known({"evidence": ["nothing", "gone"]})
    listing = compose(LEGAL_PAPERS["evidence-list"], odd)["parts"][0]
    assert listing["filled"] == []


@pytest.mark.parametrize("topic", [*sorted(TOPIC_CODES), "gone", None])
def test_all_papers_are_offered_those_for_the_topic_first(topic: str | None) -> None:
    papers = papers_for_topic(topic)
    assert {paper.code for paper in papers} == set(LEGAL_PAPERS)
    fits = [topic in paper.topics for paper in papers]
    assert fits == sorted(fits, reverse=True)
    assert topic not in TOPIC_CODES or fits[0]


@given(
    st.dictionaries(
        st.sampled_from(sorted({source for one in ENTRIES.values() for source in one.sources})),
        st.none(),
    ),
    st.sets(st.sampled_from(sorted(TOPIC_CODES | TOOLS.keys()))),
    st.text(max_size=300),
)
def test_whatever_was_written_stands_whole_on_the_paper(
    unanswered: dict[str, object], about: set[str], account: str
) -> None:
    for paper in LEGAL_PAPERS.values():
        known = Known({**unanswered, "account": account}, frozenset(about))
        printed = words_of(compose(paper, known))
        assert "{" not in printed.replace(account, "")
        if "account" in entries_of(paper) and about & paper.topics:
            assert "".join(account.splitlines()) in printed
