"""The list of facts for the lawyer who reviews: every sentence, and what changed since."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.cli.main import main
from site_src.build import check_content
from site_src.facts import FACTS_LAST, FACTS_PAGE, Fact, collect_facts

REPOSITORY = Path(__file__).parents[3]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the repository's content to change."""
    shutil.copytree(REPOSITORY / "content", tmp_path / "content")
    return tmp_path


def facts_of(root: Path) -> list[Fact]:
    """The facts of a folder's content."""
    return collect_facts(check_content(root), root / "content")


def write(root: Path) -> str:
    """Write the report and return the page."""
    args = ["--root", str(root), "site", "facts", "--out", str(root / "review")]
    run = CliRunner().invoke(main, args)
    assert run.exit_code == 0, run.output
    return (root / "review" / FACTS_PAGE).read_text(encoding="utf-8")


def change(root: Path, old: str, new: str) -> None:
    """Change words of the card on unpaid wages."""
    path = root / "content/rights-cards/unpaid-wages.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_fact_stands_where_its_line_says(root: Path) -> None:
    for fact in facts_of(root):
        rows = (root / fact.shown).read_text(encoding="utf-8").split("\n")
        if fact.shown.endswith(("local.toml", "national.toml")):
            assert rows[fact.line - 1].startswith("value = "), fact
            day = fact.sentence.partition("，到 ")[0].removesuffix("起")[-10:]
            assert f"from = {day}" in rows[fact.line - 3 : fact.line], fact
            continue
        start = fact.sentence.split("：", 1)[0]
        assert start in "\n".join(rows[fact.line - 1 : fact.line + 1]), fact


def test_a_body_line_names_the_article_in_its_brackets(root: Path) -> None:
    fact = next(
        one
        for one in facts_of(root)
        if one.shown.endswith("labour-dispute-law.md") and one.sentence.startswith("- 仲裁不收费")
    )
    assert fact.basis == "中华人民共和国劳动争议调解仲裁法第五十三条"
    assert fact.certainty == "对过转载本"


def test_another_word_is_another_fact_and_another_line_is_the_same(root: Path) -> None:
    before = {fact.identity for fact in facts_of(root)}
    change(root, "标题: 老板", "# 说明\n标题: 老板")
    assert {fact.identity for fact in facts_of(root)} == before
    change(root, "离职时，单位要一次把工资结清", "离职时，单位要一次结清工资")
    assert len({fact.identity for fact in facts_of(root)} - before) == 1


def test_report_tells_what_changed_since_the_last(root: Path) -> None:
    assert "这是第一份清单" in write(root)
    assert "新的、改过的 0 条" in write(root)
    change(root, "离职时，单位要一次把工资结清", "离职时，单位要一次结清工资")
    page = write(root)
    assert "新的、改过的 1 条" in page
    assert page.count("<td>新</td>") == 1
    assert "<li>离职时，单位要一次把工资结清</li>" in page


def test_report_names_no_checker_by_itself(root: Path) -> None:
    page = write(root)
    assert page.count("<td></td></tr>") == len(facts_of(root))


def test_spoiled_list_is_refused_with_what_to_do(root: Path) -> None:
    write(root)
    (root / "review" / FACTS_LAST).write_text("{", encoding="utf-8")
    args = ["--root", str(root), "site", "facts", "--out", str(root / "review")]
    run = CliRunner().invoke(main, args)
    assert run.exit_code != 0
    assert "移到别处再运行" in run.output


def test_a_limit_is_confirmed_with_all_that_its_row_says(root: Path) -> None:
    said = [fact.sentence for fact in facts_of(root) if fact.shown.endswith("deadlines.toml")]
    limit = next(one for one in said if one.startswith("申请劳动仲裁：1 年，"))
    for words in ("能，从那天重新算", "那段时间暂停", "要留下证据"):
        assert words in limit
    assert any("还在单位上班时不受这个限制" in one for one in said)


def test_figures_of_place_and_country_are_facts_with_their_source(root: Path) -> None:
    found = {fact.sentence: fact for fact in facts_of(root)}
    wage = found["月最低工资：2,100 元/月，2026-01-01起"]
    assert wage.basis.startswith("示范数据")
    assert found["一个月的计薪天数：21.75 天，2025-01-01起"].basis == "人社部发〔2025〕2号"
