"""`bangfu site`: write, check, preview, build and print what the centre publishes."""

import signal
import time
from contextlib import suppress
from errno import EADDRINUSE
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from portal.cli.common import (
    Where,
    answer_for_problems,
    opened,
    remind,
    tell_at_a_terminal,
    today,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from site_src.collections import ContentCollection
    from site_src.facts import Fact

PREVIEW_PORT = 8001


@click.group()
def site() -> None:
    """公开网站。"""


class _Kind(click.ParamType["ContentCollection"]):
    """The word for a collection, looked up when it is wanted: schemas are slow to load."""

    name = "kind"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Show every word."""
        return f"[{'|'.join(_starters())}]"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> "ContentCollection":
        """Find the collection."""
        word = click.Choice(list(_starters())).convert(value, param, ctx)
        return _starters()[word]


class _CommandWithKinds(click.Command):
    """Tells in its help what each word stands for."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the words below the help."""
        super().format_help_text(ctx, formatter)
        words = "，".join(f"{word} {row.label}" for word, row in _starters().items())
        formatter.write(f"\n  {words}。\n")


def _starters() -> "dict[str, ContentCollection]":
    from site_src.collections import list_starters

    return list_starters()


@site.command(cls=_CommandWithKinds)
@click.argument("kind", type=_Kind())
@click.argument("slug", metavar="文件名")
@click.pass_obj
@answer_for_problems
def new(where: Where, kind: "ContentCollection", slug: str) -> None:
    """开一篇新的，各项都列好，写着该填什么。

    文件名用小写英文字母、数字和连字符，不带 .md。

    例：bangfu site new notice spring-festival-hours
    """
    from site_src.scaffold import start_file

    path = start_file(where.root, kind, slug, today())
    click.echo(f"建好了：{path}")
    click.echo("请用编辑器填好各项，再运行 bangfu site check，它会说还差什么。")


@site.command()
@click.pass_obj
@answer_for_problems
def check(where: Where) -> None:
    """检查 content 里的内容，不生成网站；也说哪些句子太长、哪些词不常用。

    例：bangfu site check
    """
    from portal.settings.blanks import list_blanks, write_blanks
    from portal.settings.config import load_config, read_rules
    from site_src.build import check_content
    from site_src.errors import SiteProblem
    from site_src.placeholders import BlanksLeft
    from site_src.vocabulary.report import report_vocabulary

    has_rules = (where.root / "content" / "rules").is_dir()
    rules = read_rules(where.root / "content") if has_rules else None  # as the server reads them
    blanks = list_blanks(where.root / "content", where.instance, load_config(where.instance))
    try:
        check_content(where.root)
    except BlanksLeft:
        pass  # they are listed below
    except SiteProblem as problem:
        if not blanks:
            raise
        click.echo(str(problem), err=True)
    if blanks:
        click.echo(write_blanks(blanks))
        word = "real_words"
        raise SiteProblem(
            [
                f"这里是正式的中心，还有 {len(blanks)} 处是编的或者空着的，网站和服务都不会开。"
                f"真有这个词的，写进 content/centre.toml 的 {word}。"
            ]
        )
    for line in report_vocabulary(where.root):
        click.echo(line)
    click.echo("内容没有问题。")
    if rules:
        remind(rules)


@site.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="清单放到哪个文件夹；下一次放在同一个里，就写出改了什么。",
)
@click.pass_obj
@answer_for_problems
def facts(where: Where, out: Path) -> None:
    """列出网站上每一条法律事实，给审的律师打印：文件、行、说法、依据、程度、核对人。

    例：bangfu site facts --out facts
    """
    from site_src.build import check_content
    from site_src.facts import FACTS_PAGE, collect_facts, write_report

    found = collect_facts(check_content(where.root), where.root / "content")
    new, gone = write_report(found, out, today(), _name_checkers(where, found))
    click.echo(
        f"做好了：{out / FACTS_PAGE}，{len(found)} 条；新的、改过的 {new} 条，没有了的 {gone} 条。"
    )


def _name_checkers(where: Where, found: "Sequence[Fact]") -> dict[str, str]:
    from portal.domain.shared.dates import local_date
    from portal.newsroom.fact_review import list_confirmations
    from portal.settings.config import instance_place, load_config
    from portal.store.centre.instance import is_created

    config = load_config(where.instance)
    if not is_created(instance_place(where.instance, config)):
        return {}
    with opened(where, config) as (store, _):
        seen = list_confirmations(store, found).values()
    return {one.identity: f"{one.by}，{local_date(one.at)}，{one.text}" for one in seen}


