"""The sheet of implementation that councils ask for: what was promised and decided, and what was done, act by act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.access import Action
from bot.domain.agreements import Commitment
from bot.domain.dates import add_months
from bot.domain.exchange_particulars import Decision
from bot.domain.exchanges import Exchange, ExchangeStatus
from bot.domain.partnerships import Partnership, Status
from bot.domain.places import Place
from bot.services.access import requires
from bot.services.commitments import CommitmentFilter, acts_asked_for
from bot.services.desk import Caller, Desk
from bot.services.ties import group_into_ties
from db.act_parts import parts_of
from db.decisions import decided_by
from db.exchanges import exchanges_between

SHEET_MONTHS = 36
"""How far back it tells of exchanges."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: a promise of the act, an exchange with its partner, or a decision with the exchange that made it.

    None of them where nothing is on record.
    """

    act: Partnership
    partners: tuple[Place, ...]
    commitment: Commitment | Decision | None = None
    exchange: Exchange | None = None


@dataclass(frozen=True, slots=True)
class ImplementationSheet:
    """What was promised, decided and done, act by act, with the exchanges since the day `since`."""

    home: Place
    since: date
    today: date
    rows: Sequence[SheetRow]


@requires(Action.READ)
async def implementation_sheet(desk: Desk, caller: Caller, chosen: CommitmentFilter) -> ImplementationSheet:
    """Every act that stands, or in which something was promised, with what became of it in three years.

    Each exchange that was held stands once for each partner, under the act by which the tie is named, with what was
    decided in it; what was decided before these three years, or is planned, is told all the same. The state of the
    filter makes no difference: the sheet tells all. Raises as `list_commitments`.
    """
    office, today = caller.own_office(), caller.today(desk)
    since = add_months(today, -SHEET_MONTHS)
    async with desk.database.read() as session:
        acts, own = await acts_asked_for(session, caller, office, chosen)
        parts = await parts_of(session, caller.viewer, [act.id for act in acts], ["commitments"])
        partners = sorted({place.id for act in acts for place in act.partners_of(own)})
        exchanges = await exchanges_between(session, caller.viewer, own, partners, None)
        decided = await decided_by(session, caller.viewer, own, office.id)
    recent = {
        each.id
        for each in exchanges
        if each.status is ExchangeStatus.HELD
        and each.date.latest() >= since
        and each.date.earliest() <= today
    }
    decisions = {each.exchange.id: each.decisions for each in decided}
    told = [each for each in exchanges if each.id in recent or each.id in decisions]
    ties = group_into_ties(acts, own, {})
    named = {act.id: [tie.partner.id for tie in ties if tie.lead_act is act] for act in acts}
    rows: list[SheetRow] = []
    for act in acts:
        others, promised = act.partners_of(own), parts[act.id].commitments
        if act.status is Status.ENDED and not promised:
            continue
        found = [each for each in told if any(place.id in named[act.id] for place in each.places)]
        rows += [SheetRow(act, others, commitment=each) for each in promised]
        for each in found:
            rows += [SheetRow(act, others, exchange=each)] if each.id in recent else []
            rows += [SheetRow(act, others, decision, each) for decision in decisions.get(each.id, ())]
        if not (promised or found):
            rows.append(SheetRow(act, others))
    return ImplementationSheet(office.place, since, today, rows)
