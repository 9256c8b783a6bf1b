"""The public half of the key that signs receipts, for the page on which anybody checks them."""

from base64 import urlsafe_b64encode
from pathlib import Path

from portal.publishing.files import write_whole
from portal.store.crypto import signing
from portal.store.crypto.keys import Keyring

RECEIPT_KEY_FILE = "receipt-key.json"


def publish_receipt_key(keys: Keyring, folder: Path) -> None:
    """Write the file for the site to read."""
    folder.mkdir(parents=True, exist_ok=True)
    key = signing.public_key(keys)
    content = {
        "algorithm": "Ed25519",
        "public_key": urlsafe_b64encode(key).decode("ascii").rstrip("="),
        "fingerprint": signing.fingerprint(key),
    }
    write_whole(folder / RECEIPT_KEY_FILE, content)
