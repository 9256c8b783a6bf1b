"""Who may do what: one table of roles and permissions, deny by default."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A role in the centre; one person may hold several that do not exclude each other."""

    INTAKE = "intake"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    LAWYER = "lawyer"
    HOME_VISITOR = "home_visitor"
    TOWN = "town"
    DIRECTOR = "director"
    EDITOR = "editor"
    AUDITOR = "auditor"
    ADMIN = "admin"


ROLE_LABELS: dict[Role, str] = {
    Role.INTAKE: "受理员",
    Role.REVIEWER: "核实员",
    Role.APPROVER: "审批人",
    Role.LAWYER: "律师",
    Role.HOME_VISITOR: "入户员",
    Role.TOWN: "镇街经办",
    Role.DIRECTOR: "主任",
    Role.EDITOR: "内容编辑",
    Role.AUDITOR: "经审员",
    Role.ADMIN: "系统管理员",
}


@dataclass(frozen=True, slots=True)
class Duties:
    """What somebody may do, and for who is of towns, which ones."""

    roles: frozenset[Role]
    towns: frozenset[str] = frozenset()

    @property
    def note(self) -> str:
        """The codes, as the log keeps them."""
        return " ".join([*sorted(self.roles), *sorted(self.towns)])


CASEWORKERS = frozenset(
    {Role.INTAKE, Role.REVIEWER, Role.APPROVER, Role.HOME_VISITOR, Role.TOWN, Role.DIRECTOR}
)
LEGAL_WORKERS = frozenset({Role.LAWYER})
LEADERS = frozenset({Role.APPROVER, Role.DIRECTOR})
"""Who says in whose hands a case is."""
DESKS = frozenset({Role.INTAKE, Role.LAWYER})
"""Who sits where people come, and rings them up."""
COMPLAINT_HANDLERS = frozenset({Role.DIRECTOR, Role.AUDITOR})
"""Who reads complaints about members of staff, and nobody else."""
EXCLUDERS = LEADERS | COMPLAINT_HANDLERS
"""Who says of others that they keep out of a case that he opens himself."""
ALL_HANDLERS = CASEWORKERS | LEGAL_WORKERS | COMPLAINT_HANDLERS
"""Whoever opens cases of any kind."""
PUBLISHERS = frozenset({Role.EDITOR, Role.APPROVER})
EVERYONE = frozenset(Role)


class Permission(StrEnum):
    """What a staff route needs; the workflow table rules the steps of a case besides."""

    SIGNED_IN = "使用工作台"
    OPEN_CASES = "看办件"
    KEY_IN_CASES = "录入来信、来电、来访"
    RECORD_CONTACTS = "登记来访、来电、来信（不填表的）"
    COUNT_CONTACTS = "看接待登记的数"
    REVEAL_IDENTITY = "看完整身份信息"
    REISSUE_CODE = "补办查询码"
    TELL_APPLICANTS = "打电话告诉工友有消息"
    HEAR_OF_DISPUTES = "知道有集体争议要报给领导"
    OPEN_CONTENT = "看网站文章，撤下网页"
    WRITE_CONTENT = "写网站文章"
    RELEASE_CONTENT = "发布别人写的文章"
    CONFIRM_FACTS = "核对网站上的法律事实"
    ENTER_CALENDAR = "填每年的放假安排"
    MANAGE_STAFF = "管理账号"
    CONFIRM_ACCOUNTS = "同意或不同意改账号"
    READ_AUDIT = "查看操作记录"
    READ_FIGURES = "看统计数字，下载表格"


GRANTS: dict[Permission, frozenset[Role]] = {
    Permission.SIGNED_IN: EVERYONE,
    Permission.OPEN_CASES: ALL_HANDLERS,
    Permission.KEY_IN_CASES: frozenset({Role.INTAKE, Role.LAWYER, Role.TOWN}),
    Permission.RECORD_CONTACTS: DESKS | {Role.TOWN},
    Permission.COUNT_CONTACTS: LEADERS | {Role.AUDITOR},
    Permission.REVEAL_IDENTITY: ALL_HANDLERS,
    Permission.REISSUE_CODE: DESKS,
    Permission.TELL_APPLICANTS: DESKS | COMPLAINT_HANDLERS,
    Permission.HEAR_OF_DISPUTES: LEGAL_WORKERS | LEADERS,
    Permission.OPEN_CONTENT: PUBLISHERS,
    Permission.WRITE_CONTENT: frozenset({Role.EDITOR}),
    Permission.RELEASE_CONTENT: PUBLISHERS,
    Permission.CONFIRM_FACTS: LEGAL_WORKERS | {Role.APPROVER},
    Permission.ENTER_CALENDAR: PUBLISHERS | LEGAL_WORKERS | {Role.ADMIN},
    Permission.MANAGE_STAFF: frozenset({Role.ADMIN}),
    Permission.CONFIRM_ACCOUNTS: LEADERS | {Role.AUDITOR, Role.ADMIN},
    Permission.READ_AUDIT: frozenset({Role.AUDITOR}),
    Permission.READ_FIGURES: LEADERS | {Role.AUDITOR},
}

# 三员分立 (GB/T 22239-2019, 8.1.4.2 d): who runs the system neither audits it nor handles cases.
EXCLUSIVE: tuple[frozenset[Role], ...] = (
    frozenset({Role.ADMIN, Role.AUDITOR}),
    *(frozenset({Role.ADMIN, role}) for role in sorted(CASEWORKERS | LEGAL_WORKERS)),
    *(frozenset({Role.AUDITOR, role}) for role in sorted(CASEWORKERS | LEGAL_WORKERS)),
    # Who is of a town sees that town alone, whatever else he does.
    *(frozenset({Role.TOWN, role}) for role in sorted((CASEWORKERS | LEGAL_WORKERS) - {Role.TOWN})),
)


def is_granted(roles: frozenset[Role], permission: Permission) -> bool:
    """Tell whether any of the roles carries the permission."""
    return bool(GRANTS[permission] & roles)


def clashing(roles: frozenset[Role]) -> frozenset[Role] | None:
    """Return the first pair of roles that one person must not hold together, or None."""
    return next((pair for pair in EXCLUSIVE if pair <= roles), None)
