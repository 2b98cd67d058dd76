"""How the ties of any place look: who else has it as a partner."""

from collections.abc import Iterator

from bot.domain.places import Place
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.place_ties import PlaceTies, ties_with
from bot.ui.audience import restricted
from bot.ui.callers import Interaction
from bot.ui.cards import Card
from bot.ui.pages import Heading, Page, page_of, paged, show_page
from bot.ui.partner_lists import act_line
from bot.ui.partnerships import as_of_footer


async def show_ties(interaction: Interaction, place: Place) -> None:
    """Answer with the ties of a place."""
    await show_page(interaction, "ties", str(place.id))


@paged("ties")
async def ties_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    found = await ties_with(desk, caller, int(arguments))
    shown, index, pages = page_of(list(tie_lines(texts, found)), index)
    as_of = as_of_footer(texts, [item.act for item in found.everything])
    footer = texts("pages.footer", page=index + 1, pages=pages)
    card = Card(texts("ties.title", place=found.place), footer=f"{footer} · {as_of}" if as_of else footer)
    card.text(shown if found.everything else [texts("ties.none", place=found.place)])
    if found.everything:
        card.field(texts("list.counted"), ties_count_lines(texts, found))
    return Page(card.embed, index, pages, restricted(item.act.scope for item in found.everything))


def tie_lines(texts: Texts, found: PlaceTies) -> Iterator[str]:
    """A line for each act: partners first, then other acts in force, then those that are not."""
    for item in found.partners:
        yield act_line(texts, item)
    for heading, items in (("ties.others", found.others), ("ties.not_in_force", found.not_in_force)):
        if items:
            yield Heading(texts(heading))
            yield from (act_line(texts, item) for item in items)


def ties_count_lines(texts: Texts, found: PlaceTies) -> Iterator[str]:
    """How many there are, in agreements and in places, with the rule."""
    counted = found.counted
    yield texts("ties.counted", n=counted.agreements)
    if counted.places != counted.agreements:
        yield texts("count.partner_places", n=counted.places)
    yield texts("count.rule")
