"""/office check: a line for each thing an administrator wants to be sure of, and how to mend what is not well."""

from collections.abc import Iterator
from datetime import datetime

import discord

from bot.domain.access import Role
from bot.domain.offices import Office, Purpose
from bot.i18n.texts import Texts, Written
from bot.services.findings import Finding
from bot.services.office_check import OfficeCheck, check_office
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import COLOUR, WRONG_COLOUR, Card
from bot.ui.errors import answer, soon
from bot.ui.offices import ChannelState, channel_state, may_ping
from bot.ui.posts import post_title


async def show_check(interaction: Interaction) -> None:
    """Answer with the check of the caller's office."""
    caller = await caller_of(interaction)
    checked = await soon(interaction, check_office(desk_of(interaction), caller))
    assert interaction.guild is not None
    embed = check_card(chat_texts(caller.language), interaction.guild, checked)
    await answer(interaction, embed, private=True)


def check_card(texts: Texts, guild: discord.Guild, checked: OfficeCheck) -> discord.Embed:
    """✓ or ✗ before each line; red where anything is not well."""
    findings = list(_findings(texts, guild, checked))
    well = all(finding.well for finding in findings)
    card = Card(
        texts("check.title", place=checked.office.place),
        colour=COLOUR if well else WRONG_COLOUR,
        footer=texts("check.all_well" if well else "check.not_well"),
    )
    return card.text(_line(texts, checked.office, finding) for finding in findings).embed


def _line(texts: Texts, office: Office, finding: Finding) -> str:
    values = {
        name: Written(texts.moment(value, office.zone)) if isinstance(value, datetime) else value
        for name, value in finding.values.items()
    }
    return f"{'✓' if finding.well else '✗'} {texts(finding.key, **values)}"


def _findings(texts: Texts, guild: discord.Guild, checked: OfficeCheck) -> Iterator[Finding]:
    office = checked.office
    yield Finding(True, "check.office", {"place": office.place, "standing": office.standing})
    yield from channel_findings(texts, guild, office)
    yield from role_findings(guild, office)
    yield checked.revision
    yield from checked.passes
    yield from checked.unsent
    if checked.coming is None:
        yield Finding(True, "check.nothing_coming")
    else:
        at, title = checked.coming.reminder.at, Written(post_title(texts, checked.coming))
        yield Finding(True, "check.coming", {"moment": at, "title": title})
    for group in checked.invitations:
        yield Finding(True, "check.invited", {"group": group})


# Channels ----------------------------------------------------------------------------------------------------


def channel_findings(texts: Texts, guild: discord.Guild, office: Office) -> Iterator[Finding]:
    """A line for each channel with what is posted there, and one for what is posted nowhere."""
    for channel_id in dict.fromkeys(office.channels.values()):
        purposes = [purpose for purpose in Purpose if office.channels.get(purpose) == channel_id]
        state, name = channel_state(guild, channel_id)
        values = {"purposes": purposes, "channel": name} if name else {"purposes": purposes}
        yield Finding(state is ChannelState.OPEN, f"check.channel_{state.value}", values)
    nowhere = [purpose for purpose in Purpose if purpose not in office.channels]
    if nowhere:
        yield Finding(bool(office.channels), "check.channel_none", {"purposes": nowhere})


# Roles -------------------------------------------------------------------------------------------------------


def role_findings(guild: discord.Guild, office: Office) -> Iterator[Finding]:
    """Who counts as administrator, which roles are gone, and whether the role to notify can be notified."""
    there = {role_id: role for role_id, role in office.roles.items() if guild.get_role(role_id) is not None}
    held = [role_id for role_id, role in sorted(there.items()) if role is Role.ADMINISTRATOR]
    if held:
        mentions = Written(" ".join(f"<@&{role_id}>" for role_id in held))
        yield Finding(True, "check.administrators", {"roles": mentions})
    elif Role.ADMINISTRATOR in office.roles.values():
        yield Finding(False, "check.owner_only")
    else:
        yield Finding(True, "check.managers")
    if gone := len(office.roles) - len(there):
        yield Finding(False, "check.roles_gone", {"n": gone})
    if office.notify_role_id is not None:
        yield _notify_finding(guild, office, office.notify_role_id)


def _notify_finding(guild: discord.Guild, office: Office, role_id: int) -> Finding:
    role = guild.get_role(role_id)
    if role is None:
        return Finding(False, "check.notify_gone")
    well = may_ping(guild, role, office.channels.values())
    key = "check.notifies" if well else "check.notify_silent"
    return Finding(well, key, {"role": Written(f"<@&{role_id}>")})
