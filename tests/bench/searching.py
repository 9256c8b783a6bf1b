"""How long the server takes to answer a search: the whole request, from typed words to HTML."""

import gc
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from urllib.parse import urlencode

from flask import Flask

from portal.public.site import search
from portal.settings.config import read_centre, read_rules
from portal.web.theme import public_style, register_theme
from site_src.collections import name_kinds
from site_src.search_index import SearchEntry, write_search_index

CONTENT = Path(__file__).parents[2] / "content"
LENGTH = 1600
PLAIN = (
    "欠薪", "工伤 认定", "老板不给钱怎么办", "国令 375", "〔2016〕", "工资", "工", "怎么认定工伤",
    "怀孕了被辞退怎么办", "我在工地上摔断腿老板不管怎么办",
    "工资 工伤 单位 仲裁 申请 赔偿 可以 不能 公司 合同 时间 条例 规定",
)  # fmt: skip


def make_entries(pages: int) -> Iterator[SearchEntry]:
    """Pages of about LENGTH characters: sentences of the real content, shuffled."""
    chance = Random(7)  # noqa: S311
    files = sorted(CONTENT.glob("*/*.md"))
    sentences = [s for file in files for s in re.findall(r"[^。\n]{8,}", file.read_text("utf-8"))]
    titles = [re.findall(r"标题: ?(.+)", file.read_text("utf-8"))[0] for file in files]
    kinds = list(name_kinds().items())
    for number in range(pages):
        text = ""
        while len(text) < LENGTH:
            text += chance.choice(sentences) + "。"
        folder, kind = kinds[number % len(kinds)]
        yield SearchEntry(
            f"/{folder}/page-{number}/", f"{chance.choice(titles)} {number}", kind, text
        )


def make_queries(entries: list[SearchEntry], count: int) -> Iterator[str]:
    """What people type, cut-outs of one to three words, and every tenth 40 characters long."""
    chance = Random(11)  # noqa: S311
    yield from PLAIN
    for number in range(count - len(PLAIN)):
        text = chance.choice(entries).text
        lengths = [40] if number % 10 == 0 else chance.choices((2, 2, 3, 4, 6), k=1 + number % 3)
        starts = [chance.randrange(LENGTH - length) for length in lengths]
        cuts = [text[start : start + length] for start, length in zip(starts, lengths, strict=True)]
        yield " ".join(cuts)


def measure_search(pages: int = 5000, queries: int = 200) -> dict[str, float]:
    """Print and return median and worst of so many searches, in milliseconds of processor time."""
    entries = list(make_entries(pages))
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        start = process_time()
        write_search_index(site, entries)
        figures = {"index_s": process_time() - start}
        app = Flask("portal.public", static_folder=None)
        register_theme(app, read_centre(CONTENT), public_style())
        app.register_blueprint(search.blueprint(site, read_rules(CONTENT)))
        client = app.test_client()
        start = process_time()
        client.get("/search?q=qianxin")  # once: templates are compiled, the lexicon is made
        figures["first_ms"] = 1000 * (process_time() - start)
        gc.freeze()  # thousands of entries that only the measuring holds
        taken = {}
        for typed in make_queries(entries, queries):
            start = process_time()
            answer = client.get(f"/search?{urlencode({'q': typed})}")
            taken[typed] = 1000 * (process_time() - start)
            if answer.status_code != 200:
                raise RuntimeError(typed)
    slowest = max(taken, key=lambda typed: taken[typed])
    figures |= {"median_ms": median(taken.values()), "worst_ms": taken[slowest]}
    print(f"{pages} 页，{queries} 次搜索，处理器时间：一半在 {figures['median_ms']:.1f} 毫秒以内，"
          f"最慢 {figures['worst_ms']:.1f} 毫秒（{slowest}）；"
          f"第一次 {figures['first_ms']:.0f} 毫秒；"
          f"写索引 {figures['index_s']:.1f} 秒")  # fmt: skip
    return figures


if __name__ == "__main__":
    measure_search()
