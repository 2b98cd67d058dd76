"""The forms of prospects: signing, passing the gate, a pilot, and who sees to it with the plan."""

from dataclasses import asdict

import discord

from bot.domain.access import Action
from bot.domain.errors import NotFound
from bot.domain.partnerships import Kind
from bot.domain.prospecting import MAX_NOTE, MAX_PLAN, MAX_REASON, MAX_TITLE, MAX_WHO, SIGNED_KINDS
from bot.domain.prospects import Stage
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller
from bot.services.held_acts import SeenAct
from bot.services.pilots import KeptPilot, OpenedPilot, PilotFields, open_pilot, save_pilot
from bot.services.preferences import keep_draft
from bot.services.prospects import Move, OpenedPlan, Plan, check_prospect, open_plan, save_plan
from bot.services.telling import ChangedSince
from bot.ui.audience import restricted
from bot.ui.audit import UndoButton
from bot.ui.buttons import view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.editing import changed_card
from bot.ui.errors import answer, soon
from bot.ui.forms import (
    EMPTY,
    Form,
    Keys,
    ReopenButton,
    Typed,
    choice_field,
    form_id,
    make_form,
    register,
    text_field,
)
from bot.ui.prospects import make_move

DATE = 100
LONG = discord.TextStyle.paragraph
Fields = dict[str, discord.ui.Item[discord.ui.View]]


def _modal(texts: Texts, title: str, custom_id: str, fields: Fields) -> discord.ui.Modal:
    return make_form(
        title, custom_id, [(texts(f"prospect.form.{name}"), each) for name, each in fields.items()]
    )


def _named(texts: Texts, key: str, seen: SeenAct) -> str:
    return texts(key, record=Written(seen.act.record), partners=list(seen.partners))


# Signing, and passing the gate ----------------------------------------------------------------------------------


async def open_signing(interaction: Interaction, record: str, reason: str | None) -> None:
    """Ask for what signing a prospect needs: the day and the kind."""
    seen = await check_prospect(desk_of(interaction), await caller_of(interaction), record)
    keys = {"number": str(seen.act.id), "stage": Stage.SIGNED.value, "kind": ""}
    typed = {"reason": reason} if reason else EMPTY
    await interaction.response.send_modal(await _open_move(interaction, keys, typed))


