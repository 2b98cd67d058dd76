"""Which ties are quiet, for whoever asks."""

from bot.domain.access import Action
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.quiet_lists import QuietList, quiet_list
from bot.services.ties import ties_of_place


@requires(Action.READ)
async def quiet_ties(desk: Desk, caller: Caller) -> QuietList:
    """How the office's sister and friendship ties stand today. Raises `Unavailable` (`office.none`)."""
    office = caller.own_office()
    async with desk.database.read() as session:
        family, ties = await ties_of_place(session, caller.viewer, office.place)
    return quiet_list(office.place, family.own_ids, ties, caller.today(desk))
