"""What was typed into a form and cannot be stored, because the database is away: kept by the process itself."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from bot.services.preferences import read_draft
from bot.ui.callers import Interaction, desk_of

HELD, MOST_HELD = timedelta(hours=1), 500
"""For how long drafts are held, and how many at most."""

Draft = Mapping[str, Any]


class HeldDrafts:
    """Drafts in memory, for their writers alone; a restart loses them."""

    def __init__(self) -> None:
        self._drafts: dict[str, tuple[int, str, Draft, datetime]] = {}

    def __len__(self) -> int:
        return len(self._drafts)

    def hold(self, user_id: int, form: str, draft: Draft, now: datetime) -> str:
        """Hold what somebody typed and return the key to it; their earlier draft of the form goes."""
        self._drafts = {
            key: held
            for key, held in list(self._drafts.items())[1 - MOST_HELD :]
            if held[:2] != (user_id, form) and now - held[3] <= HELD
        }
        key = secrets.token_urlsafe(12)
        self._drafts[key] = (user_id, form, draft, now)
        return key

    def read(self, user_id: int, key: str, now: datetime) -> Draft | None:
        """What this person had typed, or None."""
        held = self._drafts.get(key)
        if held is None or held[0] != user_id or now - held[3] > HELD:
            return None
        return held[2]

    def forget(self, user_id: int) -> None:
        """Let go of what this person had typed."""
        self._drafts = {key: held for key, held in self._drafts.items() if held[0] != user_id}


def hold_draft(interaction: Interaction, form: str, draft: Draft) -> str:
    """Hold what was typed where it cannot be stored, and return the key to it."""
    return _held(interaction).hold(interaction.user.id, form, draft, desk_of(interaction).clock())


async def find_draft(interaction: Interaction, key: str) -> Draft | None:
    """What the person had typed, from wherever it is kept, or None."""
    desk = desk_of(interaction)
    held = _held(interaction).read(interaction.user.id, key, desk.clock())
    return held if held is not None else await read_draft(desk, interaction.user.id, key)


def forget_held(interaction: Interaction) -> None:
    """Let go of what the process itself remembers of the person."""
    client = interaction.client
    for memory in (client.held_drafts, client.frames, client.direct_offices):
        memory.forget(interaction.user.id)


def _held(interaction: Interaction) -> HeldDrafts:
    return cast(HeldDrafts, interaction.client.held_drafts)
