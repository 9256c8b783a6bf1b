"""QR codes as drawings: for a page and for paper."""

from io import BytesIO

import segno
from markupsafe import Markup

_QUIET = 4  # modules on each side, as the standard asks


def draw_code(address: str) -> str:
    """Draw a QR code of error level M as an SVG file."""
    buffer = BytesIO()
    code = segno.make_qr(address, error="m", boost_error=False)
    code.save(buffer, kind="svg", border=_QUIET, light="white", omitsize=True)
    return buffer.getvalue().decode()


def show_code(address: str, label: str) -> Markup:
    """Draw a QR code to stand in a page; `label` is for those who do not see it."""
    code = segno.make_qr(address, error="m", boost_error=False)
    drawing = code.svg_inline(
        border=_QUIET, light="white", omitsize=True, svgclass="qr", lineclass=None
    )
    head = Markup('<svg role="img" aria-label="{}"').format(label)
    return head + Markup(drawing.removeprefix("<svg"))  # noqa: S704 (drawn by segno)
