"""Where a list of people is being written: in a form, or for a case that was filed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import redirect

from portal.domain.forms.answer_summary import describe_member
from portal.domain.forms.drafts import Draft, ListedPerson, RosterInProgress
from portal.domain.forms.fields import FIELDS, Kind
from portal.domain.forms.journeys import Page
from portal.domain.forms.progress import JourneyProgress
from portal.domain.rosters.sheets import SentSheet
from portal.domain.shared.errors import NotFound
from portal.operations.documents.intake import Upload
from portal.operations.office import Office
from portal.operations.rosters import roster_export
from portal.public.forms.browser_session import token_of
from portal.public.forms.navigation import frame_of, save
from portal.web.attempts import attempt
from portal.web.edge import Answer, caller_network
from portal.web.forms import QuestionForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The list of a page: who is on it so far, and where it is kept.

    `draft` holds the people and the rows that are not right yet, `save` keeps them; `lost` is
    where to go if the form is gone meanwhile. `of_case`: mobiles are shown masked. `frame` is
    what its pages show around them.
    """

    office: Office
    page: Page
    address: str
    draft: Draft
    save: Callable[[Sequence[ListedPerson], RosterInProgress], None]
    read_table: Callable[[Upload], list[SentSheet]]
    lost: str
    of_case: bool = False
    frame: Mapping[str, object] = field(default_factory=dict)

    @property
    def people(self) -> list[ListedPerson]:
        """The people on the list so far."""
        return self.page.entries_in(self.draft.answers)

    @property
    def roster(self) -> RosterInProgress:
        """What there is of the list besides."""
        return self.draft.roster(self.page)

    def describe(self, one: ListedPerson) -> str:
        """Describe a person in one line.

        After filing the mobile is masked, the name is not: who looks through a list must know whom
        he takes off it, and number and code give the whole list anyway.
        """
        shown = {name: _hide_mobile(name, value) for name, value in one.items()}
        return describe_member(self.page, shown if self.of_case else one, self.office.context())


def _hide_mobile(name: str, value: object) -> object:
    field = FIELDS.get(name)
    if not (value and field and field.mask and field.kind is Kind.PHONE):
        return value
    return field.mask(str(value))


def listing_of_form(office: Office, progress: JourneyProgress, page: Page) -> Listing:
    """Return the list of a form that this browser fills in."""
    journey = progress.journey
    address = f"/{journey.address}/{page.path}"

    def write(people: Sequence[ListedPerson], roster: RosterInProgress) -> None:
        save(office, journey, lambda now: now.write_list(page, people, roster))

    def read(upload: Upload) -> list[SentSheet]:
        token = token_of(journey.kind) or ""
        return roster_export.read_list(office, token, upload, caller_network())

    return Listing(
        office=office,
        page=page,
        address=address,
        draft=progress.draft,
        save=write,
        read_table=read,
        lost=f"/{journey.address}",
        frame={"tables": address, **frame_of(progress, page)},
    )


def attempt_on_list(
    listing: Listing,
    form: QuestionForm,
    act: Callable[[], None],
    address: str,
    redisplay: Callable[[], str],
) -> Answer:
    """Act and go to the address; or show the page again, saying what is wrong."""

    def act_and_go() -> Answer:
        try:
            act()
        except NotFound:  # begun anew in another window
            return redirect(listing.lost, 303)
        return redirect(address, 303)

    return attempt(form, act_and_go, redisplay)
