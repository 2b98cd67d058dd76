"""For which office somebody writes in a direct message: Discord tells of no server there, so each is asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import discord

from bot.domain.access import Role, role_of
from bot.domain.offices import Office
from bot.services.desk import Desk
from bot.services.offices import all_offices

KEPT, MOST = timedelta(hours=12), 1_000
"""For how long it is remembered for which office somebody writes, and of how many people at most."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """An office in whose server somebody is, and what they are there by the roles that they hold.

    What Discord itself lets them do there is not known in a direct message, and does not count.
    """

    office: Office
    role: Role


class DirectOffices:
    """The server for which each person writes, in the memory of the process; a restart asks those in several anew."""

    def __init__(self) -> None:
        self._chosen: dict[int, tuple[int, datetime]] = {}

    def choose(self, user_id: int, guild_id: int, now: datetime) -> None:
        self._chosen.pop(user_id, None)
        self._chosen[user_id] = (guild_id, now)
        while len(self._chosen) > MOST:
            del self._chosen[next(iter(self._chosen))]

    def chosen(self, user_id: int, now: datetime) -> int | None:
        guild_id, at = self._chosen.get(user_id, (None, now))
        return guild_id if now - at <= KEPT else None

    def forget(self, user_id: int) -> None:
        self._chosen.pop(user_id, None)


async def belongings(client: Any, desk: Desk, user_id: int) -> list[Belonging]:
    """The offices in whose servers the person is: the one that they write for, where that is known and still so."""
    offices = [office for office in await all_offices(desk) if office.guild_id is not None]
    chosen = client.direct_offices.chosen(user_id, desk.clock())
    for office in offices:
        if office.guild_id == chosen and (found := await _belonging(client, office, user_id)):
            return [found]
    found_in = [await _belonging(client, office, user_id) for office in offices]
    those = [each for each in found_in if each is not None]
    if len(those) == 1 and those[0].office.guild_id is not None:
        client.direct_offices.choose(user_id, those[0].office.guild_id, desk.clock())
    return those


async def _belonging(client: Any, office: Office, user_id: int) -> Belonging | None:
    try:
        member = await client.http.get_member(office.guild_id, user_id)
    except discord.HTTPException:  # not a member, or not our server any more
        return None
    held = [int(role) for role in member["roles"]]
    role = role_of(office.roles, office.everyone, held, manages_server=False, owns_server=False)
    return Belonging(office, role)
