"""The pages of every form that ask who somebody is and how he is reached, and the ways round them.

The page that asks for the ID number or the mobile has `WITH_ID` or `WITH_MOBILE` on it; what stands
behind it, `ask_for_paper` and `ask_for_reach`, only those get who have not got one.
"""

from portal.domain.forms.journeys.model import (
    Condition,
    DescribedCondition,
    KnownAnswers,
    Page,
    all_of,
    always,
    is_one_of,
    is_ticked,
    page,
)
from portal.domain.forms.person import find_reach

WITH_ID = ("id_number", "no_id_number")
WITH_MOBILE = ("mobile", "no_mobile")


def _has_paper(answers: KnownAnswers) -> bool:
    return answers.get("id_paper") not in {None, "none"}


def _has_phone(answers: KnownAnswers) -> bool:
    return find_reach(answers.get).has_phone


HAS_PHONE = DescribedCondition("留了电话的", _has_phone, ("mobile", "reach"))


def ask_for_paper(group: str, lead: str, when: Condition = always) -> tuple[Page, ...]:
    """Ask who has no ID number for another paper; `when` is that of the page before."""
    without = all_of(when, is_ticked("no_id_number"))
    has_paper = all_of(without, DescribedCondition("手边有证件的", _has_paper, ("id_paper",)))
    return (
        page("id-paper", group, "您有哪种证件？", "id_paper", when=without, lead=lead,
             names_us=True),
        page("id-paper-number", group, "证件上的号码", "id_paper_number", when=has_paper),
    )  # fmt: skip


def ask_for_reach(
    group: str, when: Condition = always, *, address_follows: bool = False
) -> tuple[Page, ...]:
    """Ask who has no mobile how to reach him; `when` is that of the page before.

    `address_follows`: the form asks everybody where he lives, and so not here.
    """
    without = all_of(when, is_ticked("no_mobile"))

    def by(way: str) -> Condition:
        return all_of(without, is_one_of("reach", way))

    pages = (
        page("reach", group, "没有手机，怎么找到您？", "reach", when=without, names_us=True),
        page("landline", group, "您的座机", "landline", when=by("landline")),
        page("other-phone", group, "打谁的电话找您？", "other_phone", "other_phone_of",
             "other_phone_name", "other_phone_agreed", when=by("other_phone")),
        page("find-at", group, "到哪里找您？", "find_at", when=by("place")),
    )  # fmt: skip
    return pages[:-1] if address_follows else pages
