"""Opening what a worker sent: a photo to look at, a PDF to download, an original for a reason."""

from collections.abc import Mapping

from flask import Blueprint, Response, abort, g, redirect, request, url_for

from portal.domain.fields import Choice
from portal.domain.roles import Permission
from portal.domain.workflow import Actor
from portal.operations import papers
from portal.operations.office import Office
from portal.operations.papers import Opened
from portal.web.edge import Answer
from portal.web.guards import guarded

ORIGINAL_REASONS = (
    Choice("evidence", "当证据交给仲裁、法院"),
    Choice("genuine", "核对照片是不是原样"),
)
_POLICY = (
    "sandbox; default-src 'none'; script-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_ENDINGS: Mapping[str, str] = {"image/jpeg": "jpg", "application/pdf": "pdf"}


def _actor() -> Actor:
    return g.signed_in.actor  # type: ignore[no-any-return]


def blueprint(office: Office) -> Blueprint:
    """The routes of a paper that was sent."""
    routes = Blueprint("papers", __name__, url_prefix="/cases/<receipt>/papers/<file_id>")

    @routes.get("")
    @guarded(Permission.REVEAL_IDENTITY)
    def paper(receipt: str, file_id: str) -> Answer:
        """The cleaned photo or PDF; that it was opened is logged."""
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            abort(403)
        return _send(papers.open_paper(office, _actor(), receipt, file_id), receipt)

    @routes.post("/original")
    @guarded(Permission.REVEAL_IDENTITY)
    def original(receipt: str, file_id: str) -> Answer:
        """The untouched file as a download, for a reason that is logged."""
        reason = request.form.get("reason", "")
        if reason not in {choice.code for choice in ORIGINAL_REASONS}:
            return redirect(url_for("workbench.case", receipt=receipt), 303)
        opened = papers.open_original(office, _actor(), receipt, file_id, reason)
        name = f"{receipt}-{opened.sent.paper}-{file_id[:8]}.original"
        return _response(opened.body, "application/octet-stream", name, shown=False)

    return routes


def _send(opened: Opened, receipt: str) -> Response:
    """A photo is shown, as it was made anew; a PDF is only ever downloaded."""
    sent = opened.sent
    name = f"{receipt}-{sent.paper}-{sent.id[:8]}.{_ENDINGS[sent.media_type]}"
    return _response(opened.body, sent.media_type, name, shown=sent.media_type == "image/jpeg")


def _response(body: bytes, media_type: str, name: str, *, shown: bool) -> Response:
    response = Response(body, mimetype=media_type)
    way = "inline" if shown else "attachment"
    response.headers["Content-Disposition"] = f'{way}; filename="{name}"'
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cache-Control"] = "no-store"
    return response
