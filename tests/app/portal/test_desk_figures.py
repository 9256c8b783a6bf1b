"""Figures in the workbench: figure, list and export are one; nobody counts what he may not open."""

import csv
import io
import re
import zipfile

import pytest

from portal.domain.figures.counting import add_up
from portal.domain.figures.indicators import COUNTINGS, INDICATORS
from portal.domain.figures.period import Period, read_period
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAccepted
from portal.operations.cases import exclusion
from portal.operations.figures import desk_figures, reports
from portal.store import audit, cases, months
from tests.app.portal.test_exclusion import exclude
from tests.app.portal.test_work_list import a_busy_week
from tests.support.browser import words_of
from tests.support.centre import Centre
from tests.support.databases import each_database

YEAR = Period("2026-11", "2027-03")
READERS = ("director", "approver", "auditor")


def four_months(centre: Centre) -> None:
    """Work of four months, the first of them closed, with what came late for it."""
    for _ in range(4):
        a_busy_week(centre)
        centre.clock.advance(days=31)
    reports.close_month(centre.office, "2026-11", "admin")
    a_busy_week(centre)


@each_database
def test_figure_list_and_export_are_one_for_every_reader_and_month(centre: Centre) -> None:
    four_months(centre)
    exclude_one(centre)
    for login in READERS:
        actor = centre.actor(login)
        figures = {one.indicator.code: one for one in desk_figures.read_figures(
            centre.office, actor, YEAR)}  # fmt: skip
        exported = read_export(centre, login)
        for code, figure in figures.items():
            told = [*map(str, figure.by_month.values()), str(figure.total)]
            told = ["—"] * len(told) if figure.unseen else told
            assert exported[code] == told, (login, code)
            if code not in COUNTINGS or login == "auditor":
                continue
            for month, count in figure.by_month.items():
                one = Period(month, month)
                listed = desk_figures.list_counted(centre.office, actor, code, one)
                assert sum(counted.amount for counted in listed) == count, (login, code, month)
            whole = desk_figures.list_counted(centre.office, actor, code, YEAR)
            assert sum(counted.amount for counted in whole) == figure.total


def exclude_one(centre: Centre) -> None:
    filed = next(one for one in cases.every_case(centre.instance)
                 if one.case.kind is CaseKind.HARDSHIP and one.case.open)  # fmt: skip
    actor = centre.actor("approver")
    exclusion.exclude_colleague(
        centre.office, actor, filed.case.receipt, filed.case.version, "director", "亲戚"
    )


def read_export(centre: Centre, login: str) -> dict[str, list[str]]:
    """The figures of the CSV file, by code."""
    browser = centre.staff(login)
    browser.get("/staff/figures/")
    typed = {"first": YEAR.first, "last": YEAR.last, "shape": "csv"}
    sent = browser.post("/staff/figures/download", typed)
    assert sent.data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(sent.data.decode("utf-8-sig")))
    assert head[3:-2] == list(YEAR.months)
    assert all(row[-1].startswith(INDICATORS[row[0]].definition) for row in rows)
    return {row[0]: row[3:-1] for row in rows}


@each_database
def test_the_auditor_reads_what_is_reported(centre: Centre) -> None:
    four_months(centre)
    counted = add_up(months.count_months(centre.instance, centre.office.now()), COUNTINGS)
    for figure in desk_figures.read_figures(centre.office, centre.actor("auditor"), YEAR):
        code = figure.indicator.code
        if code in COUNTINGS:
            reported = {month: sum(parts.values()) for month, parts in counted[code].items()}
            assert {month: reported.get(month, 0) for month in YEAR.months} == figure.by_month
            assert not figure.partial
    page = centre.staff("auditor").get("/staff/figures/")
    assert "/staff/figures/S6" not in page.text
    auditor = centre.actor("auditor")
    behind = desk_figures.list_counted(centre.office, auditor, "S6", YEAR)
    assert desk_figures.summarise_counted(centre.office, auditor, behind) == {}


@each_database
def test_who_keeps_out_of_a_case_counts_it_nowhere(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    director, period = centre.actor("director"), Period("2026-11", "2026-11")
    before = {one.indicator.code: one.total
              for one in desk_figures.read_figures(centre.office, director, period)}  # fmt: skip
    assert before["S1.5"] == 1
    exclude(centre, "approver", filed, "director")
    after = {one.indicator.code: one.total
             for one in desk_figures.read_figures(centre.office, director, period)}  # fmt: skip
    assert (after["S1.5"], after["S1.4"]) == (0, before["S1.4"] - 1)
    shown = centre.staff("director").get("/staff/figures/S1.5?first=2026-11&last=2026-11")
    assert filed.number not in shown.text


def test_legal_questions_are_no_number_of_who_opens_none(centre: Centre) -> None:
    centre.case(CaseKind.CONSULTATION)
    page = centre.staff("director").get("/staff/figures/")
    figures = desk_figures.read_figures(
        centre.office, centre.actor("director"), Period("2026-11", "2026-11")
    )
    told = {one.indicator.code: one for one in figures}
    assert told["S1.6"].total == 0
    assert told["S1.6"].unseen
    assert "您的岗位不看这一类" in words_of(page)
    assert not told["S1.5"].partial
    assert "只算您能看的" in words_of(page)


def test_each_number_leads_to_its_list_and_the_list_to_the_cases(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    director = centre.staff("director")
    page = director.get("/staff/figures/?first=2026-11&last=2026-11")
    links = re.findall(r'href="(/staff/figures/S1\.5[^"]+)">1<', page.text)
    assert links
    listed = director.get(links[0].replace("&amp;", "&"))
    assert f"/staff/cases/{filed.number}" in listed.text
    assert "：1 件次" in words_of(listed)
    assert director.get("/staff/figures/nonsense").status_code == 404
    assert centre.staff("intake").get("/staff/figures/").status_code == 403


def test_the_export_is_a_workbook_too_and_is_logged(centre: Centre) -> None:
    director = centre.staff("director")
    director.get("/staff/figures/")
    typed = {"first": "2026-11", "last": "2026-11", "shape": "xlsx"}
    sent = director.post("/staff/figures/download", typed)
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(sent.data)).namelist()
    entry = audit.newest_entries(centre.instance, 1, None)[0]
    assert (entry.action, entry.note) == ("take out figures", "2026-11 2026-11 xlsx")
    assert director.post("/staff/figures/download", typed | {"shape": "exe"}).status_code == 404
    assert director.post("/staff/figures/download", typed | {"first": "x"}).status_code == 422


def test_months_are_read_as_they_are_meant_or_refused_in_words(centre: Centre) -> None:
    today = centre.office.today()
    assert read_period("", "", today) == Period("2026-01", "2026-11")
    assert read_period("2026-03", "", today).months == ("2026-03",)
    assert read_period("2025-12", "2026-11", today).months[0] == "2025-12"
    for first, last in (("2026-1", ""), ("2026-05", "2026-04"), ("2027-01", "2027-01"),
                        ("2025-11", "2026-11"), ("x", "y")):  # fmt: skip
        with pytest.raises(NotAccepted):
            read_period(first, last, today)
        assert centre.staff("director").get(
            f"/staff/figures/?first={first}&last={last}").status_code == 422  # fmt: skip
