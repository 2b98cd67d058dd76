"""The settings card of an office, and the forms behind its buttons."""

from collections.abc import Awaitable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Literal

import discord

from bot.domain.access import EVERYONE_ROLES, GIVEN_ROLES, Action, Role
from bot.domain.anniversaries import LeapDayRule
from bot.domain.errors import ChangedMeanwhile
from bot.domain.leads import DEFAULT_LEADS, write_leads
from bot.domain.offices import EXAMPLE_ZONE, LANGUAGES, Office, Purpose, RestDayRule, Weekday
from bot.domain.partnerships import Kind
from bot.i18n.texts import Texts, Written
from bot.services.office_measures import WeeklyListForm, change_weekly_list
from bot.services.office_settings import (
    ChannelsForm,
    LeadsForm,
    PostingForm,
    RolesForm,
    change_channels,
    change_leads,
    change_posting,
    change_roles,
    leads_form,
    posting_form,
)
from bot.ui.access import presses
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of, forget_caller
from bot.ui.cards import Card
from bot.ui.errors import soon
from bot.ui.forms import (
    EMPTY,
    Form,
    Keys,
    Typed,
    channel_field,
    choice_field,
    form_id,
    ids_in,
    make_form,
    register,
    role_field,
    text_field,
)
from bot.ui.kind_rules import own_rule_lines
from bot.ui.office_measures import measure_lines
from bot.ui.offices import may_ping, require_channel
from bot.ui.saving_rules import saving_rule_lines
from bot.ui.setting_changes import change_line

Fields = Sequence[tuple[str, discord.ui.Item[Any]]]

MOST_ROLES = 25
HOURS = {str(hour): f"{hour:02}:00" for hour in range(24)}

# The card ----------------------------------------------------------------------------------------------------


def settings_card(texts: Texts, office: Office, *opening: str) -> discord.Embed:
    """All settings of an office; `opening` is what is said before them."""
    card = Card(texts("office.settings.title", place=office.place), footer=texts("office.settings.footer"))
    card.text([*opening, texts("office.settings.standing", standing=office.standing)])
    card.field(texts("office.settings.posting"), _posting_lines(texts, office))
    card.field(texts("office.settings.channels"), _channel_lines(texts, office))
    card.field(texts("office.settings.roles"), _role_lines(texts, office))
    card.field(texts("office.settings.weekly_list"), measure_lines(texts, office))
    card.field(texts("office.settings.kinds"), own_rule_lines(texts, office.kind_rules, Kind))
    return card.embed


def _posting_lines(texts: Texts, office: Office) -> Iterator[str]:
    yield texts("office.settings.language", language=Written(texts(f"language.{office.language}")))
    hour = Written(f"{office.posting_hour:02}:00")
    yield texts("office.settings.hour", hour=hour, zone=Written(office.zone))
    yield texts("office.settings.leap_day", rule=office.leap_day_rule)
    yield texts("office.settings.rest_day", rule=office.rest_day_rule)
    yield from lead_lines(texts, office)
    yield from saving_rule_lines(texts, office)


def lead_lines(texts: Texts, office: Office) -> Iterator[str]:
    """How many days before an anniversary it is told."""
    for which, leads in (("milestone", office.leads.milestones), ("other", office.leads.others)):
        if leads:
            yield texts(f"office.settings.{which}_leads", days=Written(write_leads(leads)))
        else:
            yield texts(f"office.settings.no_{which}_leads")


def _channel_lines(texts: Texts, office: Office) -> Iterator[str]:
    for purpose in Purpose:
        channel = office.channels.get(purpose)
        shown = Written(f"<#{channel}>") if channel else Written(texts("office.settings.no_channel"))
        yield texts("office.settings.channel", purpose=purpose, channel=shown)
    if office.notify_role_id is None:
        yield texts("office.settings.notifies_nobody")
    else:
        yield texts("office.settings.notifies", role=Written(f"<@&{office.notify_role_id}>"))


def _role_lines(texts: Texts, office: Office) -> Iterator[str]:
    for level in reversed(GIVEN_ROLES):
        held = [f"<@&{role_id}>" for role_id, role in sorted(office.roles.items()) if role is level]
        if held:
            yield texts("office.settings.level", level=level, roles=Written(" ".join(held)))
        elif level is Role.ADMINISTRATOR:
            yield texts("office.settings.managers")
    yield texts("office.settings.everyone", level=office.everyone)


def settings_view(texts: Texts) -> discord.ui.View:
    return view_of(*(SettingsButton(part, label=texts(f"office.settings.{part}")) for part in PARTS))


