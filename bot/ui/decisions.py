"""What was decided in exchanges: how it is shown, and the button and the form that say it is done."""

from collections.abc import Iterable, Sequence

import discord
from discord import app_commands

from bot.domain.access import Action
from bot.domain.audit import exchange_record
from bot.domain.decisions import decision_handle
from bot.domain.exchange_particulars import Decision
from bot.domain.names import clean, fold
from bot.i18n.texts import Texts, Written
from bot.services.decisions import DoneDecision, finish_decision, open_decision
from bot.services.exchange_lists import show_exchange
from bot.ui.access import presses
from bot.ui.audience import restricted
from bot.ui.audit import UndoButton
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card, fit
from bot.ui.choices import CHOICES, LABEL, Choice, suggests
from bot.ui.commitments import DATE, SHOWN
from bot.ui.errors import answer, soon
from bot.ui.forms import EMPTY, Form, Keys, Typed, form_id, make_form, register, text_field


def decision_line(texts: Texts, decision: Decision) -> str:
    """What was decided, who is to do it, and by when, or when it was done."""
    parts = [texts.write(decision.what)]
    if decision.owner:
        parts.append(texts.write(decision.owner))
    if decision.done:
        parts.append(texts("promises.done", done=decision.done))
    elif decision.due:
        parts.append(texts("visits.decision_due", due=decision.due))
    return " · ".join(parts)


# Saying that one is done --------------------------------------------------------------------------------------


class DecisionDoneButton(
    PersistentButton, custom_id="decision:done:{number}:{which}", style=discord.ButtonStyle.success
):
    """Opens a small form: on which day a decision was carried out."""

    number: int
    which: str

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        keys = {"number": str(self.number), "which": self.which}
        await interaction.response.send_modal(await _open(interaction, keys, EMPTY))


def decision_buttons(
    texts: Texts, number: int, decisions: Iterable[tuple[str, Decision]]
) -> list[DecisionDoneButton]:
    """A button for each decision (handle and decision) of an exchange, to say that it is done."""
    texts = Texts(texts.language)  # on a button a text needs no protection from markdown
    return [
        DecisionDoneButton(number, which, label=texts("promise.done_button", what=each.what))
        for which, each in decisions
    ]


def open_decisions(decisions: Sequence[Decision]) -> list[tuple[str, Decision]]:
    """Those that are not done, each with its handle."""
    return [
        (decision_handle(decisions, index), each) for index, each in enumerate(decisions) if each.done is None
    ]


async def _open(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller, record = await caller_of(interaction), str(exchange_record(int(keys["number"])))
    decision = await open_decision(desk_of(interaction), caller, record, keys["which"])
    texts = Texts(caller.language)
    on = text_field("on", typed, hint=texts("promise.form.on_hint"), longest=DATE)
    title = texts("decision.form.title", what=fit(decision.what, SHOWN))
    return make_form(
        title, form_id("decided", keys["number"], keys["which"]), [(texts("promise.form.on"), on)]
    )


async def _take(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    record = str(exchange_record(int(keys["number"])))
    await call_done(interaction, record, keys["which"], typed.get("on", ""))


register(Form("decided", Action.LOG, r"(?P<number>\d+):(?P<which>[\d.a-f]+)", _open, _take))


async def call_done(interaction: Interaction, record: str, which: str, on: str) -> None:
    """Note that a decision was carried out, and show it with a button to take that back."""
    caller = await caller_of(interaction)
    done = await soon(interaction, finish_decision(desk_of(interaction), caller, record, which, on))
    texts = chat_texts(caller.language)
    card = Card(done_title(texts, done)).text([decision_line(texts, done.decision)])
    undo = [] if done.entry is None else [UndoButton(done.entry, label=texts("undo.button"))]
    view = view_of(*undo) if undo else discord.utils.MISSING
    await answer(interaction, card.embed, view, private=restricted([done.exchange.scope]))


def done_title(texts: Texts, done: DoneDecision) -> str:
    key = "decision.was_so" if done.entry is None else "decision.done"
    return texts(key, record=Written(done.exchange.record), places=list(done.exchange.places))


@suggests
async def decision_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """What is not done of the decisions in the exchange that stands in the option `record`."""
    caller = await caller_of(interaction)
    record = str(getattr(interaction.namespace, "record", None) or "")
    card = await show_exchange(desk_of(interaction), caller, record)
    labels = [(_label(each), which) for which, each in open_decisions(card.parts.decisions)]
    fitting = [(label, which) for label, which in labels if fold(typed) in fold(label)]
    return [app_commands.Choice(name=label, value=which) for label, which in fitting[:CHOICES]]


def _label(decision: Decision) -> str:
    return fit(" ".join(clean(decision.what).split()), LABEL)
