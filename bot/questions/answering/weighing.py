"""Which of several homes has more: partners, or exchanges of a sort."""

from collections.abc import Mapping

from bot.domain.exchanges import Exchange
from bot.domain.places import Place
from bot.questions.answering.choosing import choose, partners_of
from bot.questions.answering.fitting import exchange_fits, has_partner
from bot.questions.answering.own_country import counted_at_home
from bot.questions.answering.signed_before import without_predecessors
from bot.questions.answering.telling import asked_words, of_exchanges, of_links
from bot.questions.answering.tie_numbers import rule_of_count
from bot.questions.answering.understanding import kind_words
from bot.questions.answers import Answer, AnswerKind, Outcome, Statement, sentence
from bot.questions.conditions import KindWord
from bot.questions.holdings import Registry
from bot.questions.lying import lies
from bot.questions.query import About, Asked, Query

Numbers = Mapping[int, int]
"""How many each home has, by its id."""


def compare_numbers(query: Query, registry: Registry) -> Answer:
    """Which of several homes has more, or whether the first has; with the number of each."""
    return _of_meetings(query, registry) if query.about is About.EXCHANGES else _of_ties(query, registry)


def _of_ties(query: Query, registry: Registry) -> Answer:
    chosen = choose(query, registry)
    memoranda = query.acts.kinds == {KindWord.MOU}  # of which a place may have two
    numbers = {
        holding.home.id: len({x.act.id for x in links} if memoranda else partners_of(links))
        for holding in registry.homes
        for links in [[x for x in chosen.links if x.home.id == holding.home.id]]
    }
    told = sentence(
        "compared", _lines(numbers, registry),
        winners=_winners(numbers, query, registry), n=_best(numbers, query), kinds=kind_words(asked_words(query)),
    )  # fmt: skip
    kind, before, value = _verdict(numbers, query, registry)
    lines = [told, *_by_how_many(numbers, registry)]
    beside = without_predecessors(chosen.links, registry)
    if len(numbers) == _TWO:
        beside += [
            sentence(
                "without_own_country",
                home=home,
                n=numbers[home.id] - said.values["n"],
                places=said.values["places"],
            )
            for home in _homes(registry)
            for said in counted_at_home([x for x in chosen.links if x.home.id == home.id], query)
        ]
    lines = lines[::-1] if query.asked is Asked.NUMBER else lines
    return of_links(
        Outcome.ANSWERED, kind, chosen.links, *before, *lines, *beside, rule_of_count(query),
        value=value, places=_places(numbers, query, registry),
    )  # fmt: skip


def _by_how_many(numbers: Numbers, registry: Registry) -> list[Statement]:
    """By how many one of two has more than the other."""
    if len(numbers) != _TWO or not (n := _apart(numbers)):
        return []
    most = max(numbers.values())
    return [sentence("more_by", places=[h.home for h in registry.homes if numbers[h.home.id] == most], n=n)]


def _apart(numbers: Numbers) -> int:
    return max(numbers.values(), default=0) - min(numbers.values(), default=0)


_TWO = 2


def _of_meetings(query: Query, registry: Registry) -> Answer:
    found = {
        holding.home.id: [
            each
            for each in holding.exchanges
            if exchange_fits(each, query.exchanges, registry) and has_partner(each, query, registry)
        ]
        for holding in registry.homes
    }
    numbers = {home: len(exchanges) for home, exchanges in found.items()}
    told = sentence(
        "compared_exchanges", _lines(numbers, registry),
        winners=_winners(numbers, query, registry), n=_best(numbers, query),
    )  # fmt: skip
    kind, before, value = _verdict(numbers, query, registry)
    evidence: dict[int, Exchange] = {each.id: each for exchanges in found.values() for each in exchanges}
    return of_exchanges(
        Outcome.ANSWERED, kind, evidence.values(), *before, told,
        value=value, places=_places(numbers, query, registry),
    )  # fmt: skip


def _lines(numbers: Numbers, registry: Registry) -> list[Statement]:
    return [sentence("number_of", name=h.home, n=numbers[h.home.id]) for h in registry.homes]


def _best(numbers: Numbers, query: Query) -> int:
    assert query.compare is not None
    return (min if query.compare.fewer else max)(numbers.values(), default=0)


def _winners(numbers: Numbers, query: Query, registry: Registry) -> list[Place]:
    return [h.home for h in registry.homes if numbers[h.home.id] == _best(numbers, query)]


def _places(numbers: Numbers, query: Query, registry: Registry) -> list[Place]:
    """The places of the answer: whoever has most; all, where nobody has more than the others."""
    winners = _winners(numbers, query, registry)
    return winners if query.asked is Asked.BOOLEAN or len(winners) < len(numbers) else list(_homes(registry))


def _homes(registry: Registry) -> list[Place]:
    return [holding.home for holding in registry.homes]


def _verdict(
    numbers: Numbers, query: Query, registry: Registry
) -> tuple[AnswerKind, list[Statement], bool | int | None]:
    """Whether the first home has more, or fewer, than each of the others, or by how many; as that is asked."""
    assert query.compare is not None
    if query.asked is Asked.NUMBER:
        return AnswerKind.NUMBER, [], _apart(numbers)
    if query.asked is not Asked.BOOLEAN:
        return AnswerKind.PLACES, [], None
    ordered = sorted(_homes(registry), key=lambda home: not lies(home, query.home, registry))
    first, *others = (numbers[home.id] for home in ordered)
    truth = all((first < n) if query.compare.fewer else (first > n) for n in others) is not query.negated
    return AnswerKind.BOOLEAN, [sentence("yes_tie" if truth else "no_tie_said")], truth
