"""One invented manuscript for the demonstration: written by one person, waiting for another."""

from portal.domain.accounts.actor import Actor
from portal.newsroom import manuscripts
from portal.operations.office import Office
from site_src.manuscripts import write_manuscript

_BODY = """冬天用电用气多，容易出事。下面几件事，花不了几分钟。

## 睡觉以前看一看

- 炉子、电热毯关好，煤气阀门拧紧。
- 宿舍里不要用明火取暖，窗户留一条缝。

## 出了事怎么办

头晕、恶心、没力气，可能是煤气中毒，马上开窗到外面去，打120。

宿舍电线老化、单位不管的，打[12351](tel:12351)告诉我们。
"""


def seed_article(office: Office, author: Actor) -> None:
    """Put the manuscript before whoever releases it."""
    typed = {
        "title": "冬天住宿舍，这几件事要小心（示范数据）",
        "issued_on": office.today().isoformat(),
        "kind": "其他",
        "ends_on": "",
        "demonstration": "true",
    }
    text = write_manuscript("notices", typed, _BODY)
    article = manuscripts.begin_article(office, author, "notices", "winter-dormitory-safety", text)
    manuscripts.hand_over_manuscript(office, author, article.key, article.edition)
