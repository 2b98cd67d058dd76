"""The ties that a question is about, and beside them what lists and counts tell apart (design §3, readings 1 to 9)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.dates import PartialDate
from bot.domain.dormancy import Contact
from bot.domain.partnerships import PARTNER_KINDS, Kind, Partnership
from bot.domain.places import Place, distance_km
from bot.questions.answering.fitting import (
    act_fits,
    event_of,
    never_met,
    tie_fits,
    undated_beside,
    wanted_kinds,
)
from bot.questions.answering.looser_ties import looser_beside
from bot.questions.conditions import Acts, Event, KindWord, Met
from bot.questions.holdings import Link, Registry
from bot.questions.lying import lies, territories
from bot.questions.query import Asked, Query, Rank, RankBy

_NEVER = PartialDate(2200)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What fits, in order, and what is told apart from it.

    `friendship` where sister cities were asked for by that word; `memoranda` where partners were; `territory` ties
    with a territory of the country asked for; `districts` those of the home's districts; `undated` what is dated too
    vaguely to say that it was within the time asked for; `unrecorded` what may have gone quiet, too, as nothing was
    ever logged of it; `looser` contacts, where partners were asked for.
    """

    links: Sequence[Link]
    friendship: Sequence[Link] = ()
    memoranda: Sequence[Link] = ()
    territory: Sequence[Link] = ()
    districts: Sequence[Link] = ()
    undated: Sequence[Link] = ()
    unrecorded: Sequence[Link] = ()
    looser: Sequence[Link] = ()

    @property
    def partners(self) -> list[Place]:
        return partners_of(self.links)

    @property
    def acts(self) -> list[Partnership]:
        return list({link.act.id: link.act for link in self.links}.values())

    def apart_where(self, keeps: Callable[[Link], bool]) -> "Chosen":
        """With only those of the ties that are told apart which are kept."""
        return self.apart_by(lambda links: [link for link in links if keeps(link)])

    def apart_by(self, kept: Callable[[Sequence[Link]], list[Link]]) -> "Chosen":
        """With those of each sort of ties that are told apart which are kept of these."""
        parts = ("friendship", "memoranda", "territory", "districts", "looser")
        return replace(self, **{name: kept(getattr(self, name)) for name in parts})


def partners_of(links: Iterable[Link]) -> list[Place]:
    """Each partner once, in order."""
    return list({link.partner.id: link.partner for link in links}.values())


def choose(query: Query, registry: Registry) -> Chosen:
    """The ties of all homes that fit a query."""
    kinds = wanted_kinds(query)
    around = [link for link in registry.links() if tie_fits(link, query, registry)]
    there = [link for link in around if lies(link.partner, query.partner, registry)]
    fitting = _with_each(_of_kinds(there, query, registry, kinds), query, registry)
    unrecorded = _never_logged(query, registry, kinds)
    districts = [link for holding in registry.homes for link in holding.district_links]
    themselves = {holding.home.id for holding in registry.homes}
    districts = [link for link in districts if link.through is None or link.through.id not in themselves]
    districts = [link for link in districts if lies(link.partner, query.partner, registry)]
    if (
        not (fitting or query.acts.by_home)
        and query.partner.is_one_place
        and (theirs := _of_kinds(districts, query, registry, kinds))
    ):
        fitting, there, districts = (
            theirs,
            [*there, *districts],
            [],
        )  # asked for by name: it answers, and says so
    abroad = territories(query.partner)
    apart = [link for link in around if link.partner.country in abroad and link not in there]
    apart = [link for link in apart if not query.partner.levels or link.partner.level in query.partner.levels]
    chosen = Chosen(
        links=fitting,
        friendship=_friendship(there, query, registry),
        memoranda=_memoranda(there, query, registry),
        territory=_of_kinds(apart, query, registry, kinds),
        districts=_of_kinds(districts, query, registry, kinds) if _are_told(query) else [],
        undated=undated_beside(there, query, registry),
        unrecorded=unrecorded,
        looser=looser_beside(there, query, registry),
    )
    return _apart_with_each(chosen, query, registry) if query.each else chosen


def _apart_with_each(chosen: Chosen, query: Query, registry: Registry) -> Chosen:
    """With only those told apart whose homes have, with what fits, one in each of the countries asked for together."""

    def kept(links: Sequence[Link]) -> list[Link]:
        held = {link.home.id for link in _with_each([*chosen.links, *links], query, registry)}
        return [link for link in links if link.home.id in held]

    return chosen.apart_by(kept)


def _with_each(links: list[Link], query: Query, registry: Registry) -> list[Link]:
    """The ties of homes that have one in each of the countries that are asked for together."""
    homes = [{link.home.id for link in links if lies(link.partner, where, registry)} for where in query.each]
    return [link for link in links if all(link.home.id in having for having in homes)]


def _of_kinds(links: Iterable[Link], query: Query, registry: Registry, kinds: frozenset[Kind]) -> list[Link]:
    return [link for link in links if act_fits(link.act, query, registry, kinds)]


def _never_logged(query: Query, registry: Registry, kinds: frozenset[Kind]) -> list[Link]:
    """Where those that have gone quiet are listed, the ties of which nothing was ever logged, which may be so, too."""
    quiet = bool(query.states & _SILENT) and Contact.NO_RECORD not in query.states
    quiet = quiet and query.met is None and query.unmet is None
    silent = query.met == Met() and query.unmet is not None  # for so many years
    if not (quiet or silent) or query.asked is not Asked.PLACES or query.partner.is_one_place:
        return []
    freed = replace(query, states=frozenset(), met=None, unmet=None)
    links = [link for link in registry.links() if tie_fits(link, freed, registry)]
    there = [link for link in links if lies(link.partner, query.partner, registry)]
    return [link for link in _of_kinds(there, freed, registry, kinds) if never_met(link, registry)]


