"""What an applicant is told when something happens to his case, and how little it may say.

A notice is one short sentence that fits one text message. It never holds a name, a number of a
paper, or a code; a neutral one holds no receipt number either, because its letters tell the kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.forms.person import Reach, ReachBy
from portal.domain.records.workflow import SAME, Awaiting, Step
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import CENTRE_ZONE
from portal.domain.shared.masking import mask_address, mask_phone

SUBMITTED = "submit"
NEW_CODE = "reissue code"
NEW_NUMBER = "correct number"
LAST_DAYS = "last days"
PUT_ASIDE = "put aside"
"""What a notice is about, besides the steps of a workflow, which go by their code."""

_NO_NUMBER = "您没有留电话，我们没法找您。有事都写在这一页，请自己来看，或者到窗口来问"
_NOT_CALLED_YET = "您留了别人的电话，还没有问过他，我们先不打。问好了，请在这里留言告诉我们"
_NOT_WANTED = "您说过不要打电话、发短信，我们不会打，也不会发。请自己来这里查进度"
WILL_CALL = "给您打电话"
"""What `{call}` in the words of forms and states stands for, if he left a number of his own."""
_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))
GIVE_UP_AFTER = timedelta(days=3)
_MORNING, _EVENING = time(9), time(20)
_FRESH = timedelta(minutes=15)
"""For so long somebody who has just handed in, or been helped, is still awake."""


class Disclosure(StrEnum):
    """How much a notice may say.

    PLAIN names the matter. MODEST names only the centre: he was never asked what may be said.
    NEUTRAL names neither: he fears that somebody else reads it.
    """

    PLAIN = "plain"
    MODEST = "modest"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell the applicant of a case, or of a form that he put aside until a day."""

    receipt: str
    kind: CaseKind
    what: str
    disclosure: Disclosure
    until: date | None = None


def disclosure_for(kind: CaseKind, may_contact: object, by: ReachBy) -> Disclosure | None:
    """Return how much may be said, by his answer; None if he wants to hear nothing.

    Where somebody else answers, nothing is named.
    """
    if may_contact != "no" and by not in {ReachBy.MOBILE, ReachBy.SELF}:
        return Disclosure.NEUTRAL
    match may_contact:
        case "yes":
            return Disclosure.PLAIN
        case "no":
            return None
        case None if not _asks_about_contact(kind):
            return Disclosure.MODEST
    return Disclosure.NEUTRAL


def _asks_about_contact(kind: CaseKind) -> bool:
    return any(ask.field == "may_contact" for page in JOURNEYS[kind].pages for ask in page.asks)


def is_within_reach(reach: Reach) -> bool:
    """Tell whether anybody can go and tell him: by a number, or where he is to be found."""
    return reach.has_phone or bool(reach.place)


def tell_staff(reach: Reach, number: str, *, masked: bool = True) -> str:
    """Say whom to ring up or where to look; `number` is that of the notice."""
    place = mask_address(reach.place) if masked else reach.place
    shown = mask_phone(number) if masked else number
    if reach.by is ReachBy.PLACE:
        return f"没有电话，到 {place} 找，或者托村、社区带话"
    if reach.by is ReachBy.OTHER_PHONE:
        return f"{reach.whose}的电话 {shown}，请他叫本人来接"
    return f"座机 {shown}" if reach.by is ReachBy.LANDLINE else shown


def tell_applicant(reach: Reach, may_contact: object, sends: bool) -> str:
    """Tell the applicant how the centre reaches him, as he wished; `sends`: messages go out."""
    if not is_within_reach(reach):
        return _NOT_CALLED_YET if reach.by is ReachBy.OTHER_PHONE else _NO_NUMBER
    if may_contact == "no":
        return _NOT_WANTED
    match reach.by:
        case ReachBy.PLACE:
            words = f"有急事，我们到您写的地方（{reach.place}）找您，或者托村、社区带话"
            return f"您没有留电话。{words}。也请您自己来看"
        case ReachBy.OTHER_PHONE:
            return (
                f"有事会打{reach.whose}的电话 {reach.masked_number}，请他叫您来接，不会说是什么事"
            )
        case ReachBy.LANDLINE:
            return f"有事会打您留的座机 {reach.masked_number}，不会先说是什么事"
    way = "发短信，或者打电话" if sends else "打电话"
    discreet = "，不会先说是什么事" if may_contact == "neutral" else ""
    return f"有事会给您留的手机 {reach.masked_number} {way}{discreet}"


def promise_call(reach: Reach, may_contact: object) -> str:
    """Return what `{call}` stands for: nobody is promised a call whom no call can reach."""
    if not is_within_reach(reach) or may_contact == "no":
        return "把消息写在“查进度”里"
    match reach.by:
        case ReachBy.PLACE:
            return "到您写的地方找您，或者托人带话"
        case ReachBy.OTHER_PHONE:
            return f"打{reach.whose}的电话，请您来接"
    return WILL_CALL


