"""`python -m portal.manual`: write the pages of the manual for mkdocs to read."""

from pathlib import Path

from portal.manual.pages import write_pages

ROOT = Path(__file__).parents[2]

if __name__ == "__main__":
    print(f"{write_pages(ROOT, ROOT / 'build' / 'manual-pages')} files in build/manual-pages")
