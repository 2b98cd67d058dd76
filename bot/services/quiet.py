"""Which ties are quiet, for whoever asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.access import Action
from bot.domain.dormancy import QUIET, Contact, Quietness
from bot.domain.life import current_pause, is_over
from bot.domain.partnerships import PARTNER_KINDS, Partnership, StatusChange
from bot.domain.places import Place
from bot.domain.ties import Tie
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.ties import ties_of_place
from db.places import Family


@dataclass(frozen=True, slots=True)
class QuietTie:
    tie: Tie
    quiet: Quietness


@dataclass(frozen=True, slots=True)
class PausedAct:
    """A paused act, with the partners with whom it is; `is_over` once the pause was to have ended."""

    act: Partnership
    partners: Sequence[Place]
    pause: StatusChange
    is_over: bool


@dataclass(frozen=True, slots=True)
class QuietList:
    """Ties past their cadence, longest silence first; apart from them those of which nothing was ever logged.

    `paused` are the acts by which ties are paused, and any others whose pause is over; those come first.
    """

    home: Place
    today: date
    quiet: Sequence[QuietTie]
    no_record: Sequence[Tie]
    fresh: int
    paused: Sequence[PausedAct]


@requires(Action.READ)
async def quiet_ties(desk: Desk, caller: Caller) -> QuietList:
    """How the office's sister and friendship ties stand today. Raises `Unavailable` (`office.none`)."""
    office = caller.own_office()
    today = caller.today(desk)
    async with desk.database.read() as session:
        family, ties = await ties_of_place(session, caller.viewer, office.place)
    standing = [
        QuietTie(tie, quiet)
        for tie in ties
        if any(act.kind in PARTNER_KINDS for act in tie.standing) and (quiet := tie.quietness(today))
    ]
    by_state = {state: [item for item in standing if item.quiet.state is state] for state in Contact}
    quiet_ones = [item for state in QUIET for item in by_state[state]]
    return QuietList(
        home=office.place,
        today=today,
        quiet=sorted(quiet_ones, key=_longest_first),
        no_record=sorted((item.tie for item in by_state[Contact.NO_RECORD]), key=lambda t: t.partner.name_en),
        fresh=len(by_state[Contact.FRESH]),
        paused=_paused(family, ties, [item.tie for item in by_state[Contact.PAUSED]], today),
    )


def _paused(family: Family, ties: Sequence[Tie], paused: Sequence[Tie], today: date) -> list[PausedAct]:
    """The paused acts of ties that are `paused`, and of the others those whose pause is over."""
    found: dict[int, PausedAct] = {}
    for tie in ties:
        for act in tie.acts:
            pause = current_pause(act)
            if pause and (tie in paused or is_over(pause, today)):
                partners = act.partners_of(family.own_ids)
                found[act.id] = PausedAct(act, partners, pause, is_over(pause, today))
    return sorted(found.values(), key=lambda item: (not item.is_over, item.act.id))


def _longest_first(item: QuietTie) -> tuple[date, str]:
    assert item.quiet.last is not None
    return item.quiet.last.latest(), item.tie.partner.name_en
