"""What it takes to take up a quiet tie again: whom to write to, what there was, and what to write about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.access import Action, Scope
from bot.domain.contacts import Contact, to_write_to
from bot.domain.dormancy import QUIET, Quietness
from bot.domain.errors import BadInput, NotAllowed
from bot.domain.exchanges import Exchange, ExchangeStatus
from bot.domain.matching import topics_of
from bot.domain.occasions.silences import silence_of
from bot.domain.places import Place
from bot.domain.profiles import Side
from bot.domain.reviving import Hooks, fitting_event, near_anniversary, shared_topic
from bot.domain.ties import Tie
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.partnerships import tie_meant
from bot.services.tending import Which
from bot.services.ties import partner_ids
from db.contacts import contacts_at
from db.exchanges import all_planned, exchanges_between
from db.profiles import profiles

RECENT, MOST_CONTACTS = 3, 4


@dataclass(frozen=True, slots=True)
class ReviveKit:
    """A tie of the office with all that is on record for a letter.

    `last` is the exchange that the last contact rests on. `silence` is the reminder of the threshold that the tie
    crossed last, None where it is not quiet.
    """

    home: Place
    tie: Tie
    quiet: Quietness | None
    contacts: Sequence[Contact]
    recent: Sequence[Exchange]
    last: Exchange | None
    hooks: Hooks
    silence: Which | None
    today: date
    scopes: frozenset[Scope]


@requires(Action.READ)
async def revive_kit(desk: Desk, caller: Caller, text: str) -> ReviveKit:
    """The kit for a tie of the caller's office, by name or record number.

    Raises as `tie_meant`; `NotAllowed` (`revive.not_ours`) for the tie of another city: who writes is that city;
    `BadInput` (`revive.over`) where no act with the partner stands any more.
    """
    office, today = caller.own_office(), caller.today(desk)
    async with desk.database.read() as session:
        home, tie, family = await tie_meant(session, caller, office, text)
        if home.id != office.place.id:
            raise NotAllowed("revive.not_ours", home=home, partner=tie.partner)
        if not tie.standing:
            raise BadInput("revive.over", home=home, partner=tie.partner)
        theirs = partner_ids(tie.partner)
        contacts = to_write_to(await contacts_at(session, caller.viewer, theirs), today)
        exchanges = await exchanges_between(session, caller.viewer, family.own_ids, theirs, None)
        planned = await all_planned(session, caller.viewer)
        known = await profiles(session, [home.id, *theirs])
    ours, lines = known.get(home.id, ()), [line for each in theirs for line in known.get(each, ())]
    about = topics_of(lines, *Side)
    hooks = Hooks(
        near_anniversary(tie.acts, today, office.leap_day_rule),
        shared_topic(ours, lines, exchanges),
        fitting_event(planned, tie.partner, theirs, family.own_ids, about, today),
    )
    number = tie.last.exchange_id if tie.last else 0
    told = [*exchanges[:RECENT], *([hooks.event.exchange] if hooks.event else [])]
    scopes = {act.scope for act in tie.acts} | {each.scope for each in told}
    return ReviveKit(
        home,
        tie,
        tie.quietness(today),
        contacts[:MOST_CONTACTS],
        exchanges[:RECENT],
        next((each for each in exchanges if each.id == number and each.status is ExchangeStatus.HELD), None),
        hooks,
        _silence(tie, today),
        today,
        frozenset(scopes | {each.scope for each in contacts}),
    )


def _silence(tie: Tie, today: date) -> Which | None:
    quiet = tie.quietness(today) if tie.is_partner else None
    if quiet is None or quiet.state not in QUIET:
        return None
    return Which(*silence_of(tie, tie.crossings()[quiet.state]), 0)
