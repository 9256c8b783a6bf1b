"""robots.txt: everything may be read but what belongs to one visitor or to staff."""

from pathlib import Path

from site_src.portal_addresses import FORMS

PRIVATE = ("/staff", *(f"/{form}" for form in FORMS), "/status", "/search", "/elder", "/leave")


def write_robots(site: Path, site_url: str) -> None:
    """Write the file; the sitemap is named if the public address is known."""
    # Not the bare word: /staff would also keep them out of a page called /staffing/.
    closed = [f"Disallow: {address}{end}" for address in PRIVATE for end in ("$", "/", "?")]
    lines = ["User-agent: *", *closed]
    if site_url:
        lines += ["", f"Sitemap: {site_url}/sitemap.xml"]
    (site / "robots.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
