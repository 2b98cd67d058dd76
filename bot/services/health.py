"""How well the ties of an office are kept, with the reasons: one tie, or all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.access import Action, Scope
from bot.domain.health import Health, Weights, health
from bot.domain.partnerships import PARTNER_KINDS
from bot.domain.places import Place
from bot.domain.ties import Tie
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.known_ties import known_of_ties, weights_at
from bot.services.partnerships import tie_meant
from bot.services.ties import ties_of_place


@dataclass(frozen=True, slots=True)
class TieHealth:
    """The health of the tie between a place and one partner; `scopes` are those of all that it rests on."""

    home: Place
    tie: Tie
    health: Health
    today: date
    scopes: frozenset[Scope]


@requires(Action.READ)
async def tie_health(desk: Desk, caller: Caller, text: str) -> TieHealth:
    """The health of the tie that a name or a record number means, from what the caller may see.

    Contacts count where it is a tie of the caller's own office. Raises as `tie_meant`.
    """
    today = caller.today(desk)
    async with desk.database.read() as session:
        home, tie, family = await tie_meant(session, caller, caller.office, text)
        ((known, scopes),) = await known_of_ties(session, caller, family, [tie], today, people=True)
    return TieHealth(home, tie, health(known, today, weights_at(caller, home)), today, scopes)


@dataclass(frozen=True, slots=True)
class HealthList:
    """The partner ties of the office, lowest score first, and apart from them those that are not scored, by name."""

    home: Place
    today: date
    scored: Sequence[TieHealth]
    unscored: Sequence[TieHealth]


@requires(Action.READ)
async def health_of_ties(desk: Desk, caller: Caller) -> HealthList:
    """The health of the office's sister and friendship ties. Raises `Unavailable` (`office.none`)."""
    office, today = caller.own_office(), caller.today(desk)
    weights: Weights = weights_at(caller, office.place)
    async with desk.database.read() as session:
        family, ties = await ties_of_place(session, caller.viewer, office.place)
        ties = [tie for tie in ties if any(act.kind in PARTNER_KINDS for act in tie.standing)]
        known = await known_of_ties(session, caller, family, ties, today, people=True)
    judged = [
        TieHealth(office.place, tie, health(each, today, weights), today, scopes)
        for tie, (each, scopes) in zip(ties, known, strict=True)
    ]
    judged.sort(key=lambda each: (each.health.score or 0, each.tie.partner.name_en))
    scored = [each for each in judged if each.health.score is not None]
    return HealthList(office.place, today, scored, [each for each in judged if each.health.score is None])
