"""Traces（线索）: what a case is found by, and what two cases have in common.

One table says what leaves a trace and how it is written for comparing; which answers leave it
follows from the field table, so that a question added there is searched by itself. The store
keeps a keyed fingerprint of each, never the words.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portal.domain.forms.fields import FIELDS, Field, Kind
from portal.domain.forms.person import find_resident_id
from portal.domain.search.traditional import simplify
from portal.domain.shared.id_checks import birth_date
from portal.domain.shared.text_cleaning import fold_digits, fold_width

RECEIPT_END: Final = 4
_MARKS = re.compile(r"[^\w]|_")
_PLACE = re.compile(
    r"(?:\w{2,6}(?:省|自治区))?(?:\w{2,6}(?:(?<![超夜门菜])市|自治州|县))?(?=\w{2})"
)
_FORMS = re.compile("有限责任公司|股份有限公司|有限公司|集团|公司")
_LANDLINE = re.compile(r"(?:0[0-9]{2,3}-?)?(?P<number>[2-8][0-9]{6,7})(?:转[0-9]+)?")


class Whose(StrEnum):
    """Of whom a fact is: of the applicant, or of somebody else whom the case names."""

    APPLICANT = "applicant"
    MEMBER = "members"
    REPRESENTATIVE = "representatives"
    COWORKER = "coworkers"
    CONTACT = "contact"


WHOSE_LABELS: Final[Mapping[Whose, str]] = {
    Whose.APPLICANT: "申请人",
    Whose.MEMBER: "家人",
    Whose.REPRESENTATIVE: "代表",
    Whose.COWORKER: "一起办的人",
    Whose.CONTACT: "代填的人、转告的人",
}


_CONTACTS: Final = frozenset({"helper_name", "helper_mobile", "other_phone"})
"""Questions about somebody who only fills in or passes on."""


def fold_number(value: str) -> str:
    """Write a number of a paper or a card for comparing."""
    return fold_digits(value)


def fold_phone(value: str) -> str:
    """Write a checked telephone number for comparing: of a landline neither area nor extension."""
    landline = _LANDLINE.fullmatch(value)
    return landline["number"] if landline else value


def fold_name(value: str) -> str:
    """Write a name for comparing: simplified, half width, without dots and blanks."""
    return _MARKS.sub("", simplify(fold_width(value)))


def fold_employer(value: str) -> str:
    """Write an employer's name for comparing: 某县顺达物流（集团）有限公司 is 顺达物流.

    Neither the county or city before it nor its legal form counts; both stay if nothing else is
    left.
    """
    name = fold_name(value)
    bare = _FORMS.sub("", name)
    return _PLACE.sub("", bare, count=1) or bare or name


class What(StrEnum):
    """What kind of fact it is."""

    RECEIPT_END = "receipt_end"
    IDENTITY = "id_number"
    PHONE = "phone"
    CARD = "bank_card"
    NAME = "name"
    EMPLOYER = "employer"
    BORN = "born"
    HOUSEHOLD = "household"


WHAT_LABELS: Final[Mapping[What, str]] = {
    What.RECEIPT_END: "编号后四位",
    What.IDENTITY: "证件号",
    What.PHONE: "电话",
    What.CARD: "银行卡号",
    What.NAME: "姓名",
    What.EMPLOYER: "单位",
    What.BORN: "姓名和出生日期",
    What.HOUSEHOLD: "家里的两个人",
}


@dataclass(frozen=True, slots=True)
class _Rule:
    """How a kind of fact is written for comparing, and which questions ask for it."""

    fold: Callable[[str], str]
    kinds: frozenset[Kind] = frozenset()
    fields: frozenset[str] = frozenset()

    def asks(self, field: Field) -> bool:
        """Tell whether an answer to this question leaves the trace."""
        return field.kind in self.kinds or field.name in self.fields


RULES: Final[Mapping[What, _Rule]] = {
    What.IDENTITY: _Rule(fold_number, kinds=frozenset({Kind.ID_NUMBER, Kind.ID_PAPER})),
    What.PHONE: _Rule(fold_phone, kinds=frozenset({Kind.MOBILE, Kind.PHONE})),
    What.CARD: _Rule(fold_number, kinds=frozenset({Kind.BANK_CARD})),
    What.NAME: _Rule(fold_name, kinds=frozenset({Kind.NAME})),
    What.EMPLOYER: _Rule(fold_employer, fields=frozenset({"employer", "against"})),
}
"""What an answer leaves; `RECEIPT_END`, `BORN` and `HOUSEHOLD` are put together (`list_traces`)."""

_LEFT_BY: Final[Mapping[str, What]] = {
    field.name: what
    for field in FIELDS.values()
    for what, rule in RULES.items()
    if rule.asks(field)
}


@dataclass(frozen=True, slots=True)
class Trace:
    """A fact of a case as it is compared: what kind it is, whose, and how it is written."""

    what: What
    whose: Whose
    value: str


def end_of_receipt(receipt: str) -> str:
    """Return what of a receipt number is enough to find it again among few."""
    return receipt[-RECEIPT_END:]


def list_traces(receipt: str, answers: Mapping[str, object]) -> list[Trace]:
    """List what a case with these answers is found by; the same fact of two people once."""
    found = [
        Trace(What.RECEIPT_END, Whose.APPLICANT, end_of_receipt(receipt)),
        *_list_answered(answers),
        *_list_put_together(answers),
    ]
    order = list(Whose)
    found.sort(key=lambda trace: order.index(trace.whose))
    first = {(trace.what, trace.value): trace for trace in reversed(found) if trace.value}
    return sorted(first.values(), key=lambda trace: (trace.what, trace.value))


def _list_answered(answers: Mapping[str, object]) -> Iterator[Trace]:
    for name, value in answers.items():
        if isinstance(value, list):
            for entry in value:
                if name in set(Whose) and isinstance(entry, Mapping):
                    yield from _list_of(entry, Whose(name))
    yield from _list_of(answers, Whose.APPLICANT)


def _list_of(answers: Mapping[str, object], whose: Whose) -> Iterator[Trace]:
    for name in answers.keys() & _LEFT_BY.keys():
        what, value = _LEFT_BY[name], answers[name]
        if value:
            of = Whose.CONTACT if name in _CONTACTS else whose
            yield Trace(what, of, RULES[what].fold(str(value)))


def _list_put_together(answers: Mapping[str, object]) -> Iterator[Trace]:
    """Yield who was born when, and who lives with whom, whoever of the two applies."""
    name = fold_name(str(answers.get("name") or ""))
    number = find_resident_id(answers)
    if name and number:
        yield Trace(What.BORN, Whose.APPLICANT, f"{name} {birth_date(number).isoformat()}")
    members = answers.get(Whose.MEMBER)
    for member in members if name and isinstance(members, list) else ():
        other = fold_name(str(member.get("member_name") or ""))
        if other and other != name:
            yield Trace(What.HOUSEHOLD, Whose.APPLICANT, " ".join(sorted((name, other))))
