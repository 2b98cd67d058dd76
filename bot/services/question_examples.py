"""Questions that an office can ask, with an answer: examples of the bank with the office's own places in them."""

from collections.abc import Iterator, Sequence

from bot.domain.access import Action
from bot.domain.offices import LANGUAGES
from bot.domain.places import Place
from bot.questions.examples import Example, examples, nearest_first
from bot.questions.parser import parse
from bot.questions.query import Asked, Query
from bot.services.access import requires
from bot.services.desk import Caller, Desk
from bot.services.lexicon import Names, names_of
from bot.services.questions import Outcome, answer_query, ask

TRIED, PARTNERS = 4, 3
"""How many examples are tried for each that is wanted, and with how many partners each."""


@requires(Action.READ)
async def question_examples(desk: Desk, caller: Caller, like: str = "", number: int = 3) -> list[str]:
    """Up to so many questions in the caller's language, each of another theme, nearest to `like`.

    Each has been asked: it has an answer for the caller.
    """
    partners = (await answer_query(desk, caller, "", Query(asked=Asked.PLACES))).answer.places
    async with desk.database.read() as session:
        names = await names_of(session)
    found: dict[str, str] = {}
    for turn, each in enumerate(nearest_first(like, examples(caller.language))[: number * TRIED]):
        if each.theme in found:
            continue
        first = turn % len(partners) if partners else 0  # not always of the same partner
        for text in _wordings(each, _parts(desk, caller, names, each), caller, partners[first:][:PARTNERS]):
            if (await ask(desk, caller, text)).answer.outcome is Outcome.ANSWERED:
                found[each.theme] = text
                break
        if len(found) == number:
            break
    return list(found.values())


def _parts(desk: Desk, caller: Caller, names: Names, example: Example) -> Query | None:
    home = caller.office.place if caller.office else None
    reading = parse(example.text, names.lexicon, caller.today(desk), home)
    return reading if isinstance(reading, Query) else None


def _wordings(
    example: Example, query: Query | None, caller: Caller, partners: Sequence[Place]
) -> Iterator[str]:
    """The example with the caller's own city in the place of its own, and with one after another of its partners."""
    if caller.office is None or query is None:
        yield example.text
        return
    home = _name(caller.office.place, example.language)
    text = example.text
    for ref in query.home.places:
        if ref.name == example.office and ref.said:
            text = text.replace(ref.said, home)
    if text.count(home) > 1:
        return  # it compares with this very city
    others = [ref.said for ref in query.partner.places if ref.said and ref.said in text]
    if len(others) != 1:
        yield text
        return
    for partner in partners:
        yield text.replace(others[0], _name(partner, example.language))


def _name(place: Place, language: str) -> str:
    return place.name_zh if language == LANGUAGES[1] and place.name_zh else place.name_en
