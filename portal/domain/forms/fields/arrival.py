"""What staff note when they key in a paper, a call or a visit: how it came, and the consent."""

from functools import partial

from portal.domain.accounts.permissions import CASEWORKERS, LEGAL_WORKERS
from portal.domain.forms.fields import choices
from portal.domain.forms.fields.model import Field, Kind, Sensitivity

_arrival = partial(Field, seen_by=CASEWORKERS | LEGAL_WORKERS)

QUESTIONS = (
    _arrival("came_by", "怎么来的？", Kind.ONE_OF, Sensitivity.INTERNAL, "分类统计",
             choices=choices.CHANNELS, missing="请选来访、来电还是来信"),
    _arrival("came_on", "哪天收到的？", Kind.DATE, Sensitivity.PERSONAL, "办理期限从这天算起",
             hint="来信看收信的日子。", missing="请填收到的日子"),
    _arrival("consent_by", "本人怎么同意的？", Kind.ONE_OF, Sensitivity.INTERNAL,
             "每一项同意都要本人作出", hint="下面每一项都要本人自己同意。没有同意，不能录入。",
             choices=choices.CONSENT_WAYS, missing="请先让本人同意，再选他怎么同意的"),
)  # fmt: skip
