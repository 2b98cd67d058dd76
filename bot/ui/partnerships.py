"""How partners look: the card of one, and the list of many."""

from collections.abc import Iterator, Sequence
from datetime import date

import discord

from bot.domain.anniversaries import Anniversary, age
from bot.domain.dormancy import Contact, Quietness
from bot.domain.exchanges import Exchange, LastContact
from bot.domain.partnerships import Kind, Partnership, Status
from bot.domain.places import Place
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller, Desk
from bot.services.partnerships import ListedAct, PartnerCard, PartnerFilter, PartnerList, list_partners
from bot.ui.audience import restricted
from bot.ui.cards import COLOUR, QUIET_COLOUR, Card
from bot.ui.pages import Heading, Page, page_of, paged

SOURCES_SHOWN = 4


def partner_card(texts: Texts, card: PartnerCard) -> discord.Embed:
    """Everything about one partner on one card, with record numbers, sources and as-of date."""
    quiet = card.quiet is not None and card.quiet.state in (Contact.COOLING, Contact.DORMANT, Contact.STALE)
    made = Card(
        texts("partner.title", home=card.home, partner=card.tie.partner),
        colour=QUIET_COLOUR if quiet else COLOUR,
        footer=_as_of_footer(texts, card.tie.acts),
    )
    made.text([f"**{texts.place_in_full(card.tie.partner)}**", _other_name(texts, card.tie.partner)])
    made.field(
        texts("partner.agreements"),
        [line for act in _lead_first(card) for line in _act_lines(texts, card, act)],
    )
    if card.anniversary and card.anniversary.occurrence.month:  # of a year alone, the age says it already
        made.field(texts("partner.next_anniversary"), [occasion(texts, card.anniversary)])
    if card.quiet:
        made.field(texts("partner.contact"), contact_lines(texts, card.quiet, card.tie.last))
    made.field(texts("partner.recent"), [exchange_line(texts, exchange) for exchange in card.recent])
    made.field(texts("partner.clocks"), _clock_lines(texts, card))
    if card.others:
        made.field(texts("partner.others"), [texts("partner.others_line", others=card.others)])
    made.field(texts("partner.sources"), _source_lines(texts, card.tie.acts))
    return made.embed


def is_private(card: PartnerCard) -> bool:
    """Whether anything on the card is not for everybody in a channel."""
    acts = {act.scope for act in card.tie.acts} | card.others_scopes
    exchanges = {exchange.scope for exchange in card.recent}
    last = {card.tie.last.scope} if card.tie.last else set()
    return restricted(acts | exchanges | last)


def _other_name(texts: Texts, place: Place) -> str:
    other = place.name_en if texts.language.startswith("zh") else place.name_zh
    return texts.write(other) if other and other != texts.place(place) else ""


def _lead_first(card: PartnerCard) -> Sequence[Partnership]:
    lead = card.tie.lead_act
    return [lead, *(act for act in card.tie.acts if act is not lead)]


def _act_lines(texts: Texts, card: PartnerCard, act: Partnership) -> Iterator[str]:
    """What the act is, when it was signed, and what a reader must know beside it."""
    status = Written(status_word(texts, act))
    yield texts("partner.act", record=Written(act.record), kind=act.kind, status=status)
    if act.named:
        yield texts("partner.act_named", named=act.named)
    yield signed_line(texts, act, card.today)
    third = [place for place in act.parties if place.id not in (card.home.id, card.tie.partner.id)]
    through = [place for place in third if place in card.through]
    together = [place for place in third if place not in card.through]
    if through:
        yield texts("partner.through", through=through, home=card.home)
    if together:
        yield texts("partner.together", others=together)
    if (ended := act.ended) is not None and not act.replaced:
        yield texts("partner.ended", since=ended.since) if ended.since else texts("partner.ended_undated")


def status_word(texts: Texts, act: Partnership) -> str:
    """The status; an act that a later one replaced is not told as ended."""
    if act.replaced:
        return texts("status.replaced", record=Written(f"P{act.superseded_by}"))
    return texts.word(act.status)


def signed_line(texts: Texts, act: Partnership, today: date) -> str:
    """When it was signed, as precisely as known, and the age in force."""
    if act.signed is None:
        return texts("partner.signed_undated")
    if not act.in_force:
        return texts("partner.signed", signed=act.signed)
    years = age(act.signed, today)
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


def contact_lines(texts: Texts, quiet: Quietness, last: LastContact | None) -> Iterator[str]:
    """The state of a tie with what it rests on."""
    yield texts(f"contact_mark.{quiet.state.value}", state=quiet.state)
    if last is not None:
        yield texts("contact.last", date=last.date, record=Written(last.record))
    yield texts("contact.cadence", n=quiet.cadence_months)


