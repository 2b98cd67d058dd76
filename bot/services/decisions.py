"""What was decided in exchanges: saying that it is done."""

from dataclasses import dataclass, replace

from bot.domain.access import Action
from bot.domain.audit import Deed
from bot.domain.decisions import find_decision
from bot.domain.errors import NotFound
from bot.domain.exchange_particulars import Decision
from bot.domain.exchanges import Exchange
from bot.domain.marks import with_part
from bot.services.access import requires
from bot.services.commitment_fields import read_done
from bot.services.desk import Caller, Desk
from bot.services.editing import exchange_content, read_exchange_record, seen_exchange
from bot.services.records import our_record, write_change
from db.exchanges import NewExchange


@dataclass(frozen=True, slots=True)
class DoneDecision:
    """A decision that is done; `entry`, by which that is taken back, is None where it was done that day before."""

    exchange: Exchange
    decision: Decision
    entry: int | None


@requires(Action.LOG)
async def open_decision(desk: Desk, caller: Caller, text: str, which: str) -> Decision:
    """The decision of an exchange of the office that is about to be called done.

    Raises `BadInput` (`record.unreadable`, `record.no_exchange`), `NotFound` (`record.unknown`, `decision.unknown`) or
    `NotAllowed` (`record.not_ours`).
    """
    record = read_exchange_record(text)
    async with desk.database.read() as session:
        stored = exchange_content((await our_record(session, caller, record, hold=False)).content)
    return stored.decisions[_find(stored, which)]


@requires(Action.LOG)
async def finish_decision(desk: Desk, caller: Caller, text: str, which: str, on: str = "") -> DoneDecision:
    """Note that a decision was carried out: `on` a day, today if nothing is said.

    What other offices said of the exchange still stands. Raises as `open_decision`; `BadInput` for a day that cannot
    be read, or is to come (`promise.done_in_future`).
    """
    record, done = read_exchange_record(text), read_done(on, caller.today(desk))
    async with desk.database.write() as session:
        held = await our_record(session, caller, record, hold=True)
        stored, entry = exchange_content(held.content), None
        index = _find(stored, which)
        decision = replace(stored.decisions[index], done=done)
        if decision != stored.decisions[index]:
            after = replace(stored, decisions=with_part(stored.decisions, index, decision))
            _, entry = await write_change(session, desk, caller, Deed.EDITED, before=held, after=after)
        return DoneDecision(await seen_exchange(session, caller, record), decision, entry)


def _find(stored: NewExchange, which: str) -> int:
    found = find_decision(stored.decisions, which)
    if found is None:
        raise NotFound("decision.unknown", text=which.strip()[:80])
    return found
