"""How the list of partners looks: filtered, with its count and the rule of it, in pages and as a file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.domain.access import Scope
from bot.domain.anniversaries import age
from bot.domain.claims import Fact
from bot.domain.partner_lists import CountRule, ListedAct, Order, PartnerFilter
from bot.domain.partnerships import Kind, Status
from bot.domain.places import Place
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller, Desk
from bot.services.partner_lists import PartnerList, list_partners
from bot.ui.audience import restricted
from bot.ui.callers import Interaction, caller_of
from bot.ui.cards import Card
from bot.ui.claims import claim_line
from bot.ui.files import FileButton, FileKind, Row, Table, Told, filed, send_table
from bot.ui.kind_rules import own_rule_lines, rule_line
from bot.ui.pages import Heading, Page, page_of, paged, show_page
from bot.ui.partner_filters import decode_filter, encode_filter, filter_lines
from bot.ui.partnerships import as_of_footer, status_word


async def show_partners(
    interaction: Interaction, chosen: PartnerFilter, kind: FileKind | None = None
) -> None:
    """Answer with the list that the filter describes, or with the file that it is."""
    arguments = encode_filter(chosen)
    if kind is None:
        await show_page(interaction, "partners", arguments)
    else:
        language = (await caller_of(interaction)).language
        await send_table(interaction, "partners", language, kind, arguments)


# Pages -------------------------------------------------------------------------------------------------------


@paged("partners")
async def partners_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    listed = await _list(desk, caller, texts, arguments)
    shown, index, pages = page_of(list(list_lines(texts, listed)), index)
    card = Card(_list_title(texts, listed), footer=_list_footer(texts, listed, index, pages))
    if not listed.acts:
        shown = [texts("list.empty"), *shown]
    card.text([*filter_lines(texts, listed.filter), *shown])
    card.field(texts("list.counted"), count_lines(texts, listed))
    card.field(texts("list.said"), [claim_line(texts, claim) for claim in listed.said])
    more = [FileButton("partners", texts.language, arguments, label=texts("files.button"))]
    private = restricted(item.act.scope for item in listed.all_shown) or restricted(_contact_scopes(listed))
    return Page(card.embed, index, pages, private, more if listed.all_shown else ())


async def _list(desk: Desk, caller: Caller, texts: Texts, arguments: str) -> PartnerList:
    """The list in the language of the page, whoever turns it: names are sorted as they are read."""
    return await list_partners(desk, replace(caller, language=texts.language), decode_filter(arguments))


def _contact_scopes(listed: PartnerList) -> Iterator[Scope]:
    """Who may see the contacts, where the list tells of them, or is chosen or sorted by them."""
    if listed.filter.state or listed.filter.order is Order.CONTACT:
        yield from (tie.last.scope for item in listed.all_shown for tie in item.ties if tie.last)


def _list_title(texts: Texts, listed: PartnerList) -> str:
    if listed.filter.country:
        country = Written(texts.country_in_sentence(listed.filter.country))
        return texts("list.title_country", home=listed.home, country=country)
    return texts("list.title", home=listed.home)


def list_lines(texts: Texts, listed: PartnerList) -> Iterator[str]:
    """A line for each act, those that are told apart under headings of their own."""
    for heading, items in _sections(listed).items():
        if heading and items:
            yield Heading(texts(f"list.{heading}"))
        for item in items:
            yield _list_line(texts, listed, item)


SECTIONS = ("", "friendship_apart", "territories", "districts")
"""The parts of a list; the first has no heading."""


def _sections(listed: PartnerList) -> Mapping[str, Sequence[ListedAct]]:
    parts = (listed.acts, listed.friendship_apart, listed.territory_apart, listed.district_acts)
    return dict(zip(SECTIONS, parts, strict=True))


def _list_line(texts: Texts, listed: PartnerList, item: ListedAct) -> str:
    line = act_line(texts, item)
    if item.through is not None and item.through.id != listed.home.id:
        line = texts("list.line_through", line=Written(line), through=item.through)
    if facts := listed.disputed.get(item.act.id):
        named = [fact for fact in facts if fact is not Fact.OTHER]
        key = "list.line_disputed" if named else "list.line_doubted"
        line = texts(key, line=Written(line), facts=named)
    if listed.filter.order is Order.CONTACT or listed.filter.state:
        return _with_contact(texts, listed, item, line)
    return line


def _with_contact(texts: Texts, listed: PartnerList, item: ListedAct, line: str) -> str:
    quiet = item.quietness(listed.today)
    if item.last is None:
        return texts("list.line_no_contact", line=Written(line))
    if quiet is None:
        return texts("list.line_last", line=Written(line), last=item.last.date)
    return texts("list.line_contact", line=Written(line), state=quiet.state, last=item.last.date)


def act_line(texts: Texts, item: ListedAct) -> str:
    """An act in one line: number, partners with their countries, kind, date; a status that is not in force."""
    names = [Written(with_country(texts, place)) for place in item.partners]
    signed = item.act.signed if item.act.signed else Written(texts("list.no_date"))
    record = Written(item.act.record)
    if item.act.status in (Status.ACTIVE, Status.UNKNOWN):
        return texts("list.line", record=record, names=names, kind=item.act.kind, signed=signed)
    status = Written(status_word(texts, item.act))
    return texts(
        "list.line_status", record=record, names=names, kind=item.act.kind, signed=signed, status=status
    )


def with_country(texts: Texts, place: Place) -> str:
    """The name of a place with its country, where that says more."""
    country = texts.country(place.country) if place.country else ""
    if country in ("", place.name_en, place.name_zh):
        return texts("list.name", place=place)
    return texts("list.name_country", place=place, country=Written(country))


def count_lines(texts: Texts, listed: PartnerList) -> Iterator[str]:
    """The count by each rule: sister cities; with friendship cities; with memoranda; and what is left out."""
    sister, partners, whole = (listed.counted[rule] for rule in CountRule)
    yield texts("count.sister", n=sister.agreements)
    if friendship := partners.agreements - sister.agreements:
        yield texts("count.friendship", n=friendship, total=partners.agreements)
    if memoranda := whole.agreements - partners.agreements:
        yield texts("count.memoranda", n=memoranda, total=whole.agreements)
    if partners.places != partners.agreements:
        yield texts("count.partner_places", n=partners.places)
    if listed.ended:
        yield texts("count.ended", n=listed.ended)
    if listed.unplaced:
        yield texts("count.unplaced", n=listed.unplaced)
    yield texts("count.rule")
    yield from _kind_lines(texts, listed)


def _kind_lines(texts: Texts, listed: PartnerList) -> Iterator[str]:
    """What the kind that was asked for means; of others that are counted, what the office says in its own words."""
    if listed.filter.kind:
        yield f"*{rule_line(texts, listed.kind_rules, listed.filter.kind)}*"
        return
    sister, partners, whole = (listed.counted[rule].agreements for rule in CountRule)
    counted = {
        Kind.SISTER_CITY: sister,
        Kind.FRIENDSHIP_CITY: partners - sister,
        Kind.MOU: whole - partners,
    }
    own = own_rule_lines(texts, listed.kind_rules, [kind for kind, n in counted.items() if n])
    yield from (f"*{line}*" for line in own)


def _list_footer(texts: Texts, listed: PartnerList, index: int, pages: int) -> str:
    places = len({place.id for item in listed.acts for place in item.partners})
    footer = texts(
        "list.footer",
        agreements=Written(texts("count.agreements", n=len(listed.acts))),
        places=Written(texts("count.places", n=places)),
        page=index + 1,
        pages=pages,
    )
    as_of = as_of_footer(texts, [item.act for item in listed.acts])
    return f"{footer} · {as_of}" if as_of else footer


# File --------------------------------------------------------------------------------------------------------

COLUMNS = {
    "record": 9, "section": 16, "partner_en": 26, "partner_zh": 18, "country": 16, "kind": 16, "status": 16,
    "signed": 12, "years": 8, "signed_by": 18, "last_contact": 13, "exchange": 9, "state": 14, "cadence": 10,
    "disputed": 16, "sources": 50, "scope": 14,
}  # fmt: skip


@filed("partners")
async def partners_table(desk: Desk, caller: Caller, texts: Texts, arguments: str) -> Table:
    return partners_table_of(texts, await _list(desk, caller, texts, arguments))


def partners_table_of(texts: Texts, listed: PartnerList) -> Table:
    """Exactly what the list shows, on all its pages, with all that is known of each act."""
    rows = [
        act_row(texts, listed, item, section)
        for section, items in _sections(listed).items()
        for item in items
    ]
    scopes = [scope for item in listed.all_shown for scope in _scopes(item)]
    title = texts("list.title", home=listed.home)
    return Table(f"partners-{listed.home.key}", title, COLUMNS, rows, restricted(scopes))


def _scopes(item: ListedAct) -> Iterator[Scope]:
    yield item.act.scope
    if item.last:
        yield item.last.scope


def act_row(texts: Texts, listed: PartnerList, item: ListedAct, section: str) -> Row:
    """An act as a row; the years only of what is in force, as a year alone counts those of this year."""
    quiet = item.quietness(listed.today)
    countries = dict.fromkeys(place.country for place in item.partners if place.country)
    through = item.through if item.through and item.through.id != listed.home.id else None
    act = item.act
    return {
        "record": act.record,
        "section": Told(section, texts(f"list.section_{section}")) if section else None,
        "partner_en": [place.name_en for place in item.partners],
        "partner_zh": [place.name_zh for place in item.partners if place.name_zh],
        "country": [Told(code, texts.country(code)) for code in countries],
        "kind": act.kind,
        "status": act.status,
        "signed": act.signed,
        "years": age(act.signed, listed.today) if act.signed and act.in_force else None,
        "signed_by": through.name_en if through else None,
        "last_contact": item.last.date if item.last else None,
        "exchange": item.last.record if item.last else None,
        "state": quiet.state if quiet else None,
        "cadence": quiet.cadence_months if quiet else None,
        "disputed": list(listed.disputed.get(act.id, ())),
        "sources": list(act.sources),
        "scope": act.scope,
    }
