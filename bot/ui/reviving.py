"""The revive kit as a card, its letter as a file, and the buttons by which a quiet tie is dealt with."""

import io
from collections.abc import Iterator

import discord

from bot.domain.access import Action
from bot.domain.contacts import Contact
from bot.domain.dates import Precision
from bot.domain.places import Place
from bot.domain.reviving import Hooks
from bot.i18n.texts import Texts, Written
from bot.services.reviving import ReviveKit, revive_kit
from bot.ui.access import presses
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import QUIET_COLOUR, Card
from bot.ui.contact_cards import name_of, post_of
from bot.ui.end_proposals import ProposeEndButton
from bot.ui.errors import answer, soon
from bot.ui.exchanges import LogVisitButton
from bot.ui.partnerships import exchange_line, exchange_title, last_contact_line, occasion
from bot.ui.pause_form import PauseButton
from bot.ui.profiles import topic_name
from bot.ui.revive_letter import letter_file, letter_name
from bot.ui.tending import SnoozeButton


async def show_kit(interaction: Interaction, text: str) -> None:
    """Answer with the kit; for the person alone, as it names contacts."""
    caller = await caller_of(interaction)
    kit = await soon(interaction, revive_kit(desk_of(interaction), caller, text))
    texts = chat_texts(caller.language)
    await answer(interaction, kit_card(texts, kit), _view(texts, kit), private=True)


def kit_card(texts: Texts, kit: ReviveKit) -> discord.Embed:
    card = Card(kit_title(texts, kit), colour=QUIET_COLOUR, footer=texts("revive.footer"))
    card.text(state_lines(texts, kit))
    for name, lines in kit_sections(texts, kit):
        card.field(name, lines)
    return card.embed


def kit_title(texts: Texts, kit: ReviveKit) -> str:
    return texts("revive.title", home=kit.home, partner=kit.tie.partner)


def state_lines(texts: Texts, kit: ReviveKit) -> Iterator[str]:
    """How the tie stands, and on what that rests."""
    act = kit.tie.lead_act
    yield texts("revive.act", record=Written(act.record), kind=act.kind, status=act.status)
    if kit.quiet is not None:
        yield texts(f"contact_mark.{kit.quiet.state.value}", state=kit.quiet.state)
        if kit.tie.last is not None:
            yield last_contact_line(texts, kit.tie.last, kit.last)
        yield texts("contact.cadence", n=kit.quiet.cadence_months)


def kit_sections(texts: Texts, kit: ReviveKit) -> Iterator[tuple[str, list[str]]]:
    """Whom to write to, what there was, and what to write about; what is missing is said."""
    contacts = [_contact_line(texts, each) for each in kit.contacts]
    yield texts("revive.contacts"), contacts or [texts("revive.no_contacts")]
    recent = [exchange_line(texts, each) for each in kit.recent]
    yield texts("partner.recent"), recent or [texts("revive.no_exchanges")]
    hooks = list(_hook_lines(texts, kit.hooks))
    yield texts("revive.hooks"), hooks or [texts("revive.no_hooks")]


def _contact_line(texts: Texts, person: Contact) -> str:
    parts = [name_of(texts, person), post_of(texts, person), person.email or "", person.phone or ""]
    told = texts("partner.separator").join(texts.write(part) for part in parts if part)
    return texts("revive.contact", record=Written(person.record), told=Written(told))


def _hook_lines(texts: Texts, hooks: Hooks) -> Iterator[str]:
    if (near := hooks.anniversary) is not None:
        record, when = Written(near.act.record), near.coming.occurrence
        if when.precision is Precision.YEAR:
            yield texts("revive.anniversary_year", when=when, n=near.coming.years, record=record)
        else:
            yield texts("revive.anniversary", occasion=Written(occasion(texts, near.coming)), record=record)
    if (topic := hooks.topic) is not None:
        names = [Written(topic_name(texts, each)) for each in topic.topics]
        if topic.exchange is not None:
            yield texts("revive.topic_worked_on", topics=names, record=Written(topic.exchange.record))
        else:
            yield texts(f"revive.topic_{topic.how.value}", topics=names, sources=list(topic.sources))
    if (event := hooks.event) is not None:
        yield texts(
            f"revive.event_{event.fit.value}",
            title=Written(exchange_title(texts, event.exchange)),
            date=event.exchange.date,
            places=list(event.exchange.places),
            record=Written(event.exchange.record),
        )


def _view(texts: Texts, kit: ReviveKit) -> discord.ui.View:
    """Write first, as that is what the kit is for."""
    act, partner = kit.tie.lead_act, kit.tie.partner
    buttons: list[PersistentButton] = [
        LetterButton(partner.key, label=texts("revive.write_button")),
        LogVisitButton(partner.key, label=texts("revive.log_button")),
    ]
    if act.in_force:
        buttons.append(PauseButton(act.id, label=texts("revive.pause_button")))
    if (which := kit.silence) is not None:
        keys = which.kind, which.subject, which.occurrence, which.lead
        buttons.append(SnoozeButton(*keys, label=texts("tend.snooze_button")))
    return view_of(*buttons, ProposeEndButton(act.id, label=texts("proposal.button")))


class ReviveButton(PersistentButton, custom_id="revive:kit:{partner_key}", style=discord.ButtonStyle.primary):
    """Shows the kit for a partner to whoever presses it."""

    partner_key: str

    @presses(Action.READ)
    async def callback(self, interaction: Interaction) -> None:
        await show_kit(interaction, self.partner_key)


def revive_buttons(texts: Texts, *partners: Place) -> list[ReviveButton]:
    """A button for each; on a button a name needs no protection from markdown."""
    texts = Texts(texts.language)
    return [ReviveButton(each.key, label=texts("revive.button_of", partner=each)) for each in partners]


class LetterButton(
    PersistentButton, custom_id="revive:letter:{partner_key}", style=discord.ButtonStyle.primary
):
    """Answers with the draft of the letter as a file, made from what is on record now."""

    partner_key: str

    @presses(Action.READ)
    async def callback(self, interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        caller = await caller_of(interaction)
        kit = await revive_kit(desk_of(interaction), caller, self.partner_key)
        content = letter_file(Texts(caller.language), kit)
        texts = chat_texts(caller.language)
        card = Card(kit_title(texts, kit)).text([texts("revive.letter_ready")])
        file = discord.File(io.BytesIO(content), letter_name(kit))
        await interaction.followup.send(embed=card.embed, file=file, ephemeral=True)
