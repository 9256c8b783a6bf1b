"""What the steps of a workflow ask besides words; the answers become facts of its events."""

from functools import partial

from portal.domain.accounts.permissions import CASEWORKERS, LEGAL_WORKERS
from portal.domain.forms.fields import choices
from portal.domain.forms.fields.model import Field, Kind, Sensitivity

_step = partial(Field, seen_by=CASEWORKERS | LEGAL_WORKERS)

QUESTIONS = (
    _step("rating", "这次办得怎么样？", Kind.ONE_OF, Sensitivity.INTERNAL, "改进服务、公布满意率",
          choices=choices.RATINGS, missing="请选一个"),
    _step("granted", "批准多少元？", Kind.MONEY, Sensitivity.PERSONAL, "打款",
          hint="不给钱、只建档的，空着。", optional=True, tally="amount_fen"),
    _step("papers_asked", "要补哪几样？", Kind.SOME_OF, Sensitivity.SENSITIVE, "收到一样勾掉一样",
          hint="勾了的，本人在进度页上看得到哪样到了、哪样还没到。", optional=True),
    _step("started_on", "哪天上岗的？", Kind.DATE, Sensitivity.PERSONAL, "核实就业",
          missing="请填上岗的日子，比如 2026-03-01"),
)  # fmt: skip
