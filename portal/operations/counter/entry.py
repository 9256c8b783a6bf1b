"""Keying in what came by letter, call or visit: the same form, filed by a member of staff."""

from portal.domain.counter.channels import Arrival, arrival_problems, kinds_to_key_in
from portal.domain.forms.answers import Answers
from portal.domain.forms.drafts import Draft
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAccepted, NotAllowed
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.operations.counter.contacts import find_contact_for_form
from portal.operations.forms.submission import Receipt, file_once, find_receipt
from portal.operations.office import Office


def key_in_case(
    office: Office, kind: CaseKind, once: str, answers: Answers, arrival: Arrival
) -> Receipt:
    """File a form that staff keyed in; `answers` hold its declarations, too.

    `once` is a random text of the page: sent a second time, it gives the same receipt and code.
    A contact that it comes of points to the case from now on.
    NotAllowed if it is not the actor's kind of case, NotAccepted if it came at an impossible
    time, Incomplete if an answer is missing, TooMany over the limit.
    """
    if kind not in kinds_to_key_in(arrival.by):
        raise NotAllowed("您的岗位不能录入这一类")
    towns = arrival.by.only_towns
    if towns is not None and answers.get("town") not in towns:
        raise NotAccepted("您只录入自己镇（街道）的。住在别的镇的，请他到中心窗口，或者转给那个镇")
    receipt = find_receipt(office, once)
    if receipt is None:
        for _, words in arrival_problems(arrival.facts, office.today()):
            raise NotAccepted(words)
        if arrival.contact:
            find_contact_for_form(office, arrival.by, arrival.contact)
        rate_limits.spend(office, RateLimit.KEY_IN, arrival.by.login)
        declarations = {name: answers.get(name) for name in JOURNEYS[kind].declarations}

        def read() -> Draft | None:
            return None if find_receipt(office, once) else Draft(answers)

        receipt = file_once(office, kind, once, read, declarations, arrival)
    return receipt
