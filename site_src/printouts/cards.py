"""Rights cards as PDF: a wallet card, ten of them on A4, and a poster."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst

from site_src.centre import Centre, write_hotline
from site_src.content import Content, Item
from site_src.errors import SiteProblem
from site_src.frontmatter import problem_line
from site_src.local_numbers import fill_local_numbers
from site_src.pages.text import show_date
from site_src.printouts.glyphs import find_missing
from site_src.printouts.steps import PosterStep, list_steps
from site_src.schemas import CERTAINTY_MARKS, COMPARED, RightsCard

_TEMPLATES = Path(__file__).resolve().parent
POINTS = 4
MOST_OF_FIRST = 42
BATCH = re.compile(r"[0-9A-Za-z-]{1,20}")
# In the order of preference; only those that the machine has are handed to Typst.
FONT_FAMILIES = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN",
    "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei",
)  # fmt: skip
DOUBTS = {
    certainty: "" if certainty in COMPARED else "没核对，先问" for certainty in CERTAINTY_MARKS
}
SERIF_FAMILIES = (
    "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Source Han Serif CN",
    "STSong", "SimSun",
)  # fmt: skip
"""Those of a paper for an office（宋体）, in the order of preference, where the machine has one."""
# What the templates call a place that is too small: the key of the front matter, and where.
TOO_LONG = re.compile(r"too-long:([a-z-]+)")
PLACES = {
    "front": ("标题", "维权卡正面"),
    "back": ("权利", "维权卡背面"),
    "poster": ("标题", "海报上部的标题、一句话和「怎么做」"),
    "places": ("去哪里", "海报的「去哪里、找谁」"),
}


@dataclass(frozen=True)
class PrintRun:
    """What all sheets of one run have in common."""

    content: Content
    public_url: str
    batch: str
    fonts: tuple[str, ...]
    today: date


@dataclass(frozen=True)
class Point:
    """A right, or an amount or time limit with its matter as head."""

    head: str
    text: str
    doubt: str


@dataclass(frozen=True)
class Code:
    """A QR code as SVG, and how many modules its black part is wide."""

    svg: str
    modules: int


@dataclass(frozen=True)
class PrintedPlace:
    """Where to go, what for, and the number to ring, or ''."""

    office: str
    purpose: str
    phone: str


@dataclass(frozen=True)
class CardFacts:
    """Everything that the templates print of one card."""

    number: int
    title: str
    answer: str
    checked: str
    address: str
    qr: Code
    first: str
    points: tuple[Point, ...]
    steps: tuple[PosterStep, ...]
    places: tuple[PrintedPlace, ...]


def find_fonts() -> tuple[str, ...]:
    """Find the Chinese fonts of this machine, best first; raises SiteProblem without any."""
    return choose_fonts(typst.Fonts().families())


def choose_fonts(families: Collection[str]) -> tuple[str, ...]:
    """Choose those of families that we print with; raises SiteProblem if there is none."""
    fonts = tuple(family for family in FONT_FAMILIES if family in families)
    if not fonts:
        remedy = "请先安装，例如运行 sudo apt-get install fonts-noto-cjk"
        raise SiteProblem([f"字体：这台电脑没有能用的中文字体，印不出维权卡。{remedy}"])
    return fonts


def choose_cards(content: Content, slugs: Iterable[str]) -> tuple[Item[RightsCard], ...]:
    """Find the named cards, each once, in this order; raises SiteProblem for unknown names."""
    known = {card.slug: card for card in content.of(RightsCard)}
    wanted = tuple(dict.fromkeys(slugs))
    problems = [
        f"content/rights-cards/{slug}.md：没有这张维权卡，请到这个文件夹里看一看文件名"
        for slug in wanted
        if slug not in known
    ]
    if problems:
        raise SiteProblem(problems)
    return tuple(known[slug] for slug in wanted)


def print_cards(
    run: PrintRun,
    cards: Sequence[Item[RightsCard]],
    folder: Path,
    progress: Callable[[str], None],
    *,
    poster: bool,
) -> tuple[Path, ...]:
    """Write the PDF files of each card into folder; raises SiteProblem, OSError."""
    if not BATCH.fullmatch(run.batch):
        raise SiteProblem([f"批次号「{run.batch}」不对，只能用数字、英文字母和连字符，最多 20 个"])
    kinds = ("card", "sheet", "poster") if poster else ("card", "sheet")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number, card in enumerate(cards, start=1):
        progress(f"{number}/{len(cards)} {card.record.title}")
        for kind in kinds:
            path = folder / f"{card.slug}-{kind}.pdf"
            path.write_bytes(render_cards(run, kind, [card]))
            written.append(path)
    return tuple(written)


def render_cards(run: PrintRun, kind: str, cards: Sequence[Item[RightsCard]]) -> bytes:
    """Make a PDF. kind is card, sheet (up to ten different cards) or poster; raises SiteProblem."""
    described = [asdict(describe_card(card, run.public_url)) for card in cards]
    data: dict[str, Any] = {
        "centre": describe_centre(run.content.centre),
        "fonts": run.fonts,
        "batch": run.batch,
        "cards": write_hotline(
            fill_local_numbers(described, run.content.local, run.today),
            run.content.centre.hotline,
        ),
    }
    texts = {card.document.shown: facts for card, facts in zip(cards, data["cards"], strict=True)}
    if problems := find_undrawn({"content/centre.toml": data["centre"], **texts}):
        raise SiteProblem(problems)
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    template = _TEMPLATES / f"{kind}.typ"
    try:
        return typst.compile(template, root=_TEMPLATES, sys_inputs=inputs, format="pdf")
    except typst.TypstError as error:
        found = TOO_LONG.search(str(error))
        if found is None:
            raise
        raise SiteProblem([describe_overflow(found[1], cards[0])]) from None


def find_undrawn(texts: Mapping[str, object]) -> list[str]:
    """Find the signs that no font of this machine has; `texts` holds what is printed, by file."""
    return [
        f"{shown}：这台电脑的字体里没有「{sign}」（U+{ord(sign):04X}），会印成方框。"
        "请换一个写法，或者装上有这个字的字体"
        for shown, text in texts.items()
        for sign in sorted(find_missing(json.dumps(text, ensure_ascii=False)))
    ]


def describe_overflow(place: str, card: Item[RightsCard]) -> str:
    """Tell an operator whose text does not fit at the smallest size."""
    if place == "centre":
        return "content/centre.toml：「name」太长，维权卡上放不下，请写短些"
    key, where = PLACES[place]
    line = card.document.line_of((key,))
    return problem_line(card.document.shown, line, f"字太多，{where}放不下，请写短些")


def describe_centre(centre: Centre) -> dict[str, str | bool]:
    """Return the centre's facts that are printed."""
    return {
        "name": centre.name,
        "hotline": centre.hotline,
        "address": centre.address,
        "hours": centre.hours,
        "demonstration": centre.demonstration,
    }


