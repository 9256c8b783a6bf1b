"""The form of a legal consultation."""

from portal.domain.forms.collective_dispute import (
    FEWEST_REPRESENTATIVES,
    MANY,
    MOST_LISTED,
    MOST_REPRESENTATIVES,
    has_many_people,
    is_collective,
)
from portal.domain.forms.journeys.model import (
    Ask,
    Collection,
    DescribedCondition,
    Journey,
    is_one_of,
    page,
)
from portal.domain.forms.journeys.person import (
    HAS_PHONE,
    WITH_ID,
    WITH_MOBILE,
    ask_for_paper,
    ask_for_reach,
)
from portal.domain.shared.case_kinds import CaseKind

_WANTS_LAWYER = is_one_of("wanted", "lawyer")
_MANY = DescribedCondition(f"一起的有 {MANY} 个人或更多", has_many_people, ("people",))
_TOGETHER = DescribedCondition(
    f"{MANY} 个人或更多，为的是同一件事", is_collective, ("people", "common_claim")
)
_COLLECTIVE = (
    page("same-cause", "经过", "这些人是不是为同一件事？", "common_claim", when=_MANY,
         lead=f"满 {MANY} 个人、为同一件事，可以合在一起办，推选代表出面。"),
    page("representatives", "经过", "推选谁当代表", "representative_name", "representative_mobile",
         when=_TOGETHER,
         collection=Collection(name="representatives", called="代表", none="还没有选好，以后再补",
                         if_fewer="还没有选好，以后再补",
                         least=FEWEST_REPRESENTATIVES, most=MOST_REPRESENTATIVES, open_later=True),
         lead="请写上代表：替大家参加调解、仲裁的人。"
              f"一般选 {FEWEST_REPRESENTATIVES} 到 {MOST_REPRESENTATIVES} 个。"
              "您自己当代表，也写上。没有选好不要紧，以后再补。"
              f"（满 {MANY} 个人可以推选代表：劳动争议调解仲裁法第七条。"
              f"{FEWEST_REPRESENTATIVES} 到 {MOST_REPRESENTATIVES} 个：劳动人事争议仲裁办案规则，"
              "没有核对原文）"),
    page("coworkers", "经过", "一起办的人的名单", "coworker_name", "coworker_mobile",
         "coworker_amount", when=_TOGETHER,
         collection=Collection(name="coworkers", called="人", none="还没有名单，以后再补",
                         if_fewer="还没有名单，以后再补",
                         most=MOST_LISTED, bulk=True, open_later=True),
         lead="写上每一个人，您自己也算。现在没有，以后再补，不耽误提交。"),
)  # fmt: skip

CONSULTATION = Journey(
    kind=CaseKind.CONSULTATION, address="consult", version=4, title="法律咨询",
    button="提交咨询", minutes=8,
    lead="工资、工伤、合同、社保的事，都可以问律师。",
    promise="律师 {consultation_reply}内答复，不会告诉您的单位。",
    ready=("大概的日子：哪天上班、哪天出的事", "手里的证据：合同、工资条、聊天记录（没有也能问）"),
    urgent=(
        "工伤：单位要在 30 天内报工伤；单位不报，自己要在 1 年内去报。（工伤保险条例第十七条）",
        "申请劳动仲裁：一般在 1 年内。（劳动争议调解仲裁法第二十七条）",
    ),
    next_step="请律师给您答复",
    lost_code="丢了就打电话，我们回拨您留的号码，核对以后补办。没有留电话的，到窗口来补办。",
    pages=(
        page("topic", "什么事", "遇到了什么事？", "topic", "consent_legal"),
        page("employer", "在哪里干活", "是哪家单位", "against", "building_site", "still_there"),
        page("left", "在哪里干活", "哪天离开的", "left_on", when=is_one_of("still_there", "left")),
        page("job", "在哪里干活", "干活的情况", "hired_on", "wage_month", "legal_contract"),
        page("wages", "经过", "欠工资的情况", "owed", "owed_since",
             when=is_one_of("topic", "unpaid_wages")),
        page("injury", "经过", "受伤的情况", "injured_on", "injury_reported",
             when=is_one_of("topic", "work_injury")),
        page("dismissal", "经过", "被辞退的情况", "dismissed_on",
             when=is_one_of("topic", "dismissal")),
        page("account", "经过", "说说经过", "account"),
        page("people", "经过", "有几个人，做过什么", "people", "steps_taken", "next_deadline"),
        *_COLLECTIVE,
        page("evidence", "证据", "手里有哪些证据？", "evidence"),
        page("wanted", "想要的帮助", "您想要什么帮助？", "wanted"),
        page("legal-aid", "想要的帮助", "要派律师，先问两件事", *WITH_ID, "on_file",
             when=_WANTS_LAWYER,
             lead="派律师要核对身份。为了要工资、要工伤赔偿的农民工，不用查收入。"
                  "（法律援助法第四十二条）"),
        *ask_for_paper("想要的帮助", lead="没有 18 位的身份证号，也能先问，不耽误律师看。",
                       when=_WANTS_LAWYER),
        page("contact", "联系方式", "怎么联系您", "called", *WITH_MOBILE),
        *ask_for_reach("联系方式"),
        page("reply", "联系方式", "怎么回复您", Ask("may_contact", HAS_PHONE),
             Ask("call_times", HAS_PHONE), "reply_by", "town"),
        page("about-you", "联系方式", "最后两个问题", "migrant_worker", "union_member"),
        page("papers", "证据照片", "传证据的照片", "papers", photos=True,
             lead="用手机拍下来就行，可以一次选几张。没有也可以问，以后能补。"
                  "原来的照片也替您存着，打官司用得上，请自己也留好。"),
    ),
)  # fmt: skip

JOURNEYS = (CONSULTATION,)
