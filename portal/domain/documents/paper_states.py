"""How each paper stands: given, said to be absent, promised to the counter, or still to come.

The table of papers says which are wanted; what was sent and what was said of the rest decides.
Only needed ones are ever missed （一次性告知: what is missing is named once and completely）.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial

from portal.domain.cases.case import Case, find_asking
from portal.domain.cases.events import PaperExpected, PaperSaidAbsent
from portal.domain.documents.document_types import (
    SIGNED,
    Paper,
    SentFile,
    find_paper,
    lacks_signature,
    papers_for,
)
from portal.domain.forms.answer_summary import Section
from portal.domain.forms.fields import FIELDS, label_of
from portal.domain.forms.journeys import ABSENCE, PAPERS_ABSENT, KnownAnswers
from portal.domain.records.event import Event
from portal.domain.shared.case_kinds import CaseKind

ABSENCE_QUESTIONS = (FIELDS["absent_why"], FIELDS["absent_words"])
"""What is asked of somebody who has not got a paper."""
ASK_FOR_PAPERS = "请把下面的材料拍照传上来，或者带到窗口。没有的，点开它说一声。"
"""With what words staff begin to ask for papers that they have ticked."""
UNDO = "undo"
"""What the button says that takes back what was said."""
AT_THE_COUNTER_LATER = "counter"
"""The reason that is none: the paper is there, and will be brought."""


Saying = Callable[[KnownAnswers], list[dict[str, object]]]
"""What somebody says of a paper: makes of the answers what is said of all papers from now on."""


class PaperState(StrEnum):
    """Where a paper stands, and how it is said."""

    GIVEN = "已经有了"
    ABSENT = "说没有"
    PROMISED = "说以后带到窗口来"
    LACKING = "还没有"


@dataclass(frozen=True, slots=True)
class Absence:
    """What somebody said of a paper that he has not sent: its code, why, and his own words."""

    paper: str
    why: str
    words: str = ""

    @property
    def promised(self) -> bool:
        """Whether he has it and will bring it."""
        return self.why == AT_THE_COUNTER_LATER

    @property
    def told(self) -> str:
        """The reason in words."""
        why = label_of(FIELDS["absent_why"], self.why)
        return f"{why}（{self.words}）" if self.words else why


@dataclass(frozen=True, slots=True)
class PaperStanding:
    """A paper, what came of it, and what was said if nothing came; `needed`: it may be missed."""

    paper: Paper
    files: tuple[SentFile, ...] = ()
    absence: Absence | None = None
    needed: bool = True

    @property
    def state(self) -> PaperState:
        """Where it stands: what came counts more than what was said."""
        if self.files:
            return PaperState.GIVEN
        if self.absence is None:
            return PaperState.LACKING
        return PaperState.PROMISED if self.absence.promised else PaperState.ABSENT

    @property
    def absent(self) -> bool:
        """Whether there is none, as it was said."""
        return self.state is PaperState.ABSENT

    @property
    def lacking(self) -> bool:
        """Whether it is still to come."""
        return self.needed and self.state in {PaperState.LACKING, PaperState.PROMISED}

    @property
    def came_at(self) -> datetime | None:
        """When the first of it came."""
        return min((one.at for one in self.files), default=None)


@dataclass(frozen=True, slots=True)
class PaperList:
    """The papers of a form or a case, each with how it stands."""

    standings: tuple[PaperStanding, ...] = ()

    @property
    def lacking(self) -> list[Paper]:
        """The papers that are to come."""
        return [one.paper for one in self.standings if one.lacking]

    @property
    def absent(self) -> list[Paper]:
        """The papers that there are not, as it was said."""
        return [one.paper for one in self.standings if one.absent]

    @property
    def told(self) -> str:
        """How many came, how many there are not, and how many are to come, in words."""
        came = sum(bool(one.files) for one in self.standings)
        parts = [f"传了 {came} 种" if came else "还没有传" if self.lacking else "没有传"]
        parts += [f"说了没有的 {len(self.absent)} 种"] if self.absent else []
        parts += [f"还差 {len(self.lacking)} 种"] if self.lacking else []
        return "，".join(parts)

    @property
    def told_by_name(self) -> str:
        """The same with the names of those that are to come."""
        names = "、".join(one.label for one in self.lacking)
        return f"{self.told}：{names}" if names else self.told

    @property
    def settled(self) -> bool:
        """Whether nothing is to come any more."""
        return not self.lacking

    def lacks(self, code: str) -> bool:
        """Tell whether the paper with this code is to come."""
        return any(one.code == code for one in self.lacking)

    def find(self, code: str) -> PaperStanding | None:
        """Return how the paper with this code stands; None if it is not on the list."""
        return next((one for one in self.standings if one.paper.code == code), None)


def look_at_papers(
    kind: CaseKind, answers: KnownAnswers, sent: Iterable[SentFile], asked: Sequence[str] = ()
) -> PaperList:
    """List the papers that answers and staff ask for, each with how it stands."""
    files = tuple(sent)
    return _look_at(papers_for(kind, answers, files, asked), answers, files)


def look_at_papers_of_case(
    case: Case, answers: KnownAnswers, sent: Iterable[SentFile], asked: Sequence[str] = ()
) -> PaperList:
    """Do the same for staff: the page that the applicant signs by hand comes first."""
    files = tuple(sent)
    signed = [one for one in files if one.paper == SIGNED.code]
    first = [SIGNED] if signed or lacks_signature(case, answers, files) else []
    others = [one for one in papers_for(case.kind, answers, files, asked) if one not in first]
    return _look_at(first + others, answers, files)


def look_at_requested(
    case: Case, history: Sequence[Event], answers: KnownAnswers, sent: Iterable[SentFile]
) -> PaperList:
    """List what the newest request asked for, with what came and was said since.

    A photo from before is not what was asked for; nor is what was said before.
    """
    asking = find_asking(case, history)
    if asking is None:
        return PaperList()
    wanted = [find_paper(case.kind, code) for code in read_requested(case, history)]
    since = [one for one in sent if one.at >= asking.at]
    said = read_said_since(history, asking.at)
    current = {code: one for code, one in read_absences(answers).items() if code in said}
    return PaperList(
        tuple(
            PaperStanding(
                paper,
                tuple(one for one in since if one.paper == paper.code),
                current.get(paper.code),
            )
            for paper in wanted
            if paper
        )
    )


def may_hand_in(came: Collection[SentFile], requested: PaperList) -> bool:
    """Tell whether what was asked for can be handed in without words: papers came since, or of all
    that were asked for by name there are none."""
    return bool(came) or (bool(requested.standings) and requested.settled)


def read_requested(case: Case, history: Iterable[Event]) -> list[str]:
    """Return the codes of the papers that the newest request names; none if it is in words only."""
    asking = find_asking(case, history)
    codes = asking.facts.get("papers_asked") if asking else None
    return [str(code) for code in codes] if isinstance(codes, list) else []


def read_said_since(history: Iterable[Event], moment: datetime) -> frozenset[str]:
    """Return the codes of the papers of which something was said since a moment."""
    return frozenset(
        str(one.facts["absent_paper"])
        for one in history
        if isinstance(one, PaperSaidAbsent | PaperExpected) and one.at >= moment
    )


def read_absences(answers: KnownAnswers) -> dict[str, Absence]:
    """Return what was said of papers, by their codes."""
    entries = answers.get(PAPERS_ABSENT)
    read = [_read(one) for one in entries] if isinstance(entries, list) else []
    return {one.paper: one for one in read}


def add_absence(answers: KnownAnswers, absence: Absence) -> list[dict[str, object]]:
    """Return the answer with this said of a paper; what was said of it before is replaced."""
    return [*drop_absence(answers, absence.paper), describe_absence(absence)]


def drop_absence(answers: KnownAnswers, code: str) -> list[dict[str, object]]:
    """Return the answer with nothing said of a paper: it may come."""
    kept = [one for one in read_absences(answers).values() if one.paper != code]
    return [describe_absence(one) for one in kept]


def read_saying(code: str, answers: Mapping[str, object], *, undo: bool) -> Saying:
    """Read what the answers to `ABSENCE_QUESTIONS` say of a paper; `undo`: that it will come."""
    if undo:
        return partial(drop_absence, code=code)
    words = str(answers["absent_words"] or "")
    return partial(add_absence, absence=Absence(code, str(answers["absent_why"]), words))


def describe_absence(absence: Absence) -> dict[str, object]:
    """Return what was said of a paper as answers by the name of their fields."""
    return dict(zip(ABSENCE, (absence.paper, absence.why, absence.words or None), strict=True))


def show_what_came(section: Section, papers: PaperList) -> Section:
    """Show in the section of the photos what came, whatever the applicant said that he had sent."""
    if not section.page.photos:
        return section
    first, *others = section.lines
    return replace(section, lines=(replace(first, shown=papers.told_by_name), *others))


def _look_at(wanted: Iterable[Paper], answers: KnownAnswers, sent: Sequence[SentFile]) -> PaperList:
    absences = read_absences(answers)
    return PaperList(
        tuple(
            PaperStanding(
                paper,
                tuple(one for one in sent if one.paper == paper.code),
                absences.get(paper.code),
                needed=not paper.optional and not answers.get(paper.in_the_form),
            )
            for paper in wanted
        )
    )


def _read(entry: Mapping[str, object]) -> Absence:
    words = entry.get("absent_words")
    return Absence(str(entry["absent_paper"]), str(entry["absent_why"]), str(words or ""))
