"""A notice on its way: what the tests of sending start from and look at."""

from dataclasses import replace

from portal.domain.shared.case_kinds import CaseKind
from portal.operations.notices.delivery import NoticeSender, Transport
from portal.operations.office import Office
from tests.support.centre import Centre

MOBILE = "19900000003"


def make_sending(centre: Centre) -> Centre:
    """The same centre with a sender."""
    return replace(centre, office=replace(centre.office, sends_notices=True))


def office_with_letter(centre: Centre) -> Office:
    """An office that sends, with a notice about a consultation in its outbox."""
    centre = make_sending(centre)
    filed = centre.case(CaseKind.CONSULTATION, reply_by="page")
    centre.take("lawyer", filed, "answer", "可以要回来。")
    return centre.office


def sender_by(transport: Transport) -> NoticeSender:
    """The sender of the demonstration centre with this transport."""
    return NoticeSender(transport, "青石市帮扶中心", "12351")


def standing(centre: Centre) -> list[tuple[str, int]]:
    """Where the newest notice stands, and how often it was tried."""
    *_, row = centre.contents()["outbox"].values()
    return [(row["state"], row["tries"])]
