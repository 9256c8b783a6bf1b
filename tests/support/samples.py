"""Invented answers that fill in every form, and the staff of the test centre."""

from portal.domain.accounts.permissions import Role
from portal.domain.shared.case_kinds import CaseKind

PASSWORD = "four unrelated quiet lanterns"

STAFF: dict[str, frozenset[Role]] = {
    "intake": frozenset({Role.INTAKE}),
    "reviewer": frozenset({Role.REVIEWER}),
    "approver": frozenset({Role.APPROVER}),
    "second-approver": frozenset({Role.APPROVER}),
    "lawyer": frozenset({Role.LAWYER}),
    "second-intake": frozenset({Role.INTAKE}),
    "second-lawyer": frozenset({Role.LAWYER}),
    "editor": frozenset({Role.EDITOR}),
    "auditor": frozenset({Role.AUDITOR}),
    "admin": frozenset({Role.ADMIN}),
    "home-visitor": frozenset({Role.HOME_VISITOR}),
    "town": frozenset({Role.TOWN}),
    "director": frozenset({Role.DIRECTOR}),
    "everything": frozenset({Role.INTAKE, Role.REVIEWER, Role.APPROVER}),
}

TOWNS: dict[str, frozenset[str]] = {"town": frozenset({"qs01"})}
"""Whose sight is of these towns alone."""

MEMBER: dict[str, object] = {
    "member_name": "示范小囡",
    "member_relation": "child",
    "member_age": 9,
    "member_income": 0,
    "member_situation": "schooling",
}

NO_ID_NUMBER: dict[str, object] = {"id_number": None, "no_id_number": True}
NO_MOBILE: dict[str, object] = {"mobile": None, "no_mobile": True}
OTHER_PHONE: dict[str, object] = {
    "reach": "other_phone",
    "other_phone": "19900000006",
    "other_phone_of": "neighbour",
    "other_phone_name": "示范张婶",
    "other_phone_agreed": "yes",
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
    "no_id_number": None,
    "mobile": "19900000002",
    "no_mobile": None,
    "town": "qs03",
    "address": "松坪镇示范村 8 号",
    "health": "disabled",
    "marriage": "widowed",
    "disability": "limbs",
    "disability_level": "3",
    "work_state": "gig",
    "employer": "示范石材厂",
    "employed_since": "2023-05-01",
    "contract": "none",
    "work_help": ["training"],
    "union_member": "yes",
    "migrant_worker": "yes",
    "lives_here": "yes",
    "worked_a_year": "yes",
    "insured": ["medical"],
    "members": [MEMBER],
    "guardian_consent": True,
    "home": "rented",
    "other_home": "no",
    "car": "none",
    "income_month": 180_000,
    "other_income_year": 120_000,
    "state_aid": "receiving",
    "aid_month": 60_000,
    "causes": ["own_illness", "accident"],
    "main_cause": "own_illness",
    "medical_cost_year": 2_000_000,
    "care_cost_year": 100_000,
    "students": 1,
    "school": ["compulsory"],
    "schooling_cost_year": 300_000,
    "event_on": "2026-02-03",
    "loss": 500_000,
    "story": "手被机器压伤，半年没有上班。",
    "pay_to": "card",
    "bank_card": "6222000000000000008",
    "bank_name": "示范银行松坪支行",
    "papers": "later",
}

CONSULTATION: dict[str, object] = {
    "topic": "unpaid_wages",
    "against": "示范建筑队",
    "building_site": "yes",
    "still_there": "left",
    "left_on": "2026-10-30",
    "hired_on": "2025-03-01",
    "wage_month": 600_000,
    "legal_contract": "none",
    "owed": 3_200_000,
    "owed_since": "2026-06-01",
    "account": "老板说工程款没有结，拖了五个月工资。",
    "people": 6,
    "steps_taken": ["talked", "inspection"],
    "next_deadline": "2026-12-15",
    "evidence": ["payslip", "witness"],
    "wanted": "lawyer",
    "id_number": "419999198203030034",
    "no_id_number": None,
    "on_file": "no",
    "called": "王师傅",
    "mobile": "19900000003",
    "no_mobile": None,
    "call_times": ["evening"],
    "may_contact": "neutral",
    "reply_by": "phone",
    "town": "qs02",
    "migrant_worker": "yes",
    "union_member": "no",
    "consent_legal": True,
    "papers": "later",
}

