"""Every route declares who may use it; an app with an undeclared route does not start."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask

from portal.domain.accounts.permissions import Permission

_View = TypeVar("_View", bound=Callable[..., Any])

ANYBODY = "anybody"
TICKET = "holder of number and code"
SIGNED_OUT = "not signed in yet"
RouteGuard = str | Permission
TOKEN = "csrf_token"  # noqa: S105 (the name of a form field)
USUAL_BODY = 256 * 1024
"""Bytes that a form without a file may have."""


def guarded(
    guard: RouteGuard, *, reshows: bool = False, largest: int = USUAL_BODY
) -> Callable[[_View], _View]:
    """Declare who may use a view: anybody, the holder of a ticket, or a permission of staff.

    `reshows`: the view judges a form itself and shows it again, filled in, when its token has
    died. Everywhere else a form without a fitting token is refused before the view runs.
    `largest`: how many bytes may be sent to it.
    """

    def declare(view: _View) -> _View:
        view.guard, view.reshows, view.largest = guard, reshows, largest  # type: ignore[attr-defined]
        return view

    return declare


def guard_of(app: Flask, endpoint: str | None) -> RouteGuard | None:
    """Return the declared guard of an endpoint; None if nothing is declared."""
    return getattr(app.view_functions.get(endpoint or ""), "guard", None)


def reshows_form(app: Flask, endpoint: str | None) -> bool:
    """Tell whether the view of an endpoint shows a form again whose token has died."""
    return bool(getattr(app.view_functions.get(endpoint or ""), "reshows", False))


def largest_body(app: Flask, endpoint: str | None) -> int:
    """Return how many bytes may be sent to the view of an endpoint."""
    return int(getattr(app.view_functions.get(endpoint or ""), "largest", USUAL_BODY))


def require_guards(app: Flask) -> None:
    """Refuse to start with a route that declares no guard."""
    for rule in app.url_map.iter_rules():
        if guard_of(app, rule.endpoint) is None:
            raise RuntimeError(f"route {rule.rule} declares no guard")
