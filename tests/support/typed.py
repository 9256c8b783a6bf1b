"""What people type into each kind of field: right, and wrong in every way we know of."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pytest

from portal.domain.forms.answers import Context
from portal.domain.forms.fields import FIELDS, Choice, Field, Kind
from portal.domain.forms.journeys import Page
from portal.domain.rosters.roster import type_cells

TODAY = date(2026, 11, 24)
PAPERS = (Choice("identity", "身份证"), Choice("state_aid", "低保证"))
CONTEXT = Context(
    TODAY,
    {"town": (Choice("qs03", "松坪镇"), Choice("other", "其他地方")),
     "papers_asked": PAPERS, "absent_paper": PAPERS},
)  # fmt: skip
TOO_MUCH = "长" * 20_001
CONTROLS = "\u202e{}\u200b\u0007\ufeff"

RIGHT: dict[Kind, str] = {
    Kind.NAME: "陈示范",
    Kind.ID_NUMBER: "419999197001010014",
    Kind.ID_PAPER: "H01234567",
    Kind.MOBILE: "19900000002",
    Kind.PHONE: "0571-88880000",
    Kind.BANK_CARD: "6222000000000000008",
    Kind.LINE: "示范石材厂",
    Kind.PARAGRAPH: "第一行\n第二行",
    Kind.MONEY: "1200.50",
    Kind.AGE: "12",
    Kind.COUNT: "3",
    Kind.DATE: "2026-03-01",
    Kind.DATE_AHEAD: "2027-01-15",
    Kind.CONSENT: "yes",
    Kind.TICK: "yes",
}
FULL_WIDTH: dict[Kind, str] = {
    Kind.ID_NUMBER: "４１９９９９１９７００１０１００１４",
    Kind.ID_PAPER: "ｈ０１２３４５６７",
    Kind.MOBILE: "１９９　００００　０００２",
    Kind.PHONE: "（０５７１）８８８８　００００",
    Kind.BANK_CARD: "６２２２" + "０" * 14 + "８",
    Kind.MONEY: "１２００．５０",
    Kind.AGE: "１２",
    Kind.COUNT: "３",
    Kind.DATE: "２０２６－０３－０１",
    Kind.DATE_AHEAD: "２０２７－０１－１５",
}
WRONG: dict[Kind, tuple[str, ...]] = {
    Kind.NAME: ("陈", "陈1", "<b>陈示范</b>", "长" * 31),
    Kind.ID_NUMBER: ("41999919700101001X", "不知道", "4199991970010100", "419999202001010018"),
    Kind.ID_PAPER: ("护照", "1234", "419999197001010013", "A" * 25),
    Kind.MOBILE: ("12345", "没有", "22900000002", "199000000021", "0571-88880000"),
    Kind.PHONE: ("12345", "没有", "22900000002", "199000000021", "0571-8888"),
    Kind.BANK_CARD: ("6222", "卡丢了", "6" * 20),
    Kind.LINE: (),
    Kind.PARAGRAPH: (),
    Kind.MONEY: ("很多", "-5", "1.234", "1,2", "9" * 30),
    Kind.AGE: ("十二三", "十几", "-1", "131", "1.5", "9999"),
    Kind.COUNT: ("三四个", "几个", "两万", "0", "-1", "1.5", "99999"),
    Kind.DATE_AHEAD: ("明年春节", "2026-02-30", "1800-01-01", "2050-01-01", "2027-13"),
    Kind.DATE: ("3月1日", "2026-02-30", "2026-11-25", "1800-01-01", "明年", "去年年底"),
    Kind.ONE_OF: ("no such choice",),
    Kind.SOME_OF: ("no such choice",),
    Kind.CONSENT: ("no", "on", "true"),
    Kind.TICK: ("no", "on", "true"),
}


def right(field: Field) -> str:
    """Something that the field takes."""
    choices = CONTEXT.choices_of(field)
    return choices[0].code if choices else RIGHT[field.kind]


def wrong(field: Field) -> tuple[str, ...]:
    """What the field must not take."""
    if field.kind in {Kind.LINE, Kind.PARAGRAPH}:
        return ("长" * (field.max_length + 1), TOO_MUCH)
    return (*WRONG[field.kind], TOO_MUCH)


def each_of(fields: Iterable[Field]) -> pytest.MarkDecorator:
    """A test for each of these fields."""
    return pytest.mark.parametrize("field", fields, ids=lambda field: field.name)


def typed_lines(page: Page, people: Sequence[Mapping[str, object]]) -> str:
    """A whole list of people as somebody types it, one a line."""
    return "\n".join(",".join(type_cells(page, one)) for one in people)


ASKED = {name: field for name, field in FIELDS.items() if name != "members"}
