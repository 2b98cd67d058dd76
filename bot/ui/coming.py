"""How anniversaries to come look."""

from collections.abc import Iterator

from bot.domain.partnerships import PARTNER_KINDS
from bot.i18n.texts import Texts, Written
from bot.services.coming import Anniversaries, ComingAnniversary, coming_anniversaries
from bot.services.desk import Caller, Desk
from bot.ui.audience import restricted
from bot.ui.cards import Card
from bot.ui.pages import Heading, Page, page_of, paged
from bot.ui.partnerships import occasion


@paged("coming")
async def coming_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    coming = await coming_anniversaries(desk, caller, int(arguments))
    shown, index, pages = page_of(list(_coming_lines(texts, coming)), index)
    footer = texts("coming.footer", today=coming.today, page=index + 1, pages=pages)
    card = Card(texts("coming.title", home=coming.home, n=coming.days), footer=footer)
    everything = (*coming.by_day, *coming.by_month, *coming.by_year)
    private = restricted(item.act.scope for item in everything)
    return Page(card.text(shown).embed, index, pages, private)


def _coming_lines(texts: Texts, coming: Anniversaries) -> Iterator[str]:
    if not (coming.by_day or coming.by_month):
        yield texts("coming.none", n=coming.days)
    for item in (*coming.by_day, *coming.by_month):
        yield _coming_line(texts, item)
    if coming.by_year:
        yield Heading(texts("coming.this_year", year=Written(str(coming.today.year))))
        for item in coming.by_year:
            yield _coming_line(texts, item)


def _coming_line(texts: Texts, item: ComingAnniversary) -> str:
    when = Written(occasion(texts, item.anniversary))
    kind = "" if item.act.kind in PARTNER_KINDS else item.act.kind
    key = "coming.line_kind" if kind else "coming.line"
    line = texts(key, record=Written(item.act.record), partners=item.partners, kind=kind, occasion=when)
    return texts("coming.disputed", line=Written(line)) if item.day_disputed else line
