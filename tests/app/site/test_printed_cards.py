"""Rights cards on paper: sizes, words, the QR code, and what is refused."""

import shutil
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from portal.cli.main import main
from site_src.build import check_content
from site_src.content import Content
from site_src.errors import SiteProblem
from site_src.printouts.cards import (
    PrintRun,
    choose_cards,
    choose_fonts,
    choose_points,
    find_fonts,
    print_cards,
    render_cards,
    write_first_step,
)
from site_src.printouts.steps import PosterStep, list_steps
from site_src.schemas import RightsCard
from tests.support.printed import SCANNER, codes_of, text_of

REPOSITORY = Path(__file__).parents[3]
PUBLIC_URL = "https://bangfu.example.org"
BATCH = "2026-11"
TODAY = date(2026, 11, 30)
POINTS_PER_MM = 72 / 25.4
CARD_MM = (85.6, 54.0)
A4_MM = (210.0, 297.0)


@pytest.fixture(scope="module")
def content() -> Content:
    """The repository's own content: every card of it must fit on paper."""
    return check_content(REPOSITORY)


@pytest.fixture(scope="module")
def run(content: Content) -> PrintRun:
    """A printing of the repository's cards."""
    return PrintRun(content, PUBLIC_URL, BATCH, find_fonts(), TODAY)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the repository's content to change."""
    shutil.copytree(REPOSITORY / "content", tmp_path / "content")
    return tmp_path


def change_card(root: Path, slug: str, old: str, new: str) -> None:
    """Replace words of a card that are there."""
    path = root / "content" / "rights-cards" / f"{slug}.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "pages", "size"), [("card", 2, CARD_MM), ("sheet", 2, A4_MM), ("poster", 1, A4_MM)]
)
def test_each_kind_has_its_pages_size_and_words(
    run: PrintRun, kind: str, pages: int, size: tuple[float, float]
) -> None:
    (card,) = choose_cards(run.content, ["unpaid-wages"])
    printed = pypdfium2.PdfDocument(render_cards(run, kind, [card]))
    assert len(printed) == pages
    for page in printed:
        assert [length / POINTS_PER_MM for length in page.get_size()] == pytest.approx(
            size, abs=0.1
        )
        words = text_of(page)
        assert card.record.title in words
        assert "12351" in words
    front = text_of(printed[0])
    assert f"批次{BATCH}" in front
    assert run.content.centre.address.replace(" ", "") in front


def test_every_code_of_a_sheet_opens_the_card_page(run: PrintRun) -> None:
    printed = pypdfium2.PdfDocument(
        render_cards(run, "sheet", choose_cards(run.content, ["work-injury"]))
    )
    assert codes_of(printed[0], SCANNER) == [f"{PUBLIC_URL}/rights-cards/work-injury/"] * 10
    assert codes_of(printed[1], SCANNER) == []


def test_code_of_the_poster_opens_the_card_page(run: PrintRun) -> None:
    printed = pypdfium2.PdfDocument(
        render_cards(run, "poster", choose_cards(run.content, ["work-injury"]))
    )
    assert codes_of(printed[0], SCANNER) == [f"{PUBLIC_URL}/rights-cards/work-injury/"]


def test_back_of_a_sheet_is_mirrored_for_turning_over_the_long_edge(run: PrintRun) -> None:
    cards = choose_cards(run.content, ["overtime", "annual-leave"])
    front, back = pypdfium2.PdfDocument(render_cards(run, "sheet", cards))
    width, height = front.get_size()
    halves = {"left": (0, 0, width / 2, height), "right": (width / 2, 0, width, height)}

    def shows(page: pypdfium2.PdfPage, half: str, title: str) -> bool:
        words = str(page.get_textpage().get_text_bounded(*halves[half]))
        return title in "".join(words.split())

    first, second = (card.record.title for card in cards)
    assert shows(front, "left", first)
    assert shows(front, "right", second)
    assert not shows(front, "left", second)
    assert shows(back, "right", first)
    assert shows(back, "left", second)
    assert not shows(back, "right", second)


def test_every_card_fits_on_paper(run: PrintRun, tmp_path: Path) -> None:
    heard: list[str] = []
    files = print_cards(run, run.content.of(RightsCard), tmp_path, heard.append, poster=True)
    assert len(files) == 3 * len(run.content.of(RightsCard))
    assert len(heard) == len(run.content.of(RightsCard))
    assert all(path.read_bytes().startswith(b"%PDF") for path in files)


def test_signs_of_typst_are_printed_as_they_are(root: Path) -> None:
    signs = '#evil[*x*] $a^2$ ] "_" \\\\ @b <c> //d'
    change_card(root, "overtime", "标题: ", f"标题: '{signs}' # ")
    content = check_content(root)
    run = PrintRun(content, PUBLIC_URL, BATCH, find_fonts(), TODAY)
    cards = choose_cards(content, ["overtime"])
    for kind in ("card", "sheet", "poster"):
        for page in pypdfium2.PdfDocument(render_cards(run, kind, cards)):
            assert "".join(signs.split()) in text_of(page)


