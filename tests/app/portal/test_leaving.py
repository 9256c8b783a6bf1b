"""马上离开: on every page of a form and of a case, at once, and nothing is left on the phone."""

import re

import pytest
from werkzeug.test import TestResponse

from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.forms import saved_drafts
from portal.settings.config import ConfigProblem, load_config
from tests.support.browser import Browser, words_of
from tests.support.centre import Centre
from tests.support.following import look_up
from tests.support.samples import ANSWERS
from tests.support.walking import went_on

ELSEWHERE = "https://www.weather.com.cn/"
BUTTON = '<input type="hidden" name="away" value="1"><button>马上离开</button>'


def leave(browser: Browser) -> TestResponse:
    """Tap on the button; it sends no form token."""
    return browser.post_as_is("/leave", {"away": "1"})


@pytest.mark.parametrize("kind", list(CaseKind))
def test_the_button_stands_on_every_page_of_a_form_before_its_questions(
    centre: Centre, kind: CaseKind
) -> None:
    journey = JOURNEYS[kind]
    browser, token = centre.draft(kind)
    saved_drafts.put_aside(centre.office, kind, token)
    paths = [page.path for page in journey.open_pages(ANSWERS[kind])]
    for path in (*paths, "check", "kept", "so-far"):
        page = browser.get(f"/{journey.address}/{path}")
        assert page.status_code == 200
        before, found, after = page.text.partition(BUTTON)
        assert found, path
        assert "<main" not in before
        assert "<main" in after
    browser.get(f"/{journey.address}/check")
    browser.post(f"/{journey.address}/check", dict.fromkeys(journey.declarations, "yes"))
    assert BUTTON in browser.get(f"/{journey.address}/receipt").text


def test_the_button_stands_on_the_pages_of_a_case_and_not_elsewhere(centre: Centre) -> None:
    follower = centre.follower(centre.case(CaseKind.HARDSHIP))
    for address in ("/status", "/status/case", "/status/papers", "/status/papers/identity",
                    "/status/my-data", "/status/case/withdraw"):  # fmt: skip
        assert BUTTON in follower.get(address).text, address
    for address in ("/apply", "/tools/", "/search?q=x"):
        assert BUTTON not in follower.get(address).text, address
    assert "马上离开" in words_of(follower.get("/apply"))
    assert BUTTON not in centre.staff("intake").get("/staff/").text


def test_leaving_shows_a_page_that_says_nothing_and_leads_elsewhere(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    page = leave(browser)
    assert page.status_code == 200
    assert page.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert page.headers["Cache-Control"] == "no-store"
    assert f'<meta http-equiv="refresh" content="0;url={ELSEWHERE}">' in page.text
    assert re.findall('href="([^"]+)"', page.text) == ["data:,", ELSEWHERE]
    for word in ("帮扶", "工会", "12351", "困难", "申请", centre.root.name):
        assert word not in page.text
    assert len(page.data) < 600


def test_nothing_of_form_and_case_is_left_in_the_browser(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    filed = centre.case(CaseKind.CONSULTATION)
    went_on(look_up(browser, filed.number, filed.code))
    before = centre.contents()
    leave(browser)
    assert browser.client.get_cookie("__Host-visit") is None
    assert went_on(browser.get("/status/case")) == "/status"
    assert "这里没有能打开的表" in words_of(browser.get("/apply/check"))
    assert "这台手机上有一份没填完的" not in words_of(browser.get("/apply"))
    assert centre.contents() == before


def test_it_works_from_a_page_whose_token_has_died_but_not_from_another_site(
    centre: Centre,
) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    leave(browser)
    assert leave(browser).status_code == 200
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    foreign = browser.ask(
        "POST", "/leave", data={"away": "1"}, headers={"Origin": "https://elsewhere.example"}
    )
    assert foreign.status_code == 403
    assert "这台手机上有一份没填完的" in words_of(browser.get("/apply"))


@pytest.mark.parametrize(
    "wrong", ["weather", "javascript:alert(1)", "//weather.example", "ftp://x"]
)
def test_only_a_web_address_can_be_configured(
    tmp_path_factory: pytest.TempPathFactory, wrong: str
) -> None:
    folder = tmp_path_factory.mktemp("instance")
    (folder / "config.toml").write_text(f'[server]\nleave_to = "{wrong}"\n', "utf-8")
    with pytest.raises(ConfigProblem, match="leave_to」要写成 https"):
        load_config(folder)
