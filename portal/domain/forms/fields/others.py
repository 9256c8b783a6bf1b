"""What job seekers and people who ask about their own data are asked."""

from functools import partial

from portal.domain.accounts.permissions import CASEWORKERS
from portal.domain.forms.fields import choices
from portal.domain.forms.fields.model import ASK_US, Field, Kind, Retention, Sensitivity

_PERSONAL, _INTERNAL = Sensitivity.PERSONAL, Sensitivity.INTERNAL
_job = partial(Field, seen_by=CASEWORKERS, retention=Retention.SHORT)
_own_data = partial(Field, seen_by=CASEWORKERS, retention=Retention.SHORT)

QUESTIONS = (
    _job("consent_jobs", "我看过隐私说明，同意你们用这些信息帮我找工作", Kind.CONSENT, _INTERNAL,
         "依法告知、单独同意", hint="给用人单位以前，会先打电话问您。",
         missing="要打勾同意，我们才能帮您找", way_on=ASK_US),
    _job("jobs_wanted", "想做什么工作？", Kind.SOME_OF, _INTERNAL, "介绍合适的岗位",
         hint="可以选几个。", choices=choices.JOB_CHOICES,
         missing="请至少选一种，都行就选“什么都可以”",
         column="想做什么"),
    _job("wage_wanted", "每月想挣多少元？", Kind.MONEY, _PERSONAL, "介绍合适的岗位",
         hint="没想好就空着。", optional=True),
    _job("trainings", "想不想学一门手艺？", Kind.SOME_OF, _PERSONAL, "安排免费培训",
         hint="可以选几个。", choices=choices.TRAININGS, missing="请选一下，不用就选“不用培训”"),
    _job("education", "上学上到哪里？", Kind.ONE_OF, _PERSONAL, "介绍合适的岗位",
         choices=choices.EDUCATION, missing="请选一个"),
    _job("skills", "会做什么、有什么证？", Kind.LINE, _PERSONAL, "介绍合适的岗位",
         hint="比如：开叉车，有证。没有就空着。", optional=True, max_length=100),
    _job("health_limits", "有什么活不能干？", Kind.LINE, Sensitivity.SENSITIVE, "介绍合适的岗位",
         hint="比如：腰不好，不能搬重东西。没有就空着。", optional=True, max_length=100),
    _own_data("consent_request", "我看过隐私说明，知道你们要先核对我是不是本人", Kind.CONSENT,
              _INTERNAL, "依法告知", missing="请看隐私说明，再打勾", way_on=ASK_US),
    _own_data("data_wish", "您想办哪一样？", Kind.ONE_OF, _INTERNAL,
              "办理查阅、更正、删除（个人信息保护法第四十五条到第四十七条）",
              choices=choices.DATA_WISHES, missing="请选一样", column="想办什么"),
    _own_data("about_receipt", "是哪一件事？", Kind.LINE, _PERSONAL, "找到您的信息",
              hint="写登记编号，比如 JZ26-7K3M-9QF2。记不得就空着。", optional=True, max_length=20),
    _own_data("data_details", "请写清楚", Kind.PARAGRAPH, _PERSONAL, "办理您的要求",
              hint="比如：电话号码写错了，应该是哪个。", max_length=1000,
              missing="请写一两句，要我们做什么", way_on="写不清楚，就写“请找我问”"),
)  # fmt: skip
