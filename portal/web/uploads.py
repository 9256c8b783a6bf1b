"""Taking files from a form that sends nothing beside them, for visitors and at the counter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import request

from portal.domain.documents.document_types import name_to_show
from portal.domain.shared.errors import NotAccepted
from portal.operations.documents.intake import Upload
from portal.operations.rate_limits import TooMany
from portal.web.forms import QuestionForm

_FIELD = "file"
"""The name of the field that carries the files."""
NUMBER = "number"
"""The part of an address by which a script that sends one file after the other counts them."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the files of a form: how many are new, how many had been there before.

    `status` is that of the answer if one of them could not be taken, else 200.
    """

    new: int
    known: int
    status: int


def take_file(form: QuestionForm, choose: str) -> Upload | None:
    """Take the one file that was sent; None with the problem in the form, `choose` if none was."""
    sent = take_files(form, choose)
    if len(sent) > 1:
        form.add_problem(choose)
        return None
    return sent[0] if sent else None


def take_files(form: QuestionForm, choose: str) -> list[Upload]:
    """Take what was sent; nothing with the problem in the form, `choose` if nothing was sent."""
    sent = [one for one in request.files.getlist(_FIELD) if one.filename]
    if form.validate_all() and not sent:
        form.add_problem(choose)
    return [] if form.problems else [Upload(one.read(), one.filename or "") for one in sent]


def send_each(
    form: QuestionForm, uploads: Sequence[Upload], send: Callable[[Upload], bool]
) -> Taken:
    """Send each file by itself: the good ones stay, of the others the form says which and why.

    `send` tells whether the file is new. What stops all of them is raised.
    """
    first = request.args.get(NUMBER, 0, int)
    new = known = 0
    status = 200
    for number, upload in enumerate(uploads, first or 1):
        try:
            if send(upload):
                new += 1
            else:
                known += 1
        except (NotAccepted, TooMany) as problem:
            words = str(problem).removesuffix("。")
            several = first or len(uploads) > 1
            name = f"第 {number} 个“{name_to_show(upload.told_name)}”：" if several else ""
            form.add_problem(f"{name}{words}")
            form.call_us = form.call_us or isinstance(problem, TooMany)
            status = max(status, problem.status if isinstance(problem, TooMany) else 422)
    return Taken(new, known, status)
