"""The demonstration centre: invented people and a year of invented cases, plainly marked.

Everything goes through the same operations as in real life, with the clock turned back.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from portal.demo.article import seed_article
from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import ROLE_LABELS, Role
from portal.domain.cases.step_input import STATEMENT
from portal.domain.counter.channels import Channel, arrival_of
from portal.domain.forms.drafts import Draft
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.forms.progress import JourneyProgress
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.id_checks import resident_id_check_symbol
from portal.domain.shared.rate_limits import RateLimit
from portal.operations.accounts import sessions, staff_accounts
from portal.operations.cases import case_file, steps
from portal.operations.counter import entry
from portal.operations.forms import submission
from portal.operations.notices import notice_queue
from portal.operations.office import Office

_SEED = 20261124
_MONTHS = 12
_HOW_MANY = (
    (CaseKind.HARDSHIP, 5, 11),
    (CaseKind.CONSULTATION, 4, 16),
    (CaseKind.JOBS, 3, 6),
)
"""How many cases of each kind come in a month, at least and at most."""
_COUNTER = "demo-counter"
"""Keys applications in: who does that may not accept them."""
_SECONDS = {
    _COUNTER: ("示范窗口受理员", Role.INTAKE),
    "demo-second-lawyer": ("示范值班律师", Role.LAWYER),
}
"""The second person with a role that some acts need: name and role by login."""
_CHANNELS = (Channel.WEB, Channel.VISIT, Channel.CALL, Channel.LETTER)
_OF_A_HUNDRED = (62, 20, 12, 6)
_CALLS_MADE = timedelta(days=7)
_SURNAMES = "陈李王张刘赵黄周吴徐孙马朱胡郭何高林罗郑"
_EMPLOYERS = ("示范石材厂", "示范建筑队", "示范服装厂", "示范物流站", "示范酒店")
_STORIES = (
    "（示范数据）爱人生病住院，家里只有我一个人挣钱。",
    "（示范数据）厂里停产，三个月没有发工资，孩子在上高中。",
    "（示范数据）我在工地受伤，还不能干重活。",
)
_ACCOUNTS = (
    "（示范数据）老板说工程款没结，拖了四个月工资，一共六个人。",
    "（示范数据）上班时手被机器压伤，单位让我自己去看病。",
    "（示范数据）干了两年没签合同，上周口头通知我不用来了。",
)
_ANSWER = (
    "（示范数据）您可以要回这笔钱。\n第一步：把工资条、转账、聊天记录都存好。\n"
    "第二步：带上这些到市人社局劳动监察大队投诉，不收费。\n"
    "第三步：投诉没有结果，在一年内申请劳动仲裁，我们可以派律师帮您。"
)


def demonstration_login(role: Role) -> str:
    """Return the login of the invented member of staff with this role."""
    return f"demo-{role}"


def seed_demonstration(office: Office, progress: Callable[[int, int], None]) -> None:
    """Fill a new instance with invented staff and cases up to now."""
    chance = random.Random(_SEED)  # noqa: S311 (invented people, not secrets)
    for role, label in ROLE_LABELS.items():
        staff_accounts.invite(
            office,
            demonstration_login(role),
            f"示范{label}",
            frozenset({role}),
            "demo",
            frozenset({office.choices["town"][0].code}) if role is Role.TOWN else frozenset(),
        )
    seed_article(office, Actor(demonstration_login(Role.EDITOR), frozenset({Role.EDITOR})))
    free = dict.fromkeys(RateLimit, 10**6)
    moments = _moments(office.now(), chance)
    for login, (name, role) in _SECONDS.items():
        staff_accounts.invite(office, login, name, frozenset({role}), "demo")
    for done, (moment, kind) in enumerate(moments, 1):
        then = replace(office, limits=free, backlog=10**6, clock=_clock_from(moment))
        with office.store.transaction():  # one wait for the disk a case
            receipt = _file(then, kind, chance, done)
            _handle(then, kind, receipt, chance, office.now())
        progress(done, len(moments))
    notice_queue.forget_old(office, _CALLS_MADE)


def make_demonstration_link(office: Office, role: Role) -> str:
    """Make a one-time token that signs in to the demonstration with this role."""
    login = demonstration_login(role)
    return sessions.make_link(office, login, sessions.DEMONSTRATION, "demo")


def make_links_of_seconds(office: Office) -> dict[str, str]:
    """Make the same for the second persons, by name; none who were not invited to this instance."""
    return {
        account.name: sessions.make_link(office, account.login, sessions.DEMONSTRATION, "demo")
        for account in staff_accounts.list_accounts(office)
        if account.login in _SECONDS
    }


def _moments(now: datetime, chance: random.Random) -> list[tuple[datetime, CaseKind]]:
    found = []
    for month in range(_MONTHS):
        for kind, low, high in _HOW_MANY:
            for _ in range(chance.randint(low, high)):
                hours = chance.randint(4, 29 * 24)
                found.append((now - timedelta(days=30 * month, hours=hours), kind))
    return sorted(found)


def _clock_from(moment: datetime) -> Callable[[], datetime]:
    """Return a clock that stands at the moment, a minute later at every look."""
    minutes = iter(range(10**6))
    return lambda: moment + timedelta(minutes=next(minutes))


def _file(office: Office, kind: CaseKind, chance: random.Random, number: int) -> str:
    answers = _answers(kind, chance, number)
    card = "unpaid-wages" if kind is CaseKind.CONSULTATION and chance.random() < 0.3 else None
    (channel,) = chance.choices(_CHANNELS, _OF_A_HUNDRED)
    declarations: dict[str, object] = dict.fromkeys(JOURNEYS[kind].declarations, True)
    gap = JourneyProgress(JOURNEYS[kind], Draft(answers)).next_page
    if gap:
        raise ValueError(f"the invented answers lack the page {gap.path}")
    if channel is not Channel.WEB:
        return _key_in(office, kind, answers | declarations, channel)
    token = submission.begin_draft(office, answers, card, "demonstration")
    return submission.submit_case(office, kind, token, declarations, "demonstration").number


def _answers(kind: CaseKind, chance: random.Random, number: int) -> dict[str, object]:
    if kind is CaseKind.HARDSHIP:
        return _hardship(chance, number)
    return _consultation(chance) if kind is CaseKind.CONSULTATION else _job_wish(chance)


def _key_in(office: Office, kind: CaseKind, answers: dict[str, object], channel: Channel) -> str:
    lawyer = kind is CaseKind.CONSULTATION
    login = demonstration_login(Role.LAWYER) if lawyer else _COUNTER
    actor = Actor(login, frozenset({Role.LAWYER if lawyer else Role.INTAKE}))
    day = office.today() - timedelta(days=2 if channel is Channel.LETTER else 0)
    noted = {
        "came_by": channel,
        "came_on": day.isoformat(),
        "consent_by": "spoken" if channel is Channel.CALL else "paper",
    }
    arrival = arrival_of(noted, actor)
    return entry.key_in_case(office, kind, office.new_token(), answers, arrival).number


def _hardship(chance: random.Random, number: int) -> dict[str, object]:
    return {
        "filled_by": "self", "consent_notice": True, "consent_health": True,
        "consent_money": True, "help_wanted": [chance.choice(("living", "medical"))],
        "name": f"{chance.choice(_SURNAMES)}示范",
        "id_number": _invented_id(chance, number), "mobile": _invented_mobile(chance),
        "town": f"qs{chance.randint(1, 10):02d}", "address": "示范路 1 号（示范数据）",
        "health": chance.choice(("good", "ill")), "marriage": "married",
        "work_state": chance.choice(("employed", "sick")),
        "employer": chance.choice(_EMPLOYERS), "employed_since": None, "contract": "written",
        "union_member": "yes", "migrant_worker": chance.choice(("yes", "no")),
        "lives_here": "yes", "worked_a_year": "yes", "insured": ["pension", "medical"],
        "members": [
            {"member_name": "示范家人", "member_relation": "spouse", "member_age": 44,
             "member_income": 0, "member_situation": "ill"},
        ],
        "home": "own", "other_home": "no", "car": "none",
        "income_month": chance.randint(8, 30) * 10_000, "other_income_year": None,
        "state_aid": "none", "causes": ["family_illness"],
        "medical_cost_year": chance.randint(5, 60) * 100_000, "care_cost_year": None,
        "story": chance.choice(_STORIES),
        "pay_to": "later", "papers": "later",
    }  # fmt: skip


def _consultation(chance: random.Random) -> dict[str, object]:
    topic = chance.choice(("unpaid_wages", "unpaid_wages", "work_injury", "dismissal"))
    return {
        "topic": topic, "against": chance.choice(_EMPLOYERS), "building_site": "unknown",
        "still_there": "still", "hired_on": None, "wage_month": chance.randint(30, 70) * 10_000,
        "legal_contract": "none", "owed": chance.randint(20, 400) * 10_000, "owed_since": None,
        "injured_on": None, "injury_reported": "no", "dismissed_on": None,
        "people": chance.randint(1, 6), "steps_taken": ["talked"], "next_deadline": None,
        "account": chance.choice(_ACCOUNTS), "evidence": ["payslip", "chat"],
        "wanted": chance.choice(("answer", "mediation")), "reply_by": "page",
        "town": f"qs{chance.randint(1, 10):02d}", "union_member": "unknown",
        "called": f"{chance.choice(_SURNAMES)}师傅（示范）", "mobile": _invented_mobile(chance),
        "call_times": ["evening"],
        "may_contact": "neutral", "migrant_worker": chance.choice(("yes", "no")),
        "consent_legal": True, "papers": "later",
    }  # fmt: skip


def _job_wish(chance: random.Random) -> dict[str, object]:
    return {
        "name": f"{chance.choice(_SURNAMES)}示范", "mobile": _invented_mobile(chance),
        "consent_jobs": True, "town": f"qs{chance.randint(1, 10):02d}",
        "migrant_worker": chance.choice(("yes", "no")), "work_state": "unemployed",
        "jobs_wanted": [chance.choice(("factory", "driving", "care"))], "education": "middle",
        "skills": None, "health_limits": None, "wage_wanted": chance.randint(30, 60) * 10_000,
        "trainings": ["none"], "may_contact": "yes", "call_times": ["day"],
    }  # fmt: skip


def _invented_id(chance: random.Random, number: int) -> str:
    """Make a number that passes every check and is nobody's: its area code was never given out."""
    year, month, day = chance.randint(1965, 1995), chance.randint(1, 12), chance.randint(1, 28)
    digits = f"419999{year}{month:02d}{day:02d}{number % 1000:03d}"
    return digits + resident_id_check_symbol(digits)