@site.command()
@click.pass_obj
@answer_for_problems
def build(where: Where) -> None:
    """公布数字，生成网站，一下子换上去。

    例：bangfu site build
    """
    from portal.settings.blanks import require_filled
    from portal.settings.config import load_config
    from site_src.stamp import is_site_current

    started = time.monotonic()
    config = load_config(where.instance)
    address = config.server.public_url
    require_filled(where.root / "content", where.instance, config)
    publish_for_site(where)
    if is_site_current(where.root, address, today()):
        click.echo("没有改动，网站不用换。")
        return
    from site_src.build import build_site  # slow to load

    report = build_site(where.root, tell_at_a_terminal, address)
    click.echo(f"网站换好了：{report.pages} 页，用了 {time.monotonic() - started:.1f} 秒。")


def publish_for_site(where: Where) -> None:
    """Write build/public-data/; without an instance only what needs no cases."""
    from portal.publishing.privacy import publish_privacy
    from portal.publishing.public_data import publish_everything
    from portal.server.serve import now_utc
    from portal.settings.config import instance_place, load_config, read_centre, read_rules
    from portal.store.centre.instance import is_created

    content, folder = where.root / "content", where.root / "build" / "public-data"
    config = load_config(where.instance)
    if not is_created(instance_place(where.instance, config)):
        publish_privacy(folder)
        return
    with opened(where, config) as (instance, _):
        centre, rules = read_centre(content), read_rules(content)
        publish_everything(instance, now_utc(), centre, folder, rules)


@site.command("serve")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=PREVIEW_PORT,
    show_default=True,
    help="在哪个端口上看。",
)
@click.pass_obj
@answer_for_problems
def preview_site(where: Where, port: int) -> None:
    """边写边看：存一次文件，浏览器里就换成新的。只有本机能看，按 Ctrl+C 停止。

    正在用的网站不会动。写错了会说哪个文件、哪一行、怎么改，浏览器里还是上一次的样子。

    例：bangfu site serve
    """
    from portal.server.serve import PortTaken
    from site_src.preview import serve_preview

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stops as Ctrl+C does
    try:
        with suppress(KeyboardInterrupt):
            serve_preview(where.root, port, click.echo)
    except OSError as problem:
        if problem.errno != EADDRINUSE:
            raise
        remedy = "请换一个，比如 bangfu site serve --port 8002"
        raise PortTaken(f"端口 {port} 已经被别的程序占用。{remedy}。") from None
    click.echo("已停止。")


@site.command("print-cards")
@click.argument("slugs", nargs=-1, metavar="[维权卡文件名]...")
@click.option("--all", "every", is_flag=True, help="所有的维权卡。")
@click.option("--batch", required=True, help="印在卡上的批次号：数字、字母、连字符。")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="PDF 放到哪个文件夹。",
)
@click.option("--poster", is_flag=True, help="再做一张 A4 海报。")
@click.pass_obj
@answer_for_problems
def print_cards_command(
    where: Where, slugs: tuple[str, ...], every: bool, batch: str, out: Path, poster: bool
) -> None:
    """做维权卡的 PDF：单张卡，A4 一版十张，要的话还有海报。

    例：bangfu site print-cards unpaid-wages work-injury --batch 2026-11 --out cards --poster
    """
    from portal.settings.config import load_config
    from site_src.build import check_content
    from site_src.printouts.cards import PrintRun, choose_cards, find_fonts, print_cards
    from site_src.schemas import RightsCard

    if every == bool(slugs):
        raise click.UsageError("请写维权卡的文件名（不带 .md），或者只写 --all。")
    public_url = load_config(where.instance).server.public_url
    content = check_content(where.root)
    cards = choose_cards(content, slugs) if slugs else content.of(RightsCard)
    run = PrintRun(content, public_url, batch, find_fonts(), today())
    files = print_cards(run, cards, out, tell_at_a_terminal, poster=poster)
    click.echo(f"做好了：{out}，{len(files)} 个 PDF。二维码打开的是 {public_url} 上的网页。")
    click.echo("打印 sheet 时选“实际大小”、双面、“长边翻转”。先印一张，用手机扫一扫再多印。")
