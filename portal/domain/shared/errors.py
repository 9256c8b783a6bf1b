"""Errors that the domain raises; their messages are shown to people as they are."""


class NotAccepted(ValueError):  # noqa: N818 (what a person typed is no error of ours)
    """A typed value cannot be taken; the message is the Chinese sentence of what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(Exception):  # noqa: N818
    """The step may not be taken by this person now; the message says why."""


class Changed(Exception):  # noqa: N818
    """The case is no longer as it was when it was read; the message may say what to do."""


class NotFound(LookupError):  # noqa: N818
    """There is no such case, draft or account."""
