"""The dated life of a tie, as far as the caller may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.access import Action, Scope
from bot.domain.audit import find_record
from bot.domain.exchanges import Exchange
from bot.domain.partnerships import Partnership
from bot.domain.places import Place
from bot.domain.timeline import Happening, life_of
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.partnerships import tie_meant
from bot.services.records import is_editor, sees_record
from db.act_parts import parts_of
from db.engine import Session
from db.exchanges import exchanges_between
from db.partnerships import partnerships_of
from db.places import family_of
from db.pressure import all_notes

MOST = 5000
"""How many exchanges of one tie are read: more than any has."""

PARTS = ("signed_names", "stages", "claims")


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened between a place and a partner, oldest first, and apart from it what nobody dated.

    `former` are the places that either side has succeeded. `scopes` are those of all that is told, but for the
    pressure notes about the partner, whose numbers are `notes`: they are to be shown in private answers alone.
    """

    home: Place
    partner: Place
    former: Sequence[Place]
    dated: Sequence[Happening]
    undated: Sequence[Happening]
    today: date
    scopes: frozenset[Scope]
    notes: Sequence[str] = ()


@requires(Action.READ)
async def timeline(desk: Desk, caller: Caller, text: str, *, each: bool = False) -> Timeline:
    """The life of the tie with a partner of the caller's office, by name or record number (`P12`).

    What the places used to be belongs to it. Long stretches of exchanges are told together, unless `each` is asked
    for. Without an office, only a number says whose tie is meant: it is seen from its first party. Raises as
    `show_partner` does, and `BadInput` (`partner.whose`).
    """
    async with desk.database.read() as session:
        home, tie, family = await tie_meant(session, caller, caller.office, text)
        theirs = await family_of(session, tie.partner)
        acts = await _acts(session, caller, family.own_ids, theirs.own_ids)
        parts = await parts_of(session, caller.viewer, [act.id for act in acts], PARTS)
        later = [tie.partner.successor_id] if tie.partner.successor_id else []
        partners = [*theirs.own_ids, *(each_id for each_id in later if each_id not in family.own_ids)]
        exchanges = await exchanges_between(session, caller.viewer, family.own_ids, partners, MOST)
        notes = await _notes(session, caller, partners)
    dated, undated = life_of(acts, parts, exchanges, each=each)
    return Timeline(
        home=home,
        partner=tie.partner,
        former=(*family.predecessors, *theirs.predecessors),
        dated=dated,
        undated=undated,
        today=caller.today(desk),
        scopes=_scopes(acts, exchanges),
        notes=notes,
    )


async def _acts(
    session: Session, caller: Caller, own_ids: Sequence[int], their_ids: Sequence[int]
) -> list[Partnership]:
    """The acts between both sides; what brought a step about is left out where it is a record that is hidden."""
    found = []
    for act in await partnerships_of(session, caller.viewer, own_ids):
        if {place.id for place in act.parties} & set(their_ids):
            steps = []
            for step in act.history:
                cause = find_record(step.trigger or "")
                known = cause is None or await sees_record(session, caller, cause)
                steps.append(step if known else replace(step, trigger=None))
            found.append(replace(act, history=tuple(steps)))
    return found


async def _notes(session: Session, caller: Caller, their_ids: Sequence[int]) -> list[str]:
    """The numbers of the notes about a partner, for those who keep them."""
    if not is_editor(caller):
        return []
    notes = await all_notes(session, caller.viewer)
    return [note.record for note in notes if {place.id for place in note.places} & set(their_ids)]


def _scopes(acts: Iterable[Partnership], exchanges: Iterable[Exchange]) -> frozenset[Scope]:
    return frozenset({act.scope for act in acts} | {exchange.scope for exchange in exchanges})
