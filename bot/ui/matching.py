"""How matches look: the points behind each, own partners first, whom to ask, and where one leans on one alone."""

from collections.abc import Iterator, Sequence

import discord

from bot.domain.exchanges import Exchange, ExchangeLevel
from bot.domain.matching import Concentration, Leaning, Match, Point
from bot.i18n.texts import Texts, Written
from bot.services.matching import Experience, Matches
from bot.ui.audience import restricted
from bot.ui.cards import Card
from bot.ui.profiles import topic_name

Sections = Sequence[tuple[str, Sequence[str]]]


def matches_card(texts: Texts, matches: Matches) -> discord.Embed:
    """The matches of an office, for one topic or for all of its profile."""
    card = Card(matches_title(texts, matches), footer=texts("match.footer"))
    card.text(opening_lines(texts, matches))
    for name, lines in match_sections(texts, matches):
        card.field(name, lines)
    return card.embed


def matches_title(texts: Texts, matches: Matches) -> str:
    if matches.topic is None:
        return texts("match.title", home=matches.home)
    return texts("match.title_topic", home=matches.home, topic=Written(topic_name(texts, matches.topic)))


def opening_lines(texts: Texts, matches: Matches) -> list[str]:
    """What is missing for better matches."""
    lines = [] if matches.has_profile or matches.topic else [texts("match.no_profile")]
    return lines if matches.own or matches.found else [*lines, texts("match.nothing")]


def match_sections(texts: Texts, matches: Matches) -> Sections:
    """Own partners, new ones with their points, whom to ask, and where one leans on one alone."""
    own = [texts("match.own_line", partner=each.partner, state=each.quiet.state) for each in matches.own]
    found = [line for each in matches.found for line in _match(texts, each)]
    if matches.more:
        found.append(texts("match.more", n=matches.more))
    return (
        (texts("match.own"), own),
        (texts("match.found"), found),
        (texts("match.ask"), [_ask(texts, each) for each in matches.experience]),
        (texts("match.leaning"), [_leaning(texts, matches, each) for each in matches.leanings]),
    )


def _ask(texts: Texts, each: Experience) -> str:
    title = _title(texts, each.exchange)
    record = Written(each.exchange.record)
    return texts("match.ask_line", peer=each.peer, title=title, date=each.exchange.date, record=record)


def _title(texts: Texts, exchange: Exchange) -> str:
    chinese = exchange.title_zh if texts.language.startswith("zh") else None
    return chinese or exchange.title


def is_private(matches: Matches) -> bool:
    return restricted(matches.scopes)


def _match(texts: Texts, found: Match) -> Iterator[str]:
    place = Written(texts.place_in_full(found.candidate.place))
    yield texts("match.line", place=place, n=found.total)
    yield texts.listed([Written(point_words(texts, point)) for point in found.points])


def point_words(texts: Texts, point: Point) -> str:
    """A reason in words, with the points that it is worth."""
    topics = Written(texts.listed([Written(topic_name(texts, topic)) for topic in point.topics]))
    worth = Written(f"{point.points:+d}")
    return texts(f"reason.{point.reason.value}", topics=topics, places=point.places, worth=worth)


def _leaning(texts: Texts, matches: Matches, leaning: Concentration) -> str:
    values = {"percent": round(leaning.share * 100), "n": leaning.count, "of": leaning.of}
    match leaning.on:
        case Leaning.PARTNER:
            return texts("leaning.partner", place=matches.places[int(str(leaning.what))], **values)
        case Leaning.PERSON:
            return texts("leaning.person", person=Written(f"<@{leaning.what}>"), **values)
    return texts("leaning.level", level=ExchangeLevel(str(leaning.what)), **values)
