"""The form for whoever complains about a member of staff （投诉）."""

from portal.domain.forms.journeys.model import Journey, all_of, is_one_of, page
from portal.domain.forms.journeys.person import HAS_PHONE, WITH_MOBILE, ask_for_reach
from portal.domain.shared.case_kinds import CaseKind

_NAMED = is_one_of("leaves_name", "named")

COMPLAINT_JOURNEY = Journey(
    kind=CaseKind.COMPLAINT, address="complain", version=1, title="投诉工作人员",
    button="提交投诉", minutes=3,
    lead="我们的人态度不好、拖着不办、要钱要东西，都可以说。",
    promise="只有主任和经审员看得到，您投诉的人看不到。{complaint_start}内开始核查。",
    ready=("是谁，或者在哪个窗口、哪天见的", "怎么回事"),
    urgent=("有人向您要钱、要东西的，先不要给，马上打电话。",),
    next_step="开始核查",
    lost_code="丢了补不了：看投诉的人少，不经过窗口。可以再提一份，写上原来的登记编号。",
    pages=(
        page("whom", "投诉谁", "您要投诉谁？", "complained_of", "complaint_topic",
             "consent_complaint"),
        page("details", "怎么回事", "请写下是怎么回事", "complaint_details"),
        page("name", "您的信息", "留不留名字？", "leaves_name",
             lead="您投诉的人不会知道是谁说的。"),
        page("contact", "您的信息", "怎么联系您", "name", *WITH_MOBILE, when=_NAMED),
        *ask_for_reach("您的信息", when=_NAMED),
        page("reply", "您的信息", "怎么回复您", "may_contact", "call_times",
             when=all_of(_NAMED, HAS_PHONE)),
    ),
)  # fmt: skip

JOURNEYS = (COMPLAINT_JOURNEY,)
