"""Where a list of people is being written: in a form, or for a case that was filed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import redirect

from portal.domain.forms.answer_summary import describe_member
from portal.domain.forms.fields import FIELDS, Kind
from portal.domain.forms.journeys import Journey, KnownAnswers, Page
from portal.domain.rosters.roster import Grid
from portal.domain.shared.errors import NotAllowed, NotFound
from portal.operations.documents.intake import Upload
from portal.operations.office import Office
from portal.operations.rosters import roster_export
from portal.public.forms.browser_session import token_of
from portal.public.forms.navigation import back_address, progress, save
from portal.web.edge import Answer, caller_network
from portal.web.forms import QuestionForm
from portal.web.keeping import NOT_STORED
from portal.web.uploads import settle


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The list of a page: who is on it so far, and where it is kept.

    `answers` holds the people and the rows that are not right yet, `save` keeps them; `lost` is
    where to go if the form is gone meanwhile. `of_case`: mobiles are shown masked. `frame` is
    what its pages show around them.
    """

    office: Office
    page: Page
    address: str
    answers: KnownAnswers
    save: Callable[[Mapping[str, object]], None]
    read_table: Callable[[Upload], Grid]
    lost: str
    of_case: bool = False
    frame: Mapping[str, object] = field(default_factory=dict)

    @property
    def people(self) -> list[Mapping[str, object]]:
        """The people on the list so far."""
        return self.page.entries_in(self.answers)

    def describe(self, one: Mapping[str, object]) -> str:
        """Describe a person in one line.

        After filing the mobile is masked, the name is not: who looks through a list must know whom
        he takes off it, and number and code give the whole list anyway.
        """
        shown = {name: _hide_mobile(name, value) for name, value in one.items()}
        return describe_member(self.page, shown if self.of_case else one, self.office.context())


def _hide_mobile(name: str, value: object) -> object:
    field = FIELDS.get(name)
    if not (value and field and field.mask and field.kind is Kind.MOBILE):
        return value
    return field.mask(str(value))


def listing_of_form(office: Office, journey: Journey, page: Page, answers: KnownAnswers) -> Listing:
    """Return the list of a form that this browser fills in."""

    def keep_answers(answers: Mapping[str, object]) -> None:
        save(office, journey, answers)

    def read(upload: Upload) -> Grid:
        token = token_of(journey.kind) or ""
        return roster_export.read_list(office, token, upload, caller_network())

    address = f"/{journey.address}/{page.path}"
    return Listing(
        office=office, page=page, address=address, answers=answers, save=keep_answers,
        read_table=read, lost=f"/{journey.address}",
        frame={"journey": journey, "layout": "form_base.html", "tables": address,
               "back": back_address(journey, page, answers), **progress(journey, page.group)},
    )  # fmt: skip


def settle_list(
    listing: Listing, form: QuestionForm, act: Callable[[], None], address: str,
    redisplay: Callable[[], str],
) -> Answer:  # fmt: skip
    """Act and go to the address; or show the page again, saying what is wrong."""
    try:
        return settle(form, act, address, redisplay, NOT_STORED)
    except NotFound:  # begun anew in another window
        return redirect(listing.lost, 303)
    except NotAllowed as refused:  # the case came to its end meanwhile
        form.add_problem(str(refused))
        return redisplay(), 409
