"""`bangfu backup`, `backup-key` and `restore`: copies of the centre, and back from them."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portal.cli.common import (
    Where,
    answer_for_problems,
    opened,
    operator,
    show_progress,
    tell_at_a_terminal,
)

if TYPE_CHECKING:
    from portal.operations.centre.restore import RestoreReport
    from portal.store.centre.backup import Manifest
    from portal.store.centre.instance import Place


@click.command("backup-key")
@click.option(
    "--to",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="私钥写到哪个文件。最好在 U 盘上。",
)
@answer_for_problems
def backup_key(file: Path) -> None:
    """做一对备份用的钥匙：私钥写进文件，公钥抄进 config.toml。

    例：bangfu backup-key --to /media/usb/centre.key
    """
    from portal.domain.shared.errors import NotAccepted
    from portal.store.crypto.age_format import make_key_pair
    from portal.store.crypto.private_files import create_private

    secret, public = make_key_pair()
    try:
        with create_private(file) as key_file:
            key_file.write(f"# public key: {public}\n{secret}\n".encode("ascii"))
    except FileExistsError:
        raise NotAccepted(f"{file}：已经有这个文件了。请换一个名字。") from None
    click.echo("私钥写好了。请把这个文件锁进保险柜，不要留在这台电脑上；没有它，备份打不开。")
    click.echo("公钥写进 config.toml，再多写一把上级工会的更稳妥：")
    click.echo(f'[backup]\nfolder = "copies"\npublic_keys = ["{public}"]')


@click.command()
@click.pass_obj
@answer_for_problems
def backup(where: Where) -> None:
    """现在就做一份加密的备份。服务照常开着。

    例：bangfu backup
    """
    from portal.operations.centre.backup import make_copy
    from portal.server.serve import open_backup_store
    from portal.settings.config import ConfigProblem, load_config

    config = load_config(where.instance)
    backups = open_backup_store(where.instance, where.root, config)
    if backups is None:
        raise ConfigProblem(
            f"{where.instance / 'config.toml'}：「backup.folder」没有写。"
            "请先运行 bangfu backup-key，照它说的写。"
        )
    with opened(where, config) as (_, office):
        tell_at_a_terminal("正在做备份")
        made = make_copy(office, backups, operator())
    click.echo(f"备份好了：{made.file}（{_show_size(made.file)}）")
    click.echo(_describe(made.manifest))
    if made.dropped:
        click.echo(f"删掉了 {made.dropped} 份不用再留的旧备份。")


def _show_size(file: Path) -> str:
    return f"{file.stat().st_size / 1_000_000:.1f} MB"


def _show_time(manifest: "Manifest") -> str:
    from portal.domain.shared.dates import format_time

    return format_time(datetime.fromisoformat(manifest.made_at))


def _describe(manifest: "Manifest") -> str:
    rows = manifest.rows
    words = f"办件 {rows['cases']} 件，材料 {manifest.files} 份，操作记录 {rows['audit']} 条。"
    if manifest.missing:
        words += f"有 {manifest.missing} 份材料在盘上找不到，请查一查。"
    return words


@click.command()
@click.argument("copy", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--key",
    "key_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="备份的私钥文件。",
)
@click.option("--drill", is_flag=True, help="只演练：在临时的地方放回，全部打开看一遍，再删掉。")
@click.pass_obj
@answer_for_problems
def restore(where: Where, copy: Path, key_file: Path, drill: bool) -> None:
    """从备份放回整个中心。先把密钥文件 keys.json 放进数据文件夹。

    例：bangfu restore copies/bangfu-20261124-020000.age --key /media/usb/centre.key --drill
    """
    secret = _read_secret(key_file)
    where.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    if drill:
        _drill(where, copy, secret)
    else:
        _put_back(where, copy, secret)


def _read_secret(file: Path) -> str:
    lines = file.read_text("utf-8", errors="replace").split()
    return next((line for line in lines if line.startswith("AGE-SECRET-KEY-")), "")


def _drill(where: Where, copy: Path, secret: str) -> None:
    from portal.domain.shared.errors import NotAccepted
    from portal.operations.centre.restore import examine, loaded_copy
    from portal.settings.config import instance_place, load_config
    from portal.store.centre.backup import DRILL
    from portal.store.centre.instance import Place

    real = instance_place(where.instance, load_config(where.instance))
    with tempfile.TemporaryDirectory(dir=where.instance, prefix=DRILL) as scratch:
        folder = Path(scratch)
        manifest = _unpack(copy, secret, folder)
        place = Place(folder, f"sqlite:///{folder / 'drill.db'}", real.key_file)
        with loaded_copy(place, folder, manifest) as store, show_progress() as progress:
            findings = examine(store, progress)
    if findings.problems:
        raise NotAccepted("演练发现了问题，这份备份不能全靠它：\n" + "\n".join(findings.problems))
    click.echo(f"演练成功：{copy.name}，做于 {_show_time(manifest)}。")
    click.echo(_describe_findings(findings))
    _note_drill(where, copy)


def _unpack(copy: Path, secret: str, folder: Path) -> "Manifest":
    from portal.store.centre.backup import unpack_copy

    tell_at_a_terminal("正在解密")
    return unpack_copy(copy, secret, folder)


def _describe_findings(findings: "RestoreReport") -> str:
    return (
        f"打开了办件 {findings.cases} 件、材料 {findings.files} 份，"
        f"操作记录 {findings.entries} 条都是原样。链头：{findings.head}"
    )


def _note_drill(where: Where, copy: Path) -> None:
    """Log the drill in the running centre, if this machine has it."""
    from portal.operations.centre.backup import note_trial
    from portal.settings.config import instance_place, load_config
    from portal.store.centre.instance import is_created

    config = load_config(where.instance)
    if is_created(instance_place(where.instance, config)):
        with opened(where, config) as (_, office):
            note_trial(office, copy.name, operator())


def _put_back(where: Where, copy: Path, secret: str) -> None:
    from portal.operations.centre.restore import Signature, restore_copy
    from portal.server.serve import now_utc
    from portal.store.centre.instance import hold_instance
    from portal.store.centre.restore import require_same_owner

    require_same_owner(where.instance)
    with hold_instance(where.instance), _preparing(where.instance) as folder:
        manifest = _unpack(copy, secret, folder)
        place = _place_with_keys(where.instance, folder)
        signature = Signature(now_utc(), operator(), copy.name)
        with show_progress() as progress:
            findings = restore_copy(place, folder, manifest, signature, progress)
    click.echo(
        f"放回来了：{copy.name}，做于 {_show_time(manifest)}。{_describe_findings(findings)}"
    )
    for problem in findings.problems:
        click.echo(problem, err=True)
    content = where.instance / "content-from-copy"
    click.echo(f"网站的文章在 {content}。要用它，就换掉 {where.root / 'content'}，再启动。")
    click.echo("大家要重新登录。备份以后交来的，请照回执请工友再交一次。")


@contextmanager
def _preparing(folder: Path) -> Iterator[Path]:
    from portal.store.centre.restore import clear_what_was_left, preparing

    if aside := clear_what_was_left(_place_of(folder)):
        click.echo(f"{aside}：上次放回没有做完，留下的都挪到了这里。不需要就可以删。", err=True)
    with preparing(lambda: _place_of(folder)) as scratch:
        yield scratch


def _place_with_keys(folder: Path, unpacked: Path) -> "Place":
    """Return where the database goes, by the configuration there, or else by the one unpacked."""
    from portal.store.errors import KeyProblem

    place = _place_of(folder, folder if (folder / "config.toml").exists() else unpacked)
    if not place.key_file.exists():
        raise KeyProblem(f"{place.key_file}：没有密钥文件。请先把另外保存的那份放进来。")
    return place


def _place_of(folder: Path, configured: Path | None = None) -> "Place":
    from portal.settings.config import instance_place, load_config

    return instance_place(folder, load_config(configured or folder))