def test_text_that_cannot_fit_is_refused_with_its_file(root: Path) -> None:
    change_card(root, "overtime", "  - 说明: ", "  - 说明: " + "很长的话" * 120)
    content = check_content(root)
    run = PrintRun(content, PUBLIC_URL, BATCH, find_fonts(), TODAY)
    with pytest.raises(SiteProblem, match=r"overtime\.md 第 .* 行：字太多，维权卡背面放不下"):
        render_cards(run, "card", choose_cards(content, ["overtime"]))


def test_a_sign_that_no_font_has_is_refused_with_its_file(root: Path) -> None:
    change_card(root, "overtime", "标题: ", "标题: 彝文ꆈ")
    changed = check_content(root)
    run = PrintRun(changed, PUBLIC_URL, BATCH, find_fonts(), TODAY)
    with pytest.raises(SiteProblem) as refused:
        render_cards(run, "card", choose_cards(changed, ["overtime"]))
    (problem,) = refused.value.problems
    assert problem.startswith("content/rights-cards/overtime.md：")
    assert "「ꆈ」（U+A188）" in problem
    assert render_cards(run, "card", choose_cards(changed, ["probation"])).startswith(b"%PDF")


def test_back_takes_two_rights_and_two_limits_checked_ones_first(content: Content) -> None:
    (card,) = choose_cards(content, ["overtime"])
    doubtful = card.record.rights[0].model_copy(update={"certainty": "凭经验，待核实"})
    rights = (doubtful, *card.record.rights[1:3])
    points = choose_points(card.record.model_copy(update={"rights": rights}))
    assert [point.text for point in points[:2]] == [right.text for right in rights[1:]]
    assert [point.head != "" for point in points] == [False, False, True, True]
    alone = choose_points(card.record.model_copy(update={"rights": (doubtful,)}))
    assert alone[0].doubt == "没核对，先问"
    assert len(alone) == 4
    assert len(choose_points(card.record.model_copy(update={"limits": ()}))) == 4


def test_steps_are_the_list_items_or_else_the_paragraphs() -> None:
    body = "Before.\n\n1. **Ask.** Bring [papers](/policies/) &amp; *all*.\n2. Wait\n   here."
    assert list_steps(body) == (
        PosterStep("Ask.", "Bring papers & all."),
        PosterStep("", "Wait here."),
    )
    assert list_steps("One.\n\nTwo.") == (PosterStep("", "One."), PosterStep("", "Two."))
    assert list_steps("") == ()


def test_machine_without_chinese_font_is_told_what_to_install() -> None:
    with pytest.raises(SiteProblem, match="fonts-noto-cjk"):
        choose_fonts(["DejaVu Sans"])


def test_command_writes_the_files_and_names_the_next_step(tmp_path: Path) -> None:
    out = tmp_path / "cards"
    words = f"--root {REPOSITORY} --instance {tmp_path} site print-cards overtime probation"
    done = CliRunner().invoke(main, [*words.split(), "--batch", BATCH, "--out", str(out)])
    assert done.exit_code == 0, done.output
    names = ["overtime-card", "overtime-sheet", "probation-card", "probation-sheet"]
    assert sorted(path.stem for path in out.iterdir()) == names
    assert "长边翻转" in done.output


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("unknown --batch 1", 65, "unknown.md"),
        ("overtime --batch 1/2", 65, "批次号"),
        ("--batch 1", 2, "--all"),
        ("overtime --all --batch 1", 2, "--all"),
    ],
)
def test_command_refuses_with_one_line_and_writes_nothing(
    tmp_path: Path, words: str, code: int, said: str
) -> None:
    out = tmp_path / "cards"
    start = ["--root", str(REPOSITORY), "--instance", str(tmp_path), "site", "print-cards"]
    done = CliRunner().invoke(main, [*start, *words.split(), "--out", str(out)])
    assert done.exit_code == code
    assert said in done.output
    assert not out.exists()


@pytest.mark.parametrize(
    ("steps", "first"),
    [
        ([], ""),
        ([("先截图。", "账号一封，记录就没了。")], "先截图。账号一封，记录就没了。"),
        ([("别先签字。", f"先停一停。{'签了就很难要补偿，' * 5}。")], "别先签字。先停一停。"),
        (
            [("先问一句：“开收据吗？”", "多半是押金换了名字。")],
            "先问一句：“开收据吗？”多半是押金换了名字。",
        ),
    ],
)
def test_back_begins_with_what_to_do_first(steps: list[tuple[str, str]], first: str) -> None:
    assert write_first_step([PosterStep(*step) for step in steps]) == first


def test_the_first_thing_on_the_back_is_what_to_do(run: PrintRun, content: Content) -> None:
    (card,) = choose_cards(content, ["unpaid-wages"])
    words = text_of(pypdfium2.PdfDocument(render_cards(run, "card", [card]))[1])
    assert words.index("先做：算清楚") < words.index(card.record.rights[0].text[:6])
