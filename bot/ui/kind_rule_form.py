"""The form in which an office writes what it calls a kind of tie, one field for each language."""

import discord

from bot.domain.access import Action
from bot.domain.kind_rules import MAX_RULE
from bot.domain.offices import LANGUAGES, Office
from bot.domain.partnerships import Kind
from bot.i18n.texts import Texts
from bot.services.kind_rules import change_kind_rule
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.errors import answer
from bot.ui.forms import EMPTY, Form, Keys, Typed, form_id, make_form, register, text_field
from bot.ui.kind_rules import built_in_rule, changed_rule_lines
from bot.ui.office_settings import apply_change


async def open_rule_form(interaction: Interaction, kind: Kind) -> None:
    """The form for one kind, filled with the rule that holds now."""
    office = (await caller_of(interaction)).own_office()
    keys = {"kind": kind.value, "version": str(office.version)}
    await interaction.response.send_modal(await _build(interaction, keys, EMPTY))


async def _build(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller, kind = await caller_of(interaction), Kind(keys["kind"])
    texts, office = Texts(caller.language), caller.own_office()
    shown = typed or {code: _rule_now(office, kind, code) for code in LANGUAGES}
    fields = [(texts(f"language.{code}"), _field(texts, code, shown)) for code in LANGUAGES]
    title = texts("kind_rule.form", kind=kind)
    return make_form(title, form_id("kind_rule", keys["kind"], keys["version"]), fields)


def _field(texts: Texts, code: str, shown: Typed) -> discord.ui.TextInput[discord.ui.View]:
    style, hint = discord.TextStyle.paragraph, texts("kind_rule.hint")
    return text_field(code, shown, hint=hint, longest=MAX_RULE, style=style)


def _rule_now(office: Office, kind: Kind, language: str) -> str:
    own = office.kind_rules.get(kind)
    return own.in_language(language) if own else built_in_rule(Texts(language), kind)


async def _take(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    desk, caller, kind = desk_of(interaction), await caller_of(interaction), Kind(keys["kind"])
    written = [typed.get(code, "") for code in LANGUAGES]
    if written == [built_in_rule(Texts(code), kind) for code in LANGUAGES]:
        written = [""] * len(written)  # left as they stood: no words of the office's own
    english, chinese = written
    work = change_kind_rule(desk, caller, kind, english, chinese, int(keys["version"]))
    office = await apply_change(interaction, work)
    texts = chat_texts(caller.language)
    title, *lines = changed_rule_lines(texts, office, kind)
    await answer(interaction, Card(title).text(lines).embed, private=True)


KINDS = "|".join(Kind)
register(Form("kind_rule", Action.ADMINISTER, rf"(?P<kind>{KINDS}):(?P<version>\d+)", _build, _take))
