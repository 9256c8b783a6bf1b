"""The calculators as they are served: they answer, refuse kindly and keep nothing."""

import inspect
import re
from urllib.parse import urlencode

import pytest

from portal.domain.calculators.questions import CalculatorQuestion
from portal.domain.calculators.time_limits import TIME_LIMITS
from portal.domain.forms.fields import Kind
from portal.public.site.calculators import FACTS, TOOLS, Tool
from portal.public.site.offers import LIMIT_MATTERS, find_matter, group_tools
from tests.support.browser import typed_in, words_of
from tests.support.centre import Centre
from tests.support.newsroom import REPOSITORY

IDENTITY = {Kind.NAME, Kind.ID_NUMBER, Kind.MOBILE, Kind.BANK_CARD, Kind.PARAGRAPH, Kind.SECRET}
DAYS = {"started_on": "2021-03-01", "ended_on": "2024年7月10日"}
each_tool = pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)


def sample(ask: CalculatorQuestion) -> str:
    """Something that fits the question, and those before it."""
    if ask.field.name == "claim_damages":
        return ""  # stands in the place of other claims
    if ask.span:
        return str(min(max(ask.span.least, 5), ask.span.most))
    if ask.field.choices:
        return ask.field.choices[0].code
    if ask.field.kind is Kind.DATE:
        return DAYS.get(ask.field.name, "2025-05-06")
    return "４３５０元"


def figures(tool: Tool, **changed: str) -> dict[str, str]:
    """A full set of answers, with some changed."""
    return {ask.field.name: sample(ask) for ask in tool.asks} | changed


def address(tool: Tool, typed: dict[str, str]) -> str:
    """The address that the form of a calculator leads to."""
    return f"/tools/{tool.slug}?{urlencode(typed)}"


def test_every_calculator_stands_in_the_list(centre: Centre) -> None:
    shown = centre.browser().get("/tools/")
    assert shown.status_code == 200
    for tool in TOOLS.values():
        assert f'href="/tools/{tool.slug}"' in shown.text
        assert tool.title in words_of(shown)


def test_calculators_stand_under_the_trouble_that_they_are_for() -> None:
    groups = {group.title: [tool.slug for tool, _ in group.tools] for group in group_tools()}
    assert next(iter(groups)) == "家里困难"
    assert "overtime" in groups["加班、休假、生病、天热"]
    listed = [slug for slugs in groups.values() for slug in slugs]
    assert sorted(listed) == sorted(TOOLS)


@each_tool
def test_calculator_asks_answers_and_keeps_nothing(centre: Centre, tool: Tool) -> None:
    browser, before = centre.browser(), centre.contents()
    asked = browser.get(f"/tools/{tool.slug}")
    assert asked.status_code == 200
    assert "怎么算的" not in words_of(asked)
    shown = browser.get(address(tool, figures(tool)))
    assert shown.status_code == 200, words_of(shown)
    for words in ("怎么算的", "依据", "这样算的前提"):
        assert words in words_of(shown)
    for name, typed in figures(tool).items():
        assert typed_in(shown, name)[0] == typed or typed in typed_in(shown, name)
    assert "Set-Cookie" not in shown.headers
    assert centre.contents() == before


@each_tool
def test_every_gap_and_every_wrong_answer_is_shown_with_all_that_was_typed(
    centre: Centre, tool: Tool
) -> None:
    browser, before = centre.browser(), centre.contents()
    for ask in tool.asks:
        for wrong in ("九百<b>", "-5", "9" * 30, "") if not ask.field.optional else ("abc",):
            typed = figures(tool, **{ask.field.name: wrong})
            shown = browser.get(address(tool, typed))
            assert shown.status_code == 422, (ask.field.name, wrong)
            assert f'href="#{ask.field.name}"' in shown.text
            assert "有地方要改一下" in words_of(shown)
            assert "怎么算的" not in words_of(shown)
            for other in tool.asks:
                if not other.field.choices:
                    assert typed_in(shown, other.field.name) == [typed[other.field.name]]
    assert centre.contents() == before


