"""What can happen to a case: a closed registry of events in the past tense."""

from dataclasses import dataclass
from datetime import date

from portal.domain.records.event import Event, make_registry


class CaseSubmitted(Event):
    """The form was handed in; or keyed in by staff, and facts say when it came, and the consent."""


class CaseAccepted(Event):
    """The centre took the case on （受理）."""


class SupplementRequested(Event):
    """Something is missing; the text says everything that is （一次性告知）."""


class SupplementGiven(Event):
    """The applicant answered the request for a supplement."""


class SupplementLapsed(Event):
    """The applicant did not answer in time; the case ends as withdrawn （视为撤回）."""


class ReferredForDecision(Event):
    """The facts are checked; the case waits for the approver."""


class ReturnedForChecking(Event):
    """The approver wants the facts checked again."""


class ApplicationApproved(Event):
    """The application was granted."""


class ApplicationRefused(Event):
    """The application was refused, with the reason （社会救助法第四十五条 by analogy）."""


class ConsultationAnswered(Event):
    """A lawyer answered the question."""


class LeaderInformed(Event):
    """A collective dispute was reported to the leader （集体争议当天报告）."""


class FollowUpAsked(Event):
    """The applicant asked again after an answer."""


class ConsultationClosed(Event):
    """The consultation is over."""


class CaseWithdrawn(Event):
    """The applicant took the case back."""


class ReviewAsked(Event):
    """The applicant does not accept a refusal （复核申请）."""


class DecisionChanged(Event):
    """After a review the application was granted."""


class DecisionUpheld(Event):
    """After a review the refusal stood."""


class DeadlineExtended(Event):
    """The promised day was moved once, with the reason, which the applicant reads."""


class AnswerAmended(Event):
    """A lawyer put right or added to what he had answered."""


class ReopeningAsked(Event):
    """Somebody of the staff wants to take up again what is over; the text says why, to them."""


class ReopeningRefused(Event):
    """The case stays over; the text says why, to colleagues only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReopened(Event):
    """The case is taken up again: the event by which it was over no longer holds.

    `corrects` is the number of that event in the history of the case; the tally says its type and
    its sums, so that figures take away what they had counted for it.
    """

    corrects: int = 0


class StaffWrote(Event):
    """Staff left the applicant a message."""


class ApplicantWrote(Event):
    """The applicant left a message."""


class ServiceRated(Event):
    """The applicant said how he was served."""


class JobIntroduced(Event):
    """A vacancy was shown to the applicant （介绍就业）."""


class TrainingArranged(Event):
    """The applicant was put down for a training."""


class WorkStarted(Event):
    """The applicant began a job that the centre introduced （实现就业）."""


class JobSearchClosed(Event):
    """The search for work is over."""


class DataRequestFulfilled(Event):
    """What the applicant asked about his own data was done."""


class DataRequestRefused(Event):
    """His wish could not be met, with the reason."""


class ObjectionUpheld(Event):
    """What was said against a public list is true; the list was changed."""


class ObjectionDismissed(Event):
    """The list stands as it is, with the reason."""


class ComplaintAnswered(Event):
    """Who complained about a member of staff was told what was found and what follows."""


class CodeReissueAsked(Event):
    """Staff want to give out a new secret code; the text says how they checked who asks."""


class CodeReissueConfirmed(Event):
    """A second person agrees to the new secret code."""


class CodeReissueRefused(Event):
    """There will be no new secret code; the text says why, to colleagues only."""


class CodeReissued(Event):
    """Staff gave out a new secret code to somebody who proved who he is."""


class PaperAdded(Event):
    """A photo or scan of a paper came to a case, from the applicant or by staff at the counter."""


class PaperRemoved(Event):
    """Whoever had sent such a file, with the form or later, took it back."""


class PaperSaidAbsent(Event):
    """Somebody said that he has not got a paper that is wanted; the facts say which, and why."""


class PaperExpected(Event):
    """He said that it will come after all; the facts say which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAssigned(Event):
    """The case came into somebody's hands, whose login `holder` is; nobody's if it is empty.

    The text says why, to colleagues only.
    """

    holder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleagueExcluded(Event):
    """Somebody keeps out of the case from now on （回避）: `colleague` is his login."""

    colleague: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleagueReadmitted(Event):
    """The reason to keep out is gone."""

    colleague: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTried(Event):
    """Staff rang the applicant up, or looked for him, to tell him something: how it ended.

    The text says when it is tried again.
    """

    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHeld(Event):
    """It is put off until a day （搁置）, on which it comes back by itself."""

    until: date


