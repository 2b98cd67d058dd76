"""The buttons under a partner's card: what to do, and what to look at next."""

import discord

from bot.domain.access import Action
from bot.domain.commitments import CommitmentState
from bot.i18n.texts import Texts
from bot.services.commitments import CommitmentFilter
from bot.services.partnerships import PartnerCard, show_partner
from bot.ui.access import presses
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.commitments import encode_filter
from bot.ui.exchanges import LogVisitButton
from bot.ui.pages import ListButton
from bot.ui.partner_exchanges import exchanges_arguments
from bot.ui.partnership_editing import EditActButton
from bot.ui.partnerships import is_private, partner_card
from bot.ui.timeline import TOGETHER


def partner_view(texts: Texts, card: PartnerCard) -> discord.ui.View:
    """Log a visit first; the lists where there is something in them; editing the act that names the tie."""
    partner, lead = card.tie.partner, card.tie.lead_act
    buttons: list[PersistentButton] = [
        LogVisitButton(partner.key, label=texts("visit.log_button", partner=partner)),
        ListButton("timeline", f"{TOGETHER}{lead.record}", label=texts("partner.timeline_button")),
    ]
    if card.dealings.total:
        exchanges = exchanges_arguments(card.home, partner)
        buttons.append(ListButton("exchanges", exchanges, label=texts("exchanges.button")))
    if any(parts.commitments for parts in card.parts.values()):
        promises = encode_filter(CommitmentFilter(partner.id, state=CommitmentState.ALL))
        buttons.append(ListButton("promises", promises, label=texts("partner.commitments")))
    return view_of(*buttons, EditActButton(lead.id, label=texts("edit.button")))


async def send_partner(interaction: Interaction, partner: str) -> None:
    """Answer with the card of a partner, by name or record number. Raises what `show_partner` raises."""
    caller = await caller_of(interaction)
    card = await show_partner(desk_of(interaction), caller, partner)
    texts = chat_texts(caller.language)
    await interaction.response.send_message(
        embed=partner_card(texts, card), view=partner_view(texts, card), ephemeral=is_private(card)
    )


class ShowPartnerButton(PersistentButton, custom_id="partner:show:{record}"):
    """Shows the card of the partner with whom an agreement is."""

    record: str

    @presses(Action.READ)
    async def callback(self, interaction: Interaction) -> None:
        await send_partner(interaction, self.record)
