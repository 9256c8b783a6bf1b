"""The filled form for the paper file: every answer under its number, to be signed."""

from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest
from werkzeug.test import TestResponse

from portal.domain.counter.channels import CHANNEL_LABELS
from portal.domain.forms.answers import is_said, show_answer
from portal.domain.forms.drafts import Draft
from portal.domain.forms.fields import FIELDS, Kind
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.forms.progress import JourneyProgress
from portal.domain.forms.question_numbers import number_questions
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.counter.filled_form import FiledForm, open_filled_form
from portal.settings.config import read_centre
from portal.store import audit
from portal.web.paper_forms import describe_form
from portal.web.typesetting import typeset
from tests.support.browser import words_of
from tests.support.centre import Centre, Filed
from tests.support.keying import handler_of, key_in, open_page, stored_of, typed_whole
from tests.support.photographs import case_with_photo
from tests.support.printed import text_of, text_of_all
from tests.support.samples import ANSWERS, COWORKERS
from tests.support.walking import went_on

each_kind = pytest.mark.parametrize("kind", CaseKind, ids=str)
LONG_ADDRESS = "https://shifan.example/" + "a" * 300
RARE_NAME = "示范𠮷䶮"


def print_form(centre: Centre, number: str, login: str, reason: str = "signing") -> TestResponse:
    """Press the button on the case page."""
    browser = centre.staff(login)
    browser.get(f"/staff/cases/{number}")
    return browser.post(f"/staff/cases/{number}/form.pdf", {"reason": reason})


def printed(centre: Centre, filed: Filed) -> bytes:
    """The form of a case, as whoever is in charge prints it."""
    shown = print_form(centre, filed.number, handler_of(filed.kind))
    assert shown.status_code == 200
    return shown.get_data()


def squeezed(text: str) -> str:
    """A text as it is compared with that of a page."""
    return "".join(text.split())


def marks_of(centre: Centre, given: dict[str, object]) -> Iterator[str]:
    """What must stand on the paper for each answer: the words, or a tick before the words."""
    context = centre.office.context()
    for name, value in given.items():
        field = FIELDS[name]
        choices = {one.code: one.label for one in context.choices_of(field)}
        if name == "papers" or not is_said(field, given):
            continue
        if isinstance(value, list) and not choices:
            for one in value:
                yield from (show_answer(FIELDS[key], said, context) for key, said in one.items())
        elif field.kind is Kind.CONSENT:
            yield "√"
        elif choices and value:
            codes = value if isinstance(value, list) else [value]
            yield from (f"√{choices[str(code)]}" for code in codes)
        else:
            yield show_answer(field, value, context)


def taken_out(centre: Centre, kind: CaseKind) -> FiledForm:
    """A case as it goes to the paper."""
    filed = centre.case(kind)
    return open_filled_form(centre.office, centre.actor(handler_of(kind)), filed.number, "signing")


@each_kind
def test_every_answer_is_on_the_paper_under_the_number_of_the_blank_form(
    centre: Centre, kind: CaseKind
) -> None:
    filed = centre.case(kind)
    text = text_of_all(printed(centre, filed))
    journey, given = JOURNEYS[kind], ANSWERS[kind]
    assert [one for one in marks_of(centre, given) if squeezed(one) not in text] == []
    asked = JourneyProgress(journey, Draft(given)).names_asked.union(journey.declarations)
    for one in number_questions(journey):
        said = one.field.name in asked and is_said(one.field, given)
        assert (f"{one.number}、{squeezed(one.field.label)}" in text) == said
    consents = [one for one in asked if FIELDS[one].kind is Kind.CONSENT]
    numbers = {one.field.name: one.number for one in number_questions(journey)}
    assert [one for one in consents if f"√{numbers[one]}、" not in text] == []
    for words in (filed.number, "√网上", "收到日期2026年11月24日", "本人签名", "经办人签名",
                  "本人在网上逐项打勾"):  # fmt: skip
        assert words in text


