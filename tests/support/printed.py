"""What stands on a printed page, as a reader and as a scanner see it."""

import pypdfium2
import zxingcpp

POOR_SCANNER, SCANNER = 150, 200
"""Dots per inch."""


def text_of(page: pypdfium2.PdfPage) -> str:
    """The words of a page without spaces, which the type setting may add."""
    return "".join(str(page.get_textpage().get_text_range()).split())


def text_of_all(pdf: bytes) -> str:
    """The words of all pages without spaces."""
    return "".join(text_of(page) for page in pypdfium2.PdfDocument(pdf))


def codes_of(page: pypdfium2.PdfPage, scanner: int) -> list[str]:
    """What the QR codes of a page say to a scanner with so many dots per inch."""
    picture = page.render(scale=scanner / 72).to_pil()
    return [found.text for found in zxingcpp.read_barcodes(picture)]
