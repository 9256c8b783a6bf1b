"""Articles in every state of the newsroom, written and released by the staff of the instance."""

from dataclasses import dataclass

from portal.domain.content.articles import Article
from portal.newsroom import content_folder, manuscripts, release
from portal.newsroom.content_folder import Newsroom
from site_src.errors import SiteBusy
from site_src.manuscripts import write_manuscript
from tests.instances.filling import AUTUMN, actor_of
from tests.instances.stories import DAY, Book, Story

COLLECTION = "notices"
_EDITOR, _APPROVER = actor_of("editor"), actor_of("approver")


@dataclass
class Jam:
    """Whether the site is being built just now, as when the program is killed before its turn."""

    busy: bool = False

    def __call__(self) -> None:
        """Stand in for a build."""
        if self.busy:
            raise SiteBusy([])


def text_of(title: str, body: str) -> str:
    """Write a manuscript of a notice."""
    typed = {
        "title": f"{title}（示范数据）", "issued_on": "2026-09-01", "kind": "其他", "ends_on": "",
        "demonstration": "true",
    }  # fmt: skip
    return write_manuscript(COLLECTION, typed, body)


def begin(news: Newsroom, slug: str, title: str) -> Article:
    """Begin a notice."""
    text = text_of(title, f"{title}，请看好日子。\n\n有事打[12351](tel:12351)。")
    return manuscripts.begin_article(news.office, _EDITOR, COLLECTION, slug, text)


def submit(news: Newsroom, slug: str, title: str) -> Article:
    """Begin a notice and hand it over for release."""
    article = begin(news, slug, title)
    return manuscripts.submit_for_release(news, _EDITOR, article.key, article.edition)


def publish(news: Newsroom, slug: str, title: str) -> Article:
    """Bring a notice to the site."""
    article = submit(news, slug, title)
    return manuscripts.release(news, _APPROVER, article.key, article.edition)


def revise(news: Newsroom, article: Article, body: str) -> Article:
    """Write an article anew."""
    text = text_of(article.title.removesuffix("（示范数据）"), body)
    return manuscripts.save_manuscript(news.office, _EDITOR, article.key, article.edition, text)


def write_for_the_site(book: Book, news: Newsroom, jam: Jam) -> Story:
    """Tell how articles come and go, and leave one in each state."""
    release.publish_due(news)
    yield DAY
    begin(news, "still-a-draft", "还在写的通知")
    returned = submit(news, "sent-back", "退回来的通知")
    why = "日期写错了，请再核一遍。"
    manuscripts.return_manuscript(news.office, _APPROVER, returned.key, returned.edition, why)
    submit(news, "waiting", "等人发布的通知")
    planned = submit(news, "on-new-years-day", "元旦放假的通知")
    manuscripts.schedule(news, _APPROVER, planned.key, planned.edition, "2027-01-01", "08:30")
    yield DAY
    second = revise(news, publish(news, "two-editions", "发过两版的通知"), "第二版：改了地点。")
    second = manuscripts.submit_for_release(news, _EDITOR, second.key, second.edition)
    second = manuscripts.release(news, _APPROVER, second.key, second.edition)
    revise(news, second, "第三版还没有送审。")
    gone = publish(news, "taken-down", "已经撤下的通知")
    manuscripts.withdraw_article(news, _APPROVER, gone.key, gone.edition, "活动取消了。")
    yield DAY
    change_in_folder(news)
    yield DAY
    old = publish(news, "restored", "恢复过的通知")
    revised = revise(news, old, "写坏了的一稿。")
    manuscripts.restore_version(news.office, _EDITOR, old.key, revised.edition, 1)
    leave_unfinished(news, jam)


def change_in_folder(news: Newsroom) -> None:
    """Let somebody work in the folder, past the workbench; it is taken in."""
    publish(news, "changed-on-disk", "在文件夹里改的通知")
    publish(news, "deleted-on-disk", "删掉的通知")
    folder = news.builder.root / "content" / COLLECTION
    changed = folder / "changed-on-disk.md"
    changed.write_text(changed.read_text("utf-8") + "\n文件夹里加的一句。\n", "utf-8")
    (folder / "deleted-on-disk.md").unlink()
    for slug in ("changed-on-disk", "deleted-on-disk"):
        content_folder.look_again(news, f"{COLLECTION}/{slug}")
    release.publish_due(news)


def leave_unfinished(news: Newsroom, jam: Jam) -> None:
    """Leave one article marked to be published and one whose page is being taken down."""
    going = publish(news, "being-taken-down", "正在撤下的通知")
    coming = submit(news, "being-printed", "正在发布的通知")
    jam.busy = True
    manuscripts.release(news, _APPROVER, coming.key, coming.edition)
    manuscripts.withdraw_article(news, _APPROVER, going.key, going.edition, "换了新的。")


BEGINS = AUTUMN + 40 * DAY