_SILENT = frozenset((Contact.DORMANT, Contact.STALE))


def _are_told(query: Query) -> bool:
    """Whether ties of districts are worth telling: not beside conditions on contact, of which theirs are not known."""
    return query.met is None and query.unmet is None and not query.states and not query.without_states


def _friendship(links: Sequence[Link], query: Query, registry: Registry) -> list[Link]:
    if query.acts.kinds != {KindWord.SISTER}:
        return []
    return _of_kinds(links, query, registry, frozenset({Kind.FRIENDSHIP_CITY}))


def _memoranda(links: Sequence[Link], query: Query, registry: Registry) -> list[Link]:
    if query.acts.kinds and query.acts.kinds <= {KindWord.ALL, KindWord.MOU}:
        return []
    if Kind.MOU in wanted_kinds(query):
        return []
    return _of_kinds(links, query, registry, frozenset({Kind.MOU}))


def whatever_there_is(query: Query, registry: Registry) -> list[Link]:
    """Every agreement with the partners, of any kind and status, those that a later one replaced last."""
    freed = replace(query, acts=Acts(kinds=frozenset({KindWord.ALL}), any_status=True))
    every = (*registry.links(), *(link for holding in registry.homes for link in holding.district_links))
    links = [link for link in every if lies(link.partner, freed.partner, registry)]
    return sorted(links, key=_rank_of)


def _rank_of(link: Link) -> tuple[bool, bool, bool, PartialDate]:
    act = link.act
    return act.replaced, not act.in_force, act.kind not in PARTNER_KINDS, act.signed or _NEVER


def by_age(links: Iterable[Link]) -> list[Link]:
    """Oldest first, by the day of signing; those without one last."""
    return sorted(links, key=lambda link: (link.act.signed or _NEVER, link.act.id))


def oldest(links: Iterable[Link], *, partners_first: bool) -> list[Link]:
    """The agreements with one partner: partners before memoranda where the question leaves that open, then by age."""
    return sorted(
        links,
        key=lambda link: (
            partners_first and link.act.kind not in PARTNER_KINDS,
            link.act.signed is None,
            link.act.signed or _NEVER,
            link.act.id,
        ),
    )


# Ranking -------------------------------------------------------------------------------------------------------


def ranked(
    links: Sequence[Link], rank: Rank | None, registry: Registry, event: Event = Event.SIGNED
) -> tuple[list[Link], list[Link]]:
    """The first of the links by an order, and those that have nothing to be ordered by.

    `event` is what makes one the first or last: the signing, or its end.
    """
    if rank is None:
        return list(links), []

    def dated(link: Link) -> float | None:
        when = event_of(link.act, event)
        return when.earliest().toordinal() if when else None

    orders: dict[RankBy, Callable[[Link], float | None]] = {
        RankBy.NEAREST: _far, RankBy.FARTHEST: _far,
        RankBy.LEAST_RECENT: _met, RankBy.MOST_RECENT: _met,
    }  # fmt: skip
    order = orders.get(rank.by, dated)
    having = [(value, link) for link in links if (value := order(link)) is not None]
    backwards = rank.by in (RankBy.LAST, RankBy.FARTHEST, RankBy.MOST_RECENT)
    having.sort(key=lambda pair: (pair[0], pair[1].act.id), reverse=backwards)
    lacking = [link for link in links if order(link) is None]
    return (
        ([link for _, link in having] + lacking, [])
        if rank.limit is None
        else (_first(having, rank), lacking)
    )


def perhaps_instead(links: Iterable[Link], first: Sequence[Link], query: Query) -> list[Link]:
    """Beside the one that was signed first or last, those of a mere year or month that may have been so."""
    rank, events = query.rank, [link.act.signed for link in first if link.act.signed]
    by = rank.by if rank is not None and rank.limit == 1 and rank.position is None else None
    if by not in (RankBy.FIRST, RankBy.LAST) or not events or query.acts.event is not Event.SIGNED:
        return []
    others = [(link, link.act.signed) for link in links if link not in first]
    vague = [(link, when) for link, when in others if when is not None and when.exact() is None]
    if by is RankBy.FIRST:
        return [link for link, when in vague if when.earliest() < min(each.earliest() for each in events)]
    return [link for link, when in vague if when.latest() > max(each.latest() for each in events)]


def _first(having: Sequence[tuple[float, Link]], rank: Rank) -> list[Link]:
    """So many partners, with all that are level with the last of them; or the one at a position."""
    values: list[float] = []
    partners: dict[int, tuple[float, Link]] = {}
    for value, link in having:
        partners.setdefault(link.partner.id, (value, link))
    ordered = list(partners.values())
    if rank.position is not None:
        chosen = ordered[rank.position - 1 : rank.position]
        values = [value for value, _ in chosen]
        return [link for value, link in ordered if value in values]
    values = [value for value, _ in ordered[: rank.limit]]
    return [link for value, link in ordered if value in values]


def _far(link: Link) -> float | None:
    return distance_km(link.home, link.partner)


def _met(link: Link) -> float | None:
    return link.tie.last.date.latest().toordinal() if link.tie.last else None


def days_since(day: date, today: date) -> int:
    return (today - day).days
