"""The one pair of places that an answer is about, from which the next question may go on."""

from dataclasses import dataclass

from bot.domain.places import Place
from bot.questions.answers import Answer
from bot.questions.holdings import Registry
from bot.questions.query import About, Per, Query


@dataclass(frozen=True, slots=True)
class OneTie:
    """The one pair of places that an answer is about, and the first agreement between them that it names.

    `in_force` is False where all between them is over.
    """

    home: Place
    partner: Place
    record: str | None
    in_force: bool


def one_tie(asked: Query, registry: Registry, found: Answer) -> OneTie | None:
    """The pair that is asked about or, where the answer is one place, found."""
    if asked.per is Per.HOME or (len(registry.homes) != 1 and not asked.partner.places):
        return _only_one_told(asked, registry, found)
    named = [place for each in asked.partner.places if (place := registry.places.get(each.id or 0))]
    of_records = {
        link.partner.id: link.partner for link in registry.links() if link.act.record in asked.records
    }
    partners = named or list(found.places) or list(of_records.values())
    if len(partners) != 1 or len(registry.homes) != 1 or not found.records or asked.compare is not None:
        return None
    record = next((each for each in found.records if each[0] == "P"), None)
    links = [link for link in registry.links() if link.partner.id == partners[0].id]
    in_force = not links or any(link.act.in_force for link in links)
    return OneTie(registry.homes[0].home, partners[0], record, in_force)


def _only_one_told(asked: Query, registry: Registry, found: Answer) -> OneTie | None:
    """The pair of the one record that answers of which of many homes it is: the one city with a tie in Belarus."""
    if len(found.records) != 1 or asked.about is not About.TIES or asked.compare is not None:
        return None
    links = [link for link in registry.links() if link.act.record in found.records]
    pairs = {frozenset((link.home.id, link.partner.id)) for link in links}
    if len(pairs) != 1:
        return None
    one = next((link for link in links if link.home in found.places), links[0])
    return OneTie(one.home, one.partner, one.act.record, one.act.in_force)
