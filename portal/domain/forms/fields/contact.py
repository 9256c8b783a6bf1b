"""What is noted of a call, a visit or a letter that brings no form （接待登记）."""

from dataclasses import replace
from functools import partial

from portal.domain.accounts.permissions import CASEWORKERS, LEGAL_WORKERS
from portal.domain.forms.fields import arrival, choices, shared
from portal.domain.forms.fields.model import Field, Kind, Retention, Sensitivity

_contact = partial(Field, seen_by=CASEWORKERS | LEGAL_WORKERS, retention=Retention.SHORT)
_KNOWN = {field.name: field for field in (*arrival.QUESTIONS, *shared.QUESTIONS)}

QUESTIONS = (
    _contact("contact_topic", "什么事？", Kind.ONE_OF, Sensitivity.INTERNAL, "分类统计",
             choices=choices.CONTACT_TOPICS, missing="请选是什么事，都不像就选“别的”"),
    _contact("contact_outcome", "怎么办的？", Kind.ONE_OF, Sensitivity.INTERNAL,
             "知道有没有人接着办", choices=choices.CONTACT_OUTCOMES, missing="请选怎么办的"),
    _contact("referred_to", "转到哪里？", Kind.ONE_OF, Sensitivity.INTERNAL,
             "知道请他去找谁了", choices=choices.REFERRED_TO, optional=True,
             hint="转到别处的，才选。"),
    _contact("contact_words", "一句话记下来", Kind.LINE, Sensitivity.SENSITIVE,
             "他再来问的时候，知道问过什么", optional=True, max_length=200,
             hint="不用写姓名、电话、证件号。"),
)  # fmt: skip

CONTACT_QUESTIONS: tuple[Field, ...] = (
    replace(_KNOWN["came_by"], missing="请选来访、来电还是来信"),
    *QUESTIONS[:3],
    replace(_KNOWN["town"], label="哪个镇（街道）？", optional=True),
    replace(_KNOWN["migrant_worker"], label="是不是农民工？", hint="", optional=True),
    QUESTIONS[3],
    replace(_KNOWN["came_on"], label="哪天？", hint="来信看收信的日子。"),
)
"""The questions in the order in which a clerk answers them."""
