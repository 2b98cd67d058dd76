"""Whether somebody ended a tie: a tie that is over may have been ended by the other side, or by a third."""

from collections.abc import Sequence

from bot.domain.places import Place
from bot.questions.answering.fitting import step_of
from bot.questions.answering.telling import of_links
from bot.questions.answers import Answer, AnswerKind, Outcome, Statement, sentence
from bot.questions.conditions import Event
from bot.questions.holdings import Link, Registry
from bot.questions.lying import lies
from bot.questions.query import Query

_TOLD = 5


def how_they_ended(links: Sequence[Link]) -> list[Statement]:
    """How ties ended: on what day, on whose word and why, as far as that is on record."""
    steps = [(link, step_of(link.act, Event.ENDED)) for link in links[:_TOLD]]
    return [
        sentence(
            "reason_ended" if step.reason else "no_reason_ended",
            record=link.act.record, step=step, partner=link.partner, home=link.home,
        )
        for link, step in {link.act.id: (link, step) for link, step in steps}.values()
        if step is not None and not link.act.replaced
    ]  # fmt: skip


def whether_ended_by(links: Sequence[Link], query: Query, registry: Registry) -> Answer:
    """Whether one of the ties that are over was ended by whom the question names; unsure where nobody is recorded."""
    theirs = [link for link in links if _ended_it(link, query, registry)]
    shown = theirs or list(links)
    unknown = not theirs and any(_by_whom(link) is None for link in links)
    truth = bool(theirs) is not query.negated
    said = [] if unknown else [sentence("yes_tie" if truth else "no_tie_said")]
    outcome = Outcome.NO_RECORD if unknown else Outcome.ANSWERED
    value = None if unknown else truth
    return of_links(outcome, AnswerKind.BOOLEAN, shown, *said, *how_they_ended(shown), value=value)


def _by_whom(link: Link) -> str | None:
    step = step_of(link.act, Event.ENDED)
    return step.by_whom if step is not None else None


def _ended_it(link: Link, query: Query, registry: Registry) -> bool:
    by_whom, who = _by_whom(link), query.acts.ended_by
    if by_whom is None or who is None:
        return False
    names = {name.strip() for name in by_whom.split(" / ")} | {by_whom}
    return any(_is_called(place, names) and lies(place, who, registry) for place in (link.home, link.partner))


def _is_called(place: Place, names: set[str]) -> bool:
    return place.name_en in names or place.name_zh in names
