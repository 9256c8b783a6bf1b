"""Proving a receipt to others, and checking such a proof: mathematics only, no look-up."""

from portal.domain.cases.receipt_signature import Proof, ReceiptStatement, message_of, read_proof
from portal.operations.forms.submission import Receipt
from portal.operations.office import Office
from portal.store.crypto import signing


def prove_receipt(office: Office, receipt: Receipt, centre: str) -> Proof:
    """Sign the statement of the centre that it has received this."""
    statement = ReceiptStatement(receipt.number, receipt.kind_label, receipt.filed_on, centre)
    return Proof(statement, signing.sign(office.store.keys, message_of(statement)))


def check_proof(office: Office, proof: Proof) -> bool:
    """Tell whether this centre has signed just this statement."""
    key = signing.public_key(office.store.keys)
    return signing.is_signed(key, message_of(proof.statement), proof.signature)


def read_and_check(office: Office, typed: str) -> tuple[Proof | None, bool]:
    """Find the proof in a text, or None, and tell whether this centre has signed it."""
    proof = read_proof(typed)
    return proof, proof is not None and check_proof(office, proof)
