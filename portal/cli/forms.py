"""`bangfu forms`: the forms on paper."""

from pathlib import Path

import click

from portal.cli.common import Where, answer_for_problems, tell_at_a_terminal


@click.group()
def forms() -> None:
    """办事的表。"""


@forms.command("print")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="PDF 放到哪个文件夹。",
)
@click.pass_obj
@answer_for_problems
def print_forms(where: Where, out: Path) -> None:
    """做所有空白的纸质表，题号和网上一样。文件名里的数字是表的版本。

    例：bangfu forms print --out forms
    """
    from portal.domain.forms.journeys import JOURNEYS
    from portal.domain.shared.errors import NotAccepted
    from portal.settings.config import read_centre, town_choices
    from portal.web.paper_forms import form_file_name, print_form
    from portal.web.typesetting import CannotPrint

    centre = read_centre(where.root / "content")
    out.mkdir(parents=True, exist_ok=True)
    for kind, journey in JOURNEYS.items():
        tell_at_a_terminal(journey.title)
        try:
            content = print_form(kind, centre, tuple(town_choices(centre)))
        except CannotPrint:
            remedy = "请先安装，例如运行 sudo apt-get install fonts-noto-cjk"
            raise NotAccepted(f"字体：这台电脑没有能用的中文字体，印不出表。{remedy}") from None
        (out / form_file_name(journey)).write_bytes(content)
    click.echo(f"做好了：{out}，{len(JOURNEYS)} 个 PDF。请按实际大小、双面打印。")
