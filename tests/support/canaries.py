"""A marked value for every field of every form, to be searched for where it must not stand."""

import json
from collections.abc import Iterator

from portal.domain.forms.fields import FIELDS, Kind
from portal.domain.shared.case_kinds import CaseKind
from tests.support.samples import ANSWERS

WORDS = "金丝雀"
MEMBER: dict[str, object] = {
    "member_name": "金丝雀家人", "member_relation": "other", "member_age": 13,
    "member_income": 87_654_321, "member_situation": "ill",
}  # fmt: skip
REPRESENTATIVE: dict[str, object] = {
    "representative_name": "金丝雀代表", "representative_mobile": "18812340006",
}  # fmt: skip
COWORKER: dict[str, object] = {
    "coworker_name": "金丝雀工友", "coworker_mobile": "18812340007", "coworker_amount": 41_212_345,
}  # fmt: skip
LISTS = {"members", "representatives", "coworkers"}
MARKED: dict[CaseKind, dict[str, object]] = {
    CaseKind.HARDSHIP: {
        **ANSWERS[CaseKind.HARDSHIP],
        "helper_name": "金丝雀代办", "helper_relation": "金丝雀的工友",
        "helper_mobile": "18812340001", "name": "金丝雀本人",
        "id_number": "41999919800808001X", "mobile": "18812340002",
        "address": "金丝雀村 7 号", "work_state": "gig", "employer": "金丝雀厂",
        "employed_since": "2018-03-17", "other_income_year": 32_109_876, "aid_month": 21_098_765,
        "care_cost_year": 10_987_654, "event_on": "2017-11-19",
        "union_member": "no", "members": [MEMBER], "income_month": 98_765_431,
        "state_aid": "receiving", "causes": ["accident", "disability"],
        "main_cause": "accident",
        "medical_cost_year": 76_543_219, "schooling_cost_year": 65_432_198,
        "loss": 54_321_987, "story": "金丝雀的苦处",
        "bank_card": "6222111122223333444", "bank_name": "金丝雀银行",
    },
    CaseKind.CONSULTATION: {
        **ANSWERS[CaseKind.CONSULTATION],
        "against": "金丝雀老板", "owed": 43_219_876, "owed_since": "2019-07-13",
        "account": "金丝雀的经过", "evidence": ["attendance"], "wanted": "mediation",
        "called": "金丝雀师傅", "mobile": "18812340003", "call_times": ["noon"],
        "left_on": "2019-09-21", "hired_on": "2016-02-29", "wage_month": 43_211_111,
        "next_deadline": "2031-05-05", "representatives": [REPRESENTATIVE],
        "coworkers": [COWORKER],
    },
    CaseKind.JOBS: {
        **ANSWERS[CaseKind.JOBS], "name": "金丝雀小李", "mobile": "18812340004",
        "skills": "金丝雀手艺", "health_limits": "金丝雀腰疼", "wage_wanted": 12_345_678,
    },
    CaseKind.OWN_DATA: {
        **ANSWERS[CaseKind.OWN_DATA], "about_receipt": "金丝雀编号",
        "data_details": "金丝雀要改", "name": "金丝雀本人", "id_number": "41999919800808001X",
        "mobile": "18812340002",
    },
    CaseKind.OBJECTION: {
        **ANSWERS[CaseKind.OBJECTION], "listed_on": "2018-04-19", "listed_name": "金丝雀户主",
        "objection_details": "金丝雀知道的", "name": "金丝雀老周", "mobile": "18812340005",
        "call_times": ["noon"],
    },
    CaseKind.COMPLAINT: {
        **ANSWERS[CaseKind.COMPLAINT], "complained_of": "金丝雀窗口的那位",
        "complaint_details": "金丝雀说的话", "name": "金丝雀老吴", "mobile": "18812340007",
        "call_times": ["noon"],
    },
}  # fmt: skip
for relief in (CaseKind.SCHOOLING, CaseKind.MEDICAL, CaseKind.TEMPORARY):
    MARKED[relief] = {
        name: MARKED[CaseKind.HARDSHIP].get(name, value) for name, value in ANSWERS[relief].items()
    }
MARKED[CaseKind.TEMPORARY] |= {
    "event_story": "金丝雀出的事",
    "treatment_cost": 31_313_131,
    "needed_now": 27_272_727,
}
MARKED[CaseKind.SCHOOLING]["consent_health"] = True  # a member is ill
# Codes of choices are words of ours; of the others each stands for the person who typed it.
CODED = {Kind.ONE_OF, Kind.SOME_OF, Kind.CONSENT, Kind.TICK, Kind.AGE, Kind.COUNT}


def canaries() -> Iterator[str]:
    """Everything that must not be found, as it was typed and as it is kept."""
    yield WORDS
    yield json.dumps(WORDS).strip('"')
    for answers in (*MARKED.values(), MEMBER, REPRESENTATIVE, COWORKER):
        for name, value in answers.items():
            if FIELDS[name].sealed and FIELDS[name].kind not in CODED and name not in LISTS:
                assert isinstance(value, str | int), name
                yield str(value)
                if FIELDS[name].kind is Kind.MONEY:
                    yield f"{int(value) / 100:,.2f}"


def found_in(text: str) -> list[str]:
    """The canaries that a text holds."""
    return [one for one in canaries() if one in text]
