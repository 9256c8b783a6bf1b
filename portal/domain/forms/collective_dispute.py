"""Collective disputes （集体争议）: many applicants with one claim, who may send representatives.

Ten or more with a common claim: 劳动争议调解仲裁法第七条. Three to five representatives:
劳动人事争议仲裁办案规则, read second hand. At most five when they come in person:
信访工作条例第二十条. That the leader hears of it on the same day is the centre's own rule.
"""

from collections.abc import Mapping

MANY = 10
FEWEST_REPRESENTATIVES, MOST_REPRESENTATIVES = 3, 5
MOST_LISTED = 500
"""How many people a list may name."""


def has_many_people(answers: Mapping[str, object]) -> bool:
    """Tell whether enough applicants met with the same to be asked for a common claim."""
    people = answers.get("people")
    return isinstance(people, int) and people >= MANY


def is_collective(answers: Mapping[str, object]) -> bool:
    """Tell whether the answers make a collective dispute."""
    return has_many_people(answers) and answers.get("common_claim") == "yes"


def count_after_change(people: int, before: int, after: int) -> int:
    """Count the applicants after a list of `before` people became one of `after`.

    A list that named everybody counts; one that named some says only that there are no fewer.
    """
    if after == 0:
        return people
    return after if before >= people else max(people, after)


def miss_sender(answers: Mapping[str, object]) -> int:
    """Return how many they were said to be, if the list is one short, maybe the sender; else 0."""
    people, listed = count_together(answers), answers.get("coworkers")
    if not people or not isinstance(listed, list) or len(listed) != people - 1:
        return 0
    if any(one.get("coworker_name") == answers.get("called") for one in listed):
        return 0
    return people


def count_together(answers: Mapping[str, object]) -> int:
    """Count the applicants in a collective dispute; 0 if it is none."""
    return int(str(answers["people"])) if is_collective(answers) else 0
