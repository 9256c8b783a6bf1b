"""The forms that ask for help with money: the hardship file, schooling, medical, urgent help."""

from collections.abc import Mapping, Sequence

from portal.domain.forms.journeys.model import (
    Ask,
    Collection,
    Condition,
    DescribedCondition,
    Journey,
    KnownAnswers,
    Page,
    always,
    any_of,
    has_ticked,
    is_one_of,
    page,
)
from portal.domain.forms.journeys.person import (
    WITH_ID,
    WITH_MOBILE,
    ask_for_paper,
    ask_for_reach,
)
from portal.domain.shared.case_kinds import CaseKind


def has_young_member(answers: KnownAnswers) -> bool:
    """Tell whether a household member is under 14 （个人信息保护法第三十一条）.

    Of a member who is half written down the age may be missing.
    """
    members = answers.get("members")
    if not isinstance(members, Sequence):
        return False
    ages = [one.get("member_age") for one in members if isinstance(one, Mapping)]
    return any(isinstance(age, int) and age < _GROWN_UP for age in ages)


def has_several_causes(answers: KnownAnswers) -> bool:
    """Tell whether more than one cause was ticked, so that the main one must be named."""
    causes = answers.get("causes")
    return isinstance(causes, Sequence) and len(causes) > 1


def has_ill_member(answers: KnownAnswers) -> bool:
    """Tell whether a household member was said to be ill or disabled."""
    members = answers.get("members")
    return isinstance(members, Sequence) and any(
        isinstance(one, Mapping) and one.get("member_situation") == "ill" for one in members
    )


_GROWN_UP = 14
_WITHOUT_ID = (
    "没有 18 位的身份证号，也能先交。帮扶要按身份证号建困难职工档案，"
    "号码补不上的，我们看了以后和您商量怎么办，不会不理。"
)
_HAS_DISABILITY_CARD = is_one_of("health", "disabled", "ill_disabled")
_GIVES_HEALTH: Mapping[str, Condition] = {
    "help_wanted": has_ticked("help_wanted", "medical"),
    "health": any_of(is_one_of("health", "ill"), _HAS_DISABILITY_CARD),
    "event": is_one_of("event", "illness"),
    "work_state": is_one_of("work_state", "sick"),
    "causes": has_ticked("causes", "own_illness", "family_illness", "disability"),
    "members": has_ill_member,
}
"""The answers with which somebody tells of an illness, by question."""


def _ask_health_consent(*told_by: str) -> Page:
    """Ask for consent whoever told of an illness by these questions; without any, everybody.

    个人信息保护法第二十九条.
    """
    told = DescribedCondition(
        "写了自己或家人生病、残疾的", any_of(*(_GIVES_HEALTH[one] for one in told_by)), told_by
    )
    return page("health-consent", "收入和困难", "生病、残疾的情况，您同意我们看吗？",
                "consent_health", when=told if told_by else always)  # fmt: skip


_ILL = any_of(
    has_ticked("causes", "own_illness", "family_illness", "disability"),
    has_ticked("help_wanted", "medical"),
    is_one_of("health", "ill", "ill_disabled"),
    DescribedCondition("家人里有生病、残疾的", has_ill_member, ("members",)),
)
_SCHOOLING = any_of(has_ticked("causes", "schooling"), has_ticked("help_wanted", "schooling"))
_ACCIDENT = has_ticked("causes", "accident")
_MIGRANT = is_one_of("migrant_worker", "yes")
_DECLARATIONS = ("consent_check", "consent_publicity", "truth_pledge")
_LOST_CODE = "丢了就带身份证（或者您填的证件）到窗口补办。没有证件的，请认识您的人一起来。"
_NEXT_STEP = "看材料齐不齐，给您答复"
_PROMISE = "交上来 {intake_check}内告诉您材料齐不齐。批准了，钱打到您自己的卡上。"

