"""The rules of the house that no linter keeps: sizes, docstrings, punctuation, old browsers."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
SOURCES = ("portal", "site_src", "tests")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?]|[,;:!?][\u4e00-\u9fff]")
JINJA = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
NOT_PROSE = re.compile(r"```.*?```|`[^`\n]*`|^[ -]*[\u4e00-\u9fff]+:(?=\s)", re.DOTALL | re.M)
YAML_SAMPLE = "「名称: 内容」"  # how a line of front matter is written
EXTERNAL = re.compile(
    r"""(?:src|href|action|srcset|poster)\s*=\s*["']?\s*(?:https?:)?//|url\(\s*["']?(?:https?:)?//""",
    re.IGNORECASE,
)
TOO_NEW = re.compile(
    r":has\(|@layer|@container|container-(?:type|name)|color-mix\(|okl(?:ch|ab)\(|[0-9][dsl]v[hw]\b|"
    r"@scope|@property|text-wrap|subgrid"
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@lru_cache(maxsize=1)
def python_files() -> dict[Path, ast.Module]:
    """Every Python file of the project, parsed."""
    files = [file for folder in SOURCES for file in sorted((ROOT / folder).rglob("*.py"))]
    return {file: ast.parse(file.read_text("utf-8")) for file in files}


def shown(file: Path, line: int) -> str:
    """A place as an editor can jump to it."""
    return f"{file.relative_to(ROOT)}:{line}"


def functions_in(tree: ast.Module) -> Iterator[Function]:
    """Every function, however deep."""
    for node in ast.walk(tree):
        if isinstance(node, Function):
            yield node


def templates() -> Iterator[Path]:
    """Every template of the portal and of the site."""
    for folder in ("portal", "site_src"):
        yield from sorted((ROOT / folder).rglob("*.html"))


def style_sheets() -> Iterator[Path]:
    """Every style sheet of our own."""
    for folder in ("portal", "site_src"):
        yield from sorted((ROOT / folder).rglob("*.css"))


def test_no_python_file_is_too_long() -> None:
    long = {
        shown(file, lines)
        for file in python_files()
        if (lines := len(file.read_text("utf-8").splitlines())) >= LONGEST_FILE
    }
    assert long == set()


def test_no_function_is_too_long() -> None:
    long = {
        f"{shown(file, node.lineno)} {node.name}"
        for file, tree in python_files().items()
        for node in functions_in(tree)
        if (node.end_lineno or 0) - node.lineno + 1 >= LONGEST_FUNCTION
    }
    assert long == set()


def is_overload(node: ast.AST) -> bool:
    """Whether it only declares a type for the function that follows."""
    decorators = getattr(node, "decorator_list", [])
    return any(getattr(one, "id", "") == "overload" for one in decorators)


def test_public_functions_and_classes_say_what_they_are_for() -> None:
    silent = set()
    for file, tree in python_files().items():
        if "tests" in file.relative_to(ROOT).parts:
            continue
        bodies = [tree.body] + [node.body for node in tree.body if isinstance(node, ast.ClassDef)]
        silent |= {
            f"{shown(file, node.lineno)} {node.name}"
            for body in bodies
            for node in body
            if isinstance(node, Function | ast.ClassDef)
            and not node.name.startswith(("_", "handle_"))  # html.parser calls them so
            and not is_overload(node)
            and not ast.get_docstring(node)
        }
    assert silent == set()


def docstrings(tree: ast.Module) -> set[int]:
    """The constants that are docstrings, by identity."""
    found = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else ():
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                found.add(id(statement.value))
    return found


def texts_in(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every text that the program may show, with its line: no docstring, no pattern."""
    own_words = docstrings(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if id(node) not in own_words and "(?" not in node.value:
            yield node.lineno, node.value


def test_no_half_width_punctuation_stands_beside_chinese_in_the_program() -> None:
    wrong = {
        f"{shown(file, line)} {match[0]}"
        for file, tree in python_files().items()
        if "tests" not in file.relative_to(ROOT).parts
        for line, text in texts_in(tree)
        if (match := HALF_WIDTH.search(text.replace(YAML_SAMPLE, "")))
    }
    assert wrong == set()


def test_no_half_width_punctuation_stands_beside_chinese_in_templates_and_content() -> None:
    wrong = set()
    content = [file for kind in ("*.md", "*.toml") for file in (ROOT / "content").rglob(kind)]
    for file in [*templates(), *sorted(content)]:
        text = NOT_PROSE.sub("", JINJA.sub(" ", file.read_text("utf-8")))
        wrong |= {f"{file.relative_to(ROOT)} {match}" for match in HALF_WIDTH.findall(text)}
    assert wrong == set()


def nested_rules(css: str) -> Iterator[str]:
    """The selectors that stand inside another rule; inside @media they may."""
    around: list[str] = []
    for prelude, brace in re.findall(r"([^{}]*)([{}])", re.sub(r"/\*.*?\*/", "", css, flags=re.S)):
        if brace == "}":
            around.pop()
            continue
        selector = prelude.rpartition(";")[2].strip()
        if around and not around[-1].startswith("@"):
            yield selector
        around.append(selector)


def test_style_sheets_use_nothing_that_old_phones_do_not_know() -> None:
    wrong = set()
    for file in style_sheets():
        css = file.read_text("utf-8")
        wrong |= {f"{file.relative_to(ROOT)} {match}" for match in TOO_NEW.findall(css)}
        wrong |= {f"{file.relative_to(ROOT)} {one}" for one in nested_rules(css)}
    assert wrong == set()
    assert list(nested_rules("a{color:red;b{color:blue}}")) == ["b"]


def test_no_page_asks_another_host_for_anything() -> None:
    asking = {
        f"{file.relative_to(ROOT)} {match[0]}"
        for file in [*templates(), *style_sheets()]
        for match in EXTERNAL.finditer(file.read_text("utf-8"))
    }
    assert asking == set()


def test_no_template_holds_script_or_turns_escaping_off() -> None:
    found = {
        f"{file.relative_to(ROOT)} {match[0]}"
        for file in sorted((ROOT / "portal").rglob("*.html"))
        for match in re.finditer(
            r"<script|\son[a-z]+\s*=|\sstyle\s*=|javascript:|\|\s*safe|autoescape",
            file.read_text("utf-8"),
        )
    }
    assert found == set()


def test_every_package_says_what_it_is() -> None:
    silent = {
        shown(file, 1)
        for file, tree in python_files().items()
        if not ast.get_docstring(tree) and file.read_text("utf-8").strip()
    }
    assert silent == set()


def test_browser_tests_wait_for_the_page_that_a_click_leads_to() -> None:
    clicks = [
        shown(file, number)
        for file in sorted((ROOT / "tests" / "browser").glob("*.py"))
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if ".click(" in line and file.name not in {"pressing.py", "walks.py"}
    ]
    assert clicks == [], "use press() of tests/browser/pressing.py"
