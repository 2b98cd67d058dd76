"""Setting up an office: one form, a test post in its channel, and the settings as they are then."""

from dataclasses import asdict

import discord

from bot.domain.access import Action
from bot.domain.errors import NotFound
from bot.domain.offices import Office
from bot.domain.places import Place
from bot.i18n.texts import Texts
from bot.services.invitations import hash_of
from bot.services.office_settings import PostingForm
from bot.services.offices import begin_setup, set_up_office
from bot.services.preferences import keep_draft, read_draft
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of, forget_caller
from bot.ui.cards import Card
from bot.ui.errors import soon
from bot.ui.forms import Form, Keys, Typed, form_id, make_form, register
from bot.ui.office_settings import posting_fields, show_settings
from bot.ui.offices import require_channel

START = "office_start"
"""The draft that keeps what the command was given, city and hash of the code, while the form is open.

A custom id is too short for some cities, and what it says could be put by anybody: a hash of a code is as good as
the code there.
"""


async def open_setup_form(interaction: Interaction, city: str, channel_id: int, code: str | None) -> None:
    """Open the form; raises before it is shown where channel, place or code will not do."""
    desk, caller = desk_of(interaction), await caller_of(interaction)
    require_channel(interaction.guild, channel_id)
    code_hash = hash_of(code) if code else None
    start = await begin_setup(desk, caller, city, code_hash)
    given = {"city": city, "code_hash": code_hash}
    ticket = await keep_draft(desk, interaction.user.id, START, given)
    form = _form(Texts(caller.language), start.place, channel_id, ticket, asdict(start.form))
    await interaction.response.send_modal(form)


def _form(texts: Texts, place: Place, channel_id: int, ticket: str, typed: Typed) -> discord.ui.Modal:
    title = texts("office.setup.title", place=place)
    fields = posting_fields(texts, typed, place.zone)
    return make_form(title, form_id("office_setup", channel_id, ticket), fields)


async def _given(interaction: Interaction, ticket: str) -> tuple[str, str | None]:
    """The city and the hash of the code that the command was given."""
    given = await read_draft(desk_of(interaction), interaction.user.id, ticket)
    if given is None:
        raise NotFound("form.draft_gone")
    return given["city"], given["code_hash"]


async def _build(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller = await caller_of(interaction)
    start = await begin_setup(desk_of(interaction), caller, *await _given(interaction, keys["ticket"]))
    return _form(Texts(caller.language), start.place, int(keys["channel"]), keys["ticket"], typed)


async def _take(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    channel = require_channel(interaction.guild, int(keys["channel"]))
    office = await soon(interaction, _set_up(interaction, keys, typed))
    forget_caller(interaction)
    texts = chat_texts((await caller_of(interaction)).language)
    posted = await post_test(channel, office)
    await show_settings(
        interaction,
        office,
        texts("office.setup.done", place=office.place),
        texts("office.setup.test_posted" if posted else "office.setup.test_failed"),
        texts("office.setup.next"),
    )


async def _set_up(interaction: Interaction, keys: Keys, typed: Typed) -> Office:
    desk, caller = desk_of(interaction), await caller_of(interaction)
    city, code_hash = await _given(interaction, keys["ticket"])
    return await set_up_office(desk, caller, city, int(keys["channel"]), PostingForm(**typed), code_hash)


async def post_test(channel: discord.TextChannel, office: Office) -> bool:
    """Show in the channel, in the office's language, that posts arrive; returns whether it worked."""
    texts = chat_texts(office.language)
    card = Card(texts("office.test.title", place=office.place)).text([texts("office.test.text")])
    try:
        await channel.send(embed=card.embed, allowed_mentions=discord.AllowedMentions.none())
    except discord.HTTPException:
        return False
    return True


register(
    Form(
        "office_setup",
        Action.SET_UP,
        r"(?P<channel>\d+):(?P<ticket>[\w-]+)",
        _build,
        _take,
    )
)
