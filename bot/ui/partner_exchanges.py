"""The exchanges with one partner: a list in pages, which a button under the partner's card opens."""

from bot.domain.exchanges import Exchange
from bot.domain.places import Place
from bot.domain.profiles import known_topic
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.partner_exchanges import PartnerExchanges, list_exchanges
from bot.ui.audience import restricted
from bot.ui.cards import Card
from bot.ui.files import FileButton, Row, Table, filed
from bot.ui.pages import Page, page_of, paged
from bot.ui.partner_facts import levels_line
from bot.ui.partnerships import exchange_line


def exchanges_arguments(home: Place, partner: Place) -> str:
    """The list of the exchanges between two places, as its buttons carry it."""
    return f"{home.id},{partner.id}"


async def _list(desk: Desk, caller: Caller, arguments: str) -> PartnerExchanges:
    home, partner = arguments.split(",")
    return await list_exchanges(desk, caller, int(home), int(partner))


@paged("exchanges")
async def exchanges_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    found = await _list(desk, caller, arguments)
    shown, index, pages = page_of([exchange_line(texts, each) for each in found.exchanges], index)
    footer = texts("exchanges.footer", n=len(found.exchanges), page=index + 1, pages=pages)
    card = Card(texts("exchanges.title", home=found.home, partner=found.partner), footer=footer)
    card.text(shown or [texts("exchanges.none")])
    card.field(texts("exchanges.by_level"), [levels_line(texts, found.levels)])
    more = [FileButton("exchanges", texts.language, arguments, label=texts("files.button"))]
    private = restricted(each.scope for each in found.exchanges)
    return Page(card.embed, index, pages, private, more if found.exchanges else ())


COLUMNS = {
    "record": 9, "date": 12, "end_date": 12, "kind": 16, "status": 12, "mode": 12, "level": 12, "title": 44,
    "title_zh": 36, "topic": 24, "topics": 20, "people": 8, "minutes": 8, "places": 36, "summary": 60,
    "proceedings": 60, "platform": 14, "recording_url": 30, "venue": 24, "event": 24, "series": 24, "co_hosts": 24,
    "teams": 24, "result": 24, "direction": 16, "footfall": 10, "item": 24, "quantity": 14, "thanked_on": 12,
    "school": 24, "study_programme": 24, "pupils": 8, "conference_role": 24, "cancel_reason": 24, "sources": 50,
    "scope": 14,
}  # fmt: skip


def exchange_row(texts: Texts, each: Exchange) -> Row:
    """An exchange as a row, with all that is known of it; topics and places in words of the language."""
    plain = {name: getattr(each, name) for name in COLUMNS}
    topics = [known_topic(topic) for topic in each.topics]
    return {**plain, "topics": topics, "places": [texts.place(place) for place in each.places]}


@filed("exchanges")
async def exchanges_table(desk: Desk, caller: Caller, texts: Texts, arguments: str) -> Table:
    """Exactly the exchanges that the list shows, with all that is known of each."""
    found = await _list(desk, caller, arguments)
    rows: list[Row] = [exchange_row(texts, each) for each in found.exchanges]
    private = restricted(each.scope for each in found.exchanges)
    title = texts("exchanges.title", home=found.home, partner=found.partner)
    name = f"exchanges-{found.home.key}-{found.partner.key}"
    return Table(name, title, COLUMNS, rows, private)
