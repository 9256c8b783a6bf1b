"""Questions that more than one kind of case asks."""

from functools import partial

from portal.domain.accounts.permissions import ALL_HANDLERS, CASEWORKERS, LEGAL_WORKERS
from portal.domain.forms.fields.choices import (
    ABSENT_REASONS,
    CALL_TIMES,
    MAY_CONTACT,
    PAPER_CHOICES,
    YES_NO_UNKNOWN,
)
from portal.domain.forms.fields.model import Field, Kind, Sensitivity

_PERSONAL, _SENSITIVE, _INTERNAL = Sensitivity.PERSONAL, Sensitivity.SENSITIVE, Sensitivity.INTERNAL
_shared = partial(Field, seen_by=CASEWORKERS | LEGAL_WORKERS)
_replied = partial(Field, seen_by=ALL_HANDLERS)

QUESTIONS = (
    _shared("town", "您住在哪个镇（街道）？", Kind.ONE_OF, _INTERNAL, "分给镇街工会办、分类统计",
            missing="请选一个镇（街道）", way_on="不清楚就选最后一个", column="镇（街道）"),
    _shared("union_member", "您是工会会员吗？", Kind.ONE_OF, _PERSONAL, "确认是否符合条件",
            choices=YES_NO_UNKNOWN, missing="请选一个，不清楚就选“不清楚”"),
    _shared("migrant_worker", "您是农民工吗？", Kind.ONE_OF, _INTERNAL, "分类统计",
            hint="户口在农村、在城镇打工的职工。", choices=YES_NO_UNKNOWN,
            missing="请选一个，不清楚就选“不清楚”"),
    _replied("call_times", "什么时候方便接电话？", Kind.SOME_OF, _PERSONAL, "回复",
            hint="可以选几个，也可以不选。", choices=CALL_TIMES, optional=True),
    _shared("papers", "材料照片", Kind.ONE_OF, _SENSITIVE, "核对情况，少跑一趟",
            hint="身份证、收入、看病、证据等材料的照片。", choices=PAPER_CHOICES,
            missing="请传照片，或者点“下一步”，以后再补"),
    _shared("papers_absent", "没有的材料", Kind.LINE, _SENSITIVE, "弄清还差什么，没有的不再要",
            optional=True),
    _shared("absent_paper", "哪样材料", Kind.ONE_OF, _SENSITIVE, "弄清还差什么，没有的不再要",
            missing="请选是哪样材料"),
    _shared("absent_why", "为什么没有？", Kind.ONE_OF, _SENSITIVE, "弄清还差什么，没有的不再要",
            choices=ABSENT_REASONS, missing="请选一个原因"),
    _shared("absent_words", "还想说一句？", Kind.LINE, _SENSITIVE, "弄清还差什么，没有的不再要",
            optional=True),
    _replied("may_contact", "能给您打电话、发短信吗？", Kind.ONE_OF, _PERSONAL, "不让单位知道",
            choices=MAY_CONTACT, missing="请选一个"),
)  # fmt: skip
