"""What readers would not see as it was meant stands beside the body, with a mend to click."""

from tests.app.portal.test_editing_pages import FIELDS, NEW, PAGE, open_page
from tests.support.browser import typed_in, words_of
from tests.support.newsroom import Publisher
from tests.support.walking import went_on

SLIPPED = "请**务必带。\n\n> 5000 元的，要批。\n\n劳动能力鉴\n定委员会\n\n一段。\n{: .red }"


def test_what_would_be_lost_is_told_beside_the_body_and_mended_by_a_button(
    publisher: Publisher,
) -> None:
    publisher.draft()
    editor = open_page(publisher)
    before = publisher.centre.contents()
    fields = FIELDS | {"body": SLIPPED, "edition": "1"}
    shown = editor.post(PAGE, fields | {"button": "preview"})
    told = words_of(shown)
    for words in ("第 1 行“请**务必带。”", "第 3 行“> 5000 元的，要批。”", "第 6 行", "第 9 行"):
        assert words in told
    mended = editor.post(PAGE, fields | {"button": "mend 2 0"})
    assert typed_in(mended, "body") == [SLIPPED.replace("> 5000", "＞5000")]
    assert "改好了，还没有保存" in words_of(mended)
    assert SLIPPED.split("\n")[2] in words_of(mended)  # as it was typed, to be had back
    parted = editor.post(PAGE, fields | {"button": "mend 5 1"})
    assert typed_in(parted, "body") == [SLIPPED.replace("鉴\n定", "鉴\n\n定")]
    assert publisher.centre.contents() == before


def test_all_mends_at_once_leave_only_what_a_person_must_say(publisher: Publisher) -> None:
    editor = open_page(publisher, page=NEW)
    fields = FIELDS | {"body": SLIPPED, "slug": "x"}
    mended = editor.post(NEW, fields | {"button": "mend all"})
    body = "请务必带。\n\n＞5000 元的，要批。\n\n劳动能力鉴\n定委员会\n\n一段。\n{: .red }"
    assert typed_in(mended, "body") == [body]
    assert typed_in(mended, "slug") == ["x"]
    assert words_of(mended).count("正文第") == 2  # a choice, and what only a person can say
    for button in ("mend 2 9", "mend 99 0", "mend x", "mend all"):
        again = editor.post(NEW, fields | {"body": body, "button": button})
        assert typed_in(again, "body") == [body]
        assert "没有要改的了" in words_of(again)


def test_cells_pasted_from_a_spreadsheet_become_a_table_by_a_button(publisher: Publisher) -> None:
    editor = open_page(publisher, page=NEW)
    fields = FIELDS | {"body": "项目\t元\r\n生活\t5", "slug": "x"}
    assert "做成表格" in words_of(editor.post(NEW, fields | {"button": "preview"}))
    made = editor.post(NEW, fields | {"button": "mend 0 0"})
    assert typed_in(made, "body") == ["| 项目 | 元 |\n|---|---|\n| 生活 | 5 |"]


def test_a_loss_is_told_once_after_saving(publisher: Publisher) -> None:
    publisher.draft()
    editor = open_page(publisher)
    sent = editor.post(PAGE, FIELDS | {"body": "> 5000 元的。", "edition": "1", "button": "save"})
    assert words_of(editor.get(went_on(sent))).count("大于号") == 1