REPRESENTATIVES: list[dict[str, object]] = [
    {"representative_name": "示范代表甲", "representative_mobile": "19900000021"},
    {"representative_name": "示范代表乙", "representative_mobile": "19900000022"},
    {"representative_name": "示范代表丙", "representative_mobile": "19900000023"},
]
COWORKERS: list[dict[str, object]] = [
    {"coworker_name": "示范工友甲", "coworker_mobile": "19900000031", "coworker_amount": 3_200_000},
    {"coworker_name": "示范工友乙", "coworker_mobile": None, "coworker_amount": 120_050},
    {"coworker_name": "示范工友丙", "coworker_mobile": None, "coworker_amount": None},
]
COLLECTIVE = CONSULTATION | {
    "people": 23,
    "common_claim": "yes",
    "representatives": REPRESENTATIVES,
    "coworkers": COWORKERS,
}
"""A consultation that is a collective dispute."""

_RELIEF = {
    name: HARDSHIP[name]
    for name in (
        "filled_by", "consent_notice", "consent_money", "helper_name", "helper_relation",
        "helper_mobile", "name", "id_number", "no_id_number", "mobile", "no_mobile", "town",
        "address",
        "union_member", "migrant_worker", "members", "guardian_consent", "income_month",
        "other_income_year", "state_aid", "aid_month", "story", "pay_to", "bank_card", "bank_name",
        "papers",
    )
}  # fmt: skip

JOBS: dict[str, object] = {
    "name": "示范小李",
    "mobile": "19900000004",
    "no_mobile": None,
    "consent_jobs": True,
    "town": "qs01",
    "migrant_worker": "yes",
    "work_state": "unemployed",
    "jobs_wanted": ["factory", "driving"],
    "education": "middle",
    "skills": "会开叉车",
    "health_limits": None,
    "wage_wanted": 500_000,
    "trainings": ["driving"],
    "may_contact": "yes",
    "call_times": ["noon"],
}

OWN_DATA: dict[str, object] = {
    "data_wish": "correct",
    "consent_request": True,
    "about_receipt": None,
    "data_details": "手机号写错了一位。",
    "name": "示范老陈",
    "id_number": "419999197001010014",
    "no_id_number": None,
    "mobile": "19900000002",
    "no_mobile": None,
    "may_contact": "yes",
}

OBJECTION: dict[str, object] = {
    "listed_on": "2026-11-23",
    "consent_objection": True,
    "objection_about": "income",
    "listed_name": "陈**，松坪镇",
    "objection_details": "他家开着两间店，看到的。",
    "leaves_name": "named",
    "name": "示范老周",
    "mobile": "19900000005",
    "no_mobile": None,
    "may_contact": "neutral",
    "call_times": ["evening"],
    "papers": "later",
}

COMPLAINT: dict[str, object] = {
    "complained_of": "二号窗口的那位，11月20日上午",
    "complaint_topic": "rude",
    "consent_complaint": True,
    "complaint_details": "问了两句就不耐烦，让我自己去看墙上的字。",
    "leaves_name": "named",
    "name": "示范老吴",
    "mobile": "19900000007",
    "no_mobile": None,
    "may_contact": "yes",
    "call_times": ["day"],
}

LAST_TICKS = {"consent_check": "yes", "consent_publicity": "yes", "truth_pledge": "yes"}
"""What is ticked on the check page of an application."""

ANSWERS: dict[CaseKind, dict[str, object]] = {
    CaseKind.HARDSHIP: HARDSHIP,
    CaseKind.SCHOOLING: _RELIEF
    | {name: HARDSHIP[name] for name in ("students", "school", "schooling_cost_year")},
    CaseKind.MEDICAL: _RELIEF
    | {name: HARDSHIP[name] for name in ("consent_health", "medical_cost_year", "care_cost_year")},
    CaseKind.TEMPORARY: {
        name: HARDSHIP[name]
        for name in ("name", "id_number", "no_id_number", "mobile", "no_mobile", "town")
    }
    | {
        "event": "accident",
        "event_on": None,
        "event_story": "骑车被撞，腿断了。",
        "treatment_cost": 3_000_000,
        "loss": 500_000,
        "needed_now": 1_000_000,
        "people_at_home": 3,
        "income_month": 300_000,
        "state_aid": "none",
    },
    CaseKind.CONSULTATION: COLLECTIVE,
    CaseKind.JOBS: JOBS,
    CaseKind.OWN_DATA: OWN_DATA,
    CaseKind.OBJECTION: OBJECTION,
    CaseKind.COMPLAINT: COMPLAINT,
}
