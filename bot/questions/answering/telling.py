"""How links, exchanges and people become lines and evidence of an answer."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.domain.anniversaries import age
from bot.domain.claims import Fact, disputed
from bot.domain.contacts import Contact
from bot.domain.exchanges import Exchange, ExchangeStatus
from bot.domain.partnerships import Kind, Partnership, Status
from bot.domain.places import Place, distance_km
from bot.domain.privacy import MARKS
from bot.questions.answering.choosing import Chosen, partners_of
from bot.questions.answering.fitting import never_met, wanted_kinds
from bot.questions.answers import Answer, AnswerKind, Outcome, Statement, Value, once, sentence
from bot.questions.conditions import Comparing, KindWord, Met
from bot.questions.holdings import Link, Registry
from bot.questions.lying import lies
from bot.questions.query import Query, RankBy

# Answers -------------------------------------------------------------------------------------------------------


def of_links(
    outcome: Outcome,
    kind: AnswerKind,
    links: Iterable[Link],
    *statements: Statement,
    value: Value = None,
    places: Sequence[Place] = (),
) -> Answer:
    """An answer that rests on agreements, and on the last contact where that was asked for by the caller."""
    held = list(links)
    return Answer(
        outcome, kind, statements, value, once(places),
        once(link.act.record for link in held),
        frozenset(link.act.scope for link in held),
    )  # fmt: skip


def of_exchanges(
    outcome: Outcome,
    kind: AnswerKind,
    exchanges: Iterable[Exchange],
    *statements: Statement,
    value: Value = None,
    places: Sequence[Place] = (),
) -> Answer:
    """An answer that rests on exchanges."""
    held = list(exchanges)
    return Answer(
        outcome, kind, statements, value, once(places),
        once(each.record for each in held),
        frozenset(each.scope for each in held),
    )  # fmt: skip


def nothing(kind: AnswerKind, *statements: Statement) -> Answer:
    return Answer(Outcome.NO_RECORD, kind, statements)


def homes_told(query: Query, registry: Registry) -> list[Place]:
    """Whose ties a heading tells of: of nobody by name, where the question names nobody or only where they lie."""
    sides = (query.home, *query.compare.others) if query.compare is not None else (query.home,)
    if all(side.places or side.groups for side in sides):
        return [holding.home for holding in registry.homes]
    beside_all = query.home.places and query.compare is not None
    homes = (holding.home for holding in registry.homes if beside_all)
    return [home for home in homes if lies(home, query.home, registry)]


# Lines ---------------------------------------------------------------------------------------------------------


def link_line(link: Link, registry: Registry, *, homes: bool = False) -> Statement:
    """One agreement: partner, kind, day of signing, how it ended, and who signed it for home if that was another."""
    act = link.act
    values: dict[str, Any] = {
        "record": act.record, "partner": link.partner, "home": link.home, "kind": act.kind, "act": act,
        "signed": act.signed, "with_home": homes, "through": link.through,
    }  # fmt: skip
    if act.status is Status.ENDED:
        values["ended"] = act.ended.since if act.ended else None
    return sentence("link", **values)


def link_lines(links: Iterable[Link], registry: Registry, query: Query) -> list[Statement]:
    """Each agreement with each partner in a line; with the last contact or the distance, where that was asked for."""
    unique = {(link.act.id, link.partner.id, link.home.id): link for link in links}
    several = len(registry.homes) > 1
    if (
        query.compare is not None and query.compare.how is Comparing.DIFFERENCE
    ):  # what it is compared with has none
        several = len({link.home.id for link in unique.values()}) > 1
    lines = [link_line(link, registry, homes=several) for link in unique.values()]
    if query.rank is not None and query.rank.by in (RankBy.NEAREST, RankBy.FARTHEST):
        return [_with_distance(line, link) for line, link in zip(lines, unique.values(), strict=True)]
    if not is_about_contact(query):
        return lines
    return [
        sentence("link_met" if link.tie.last else "link_never_met", line=line, last=link.tie.last)
        for line, link in zip(lines, unique.values(), strict=True)
    ]


def acts_in(links: Iterable[Link]) -> int:
    """How many agreements these are: one of three places is one, though it is told with each partner."""
    return len({link.act.id for link in links})


def ties_in(links: Sequence[Link], registry: Registry) -> int:
    """How many partners these are of one home; of several homes, which may share a partner, how many agreements."""
    return acts_in(links) if len(registry.homes) > 1 else len({link.partner.id for link in links})


def _with_distance(line: Statement, link: Link) -> Statement:
    far = distance_km(link.home, link.partner)
    return line if far is None else sentence("link_far", line=line, km=round(far))


def is_about_contact(query: Query) -> bool:
    """Whether ties are asked for by when they were last met."""
    by_contact = query.rank is not None and query.rank.by in (RankBy.LEAST_RECENT, RankBy.MOST_RECENT)
    return bool(query.states or query.without_states or query.unmet or by_contact)


def attendee_lines(exchange: Exchange, registry: Registry) -> list[Statement]:
    """Those who are named with an exchange, where the registry was loaded with them: name, role, post and place."""
    return [
        sentence("attendee", record=exchange.record, attendee=each, place=exchange.place_of(each))
        for each in registry.attendees.get(exchange.id, ())
        if each.name not in MARKS
    ]  # fmt: skip


def exchange_line(exchange: Exchange) -> Statement:
    keys = {
        ExchangeStatus.HELD: "exchange_held",
        ExchangeStatus.PLANNED: "exchange_planned",
        ExchangeStatus.CANCELLED: "exchange_cancelled",
    }
    return sentence(keys[exchange.status], exchange=exchange)


def person_line(person: Contact) -> Statement:
    return sentence("person", person=person)


# What is told beside --------------------------------------------------------------------------------------------


def told_apart(chosen: Chosen, query: Query, registry: Registry) -> list[Statement]:
    """What fits nearly, named apart and not hidden (design §3, readings 1, 3, 7 and 9)."""
    parts = (
        ("friendship_apart", chosen.friendship),
        ("territory_apart", chosen.territory),
        ("unrecorded_apart", chosen.unrecorded),
        ("districts_apart", chosen.districts),
    )
    statements = _never_logged_among(chosen.links, query, registry)
    statements += [_apart(key, links, query, registry) for key, links in parts if links]
    looser = {link.act.id for link in chosen.looser}
    if looser and len(looser) <= _AT_MOST:
        statements.append(sentence("looser_apart", link_lines(chosen.looser, registry, query), n=len(looser)))
    memoranda = {link.act.id for link in chosen.memoranda}
    if memoranda and not query.acts.kinds and len(memoranda) <= _AT_MOST:
        lines = link_lines(chosen.memoranda, registry, query)
        statements.append(sentence("memoranda_apart", lines, n=len(memoranda)))
    elif chosen.memoranda:
        statements.append(sentence("and_memoranda", n=len({link.act.id for link in chosen.memoranda})))
    if chosen.undated:
        statements.append(_apart("undated_apart", chosen.undated, query, registry))
    return statements


def _never_logged_among(links: Sequence[Link], query: Query, registry: Registry) -> list[Statement]:
    """Of how many of those without such an exchange nothing was ever logged, whenever and of whatever kind."""
    if query.unmet in (None, Met()) or query.met is not None:
        return []
    n = len(partners_of(link for link in links if never_met(link, registry)))
    return [sentence("never_logged_among", n=n)] if n else []


SHOWN = 15
"""So many agreements are told one by one beside a yes or no, at most."""

_AT_MOST = 20
"""Agreements that are told one by one beside what was asked for; of more it is told how many they are."""


_BY_RECORD = frozenset(("undated_apart", "districts_apart"))


def _apart(key: str, links: Sequence[Link], query: Query, registry: Registry) -> Statement:
    n = len(partners_of(links))
    if key in _BY_RECORD:  # the records are listed below, of which a place may have two
        n = len(link_lines(links, registry, query))
    if key == "friendship_apart" and len(links) > _AT_MOST:
        return sentence("friendship_beside", n=n)
    if key == "districts_apart" and len(registry.homes) > 1:
        if len(links) > _AT_MOST:
            return sentence("towns_beside", n=n)
        return sentence("towns_apart", link_lines(links, registry, query), n=n)
    return sentence(key, link_lines(links, registry, query), n=n)


def disputes(
    acts: Iterable[Partnership], registry: Registry, facts: Iterable[Fact] = tuple(Fact)
) -> list[Statement]:
    """What sources say of these agreements where they do not agree."""
    wanted = frozenset(facts)
    return [
        sentence("disputed", record=act.record, fact=fact, claims=tuple(claims))
        for act in acts
        for fact, claims in disputed((registry.claims or {}).get(act.id, ())).items()
        if fact in wanted
    ]


def in_years(act: Partnership, registry: Registry) -> int | None:
    return age(act.signed, registry.today, registry.leap_day_rule) if act.signed else None


def asked_words(query: Query) -> tuple[KindWord, ...]:
    """By which words agreements are asked for; partners where nothing is said."""
    if query.acts.kinds:
        return tuple(sorted(query.acts.kinds, key=list(KindWord).index))
    return (KindWord.PARTNERS,) if Kind.MOU not in wanted_kinds(query) else (KindWord.ALL,)
