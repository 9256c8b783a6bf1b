"""Invented answers that fill every question of both forms, and the staff of the test centre."""

from portal.domain.roles import Role
from portal.domain.workflow import CaseKind

PASSWORD = "four unrelated quiet lanterns"

STAFF: dict[str, frozenset[Role]] = {
    "intake": frozenset({Role.INTAKE}),
    "reviewer": frozenset({Role.REVIEWER}),
    "approver": frozenset({Role.APPROVER}),
    "lawyer": frozenset({Role.LAWYER}),
    "editor": frozenset({Role.EDITOR}),
    "auditor": frozenset({Role.AUDITOR}),
    "admin": frozenset({Role.ADMIN}),
    "everything": frozenset({Role.INTAKE, Role.REVIEWER, Role.APPROVER}),
}

MEMBER: dict[str, object] = {
    "member_name": "示范小囡",
    "member_relation": "child",
    "member_age": 9,
    "member_income": 0,
    "member_situation": "schooling",
}

HARDSHIP: dict[str, object] = {
    "filled_by": "relative",
    "consent_notice": True,
    "consent_health": True,
    "consent_money": True,
    "helper_name": "示范代办",
    "helper_relation": "工友",
    "helper_mobile": "19900000001",
    "help_wanted": ["living", "schooling"],
    "name": "示范老陈",
    "id_number": "419999197001010014",
    "mobile": "19900000002",
    "town": "qs03",
    "address": "松坪镇示范村 8 号",
    "work_state": "sick",
    "employer": "示范石材厂",
    "union_member": "yes",
    "migrant_worker": "no",
    "members": [MEMBER],
    "guardian_consent": True,
    "income_month": 180_000,
    "state_aid": "none",
    "causes": ["own_illness", "accident"],
    "medical_cost_year": 2_000_000,
    "schooling_cost_year": 300_000,
    "loss": 500_000,
    "story": "手被机器压伤，半年没有上班。",
    "pay_to": "card",
    "bank_card": "6222000000000000008",
    "bank_name": "示范银行松坪支行",
}

CONSULTATION: dict[str, object] = {
    "topic": "unpaid_wages",
    "against": "示范建筑队",
    "owed": 3_200_000,
    "owed_since": "2026-06-01",
    "account": "老板说工程款没有结，拖了五个月工资。",
    "evidence": ["payslip", "witness"],
    "wanted": "lawyer",
    "called": "王师傅",
    "mobile": "19900000003",
    "call_times": ["evening"],
    "may_contact": "neutral",
    "migrant_worker": "yes",
    "consent_legal": True,
}

ANSWERS: dict[CaseKind, dict[str, object]] = {
    CaseKind.HARDSHIP: HARDSHIP,
    CaseKind.CONSULTATION: CONSULTATION,
}