def describe_card(card: Item[RightsCard], public_url: str) -> CardFacts:
    """Collect what is printed of a card, with the QR code of its page under public_url."""
    record = card.record
    address = public_url.rstrip("/") + card.address
    steps = list_steps(card.body)
    first = write_first_step(steps)
    return CardFacts(
        number=record.number,
        title=record.title,
        answer=record.answer,
        checked=show_date(record.checked_on),
        address=address,
        qr=draw_card_code(address),
        first=first,
        points=choose_points(record)[: POINTS - bool(first)],
        steps=steps,
        places=tuple(
            PrintedPlace(place.office, place.purpose, place.phone) for place in record.places
        ),
    )


def draw_card_code(address: str) -> Code:
    """Draw a QR code of error level M with the quiet zone of 4 modules of the standard."""
    code = segno.make_qr(address, error="m", boost_error=False)
    buffer = BytesIO()
    code.save(buffer, kind="svg", border=4, light="white", omitsize=True)
    return Code(buffer.getvalue().decode(), int(code.symbol_size(border=0)[0]))


def write_first_step(steps: Sequence[PosterStep]) -> str:
    """Write what to do first, of the first step as much as two lines hold; empty without steps."""
    if not steps:
        return ""
    whole = steps[0].head + steps[0].text
    sentences = re.findall("[^。！？]+[。！？]?[”）]*", whole)
    found: str = sentences[0]
    for sentence in sentences[1:]:
        if len(found + sentence) > MOST_OF_FIRST:
            break
        found += sentence
    return found


def choose_points(record: RightsCard) -> tuple[Point, ...]:
    """Choose four points for the back: two rights, two limits, more of one where the other lacks.

    Authors put what matters most first. What was checked against the original goes before the
    rest, because paper cannot be corrected later.
    """
    rights = [Point("", right.text, DOUBTS[right.certainty]) for right in record.rights]
    limits = [
        Point(limit.matter, limit.standard, DOUBTS[limit.certainty]) for limit in record.limits
    ]
    rights.sort(key=lambda point: point.doubt != "")
    limits.sort(key=lambda point: point.doubt != "")
    from_limits = min(len(limits), max(POINTS // 2, POINTS - len(rights)))
    return (*rights[: POINTS - from_limits], *limits[:from_limits])
