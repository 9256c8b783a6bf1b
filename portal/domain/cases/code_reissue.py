"""A new secret code for a lost one: one person asks, another confirms, the first hands it out.

All on one day of the centre: a request that was not carried through by then has lapsed. Where it
stands is told by the history of the case alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from portal.domain.accounts.actor import Actor
from portal.domain.cases.events import (
    CodeReissueAsked,
    CodeReissueConfirmed,
    CodeReissued,
    CodeReissueRefused,
)
from portal.domain.forms.fields import FIELDS, Field, Kind, Sensitivity, label_of
from portal.domain.forms.person import ReachBy, find_reach
from portal.domain.records.event import Event
from portal.domain.shared.dates import local_date
from portal.domain.shared.errors import NotAllowed

NOBODY_KNOWN = "这一份没有留名，没法核对是谁，不能补办。请他重新提一份"
NOTHING_WAITS = "今天没有等着确认的补办。可能已经办好了、没有同意，或者过了一天。请看看经过"

WHY_NOT = Field(
    "why_not", "为什么不同意", Kind.PARAGRAPH, Sensitivity.INTERNAL, "补办查询码", frozenset(),
    hint="同事会看到，本人看不到。", max_length=300, missing="请写为什么不同意",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """A request that stands: by whose login, how he checked who asks, and who has confirmed."""

    asked_at: datetime
    asked_by: str
    checked: str
    confirmed_by: str = ""


def find_request(history: Iterable[Event], today: date) -> Request | None:
    """Return the request that stands today (Asia/Shanghai); None if none does, or it has lapsed."""
    request: Request | None = None
    for event in history:
        match event:
            case CodeReissueAsked():
                request = Request(event.at, event.actor, event.text)
            case CodeReissueConfirmed() if request:
                request = replace(request, confirmed_by=event.actor)
            case CodeReissueRefused() | CodeReissued():
                request = None
    return request if request and local_date(request.asked_at) == today else None


def may_ask(request: Request | None, actor: Actor) -> bool:
    """Tell whether there is anything to ask: not if he has asked already.

    Raise NotAllowed beside another's request.
    """
    if request and request.asked_by != actor.login:
        raise NotAllowed("今天已经有同事登记过补办，还没有办完。请和他商量，或者先不同意那一次")
    return request is None


def may_confirm(request: Request | None, actor: Actor) -> bool:
    """Tell whether there is anything to confirm: not if he has confirmed already.

    Raise NotAllowed to who has asked himself, beside another, and without a request.
    """
    if request is None:
        raise NotAllowed(NOTHING_WAITS)
    if request.asked_by == actor.login:
        raise NotAllowed("是您自己登记的，要换一个人确认")
    if request.confirmed_by not in {"", actor.login}:
        raise NotAllowed("已经有同事确认过了，不用再确认")
    return not request.confirmed_by


def require_request(request: Request | None) -> None:
    """Raise NotAllowed without a request; one that stands may be refused by anybody."""
    if request is None:
        raise NotAllowed(NOTHING_WAITS)


def require_confirmed(request: Request | None, actor: Actor) -> None:
    """Raise NotAllowed unless the actor's own request was confirmed by another person."""
    if request is None:
        raise NotAllowed("今天没有确认过的补办。确认只当天有用，请再登记一次")
    if request.asked_by != actor.login:
        raise NotAllowed("是同事登记的，新的查询码由他来取、交给本人")
    if request.confirmed_by in {"", actor.login}:
        raise NotAllowed("还没有第二个人确认，现在不能取新的查询码")


def how_to_check(answers: Mapping[str, object]) -> str:
    """State how staff must have checked that it is the applicant himself.

    Empty where he left no name: nobody can know who he is.
    """
    if answers.get("id_number"):
        return "本人在窗口，身份证已经核对"
    if answers.get("id_paper_number"):
        paper = label_of(FIELDS["id_paper"], str(answers.get("id_paper")))
        return f"本人在窗口，{paper}和号码已经核对"
    reach = find_reach(answers.get)
    if reach.has_phone:
        return _CALLED_BACK[reach.by]
    if answers.get("name") or answers.get("called"):
        return "本人在窗口，表上写的姓名、住处、事情的经过他都说得对，有人能证明是他"
    return ""


_CALLED_BACK = {
    ReachBy.MOBILE: "已经回拨登记的手机，确认是本人",
    ReachBy.LANDLINE: "已经回拨登记的座机，确认是本人",
    ReachBy.OTHER_PHONE: "已经打登记的那个人的电话，请本人来接，确认是本人",
}
