"""Asking the rule of `bot.domain.access` before a service runs."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.domain.access import RULES, Action, Refusal, refusal
from bot.domain.errors import NotAllowed, Unavailable
from bot.services.desk import Caller, Desk

P = ParamSpec("P")
T = TypeVar("T")

Service = Callable[Concatenate[Desk, Caller, P], Awaitable[T]]


def permit(caller: Caller, action: Action) -> None:
    """Let the caller do it, or raise.

    Raises `Unavailable` (`office.none`) in a server without an office, `NotAllowed`: `role_too_weak` with what they
    are and what it takes, `standing_forbids` where their office may not, whoever they are.
    """
    match refusal(action, caller.role, caller.office.standing if caller.office else None):
        case Refusal.NO_OFFICE:
            raise Unavailable("office.none")
        case Refusal.ROLE:
            raise NotAllowed("role_too_weak", role=caller.role, needed=RULES[action].role)
        case Refusal.STANDING:
            assert caller.office is not None
            raise NotAllowed("standing_forbids", place=caller.office.place, standing=caller.office.standing)


def requires(action: Action) -> Callable[[Service[P, T]], Service[P, T]]:
    """Ask `permit` before the service; every service that takes a caller has this, and a test sees to it."""

    def decorate(service: Service[P, T]) -> Service[P, T]:
        @wraps(service)
        async def permitted(desk: Desk, caller: Caller, /, *args: P.args, **kwargs: P.kwargs) -> T:
            permit(caller, action)
            return await service(desk, caller, *args, **kwargs)

        permitted.action = action  # type: ignore[attr-defined]
        return permitted

    return decorate


def action_of(service: Callable[..., Any]) -> Action | None:
    """What a service was said to require, None if nothing was said."""
    return getattr(service, "action", None)
