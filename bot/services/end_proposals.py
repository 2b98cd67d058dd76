"""Proposing to end a tie: for who may not end it. Nothing changes but the trail, until an editor decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.access import Action, Scope
from bot.domain.errors import BadInput, NotFound
from bot.domain.life import BEFORE_FORCE, MAX_REASON
from bot.domain.names import clean
from bot.domain.partnerships import Partnership, Status
from bot.domain.places import Place
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.tending import PROPOSED, note
from db.partnerships import partnership
from db.places import family_of


@dataclass(frozen=True, slots=True)
class EndProposal:
    """That somebody proposes to end an act, and why."""

    act: Partnership
    partners: Sequence[Place]
    reason: str

    @property
    def scopes(self) -> frozenset[Scope]:
        return frozenset({self.act.scope})


@requires(Action.LOG)
async def propose_end(desk: Desk, caller: Caller, number: int, reason: str) -> EndProposal:
    """Note in the trail of the office that somebody proposes to end one of its acts, and why.

    Raises `NotFound` (`record.unknown`); `BadInput` (`proposal.no_reason`, `text.too_long`, `proposal.over` for an
    act that has ended, or has not begun).
    """
    office, said = caller.own_office(), " ".join(clean(reason).split())
    if not said:
        raise BadInput("proposal.no_reason")
    if len(said) > MAX_REASON:
        raise BadInput("text.too_long", begins=said[:30], length=len(said), most=MAX_REASON)
    async with desk.database.write() as session:
        act = await partnership(session, caller.viewer, number)
        own = (await family_of(session, office.place)).own_ids
        if act is None or not any(place.id in own for place in act.parties):
            raise NotFound("record.unknown", record=f"P{number}")
        if act.status is Status.ENDED or act.status in BEFORE_FORCE:
            raise BadInput("proposal.over", record=act.record, status=act.status)
        await note(session, desk, caller, PROPOSED, None, f"{act.record}: {said}")
    return EndProposal(act, act.partners_of(own), said)