async def show_settings(interaction: Interaction, office: Office, *opening: str) -> None:
    """Answer with the settings card, in place of the one, or of the refusal, that the form came from."""
    texts = chat_texts((await caller_of(interaction)).language)
    embed, view = settings_card(texts, office, *opening), settings_view(texts)
    if interaction.response.is_done():
        await interaction.followup.send(embed=embed, view=view, ephemeral=True)
    elif interaction.message is not None:
        await interaction.response.edit_message(embed=embed, view=view)
    else:
        await interaction.response.send_message(embed=embed, view=view, ephemeral=True)


SettingsPart = Literal["posting", "leads", "channels", "roles", "weekly_list"]


class SettingsButton(PersistentButton, custom_id="office:settings:{part}"):
    """Opens one of the forms, filled with what is stored now."""

    part: SettingsPart

    @presses(Action.ADMINISTER)
    async def callback(self, interaction: Interaction) -> None:
        office = (await caller_of(interaction)).own_office()
        form = PARTS[self.part]
        keys = {"version": str(office.version)}
        await interaction.response.send_modal(await form.build(interaction, keys, EMPTY))


# Posting -----------------------------------------------------------------------------------------------------


def posting_fields(texts: Texts, typed: Typed, zone: str | None = None) -> Fields:
    """The five fields of a `PostingForm`; `zone` is the example shown where none is filled in."""
    chosen = {name: typed.get(name) for name in ("language", "hour", "leap_day_rule", "rest_day_rule")}
    languages = {code: texts(f"language.{code}") for code in LANGUAGES}
    fields: dict[str, discord.ui.Item[Any]] = {
        "language": choice_field("language", languages, chosen["language"]),
        "zone": text_field("zone", typed, hint=zone or EXAMPLE_ZONE, longest=64, required=True),
        "hour": choice_field("hour", HOURS, chosen["hour"]),
        "leap_day_rule": choice_field(
            "leap_day_rule", {rule.value: texts.word(rule) for rule in LeapDayRule}, chosen["leap_day_rule"]
        ),
        "rest_day_rule": choice_field(
            "rest_day_rule", {rule.value: texts.word(rule) for rule in RestDayRule}, chosen["rest_day_rule"]
        ),
    }
    return [(texts(f"office.form.{name}"), field) for name, field in fields.items()]


