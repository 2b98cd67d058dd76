"""What a virtual visit saved, with its assumptions and sources; and the form by which an office sets its own."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

import discord

from bot.domain.access import Action
from bot.domain.saving_rules import MAX_SOURCE, Range, SavingsForm, savings_form
from bot.domain.savings import Factor, Savings, rounded
from bot.i18n.texts import Texts, Written
from bot.services.savings import change_savings
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.errors import answer
from bot.ui.forms import EMPTY, Form, Keys, Typed, choice_field, form_id, make_form, register, text_field
from bot.ui.office_settings import apply_change
from bot.ui.saving_rules import saving_rule_lines

SHORT = 60
"""Characters of a field for a number or a range."""


def savings_lines(texts: Texts, savings: Savings) -> Iterator[str]:
    """The range of what was saved; the way, and who would have gone; what is assumed, and where each factor is from."""
    yield texts("savings.net", amount=_range(texts, savings.net))
    if savings.cost and savings.rules.currency:
        currency = Written(savings.rules.currency)
        yield texts("savings.cost", amount=_range(texts, savings.cost), currency=currency)
    yield texts("savings.way", distance=_range(texts, savings.kilometres), n=savings.travellers)
    yield texts("savings.flights", amount=_range(texts, savings.flight))
    if savings.hotel:
        yield texts("savings.hotel", amount=_range(texts, savings.hotel), n=savings.nights)
    if savings.video:
        yield texts("savings.video", amount=_range(texts, savings.video))
    yield from _assumption_lines(texts, savings)
    yield from factor_lines(texts, savings.factors)
    if savings.rules.source:
        yield texts("savings.own", source=savings.rules.source)


def _assumption_lines(texts: Texts, savings: Savings) -> Iterator[str]:
    counted = "half" if savings.people else "one"
    yield texts(f"savings.assumed_{counted}")
    if savings.rules.flight is None:
        yield texts("savings.assumed_class")
    left_out = [] if savings.hotel or not savings.nights else [texts("savings.no_hotel")]
    left_out += [] if savings.video else [texts("savings.no_video")]
    left_out += [] if savings.cost else [texts("savings.no_cost")]
    yield from left_out


def factor_lines(texts: Texts, factors: Sequence[Factor]) -> Iterator[str]:
    """Each source once, with its year and where it can be opened."""
    for publisher, year, source in dict.fromkeys((f.publisher, f.year, f.source) for f in factors):
        yield texts("savings.factor", publisher=publisher, year=Written(str(year)), source=Written(source))


def _range(texts: Texts, amount: Range) -> Written:
    low, high = rounded(amount.low), rounded(amount.high)
    if low == high:
        return Written(texts.write(low))
    return Written(f"{texts.write(low)}–{texts.write(high)}")


# The form ----------------------------------------------------------------------------------------------------


async def open_savings_form(interaction: Interaction) -> None:
    """The form with what holds now."""
    office = (await caller_of(interaction)).own_office()
    await interaction.response.send_modal(await _build(interaction, {"version": str(office.version)}, EMPTY))


async def _build(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller = await caller_of(interaction)
    texts, office = Texts(caller.language), caller.own_office()
    typed = typed or asdict(savings_form(office.savings))
    shown = {"yes": texts("savings.form.yes"), "no": texts("savings.form.no")}
    fields = [
        (texts("savings.form.shown"), choice_field("shown", shown, typed.get("shown"))),
        *(
            (
                texts(f"savings.form.{name}"),
                text_field(name, typed, hint=texts(f"savings.form.{name}_hint"), longest=longest),
            )
            for name, longest in (
                ("nights", SHORT),
                ("flight", SHORT),
                ("cost", SHORT),
                ("source", MAX_SOURCE),
            )
        ),
    ]
    return make_form(texts("savings.form.title"), form_id("office_savings", keys["version"]), fields)


async def _take(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    desk, caller = desk_of(interaction), await caller_of(interaction)
    known = {name: text for name, text in typed.items() if name in SavingsForm.__dataclass_fields__}
    work = change_savings(desk, caller, SavingsForm(**known), int(keys["version"]))
    office = await apply_change(interaction, work)
    texts = chat_texts(caller.language)
    title = texts("savings.changed", place=office.place)
    await answer(interaction, Card(title).text(saving_rule_lines(texts, office)).embed, private=True)


register(Form("office_savings", Action.ADMINISTER, r"(?P<version>\d+)", _build, _take))