def test_who_printed_it_and_why_is_logged_and_nothing_of_it_stays(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    folder = centre.instance.files.parent
    before, tables = sorted(folder.rglob("*")), centre.contents()["cases"]
    shown = print_form(centre, filed.number, "intake")
    assert shown.mimetype == "application/pdf"
    assert shown.headers["Cache-Control"] == "no-store"
    assert f'attachment; filename="{filed.number}-form.pdf"' in shown.headers["Content-Disposition"]
    assert sorted(folder.rglob("*")) == before
    assert centre.contents()["cases"] == tables
    (entry,) = [one for one, _ in audit.entries(centre.instance) if one.action == "print form"]
    assert (entry.actor, entry.object, entry.note) == ("intake", filed.number, "signing")
    assert "示范intake打印" in text_of_all(shown.data)


@pytest.mark.parametrize("reason", ["", "curiosity"])
def test_without_a_reason_nothing_is_printed(centre: Centre, reason: str) -> None:
    filed = centre.case(CaseKind.JOBS)
    shown = print_form(centre, filed.number, "intake", reason)
    assert went_on(shown) == f"/staff/cases/{filed.number}"
    acts = [one.action for one, _ in audit.entries(centre.instance)]
    assert "print form" not in acts


@pytest.mark.parametrize("login", ["lawyer", "editor", "auditor", "admin"])
def test_who_may_not_see_the_case_prints_no_form(centre: Centre, login: str) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    browser = centre.staff(login)
    browser.get("/staff/account")
    shown = browser.post(f"/staff/cases/{filed.number}/form.pdf", {"reason": "signing"})
    assert shown.status_code == 403


def test_a_long_list_stands_on_attached_sheets_with_the_number_on_each(
    centre: Centre,
) -> None:
    people = [{**COWORKERS[0], "coworker_name": f"示范{RARE_NAME[-2:]}{chr(0x4E00 + place)}"}
              for place in range(300)]  # fmt: skip
    filed = centre.case(CaseKind.CONSULTATION, people=300, coworkers=people)
    pages = [*map(text_of, pypdfium2.PdfDocument(printed(centre, filed)))]
    first = next(place for place, text in enumerate(pages) if "附页：第12c题的名单" in text)
    assert "300人，写了钱数的300人" in pages[first]
    assert not any(str(people[0]["coworker_name"]) in text for text in pages[:first])
    attached = "".join(pages[first:])
    places = [attached.index(str(one["coworker_name"])) for one in people]
    assert places == sorted(places)
    assert all(filed.number in text and "姓名手机多少元" in text for text in pages[first:])
    assert "2026年11月24日的名单" in pages[first]


@each_kind
def test_the_signatures_stand_with_the_last_answer_and_every_page_says_of_which_form(
    centre: Centre, kind: CaseKind
) -> None:
    filed = centre.case(kind)
    pages = [*map(text_of, pypdfium2.PdfDocument(printed(centre, filed)))]
    signed = next(text for text in pages if "经办人签名" in text)
    progress = JourneyProgress(JOURNEYS[kind], Draft(ANSWERS[kind]))
    asked = progress.names_asked.union(JOURNEYS[kind].declarations)
    last = [one for one in number_questions(JOURNEYS[kind]) if one.field.name in asked][-1]
    assert f"{last.number}、{squeezed(last.field.label)}" in signed
    assert f"签的是登记编号{filed.number}的这张表，一共{len(pages)}页" in signed
    for number, text in enumerate(pages, 1):
        assert f"登记编号{filed.number}" in text
        assert f"第{number}页，共{len(pages)}页" in text


def test_a_last_answer_longer_than_a_page_is_printed_whole(centre: Centre) -> None:
    form = taken_out(centre, CaseKind.JOBS)
    old = replace(form, answers={**form.answers, "old_question": "很长的话" * 900})
    context, facts = centre.office.context(), read_centre(centre.root / "content")
    described = describe_form(JOURNEYS[CaseKind.JOBS], context, old)
    text = text_of_all(typeset("form", facts, described))
    assert text.count("长") >= 900
    assert "经办人签名" in text


def test_what_looks_like_a_slip_is_printed_to_be_checked(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP, bank_card="6222000000000000001")
    assert "请再核对这个银行卡号可能填错了一位" in text_of_all(printed(centre, filed))
    fine = centre.case(CaseKind.JOBS)
    assert "请再核对" not in text_of_all(printed(centre, fine))


def test_long_answers_run_over_pages_and_never_off_the_sheet(centre: Centre) -> None:
    story = f"{'很长的话' * 220}\n{LONG_ADDRESS}\n😀{RARE_NAME}"
    filed = centre.case(CaseKind.HARDSHIP, story=story, name=RARE_NAME)
    content = printed(centre, filed)
    text = text_of_all(content).replace("\u200b", "")
    assert "很长的话" * 20 in text.replace("\n", "")
    assert text.count(RARE_NAME) == 2
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            words, width = page.get_textpage(), page.get_width()
            rights = [words.get_charbox(place)[2] for place in range(words.count_chars())]
            assert max(rights) < width


def test_a_sign_that_no_font_has_is_a_gap_and_the_paper_says_where(centre: Centre) -> None:
    filed = centre.case(
        CaseKind.HARDSHIP, name="示范ꆈ甲", story="手被压伤\ue000，😀\n又\U000323b0"
    )
    text = text_of_all(printed(centre, filed))
    assert "请用笔写上：" in text
    for around in ("“示范□甲”", "“手被压伤□，😀又□”"):
        assert around in text
    assert text.count("示范□甲") == 2
    untouched = text_of_all(printed(centre, centre.case(CaseKind.HARDSHIP, name=RARE_NAME)))
    assert "请用笔写上" not in untouched
    assert "□" not in untouched


def test_what_staff_keyed_in_says_how_it_came_and_how_the_worker_consented(
    centre: Centre,
) -> None:
    stored = stored_of(centre, key_in(centre, CaseKind.JOBS))
    text = text_of_all(print_form(centre, stored.case.receipt, "intake").data)
    assert f"√{CHANNEL_LABELS['letter']}" in text
    assert f"√{CHANNEL_LABELS['web']}" not in text
    assert "收到日期2026年11月20日" in text
    assert "怎么同意的：在纸质表上逐项打了勾" in text


def test_who_left_no_name_is_not_asked_to_sign(centre: Centre) -> None:
    filed = centre.case(CaseKind.OBJECTION, leaves_name="unnamed")
    text = text_of_all(printed(centre, filed))
    assert "没有留名，不用签" in text
    assert "本人签名" not in text
    assert "经办人签名" in text


@pytest.mark.parametrize("leaves", ["named", "unnamed"])
def test_a_letter_wants_a_signature_only_of_somebody_who_left_his_name(
    centre: Centre, leaves: str
) -> None:
    answers = {**ANSWERS[CaseKind.OBJECTION], "leaves_name": leaves}
    clerk, address, once = open_page(centre, CaseKind.OBJECTION)
    typed = {**typed_whole(CaseKind.OBJECTION, answers), "once": once}
    number = stored_of(centre, clerk.post(address, typed)).case.receipt
    shown = words_of(clerk.get(f"/staff/cases/{number}"))
    assert ("还没有签字的纸" in shown) == (leaves == "named")


def test_lists_that_are_empty_and_helpers_that_were_not_there_are_told_apart(
    centre: Centre,
) -> None:
    filed = centre.case(CaseKind.HARDSHIP, members=[], filled_by="self")
    text = text_of_all(printed(centre, filed))
    page = next(one for one in JOURNEYS[CaseKind.HARDSHIP].pages if one.collection_name)
    assert squeezed(page.required_collection.none) in text
    assert "代填的人签名" not in text


def test_answers_to_what_is_asked_or_offered_no_more_are_printed_all_the_same(
    centre: Centre,
) -> None:
    form = taken_out(centre, CaseKind.JOBS)
    old = replace(form, answers={**form.answers, "town": "qs99", "old_question": "旧的回答"})
    described = describe_form(JOURNEYS[CaseKind.JOBS], centre.office.context(), old)
    assert described["groups"][-1]["title"] == "以前的问题"
    (last,) = described["groups"][-1]["blocks"]
    assert [(one["label"], one["answer"]) for one in last["questions"]] == [
        ("old_question", "旧的回答")
    ]
    asked = [one for group in described["groups"] for block in group["blocks"]
             for one in block["questions"]]  # fmt: skip
    (town,) = [one for one in asked if one["label"] == FIELDS["town"].label]
    assert [one["label"] for one in town["choices"] if one["ticked"]] == ["qs99"]


def test_the_paper_shows_which_photos_have_come(centre: Centre) -> None:
    text = text_of_all(printed(centre, case_with_photo(centre, CaseKind.HARDSHIP)))
    _, _, papers = text.partition("随这张表交来的材料")
    assert "√身份证" in papers
    assert "收入证明" in papers
    assert "√收入证明" not in papers
    assert "失业登记" not in papers
