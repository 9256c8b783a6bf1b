"""What comes of ringing an applicant up, or of looking for him."""

from enum import StrEnum


class CallOutcome(StrEnum):
    """How a call ended; what is not TOLD is tried again, or another way."""

    TOLD = "told"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    LATER = "later"


OUTCOME_LABELS: dict[str, str] = {
    CallOutcome.TOLD: "告诉了本人",
    CallOutcome.NO_ANSWER: "没人接、没找到人",
    CallOutcome.WRONG_NUMBER: "号码、地方不对",
    CallOutcome.LATER: "说好换个时间再打",
}