def exchange_title(texts: Texts, exchange: Exchange) -> str:
    title = exchange.title_zh if texts.language.startswith("zh") and exchange.title_zh else exchange.title
    return texts.write(title) if title else texts.word(exchange.kind)


def exchange_line(texts: Texts, exchange: Exchange) -> str:
    return texts(
        f"exchange.line_{exchange.status.value}",
        record=Written(exchange.record),
        date=exchange.date,
        kind=exchange.kind,
        title=Written(exchange_title(texts, exchange)),
    )


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


def _as_of_footer(texts: Texts, acts: Sequence[Partnership]) -> str:
    """When a source of these acts was last looked at, empty where none says."""
    as_of = max((act.as_of for act in acts if act.as_of), default=None)
    return texts("as_of.footer", as_of=as_of) if as_of else ""


# Lists -------------------------------------------------------------------------------------------------------


def encode_filter(chosen: PartnerFilter) -> str:
    """A filter as a short text for the custom id of a button."""
    parts = (
        str(chosen.home_id or ""),
        chosen.country or "",
        "all" if chosen.all_kinds else chosen.kind.value if chosen.kind else "",
        "any" if chosen.any_status else chosen.status.value if chosen.status else "",
    )
    return "|".join(parts)


def decode_filter(text: str) -> PartnerFilter:
    home, country, kind, status = text.split("|")
    return PartnerFilter(
        home_id=int(home) if home else None,
        country=country or None,
        kind=Kind(kind) if kind and kind != "all" else None,
        all_kinds=kind == "all",
        status=Status(status) if status and status != "any" else None,
        any_status=status == "any",
    )


@paged("partners")
async def partners_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    listed = await list_partners(desk, caller, decode_filter(arguments))
    lines = list(_list_lines(texts, listed))
    shown, index, pages = page_of(lines, index)
    card = Card(_list_title(texts, listed), footer=_list_footer(texts, listed, index, pages))
    if not listed.acts:
        shown = [texts("list.empty"), *shown]
    card.text(shown)
    card.field(texts("list.counted"), _count_lines(texts, listed))
    listed_acts = (*listed.acts, *listed.friendship_apart, *listed.district_acts)
    return Page(card.embed, index, pages, restricted(item.act.scope for item in listed_acts))


def _list_title(texts: Texts, listed: PartnerList) -> str:
    if listed.filter.country:
        country = Written(texts.country(listed.filter.country))
        return texts("list.title_country", home=listed.home, country=country)
    return texts("list.title", home=listed.home)


def _list_lines(texts: Texts, listed: PartnerList) -> Iterator[str]:
    for item in listed.acts:
        yield _list_line(texts, item, listed.home)
    if listed.friendship_apart:
        yield Heading(texts("list.friendship_apart"))
        for item in listed.friendship_apart:
            yield _list_line(texts, item, listed.home)
    if listed.district_acts:
        yield Heading(texts("list.districts"))
        for item in listed.district_acts:
            yield _list_line(texts, item, listed.home)


def _list_line(texts: Texts, item: ListedAct, home: Place) -> str:
    names = [Written(_with_country(texts, place)) for place in item.partners]
    signed = item.act.signed if item.act.signed else Written(texts("list.no_date"))
    key = "list.line"
    values: dict[str, object] = {
        "record": Written(item.act.record),
        "names": names,
        "kind": item.act.kind,
        "signed": signed,
    }
    if item.act.status not in (Status.ACTIVE, Status.UNKNOWN):
        key, values["status"] = "list.line_status", Written(status_word(texts, item.act))
    line = texts(key, **values)
    if item.through is not None and item.through.id != home.id:
        return texts("list.line_through", line=Written(line), through=item.through)
    return line


def _with_country(texts: Texts, place: Place) -> str:
    country = texts.country(place.country) if place.country else ""
    if country in ("", place.name_en, place.name_zh):
        return texts("list.name", place=place)
    return texts("list.name_country", place=place, country=Written(country))


def _count_lines(texts: Texts, listed: PartnerList) -> Iterator[str]:
    """The count with its rule: sister and friendship apart, memoranda and ended ties told beside."""
    counted = listed.counted
    yield texts("count.sister", n=counted.sister)
    yield texts("count.friendship", n=counted.friendship)
    yield texts("count.memoranda", n=counted.memoranda)
    if counted.ended:
        yield texts("count.ended", n=counted.ended)
    yield texts("count.rule")


def _list_footer(texts: Texts, listed: PartnerList, index: int, pages: int) -> str:
    footer = texts(
        "list.footer",
        agreements=Written(texts("count.agreements", n=len(listed.acts))),
        places=Written(texts("count.places", n=listed.partner_places)),
        page=index + 1,
        pages=pages,
    )
    as_of = _as_of_footer(texts, [item.act for item in listed.acts])
    return f"{footer} · {as_of}" if as_of else footer
