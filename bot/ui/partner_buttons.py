"""The buttons under a partner's card: what to do, and what to look at next."""

import discord

from bot.domain.commitments import CommitmentState
from bot.i18n.texts import Texts
from bot.services.commitments import CommitmentFilter
from bot.services.partnerships import PartnerCard
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.commitments import encode_filter
from bot.ui.exchanges import LogVisitButton
from bot.ui.pages import ListButton
from bot.ui.partner_exchanges import exchanges_arguments
from bot.ui.partnership_editing import EditActButton
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
