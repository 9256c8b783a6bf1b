"""First pages: what there is to do for who opens no cases, and what a director asks after."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from flask import url_for

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import GRANTS, Permission, Role
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.content.articles import Article
from portal.domain.shared.dates import format_date, format_time, local_date
from portal.newsroom.desk import look_at_desk
from portal.operations import audit
from portal.operations.accounts.staff_accounts import list_accounts
from portal.operations.cases.director_page import Briefing, make_briefing
from portal.operations.centre.machine import look_at_machine
from portal.operations.office import Office
from site_src.collections import name_tabs

_MOST: Final = 8
"""So many of one sort are named; the page that is linked has all."""
_COPY_LATE: Final = timedelta(days=2)
_DRILL_LATE: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class BriefLine:
    """A true sentence, where it leads, and the `remedy` there; `hot` where somebody must act."""

    words: str
    address: str = ""
    remedy: str = ""
    hot: bool = False


@dataclass(frozen=True, slots=True)
class BriefPart:
    """A part of a first page; `empty` is said where there is nothing to do."""

    title: str
    lines: tuple[BriefLine, ...]
    empty: str


def list_parts(office: Office, actor: Actor) -> list[BriefPart]:
    """Return the parts of somebody's first page, by his posts."""
    return [brief(office, actor) for roles, brief in _PARTS if roles & actor.roles]


def _brief_director(office: Office, actor: Actor) -> BriefPart:
    told = make_briefing(office, actor)
    lines = tuple(_tell_director(office, told))
    return BriefPart(
        "今天要您过问的", lines, "没有要您过问的：没有过期的、没人能办的、放过三次的。"
    )


def _tell_director(office: Office, told: Briefing) -> Iterator[BriefLine]:
    if told.late:
        kinds = "、".join(
            f"{WORKFLOWS[kind].label} {count} 件" for kind, count in told.late.items()
        )
        words = f"{sum(told.late.values())} 件过了期限：{kinds}。"
        yield BriefLine(words, _view("late"), "催办，或者换人办", hot=True)
    for view, words, remedy in _ASKED_AFTER:
        if count := told.views.get(view):
            yield BriefLine(words.format(count), _view(view), remedy, hot=view == "stuck")
    if told.lost_soon:
        days = office.rules.deadline("legal_deadline_urgent").limit
        words = f"{told.lost_soon} 件法律咨询，{days} 天里就到法律期限。"
        yield BriefLine(words, _view("open", limit="urgent"), "问律师办到哪里", hot=True)
    promises = told.promises
    if promises.kept or promises.missed:
        week = f"上周（{format_date(told.since)}到{format_date(told.until)}）"
        words = f"{week}答应的日子，{promises.kept} 次守住了，{promises.missed} 次没守住。"
        yield BriefLine(words, hot=bool(promises.missed))
    for receipt in told.missed[:_MISSED_NAMED]:
        address = url_for("workbench.case", receipt=receipt)
        yield BriefLine(f"没守住的：{receipt}", address, "看为什么晚了")


_MISSED_NAMED: Final = 3
_ASKED_AFTER: Final = (
    (
        "stuck",
        "{} 件没有人能办：该办的人停用了、要回避，或者前面的步骤是他们办的。",
        "给一个同事加岗位，或者请上级工会派人来定",
    ),
    ("postponed", "{} 件放过三次了。", "问一问在等什么"),
    ("today", "{} 件今天到期。", "看有没有人在办"),
    ("unread", "{} 件有工友的新话，还没有人回。", "看是谁手上的"),
)
"""Views that a director is told of while anything is in them: what is said, and what to do."""


def _view(code: str, **narrowed: Any) -> str:
    return url_for("work.show", view=code, **narrowed)


def _brief_auditor(office: Office, actor: Actor) -> BriefPart:
    since = audit.look_since(office, actor)
    looked = f"您上次看是{format_date(since.looked)}" if since.looked else "您还没有看过"
    lines = tuple(
        BriefLine(
            f"{group.label}：{count} 次",
            url_for("audit_log.log", act=group.code, first=since.start.isoformat()),
            "看是哪些",
        )
        for group, count in since.counts.items()
        if count
    )
    title = f"操作记录，从{format_date(since.start)}起（{looked}）"
    return BriefPart(title, lines, "没有新的操作记录。")