async def _build_posting(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    texts, office = await _texts_and_office(interaction)
    fields = posting_fields(texts, typed or asdict(posting_form(office.posting)), office.place.zone)
    return make_form(texts("office.settings.posting"), form_id("office_posting", keys["version"]), fields)


async def _take_posting(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    desk, caller = desk_of(interaction), await caller_of(interaction)
    work = change_posting(desk, caller, PostingForm(**typed), int(keys["version"]))
    await show_settings(interaction, await apply_change(interaction, work))


# Lead times --------------------------------------------------------------------------------------------------

LEADS = 80


async def _build_leads(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    texts, office = await _texts_and_office(interaction)
    typed = typed or asdict(leads_form(office.leads))
    fields = [
        (
            texts(f"office.form.{name}"),
            text_field(name, typed, hint=write_leads(usual), longest=LEADS, required=True),
        )
        for name, usual in (
            ("milestone_leads", DEFAULT_LEADS.milestones),
            ("other_leads", DEFAULT_LEADS.others),
        )
    ]
    return make_form(texts("office.settings.leads"), form_id("office_leads", keys["version"]), fields)


async def _take_leads(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    desk, caller = desk_of(interaction), await caller_of(interaction)
    work = change_leads(desk, caller, LeadsForm(**typed), int(keys["version"]))
    await show_settings(interaction, await apply_change(interaction, work))


# Channels ----------------------------------------------------------------------------------------------------

NOTIFY = "notify_role"


async def _build_channels(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    texts, office = await _texts_and_office(interaction)
    guild = _guild(interaction)
    chosen: Mapping[Purpose, int | None] = office.channels
    notified = [office.notify_role_id] if office.notify_role_id else []
    if typed:
        chosen = {purpose: next(iter(ids_in(typed, purpose)), None) for purpose in Purpose}
        notified = ids_in(typed, NOTIFY)
    fields: list[tuple[str, discord.ui.Item[Any]]] = [
        (texts.word(purpose), channel_field(purpose.value, guild, chosen.get(purpose))) for purpose in Purpose
    ]
    fields.append((texts("office.form.notify_role"), role_field(NOTIFY, guild, notified)))
    return make_form(texts("office.settings.channels"), form_id("office_channels", keys["version"]), fields)


async def _take_channels(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    desk, caller, guild = desk_of(interaction), await caller_of(interaction), _guild(interaction)
    channels = {purpose: ids_in(typed, purpose)[0] for purpose in Purpose if ids_in(typed, purpose)}
    for channel_id in channels.values():
        require_channel(guild, channel_id)
    form = ChannelsForm(channels, next(iter(ids_in(typed, NOTIFY)), None))
    notified = guild.get_role(form.notify_role_id or 0)
    silent = notified is not None and not may_ping(guild, notified, channels.values())
    warning = [chat_texts(caller.language)("office.settings.role_silent")] if silent else []
    work = change_channels(desk, caller, form, int(keys["version"]))
    await show_settings(interaction, await apply_change(interaction, work), *warning)


# Roles -------------------------------------------------------------------------------------------------------


async def _build_roles(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    texts, office = await _texts_and_office(interaction)
    guild = _guild(interaction)

    def held(level: Role) -> list[int]:
        stored = [role_id for role_id, role in office.roles.items() if role is level]
        return ids_in(typed, level) if typed else stored

    fields: list[tuple[str, discord.ui.Item[Any]]] = [
        (texts("office.form.level", level=level), role_field(level.value, guild, held(level), MOST_ROLES))
        for level in reversed(GIVEN_ROLES)
    ]
    everyone = {role.value: texts.word(role) for role in EVERYONE_ROLES}
    chosen = typed.get("everyone") or office.everyone.value
    fields.append((texts("office.form.everyone"), choice_field("everyone", everyone, chosen)))
    return make_form(texts("office.settings.roles"), form_id("office_roles", keys["version"]), fields)


async def _take_roles(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    desk, caller = desk_of(interaction), await caller_of(interaction)
    there = {role.id for role in _guild(interaction).roles}
    levels = {level: [each for each in ids_in(typed, level) if each in there] for level in GIVEN_ROLES}
    form = RolesForm(levels, typed.get("everyone", ""))
    work = change_roles(desk, caller, form, int(keys["version"]))
    await show_settings(interaction, await apply_change(interaction, work))


# The weekly list ---------------------------------------------------------------------------------------------


async def _build_weekly_list(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    texts, office = await _texts_and_office(interaction)
    days = {day.value: texts.word(day) for day in Weekday}
    when = office.weekly_list
    fields: Fields = [
        (texts("office.form.list_day"), choice_field("day", days, typed.get("day") or when.day.value)),
        (texts("office.form.hour"), choice_field("hour", HOURS, typed.get("hour") or str(when.hour))),
    ]
    title = texts("office.settings.weekly_list")
    return make_form(title, form_id("office_weekly_list", keys["version"]), fields)


async def _take_weekly_list(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    desk, caller = desk_of(interaction), await caller_of(interaction)
    work = change_weekly_list(desk, caller, WeeklyListForm(**typed), int(keys["version"]))
    await show_settings(interaction, await apply_change(interaction, work))


VERSION = r"(?P<version>\d+)"
PARTS: Mapping[SettingsPart, Form] = {
    "posting": register(Form("office_posting", Action.ADMINISTER, VERSION, _build_posting, _take_posting)),
    "leads": register(Form("office_leads", Action.ADMINISTER, VERSION, _build_leads, _take_leads)),
    "channels": register(
        Form("office_channels", Action.ADMINISTER, VERSION, _build_channels, _take_channels)
    ),
    "roles": register(Form("office_roles", Action.ADMINISTER, VERSION, _build_roles, _take_roles)),
    "weekly_list": register(
        Form("office_weekly_list", Action.ADMINISTER, VERSION, _build_weekly_list, _take_weekly_list)
    ),
}


# Both ways ---------------------------------------------------------------------------------------------------


async def apply_change(interaction: Interaction, change: Awaitable[Office]) -> Office:
    """Make the change; where somebody else was faster, say what they changed."""
    try:
        office = await soon(interaction, change)
    except ChangedMeanwhile as faster:
        texts = chat_texts((await caller_of(interaction)).language)
        lines = [change_line(texts, each) for each in faster.values["changes"]]
        raise ChangedMeanwhile(faster.key, faster.version, changes=Written("\n".join(lines))) from None
    forget_caller(interaction)
    return office


async def _texts_and_office(interaction: Interaction) -> tuple[Texts, Office]:
    caller = await caller_of(interaction)
    return Texts(caller.language), caller.own_office()


def _guild(interaction: Interaction) -> discord.Guild:
    assert interaction.guild is not None, "an office is a server's"
    return interaction.guild
