"""Two partners of the office that asks, named side by side: "have Portland and Seattle been here lately?"."""

from dataclasses import replace

from bot.questions.conditions import PlaceRef, Where
from bot.questions.query import About, Asked, Query


def both_as_partners(query: Query, own: int) -> tuple[PlaceRef, ...]:
    """The places of a question on two or more that are not the office's own, by id; none if it asks for more than that.

    Read by the words alone the first is the home and the others are its partners.
    """
    home, partner = query.home, query.partner
    alone = home == Where(places=home.places) and partner == Where(places=partner.places)
    beside = query.compare is not None or query.candidate is not None or bool(query.records)
    if not alone or beside or len(home.places) != 1 or query.about not in (About.TIES, About.EXCHANGES):
        return ()
    named = (*home.places, *partner.places)
    known = len(named) > 1 and all(ref.id is not None and ref.id != own for ref in named)
    return named if known else ()


def of_own_partners(query: Query, named: tuple[PlaceRef, ...]) -> Query:
    """The same, asked of the office's ties with each of them."""
    every = query.asked is Asked.BOOLEAN and query.rank is None
    ours = replace(
        query, home=Where(own=True, assumed=True), partner=Where(places=named), presumed=frozenset()
    )
    return replace(ours, every=every or dates_each(ours))


def dates_each(query: Query) -> bool:
    """Whether the day of the last exchange is asked for, or of the first, of several partners that are named."""
    rank = query.rank
    one = rank is not None and rank.limit == 1 and rank.position is None
    dated = query.asked is Asked.DATE and query.about is About.EXCHANGES and query.unit is None
    partner = query.partner
    several = len(partner.places) > 1 and not (partner.groups or partner.countries or partner.areas)
    return dated and one and several and query.compare is None and query.per is None
