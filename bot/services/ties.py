"""The ties of a place, as lists, cards, reminders and the quiet list all need them."""

from collections.abc import Sequence

from bot.domain.access import Viewer
from bot.domain.dormancy import BUILT_IN, Cadences
from bot.domain.exchanges import LastContact
from bot.domain.partnerships import Partnership
from bot.domain.places import Place
from bot.domain.ties import Tie
from db.engine import Session
from db.exchanges import last_contacts
from db.office_measures import cadences_of
from db.partnerships import partnerships_of
from db.places import Family, family_of


async def ties_of_place(session: Session, viewer: Viewer, place: Place) -> tuple[Family, list[Tie]]:
    """The family of a place and its own ties, those of its predecessors among them, by first record number.

    Ties of its districts are the districts' (design §3, reading 3).
    """
    family = await family_of(session, place)
    acts = await partnerships_of(session, viewer, family.own_ids)
    contacts = await last_contacts(session, viewer, family.own_ids)
    return family, group_into_ties(acts, family.own_ids, contacts, await cadences_at(session, viewer, place))


async def cadences_at(session: Session, viewer: Viewer, place: Place) -> Cadences:
    """What ties of this place are measured by: its office's own cadences where it is that office which looks."""
    if viewer.office_id is None or viewer.place_id != place.id:
        return BUILT_IN
    return await cadences_of(session, viewer.office_id)


def group_into_ties(
    acts: Sequence[Partnership],
    own_ids: Sequence[int],
    contacts: dict[int, LastContact],
    cadences: Cadences = BUILT_IN,
) -> list[Tie]:
    """One tie for each partner place; an act of three parties belongs to two ties."""
    partners: dict[int, Place] = {}
    by_partner: dict[int, list[Partnership]] = {}
    for act in acts:
        for place in act.partners_of(own_ids):
            partners.setdefault(place.id, place)
            by_partner.setdefault(place.id, []).append(act)
    return [
        Tie(partner, by_partner[place_id], _last(partner, contacts), cadences)
        for place_id, partner in partners.items()
    ]


def _last(partner: Place, contacts: dict[int, LastContact]) -> LastContact | None:
    """The partner's last contact, its successor's if that is newer."""
    found = [contacts[place_id] for place_id in partner_ids(partner) if place_id in contacts]
    return max(found, key=lambda contact: contact.date.latest(), default=None)


def partner_ids(partner: Place) -> list[int]:
    """The partner, and what it became: a merged county lives on in the new one."""
    return [place_id for place_id in (partner.id, partner.successor_id) if place_id is not None]