_WHO = (
    page("who", "谁来填", "这份申请由谁来填？", "filled_by", "consent_notice", "consent_money"),
    page("helper", "谁来填", "替填的人是谁", "helper_name", "helper_relation", "helper_mobile",
         when=is_one_of("filled_by", "relative", "counter")),
)  # fmt: skip
_HELP = (page("help", "申请什么", "您想申请哪种帮扶？", "help_wanted"),)
_APPLICANT = (
    page("identity", "申请人", "填写您的信息", "name", *WITH_ID, *WITH_MOBILE,
         lead="填申请人本人的。"),
    *ask_for_paper("申请人", lead=_WITHOUT_ID),
    *ask_for_reach("申请人", address_follows=True),
    page("home", "申请人", "您住在哪", "town", "address"),
)  # fmt: skip
_BODY = (
    page("health", "申请人", "健康和婚姻状况", "health", "marriage"),
    page("disability", "申请人", "残疾证上怎么写", "disability", "disability_level",
         when=_HAS_DISABILITY_CARD),
)  # fmt: skip
_MEMBERSHIP = page("membership", "工作", "工会和户口", "union_member", "migrant_worker")
_WORK = (
    page("work", "工作", "您的工作", "work_state"),
    page("employer", "工作", "在哪里干活", "employer", "employed_since", "contract",
         when=is_one_of("work_state", "employed", "gig", "sick")),
    page("jobless", "工作", "没有工作的情况", "jobless_since", "jobless_registered",
         when=is_one_of("work_state", "unemployed")),
    page("work-help", "工作", "要不要帮您找工作？", "work_help",
         when=is_one_of("work_state", "unemployed", "gig")),
    _MEMBERSHIP,
    page("migrant", "工作", "在本市的情况", "lives_here", "worked_a_year", when=_MIGRANT),
    page("insurance", "工作", "您有哪些保险？", "insured"),
)  # fmt: skip
_HOUSEHOLD = (
    page("household", "家人", "家里还有哪些人", "member_name", "member_relation", "member_age",
         collection=Collection(name="members", called="家人", none="没有别的家人",
                         if_fewer="家里只有您自己"),
         more=("member_situation", "member_income"),
         lead="只写和您一起生活的家人。您自己不用写。"),
    page("guardian", "家人", "家里有不满 14 岁的孩子", "guardian_consent",
         when=DescribedCondition("家里有不满 14 岁的孩子", has_young_member, ("members",))),
)  # fmt: skip
_HOUSE = page("house", "收入和困难", "家里的房和车", "home", "other_home", "car")
_INCOME = (
    page("income", "收入和困难", "全家的收入", "income_month", "other_income_year"),
    page("aid", "收入和困难", "有没有领低保？", "state_aid"),
    page("aid-money", "收入和困难", "低保金有多少", "aid_month",
         when=is_one_of("state_aid", "receiving")),
)  # fmt: skip
_CAUSE = (
    page("cause", "收入和困难", "家里为什么困难？", "causes"),
    page("main-cause", "收入和困难", "最主要的原因", "main_cause",
         when=DescribedCondition("上一题选了两个或更多", has_several_causes, ("causes",))),
    page("illness", "收入和困难", "看病、照顾花了多少钱", "medical_cost_year", "care_cost_year",
         when=_ILL),
    page("schooling", "收入和困难", "孩子上学的情况", "students", "school", "schooling_cost_year",
         when=_SCHOOLING),
    page("accident", "收入和困难", "意外的情况", "event_on", "loss", when=_ACCIDENT),
)  # fmt: skip
_STORY = page("story", "收入和困难", "说说家里的情况", "story")
_BANK = (
    page("bank", "领钱的卡", "钱打到哪张卡？", "pay_to"),
    page("card", "领钱的卡", "您的银行卡", "bank_card", "bank_name",
         when=is_one_of("pay_to", "card"), lead="户名必须是申请人本人。"),
)  # fmt: skip

_PAPERS = page("papers", "材料", "传材料的照片", "papers", photos=True,
               lead="用手机拍下来就行，可以一次选几张。"
                    "现在没有，可以以后再补，先交申请。")  # fmt: skip


def _relief(
    kind: CaseKind,
    address: str,
    title: str,
    minutes: int,
    lead: str,
    ready: tuple[str, ...],
    *pages: Page,
    version: int = 1,
) -> Journey:
    return Journey(
        kind=kind,
        address=address,
        version=version,
        title=title,
        button="提交申请",
        minutes=minutes,
        lead=lead,
        promise=_PROMISE,
        ready=ready,
        pages=(*pages, _PAPERS),
        declarations=_DECLARATIONS,
        self_test=True,
        next_step=_NEXT_STEP,
        lost_code=_LOST_CODE,
    )


