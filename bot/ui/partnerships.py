"""How one partner looks: everything about it on one card, short, and nothing that is empty."""

from collections.abc import Iterator, Sequence
from datetime import date

import discord

from bot.domain.anniversaries import Anniversary, age
from bot.domain.dormancy import QUIET, Contact
from bot.domain.exchanges import Exchange, LastContact
from bot.domain.life import current_pause, is_over
from bot.domain.partnerships import Kind, Partnership, Parts, Status, StatusChange
from bot.i18n.texts import Texts, Written
from bot.services.partnerships import PartnerCard
from bot.ui.audience import restricted
from bot.ui.cards import COLOUR, QUIET_COLOUR, Card, fit
from bot.ui.claims import dispute_lines
from bot.ui.health import score_words
from bot.ui.kind_rules import own_rule_lines
from bot.ui.levels import level_lines
from bot.ui.partner_facts import (
    levels_line,
    one_level_line,
    other_name,
    people_lines,
    promises_line,
    short,
    signed_names_line,
    term_lines,
    title_names,
)

SOURCES_SHOWN = 4

REASON = 120
"""Characters of the reason for a pause that are shown in passing."""

ACTS_SHOWN = 6
"""Acts on a card; the list has all of them."""


def partner_card(texts: Texts, card: PartnerCard) -> discord.Embed:
    """Everything about one partner on one card, with record numbers, sources and as-of date."""
    quiet = card.quiet is not None and card.quiet.state in QUIET
    acts = _lead_first(card)
    made = Card(
        title_names(texts, card.home, card.tie.partner),
        colour=QUIET_COLOUR if quiet else COLOUR,
        footer=as_of_footer(texts, card.tie.acts),
    )
    levels = [f"*{line}*" for line in level_lines(texts, [card.home, card.tie.partner])]
    made.text([f"**{texts.place_in_full(card.tie.partner)}**", other_name(texts, card.tie.partner), *levels])
    made.field(texts("partner.agreements"), _agreement_lines(texts, card, acts))
    if card.anniversary and card.anniversary.occurrence.month:  # of a year alone, the age says it already
        made.field(texts("partner.next_anniversary"), [occasion(texts, card.anniversary)])
    made.field(texts("partner.contact"), _contact_field(texts, card))
    made.field(texts("partner.commitments"), [promises_line(texts, list(card.parts.values()), card.today)])
    made.field(texts("partner.people"), people_lines(texts, acts))
    made.field(texts("partner.recent"), _recent_lines(texts, card))
    made.field(texts("partner.clocks"), _clock_lines(texts, card))
    if card.others:
        made.field(texts("partner.others"), [texts("partner.others_line", others=card.others)])
    made.field(texts("partner.sources"), _source_lines(texts, acts))
    return made.embed


def is_private(card: PartnerCard) -> bool:
    """Whether anything on the card, or counted on it, is not for everybody in a channel."""
    acts = {act.scope for act in card.tie.acts} | card.others_scopes
    last = {card.tie.last.scope} if card.tie.last else set()
    return restricted(acts | card.dealings.scopes | last)


# Agreements --------------------------------------------------------------------------------------------------


def _lead_first(card: PartnerCard) -> Sequence[Partnership]:
    lead = card.tie.lead_act
    return [lead, *(act for act in card.tie.acts if act is not lead)]


def _agreement_lines(texts: Texts, card: PartnerCard, acts: Sequence[Partnership]) -> Iterator[str]:
    for act in acts[:ACTS_SHOWN]:
        yield from _act_lines(texts, card, act)
    if len(acts) > ACTS_SHOWN:
        yield texts("partner.more_agreements", n=len(acts) - ACTS_SHOWN)
    yield from (f"*{line}*" for line in own_rule_lines(texts, card.kind_rules, [act.kind for act in acts]))


def _act_lines(texts: Texts, card: PartnerCard, act: Partnership) -> Iterator[str]:
    """What the act is, when it was signed, and what a reader must know beside it."""
    parts = card.parts.get(act.id, Parts())
    if act.kind is Kind.PROSPECTIVE and act.status is Status.PROSPECTIVE:  # the one says the other
        yield texts("partner.prospect", record=Written(act.record), kind=act.kind)
    else:
        status = Written(status_word(texts, act))
        yield texts("partner.act", record=Written(act.record), kind=act.kind, status=status)
    if act.named:
        yield texts("partner.act_named", named=short(act.named))
    yield signed_line(texts, act, card.today)
    yield signed_names_line(texts, parts)
    third = [place for place in act.parties if place.id not in (card.home.id, card.tie.partner.id)]
    through = [place for place in third if place in card.through]
    together = [place for place in third if place not in card.through]
    if through:
        yield texts("partner.through", through=through, home=card.home)
    if together:
        yield texts("partner.together", others=together)
    if (ended := act.ended) is not None and not act.replaced and not act.in_force:
        yield texts("partner.ended", since=ended.since) if ended.since else texts("partner.ended_undated")
    yield from term_lines(texts, act, card.today)
    yield from (texts("partner.disputed", line=Written(line)) for line in dispute_lines(texts, parts.claims))


def status_word(texts: Texts, act: Partnership) -> str:
    """The status; an act that a later one replaced is not told as ended."""
    if act.replaced:
        return texts("status.replaced", record=Written(f"P{act.superseded_by}"))
    pause = current_pause(act)
    return pause_words(texts, pause) if pause else texts.word(act.status)


