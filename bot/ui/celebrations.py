"""Planning the celebration of an anniversary: the button, its form, and the answer."""

import discord

from bot.domain.access import Action
from bot.domain.exchanges import MAX_TOPIC, Mode
from bot.i18n.texts import Texts, Written
from bot.services.celebrations import CelebrationForm, Planned, open_celebration, plan_celebration
from bot.ui.access import presses
from bot.ui.audience import restricted
from bot.ui.audit import UndoButton
from bot.ui.buttons import Day, PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.errors import answer, soon
from bot.ui.forms import Form, Keys, Typed, choice_field, form_id, make_form, register, text_field

DATE = 60


class CelebrateButton(
    PersistentButton, custom_id="celebrate:{number}:{on}", style=discord.ButtonStyle.primary
):
    """Opens the form of a celebration, filled with the day of the anniversary, which may be another."""

    number: int
    on: Day

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        seen = await open_celebration(desk_of(interaction), caller, f"P{self.number}")
        texts = Texts(caller.language)
        signed = seen.act.signed
        title = texts(
            "celebration.title", partners=list(seen.partners), n=self.on.year - signed.year if signed else 0
        )
        typed = {"date": self.on.isoformat(), "title": title[:MAX_TOPIC], "mode": Mode.IN_PERSON.value}
        form = _form(texts, str(self.number), str(interaction.id), typed)
        await interaction.response.send_modal(form)


def _form(texts: Texts, number: str, request: str, typed: Typed) -> discord.ui.Modal:
    """The form; its request makes submitting it twice one record."""
    modes = {mode.value: texts.word(mode) for mode in Mode}
    fields = {
        "date": text_field(
            "date", typed, hint=texts("celebration.form.date_hint"), longest=DATE, required=True
        ),
        "title": text_field(
            "title", typed, hint=texts("celebration.form.title_hint"), longest=MAX_TOPIC, required=True
        ),
        "mode": choice_field("mode", modes, typed.get("mode")),
    }
    return make_form(
        texts("celebration.form.heading", record=Written(f"P{number}")),
        form_id("celebrate", number, request),
        [(texts(f"celebration.form.{name}"), field) for name, field in fields.items()],
    )


async def _open(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    return _form(Texts((await caller_of(interaction)).language), keys["number"], keys["request"], typed)


async def _take(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    desk, caller = desk_of(interaction), await caller_of(interaction)
    form = CelebrationForm(**{name: typed.get(name, "") for name in ("date", "title", "mode")})
    work = plan_celebration(desk, caller, f"P{keys['number']}", form, keys["request"])
    planned = await soon(interaction, work)
    texts = chat_texts(caller.language)
    view = view_of(UndoButton(planned.entry, label=texts("undo.button")))
    private = restricted([planned.exchange.scope])
    await answer(interaction, planned_card(texts, planned, caller.own_office().zone), view, private=private)


register(Form("celebrate", Action.LOG, r"(?P<number>\d+):(?P<request>\d+)", _open, _take))


def planned_card(texts: Texts, planned: Planned, zone: str) -> discord.Embed:
    """What is planned, and that it counts as a contact only once it was held."""
    exchange = planned.exchange
    when = texts.date(exchange.date, weekday=exchange.date.exact() is not None)
    if exchange.starts_at is not None:
        when = texts.moment(exchange.starts_at, zone)
    card = Card(texts("celebration.planned", record=Written(exchange.record), title=exchange.title))
    places = list(exchange.places)
    lines = [texts("celebration.when", when=Written(when), places=places), texts("celebration.counts")]
    return card.text(lines).embed
