"""How the lists of what is coming look."""

from collections.abc import Iterator

from bot.domain.agenda import Item, Matter
from bot.domain.anniversaries import Anniversary
from bot.domain.dates import PartialDate, Precision
from bot.domain.partnerships import PARTNER_KINDS
from bot.i18n.texts import Texts, Written
from bot.services.composing.lists import ListNews
from bot.services.posts import Post
from bot.ui.cards import COLOUR, fit
from bot.ui.looks import Look, no_buttons
from bot.ui.partnerships import occasion

LISTED, WHAT = 30, 100


def _month_title(texts: Texts, post: Post[ListNews]) -> str:
    month = PartialDate(post.news.begins.year, post.news.begins.month)
    return texts("post.month_title", home=post.office.place, month=month)


def _year_title(texts: Texts, post: Post[ListNews]) -> str:
    return texts("post.year_title", home=post.office.place, year=PartialDate(post.news.begins.year))


def _lines(texts: Texts, post: Post[ListNews]) -> Iterator[str]:
    """What has a day or a month first; apart from it what is known by its year alone."""
    items = post.news.items[:LISTED]
    dated = [item for item in items if item.on.precision is not Precision.YEAR]
    undated = [item for item in items if item.on.precision is Precision.YEAR]
    yield from (item_line(texts, item) for item in dated)
    if undated:
        yield texts("coming.this_year", year=Written(str(post.news.begins.year)))
        yield from (item_line(texts, item) for item in undated)
    if (more := len(post.news.items) - LISTED) > 0:
        yield texts("post.list_more", n=more)


def item_line(texts: Texts, item: Item) -> str:
    """When, what, with whom, and the record."""
    if item.matter is Matter.ANNIVERSARY and item.years is not None:
        when = occasion(texts, Anniversary(item.on, item.on, item.years))
    else:
        when = texts.date(item.on, weekday=True)
    own_kind = item.act_kind is None or item.act_kind in PARTNER_KINDS
    return texts(
        f"post.item_{item.matter.value}" if own_kind else "post.item_signing",
        record=Written(item.record),
        partners=list(item.partners),
        when=Written(when),
        what=Written(texts.write(fit(item.what, WHAT))),
        **({} if own_kind else {"kind": item.act_kind}),
    )


MONTH = Look(_month_title, _lines, no_buttons, colour=COLOUR)
YEAR = Look(_year_title, _lines, no_buttons, colour=COLOUR)
