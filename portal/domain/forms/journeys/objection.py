"""The form for whoever has something to say about a public list （公示异议）."""

from portal.domain.forms.journeys.model import Journey, all_of, is_one_of, page
from portal.domain.forms.journeys.person import HAS_PHONE, WITH_MOBILE, ask_for_reach
from portal.domain.shared.case_kinds import CaseKind

_NAMED = is_one_of("leaves_name", "named")

OBJECTION_JOURNEY = Journey(
    kind=CaseKind.OBJECTION, address="objection", version=2, title="对公示有意见",
    button="提交意见", minutes=4,
    lead="有不该帮的人、写得不对、信息露得太多，都可以说。",
    promise="不告诉别人是谁提的，{objection_start}内开始核查。",
    ready=("名单是哪天开始公示的", "哪一户，哪里不对，您怎么知道的"),
    urgent=("名单里有身份证号、电话、住址、病名的，请马上打电话，我们先撤下来再查。",),
    next_step="开始重新核查",
    lost_code="丢了就打电话，我们回拨您留的号码，核对以后补办。没有留电话的，到窗口来补办。"
              "没有留名的补不了，可以重新提一份。",
    pages=(
        page("list", "哪份名单", "是哪一份名单", "listed_on", "consent_objection"),
        page("about", "哪里不对", "您觉得哪里不对？", "objection_about", "listed_name"),
        page("details", "哪里不对", "请写下您了解的情况", "objection_details",
             lead="照您知道的写就行。拿不准的也可以写，注明是听别人说的。"),
        page("name", "您的信息", "留不留名字？", "leaves_name",
             lead="名单上的人不会知道是谁提的。"),
        page("contact", "您的信息", "怎么联系您", "name", *WITH_MOBILE, when=_NAMED),
        *ask_for_reach("您的信息", when=_NAMED),
        page("reply", "您的信息", "怎么回复您", "may_contact", "call_times",
             when=all_of(_NAMED, HAS_PHONE)),
        page("papers", "照片", "有照片，可以传", "papers", photos=True,
             lead="能说明情况的照片，用手机拍下来就行，可以一次选几张。没有也可以提。"
                  "不留名的，照片里不要有您的名字。"),
    ),
)  # fmt: skip

JOURNEYS = (OBJECTION_JOURNEY,)
