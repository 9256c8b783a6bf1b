"""Taking one file from a form that sends nothing beside it, for visitors and at the counter."""

from flask import request

from portal.operations.documents.intake import Upload
from portal.web.forms import QuestionForm

_FIELD = "file"
"""The name of the field that carries the file."""


def take_file(form: QuestionForm, choose: str) -> Upload | None:
    """Take the one file that was sent; None with the problem in the form, `choose` if none was."""
    sent = [one for one in request.files.getlist(_FIELD) if one.filename]
    if form.validate_all() and len(sent) != 1:
        form.add_problem(choose)
    if form.problems:
        return None
    return Upload(sent[0].read(), sent[0].filename or "")
