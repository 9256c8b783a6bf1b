"""Confirming the facts of the site: by whom, which sentence, and what undoes it."""

from pathlib import Path

import pytest

from portal.domain.accounts.actor import Actor
from portal.domain.audit.actions import AuditAction
from portal.domain.shared.errors import Changed, NotAccepted, NotAllowed, NotFound
from portal.newsroom import fact_review
from portal.newsroom.content_folder import adopt_files
from portal.newsroom.fact_review import (
    FactsOfFile,
    confirm_fact,
    find_fact_file,
    list_confirmations,
)
from portal.store import articles, audit
from tests.support.browser import words_of
from tests.support.newsroom import APPROVER, EDITOR, Publisher
from tests.support.samples import STAFF
from tests.support.walking import went_on

KEY = "rights-cards/unpaid-wages"
PAGE = f"/staff/facts/{KEY}"
LAWYER = Actor("lawyer", STAFF["lawyer"])
SENTENCE = "离职时，单位要一次把工资结清"


@pytest.fixture
def known(publisher: Publisher) -> Publisher:
    """A centre whose files are taken in."""
    adopt_files(publisher.room, [KEY])
    return publisher


def facts_of(publisher: Publisher) -> FactsOfFile:
    """The facts of the card on unpaid wages, as the lawyer sees them."""
    return find_fact_file(publisher.room, LAWYER, *KEY.split("/"))


def identity_of(publisher: Publisher, sentence: str = SENTENCE) -> str:
    """What the fact with this sentence is known by."""
    return next(fact.identity for fact in facts_of(publisher).facts if fact.sentence == sentence)


