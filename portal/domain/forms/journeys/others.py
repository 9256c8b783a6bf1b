"""The forms for finding work and for asking about one's own data."""

from portal.domain.forms.journeys.model import Journey, page
from portal.domain.forms.journeys.person import (
    HAS_PHONE,
    WITH_ID,
    WITH_MOBILE,
    ask_for_paper,
    ask_for_reach,
)
from portal.domain.shared.case_kinds import CaseKind

JOBS_JOURNEY = Journey(
    kind=CaseKind.JOBS, address="find-work", version=2, title="找工作、学手艺",
    button="提交登记", minutes=4,
    lead="没有工作、想换工作、想学一门手艺，都可以登记。",
    promise="我们帮您介绍岗位、报名免费培训，{job_contact}内和您商量。",
    ready=("您的手机（没有也能登记）", "会做什么、想做什么"),
    next_step="看您想找什么工作，{call}，和您商量",
    lost_code="丢了就打电话，我们回拨您留的号码，核对以后补办。没有留电话的，到窗口来补办。",
    pages=(
        page("who", "您的信息", "填写您的信息", "name", *WITH_MOBILE, "consent_jobs"),
        *ask_for_reach("您的信息"),
        page("where", "您的信息", "您住在哪", "town", "migrant_worker"),
        page("now", "您的信息", "现在的工作", "work_state"),
        page("wish", "想做什么", "想做什么工作？", "jobs_wanted"),
        page("able", "想做什么", "您会什么", "education", "skills", "health_limits"),
        page("wage", "想做什么", "想挣多少", "wage_wanted"),
        page("training", "想做什么", "想不想学一门手艺？", "trainings"),
        page("reply", "联系方式", "怎么联系您", "may_contact", "call_times", when=HAS_PHONE),
    ),
)  # fmt: skip

OWN_DATA_JOURNEY = Journey(
    kind=CaseKind.OWN_DATA, address="my-data", version=2, title="看、改、删我的信息",
    button="提交要求", minutes=3,
    lead="您有权看我们存了您的什么信息，要我们改正写错的，要我们删掉不该再留的。",
    promise="{data_request}内核对是您本人，给您答复。",
    ready=("您的身份证（没有也能先提）", "原来的登记编号（记不得也可以）"),
    next_step="核对是不是您本人，再给您答复",
    lost_code="丢了就带身份证（或者您填的证件）到窗口补办。没有证件的，请认识您的人一起来。",
    pages=(
        page("wish", "办什么", "您想办哪一样？", "data_wish", "consent_request"),
        page("which", "办什么", "是哪一件事", "about_receipt", "data_details"),
        page("identity", "您的信息", "填写您的信息", "name", *WITH_ID, *WITH_MOBILE,
             lead="要核对是您本人，才能把信息给您看。"),
        *ask_for_paper("您的信息", lead="原来用哪种证件填的，就写哪种，我们照着核对。"),
        *ask_for_reach("您的信息"),
        page("reply", "您的信息", "怎么联系您", "may_contact", when=HAS_PHONE),
    ),
)  # fmt: skip

JOURNEYS = (JOBS_JOURNEY, OWN_DATA_JOURNEY)
