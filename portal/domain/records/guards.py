"""Guards of steps: each says why a step may not be taken now, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from portal.domain.accounts.actor import Actor
from portal.domain.records.workflow import Guard, Snapshot

COLLECTIVE, LIVE = "collective", "live"
"""Traits: a collective dispute （集体争议）; an article that readers see."""
SIGNED_PAGE, NO_PAGE = "signed_page", "no_page"
"""Traits: what the applicant asks lies there signed by hand; staff said why it does not."""
SIGNED_FORM = "signed_form"
"""Trait: of a form that was keyed in, the page lies there that the applicant signed by hand."""


def deadline_passed(snapshot: Snapshot, _: Actor) -> str | None:
    """Let the step be taken only after the time limit."""
    return None if snapshot.overdue else "还没到期限，现在不能办这一步"


def within_deadline(snapshot: Snapshot, _: Actor) -> str | None:
    """Let the step be taken only within the time limit."""
    return "已经过了期限，请打电话或到窗口来问" if snapshot.overdue else None


def only_collective(snapshot: Snapshot, _: Actor) -> str | None:
    """Let the step be taken only in a collective dispute."""
    return None if COLLECTIVE in snapshot.traits else "这不是集体争议，不用办这一步"


def only_live(snapshot: Snapshot, _: Actor) -> str | None:
    """Let the step be taken only with a page that readers see."""
    return None if LIVE in snapshot.traits else "这一篇不在网站上，不能办这一步"


def asked_in_writing(snapshot: Snapshot, _: Actor) -> str | None:
    """Let the step be taken only with a page signed by hand, or the reason why there is none."""
    if snapshot.traits & {SIGNED_PAGE, NO_PAGE}:
        return None
    return "还没有本人签名的纸。请先传上来；实在没有，写明为什么没有、怎么核对是他本人"


@dataclass(frozen=True, slots=True)
class Once:
    """Lets a step be taken once."""

    step: str

    def __call__(self, snapshot: Snapshot, _: Actor) -> str | None:
        """Say so if the step was taken before."""
        return "这一步已经办过了" if any(done == self.step for done, _ in snapshot.taken) else None


@dataclass(frozen=True, slots=True)
class TakenBefore:
    """Lets a step be taken only where another was taken before."""

    step: str
    sentence: str

    def __call__(self, snapshot: Snapshot, _: Actor) -> str | None:
        """Say so if it was not."""
        return None if any(done == self.step for done, _ in snapshot.taken) else self.sentence


@dataclass(frozen=True, slots=True)
class AnotherPerson:
    """Keeps out whoever took one of the named steps, unless the record has the named trait."""

    SENTENCE: ClassVar = "前面的步骤是您办的，这一步要换一个人办"

    steps: frozenset[str]
    sentence: str = SENTENCE
    unless: str = ""

    def __call__(self, snapshot: Snapshot, actor: Actor) -> str | None:
        """Say so to whoever took one of them."""
        if self.unless in snapshot.traits:
            return None
        mine = any(done in self.steps and who in actor.logins for done, who in snapshot.taken)
        return self.sentence if mine else None


@dataclass(frozen=True, slots=True)
class AnotherThanLast:
    """Keeps out whoever took this step the last time."""

    step: str
    sentence: str = "是您自己提的，要换一个人定"

    def __call__(self, snapshot: Snapshot, actor: Actor) -> str | None:
        """Say so to whoever took it last."""
        takers = [who for done, who in snapshot.taken if done == self.step]
        return self.sentence if takers and takers[-1] in actor.logins else None


@dataclass(frozen=True, slots=True)
class Trait:
    """Lets a step be taken only where the record has a trait, or has it not."""

    trait: str
    sentence: str
    has: bool = True

    def __call__(self, snapshot: Snapshot, _: Actor) -> str | None:
        """Say so otherwise."""
        return None if (self.trait in snapshot.traits) is self.has else self.sentence


@dataclass(frozen=True, slots=True)
class TaskDone:
    """Lets a step be taken only when a task is done."""

    task: str
    sentence: str

    def __call__(self, snapshot: Snapshot, _: Actor) -> str | None:
        """Say so while the task is open."""
        return self.sentence if self.task in snapshot.open_tasks else None


def describe_guards(guards: Iterable[Guard]) -> list[str]:
    """Say in English what each guard demands, for the manual."""
    return [_describe(guard) for guard in guards]


def _describe(guard: Guard) -> str:
    match guard:
        case Once():
            return "once"
        case TakenBefore(step=step):
            return f"only after `{step}`"
        case AnotherPerson(steps=steps, unless=trait):
            named = ", ".join(f"`{one}`" for one in sorted(steps))
            return f"not by who took {named}" + (f", unless with `{trait}`" if trait else "")
        case TaskDone(task=task):
            return f"after `{task}` is done"
        case AnotherThanLast(step=step):
            return f"not by who took `{step}` last"
        case Trait(trait=trait, has=has):
            return f"{'only' if has else 'not'} with `{trait}`"
    return str(guard.__doc__).removeprefix("Let the step be taken ").rstrip(".")
