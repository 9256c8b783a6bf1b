"""Tables that are sent in, taken in as they were read without being asked."""

from portal.domain.forms.drafts import RosterRow
from portal.domain.forms.journeys import Page
from portal.domain.rosters.sheets import Grid, SentSheet
from portal.domain.rosters.table_reader import read_sheets, take_rows


def take_in(page: Page, *grids: Grid) -> list[RosterRow]:
    """The rows of a table with these sheets."""
    sent = read_sheets(page, [SentSheet(f"表{n}", grid) for n, grid in enumerate(grids, 1)])
    return take_rows(page, sent, [part.picked for part in sent.parts])
