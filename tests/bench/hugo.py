"""The same pages for Hugo: our Markdown in goldmark's dialect, and our page as Go templates."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import yaml

from site_src.centre import Centre
from site_src.collections import list_footer_links, list_menu_links
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
    write(root / "data" / "footer.json", json.dumps(list_footer_links()))
    style = "".join((THEME / "css" / name).read_text("utf-8") for name in
                    ("tokens.css", "header.css", "site.css"))  # fmt: skip
    for name in ("single", "list"):
        write(root / "layouts" / "_default" / f"{name}.html", PAGE.replace("@STYLE@", style))
    for name in ("header", "footer"):
        text = (THEME / "shared" / f"{name}.html").read_text("utf-8")
        write(root / "layouts" / "partials" / f"{name}.html", to_go_template(text))
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


def to_go_template(text: str) -> str:
    """One of the shared partials, which use little of Jinja: the menu, centre.*, if."""
    links = "".join(f"  {json.dumps(link, ensure_ascii=False)},\n" for link in list_menu_links())
    text = text.replace("] + menu_links + [\n", links)
    menu = re.search(r"{%- set menu = \[(.*?)\n\] -%}", text, re.DOTALL)
    head = ""
    if menu:
        rows = re.sub(r"\[(.*?)\],", r"(slice \1)", menu[1]).replace('", "', '" "')
        head = (
            "{{ $section := .Params.section }}{{ $menu := slice " + " ".join(rows.split()) + " }}"
        )
        text = text.replace(menu[0], "")
    text = re.sub(r"{#-.*?-#}\n?", "", text, flags=re.DOTALL)
    text = re.sub(r"{% if form_(?:mode|id) %}.*?{% endif %}", "", text, flags=re.DOTALL)
    for old, new in (
        (r"{% for item in menu %}", "{{ range $menu }}"),
        (r"{% for link in footer_links %}", "{{ range site.Data.footer }}"),
        (r"{% endfor %}|{% endif %}", "{{ end }}"),
        (r"{% if not form_(?:mode|id) %}", "{{ if true }}"),
        (r"{% if item\[0\] == section %}", "{{ if eq (index . 0) $section }}"),
        (r"{% if centre\.(\w+) or centre\.(\w+) %}",
         r"{{ if or site.Data.centre.\1 site.Data.centre.\2 }}"),
        (r"{% if centre\.(\w+) and centre\.(\w+) %}",
         r"{{ if and site.Data.centre.\1 site.Data.centre.\2 }}"),
        (r"{% if centre\.(\w+) %}", r"{{ if site.Data.centre.\1 }}"),
        (r"{{ centre\.(\w+)\|e }}", r"{{ site.Data.centre.\1 }}"),
        (r"{{ (?:item|link)\[(\d)\]\|e }}", r"{{ index . \1 }}"),
    ):  # fmt: skip
        text = re.sub(old, new, text)
    if "{%" in text:
        raise ValueError(f"Jinja that has no Go counterpart here: {text[text.index('{%') :][:80]}")
    return head + text
