"""Saying that there is no such paper: why, in a tap and a few words, or that it may come after all.

Nobody is held up for a paper that he has not got （没有这样材料、不适用、以后到窗口交原件）.
"""

from flask import redirect, render_template, request

from portal.domain.documents.paper_states import (
    ABSENCE_QUESTIONS,
    UNDO,
    describe_absence,
    read_saying,
)
from portal.operations.office import Office
from portal.public.documents.shelf import DocumentShelf
from portal.web.attempts import NOT_STORED
from portal.web.edge import Answer
from portal.web.forms import ask


def say_absent(office: Office, shelf: DocumentShelf, code: str) -> Answer:
    """Ask why there is no such paper, keep the answer, and lead back to the list."""
    standing = shelf.find(code)
    known = describe_absence(standing.absence) if standing.absence else {}
    undo = request.method == "POST" and request.form.get("button") == UNDO
    form = ask(ABSENCE_QUESTIONS, office.context(), known)

    def redisplay() -> str:
        frame = {**shelf.frame, "back": f"{shelf.address}/{code}"}
        return render_template("absent.html", shelf=shelf, standing=standing, form=form, **frame)

    if request.method == "GET":
        return redisplay()
    if not form.validate_all() and (form.problems or not undo):
        return redisplay(), 422

    def keep() -> Answer:
        shelf.say(code, read_saying(code, form.cleaned, undo=undo))
        return redirect(shelf.address, 303)

    return shelf.act(form, keep, redisplay, NOT_STORED)
