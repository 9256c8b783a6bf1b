"""The same pages for Hugo: our Markdown in goldmark's dialect, and our page as Go templates."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import jinja2
import yaml

from site_src.centre import Centre
from site_src.collections import list_footer_links
from site_src.colours import write_colours
from site_src.menu import list_menu
from site_src.pages.text import MadePage

THEME = Path(__file__).parents[2] / "site_src" / "theme"
HEADING_NAME = re.compile(r"\{: #([\w-]+) \}$", re.MULTILINE)
ATTRIBUTES = re.compile(r"\s?\{:[^}\n]*\}")
BOX = re.compile(r'^!!! note "([^"\n]*)"\n\n    (.*)$', re.MULTILINE)
CONFIG = {
    "languageCode": "zh-CN",
    "disableKinds": ["taxonomy", "term", "RSS", "sitemap", "404"],
    "markup": {"goldmark": {"parser": {"attribute": {"title": True}}}},
}
PAGE = """\
<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} · {{ site.Data.centre.name }}</title>
{{ with .Description }}<meta name="description" content="{{ . }}">
{{ end }}<meta name="theme-color" content="#8f1418">
<meta name="format-detection" content="telephone=no">
<link rel="icon" href="/assets/seal.svg" type="image/svg+xml">
<style>@STYLE@</style>
</head>
<body>
{{ partial "header.html" . }}
<main id="main" tabindex="-1">
<div class="head"><div class="wrap">
<nav class="crumbs" aria-label="您的位置"><a href="/">首页</a>
{{ with .Params.crumb }}<span aria-hidden="true">›</span>
<a href="{{ .address }}">{{ .title }}</a>{{ end }}</nav>
<h1>{{ .Title }}</h1>
{{ $answer := eq .Params.kind "card" }}
{{ with .Description }}<p class="{{ if $answer }}answer{{ else }}lead{{ end }}">{{ . }}</p>{{ end }}
{{ with .Params.tags }}<ul class="tags">{{ range . }}<li>{{ . }}</li>{{ end }}</ul>{{ end }}
</div></div>
<div class="wrap body kind-{{ .Params.kind }}">
{{ with .Params.jumps }}<nav class="jumps" aria-label="按事情找"><ul>{{ range . }}
<li><a href="{{ .address }}">{{ .title }}</a></li>{{ end }}</ul></nav>{{ end }}
<article class="text">
{{ .Content }}
{{ range .Params.groups }}{{ if .title }}<h2 id="{{ .anchor }}">{{ .title }}</h2>
{{ end }}<ul>{{ range .rows }}<li><a href="{{ .address }}"><strong>{{ .title }}</strong>
{{ .words }}</a></li>{{ end }}</ul>
{{ end }}</article>
{{ if .Params.crumb }}<nav class="side" aria-label="这一页有"><p>这一页有</p>
{{ .TableOfContents }}</nav>{{ end }}
</div>
</main>
{{ partial "footer.html" . }}
</body>
</html>
"""


def write_hugo_site(root: Path, pages: Iterable[MadePage], centre: Centre) -> None:
    """Write a Hugo project with these pages into root."""
    write(root / "config.json", json.dumps(CONFIG))
    write(root / "data" / "centre.json", json.dumps({**asdict(centre), "towns": []}))
    style = write_colours() + "".join((THEME / "css" / name).read_text("utf-8") for name in
                    ("tokens.css", "header.css", "site.css"))  # fmt: skip
    for name in ("single", "list"):
        write(root / "layouts" / "_default" / f"{name}.html", PAGE.replace("@STYLE@", style))
    templates = jinja2.Environment(loader=jinja2.FileSystemLoader(THEME), autoescape=True)
    frame = {"centre": centre, "menu": list_menu(), "footer_links": list_footer_links()}
    for name in ("header", "footer"):  # the same on every page, so cheaper for Hugo than for us
        text = templates.get_template(f"shared/{name}.html").render(frame)
        write(root / "layouts" / "partials" / f"{name}.html", text)
    for page in pages:
        name = re.sub(r"(^|/)index\.md$", r"\1_index.md", page.path)
        head = yaml.dump(page.meta, Dumper=yaml.CSafeDumper, allow_unicode=True, width=10**6)
        write(root / "content" / name, f"---\n{head}---\n\n{to_goldmark(page.text)}\n")


def write(path: Path, text: str) -> None:
    """One file, with the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def to_goldmark(text: str) -> str:
    """Our Markdown without what goldmark does not know; names of headings stay."""
    text = BOX.sub(r"> **\1**\n>\n> \2", text)
    return ATTRIBUTES.sub("", HEADING_NAME.sub(r"{#\1}", text))
