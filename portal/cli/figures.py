"""`bangfu figures`: close a month, look at what was reported, list what came too late."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from portal.cli.common import Where, answer_for_problems, opened, operator

if TYPE_CHECKING:
    from portal.operations.office import Office


@click.group()
def figures() -> None:
    """统计：给一个月结账，看报出去的数，看结账以后才录的。"""


@figures.command("close")
@click.argument("month", metavar="月份")
@click.pass_obj
@answer_for_problems
def close_command(where: Where, month: str) -> None:
    """给一个月结账。结过账的数不再变，后来录的另外列出。

    不结也会自己结：过完以后第 7 天。

    例：bangfu figures close 2026-10
    """
    from portal.operations.figures.reports import close_month
    from portal.settings.config import load_config

    with opened(where, load_config(where.instance)) as (_, office):
        close_month(office, month, operator())
    click.echo(f"{month} 结账了。")


@figures.command("show")
@click.argument("month", metavar="月份")
@click.option(
    "--by",
    type=click.Choice(["town", "migrant", "sex"]),
    default=None,
    help="按镇（街道）、是不是农民工、性别分开。",
)
@click.pass_obj
@answer_for_problems
def show_command(where: Where, month: str, by: str | None) -> None:
    """看一个月的数：结过账的，是报出去的数；没结的，是现在的数。数很小的也照实写，不要公布。

    例：bangfu figures show 2026-10 --by town
    """
    from portal.domain.figures.counting import add_up
    from portal.domain.figures.indicators import COUNTINGS, INDICATORS
    from portal.settings.config import load_config
    from portal.store.months import closing_moments, count_months

    with opened(where, load_config(where.instance)) as (store, office):
        counted = add_up(count_months(store, office.now()), COUNTINGS, by or "")
        closed, names = month in closing_moments(store), _name_values(office, by)
    click.echo(f"{month}：{'已经结账' if closed else '还没有结账'}")
    for code in COUNTINGS:
        for value, count in counted[code].get(month, {}).items():
            split = f"\t{names.get(value, value) or '没填'}" if by else ""
            click.echo(f"{code}\t{INDICATORS[code].name}{split}\t{count}")


def _name_values(office: "Office", by: str | None) -> Mapping[str, str]:
    """Return what the values of a split are called, by the code that is counted."""
    from portal.domain.forms.fields import FIELDS
    from portal.domain.shared.id_checks import SEX_LABELS

    fields = {"town": "town", "migrant": "migrant_worker"}
    if by not in fields:
        return SEX_LABELS
    choices = office.context().choices_of(FIELDS[fields[by]])
    return {choice.code: choice.label for choice in choices}


@figures.command("late")
@click.pass_obj
@answer_for_problems
def late_command(where: Where) -> None:
    """列出结账以后才录的：它们算在录入的那个月，报出去的数不变。

    例：bangfu figures late
    """
    from portal.domain.cases.events import REGISTRY
    from portal.domain.cases.workflow import name_event
    from portal.domain.counter.contacts import EVENT_LABELS
    from portal.domain.shared.case_kinds import CaseKind
    from portal.domain.shared.dates import format_date, format_time
    from portal.settings.config import load_config
    from portal.store.months import late_entries
    from portal.store.records import number_of

    with opened(where, load_config(where.instance)) as (store, _):
        late = late_entries(store)
    for one in late:
        what = EVENT_LABELS.get(one.type) or name_event(
            CaseKind(str(one.tally["kind"])), REGISTRY[one.type]
        )
        day, recorded = format_date(one.on), format_time(one.at)
        click.echo(f"{number_of(one.record)}\t{what}\t{day}\t{recorded} 录入")
    click.echo(f"共 {len(late)} 条。")