def _brief_admin(office: Office, actor: Actor) -> BriefPart:
    lines: list[BriefLine] = []
    waiting = [one for one in list_accounts(office) if not one.password and not one.disabled]
    if waiting:
        names = "、".join(one.name for one in waiting[:_MOST])
        words = f"{len(waiting)} 个账号还没有设密码：{names}{'……' if waiting[_MOST:] else ''}。"
        lines.append(BriefLine(words, url_for("accounts.people"), "重新发链接，或者停用"))
    return BriefPart("账号和机器", (*lines, *_tell_of_machine(office)), "")


def _tell_of_machine(office: Office) -> Iterator[BriefLine]:
    machine, now = look_at_machine(office), office.now()
    yield _tell_copy(machine.copied_at, now)
    if machine.copied_at and _is_older(machine.tried_at, now, _DRILL_LATE):
        tried = f"上次是{format_time(machine.tried_at)}" if machine.tried_at else "还没有试过"
        yield BriefLine(
            f"备份要试着放回来看看，{tried}。", remedy="运行 bangfu restore … --drill", hot=True
        )
    room = f"数据盘还有 {machine.free / 10**9:.1f} GB。"
    remedy = "腾出空间：太少了就收不下照片" if machine.little_room else ""
    yield BriefLine(room, remedy=remedy, hot=machine.little_room)
    if not machine.clock_seems_right:
        words = "机器的时间可能不对，或者半个月没有人办过事：自动清理、提醒、结账都停着。"
        yield BriefLine(words, remedy="对一对机器的时间", hot=True)


def _tell_copy(copied_at: datetime | None, now: datetime) -> BriefLine:
    if copied_at is None:
        return BriefLine(
            "操作记录里没有做过备份。", remedy="在 config.toml 写 backup.folder", hot=True
        )
    late = _is_older(copied_at, now, _COPY_LATE)
    remedy = "看服务的日志：每天夜里应该做一次" if late else ""
    return BriefLine(f"最近一次备份是{format_time(copied_at)}做的。", remedy=remedy, hot=late)


def _is_older(moment: datetime | None, now: datetime, most: timedelta) -> bool:
    return moment is None or now - moment > most


def _brief_editor(office: Office, actor: Actor) -> BriefPart:
    desk = look_at_desk(office, actor)
    lines = (
        *_name_articles(desk.returned, "退回来了：{}", "改好再送审", hot=True),
        *_name_articles(desk.mine, "写了一半：{}", "接着写"),
        *_name_articles(desk.to_release, "等您审发：{}", "看过以后发布"),
        *_name_articles(desk.sent, "送出去了，等别人审发：{}", "看"),
        *(
            BriefLine(f"公告快到期：{one.title}，{day}", _open(one), "还有用就改日子")
            for day, one in desk.ending[:_MOST]
        ),
    )
    return BriefPart("网站文章", lines, "没有要您办的稿子。")


def _name_articles(
    found: Iterable[Article], words: str, remedy: str, *, hot: bool = False
) -> Iterator[BriefLine]:
    tabs = name_tabs()
    for one in [*found][:_MOST]:
        where = tabs.get(one.collection, one.collection)
        told = words.format(
            f"《{one.title}》（{where}，{format_date(local_date(one.changed_at))}）"
        )
        remark = f"原因：{one.remark}" if hot and one.remark else ""
        yield BriefLine(told + remark, _open(one), remedy, hot)


def _open(one: Article) -> str:
    return url_for("editing.article", collection=one.collection, slug=one.slug)


_PARTS: Final[tuple[tuple[frozenset[Role], Callable[[Office, Actor], BriefPart]], ...]] = (
    (frozenset({Role.DIRECTOR}), _brief_director),
    (GRANTS[Permission.READ_AUDIT], _brief_auditor),
    (GRANTS[Permission.MANAGE_STAFF], _brief_admin),
    (GRANTS[Permission.WRITE_CONTENT], _brief_editor),
)
"""Who reads which part, in the order of the page."""