@each_tool
def test_questions_fit_the_function_and_ask_nothing_about_the_person(tool: Tool) -> None:
    names = [ask.field.name for ask in tool.asks]
    wanted = inspect.signature(tool.calculate)
    assert len(set(names)) == len(names)
    wanted.bind(**dict.fromkeys([*names, *(FACTS.keys() & wanted.parameters.keys())]))
    assert not any(ask.field.kind in IDENTITY for ask in tool.asks)


@each_tool
def test_result_leads_on_to_card_and_help(centre: Centre, tool: Tool) -> None:
    browser = centre.browser()
    shown = browser.get(address(tool, figures(tool)))
    for card in tool.cards:
        assert (REPOSITORY / "content" / "rights-cards" / f"{card}.md").is_file()
    matter = find_matter(tool, figures(tool))
    if tool.cards:
        assert matter.card in tool.cards
        assert f'href="/rights-cards/{matter.card}/"' in shown.text
    onward = f"/consult?card={matter.card}&amp;topic={matter.topic}" if tool.topic else "/apply"
    assert f'href="{onward}"' in shown.text
    assert browser.get(onward.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("what", [code for code, _ in TIME_LIMITS])
def test_a_limit_leads_on_to_the_card_and_the_papers_of_what_happened(
    centre: Centre, what: str
) -> None:
    tool, matter = TOOLS["time-limits"], LIMIT_MATTERS[what]
    assert {matter.card} <= set(tool.cards)
    browser = centre.browser()
    shown = browser.get(address(tool, figures(tool, what=what, still_there="no"))).text
    offered = re.findall(r'href="/papers/([a-z-]+)\.pdf"', shown)
    assert offered == [paper.code for paper in matter.papers]
    assert f'href="/consult?card={matter.card}&amp;topic={matter.topic}"' in shown
    assert "是空白的" in shown
    assert "已经写在上面" not in shown
    assert ("arbitration" in offered) == (what in {"arbitration", "arbitration_wages"})
    assert ("injury-claim" in offered) == (what == "injury_claim_worker")


def test_days_that_are_turned_are_told_above_the_form(centre: Centre) -> None:
    tool = TOOLS["severance"]
    typed = figures(tool, started_on="2024-01-02", ended_on="2024-01-01")
    shown = centre.browser().get(address(tool, typed))
    assert shown.status_code == 422
    assert "离开那天比上班那天还早" in words_of(shown)
    assert typed_in(shown, "started_on") == ["2024-01-02"]


def test_an_answer_given_twice_is_asked_again(centre: Centre) -> None:
    browser = centre.browser()
    for name in ("total_years", "average_wage"):
        twice = f"{address(TOOLS['annual-leave'], figures(TOOLS['annual-leave']))}&{name}=7"
        assert browser.get(twice).status_code == 422


def test_figures_of_the_self_test_come_to_the_line_in_force(centre: Centre) -> None:
    typed = {"income_month": "6400", "people": "4人", "costs_year": "0", "home": "urban"}
    shown = words_of(centre.browser().get(address(TOOLS["self-test"], typed)))
    assert "很可能符合" in shown
    assert "每人每月 1,600 元" in shown
    assert "城市低保标准是每人每月 800 元" in shown
    country = words_of(centre.browser().get(address(TOOLS["self-test"], typed | {"home": "rural"})))
    assert "农村低保标准是每人每月 620 元" in country
    unknown = {"income_month": "", "people": "4", "costs_year": "", "home": "urban"}
    told = words_of(centre.browser().get(address(TOOLS["self-test"], unknown)))
    assert "还说不准，请我们帮您看看" in told


def test_start_page_of_the_application_leads_to_the_self_test(centre: Centre) -> None:
    assert 'href="/tools/self-test"' in centre.browser().get("/apply").text


def test_what_is_no_calculator_is_not_found(centre: Centre) -> None:
    assert centre.browser().get("/tools/nothing").status_code == 404
    assert centre.browser().get("/tools").headers["Location"].endswith("/tools/")


OF_THE_PLACE = re.compile("当地|本地|本省|最低工资|补助金几个月")
"""What a question says that asks for something each place sets for itself."""


@each_tool
def test_every_question_about_the_place_is_answered_beforehand_and_can_be_changed(
    centre: Centre, tool: Tool
) -> None:
    asked = centre.browser().get(f"/tools/{tool.slug}")
    for ask in tool.asks:
        assert bool(OF_THE_PLACE.search(ask.field.label)) == bool(ask.local), ask.field.name
        if ask.local:
            (shown,) = typed_in(asked, ask.field.name)
            assert shown or ask.span, ask.field.name
            assert "本中心填的是" in words_of(asked)


def test_months_of_the_place_are_shown_where_they_may_be_left_empty(centre: Centre) -> None:
    tool, browser = TOOLS["work-injury"], centre.browser()
    assert "本中心填的是：5级20，6级16" in words_of(browser.get("/tools/work-injury"))
    typed = figures(tool, grade="5", wage="5000", medical_months="", employment_months="")
    shown = words_of(browser.get(address(tool, typed)))
    assert "一次性伤残就业补助金（单位付）：本人工资 5,000 元 × 30 个月 = 150,000 元" in shown
    assert "示范数据" in shown


def test_local_values_stand_in_the_form_with_their_source_and_can_be_changed(
    centre: Centre,
) -> None:
    browser = centre.browser()
    asked = browser.get("/tools/final-award")
    assert typed_in(asked, "minimum_wage") == ["2,100"]
    assert "本中心填的是 2,100 元" in words_of(asked)
    typed = {"wages": "25200", "medical": "0", "severance": "0", "damages": "0"}
    same = browser.get(address(TOOLS["final-award"], typed | {"minimum_wage": "2100"}))
    assert "每一项都是一裁终局" in words_of(same)
    assert "示范数据" in words_of(same)
    other = browser.get(address(TOOLS["final-award"], typed | {"minimum_wage": "2099"}))
    assert "没有一项是一裁终局" in words_of(other)


def test_result_says_what_was_put_in_and_whom_to_ring_up(centre: Centre) -> None:
    typed = figures(TOOLS["severance"], local_average="")
    shown = words_of(centre.browser().get(address(TOOLS["severance"], typed)))
    assert "填的数" in shown
    assert "您填的" in shown
    assert "没有填" in shown
    assert "帮扶中心的网站上算的" in shown


@pytest.mark.parametrize(
    ("slug", "typed", "read"),
    [
        ("overtime", {"month_wage": "6千"}, "6,000 元 您填的"),
        ("overtime", {"month_wage": "一万八", "workday_hours": "三十六小时"}, "36 小时 您填的"),
        ("severance", {"started_on": "21年3月1号"}, "2021年3月1日 您填的"),
        ("sick-pay", {"months": "两个半月"}, "2.5 个月 您填的"),
        ("probation", {"served": "半个月"}, "0.5 个月 您填的"),
        ("sick-leave", {"total_years": "十二年"}, "12 年 您填的"),
    ],
)
def test_what_was_written_in_words_is_shown_as_it_was_read(
    centre: Centre, slug: str, typed: dict[str, str], read: str
) -> None:
    shown = words_of(centre.browser().get(address(TOOLS[slug], figures(TOOLS[slug], **typed))))
    assert read in shown


def test_leave_is_answered_without_days_of_joining_and_leaving(centre: Centre) -> None:
    tool = TOOLS["annual-leave"]
    typed = figures(tool, total_years="12", joined_on="", average_wage="6525", taken_days="1")
    left = words_of(centre.browser().get(address(tool, typed | {"left_on": "2026-06-30"})))
    assert "还可以要 1,800 元" in left
    still = words_of(centre.browser().get(address(tool, typed | {"left_on": ""})))
    assert "还可以要 5,400 元" in still


@each_tool
def test_what_is_claimed_is_told_with_its_limit_right_below_the_sum(
    centre: Centre, tool: Tool
) -> None:
    shown = centre.browser().get(address(tool, figures(tool))).text
    box = shown.partition('<div class="done"')[2].partition("</div>")[0]
    if tool.claims:
        assert "仲裁" in box or "工伤认定" in box, box


def test_a_claim_that_is_too_late_is_said_to_be_so_below_the_sum(centre: Centre) -> None:
    tool = TOOLS["severance"]
    shown = centre.browser().get(address(tool, figures(tool))).text
    box = shown.partition('<div class="done"')[2].partition("</div>")[0]
    assert "2025年7月10日已经过了" in box
    late = centre.browser().get(address(tool, figures(tool, ended_on="2026-07-10"))).text
    assert "要在2027年7月9日以前" in late  # the 10th is a Saturday that may be worked
