"""In what order a lawyer's list must be, told by the answers of its cases alone."""

from dataclasses import replace

from portal.domain.cases.claim_limits import Alarm, find_claim_limits, judge_nearness, next_claim
from portal.domain.cases.work_views import Selection
from portal.domain.shared.dates import local_date
from portal.operations.office import Office
from portal.store import cases
from portal.store.cases import StoredCase


def order_by_answers(office: Office, chosen: Selection) -> list[str]:
    """The numbers of a list of open consultations in the order that their answers make today."""
    found = cases.page_of_work(office.store, replace(chosen, alarms=frozenset()), 1000)
    told = [(*_tell(office, stored), stored.case.receipt) for stored in found]
    told = [one for one in told if not chosen.alarms or one[1] in chosen.alarms]
    return [receipt for _, _, receipt in sorted(told, key=lambda one: one[0])]


def _tell(office: Office, stored: StoredCase) -> tuple[tuple[str, str, int], Alarm]:
    """Where a consultation stands, and its alarm."""
    today, rules = office.today(), office.rules
    claim = next_claim(find_claim_limits(stored.open_answers(), rules, today), today)
    alarm = judge_nearness(claim, rules, today) if claim else Alarm.NONE
    filed = local_date(stored.case.submitted_at)
    lost_here = claim and alarm is Alarm.OVER and claim.last >= filed
    on_top = claim and (lost_here or alarm in {Alarm.SOON, Alarm.URGENT})
    day = claim.act_by.isoformat() if claim and on_top else "9999"
    return (day, str(stored.record.row["due_on"]), stored.record.row_id), alarm
