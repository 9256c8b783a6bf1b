"""Searching the published pages, on the server, without script."""

import json
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, render_template, request

from portal.domain.searching import MOST_TYPED, Page, read_pages, search_pages
from portal.domain.text import clean_text
from portal.web.guards import ANYBODY, guarded


@lru_cache(maxsize=2)
def _pages(generation: Path) -> tuple[Page, ...]:
    """The pages of one generation of the site; a new generation is a new folder."""
    index = generation / "search.json"
    return read_pages(json.loads(index.read_text("utf-8"))) if index.is_file() else ()


def blueprint(site: Path) -> Blueprint:
    """The search page; `site` is followed anew at every request."""
    routes = Blueprint("search", __name__)

    @routes.get("/search")
    @guarded(ANYBODY)
    def search() -> str:
        """What the published pages say about the words."""
        typed = clean_text(request.args.get("q", ""))[:MOST_TYPED]
        hits = search_pages(_pages(site.resolve()), typed)
        return render_template("search.html", typed=typed, hits=hits)

    return routes