async def _open_move(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    """The form of a move; for a signing with its kind."""
    caller = await caller_of(interaction)
    seen = await check_prospect(desk_of(interaction), caller, f"P{keys['number']}")
    texts, signing = Texts(caller.language), keys["stage"] == Stage.SIGNED
    fields: Fields = {
        "on": text_field("on", typed, hint=texts("prospect.form.on_hint"), longest=DATE, required=signing)
    }
    if signing:
        kinds = {kind.value: texts.word(kind) for kind in SIGNED_KINDS}
        fields["kind"] = choice_field("kind", kinds, typed.get("kind") or keys["kind"] or Kind.SISTER_CITY)
    fields["reason"] = text_field(
        "reason",
        typed,
        hint=texts("prospect.form.reason_hint"),
        longest=MAX_REASON,
        required=not signing,
        style=LONG,
    )
    fields["by_whom"] = text_field(
        "by_whom", typed, hint=texts("prospect.form.by_whom_hint"), longest=MAX_WHO
    )
    title = _named(texts, "prospect.form.signing" if signing else "prospect.form.gate", seen)
    custom_id = form_id("signing" if signing else "gate", seen.act.id, keys["stage"], keys["kind"])
    return _modal(texts, title, custom_id, fields)


async def _take_move(interaction: Interaction, keys: Keys, typed: Typed, *, despite: bool) -> None:
    move = Move(
        Stage(keys["stage"]),
        typed.get("reason", ""),
        typed.get("on", ""),
        typed.get("by_whom", ""),
        typed.get("kind") or keys["kind"],
        despite,
    )
    await make_move(interaction, f"P{keys['number']}", move)


async def _take_signing(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    await _take_move(interaction, keys, typed, despite=False)


async def _take_gate(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    await _take_move(interaction, keys, typed, despite=True)


_KEYS = r"(?P<number>\d+):(?P<stage>[a-z]+):(?P<kind>[a-z_]*)"
register(Form("signing", Action.EDIT, _KEYS, _open_move, _take_signing))
register(Form("gate", Action.EDIT, _KEYS, _open_move, _take_gate))


# A pilot ------------------------------------------------------------------------------------------------------


async def open_pilot_form(interaction: Interaction, record: str, which: str | None) -> None:
    """Open the form of a pilot, or of a new one."""
    caller = await caller_of(interaction)
    opened = await open_pilot(desk_of(interaction), caller, record, which)
    keys = {"which": opened.which, "version": str(opened.version)}
    await interaction.response.send_modal(_pilot_form(caller, opened, keys, asdict(opened.fields)))


def _pilot_form(caller: Caller, opened: OpenedPilot, keys: Keys, typed: Typed) -> discord.ui.Modal:
    texts = Texts(caller.language)
    result = typed.get("result", "")
    fields: Fields = {
        "title": text_field(
            "title", typed, hint=texts("prospect.form.title_hint"), longest=MAX_TITLE, required=True
        ),
        "since": text_field("since", typed, hint=texts("prospect.form.since_hint"), longest=DATE),
        "until": text_field("until", typed, hint=texts("prospect.form.until_hint"), longest=DATE),
        "owner": text_field("owner", typed, hint=texts("prospect.form.owner_hint"), longest=MAX_WHO),
        "result": text_field(
            "result",
            typed,
            hint=texts("prospect.form.result_hint"),
            longest=max(MAX_NOTE, len(result)),
            style=LONG,
        ),
    }
    custom_id = form_id("pilot", opened.seen.act.id, keys["which"], keys["version"])
    return _modal(texts, _named(texts, "prospect.form.pilot", opened.seen), custom_id, fields)


async def _open_pilot(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller = await caller_of(interaction)
    opened = await open_pilot(desk_of(interaction), caller, f"P{keys['number']}")
    return _pilot_form(caller, opened, keys, typed)


async def _take_pilot(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    desk, caller, number = desk_of(interaction), await caller_of(interaction), int(keys["number"])
    fields = PilotFields(**{name: typed.get(name, "") for name in asdict(PilotFields())})
    try:
        work = save_pilot(desk, caller, number, keys["which"], int(keys["version"]), fields)
        kept = await soon(interaction, work)
    except ChangedSince as changed:
        position = keys["which"].partition(".")[0]
        try:
            which = (await open_pilot(desk, caller, f"P{number}", position)).which
        except NotFound:
            which = ""
        await _ask(interaction, caller, "pilot", {**keys, "which": which}, typed, changed)
        return
    await _show_pilot(interaction, caller, kept)


register(
    Form(
        "pilot",
        Action.EDIT,
        r"(?P<number>\d+):(?P<which>[\d.a-f]*):(?P<version>\d+)",
        _open_pilot,
        _take_pilot,
    )
)


async def _ask(
    interaction: Interaction, caller: Caller, form: str, keys: Keys, typed: Typed, changed: ChangedSince
) -> None:
    """Show what was changed meanwhile; what was typed comes back over what there is now."""
    draft = {"keys": {**keys, "version": str(changed.version)}, "typed": dict(typed)}
    key = await keep_draft(desk_of(interaction), interaction.user.id, form, draft)
    texts = chat_texts(caller.language)
    card = changed_card(texts, changed, caller.own_office().zone)
    await answer(
        interaction, card.embed, view_of(ReopenButton(form, key, label=texts("form.reopen"))), private=True
    )


async def _show_pilot(interaction: Interaction, caller: Caller, kept: KeptPilot) -> None:
    texts, pilot = chat_texts(caller.language), kept.pilot
    key = "pilot.added" if kept.added else "pilot.changed"
    card = Card(_named(texts, key if kept.entry is not None else "promise.same", kept.seen))
    lines = [texts("promise.what", what=pilot.title)]
    if pilot.since:
        lines.append(texts("pilot.since", since=pilot.since))
    if pilot.until:
        lines.append(texts("pilot.until", until=pilot.until))
    if pilot.owner:
        lines.append(texts("promise.owner", owner=pilot.owner))
    lines.append(texts("pilot.result", result=pilot.result) if pilot.result else texts("pilot.no_result"))
    await _answer(interaction, texts, card.text(lines), kept.entry, kept.seen)


async def _answer(
    interaction: Interaction, texts: Texts, card: Card, entry: int | None, seen: SeenAct
) -> None:
    view = discord.utils.MISSING
    if entry is not None:
        view = view_of(UndoButton(entry, label=texts("undo.button")))
    await answer(interaction, card.embed, view, private=restricted([seen.act.scope]))


# The plan -----------------------------------------------------------------------------------------------------


async def open_plan_form(interaction: Interaction, record: str) -> None:
    """Open the form with who sees to a prospect, and how the tie is kept alive."""
    caller = await caller_of(interaction)
    opened = await open_plan(desk_of(interaction), caller, record)
    keys = {"version": str(opened.version)}
    await interaction.response.send_modal(_plan_form(caller, opened, keys, asdict(opened.plan)))


def _plan_form(caller: Caller, opened: OpenedPlan, keys: Keys, typed: Typed) -> discord.ui.Modal:
    texts = Texts(caller.language)
    longest = max(MAX_PLAN, len(typed.get("sustain_plan", "")))
    fields: Fields = {
        "owner": text_field("owner", typed, hint=texts("prospect.form.owner_hint"), longest=MAX_WHO),
        "sustain_plan": text_field(
            "sustain_plan",
            typed,
            hint=texts("prospect.form.sustain_plan_hint"),
            longest=longest,
            style=LONG,
        ),
    }
    custom_id = form_id("plan", opened.seen.act.id, keys["version"])
    return _modal(texts, _named(texts, "prospect.form.plan", opened.seen), custom_id, fields)


async def _open_plan(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller = await caller_of(interaction)
    return _plan_form(
        caller, await open_plan(desk_of(interaction), caller, f"P{keys['number']}"), keys, typed
    )


async def _take_plan(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    desk, caller, number = desk_of(interaction), await caller_of(interaction), int(keys["number"])
    plan = Plan(typed.get("owner", ""), typed.get("sustain_plan", ""))
    try:
        opened = await soon(interaction, save_plan(desk, caller, number, int(keys["version"]), plan))
    except ChangedSince as changed:
        await _ask(interaction, caller, "plan", keys, typed, changed)
        return
    texts = chat_texts(caller.language)
    key = "prospect.planned" if opened.entry is not None else "promise.same"
    lines = [texts("promise.owner", owner=opened.plan.owner)] if opened.plan.owner else []
    if opened.plan.sustain_plan:
        lines.append(texts("prospect.plan", plan=opened.plan.sustain_plan))
    card = Card(_named(texts, key, opened.seen)).text(lines)
    await _answer(interaction, texts, card, opened.entry, opened.seen)


register(Form("plan", Action.EDIT, r"(?P<number>\d+):(?P<version>\d+)", _open_plan, _take_plan))