def pause_words(texts: Texts, pause: StatusChange) -> str:
    """That something is paused, until when and why, as far as it was said."""
    paused = texts("life.paused_until", until=pause.until) if pause.until else texts.word(pause.status)
    if pause.reason is None:
        return paused
    return texts("life.with_reason", status=Written(paused), reason=fit(pause.reason, REASON))


def signed_line(texts: Texts, act: Partnership, today: date) -> str:
    """When it was signed, as precisely as known, and the age in force."""
    if act.signed is None:
        is_ahead = act.status in (Status.PROSPECTIVE, Status.PROPOSED)
        return texts("partner.not_signed" if is_ahead else "partner.signed_undated")
    years = age(act.signed, today)
    if not act.in_force or not years:
        return texts("partner.signed", signed=act.signed)
    if act.signed.month is None:
        return texts("partner.signed_year_age", signed=act.signed, n=years)
    return texts("partner.signed_age", signed=act.signed, n=years)


def occasion(texts: Texts, coming: Anniversary) -> str:
    """When an anniversary is, as precisely as known, how many years, and what it is called."""
    name = milestone_name(texts, coming.milestone)
    key = f"anniversary.{coming.occurrence.precision.value}{'_named' if name else ''}"
    when = Written(texts.date(coming.occurrence, weekday=True))
    return texts(key, when=when, n=coming.years, name=Written(name))


def milestone_name(texts: Texts, milestone: str | None) -> str:
    """What the milestone is called, empty for none and for round ones without a name."""
    return texts(f"milestone.{milestone}") if milestone and milestone != "round" else ""


# Contact -----------------------------------------------------------------------------------------------------


def _contact_field(texts: Texts, card: PartnerCard) -> Iterator[str]:
    if card.quiet:
        yield from contact_lines(texts, card)
    if card.health.score is not None:
        yield texts("partner.health", score=Written(score_words(texts, card.health)))
    yield levels_line(texts, card.dealings.levels)
    yield one_level_line(texts, card.dealings.levels)


def contact_lines(texts: Texts, card: PartnerCard) -> Iterator[str]:
    """The state of a tie with what it rests on."""
    quiet, last = card.quiet, card.tie.last
    if quiet is None:
        return
    pause = current_pause(card.tie.lead_act) if quiet.state is Contact.PAUSED else None
    state = Written(pause_words(texts, pause)) if pause else quiet.state
    yield texts(f"contact_mark.{quiet.state.value}", state=state)
    if pause and is_over(pause, card.today):
        yield texts("life.pause_over")
    if last is not None:
        yield last_contact_line(texts, last, card.dealings.last)
    yield texts("contact.cadence", n=quiet.cadence_months)


def last_contact_line(texts: Texts, last: LastContact, exchange: Exchange | None = None) -> str:
    """When the last contact was; `exchange` is that contact itself, whose level is told."""
    record = Written(last.record)
    if exchange is not None and exchange.level is not None:
        return texts("contact.last_level", date=last.date, record=record, level=exchange.level)
    return texts("contact.last", date=last.date, record=record)


def exchange_title(texts: Texts, exchange: Exchange) -> str:
    title = exchange.title_zh if texts.language.startswith("zh") and exchange.title_zh else exchange.title
    named = title or exchange.topic
    return texts.write(named) if named else texts.word(exchange.kind)


def exchange_line(texts: Texts, exchange: Exchange) -> str:
    return texts(
        f"exchange.line_{exchange.status.value}",
        record=Written(exchange.record),
        date=Written(texts.days(exchange.date, exchange.end_date)),
        kind=exchange.kind,
        title=Written(exchange_title(texts, exchange)),
    )


def _recent_lines(texts: Texts, card: PartnerCard) -> Iterator[str]:
    for exchange in card.dealings.recent:
        yield exchange_line(texts, exchange)
    if (more := card.dealings.total - len(card.dealings.recent)) > 0:
        yield texts("partner.more_exchanges", n=more)


# Where and whence --------------------------------------------------------------------------------------------


def _clock_lines(texts: Texts, card: PartnerCard) -> Iterator[str]:
    for place in (card.home, card.tie.partner):
        if place.zone:
            yield texts("partner.clock", moment=Written(texts.moment(card.now, place.zone)), place=place)
    if card.distance is not None:
        yield texts("partner.distance", km=round(card.distance))


def _source_lines(texts: Texts, acts: Sequence[Partnership]) -> Iterator[str]:
    sources = [(act.record, source) for act in acts for source in act.sources]
    for record, source in sources[:SOURCES_SHOWN]:
        # An address stays whole, so that it can be opened; only its power to hide or ping is taken.
        shown = (
            source
            if source.startswith(("http://", "https://")) and len(source.split()) == 1
            else texts.write(source)
        )
        yield f"{record} · {shown}"
    if len(sources) > SOURCES_SHOWN:
        yield texts("partner.more_sources", n=len(sources) - SOURCES_SHOWN)


def as_of_footer(texts: Texts, acts: Sequence[Partnership]) -> str:
    """When a source of these acts was last looked at, empty where none says."""
    as_of = max((act.as_of for act in acts if act.as_of), default=None)
    return texts("as_of.footer", as_of=as_of) if as_of else ""
