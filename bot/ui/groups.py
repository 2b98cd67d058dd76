"""How groups look: those of an office, the answer to each change, and the button that confirms leaving."""

from collections.abc import Iterator, Sequence
from typing import Any

import discord
from discord import app_commands

from bot.domain.access import Action
from bot.domain.groups import Group, Membership, MembershipState
from bot.i18n.texts import Texts
from bot.services.desk import Caller, Desk
from bot.services.group_lists import OwnGroups, complete_groups, complete_offices, own_groups
from bot.services.groups import Leaving, leave_group
from bot.ui.access import presses
from bot.ui.buttons import Exactly, PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of, forget_caller
from bot.ui.cards import QUIET_COLOUR, Card
from bot.ui.choices import CHOICES, LABEL, Choice, suggests
from bot.ui.errors import replace_message, soon
from bot.ui.pages import Heading, Page, page_of, paged

# Lists -------------------------------------------------------------------------------------------------------


@paged("groups")
async def groups_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    """The groups of the caller's office and its invitations; it takes no arguments."""
    own = await own_groups(desk, caller)
    shown, index, pages = page_of(list(_own_lines(texts, own)), index)
    footer = texts("group.footer", page=index + 1, pages=pages)
    card = Card(texts("group.title", place=own.office.place), footer=footer)
    return Page(card.text(shown).embed, index, pages, private=True)


def _own_lines(texts: Texts, own: OwnGroups) -> Iterator[str]:
    if not own.joined:
        yield texts("group.none")
    for group in own.joined:
        yield Heading(texts("group.heading", group=group))
        yield from membership_lines(texts, group)
    yield from invitation_lines(texts, own.invited)


def membership_lines(texts: Texts, group: Group) -> Iterator[str]:
    """Who is in a group and who is invited, each kind with its number."""
    for key, found in (
        ("group.members", group.members),
        ("group.readers", group.readers),
        ("group.invited", group.invited),
    ):
        if found:
            yield texts(key, n=len(found), places=_places(found))


def invitation_lines(texts: Texts, invited: Sequence[Group]) -> Iterator[str]:
    """The invitations that an office has not answered yet, with who is in those groups; nothing without any."""
    if invited:
        yield Heading(texts("group.invitations", n=len(invited)))
    for group in invited:
        if group.joined:
            yield texts("group.invitation", group=group, places=_places(group.joined))
        else:
            yield texts("group.invitation_empty", group=group)


def _places(found: Sequence[Membership]) -> list[Any]:
    return [each.place for each in found]


# Answers to changes -----------------------------------------------------------------------------------------


def group_card(texts: Texts, title: str, group: Group, *further: str) -> discord.Embed:
    """What has been done, and how the group stands now."""
    return Card(title).text([*membership_lines(texts, group), *further]).embed


def founded_card(texts: Texts, group: Group) -> discord.Embed:
    return group_card(texts, texts("group.founded", group=group), group, texts("group.founded_next"))


def joined_card(texts: Texts, group: Group) -> discord.Embed:
    return group_card(texts, texts("group.joined", group=group), group, texts("group.joined_means"))


def leaving_card(texts: Texts, leaving: Leaving) -> discord.Embed:
    """What leaving would mean, before it is confirmed."""
    lines = [texts("group.leaving_means")]
    if leaving.dissolves:
        lines.append(texts("group.leaving_dissolves"))
    return Card(texts("group.leaving", group=leaving.group), colour=QUIET_COLOUR).text(lines).embed


def leaving_view(texts: Texts, leaving: Leaving) -> discord.ui.View:
    label = texts("group.leave_button")
    return view_of(LeaveGroupButton(leaving.group.id, leaving.membership.since, label=label))


def _left_card(texts: Texts, leaving: Leaving) -> discord.Embed:
    lines = [texts("group.left_means")]
    if leaving.dissolves:
        lines.append(texts("group.dissolved"))
    return Card(texts("group.left", group=leaving.group)).text(lines).embed


class LeaveGroupButton(
    PersistentButton, custom_id="group:leave:{group_id}:{since}", style=discord.ButtonStyle.danger
):
    """Confirms leaving a group. It says since when the office is in it: an old button ends no later membership."""

    group_id: int
    since: Exactly

    @presses(Action.ADMINISTER)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        work = leave_group(desk_of(interaction), caller, self.group_id, self.since)
        left = await soon(interaction, work, in_place=True)
        forget_caller(interaction)
        await replace_message(interaction, _left_card(chat_texts(caller.language), left))


# What is offered while somebody types ---------------------------------------------------------------------


@suggests
async def group_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """The groups that the office is in."""
    return await _choices(interaction, typed, MembershipState.JOINED)


@suggests
async def invitation_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """The groups that the office is invited to."""
    return await _choices(interaction, typed, MembershipState.INVITED)


async def _choices(interaction: Interaction, typed: str, state: MembershipState) -> list[Choice]:
    caller = await caller_of(interaction)
    found = await complete_groups(desk_of(interaction), caller, typed, state)
    texts = Texts(caller.language)
    return [
        app_commands.Choice(name=texts.group(group)[:LABEL], value=group.key) for group in found[:CHOICES]
    ]


@suggests
async def invitable_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """The offices that are not in the group yet."""
    return await _office_choices(interaction, typed, invited=False)


@suggests
async def invited_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """The offices that have not answered the invitation yet."""
    return await _office_choices(interaction, typed, invited=True)


async def _office_choices(interaction: Interaction, typed: str, *, invited: bool) -> list[Choice]:
    caller = await caller_of(interaction)
    group = str(getattr(interaction.namespace, "group", None) or "")
    found = await complete_offices(desk_of(interaction), caller, typed, group, invited=invited)
    texts = Texts(caller.language)
    return [
        app_commands.Choice(name=texts.place_in_full(place)[:LABEL], value=place.key)
        for place in found[:CHOICES]
    ]
