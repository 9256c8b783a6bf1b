"""Random walks through a folder of content: quick builds end as whole ones do.

Either both give the same site, to the byte; or both refuse with the same words, and the site that
was live stays.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from shutil import copytree, rmtree

from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from site_src.build import build_site
from site_src.errors import SiteProblem
from site_src.memory import Memory
from site_src.search_index import SEARCH_FILE
from tests.support.searching import examples
from tests.support.small_content import PAGE, POLICY, STORY, lay_out_content, write

DAY = date(2026, 11, 24)
HOST = "https://bangfu.example"
NOTICE = "---\n标题: {title}\n发布日期: 2026-11-20\n类型: 通知\n失效日期: ''\n---\n\n{body}\n"
MODELS: Mapping[str, str] = {
    "policies": POLICY.replace("示范办法", "{title}").replace("工资要按月发。", "{body}"),
    "stories": STORY.replace("示范故事", "{title}").replace("他来了。", "{body}"),
    "pages": PAGE.replace("关于我们", "{title}").replace("有事请来。", "{body}"),
}
NAMES = ("wages", "li", "about", "first", "second")
TITLES = ("示范办法", "另一个名字", "<b>&", "null", "")
BODIES = (
    "工资要按月发。",
    "1. 一\\n2. 二", "见[办法](/policies/wages/)。", "见[那里](/policies/first/)。",
    "见[下面](#second)。\\n\\n## second {#second}", "<script>alert(1)</script>", "* 一\\n* 二", "",
)  # fmt: skip
REDIRECTS = ("", '"/old/" = "/about/"\n', '"/old/" = "/policies/first/"\n', '"/about/" = "/"\n')
Ended = dict[str, bytes] | tuple[str, ...]


def end_of_build(root: Path, memory: Memory) -> Ended:
    """Every file of the site but the index of the search; or why there is none."""
    try:
        site = build_site(root, lambda _: None, HOST, DAY, memory).site.resolve()
    except SiteProblem as problem:
        return problem.problems
    return read_site(site)


def read_site(site: Path) -> dict[str, bytes]:
    """Every file by its name, but the index of the search."""
    paths = (path for path in site.rglob("*") if path.is_file() and path.name != SEARCH_FILE)
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}


class BuildWalk(RuleBasedStateMachine):
    """Somebody writes, removes and spoils files; after each change the site is built."""

    folder: Path
    walks = 0
    live: Ended

    @initialize()
    def lay_out(self) -> None:
        type(self).walks += 1
        self.root = self.folder / str(self.walks)
        self.root.mkdir()
        lay_out_content(self.root)
        self.memory, self.wholes, self.built, self.refused = Memory(), 0, 0, False
        self.build_both_ways()

    @rule(
        kind=st.sampled_from(sorted(MODELS)),
        name=st.sampled_from(NAMES),
        title=st.sampled_from(TITLES),
        body=st.sampled_from(BODIES),
    )
    def write_a_page(self, kind: str, name: str, title: str, body: str) -> None:
        text = MODELS[kind].format(title=title, body=body.replace("\\n", "\n"))
        write(self.root, f"{kind}/{name}.md", text)
        self.build_both_ways()

    @rule(kind=st.sampled_from(sorted(MODELS)), name=st.sampled_from(NAMES))
    def remove_a_page(self, kind: str, name: str) -> None:
        (self.root / "content" / kind / f"{name}.md").unlink(missing_ok=True)
        self.build_both_ways()

    @rule(name=st.sampled_from(NAMES), spoilt=st.sampled_from(("", "---\n标题: [\n---\n", "\x08")))
    def spoil_a_page(self, name: str, spoilt: str) -> None:
        write(self.root, f"policies/{name}.md", spoilt)
        self.build_both_ways()

    @rule(text=st.sampled_from(REDIRECTS))
    def move_pages(self, text: str) -> None:
        write(self.root, "redirects.toml", text)
        self.build_both_ways()

    @rule(hours=st.sampled_from(("周一至周五", "每天", "")))
    def change_the_centre(self, hours: str) -> None:
        about = self.root / "content" / "centre.toml"
        lines = about.read_text("utf-8").splitlines(keepends=True)
        kept = [f'hours = "{hours}"\n' if line.startswith("hours") else line for line in lines]
        about.write_text("".join(kept), "utf-8")
        self.build_both_ways()

    @precondition(lambda self: self.refused)
    @rule()
    def put_it_back(self) -> None:
        rmtree(self.root / "content")
        copytree(self.root / f"whole-{self.built}" / "content", self.root / "content")
        self.build_both_ways()
        assert not self.refused

    def build_both_ways(self) -> None:
        """Compare a quick build with a whole one in another place."""
        quick = end_of_build(self.root, self.memory)
        self.wholes += 1
        other = self.root / f"whole-{self.wholes}"
        copytree(self.root / "content", other / "content")
        whole = end_of_build(other, Memory())
        self.refused = isinstance(whole, tuple)
        if isinstance(whole, tuple) or isinstance(quick, tuple):
            assert quick == whole
            assert read_site((self.root / "build" / "site").resolve()) == self.live
            return
        assert sorted(name for name in quick.keys() | whole.keys()
                      if quick.get(name) != whole.get(name)) == []  # fmt: skip
        self.live, self.built = quick, self.wholes


def test_a_quick_build_ends_as_a_whole_one(tmp_path: Path) -> None:
    walk = type("Walk", (BuildWalk,), {"folder": tmp_path, "walks": 0})
    settings = examples(8, stateful_step_count=12, suppress_health_check=[*HealthCheck])
    run_state_machine_as_test(walk, settings=settings)