class HoldEnded(Event):
    """It is taken up again before that day."""


class RemarkWritten(Event):
    """Staff wrote something to each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChanged(Event):
    """People joined a list of a case after it was filed, or left it.

    The facts say who: `joined` and `left`, under the field that the list is kept under, which is
    `listed`. `before` and `after` count its people.
    """

    listed: str
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionProposed(Event):
    """Somebody wants to put right what money or identity hang on; a second one must agree.

    The facts say what the answer was and what it is to be; `request` is the number of the wish
    about his own data by which the applicant asked for it, empty without one.
    """

    request: str = ""


class CorrectionRefused(Event):
    """It stays as it was; the text says why, to colleagues only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersCorrected(Event):
    """Answers were put right after filing; the facts say what each was and what it is now."""

    request: str = ""


class CorrectionNoted(Event):
    """What the applicant wanted put right in his data was put right in another case."""


OUTSIDE_THE_TABLE: dict[type[Event], str] = {
    CaseSubmitted: "提交",
    CodeReissueAsked: "有人要补办查询码，正在核对",
    CodeReissueConfirmed: "第二个人核对过，同意补办查询码",
    CodeReissueRefused: "没有补办查询码",
    CodeReissued: "补办了查询码",
    PaperAdded: "传了材料",
    PaperRemoved: "删了材料",
    PaperSaidAbsent: "说了哪样材料没有",
    PaperExpected: "说了哪样材料以后补",
    ListChanged: "改了名单",
    CaseAssigned: "换了承办人",
    ColleagueExcluded: "有人回避",
    ColleagueReadmitted: "不用再回避",
    CallTried: "打电话、去找本人",
    CaseHeld: "先放一放",
    HoldEnded: "接着办",
    RemarkWritten: "同事留言",
    CorrectionProposed: "要改证件号、卡号，等第二个人确认",
    CorrectionRefused: "没有同意改",
    AnswersCorrected: "改正了表上填的",
    CorrectionNoted: "照要求改了",
}
"""What happens to a case without a step of its workflow, as both sides read it."""

NOT_FOR_THE_APPLICANT: frozenset[type[Event]] = frozenset(
    {
        CaseAssigned,
        ColleagueExcluded,
        ColleagueReadmitted,
        CallTried,
        CaseHeld,
        HoldEnded,
        RemarkWritten,
        CorrectionProposed,
        CorrectionRefused,
    }
)
"""Those of them that are none of the applicant's business."""

AMONG_STAFF: frozenset[type[Event]] = frozenset({CodeReissueAsked, CodeReissueRefused})
"""Those of them whose words the applicant does not read."""


REGISTRY = make_registry(
    (
        CaseSubmitted,
        CaseAccepted,
        SupplementRequested,
        SupplementGiven,
        SupplementLapsed,
        ReferredForDecision,
        ReturnedForChecking,
        ApplicationApproved,
        ApplicationRefused,
        ConsultationAnswered,
        LeaderInformed,
        FollowUpAsked,
        ConsultationClosed,
        CaseWithdrawn,
        ReviewAsked,
        DecisionChanged,
        DecisionUpheld,
        CorrectionProposed,
        CorrectionRefused,
        AnswersCorrected,
        CorrectionNoted,
        DeadlineExtended,
        AnswerAmended,
        ReopeningAsked,
        ReopeningRefused,
        CaseReopened,
        StaffWrote,
        ApplicantWrote,
        ServiceRated,
        JobIntroduced,
        TrainingArranged,
        WorkStarted,
        JobSearchClosed,
        DataRequestFulfilled,
        DataRequestRefused,
        ObjectionUpheld,
        ObjectionDismissed,
        ComplaintAnswered,
        CodeReissueAsked,
        CodeReissueConfirmed,
        CodeReissueRefused,
        CodeReissued,
        PaperAdded,
        PaperRemoved,
        PaperSaidAbsent,
        PaperExpected,
        ListChanged,
        CaseAssigned,
        ColleagueExcluded,
        ColleagueReadmitted,
        CallTried,
        CaseHeld,
        HoldEnded,
        RemarkWritten,
    )
)
"""Stored by their names: none is renamed or removed without a migration."""