def change(path: Path, old: str, new: str) -> None:
    """Change words of a file that are there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_no_fact_is_confirmed_before_somebody_did(known: Publisher) -> None:
    found = facts_of(known)
    assert found.waiting == len(found.facts) > 10


def test_lawyer_confirms_a_fact_in_the_workbench(known: Publisher) -> None:
    browser = known.centre.staff("lawyer")
    assert SENTENCE in words_of(browser.get(PAGE))
    identity = identity_of(known)
    sent = browser.post(PAGE, {"fact": identity, "compared": "official"})
    assert went_on(sent).startswith(f"{PAGE}?done=")
    shown = words_of(browser.get(PAGE))
    assert "对的是官方公布的原文" in shown
    seen = facts_of(known).confirmed[identity]
    assert (seen.by, seen.compared) == ("lawyer", "official")
    listed = words_of(browser.get("/staff/facts"))
    assert "核对法律事实" in listed
    assert "维权卡《" in listed
    assert "法律定的期限（deadlines.toml）" in listed
    assert KEY not in listed


def test_confirmation_stands_in_the_log_with_the_text_that_was_compared(known: Publisher) -> None:
    confirm_fact(known.room, LAWYER, KEY, identity_of(known), "copy")
    last = audit.newest_entries(known.room.office.store, 1, None)[0]
    assert (last.actor, last.action, last.object) == ("lawyer", AuditAction.FACT_CONFIRMED, KEY)
    assert "转载本" in last.note


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("deadlines", "申请劳动仲裁：1 年，"),
        ("local", "月最低工资：2,100 元/月，2026-01-01起"),
        ("national", "一个月的计薪天数：21.75 天，2025-01-01起"),
    ],
)
def test_facts_of_the_tables_are_confirmed_like_those_of_articles(
    publisher: Publisher, name: str, sentence: str
) -> None:
    page, browser = f"/staff/facts/rules/{name}", publisher.centre.staff("lawyer")
    assert sentence in words_of(browser.get(page))
    found = find_fact_file(publisher.room, LAWYER, "rules", name)
    first, second = (
        (one for one in found.facts if one.sentence.startswith(sentence[:5])),
        found.facts[-1],
    )
    for fact in (next(first), second):
        sent = browser.post(page, {"fact": fact.identity, "compared": "official"})
        assert went_on(sent).startswith(f"{page}?done=")
    after = find_fact_file(publisher.room, LAWYER, "rules", name)
    assert after.waiting == len(found.facts) - 2
    store = publisher.room.office.store
    assert list_confirmations(store, found.facts).keys() == after.confirmed.keys()
    last = audit.newest_entries(store, 1, None)[0]
    assert (last.action, last.object) == (AuditAction.FACT_CONFIRMED, f"rules/{name}")
    assert browser.get("/staff/facts").status_code == 200


@pytest.mark.parametrize(
    ("key", "open_mark", "what_to_do"),
    [
        ("rights-cards/dismissal", "凭经验，待核实", "改成“对过转载本”"),
        ("rules/local", "凭经验，待核实", "checked_by"),
    ],
)
def test_who_confirms_what_pages_call_unchecked_is_told_who_has_to_change_it(
    publisher: Publisher, key: str, open_mark: str, what_to_do: str
) -> None:
    adopt_files(publisher.room, [] if key.startswith("rules") else [key])
    page, browser = f"/staff/facts/{key}", publisher.centre.staff("lawyer")
    facts = find_fact_file(publisher.room, LAWYER, *key.split("/")).facts
    fact = next(one for one in facts if one.certainty == open_mark)
    assert "网页上还写着" not in words_of(browser.get(page))
    browser.post(page, {"fact": fact.identity, "compared": "official"})
    assert "网页上还写着“还没核对”。" in words_of(browser.get(page))
    assert what_to_do in words_of(browser.get(page))
    found = find_fact_file(publisher.room, LAWYER, *key.split("/"))
    assert found.told_as_unchecked == {fact.identity}
    assert "核对了，网页还没改" in words_of(browser.get("/staff/facts"))


def test_a_changed_figure_of_a_table_is_to_be_confirmed_again(publisher: Publisher) -> None:
    found = find_fact_file(publisher.room, LAWYER, "rules", "local")
    fact = next(one for one in found.facts if one.sentence.startswith("月最低工资：2,100"))
    confirm_fact(publisher.room, LAWYER, "rules/local", fact.identity, "official")
    change(publisher.room.builder.root / fact.shown, "value = 2100", "value = 2110")
    after = find_fact_file(publisher.room, LAWYER, "rules", "local")
    assert after.waiting == len(after.facts) == len(found.facts)
    with pytest.raises(NotFound):
        find_fact_file(publisher.room, LAWYER, "rules", "synonyms")


def test_content_that_nobody_changed_is_read_once_for_all_clicks(
    known: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = identity_of(known)
    read: list[Path] = []
    monkeypatch.setattr(fact_review, "check_content", lambda root: read.append(root))
    confirm_fact(known.room, LAWYER, KEY, identity, "copy")
    assert identity in facts_of(known).confirmed
    assert read == []


def test_changed_sentence_loses_its_confirmation(known: Publisher) -> None:
    identity = identity_of(known)
    confirm_fact(known.room, LAWYER, KEY, identity, "copy")
    change(known.file(KEY), SENTENCE, "离职时，单位要把工资一次结清")
    adopt_files(known.room, [KEY])
    found = facts_of(known)
    assert found.waiting == len(found.facts)
    with pytest.raises(Changed, match="有人改过"):
        confirm_fact(known.room, LAWYER, KEY, identity, "copy")


def test_other_sentences_of_the_file_keep_theirs(known: Publisher) -> None:
    other = identity_of(known, "单位拖欠工资或者没发足，可以请法院发支付令")
    confirm_fact(known.room, LAWYER, KEY, other, "copy")
    change(known.file(KEY), SENTENCE, "离职时，单位要把工资一次结清")
    adopt_files(known.room, [KEY])
    assert facts_of(known).confirmed[other].by == "lawyer"
    assert facts_of(known).waiting == len(facts_of(known).facts) - 1


def test_editor_may_not_confirm(known: Publisher) -> None:
    with pytest.raises(NotAllowed, match="岗位"):
        confirm_fact(known.room, EDITOR, KEY, identity_of(known), "copy")
    assert known.centre.staff("editor").get(PAGE).status_code == 403


def test_who_wrote_the_page_does_not_confirm_it(known: Publisher) -> None:
    store = known.room.office.store
    article = articles.find_article(store, KEY)
    assert article is not None
    writer = Actor(article.author, STAFF["lawyer"])
    with pytest.raises(NotAllowed, match="换一个人"):
        confirm_fact(known.room, writer, KEY, identity_of(known), "copy")


def test_text_that_was_compared_must_be_said(known: Publisher) -> None:
    with pytest.raises(NotAccepted, match="哪个文本"):
        confirm_fact(known.room, APPROVER, KEY, identity_of(known), "")
    shown = known.centre.staff("approver").post(PAGE, {"fact": identity_of(known)})
    assert shown.status_code in {403, 422}