HARDSHIP = _relief(
    CaseKind.HARDSHIP,
    "apply",
    "申请困难帮扶",
    15,
    "家里收入低、看病花钱多、孩子上学难，都可以申请。",
    (
        "您的身份证（没有也能先交）",
        "全家每月大概收入多少",
        "今年看病、上学大概花了多少",
        "您自己的银行卡（没有也能先申请）",
    ),
    *_WHO,
    *_HELP,
    *_APPLICANT,
    *_BODY,
    *_WORK,
    *_HOUSEHOLD,
    _HOUSE,
    *_INCOME,
    *_CAUSE,
    _ask_health_consent("help_wanted", "health", "work_state", "causes", "members"),
    _STORY,
    *_BANK,
    version=3,
)

SCHOOLING = _relief(
    CaseKind.SCHOOLING,
    "schooling-aid",
    "申请助学帮扶",
    8,
    "孩子上高中、中专、大学，家里拿不出学费，可以申请。",
    (
        "您的身份证（没有也能先交）",
        "全家每月大概收入多少",
        "学费、住宿费一年多少",
        "您自己的银行卡",
    ),
    *_WHO,
    *_APPLICANT,
    _MEMBERSHIP,
    *_HOUSEHOLD,
    page("schooling", "收入和困难", "孩子上学的情况", "students", "school", "schooling_cost_year"),
    *_INCOME,
    _ask_health_consent("members"),
    _STORY,
    *_BANK,
    version=2,
)

MEDICAL = _relief(
    CaseKind.MEDICAL,
    "medical-aid",
    "申请医疗帮扶",
    8,
    "您或家人得了大病，报销以后自己还要花很多钱，可以申请。",
    (
        "您的身份证（没有也能先交）",
        "全家每月大概收入多少",
        "今年看病自己花了多少（看医院的结算单）",
        "您自己的银行卡",
    ),
    *_WHO,
    *_APPLICANT,
    _MEMBERSHIP,
    *_HOUSEHOLD,
    _ask_health_consent(),
    page("illness", "收入和困难", "看病、照顾花了多少钱", "medical_cost_year", "care_cost_year"),
    *_INCOME,
    _STORY,
    *_BANK,
    version=2,
)

_FORMER_EMERGENCY = _relief(
    CaseKind.TEMPORARY, "urgent-aid", "申请临时救助", 6,
    "突然出了大事，眼下过不去，可以先申请一笔救急的钱。",
    ("您的身份证（没有也能先交）", "出了什么事、哪天的事", "您自己的银行卡"),
    *_WHO, *_APPLICANT, _MEMBERSHIP,
    page("event", "出了什么事", "出了什么急事？", "event"),
    page("event-loss", "出了什么事", "哪天的事，损失多少", "event_on", "loss"),
    *_HOUSEHOLD, *_INCOME, _ask_health_consent("event", "members"), _STORY, *_BANK, version=2,
)  # fmt: skip
# Five pages, the check page with its one consent among them; photos come after it is handed in.
TEMPORARY = Journey(
    kind=CaseKind.TEMPORARY, address="urgent-aid", version=3, title="申请临时救助",
    button="提交申请", minutes=3,
    lead="突然出了大事、眼下过不去，申请救急的钱。",
    promise="只填五页。交上来 {emergency_check}内有人看，留了电话的，先给您打电话。",
    ready=("您的身份证号（没有也能先交）", "出了什么事、要花多少、眼下差多少（说不清也行）"),
    pages=(
        page("identity", "申请人", "填写您的信息", "name", *WITH_ID, *WITH_MOBILE,
             lead="替家人填的，写家人的姓名和身份证号，手机号写能打通的。"),
        *ask_for_paper("申请人", lead="没有 18 位的身份证号，也能先交，不耽误救急。号码以后再补。"),
        *ask_for_reach("申请人"),
        page("event", "出了什么事", "出了什么急事？", "event", "event_on", "event_story"),
        page("cost", "要花多少", "还差多少，要花多少", "needed_now",
             Ask("treatment_cost", is_one_of("event", "illness", "accident")),
             Ask("loss", is_one_of("event", "accident", "fire", "other")),
             Ask("funeral_cost", is_one_of("event", "death")),
             Ask("income_lost", is_one_of("event", "job"))),
        page("home", "家里", "家里的情况", "town", "people_at_home", "income_month", "state_aid"),
    ),
    declarations=("consent_emergency",),
    urgent=("今天就没有饭吃、没有地方住、没有钱做手术，请不要等。",),
    next_step="看情况，{call}。情况紧急的，先救急、后补手续",
    lost_code=_LOST_CODE,
    former=_FORMER_EMERGENCY,
)  # fmt: skip

JOURNEYS = (HARDSHIP, SCHOOLING, MEDICAL, TEMPORARY)
