"""The one error that the generator raises for problems an operator can mend."""

from collections.abc import Sequence


class SiteProblem(Exception):  # noqa: N818 — what is wrong lies in the content, not in code
    """One or more problems, each already a line that names file, place and remedy."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems: tuple[str, ...] = tuple(problems)

    def __reduce__(self) -> tuple[type["SiteProblem"], tuple[tuple[str, ...]]]:
        """Come whole out of a worker process."""
        return type(self), (self.problems,)


class SiteBusy(SiteProblem):
    """Another build is under way; nothing is wrong."""
