"""The `bangfu` command.

The store and both apps take long to load; a command imports them when it runs.
"""

import logging
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portal.cli.backup import backup, backup_key, restore
from portal.cli.common import (
    Where,
    answer_for_problems,
    opened,
    operator,
    remind,
    show_progress,
)
from portal.cli.figures import figures
from portal.cli.forms import forms
from portal.cli.site import site
from portal.domain.accounts.permissions import ROLE_LABELS, Duties, Role
from portal.domain.shared.errors import NotAccepted, NotFound

if TYPE_CHECKING:
    from portal.operations.office import Office
    from portal.settings.config import Config


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--root",
    type=click.Path(path_type=Path),
    envvar="BANGFU_ROOT",
    default=Path(__file__).parents[2],
    help="content、build 所在的文件夹。",
)
@click.option(
    "--instance",
    type=click.Path(path_type=Path),
    envvar="BANGFU_INSTANCE",
    default=None,
    help="数据文件夹，默认是 root 下的 instance。",
)
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
    from portal.operations.accounts import staff_accounts
    from portal.server.serve import now_utc, open_office
    from portal.settings.config import instance_place, load_config
    from portal.store.centre.instance import create_instance

    config = load_config(where.instance)
    instance = create_instance(instance_place(where.instance, config), now_utc())
    office = open_office(instance, where.root / "content", config)
    try:
        token = staff_accounts.invite(office, login, name, frozenset({Role.ADMIN}), "system")
    except NotAccepted as problem:
        remedy = f"数据文件夹已经建好，请运行 bangfu staff add 用户名 姓名 {Role.ADMIN}"
        raise NotAccepted(f"{problem}。{remedy}") from None
    finally:
        instance.db.close()
    click.echo(f"建好了：{where.instance}")
    click.echo(f"请马上另外保存好密钥文件：{instance_place(where.instance, config).key_file}")
    click.echo(f"系统管理员第一次登录（30 分钟内有效）：{_link(config, token)}")


def _link(config: "Config", token: str) -> str:
    return f"{config.server.public_url}/staff/link/{token}"


@main.command("serve")
@click.option("--demo-links", is_flag=True, help="打印演示用的一次性登录链接。")
@click.pass_obj
@answer_for_problems
def serve_command(where: Where, demo_links: bool) -> None:
    """启动服务。按 Ctrl+C 停止。

    例：bangfu serve
    """
    from portal.server.serve import open_notice_sender, serve
    from portal.settings.blanks import require_filled
    from portal.settings.config import instance_place, load_config
    from portal.store.centre.instance import hold_instance
    from portal.store.centre.restore import forget_restoration

    config = load_config(where.instance)
    if demo_links:
        _require_demonstration(where, "用演示链接登录")
    require_filled(where.root / "content", where.instance, config)
    notice_sender = open_notice_sender(where.instance, where.root, config)
    with opened(where, config, thorough=True) as (_, office), hold_instance(where.instance):
        with suppress(OSError):  # it only takes room
            forget_restoration(instance_place(where.instance, config))

        def ready() -> None:
            remind(office.rules)
            click.echo(f"网站：{config.server.public_url}")
            click.echo(f"工作台：{config.server.public_url}/staff/sign-in")
            if demo_links:
                _print_demo_links(config, office)
            click.echo("按 Ctrl+C 停止。")

        signal.signal(signal.SIGTERM, signal.default_int_handler)  # stops as Ctrl+C does
        with suppress(KeyboardInterrupt):
            serve(office, where.root, config, notice_sender, ready)
        click.echo("已停止。")


def _require_demonstration(where: Where, act: str) -> None:
    from portal.settings.config import ConfigProblem, read_centre

    if not read_centre(where.root / "content").demonstration:
        raise ConfigProblem(f"content/centre.toml：demonstration 不是 true，不能{act}。")


