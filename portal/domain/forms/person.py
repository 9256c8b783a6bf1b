"""What the answers say of who somebody is and how he is reached."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.forms.fields import FIELDS, label_of
from portal.domain.shared.id_checks import has_resident_shape
from portal.domain.shared.masking import mask_phone

_WAYS = {
    "mobile": "手机",
    "landline": "座机",
    "other_phone": "他说的别人的电话",
    "helper_mobile": "代办人的电话",
    "find_at": "他说的地方",
    "address": "住址",
}
"""What tells how somebody is reached, in words."""

Read = Callable[[str], object]
"""Reads the answer to a question by the name of its field; None if it was not asked."""


class ReachBy(StrEnum):
    """How somebody is reached; the codes are those of the question, but for his own mobile."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    OTHER_PHONE = "other_phone"
    PLACE = "place"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class Reach:
    """How somebody is reached. `number` is empty where there is none that may be called.

    `whose` says who answers another's phone, `place` where he is to be found.
    """

    by: ReachBy
    number: str = ""
    whose: str = ""
    place: str = ""

    @property
    def has_phone(self) -> bool:
        """Whether there is a number that may be called."""
        return bool(self.number)

    @property
    def takes_messages(self) -> bool:
        """Whether a text message reaches him and nobody else."""
        return self.by is ReachBy.MOBILE and self.has_phone

    @property
    def masked_number(self) -> str:
        """The number with its middle hidden."""
        return mask_phone(self.number)


def find_reach(read: Read) -> Reach:
    """Find how somebody is reached, by the answers of any form; SELF if he left nothing."""

    def text(name: str) -> str:
        return str(read(name) or "")

    if not read("no_mobile"):
        return Reach(ReachBy.MOBILE, text("mobile")) if text("mobile") else Reach(ReachBy.SELF)
    match read("reach"):
        case ReachBy.LANDLINE:
            return Reach(ReachBy.LANDLINE, text("landline"))
        case ReachBy.OTHER_PHONE:
            agreed = read("other_phone_agreed") == "yes"
            whose = label_of(FIELDS["other_phone_of"], text("other_phone_of"))
            return Reach(ReachBy.OTHER_PHONE, text("other_phone") if agreed else "", whose)
        case ReachBy.PLACE:
            return Reach(ReachBy.PLACE, place=text("find_at") or text("address"))
    return Reach(ReachBy.SELF)


def list_other_ways(read: Read) -> list[str]:
    """List by what else somebody may be reached than by `find_reach`, in words."""
    used = {ReachBy.LANDLINE: "landline", ReachBy.OTHER_PHONE: "other_phone"}
    tried = used.get(find_reach(read).by, "mobile")
    left = [name for name in _WAYS if name != tried and read(name)]
    if read("other_phone_agreed") != "yes":
        left = [name for name in left if name != "other_phone"]
    return [_WAYS[name] for name in left]


def find_identity_number(answers: Mapping[str, object]) -> str:
    """Return the number by which somebody is told apart: ID number, or that of another paper."""
    return str(answers.get("id_number") or answers.get("id_paper_number") or "")


def find_resident_id(answers: Mapping[str, object]) -> str:
    """Return the 18-digit ID number, whatever paper it was read from; empty if there is none."""
    number = find_identity_number(answers)
    return number if has_resident_shape(number) else ""
