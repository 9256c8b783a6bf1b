"""The `bangfu` command."""

import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click

from portal.config import (
    Config,
    ConfigProblem,
    load_config,
    missing_years,
    place_of,
    read_centre,
    read_rules,
)
from portal.demonstration import make_demonstration_link, seed_demonstration
from portal.domain.errors import NotAccepted, NotFound
from portal.domain.periods import local_date
from portal.domain.roles import ROLE_LABELS, Role
from portal.operations import signing_in, staffing
from portal.operations.office import Office
from portal.publishing.figures import publish_figures
from portal.server import PortTaken, now_utc, open_office, serve
from portal.store.audit import verify_chain
from portal.store.errors import InstanceProblem, KeyProblem, StoreError
from portal.store.instance import (
    Instance,
    create_instance,
    hold_instance,
    is_created,
    open_instance,
)
from site_src.build import build_site, check_content
from site_src.errors import SiteProblem
from site_src.printing.cards import PrintRun, choose_cards, find_fonts, print_cards

# sysexits.h, so that scripts can tell what happened
_DATA, _UNAVAILABLE, _TROUBLE, _IN_USE, _CONFIG = 65, 69, 70, 75, 78
_EXIT_CODES: tuple[tuple[type[Exception], int], ...] = (
    (ConfigProblem, _CONFIG),
    (KeyProblem, _CONFIG),
    (InstanceProblem, _IN_USE),
    (PortTaken, _UNAVAILABLE),
    (SiteProblem, _DATA),
    (NotAccepted, _DATA),
    (NotFound, _DATA),
    (StoreError, _TROUBLE),
)


@dataclass(frozen=True, slots=True)
class Where:
    """The folders of a command: the checkout with content and build, and the instance."""

    root: Path
    instance: Path


def stop(message: str, code: int) -> NoReturn:
    """Say in one line what is wrong and leave with a code that scripts can use."""
    click.echo(message, err=True)
    sys.exit(code)


