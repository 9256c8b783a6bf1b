"""`bangfu backup`, `backup-key` and `restore`: copies of the centre, and back from them."""

import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portal.command_line import Where, answer_for_problems, opened, operator, tell_at_a_terminal

if TYPE_CHECKING:
    from portal.config import Config
    from portal.operations.copying import Findings
    from portal.store.copying import Manifest
    from portal.store.instance import Instance, Place


@click.command("backup-key")
@click.option("--to", "file", type=click.Path(path_type=Path, dir_okay=False), required=True,
              help="私钥写到哪个文件。最好在 U 盘上。")  # fmt: skip
@answer_for_problems
def backup_key(file: Path) -> None:
    """做一对备份用的钥匙：私钥写进文件，公钥抄进 config.toml。

    例：bangfu backup-key --to /media/usb/centre.key
    """
    import os

    from portal.domain.errors import NotAccepted
    from portal.store.age import make_key_pair

    secret, public = make_key_pair()
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise NotAccepted(f"{file}：已经有这个文件了。请换一个名字。") from None
    with os.fdopen(handle, "w") as opened_file:
        opened_file.write(f"# public key: {public}\n{secret}\n")
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
    from portal.config import ConfigProblem, load_config
    from portal.operations.copying import make_copy
    from portal.server import open_shelf

    config = load_config(where.instance)
    shelf = open_shelf(where.instance, where.root, config)
    if shelf is None:
        raise ConfigProblem(
            f"{where.instance / 'config.toml'}：「backup.folder」没有写。"
            "请先运行 bangfu backup-key，照它说的写。"
        )
    with opened(where, config) as (_, office):
        tell_at_a_terminal("正在做备份")
        made = make_copy(office, shelf, operator())
    click.echo(f"备份好了：{made.file}（{_show_size(made.file)}）")
    click.echo(_describe(made.manifest))
    if made.dropped:
        click.echo(f"删掉了 {made.dropped} 份不用再留的旧备份。")


def _show_size(file: Path) -> str:
    return f"{file.stat().st_size / 1_000_000:.1f} MB"


def _show_time(manifest: "Manifest") -> str:
    from portal.domain.periods import format_time

    return format_time(datetime.fromisoformat(manifest.made_at))


def _describe(manifest: "Manifest") -> str:
    rows = manifest.rows
    words = f"办件 {rows['cases']} 件，材料 {manifest.files} 份，操作记录 {rows['audit']} 条。"
    if manifest.missing:
        words += f"有 {manifest.missing} 份材料在盘上找不到，请查一查。"
    return words


@click.command()
@click.argument("copy", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--key", "key_file", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              required=True, help="备份的私钥文件。")  # fmt: skip
@click.option("--drill", is_flag=True, help="只演练：在临时的地方放回，全部打开看一遍，再删掉。")
@click.pass_obj
@answer_for_problems
def restore(where: Where, copy: Path, key_file: Path, drill: bool) -> None:
    """从备份放回整个中心。先把密钥文件 keys.json 放进数据文件夹。

    例：bangfu restore copies/bangfu-20261124-020000.age --key /media/usb/centre.key --drill
    """
    from portal.store.copying import unpack_copy

    where.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=where.instance, prefix="restore-") as scratch:
        folder = Path(scratch)
        tell_at_a_terminal("正在解密")
        manifest = unpack_copy(copy, _read_secret(key_file), folder)
        if drill:
            _drill(where, copy, folder, manifest)
        else:
            _put_back(where, copy, folder, manifest)


def _read_secret(file: Path) -> str:
    lines = file.read_text("utf-8", errors="replace").split()
    return next((line for line in lines if line.startswith("AGE-SECRET-KEY-")), "")


def _drill(where: Where, copy: Path, folder: Path, manifest: "Manifest") -> None:
    from portal.config import load_config, place_of
    from portal.domain.errors import NotAccepted
    from portal.operations.copying import load_copy
    from portal.store.instance import Place

    real = place_of(where.instance, load_config(where.instance))
    place = Place(folder, f"sqlite:///{folder / 'drill.db'}", real.key_file)
    instance = load_copy(place, folder, manifest)
    try:
        findings = _examine(instance, folder)
    finally:
        instance.db.close()
    if findings.problems:
        raise NotAccepted("演练发现了问题，这份备份不能全靠它：\n" + "\n".join(findings.problems))
    click.echo(f"演练成功：{copy.name}，做于 {_show_time(manifest)}。")
    click.echo(_tell(findings))
    _note_drill(where, copy)


def _examine(instance: "Instance", folder: Path) -> "Findings":
    from portal.operations.copying import examine
    from portal.store.copying import FILES

    with click.progressbar(length=1000, label="正在一件一件打开", file=sys.stderr) as bar:
        return examine(
            instance, folder / FILES, lambda done, of: bar.update(done * 1000 // of - bar.pos)
        )


def _tell(findings: "Findings") -> str:
    return (
        f"打开了办件 {findings.cases} 件、材料 {findings.files} 份，"
        f"操作记录 {findings.entries} 条都是原样。链头：{findings.head}"
    )


def _note_drill(where: Where, copy: Path) -> None:
    """In the log of the running centre, if this machine has it."""
    from portal.config import load_config, place_of
    from portal.operations.copying import note_use
    from portal.store.instance import is_created

    config = load_config(where.instance)
    if is_created(place_of(where.instance, config)):
        with opened(where, config) as (_, office):
            note_use(office, "try copy", copy.name, operator())


def _put_back(where: Where, copy: Path, folder: Path, manifest: "Manifest") -> None:
    from portal.operations.copying import load_copy, note_use
    from portal.store.copying import CONFIG, CONTENT, FILES

    config = _config_for(where, folder / CONFIG)
    place, files = _empty_place(where, config)
    instance = load_copy(place, folder, manifest)
    try:
        if (folder / FILES).exists():
            shutil.move(folder / FILES, files)
        findings = _examine(instance, files)
    finally:
        instance.db.close()
    with opened(where, config) as (_, office):
        note_use(office, "restore copy", copy.name, operator())
    content = where.instance / "content-from-copy"
    shutil.move(folder / CONTENT, content)
    click.echo(f"放回来了：{copy.name}，做于 {_show_time(manifest)}。{_tell(findings)}")
    for problem in findings.problems:
        click.echo(problem, err=True)
    click.echo(f"网站的文章在 {content}。要用它，就换掉 {where.root / 'content'}，再启动。")
    click.echo("大家要重新登录。备份以后交来的，请照回执请工友再交一次。")


def _empty_place(where: Where, config: "Config") -> tuple["Place", Path]:
    """Where to put everything: keys are there, and nothing else of a centre."""
    from portal.config import place_of
    from portal.store.errors import InstanceProblem, KeyProblem

    place, files = place_of(where.instance, config), where.instance / "files"
    if not place.key_file.exists():
        raise KeyProblem(f"{place.key_file}：没有密钥文件。请先把另外保存的那份放进来。")
    taken = [*where.instance.glob("*.db"), files, where.instance / "content-from-copy"]
    for path in taken:
        if path.exists():
            raise InstanceProblem(f"{path}：这里已经有数据。请换一个空的数据文件夹，或者先挪走。")
    return place, files


def _config_for(where: Where, copied: Path) -> "Config":
    """The configuration that is there, or else the one of the copy."""
    from portal.config import load_config

    own = where.instance / "config.toml"
    if not own.exists() and copied.exists():
        shutil.copy(copied, own)
    return load_config(where.instance)
