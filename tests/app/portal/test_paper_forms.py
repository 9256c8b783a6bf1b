"""Every form on paper: all its questions, their numbers, room to write, whom to ask."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from portal.cli import main
from portal.domain.counter.paper_layout import lay_out_form
from portal.domain.forms.answers import Context
from portal.domain.forms.fields import FIELDS
from portal.domain.forms.journeys import JOURNEYS, Journey
from portal.domain.forms.journeys.model import page
from portal.domain.rosters.roster import head_of
from portal.domain.shared.case_kinds import CaseKind
from portal.settings.config import read_centre, town_choices
from portal.web import paper_forms
from portal.web.paper_forms import describe_form, form_file_name, print_form
from portal.web.typesetting import CannotPrint, typeset
from tests.support.browser import words_of
from tests.support.centre import Centre
from tests.support.newsroom import REPOSITORY

CENTRE = read_centre(REPOSITORY / "content")
TOWNS = tuple(town_choices(CENTRE))
MOST_PAGES = {CaseKind.HARDSHIP: 4, CaseKind.TEMPORARY: 2}
each_kind = pytest.mark.parametrize("kind", JOURNEYS, ids=str)


def pages_of(content: bytes) -> list[str]:
    """The text of each page, without the breaks of its lines."""
    with pypdfium2.PdfDocument(content) as document:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def squeezed(text: str) -> str:
    """A text as it is compared with that of a page."""
    return "".join(text.split())


def labels_of(journey: Journey) -> list[str]:
    """Every question with its number, and each column of a list."""
    labels = [f"{one.number}、{one.field.label}" for block in lay_out_form(journey)
              for one in block.questions]  # fmt: skip
    loops = [block.table for block in lay_out_form(journey) if block.table]
    at_once = [block.bulk for block in lay_out_form(journey) if block.bulk]
    labels += [head_of(field) for page in at_once for field in page.member_fields()]
    return labels + [field.label for loop in loops for field in loop.member_fields()]


@each_kind
def test_every_question_its_hint_and_its_choices_are_on_the_paper(kind: CaseKind) -> None:
    text = "".join(pages_of(print_form(kind, CENTRE, TOWNS)))
    journey = JOURNEYS[kind]
    assert [one for one in labels_of(journey) if squeezed(one) not in text] == []
    for block in lay_out_form(journey):
        assert squeezed(block.condition) in text
        for one in block.questions:
            choices = TOWNS if one.field.name == "town" else one.field.choices
            assert [c.label for c in choices if squeezed(c.label) not in text] == []
            hint = squeezed(one.field.hint).removesuffix("。")  # it stands in brackets
            assert block.table or block.bulk or hint in text
    assert FIELDS["story"].screen_hint not in text


@each_kind
def test_every_page_says_which_it_is_of_how_many_and_of_which_version(kind: CaseKind) -> None:
    pages, journey = pages_of(print_form(kind, CENTRE, TOWNS)), JOURNEYS[kind]
    for number, text in enumerate(pages, 1):
        assert f"第{number}页，共{len(pages)}页" in text
        assert squeezed(f"{journey.title}第 {journey.version} 版") in text
    assert len(pages) <= MOST_PAGES.get(kind, 3)


@each_kind
def test_who_brings_it_leaves_with_a_stamp_and_the_day_of_the_answer(kind: CaseKind) -> None:
    *_, last = pages_of(print_form(kind, CENTRE, TOWNS))
    _, _, slip = last.partition("收件回执")
    assert squeezed(f"收到“{JOURNEYS[kind].title}”表") in slip
    for words in ("登记编号", "收到日期", "经办人", "最晚年月日给您答复", "收件章", CENTRE.hotline):
        assert squeezed(words) in slip


def test_the_household_has_six_rows_with_all_choices_in_each() -> None:
    text = "".join(pages_of(print_form(CaseKind.HARDSHIP, CENTRE, TOWNS)))
    assert text.count("还小，没上学") == text.count("儿子或女儿") == 6


def test_a_new_question_finds_its_place_by_itself() -> None:
    more = replace(JOURNEYS[CaseKind.JOBS], pages=(
        *JOURNEYS[CaseKind.JOBS].pages, page("more", "更多", "还有", "bank_card", "treatment_cost"),
    ))  # fmt: skip
    described = describe_form(more, Context(date.min, {"town": TOWNS}))
    text = "".join(pages_of(typeset("form", CENTRE, described)))
    assert squeezed(FIELDS["bank_card"].label) in text
    assert squeezed(FIELDS["treatment_cost"].label) in text


@each_kind
def test_the_paper_can_be_signed_and_says_where_it_goes(kind: CaseKind) -> None:
    text = "".join(pages_of(print_form(kind, CENTRE, TOWNS)))
    relief = "consent_check" in JOURNEYS[kind].declarations
    assert text.count("家人签名") == (3 if relief else 0)
    assert ("代填的人签名" in text) == relief
    for words in ("本人签名", "经办人签名", "来信", "来电", "来访", CENTRE.address, CENTRE.hotline,
                  CENTRE.phone, CENTRE.hours, "示范数据"):  # fmt: skip
        assert squeezed(words) in text


def test_the_paper_is_a4(centre: Centre) -> None:
    with pypdfium2.PdfDocument(print_form(CaseKind.JOBS, CENTRE, TOWNS)) as document:
        sizes = {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document}
    assert sizes == {(210, 297)}


@each_kind
def test_the_start_page_leads_to_the_paper(centre: Centre, kind: CaseKind) -> None:
    address = f"/{JOURNEYS[kind].address}"
    browser = centre.browser()
    assert f"{address}/paper.pdf" in browser.get(address).text
    before = centre.contents()
    sent = browser.get(f"{address}/paper.pdf")
    assert sent.status_code == 200
    assert sent.mimetype == "application/pdf"
    assert sent.data.startswith(b"%PDF")
    assert form_file_name(JOURNEYS[kind]) in sent.headers["Content-Disposition"]
    assert centre.contents() == before


def test_a_form_is_set_once_as_long_as_nothing_on_it_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []

    def typeset(name: str, centre: object, data: object) -> bytes:
        made.append(name)
        return b"%PDF"

    monkeypatch.setattr(paper_forms, "typeset", typeset)
    print_form.cache_clear()
    for centre in (CENTRE, CENTRE, replace(CENTRE, phone="0000-7654321"), CENTRE):
        print_form(CaseKind.OWN_DATA, centre, TOWNS)
    assert made == ["form", "form"]
    print_form.cache_clear()


def test_a_machine_without_chinese_type_says_what_to_do_instead(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise CannotPrint("没有字体")

    monkeypatch.setattr(paper_forms, "print_form", fail)
    shown = centre.browser().get("/apply/paper.pdf")
    assert shown.status_code == 503
    assert "请到窗口来拿" in words_of(shown)


def test_the_command_writes_every_form(tmp_path: Path, root: Path) -> None:
    out = tmp_path / "forms"
    done = CliRunner().invoke(main.main, ["--root", str(root), "forms", "print", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert {one.name for one in out.iterdir()} == {form_file_name(one) for one in JOURNEYS.values()}
    assert all(one.read_bytes().startswith(b"%PDF") for one in out.iterdir())
