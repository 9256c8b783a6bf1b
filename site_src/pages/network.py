"""The page /network/: stations town by town, and when a lawyer is there."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from site_src.centre import Centre
from site_src.network import WEEKDAYS, Duty, Network, Station
from site_src.pages.text import MadePage, bullets, button, escape, heading, join, show_date

_TITLE = "就近找帮扶站、律师"
SUMMARY = "镇街、园区、单位里的帮扶站在哪里，律师哪天在。来问、来办，都不收钱。"
NO_DUTY = "现在没有排值班。有事请打 [12351](tel:12351)，或者在网上问。"


def make_network_page(network: Network | None, centre: Centre, today: date) -> MadePage:
    """Put lawyers first, since their times are few; then the towns as in centre.toml."""
    meta: dict[str, Any] = {"title": _TITLE, "description": SUMMARY, "kind": "network"}
    if network is None:
        return MadePage("network.md", meta, "还没有公布帮扶站。有事请打 [12351](tel:12351)。")
    towns = [town for town in centre.towns if find_stations(network, town.code)]
    without = [town.name for town in centre.towns if town not in towns]
    parts = [
        describe_counts(network, len(centre.towns)),
        heading("律师值班", "lawyers"),
        *list_duties(network, today),
    ]
    for town in towns:
        rows = [describe_station(station) for station in find_stations(network, town.code)]
        parts += [heading(escape(town.name), f"town-{town.code}"), bullets(rows)]
    if without:
        words = "、".join(escape(name) for name in without)
        remedy = "住在那里的，请到旁边镇街的站，或者打 [12351](tel:12351)。"
        parts += [heading("还没有站的镇街", "without"), f"{words}还没有站。{remedy}"]
    checked = f"{show_date(network.checked_on)}核对"
    jumps = [("律师值班", "#lawyers"), *((town.name, f"#town-{town.code}") for town in towns)]
    meta |= {
        "tags": [checked, "示范数据"] if network.demonstration else [checked],
        "jumps": [{"title": title, "address": address} for title, address in jumps],
        "jumps_label": "跳到",
    }
    return MadePage("network.md", meta, join(parts))


def find_stations(network: Network, town: str) -> list[Station]:
    """Find the stations of one town."""
    return [station for station in network.stations if station.town == town]


def describe_counts(network: Network, towns: int) -> str:
    """Count from the list how many towns and large employers have a station."""
    own = len({station.town for station in network.stations if station.kind == "镇街"})
    words = f"全市 {towns} 个镇（街道），**{own} 个**有帮扶站。"
    units, parks, large = network.count("企业"), network.count("园区"), network.large_units
    if large:
        share = 100 * units / large.total
        words += (
            f"{large.workers} 人以上的单位 {large.total} 家，**{units} 家**有帮扶站，"
            f"占 {share:.1f}%。"
        )
    elif units:
        words += f"单位里有 **{units} 个**。"
    return words + (f"园区里有 **{parks} 个**。" if parks else "")


def describe_station(station: Station) -> str:
    """Describe a station."""
    return put_lines(
        f"**{escape(station.name)}** {escape(station.tasks)}",
        f"地址：{escape(station.address)}",
        f"时间：{escape(station.hours)}",
        show_phone(station.phone),
    )


def put_lines(*lines: str) -> str:
    """Join the lines of one entry of a list, empty ones left out."""
    return "  \n    ".join(line for line in lines if line)


def list_duties(network: Network, today: date) -> Iterator[str]:
    """List the days of the week in their order, then single days that are still to come."""
    coming = [duty for duty in network.duties if not duty.is_over(today)]
    weekly = [duty for duty in coming if duty.day in WEEKDAYS]
    single = [duty for duty in coming if duty.day not in WEEKDAYS]
    weekly.sort(key=lambda duty: WEEKDAYS.index(duty.day))
    single.sort(key=lambda duty: duty.day)
    rows = [describe_duty(duty) for duty in (*weekly, *single)]
    yield bullets(rows) or NO_DUTY
    yield button("在网上问律师", "/consult")


def describe_duty(duty: Duty) -> str:
    """Describe an entry of the roster."""
    return put_lines(
        f"**{show_day(duty.day)} {escape(duty.time)}** {escape(duty.lawyer)}",
        f"地点：{escape(duty.place)}",
        show_phone(duty.phone),
    )


def show_day(day: str) -> str:
    """Name a day: 每周二, or 2026 年 12 月 12 日（周六）."""
    if day in WEEKDAYS:
        return f"每{day}"
    return f"{show_date(day)}（{WEEKDAYS[date.fromisoformat(day).weekday()]}）"


def show_phone(phone: str) -> str:
    """Show a number to tap, or nothing."""
    return f"[{phone}](tel:{phone}){{: .tel }}" if phone else ""
