"""How two partners, or two cities, look side by side."""

from collections.abc import Iterator, Sequence

import discord

from bot.domain.partner_lists import CountRule
from bot.domain.places import Place
from bot.i18n.texts import Texts, Written
from bot.services.comparing import Comparison, OwnTie, Side
from bot.ui.audience import restricted
from bot.ui.cards import Card
from bot.ui.partnerships import last_contact_line, signed_line, status_word

NAMED = 15
"""Places named in one field; the others are counted."""


def comparison_card(texts: Texts, found: Comparison) -> discord.Embed:
    """Both sides of a comparison on one card; what they share comes after."""
    one, two = found.one.place, found.two.place
    card = Card(texts("compare.title", one=one, two=two))
    if found.of_partners and found.home:
        card.text([texts("compare.of_partners", home=found.home)])
    for side in (found.one, found.two):
        card.field(texts.place_in_full(side.place), _side_lines(texts, found, side), inline=True)
    card.field(texts("compare.shared"), [_named(texts, found.shared)])
    card.field(texts("compare.only", place=one), [_named(texts, found.only_one)])
    card.field(texts("compare.only", place=two), [_named(texts, found.only_two)])
    card.field(texts("list.counted"), [texts("compare.rule")])
    return card.embed


def comparison_lines(texts: Texts, found: Comparison) -> Iterator[str]:
    """The same as lines, for the command line."""
    for side in (found.one, found.two):
        yield f"**{texts.place_in_full(side.place)}**"
        yield from (f"  {line}" for line in _side_lines(texts, found, side))
    yield f"{texts('compare.shared')}: {_named(texts, found.shared)}"
    for side, places in ((found.one, found.only_one), (found.two, found.only_two)):
        yield f"{texts('compare.only', place=side.place)}: {_named(texts, places)}"
    yield texts("compare.rule")


def is_private_comparison(found: Comparison) -> bool:
    """Whether anything that was compared is not for everybody in a channel."""
    scopes = found.one.scopes | found.two.scopes
    for side in (found.one, found.two):
        if side.own is not None:
            scopes |= side.own.scopes
            scopes |= {side.own.tie.last.scope} if side.own.tie.last else set()
    return restricted(scopes)


def _side_lines(texts: Texts, found: Comparison, side: Side) -> Iterator[str]:
    if found.of_partners and side.own:
        yield from _tie_lines(texts, found, side.own)
    sister, partners, whole = (side.counted[rule].agreements for rule in CountRule)
    yield texts("count.sister", n=sister)
    yield texts("compare.friendship", n=partners - sister)
    yield texts("compare.memoranda", n=whole - partners)


def _tie_lines(texts: Texts, found: Comparison, own: OwnTie) -> Iterator[str]:
    """What the office has with the place: the act that names the tie, the contact, how much was done."""
    lead = own.tie.lead_act
    status = Written(status_word(texts, lead))
    yield texts("partner.act", record=Written(lead.record), kind=lead.kind, status=status)
    yield signed_line(texts, lead, found.today)
    if own.quiet:
        yield texts(f"contact_mark.{own.quiet.state.value}", state=own.quiet.state)
    if own.tie.last:
        yield last_contact_line(texts, own.tie.last)
    yield texts("compare.held", n=own.held)


def _named(texts: Texts, places: Sequence[Place]) -> str:
    """The names, those that are too many counted; a field that would be empty says that there are none."""
    if not places:
        return texts("compare.none")
    shown = texts.listed([place for place in places[:NAMED]])
    if len(places) > NAMED:
        shown = texts("compare.and_more", names=Written(shown), n=len(places) - NAMED)
    return texts("compare.counted", n=len(places), names=Written(shown))