def _print_demo_links(config: "Config", office: "Office") -> None:
    from portal.demo.cases import make_demonstration_link, make_links_of_seconds

    click.echo("演示用的登录链接，每个只能用一次，30 分钟内有效：")
    for role, label in ROLE_LABELS.items():
        click.echo(f"  {label}：{_link(config, make_demonstration_link(office, role))}")
    for name, token in make_links_of_seconds(office).items():
        click.echo(f"  {name}，要第二个人时用：{_link(config, token)}")


@main.command()
@click.option("--if-new", is_flag=True, help="已经有数据就什么都不做。")
@click.pass_obj
@answer_for_problems
def demo(where: Where, if_new: bool) -> None:
    """建一个演示中心：人和事都是编的。

    例：bangfu demo --if-new
    """
    from portal.demo.cases import seed_demonstration
    from portal.server.serve import now_utc, open_office
    from portal.settings.config import instance_place, load_config
    from portal.store.centre.instance import create_instance, is_created

    config = load_config(where.instance)
    place = instance_place(where.instance, config)
    if is_created(place) and if_new:
        return
    _require_demonstration(where, "放演示数据")
    instance = create_instance(place, now_utc())
    office = open_office(instance, where.root / "content", config)
    with click.progressbar(length=1000, label="正在编演示数据", file=sys.stderr) as bar:
        seed_demonstration(office, lambda done, of: bar.update(done * 1000 // of - bar.pos))
    instance.db.close()


main.add_command(site)
main.add_command(forms)
main.add_command(figures)
for command in (backup, backup_key, restore):
    main.add_command(command)


@main.group()
def staff() -> None:
    """工作人员的账号。"""


@staff.command("add")
@click.argument("login")
@click.argument("name")
@click.argument("roles", nargs=-1, required=True, type=click.Choice([str(role) for role in Role]))
@click.option("--town", "towns", multiple=True, help="镇街经办管的镇（街道）代码，可写几个")
@click.pass_obj
@answer_for_problems
def add_staff(
    where: Where, login: str, name: str, roles: tuple[str, ...], towns: tuple[str, ...]
) -> None:
    """加一个账号，给出设密码的一次性链接。

    例：bangfu staff add wangfang 王芳 intake
    """
    from portal.operations.accounts import staff_accounts
    from portal.settings.config import load_config

    config = load_config(where.instance)
    with opened(where, config) as (_, office):
        new_roles = frozenset(Role(role) for role in roles)
        token = staff_accounts.invite(office, login, name, new_roles, operator(), frozenset(towns))
        click.echo(_link(config, token))


@staff.command("link")
@click.argument("login")
@click.pass_obj
@answer_for_problems
def link_staff(where: Where, login: str) -> None:
    """给忘了密码的人一个新的一次性链接。

    例：bangfu staff link wangfang
    """
    from portal.operations.accounts import sessions
    from portal.settings.config import load_config

    config = load_config(where.instance)
    with opened(where, config) as (_, office):
        try:
            token = sessions.make_link(office, login, sessions.INVITATION, operator())
        except NotFound:
            raise NotAccepted(f"没有用户名“{login}”。用 bangfu staff list 看一看。") from None
        click.echo(_link(config, token))


@staff.command("role")
@click.argument("login")
@click.argument("roles", nargs=-1, required=True, type=click.Choice([str(role) for role in Role]))
@click.option("--town", "towns", multiple=True, help="镇街经办管的镇（街道）代码，可写几个")
@click.pass_obj
@answer_for_problems
def role_staff(where: Where, login: str, roles: tuple[str, ...], towns: tuple[str, ...]) -> None:
    """改一个人的岗位：写全他以后所有的岗位。他要重新登录。

    例：bangfu staff role wangfang reviewer lawyer
    """
    from portal.operations.cases import assignment
    from portal.settings.config import load_config

    with opened(where, load_config(where.instance)) as (_, office):
        new_roles = frozenset(Role(role) for role in roles)
        try:
            duties = Duties(new_roles, frozenset(towns))
            assignment.change_duties_and_release(office, login, duties, operator())
        except NotFound:
            raise NotAccepted(f"没有用户名“{login}”。用 bangfu staff list 看一看。") from None
        click.echo(f"{login}：{'、'.join(ROLE_LABELS[role] for role in sorted(new_roles))}")


@staff.command("same")
@click.argument("login")
@click.argument("other")
@click.pass_obj
@answer_for_problems
def same_staff(where: Where, login: str, other: str) -> None:
    """记下两个用户名是同一个人：一个办过的，另一个不能再当第二个人。

    例：bangfu staff same wangfang wangfang2
    """
    from portal.operations.accounts import staff_accounts
    from portal.settings.config import load_config

    with opened(where, load_config(where.instance)) as (_, office):
        try:
            staff_accounts.join_person(office, login, other, operator())
        except NotFound as unknown:
            raise NotAccepted(f"没有用户名“{unknown}”。用 bangfu staff list 看一看。") from None
        click.echo(f"记下了：{login} 和 {other} 是同一个人。")


@staff.command("list")
@click.pass_obj
@answer_for_problems
def list_staff(where: Where) -> None:
    """列出所有账号。

    例：bangfu staff list
    """
    from portal.operations.accounts import staff_accounts
    from portal.settings.config import load_config

    with opened(where, load_config(where.instance)) as (_, office):
        for account in staff_accounts.list_accounts(office):
            labels = "、".join(ROLE_LABELS[role] for role in sorted(account.roles))
            state = "已停用" if account.disabled else "在用"
            click.echo(f"{account.login}\t{account.name}\t{labels}\t{state}")


@main.command()
@click.pass_obj
@answer_for_problems
def verify(where: Where) -> None:
    """检查操作记录有没有被改动，打印链头，请另外抄下来。再把办件和结过账的月份重新算一遍。

    例：bangfu verify
    """
    from portal.operations.centre.recount import find_wrong_cases, find_wrong_contacts
    from portal.operations.figures.reports import find_wrong_months
    from portal.settings.config import load_config
    from portal.store.audit import verify_chain

    with opened(where, load_config(where.instance)) as (store, office):
        count, head = verify_chain(store)
        click.echo(f"操作记录 {count} 条，都是原样。链头：{head}")
        with show_progress() as progress:
            wrong = find_wrong_cases(office, progress)
        wrong += find_wrong_contacts(office)
        wrong += [f"{month}：报出去的数和重新数的对不上" for month in find_wrong_months(office)]
    if wrong:
        raise NotAccepted("重新算的对不上，请告诉开发的人：\n" + "\n".join(wrong))
    click.echo("办件和结过账的月份都重新算过，对得上。")


@main.command("verify-receipt")
@click.argument("text")
@click.pass_obj
@answer_for_problems
def verify_receipt(where: Where, text: str) -> None:
    """核对一张回执是不是本中心发的：回执上的那一段字，或者二维码里的网址。不查办件。

    例：bangfu verify-receipt "$(cat receipt.txt)"
    """
    from portal.domain.cases.receipt_signature import write_proof
    from portal.operations.cases.receipt_signature import read_and_check
    from portal.settings.config import load_config

    with opened(where, load_config(where.instance)) as (_, office):
        proof, genuine = read_and_check(office, text)
    if proof is None:
        raise NotAccepted(
            "没有填全。要有“登记编号”（旧的回执是“受理编号”）到“签名”那一段，或者二维码里的网址。"
        )
    if not genuine:
        raise NotAccepted("对不上：可能抄错了一个字，也可能不是本中心发的。请对照回执再看一遍。")
    click.echo("这张回执是真的。")
    for label, words in list(write_proof(proof).items())[:-1]:
        click.echo(f"{label}：{words}")


if __name__ == "__main__":
    main()
