"""What is known of ties, as whoever asks may see it: all that their health is judged by."""

from collections.abc import Sequence
from datetime import date

from bot.domain.access import Scope
from bot.domain.health import DEFAULT_WEIGHTS, Known, Weights
from bot.domain.places import Place
from bot.domain.ties import Tie
from bot.services.desk import Caller
from bot.services.ties import partner_ids
from db.act_parts import parts_of
from db.contacts import all_contacts
from db.engine import Session
from db.exchanges import exchanges_between
from db.places import Family


async def known_of_ties(
    session: Session, caller: Caller, family: Family, ties: Sequence[Tie], today: date, *, people: bool
) -> list[tuple[Known, frozenset[Scope]]]:
    """What the caller may see of each of these ties, and the scopes of that.

    The people are those of the caller's office: of the ties of other places they say nothing, and are left out there.
    """
    everybody = await all_contacts(session, caller.viewer) if people and _is_own(caller, family) else None
    parts = await parts_of(session, caller.viewer, [a.id for tie in ties for a in tie.acts], ["commitments"])
    theirs = [number for tie in ties for number in partner_ids(tie.partner)]
    exchanges = await exchanges_between(session, caller.viewer, family.own_ids, theirs, None)
    found = []
    for tie in ties:
        ids = set(partner_ids(tie.partner))
        known = Known(
            tie.quietness(today),
            tie.last,
            [each for each in exchanges if any(place.id in ids for place in each.places)],
            family.own_ids,
            [(act.record, promise) for act in tie.standing for promise in parts[act.id].commitments],
            None if everybody is None else [each for each in everybody if each.place.id in ids],
        )
        scopes = {act.scope for act in tie.acts} | {each.scope for each in known.exchanges}
        found.append((known, frozenset(scopes | {each.scope for each in known.people or ()})))
    return found


def _is_own(caller: Caller, family: Family) -> bool:
    return caller.office is not None and caller.office.place.id == family.place.id


def weights_at(caller: Caller, home: Place) -> Weights:
    """The office's own weights for its own ties, the built-in ones for those of others."""
    own = caller.office.weights if caller.office and caller.office.place.id == home.id else {}
    return own or DEFAULT_WEIGHTS
