"""The menu on every page: what a reader may want, in groups, each with its drawing."""

from dataclasses import asdict, dataclass
from typing import Any

from site_src.collections import LOOKED_UP, OF_CENTRE, list_in_menu


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A way out of the menu: what pages call this part, address, label, drawing in
    theme/shared/icons.html, and whether it also stands in the row of wide screens."""

    section: str
    address: str
    label: str
    icon: str
    in_row: bool = True


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """Entries under one heading; those of the collections of its `part` come first."""

    title: str
    part: str
    entries: tuple[MenuEntry, ...]


_GROUPS = (
    MenuGroup("办事", "", (
        MenuEntry("apply", "/apply", "申请帮扶", "help"),
        MenuEntry("consult", "/consult", "法律咨询", "law"),
        MenuEntry("urgent-aid", "/urgent-aid", "临时救助", "urgent", in_row=False),
        MenuEntry("status", "/status", "查进度", "status"),
    )),
    MenuGroup("查一查", LOOKED_UP, (
        MenuEntry("tools", "/tools/", "算一算", "calculator"),
        MenuEntry("papers", "/papers/", "文书", "paper"),
        MenuEntry("deadlines", "/deadlines/", "期限", "calendar", in_row=False),
        MenuEntry("local", "/local/", "本地标准", "town", in_row=False),
    )),
    MenuGroup("帮扶中心", OF_CENTRE, (
        MenuEntry("network", "/network/", "就近找", "place"),
        MenuEntry("public-lists", "/public-lists/", "公示", "list"),
        MenuEntry("figures", "/figures/", "数字", "figures"),
        MenuEntry("about", "/about/", "关于我们", "people"),
        MenuEntry("home", "/", "首页", "home", in_row=False),
    )),
)  # fmt: skip


def list_menu() -> list[dict[str, Any]]:
    """List the groups with all their entries, plainly, as templates take them."""
    return [{"title": group.title, "entries": _list_entries(group)} for group in _GROUPS]


def _list_entries(group: MenuGroup) -> list[dict[str, Any]]:
    rows = list_in_menu(group.part)
    collections = [MenuEntry(row.folder, f"/{row.folder}/", row.label, row.icon) for row in rows]
    return [asdict(entry) for entry in (*collections, *group.entries)]
