"""What a receipt says, on a page and on a sheet of paper, to visitors and at the counter."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from markupsafe import Markup

from portal.domain.cases.receipt_numbers import group_code
from portal.domain.cases.receipt_signature import pack_proof, write_proof
from portal.domain.cases.workflow import OPENING, WORKFLOWS
from portal.domain.documents.document_types import (
    SentFile,
    label_of_paper,
    lay_out_digest,
    show_size,
)
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.dates import format_date
from portal.operations.cases import receipt_signature
from portal.operations.forms.submission import Receipt
from portal.operations.office import Office
from portal.web.edge import Answer
from portal.web.qr_codes import draw_code, show_code
from portal.web.typesetting import send_pdf
from site_src.centre import Centre

_STATUS, _VERIFY = "查进度的二维码", "核对回执的二维码"


@dataclass(frozen=True, slots=True)
class Original:
    """A file that is kept untouched, in words, and its SHA-256 on two lines."""

    label: str
    name: str
    size: str
    digest: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Slip:
    """A receipt as page and paper show it: the receipt, what happens next, its proof line by line,
    what the two QR codes open, and the untouched files, of which the proof says nothing. A browser
    that opens a code does not send what stands behind the #; pasted into a form it would be sent,
    which is why /verify/ cuts the address of a case out."""

    receipt: Receipt
    steps: tuple[str, ...]
    proof: Mapping[str, str]
    status: str
    verify: str
    originals: tuple[Original, ...]

    @property
    def status_qr(self) -> Markup:
        """The code that opens the case; nothing if the secret code was replaced meanwhile."""
        return show_code(self.status, _STATUS) if self.receipt.code else Markup()

    @property
    def verify_qr(self) -> Markup:
        """The code that shows others that the receipt is true."""
        return show_code(self.verify, _VERIFY)


def make_slip(
    office: Office, receipt: Receipt, centre: Centre, sent: Iterable[SentFile] = ()
) -> Slip:
    """Lay out what the receipt says, signed; of what was sent it names what is kept untouched."""
    proof = receipt_signature.prove_receipt(office, receipt, centre.name)
    return Slip(
        receipt,
        _next_steps(office, receipt),
        write_proof(proof),
        address_of_status(office, receipt.number, receipt.code or ""),
        f"{office.public_url}/verify/#{pack_proof(proof)}",
        tuple(_describe(receipt, one) for one in sent if one.has_original),
    )


def address_of_status(office: Office, number: str, code: str) -> str:
    """Return what opens a case or a form that was put aside; what follows the # is not sent."""
    return f"{office.public_url}/status#{number}:{code}"


def _describe(receipt: Receipt, sent: SentFile) -> Original:
    label = label_of_paper(receipt.kind, sent.paper)
    return Original(label, sent.name, show_size(sent.size), lay_out_digest(sent.sha256))


def _next_steps(office: Office, receipt: Receipt) -> tuple[str, ...]:
    limit = WORKFLOWS[receipt.kind].states[OPENING].limit
    within = f"（{office.rules.deadline(limit).words}内）" if limit else ""
    by = f"{format_date(receipt.reply_by)}以前{within}" if receipt.reply_by else ""
    return (
        f"我们{by}{JOURNEYS[receipt.kind].next_step.format(call=receipt.call)}。",
        "缺什么会一次写清楚，答复也写清楚，都在“查进度”那一页，请记得去看。",
    )


def send_slip(
    office: Office, receipt: Receipt, centre: Centre, sent: Iterable[SentFile] = ()
) -> Answer:
    """Send the receipt on paper, as a PDF to keep."""
    slip = make_slip(office, receipt, centre, sent)
    data = {
        "number": receipt.number,
        "code": group_code(receipt.code) if receipt.code else "",
        "kind": receipt.kind_label,
        "filed_on": format_date(receipt.filed_on),
        "reply_by": format_date(receipt.reply_by) if receipt.reply_by else "",
        "steps": slip.steps,
        "claim_limit": next(iter(receipt.claim_limits), ""),
        "proof": slip.proof,
        "status_qr": draw_code(slip.status),
        "verify_qr": draw_code(slip.verify),
        "verify_address": f"{office.public_url}/verify/",
        "originals": [asdict(one) for one in slip.originals],
    }
    return send_pdf("receipt", centre, data, f"receipt-{receipt.number}.pdf")
