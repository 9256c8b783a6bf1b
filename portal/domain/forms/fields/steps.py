"""What the steps of a workflow ask besides words; the answers become facts of its events."""

from functools import partial

from portal.domain.accounts.permissions import CASEWORKERS, LEGAL_WORKERS
from portal.domain.forms.fields import choices
from portal.domain.forms.fields.model import Field, Kind, Sensitivity

_step = partial(Field, seen_by=CASEWORKERS | LEGAL_WORKERS)

QUESTIONS = (
    _step("asked_by", "本人怎么提的？", Kind.ONE_OF, Sensitivity.INTERNAL, "记下他怎么来说的",
          choices=choices.CHANNELS, missing="请选来访、来电还是来信"),
    _step("asked_on", "哪天提的？", Kind.DATE, Sensitivity.PERSONAL, "期限从这天算",
          hint="来信看收信的日子。", missing="请填他提的日子"),
    _step("no_page_why", "没有本人签名的纸，为什么？", Kind.LINE, Sensitivity.PERSONAL,
          "没有签名时，写明怎么核对是本人", optional=True, max_length=200,
          hint="有签名的纸就空着。没有的，写明为什么、怎么核对是他本人，比如：打电话来的，已回拨登记的手机。"),
    _step("why_not_corrected", "没有改过什么，为什么？", Kind.LINE, Sensitivity.PERSONAL,
          "没有改的，写明理由", optional=True, max_length=200,
          hint="本人要求改的，先在那一件上改好。查过、不用改的，写明为什么。别的要求空着。"),
    _step("rating", "这次办得怎么样？", Kind.ONE_OF, Sensitivity.INTERNAL, "改进服务、公布满意率",
          choices=choices.RATINGS, missing="请选一个"),
    _step("granted", "批准多少元？", Kind.MONEY, Sensitivity.PERSONAL, "打款",
          hint="不给钱、只建档的，空着。", optional=True, tally="amount_fen"),
    _step("papers_asked", "要补哪几样？", Kind.SOME_OF, Sensitivity.SENSITIVE, "收到一样勾掉一样",
          hint="勾了的，本人在进度页上看得到哪样到了、哪样还没到。", optional=True),
    _step("started_on", "哪天上岗的？", Kind.DATE, Sensitivity.PERSONAL, "核实就业",
          missing="请填上岗的日子，比如 2026-03-01"),
)  # fmt: skip
