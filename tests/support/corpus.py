"""Invented content of any size in the site's own schemas, the same at every run.

60 % policies, 20 % rights cards, 20 % stories, about 1,500 Chinese characters a page. Every text
is made of stock phrases and marked 示范数据: it says nothing about any law, place or person.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import yaml

REPOSITORY = Path(__file__).parents[2]
BASIS = ("centre.toml", "rules", "pages", "network.toml")
WHO = ("职工", "工友", "女职工", "新来的工人", "干满一年的人", "受伤的人", "家里有病人的职工")
WHEN = ("上班第一天", "每个月月底", "干活的时候", "离开单位以前", "收到通知以后", "过节放假前")
WHAT = (
    "把考勤记录留一份在手机里", "和单位签一份写清楚工资的合同", "要一张盖了章的工资单",
    "先问工会再签字", "把看病的单据按日期放好", "记下当时在场的人", "到窗口领一张登记表",
    "打电话问清楚要带什么", "请工会的人陪着去谈", "在期限以内把申请交上去",
)  # fmt: skip
WHY = (
    "以后有事说得清楚", "免得过了期限", "仲裁的时候用得上", "单位不能说没有这回事",
    "钱才能算得准", "别人才帮得上忙", "材料不用再跑第二趟",
)  # fmt: skip
TOPICS = ("劳动合同", "工资", "工时休假", "社会保险", "争议处理", "困难帮扶", "就业", "工会")
ISSUERS = tuple(f"示范机关{name}处" for name in "甲乙丙丁戊己庚辛")
STATUSES = ("现行有效", "现行有效", "现行有效", "已修改", "已废止", "待核实")
LEVELS = ("法律", "行政法规", "部门规章", "规范性文件", "地方规定")
CONSULTATION = ("unpaid_wages", "work_injury", "dismissal", "hours_leave", "women", "other")
CERTAINTIES = ("已核对原文", "仅见二手来源", "凭经验，待核实")
PHONES = ("12333", "12348", "")


def write_corpus(root: Path, number: int, seed: int = 1) -> None:
    """Write root/content with `number` pages of the three kinds, and what every site needs."""
    content = root / "content"
    content.mkdir(parents=True)
    for name in BASIS:
        source = REPOSITORY / "content" / name
        copy: Callable[..., Any] = shutil.copytree if source.is_dir() else shutil.copyfile
        copy(source, content / name)
    counts = {"rights-cards": number // 5, "stories": number // 5}
    counts["policies"] = number - sum(counts.values())
    for folder, make in (("policies", make_policy), ("rights-cards", make_card),
                         ("stories", make_story)):  # fmt: skip
        (content / folder).mkdir()
        for place in range(counts[folder]):
            meta, body = make(Random(f"{seed} {folder} {place}"), place, counts)  # noqa: S311
            write_page(content / folder / f"{folder}-{place:05}.md", meta, body)


def write_page(path: Path, meta: Mapping[str, object], body: str) -> None:
    """One content file."""
    head = yaml.dump(
        dict(meta), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10**6
    )
    path.write_text(f"---\n{head}---\n\n{body}\n", encoding="utf-8")


def say(dice: Random) -> str:
    """A sentence."""
    return f"{dice.choice(WHO)}{dice.choice(WHEN)}，要{dice.choice(WHAT)}，{dice.choice(WHY)}。"


def say_much(dice: Random, sentences: int) -> str:
    """A paragraph."""
    return "".join(say(dice) for _ in range(sentences))


def write_body(dice: Random, parts: int, links: tuple[str, ...]) -> str:
    """Sections with paragraphs, a list, a table, emphasis and links, as pages have them."""
    return "\n\n".join(part for number in range(parts) for part in section(dice, number, links))


def section(dice: Random, number: int, links: tuple[str, ...]) -> Iterator[str]:
    """One section of a body."""
    yield f"## 第 {number + 1} 部分：{dice.choice(WHAT)}"
    yield say_much(dice, 7)
    yield f"**{say(dice)}** 详见[另一页]({dice.choice(links)})。"
    if number % 2:
        rows = [f"| {dice.choice(WHO)} | {dice.choice(WHAT)} |" for _ in range(4)]
        yield "\n".join(["| 什么人 | 怎么做 |", "| --- | --- |", *rows])
    else:
        yield "\n".join(f"- {say(dice)}" for _ in range(4))


def pick(dice: Random, folder: str, counts: Mapping[str, int], most: int = 2) -> list[str]:
    """Names of a few files of a collection."""
    numbers = {dice.randrange(counts[folder]) for _ in range(most)} if counts[folder] else set()
    return [f"{folder}-{number:05}" for number in sorted(numbers)]


def links_to(folder: str, slugs: list[str]) -> tuple[str, ...]:
    """Addresses that a body may lead to."""
    return (*(f"/{folder}/{slug}/" for slug in slugs), f"/{folder}/", "/consult")


def make_policy(
    dice: Random, place: int, counts: Mapping[str, int]
) -> tuple[dict[str, object], str]:
    """A document of an invented office."""
    year = dice.randrange(1994, 2026)
    meta: dict[str, object] = {
        "标题": f"示范数据：关于{dice.choice(WHAT)}的规定（第 {place + 1} 号）",
        "发布机关": dice.choice(ISSUERS),
        "文号": f"示范〔{year}〕{place + 1}号",
        "发布日期": f"{year}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}",
        "施行日期": f"{year + 1}-01-01",
        "修改": "",
        "时效": dice.choice(STATUSES),
        "层级": dice.choice(LEVELS),
        "主题": sorted({dice.choice(TOPICS) for _ in range(2)}),
        "摘要": say(dice),
        "维权卡": pick(dice, "rights-cards", counts),
        "核对日期": f"2026-{dice.randrange(1, 11):02}-{dice.randrange(1, 29):02}",
        "核对程度": dice.choice(CERTAINTIES),
        "存疑": "示范数据，不是真的文件。",
    }
    return meta, write_body(dice, 4, links_to("policies", pick(dice, "policies", counts)))


def make_card(dice: Random, place: int, counts: Mapping[str, int]) -> tuple[dict[str, object], str]:
    """A rights card without any real law behind it."""
    basis = {"依据": f"示范规定第{dice.randrange(1, 99)}条", "程度": dice.choice(CERTAINTIES)}
    meta = {
        "编号": place + 1,
        "标题": f"示范数据：{dice.choice(WHEN)}要{dice.choice(WHAT)}（第 {place + 1} 张）",
        "一句话": say(dice),
        "话题": dice.choice(CONSULTATION),
        "权利": [{"说明": say(dice), **basis} for _ in range(4)],
        "金额期限": [
            {"事项": dice.choice(WHAT), "标准": f"{dice.randrange(3, 60)} 天以内", **basis}
            for _ in range(3)
        ],
        "证据": [dice.choice(WHAT) for _ in range(4)],
        "去哪里": [
            {"机构": office, "做什么": dice.choice(WHAT), "电话": dice.choice(PHONES)}
            for office in ISSUERS[:3]
        ],
        "核对日期": "2026-11-24",
        "核对程度": dice.choice(CERTAINTIES),
        "存疑": "示范数据，不是真的规定。",
    }
    return meta, write_body(dice, 3, links_to("policies", pick(dice, "policies", counts)))


def make_story(
    dice: Random, place: int, counts: Mapping[str, int]
) -> tuple[dict[str, object], str]:
    """A person who does not exist."""
    meta = {
        "标题": f"示范数据：第 {place + 1} 位工友的故事",
        "化名": f"{dice.choice('赵钱孙李周吴郑王')}某",
        "年份": dice.randrange(2015, 2026),
        "类型": dice.choice(("助学就业", "工伤维权", "大病救助")),
        "困难情况": say(dice),
        "帮扶过程": [{"时间": f"第 {step + 1} 个月", "内容": say(dice)} for step in range(4)],
        "结果": say_much(dice, 2),
        "涉及政策": pick(dice, "policies", counts),
        "涉及维权卡": pick(dice, "rights-cards", counts),
        "同意书": f"示范-{place + 1:05}",
        "示范数据": True,
    }
    return meta, "\n\n".join(say_much(dice, 11) for _ in range(4))
