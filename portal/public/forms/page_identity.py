"""Which form a page was shown for, and how it stood then: nothing is filled in unawares.

The page carries the token of its draft. A cookie that was lost meanwhile is found again by it; a
page of another form, or one that was changed elsewhere since, is shown once more before it counts.
"""

import json
from hashlib import sha256

from flask import request

from portal.domain.forms.journeys import Journey, Page
from portal.domain.forms.progress import JourneyProgress
from portal.operations.forms import submission
from portal.operations.office import Office
from portal.public.forms.browser_session import remember_token, token_of
from portal.web.forms import HELD, SEEN, QuestionForm

LOST = (
    "这台手机上找不到您前面填的：可能清理过，或者换了浏览器。这一页刚填的还在下面。"
    "先前点过“先存着”的，请打开“查进度”，填编号和查询码接着填；没有存过，就再点一次，从头补填"
)
OTHER_FORM = "这一页是另一份表的，现在打开的不是那一份。要填进现在这一份，请再点一次"
CHANGED = "这一页刚才在另一个窗口、另一台手机上改过。下面是您这次写的，要用这次的，请再点一次"


def find_again(office: Office, journey: Journey) -> None:
    """Let the browser keep the draft of the page that it sent, if it has lost its cookie.

    Where it holds a number that opens it, it is asked for before the next page is shown.
    """
    held = request.form.get(HELD, "")
    if held and token_of(journey.kind) is None and submission.read_draft(office, held):
        remember_token(journey.kind, held)


def find_conflict(progress: JourneyProgress, page: Page, form: QuestionForm) -> str:
    """Say why a page that was sent may not count yet; empty if it may."""
    held = request.form.get(HELD)
    if held is None:
        return ""
    if progress.draft.changed_at is None and held:
        return LOST
    if held != (token_of(progress.journey.kind) or ""):
        return OTHER_FORM
    now = {name: progress.answers.get(name) for name in form.cleaned}
    changed = request.form.get(SEEN, "") != mark_answers(progress, page)
    return CHANGED if changed and form.cleaned != now else ""


def mark_answers(progress: JourneyProgress, page: Page) -> str:
    """Return a mark that changes with the answers of a page."""
    answers = {name: progress.answers.get(name) for name in sorted(page.names)}
    return sha256(json.dumps(answers, default=str).encode()).hexdigest()[:16]
