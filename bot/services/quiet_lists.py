"""The list of quiet ties, worst first, from ties that were read: for whoever asks, and for the weekly post."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.dormancy import QUIET, Contact, Quietness
from bot.domain.life import current_pause, is_over
from bot.domain.partnerships import PARTNER_KINDS, Partnership, StatusChange
from bot.domain.places import Place
from bot.domain.ties import Tie


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
    """Ties past their cadence, those first that are past it most times; apart from them those of which nothing was
    ever logged.

    `paused` are the acts by which ties are paused, and any others whose pause is over; those come first.
    """

    home: Place
    today: date
    quiet: Sequence[QuietTie]
    no_record: Sequence[Tie]
    fresh: int
    paused: Sequence[PausedAct]


def quiet_list(home: Place, own_ids: Collection[int], ties: Sequence[Tie], today: date) -> QuietList:
    """How the sister and friendship ties among these stand on the office's day."""
    standing = [
        QuietTie(tie, quiet)
        for tie in ties
        if any(act.kind in PARTNER_KINDS for act in tie.standing) and (quiet := tie.quietness(today))
    ]
    by_state = {state: [item for item in standing if item.quiet.state is state] for state in Contact}
    quiet_ones = [item for state in QUIET for item in by_state[state]]
    quiet_ones.sort(key=lambda item: (-item.quiet.times_over(today), item.tie.partner.name_en))
    return QuietList(
        home=home,
        today=today,
        quiet=quiet_ones,
        no_record=sorted((item.tie for item in by_state[Contact.NO_RECORD]), key=lambda t: t.partner.name_en),
        fresh=len(by_state[Contact.FRESH]),
        paused=_paused(own_ids, ties, [item.tie for item in by_state[Contact.PAUSED]], today),
    )


def _paused(
    own_ids: Collection[int], ties: Sequence[Tie], paused: Sequence[Tie], today: date
) -> list[PausedAct]:
    """The paused acts of ties that are `paused`, and of the others those whose pause is over."""
    found: dict[int, PausedAct] = {}
    for tie in ties:
        for act in tie.acts:
            pause = current_pause(act)
            if pause and (tie in paused or is_over(pause, today)):
                found[act.id] = PausedAct(act, act.partners_of(own_ids), pause, is_over(pause, today))
    return sorted(found.values(), key=lambda item: (not item.is_over, item.act.id))
