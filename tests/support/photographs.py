"""Sending photos as a browser does, and looking at what is kept of them on the disk."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

from PIL import Image
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from portal.domain.documents.document_types import SentFile
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.documents import applicant_documents
from portal.store import cases, files
from portal.store.errors import StoreFull
from tests.support.browser import Browser
from tests.support.centre import Centre, Filed
from tests.support.hostile_files import picture, saved, talking_jpeg

NAME = "金丝雀的身份证.jpg"


def photo(side: int = 64) -> bytes:
    """A small photo; another side makes another photo."""
    return saved(picture((side, side)), "JPEG")


def make_photos(folder: Path, count: int) -> list[Path]:
    """Photos of half a megabyte, each another one."""
    files = [folder / f"示范{number}.jpg" for number in range(1, count + 1)]
    for number, file in enumerate(files):
        picture = Image.effect_noise((900, 700), 50 + number).convert("RGB")
        picture.save(file, "JPEG", quality=95)
    return files


def send(browser: Browser, address: str, body: bytes, name: str = NAME) -> TestResponse:
    """Choose a file on the page of a paper and press 上传."""
    browser.get(address)
    return send_as_is(browser, address, body, name)


def send_as_is(browser: Browser, address: str, body: bytes, name: str = NAME) -> TestResponse:
    """The same without looking at the page first."""
    typed = {"csrf_token": browser.token, "file": FileStorage(BytesIO(body), name)}
    boundary, data = encode_multipart(typed)
    kind = f"multipart/form-data; boundary={boundary}"
    return browser.ask("POST", address, data=data, content_type=kind)


def send_several(browser: Browser, address: str, sent: Sequence[tuple[str, bytes]]) -> TestResponse:
    """Choose several files, each a name and its bytes, on the page of a paper and press 上传."""
    browser.get(address)
    typed = MultiDict([("csrf_token", browser.token)])
    chosen = [("file", FileStorage(BytesIO(body), name)) for name, body in sent]
    boundary, data = encode_multipart(MultiDict([*typed.items(), *chosen]))
    kind = f"multipart/form-data; boundary={boundary}"
    return browser.ask("POST", address, data=data, content_type=kind)


def on_disk(centre: Centre) -> list[Path]:
    """Every file of what people sent."""
    return sorted(path for path in centre.instance.files.glob("**/*") if path.is_file())


def held(centre: Centre, receipt: Filed) -> list[SentFile]:
    """What a case holds."""
    stored = cases.find_case(centre.office.store, receipt.number)
    assert stored
    return files.files_of(centre.office.store, stored.owner)


def case_with_photo(centre: Centre, kind: CaseKind, paper: str = "identity") -> Filed:
    """A case to which its worker has sent a photo that tells where it was taken."""
    receipt = centre.case(kind)
    sent = send(centre.follower(receipt), f"/status/papers/{paper}", talking_jpeg())
    assert sent.status_code == 303
    return receipt


def address_of_photo(centre: Centre, receipt: Filed) -> str:
    """Where staff open the one photo of a case."""
    (sent,) = held(centre, receipt)
    return f"/staff/cases/{receipt.number}/papers/{sent.id}"


def opened_case(centre: Centre, login: str, receipt: Filed) -> Browser:
    """A browser of staff that looks at a case."""
    browser = centre.staff(login)
    browser.get(f"/staff/cases/{receipt.number}")
    return browser


def sent_so_far(centre: Centre, token: str) -> list[SentFile]:
    """What was sent with a form that is being filled in."""
    return applicant_documents.sent_with_draft(centre.office, token)


@contextmanager
def full_photo_disk() -> Iterator[None]:
    """As long as this lasts, no photo finds room on the disk."""

    def refuse(*_: object) -> None:
        raise StoreFull("the disk is full")

    with patch.object(files, "_write", refuse):
        yield
