"""What can happen to an article of the site: a closed registry of events in the past tense."""

from portal.domain.records.event import Event, make_registry


class ArticleBegun(Event):
    """Somebody began to write."""


class ManuscriptSaved(Event):
    """The manuscript was changed."""


class ReleaseAsked(Event):
    """The manuscript was handed to somebody else for release."""


class ManuscriptKept(Event):
    """The writer has seen that what is live has changed, and goes on with his manuscript."""


class VersionRestored(Event):
    """A kept version became the manuscript."""


class ReleaseDecided(Event):
    """Somebody else let the manuscript go out at once."""


class ReleaseScheduled(Event):
    """Somebody else let it go out at a time to come."""


class ManuscriptReturned(Event):
    """It came back to its writer, with what is to be changed."""


class ManuscriptTakenBack(Event):
    """Its writer took it back before it was released."""


class WithdrawalDecided(Event):
    """The page is to leave the site, for the reason that is given."""


class ReleaseDue(Event):
    """The time of a scheduled release has come."""


class PublicationFailed(Event):
    """The site could not be built with it; the words say why."""


class VersionEvent(Event):
    """One that leaves a version behind: its text is the event's, the facts say whose it is."""


class ArticlePublished(VersionEvent):
    """The manuscript is what readers see."""


class ArticleWithdrawn(VersionEvent):
    """Readers see it no more; this is what they saw."""


class FileChanged(VersionEvent):
    """Somebody changed the file in the folder, past the workbench."""


class FileRemoved(VersionEvent):
    """Somebody removed the file from the folder."""


class FactConfirmed(Event):
    """Somebody held a sentence, which is the text, against a text of the law."""


class DraftSetAside(VersionEvent):
    """A draft gave way to something else, and is kept."""


REGISTRY = make_registry(
    (
        ArticleBegun,
        ManuscriptSaved,
        ReleaseAsked,
        ManuscriptKept,
        VersionRestored,
        ReleaseDecided,
        ReleaseScheduled,
        ManuscriptReturned,
        ManuscriptTakenBack,
        WithdrawalDecided,
        ReleaseDue,
        PublicationFailed,
        ArticlePublished,
        ArticleWithdrawn,
        FileChanged,
        FileRemoved,
        DraftSetAside,
        FactConfirmed,
    )
)
"""Stored by their names: none is renamed or removed without a migration."""
