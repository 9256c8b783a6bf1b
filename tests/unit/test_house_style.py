"""The rules of the house that no linter keeps: sizes, names, tables, punctuation, old browsers."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
SOURCES = ("portal", "rulefiles", "site_src", "tests")
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

SAME_THING_TWICE = {
    "Certainty": "how surely a rule is known, as the calculators and as the site say it",
    "JOURNEYS": "the pieces of one table, and the table",
    "QUESTIONS": "the pieces of the table of fields",
    "REGISTRY": "what can happen to a record, one registry for each aggregate",
    "TABLES": "the pieces of the table of workflows",
    "blueprint": "builds the routes of a module, once in each",
    "main": "where a process begins",
}
"""Public names that stand in more than one module, and why they may."""

NOUNS_IN_ING_AND_ED = {
    "cleaning", "counting", "drawing", "encoding", "error_mapping", "masking", "publishing",
    "ranking", "rendering", "sealing", "shared", "signing", "text_cleaning", "typesetting",
}  # fmt: skip
"""Modules whose names end like verbs, but are words of the field."""

NO_VERBS = {
    "a", "all", "an", "any", "both", "each", "every", "how", "its", "no", "nothing", "one", "only",
    "some", "something", "that", "the", "these", "this", "those", "what", "when", "where",
    "whether", "which", "who", "whom", "whose", "why",
}  # fmt: skip
"""What a docstring of a function does not begin with, though D401 lets it pass."""

ROWS = {"Field", "LegalPaper", "Page", "Paper", "State", "Step", "WorkView", "page"}
"""What a row of the great tables is called; one alone is laid out as it is in its table."""

FEWEST_ROWS, MOST_BY_POSITION = 3, 8
TAKES_ANY_NUMBER = {"_relief", "markdown_page", "states_of", "steps_of"}


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


def product_files() -> Iterator[tuple[Path, ast.Module]]:
    """Every Python file but the tests, parsed."""
    for file, tree in python_files().items():
        if "tests" not in file.relative_to(ROOT).parts:
            yield file, tree


def public_names(tree: ast.Module) -> Iterator[str]:
    """Every name without an underscore that a module gives to something of its own."""
    for node in tree.body:
        names = [node.name] if isinstance(node, Function | ast.ClassDef) else []
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [
                one.id
                for target in targets
                for one in ast.walk(target)
                if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
            ]
        yield from (name for name in names if not name.startswith("_"))


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


def test_no_call_hands_over_too_much_by_position() -> None:
    long = {
        f"{shown(file, node.lineno)} {ast.unparse(node.func)}"
        for file, tree in product_files()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and len(node.args) > MOST_BY_POSITION
        and ast.unparse(node.func) not in ROWS | TAKES_ANY_NUMBER
    }
    assert long == set(), "name what is handed over: a dataclass with kw_only, keywords in the call"


def test_no_function_takes_too_much_by_position() -> None:
    long = {
        f"{shown(file, node.lineno)} {node.name}"
        for file, tree in product_files()
        for node in functions_in(tree)
        if len(node.args.posonlyargs) + len(node.args.args) > MOST_BY_POSITION
    }
    assert long == set()


def test_a_public_name_stands_in_one_module() -> None:
    places: dict[str, list[str]] = {}
    for file, tree in product_files():
        for name in set(public_names(tree)):
            places.setdefault(name, []).append(str(file.relative_to(ROOT)))
    twice = {name: files for name, files in places.items() if len(files) > 1}
    assert {name: twice[name] for name in twice.keys() - SAME_THING_TWICE.keys()} == {}
    assert SAME_THING_TWICE.keys() <= twice.keys(), "listed, but it stands in one module only"


def test_modules_and_folders_are_nouns() -> None:
    parts = {part for file, _ in product_files() for part in file.relative_to(ROOT).parts}
    names = {part.removesuffix(".py") for part in parts}
    like_verbs = {name for name in names if name.endswith(("ing", "ed"))}
    assert like_verbs - NOUNS_IN_ING_AND_ED == set()
    assert not NOUNS_IN_ING_AND_ED - like_verbs, "listed, but no module is called so"


def test_docstrings_of_functions_begin_with_a_verb() -> None:
    """The rest of it is D401 of ruff, which knows no Chinese either."""
    wrong = {
        f"{shown(file, node.lineno)} {node.name}"
        for file, tree in product_files()
        for node in functions_in(tree)
        if not any("property" in ast.unparse(one) for one in node.decorator_list)
        and re.split(r"\W", ast.get_docstring(node) or "", maxsplit=1)[0].lower() in NO_VERBS
    }
    assert wrong == set()


def is_table(statement: ast.stmt) -> bool:
    """Whether a statement makes rows: at least three of anything in one display or one call that
    goes over as many lines, or rows of the great tables, even one."""
    if not isinstance(statement, ast.Assign | ast.AnnAssign | ast.Return) or not statement.value:
        return False
    value = statement.value
    alone = value.elts if isinstance(value, ast.Tuple) else [value]
    if alone and all(isinstance(one, ast.Call) and ast.unparse(one.func) in ROWS for one in alone):
        return True
    return any(
        len(rows_in(node)) >= FEWEST_ROWS and node.end_lineno - node.lineno + 1 >= FEWEST_ROWS
        for node in ast.walk(value)
        if isinstance(node, ast.expr) and node.end_lineno
    )


def rows_in(node: ast.expr) -> list[ast.expr]:
    """What can be rows of an expression; of the arguments of a call, calls and tuples."""
    match node:
        case ast.Tuple() | ast.List() | ast.Set():
            return node.elts
        case ast.Dict():
            return node.values
        case ast.Call():
            return [one for one in node.args if isinstance(one, ast.Call | ast.Tuple)]
    return []


def untidy_places(source: str, tree: ast.Module) -> Iterator[int]:
    """The lines with the formatter off beside a statement that is no table."""
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    for number, line in enumerate(source.splitlines(), 1):
        if "# fmt: " not in line or "# fmt: on" in line:
            continue
        at = number + ("# fmt: off" in line)  # that stands on a line of its own, above
        around = [one for one in statements if one.lineno <= at <= (one.end_lineno or 0)]
        if not around or not is_table(max(around, key=lambda one: one.lineno)):
            yield number


def test_the_formatter_is_off_only_where_a_table_is_a_table() -> None:
    wrong = {
        shown(file, line)
        for file, tree in product_files()
        for line in untidy_places(file.read_text("utf-8"), tree)
    }
    assert wrong == set(), "take the comment away and let ruff format"
    call = "f(a,\n  b=1)  # fmt: skip\n"
    table = "T = (\n    (1, 2),\n    (3, 4),\n    (5, 6),\n)  # fmt: skip\n"
    assert list(untidy_places(call, ast.parse(call))) == [2]
    assert list(untidy_places(table, ast.parse(table))) == []


def is_overload(node: ast.AST) -> bool:
    """Whether it only declares a type for the function that follows."""
    decorators = getattr(node, "decorator_list", [])
    return any(getattr(one, "id", "") == "overload" for one in decorators)


def test_public_functions_and_classes_say_what_they_are_for() -> None:
    silent = set()
    for file, tree in product_files():
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
        for file, tree in product_files()
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