def is_told(step: Step) -> bool:
    """Tell whether the applicant is told of a step: staff took it and he can read of it.

    Of what they did in his name he is told where it moves his case: it may not have been him.
    """
    return not step.by_applicant and bool(step.public_label) and not _is_a_word(step)


def _is_a_word(step: Step) -> bool:
    return step.from_applicant and step.target == SAME


def is_worth_a_call(kind: CaseKind, step: Step) -> bool:
    """Tell whether to ring the applicant up: there is something to read or do, or it is over.

    Who has just asked for it himself is not rung up.
    """
    if step.from_applicant:
        return False
    if step.statement is not None and step.statement.public:
        return True
    state = WORKFLOWS[kind].states.get(step.target)
    return state is not None and state.awaiting is not Awaiting.CENTRE


_ELSE = "any step"
_CODE_CHANGED = "{centre}：您的查询码换了新的。不是您本人来换的，请马上打 {hotline}。"
_TEXTS: Mapping[Disclosure, Mapping[str, str]] = {
    Disclosure.PLAIN: {
        SUBMITTED: "{centre}：收到您的{label}了，编号 {receipt}。请保管好查询码，不要告诉别人。",
        NEW_CODE: _CODE_CHANGED,
        LAST_DAYS: "{centre}：您的{label}要补材料，快到最后一天了。请用编号 {receipt} 查进度。",
        PUT_ASIDE: "{centre}：您有一份没填完的表，编号 {receipt}，保留到 {until}。"
        "请在“查进度”里接着填。",
        _ELSE: "{centre}：您的{label}有新消息：{news}。请用编号 {receipt} 查进度。",
    },
    Disclosure.MODEST: {
        SUBMITTED: "{centre}：您交的表收到了。请保管好登记编号和查询码，不要告诉别人。",
        NEW_CODE: _CODE_CHANGED,
        LAST_DAYS: "{centre}有急事找您，请尽快用登记编号和查询码查进度。",
        PUT_ASIDE: "{centre}：您有一份没填完的表，保留到 {until}。"
        "请在“查进度”里用登记编号和查询码接着填。",
        _ELSE: "{centre}有事找您，请用登记编号和查询码查进度。",
    },
    Disclosure.NEUTRAL: {
        SUBMITTED: "您填的表收到了。请保管好编号和查询码，不要告诉别人。",
        NEW_CODE: "您的查询码换了新的。不是您本人来换的，请马上打回执上的电话。",
        NEW_NUMBER: "您留的号码改了，以后不再找这个号码。不是您要改的，请马上打回执上的电话。",
        LAST_DAYS: "您办的事快到最后一天了，请尽快用您的编号和查询码查进度。",
        PUT_ASIDE: "您有一份没填完的表，保留到 {until}。请用您的编号和查询码接着填。",
        _ELSE: "您办的事有新消息，请用您的编号和查询码查进度。",
    },
}


def write_text(notice: Notice, centre: str, hotline: str) -> str:
    """Write the sentence to send, or to say on the phone; `centre` is its short name."""
    texts, flow = _TEXTS[notice.disclosure], WORKFLOWS[notice.kind]
    step = flow.steps.get(notice.what)
    return texts.get(notice.what, texts[_ELSE]).format(
        centre=centre,
        hotline=hotline,
        label=flow.label,
        receipt=notice.receipt,
        news=_news(step) if step else "",
        until=f"{notice.until.month}月{notice.until.day}日" if notice.until else "",
    )


def _news(step: Step) -> str:
    if step.twin_of:
        return f"{step.public_label}（帮扶中心替您办的）"
    # Bad news is read where its reason stands, and what can be done about it.
    return "有了结果" if step.danger else step.public_label


def title_of_notice(notice: Notice) -> str:
    """Return what the notice is about, as staff read it."""
    others = {
        SUBMITTED: "收到了",
        NEW_CODE: "补办了查询码",
        NEW_NUMBER: "改了电话，告诉原来的号码",
        LAST_DAYS: "补材料快到期了",
        PUT_ASIDE: "有没填完的表",
    }
    step = WORKFLOWS[notice.kind].steps.get(notice.what)
    return step.label if step else others.get(notice.what, notice.what)


def when_to_try_again(created_at: datetime, tries: int, now: datetime) -> datetime | None:
    """Return when to send once more after `tries` failures; None if it is time to ring him up."""
    again = now + _PAUSES[min(tries, len(_PAUSES)) - 1]
    return again if again - created_at <= GIVE_UP_AFTER else None


def when_to_send(created_at: datetime, now: datetime) -> datetime:
    """Return when a notice may go out: at once while it is fresh, later by daylight only."""
    return now if now - created_at <= _FRESH else by_daylight(now)


def by_daylight(now: datetime) -> datetime:
    """Return the next moment when a notice that nobody set off wakes no one: 9 to 20 o'clock."""
    here = now.astimezone(CENTRE_ZONE)
    if _MORNING <= here.time() < _EVENING:
        return now
    day = here.date() if here.time() < _MORNING else here.date() + timedelta(days=1)
    return datetime.combine(day, _MORNING, CENTRE_ZONE).astimezone(now.tzinfo)
