"""What every service works with: the database and the clock, and who is asking."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date

from bot.clock import Clock
from bot.domain.access import ANYONE, Role, Viewer
from bot.domain.errors import Unavailable
from bot.domain.kind_rules import KindRule
from bot.domain.offices import Office
from bot.domain.partnerships import Kind
from bot.domain.places import Place
from db.engine import Database


@dataclass(frozen=True, slots=True)
class Desk:
    database: Database
    clock: Clock


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: a person in a server, through the office that the server is tied to, in their language.

    `role` is what the person may do there. The command line is the operator's, whatever office it speaks for.
    """

    language: str
    user_id: int | None = None
    guild_id: int | None = None
    office: Office | None = None
    role: Role = Role.READER

    @property
    def viewer(self) -> Viewer:
        return self.office.viewer if self.office else ANYONE

    def own_office(self) -> Office:
        """The office. Raises `Unavailable` (`office.none`) in a server without one, which tells how to set it up."""
        if self.office is None:
            raise Unavailable("office.none")
        return self.office

    def kind_rules_at(self, home: Place) -> Mapping[Kind, KindRule]:
        """The office's own words for kinds where ties are told from `home`: they say nothing of others' ties."""
        return self.office.kind_rules if self.office and self.office.place.id == home.id else {}

    def today(self, desk: Desk) -> date:
        """The day at the office, or in UTC without one."""
        now = desk.clock()
        return self.office.today(now) if self.office else now.astimezone(UTC).date()
