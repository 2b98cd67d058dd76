"""Ending a tie from under its kit: editors get the form of an end, the others propose it to them."""

import discord

from bot.domain.access import Action
from bot.domain.life import MAX_REASON
from bot.domain.offices import Purpose
from bot.i18n.texts import Texts, Written
from bot.services.end_proposals import EndProposal, propose_end
from bot.services.records import is_editor
from bot.ui.access import presses
from bot.ui.audience import restricted
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.errors import answer, soon
from bot.ui.forms import EMPTY, Form, Keys, Typed, form_id, make_form, register, text_field
from bot.ui.life import open_end_form
from bot.ui.offices import may_post


class ProposeEndButton(PersistentButton, custom_id="end:propose:{number}"):
    """Opens the form of an end for whoever may end an act, the form of a proposal for the others."""

    number: int

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        if is_editor(await caller_of(interaction)):
            await open_end_form(interaction, f"P{self.number}")
        else:
            form = await _build(interaction, {"number": str(self.number)}, EMPTY)
            await interaction.response.send_modal(form)


async def _build(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    texts = Texts((await caller_of(interaction)).language)
    hint, long = texts("proposal.form.hint"), discord.TextStyle.paragraph
    field = text_field("reason", typed, hint=hint, longest=MAX_REASON, required=True, style=long)
    title = texts("proposal.form.title", record=Written(f"P{keys['number']}"))
    return make_form(title, form_id("propose", keys["number"]), [(texts("proposal.form.reason"), field)])


async def _take(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    """Note the proposal, and tell it where the office has its posts of quiet ties, so that editors see it."""
    caller = await caller_of(interaction)
    work = propose_end(desk_of(interaction), caller, int(keys["number"]), typed.get("reason", ""))
    proposal = await soon(interaction, work)
    told = await _tell(interaction, proposal)
    texts = chat_texts(caller.language)
    where = texts("proposal.told", channel=Written(f"<#{told}>")) if told else texts("proposal.noted")
    card = Card(_title(texts, proposal)).text([texts("life.reason", reason=proposal.reason), where])
    await answer(interaction, card.embed, private=True)


async def _tell(interaction: Interaction, proposal: EndProposal) -> int | None:
    """The channel in which it stands now; None where the office has none, or it cannot be written in."""
    office = (await caller_of(interaction)).own_office()
    channel_id = office.channels.get(Purpose.DORMANCY)
    channel = interaction.guild.get_channel(channel_id or 0) if interaction.guild else None
    if not isinstance(channel, discord.TextChannel) or not may_post(channel) or restricted(proposal.scopes):
        return None
    texts = chat_texts(office.language)
    who = Written(interaction.user.mention)
    card = Card(_title(texts, proposal)).text(
        [texts("proposal.by", who=who, reason=proposal.reason), texts("proposal.undecided")]
    )
    view = view_of(ProposeEndButton(proposal.act.id, label=texts("proposal.decide_button")))
    await channel.send(embed=card.embed, view=view, allowed_mentions=discord.AllowedMentions.none())
    return channel.id


def _title(texts: Texts, proposal: EndProposal) -> str:
    return texts("proposal.title", record=Written(proposal.act.record), partners=list(proposal.partners))


register(Form("propose", Action.LOG, r"(?P<number>\d+)", _build, _take))
