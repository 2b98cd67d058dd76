"""Who has ties with a place, in all offices whose records the caller may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.access import Action
from bot.domain.errors import NotFound
from bot.domain.partner_lists import Count, ListedAct, count
from bot.domain.partnerships import PARTNER_KINDS
from bot.domain.places import Place
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.partner_lists import listed_act
from bot.services.ties import ties_of_place
from db.places import known_places


@dataclass(frozen=True, slots=True)
class PlaceTies:
    """Every tie of a place: sister and friendship acts in force, other acts in force, and the rest; oldest first."""

    place: Place
    partners: Sequence[ListedAct]
    others: Sequence[ListedAct]
    not_in_force: Sequence[ListedAct]
    today: date

    @property
    def counted(self) -> Count:
        """How many sister and friendship acts are in force, and with how many places."""
        return count(self.partners)

    @property
    def everything(self) -> Sequence[ListedAct]:
        return (*self.partners, *self.others, *self.not_in_force)


@requires(Action.READ)
async def ties_with(desk: Desk, caller: Caller, place_id: int) -> PlaceTies:
    """The ties of the place with this id, those of its predecessors among them; raises `NotFound` (`place.gone`)."""
    async with desk.database.read() as session:
        found = await known_places(session, caller.viewer, [place_id])
        if not found:
            raise NotFound("place.gone")
        family, ties = await ties_of_place(session, caller.viewer, found[0])
    acts = {act.id: act for tie in ties for act in tie.acts}
    listed = [listed_act(act, family.own_ids, family.predecessors, ties) for act in acts.values()]
    listed.sort(
        key=lambda item: (
            item.act.signed is None,
            item.act.signed.iso() if item.act.signed else "",
            item.act.id,
        )
    )
    in_force = [item for item in listed if item.act.in_force]
    return PlaceTies(
        place=family.place,
        partners=[item for item in in_force if item.act.kind in PARTNER_KINDS],
        others=[item for item in in_force if item.act.kind not in PARTNER_KINDS],
        not_in_force=[item for item in listed if not item.act.in_force],
        today=caller.today(desk),
    )