def answer_for_problems(command: Callable[..., None]) -> Callable[..., None]:
    """Turn the problems that an operator can mend into one line and an exit code."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except tuple(kind for kind, _ in _EXIT_CODES) as problem:
            code = next(code for kind, code in _EXIT_CODES if isinstance(problem, kind))
            stop(str(problem), code)
        except BrokenPipeError:  # whoever reads our output has enough
            raise
        except OSError as problem:
            place = problem.filename or problem.strerror
            stop(f"{place}：不能读写（{problem.strerror}）。请检查权限、主人和磁盘。", _TROUBLE)

    return run


@contextmanager
def opened(
    where: Where, config: Config, *, thorough: bool = False
) -> Iterator[tuple[Instance, Office]]:
    """The instance of a command, closed at the end."""
    place = place_of(where.instance, config)
    if not is_created(place):
        raise InstanceProblem(f"{where.instance}：还没有建好。请先运行 bangfu init。")
    instance = open_instance(place, thorough=thorough)
    try:
        yield instance, open_office(instance, where.root / "content", config)
    finally:
        instance.db.close()


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--root", type=click.Path(path_type=Path), envvar="BANGFU_ROOT",
              default=Path(__file__).parents[1], help="content、build 所在的文件夹。")  # fmt: skip
@click.option("--instance", type=click.Path(path_type=Path), envvar="BANGFU_INSTANCE",
              default=None, help="数据文件夹，默认是 root 下的 instance。")  # fmt: skip
@click.pass_context
def main(context: click.Context, root: Path, instance: Path | None) -> None:
    """困难职工帮扶中心：网站和办件系统。"""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    context.obj = Where(root.resolve(), (instance or root / "instance").resolve())


@main.command()
@click.option("--login", default="admin", show_default=True, help="第一位系统管理员的用户名。")
@click.option("--name", default="系统管理员", show_default=True, help="他的姓名。")
@click.pass_obj
@answer_for_problems
def init(where: Where, login: str, name: str) -> None:
    """建一个新的数据文件夹，给出第一位系统管理员的一次性链接。

    例：bangfu init --login wangfang --name 王芳
    """
    config = load_config(where.instance)
    instance = create_instance(place_of(where.instance, config), now_utc())
    office = open_office(instance, where.root / "content", config)
    try:
        token = staffing.invite(office, login, name, frozenset({Role.ADMIN}), "system")
    except NotAccepted as problem:
        remedy = f"数据文件夹已经建好，请运行 bangfu staff add 用户名 姓名 {Role.ADMIN}"
        raise NotAccepted(f"{problem}。{remedy}") from None
    finally:
        instance.db.close()
    click.echo(f"建好了：{where.instance}")
    click.echo(f"请马上另外保存好密钥文件：{place_of(where.instance, config).key_file}")
    click.echo(f"系统管理员第一次登录（30 分钟内有效）：{_link(config, token)}")


def _link(config: Config, token: str) -> str:
    return f"{config.server.public_url}/staff/link/{token}"


@main.command("serve")
@click.option("--demo-links", is_flag=True, help="打印演示用的一次性登录链接。")
@click.pass_obj
@answer_for_problems
def serve_command(where: Where, demo_links: bool) -> None:
    """启动服务。按 Ctrl+C 停止。

    例：bangfu serve
    """
    config = load_config(where.instance)
    if demo_links:
        _require_demonstration(where, "用演示链接登录")
    with opened(where, config, thorough=True) as (_, office), hold_instance(where.instance):

        def ready() -> None:
            _warn_of_calendar(where)
            click.echo(f"网站：{config.server.public_url}")
            click.echo(f"工作台：{config.server.public_url}/staff/sign-in")
            if demo_links:
                _print_demo_links(config, office)
            click.echo("按 Ctrl+C 停止。")

        signal.signal(signal.SIGTERM, signal.default_int_handler)  # stops as Ctrl+C does
        with suppress(KeyboardInterrupt):
            serve(office, where.root, config, ready)
        click.echo("已停止。")


def _warn_of_calendar(where: Where) -> None:
    file = "content/rules/working_days.toml"
    rules = read_rules(where.root / "content")
    for year in missing_years(rules, local_date(now_utc())):
        if rules.calendar.knows(year):
            words = f"{year} 年的调休还没有填，期限可能差几天"
        else:
            words = f"没有 {year} 年的节假日，期限会只按周末算"
        click.echo(f"提醒：{file} 里，{words}。", err=True)


def _require_demonstration(where: Where, act: str) -> None:
    if not read_centre(where.root / "content").demonstration:
        raise ConfigProblem(f"content/centre.toml：demonstration 不是 true，不能{act}。")


def _print_demo_links(config: Config, office: Office) -> None:
    click.echo("演示用的登录链接，每个只能用一次，30 分钟内有效：")
    for role, label in ROLE_LABELS.items():
        click.echo(f"  {label}：{_link(config, make_demonstration_link(office, role))}")


@main.command()
@click.option("--if-new", is_flag=True, help="已经有数据就什么都不做。")
@click.pass_obj
@answer_for_problems
def demo(where: Where, if_new: bool) -> None:
    """建一个演示中心：人和事都是编的。

    例：bangfu demo --if-new
    """
    config = load_config(where.instance)
    place = place_of(where.instance, config)
    if is_created(place) and if_new:
        return
    _require_demonstration(where, "放演示数据")
    instance = create_instance(place, now_utc())
    office = open_office(instance, where.root / "content", config)
    with click.progressbar(length=1000, label="正在编演示数据", file=sys.stderr) as bar:
        seed_demonstration(office, lambda done, of: bar.update(done * 1000 // of - bar.pos))
    instance.db.close()


@main.group()
def site() -> None:
    """公开网站。"""


@site.command()
@click.pass_obj
@answer_for_problems
def check(where: Where) -> None:
    """检查 content 里的内容，不生成网站。

    例：bangfu site check
    """
    check_content(where.root)
    click.echo("内容没有问题。")


@site.command()
@click.pass_obj
@answer_for_problems
def build(where: Where) -> None:
    """公布数字，生成网站，一下子换上去。

    例：bangfu site build
    """
    started = time.monotonic()
    config = load_config(where.instance)
    if is_created(place_of(where.instance, config)):
        with opened(where, config) as (instance, _):
            source = read_centre(where.root / "content").name
            folder = where.root / "build" / "public-data"
            publish_figures(instance.db, now_utc(), source, folder)
    address = config.server.public_url
    report = build_site(where.root, _tell_at_a_terminal, address)
    click.echo(f"网站换好了：{report.pages} 页，用了 {time.monotonic() - started:.1f} 秒。")


@site.command("print-cards")
@click.argument("slugs", nargs=-1, metavar="[维权卡文件名]...")
@click.option("--all", "every", is_flag=True, help="所有的维权卡。")
@click.option("--batch", required=True, help="印在卡上的批次号：数字、字母、连字符。")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True,
              help="PDF 放到哪个文件夹。")  # fmt: skip
@click.option("--poster", is_flag=True, help="再做一张 A4 海报。")
@click.pass_obj
@answer_for_problems
def print_cards_command(
    where: Where, slugs: tuple[str, ...], every: bool, batch: str, out: Path, poster: bool
) -> None:
    """做维权卡的 PDF：单张卡，A4 一版十张，要的话还有海报。

    例：bangfu site print-cards unpaid-wages work-injury --batch 2026-11 --out cards --poster
    """
    if every == bool(slugs):
        raise click.UsageError("请写维权卡的文件名（不带 .md），或者只写 --all。")
    public_url = load_config(where.instance).server.public_url
    content = check_content(where.root)
    cards = choose_cards(content, slugs) if slugs else content.cards
    run = PrintRun(content, public_url, batch, find_fonts())
    files = print_cards(run, cards, out, _tell_at_a_terminal, poster=poster)
    click.echo(f"做好了：{out}，{len(files)} 个 PDF。二维码打开的是 {public_url} 上的网页。")
    click.echo("打印 sheet 时选“实际大小”、双面、“长边翻转”。先印一张，用手机扫一扫再多印。")


def _tell_at_a_terminal(words: str) -> None:
    if sys.stderr.isatty():  # a timer job wants to hear of problems only
        click.echo(f"  {words}", err=True)


@main.group()
def staff() -> None:
    """工作人员的账号。"""


@staff.command("add")
@click.argument("login")
@click.argument("name")
@click.argument("roles", nargs=-1, required=True, type=click.Choice([str(role) for role in Role]))
@click.pass_obj
@answer_for_problems
def add_staff(where: Where, login: str, name: str, roles: tuple[str, ...]) -> None:
    """加一个账号，给出设密码的一次性链接。

    例：bangfu staff add wangfang 王芳 intake
    """
    config = load_config(where.instance)
    with opened(where, config) as (_, office):
        duties = frozenset(Role(role) for role in roles)
        token = staffing.invite(office, login, name, duties, _operator())
        click.echo(_link(config, token))


@staff.command("link")
@click.argument("login")
@click.pass_obj
@answer_for_problems
def link_staff(where: Where, login: str) -> None:
    """给忘了密码的人一个新的一次性链接。

    例：bangfu staff link wangfang
    """
    config = load_config(where.instance)
    with opened(where, config) as (_, office):
        try:
            token = signing_in.make_link(office, login, signing_in.INVITATION, _operator())
        except NotFound:
            raise NotAccepted(f"没有用户名“{login}”。用 bangfu staff list 看一看。") from None
        click.echo(_link(config, token))


@staff.command("list")
@click.pass_obj
@answer_for_problems
def list_staff(where: Where) -> None:
    """列出所有账号。

    例：bangfu staff list
    """
    with opened(where, load_config(where.instance)) as (_, office):
        for account in staffing.list_accounts(office):
            duties = "、".join(ROLE_LABELS[role] for role in sorted(account.roles))
            state = "已停用" if account.disabled else "在用"
            click.echo(f"{account.login}\t{account.name}\t{duties}\t{state}")


def _operator() -> str:
    return f"command line {os.environ.get('USER', '')}".strip()


@main.command()
@click.pass_obj
@answer_for_problems
def verify(where: Where) -> None:
    """检查操作记录有没有被改动，打印链头，请另外抄下来。

    例：bangfu verify
    """
    with opened(where, load_config(where.instance)) as (instance, _):
        count, head = verify_chain(instance.db, instance.ring)
        click.echo(f"操作记录 {count} 条，都是原样。链头：{head}")


if __name__ == "__main__":
    main()