def _invented_mobile(chance: random.Random) -> str:
    return f"199000{chance.randint(0, 99999):05d}"


_STEPS: dict[CaseKind, tuple[tuple[str, Role, str, int], ...]] = {
    CaseKind.HARDSHIP: (
        ("accept", Role.INTAKE, "", 1),
        ("refer_for_decision", Role.REVIEWER, "（示范数据）已入户核实，情况属实，建议批准。", 12),
        ("approve", Role.APPROVER, "（示范数据）符合困难职工帮扶条件，批准生活帮扶。", 16),
    ),
    CaseKind.CONSULTATION: (
        ("answer", Role.LAWYER, _ANSWER, 2),
        ("close", Role.LAWYER, "", 20),
    ),
    CaseKind.JOBS: (
        ("introduce_job", Role.INTAKE, "（示范数据）示范服装厂缝纫工，月薪 4500 元，找示范刘。", 3),
        ("confirm_work", Role.INTAKE, "（示范数据）电话核实，已经上班。", 12),
    ),
}


def _handle(
    office: Office, kind: CaseKind, receipt: str, chance: random.Random, now: datetime
) -> None:
    submitted = office.now()
    if chance.random() < 0.1:
        role = Role.LAWYER if kind is CaseKind.CONSULTATION else Role.INTAKE
        words = "（示范数据）请补一下：单位的全名，和最近三个月的工资记录。"
        if submitted + timedelta(days=1) < now:
            _take_step(office, submitted, 1, receipt, "request_supplement", role, words)
        return
    for code, role, words, days in _STEPS[kind]:
        found_no_work = code == "confirm_work" and chance.random() < 0.4
        if found_no_work or submitted + timedelta(days=days) >= now:
            return
        _take_step(office, submitted, days, receipt, code, role, words)


def _take_step(
    office: Office, start: datetime, days: int, receipt: str, code: str, role: Role, words: str
) -> None:
    then = replace(office, clock=_clock_from(start + timedelta(days=days)))
    actor = Actor(demonstration_login(role), frozenset({role}))
    version = case_file.open_file(then, actor, receipt).case.version
    typed = {STATEMENT: [words], "started_on": [then.today().isoformat()]}
    steps.take_step(then, actor, receipt, version, code, typed)
