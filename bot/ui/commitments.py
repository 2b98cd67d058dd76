"""How promises look: the form of one, the answer to each change, and the list, in which decisions stand, too."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict

import discord
from discord import app_commands

from bot.domain.access import Action
from bot.domain.agreements import Commitment
from bot.domain.commitments import MAX_EVIDENCE, MAX_OWNER, MAX_WHAT, CommitmentState
from bot.domain.errors import NotFound
from bot.domain.names import clean, fold
from bot.i18n.commands import command_text
from bot.i18n.texts import Texts, Written
from bot.services.commitment_fields import KEEP, REMOVE, REOPEN, PromiseFields
from bot.services.commitments import (
    CommitmentFilter,
    KeptPromise,
    ListedCommitment,
    OpenedPromise,
    finish_promise,
    list_commitments,
    open_promise,
    save_promise,
)
from bot.services.desk import Caller, Desk
from bot.services.held_acts import read_act_record
from bot.services.preferences import keep_draft
from bot.services.telling import ChangedSince
from bot.ui.access import presses
from bot.ui.audience import restricted
from bot.ui.audit import UndoButton
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import COLOUR, QUIET_COLOUR, Card, fit
from bot.ui.choices import CHOICES, LABEL, Choice, suggests
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
from bot.ui.pages import Page, page_of, paged

DATE = 100
SHOWN = 160
"""Characters of a promise that a line of the list shows."""

STATE_CHOICES = [
    app_commands.Choice(name=command_text(f"choice.commitment.{state}"), value=state.value)
    for state in CommitmentState
]

# The form -----------------------------------------------------------------------------------------------------


async def open_promise_form(interaction: Interaction, record: str, which: str | None) -> None:
    """Open the form of a promise, or of a new one; raises before any form is shown if the person may not."""
    caller = await caller_of(interaction)
    opened = await open_promise(desk_of(interaction), caller, record, which)
    keys = {"version": str(opened.version), "which": opened.which}
    await interaction.response.send_modal(_form(caller, opened, keys, asdict(opened.fields)))


def _form(caller: Caller, opened: OpenedPromise, keys: Keys, typed: Typed) -> discord.ui.Modal:
    texts = Texts(caller.language)
    paragraph = discord.TextStyle.paragraph
    # What is stored already may be longer than what is taken anew, and has to fit all the same.
    longest = {name: len(text) for name, text in typed.items()}
    fields: dict[str, discord.ui.Item[discord.ui.View]] = {
        "what": text_field(
            "what",
            typed,
            hint=texts("promise.form.what_hint"),
            longest=max(MAX_WHAT, longest.get("what", 0)),
            required=True,
            style=paragraph,
        ),
        "owner": text_field("owner", typed, hint=texts("promise.form.owner_hint"), longest=MAX_OWNER),
        "due": text_field("due", typed, hint=texts("promise.form.due_hint"), longest=DATE),
        "evidence": text_field(
            "evidence",
            typed,
            hint=texts("promise.form.evidence_hint"),
            longest=max(MAX_EVIDENCE, longest.get("evidence", 0)),
        ),
    }
    if keys["which"]:
        offered = {KEEP: texts("promise.form.keep"), REMOVE: texts("promise.form.remove")}
        if opened.done:
            offered[REOPEN] = texts("promise.form.reopen")
        fields["then"] = choice_field("then", offered, typed.get("then", KEEP))
    title = texts(
        "promise.form.title", record=Written(opened.seen.act.record), partners=list(opened.seen.partners)
    )
    custom_id = form_id("promise", opened.seen.act.id, keys["which"], keys["version"])
    labels = (texts(f"promise.form.{name}") for name in fields)
    return make_form(title, custom_id, list(zip(labels, fields.values(), strict=True)))


async def _open(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller = await caller_of(interaction)
    opened = await open_promise(desk_of(interaction), caller, f"P{keys['number']}")
    return _form(caller, opened, keys, typed)


async def _take(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    caller, number = await caller_of(interaction), int(keys["number"])
    fields = PromiseFields(**{name: text for name, text in typed.items() if name in asdict(PromiseFields())})
    work = save_promise(desk_of(interaction), caller, number, keys["which"], int(keys["version"]), fields)
    try:
        kept = await soon(interaction, work)
    except ChangedSince as changed:
        await _ask(interaction, caller, keys, typed, changed)
        return
    await show_kept(interaction, caller, kept)


register(Form("promise", Action.EDIT, r"(?P<number>\d+):(?P<which>[\d.a-f]*):(?P<version>\d+)", _open, _take))


async def _ask(
    interaction: Interaction, caller: Caller, keys: Keys, typed: Typed, changed: ChangedSince
) -> None:
    """Show what was changed meanwhile; what was typed comes back over the promise as it is now, or as a new one."""
    desk, position = desk_of(interaction), keys["which"].partition(".")[0]
    try:
        which = (await open_promise(desk, caller, f"P{keys['number']}", position)).which
    except NotFound:
        which = ""
    draft = await keep_draft(
        desk,
        interaction.user.id,
        "promise",
        {
            "keys": {**keys, "which": which, "version": str(changed.version)},
            "typed": dict(typed),
        },
    )
    texts = chat_texts(caller.language)
    card = changed_card(texts, changed, caller.own_office().zone)
    view = view_of(ReopenButton("promise", draft, label=texts("form.reopen")))
    await answer(interaction, card.embed, view, private=True)


# Answers ------------------------------------------------------------------------------------------------------


async def show_kept(interaction: Interaction, caller: Caller, kept: KeptPromise) -> None:
    """What became of a promise, with a button to take it back."""
    texts = chat_texts(caller.language)
    view = discord.utils.MISSING
    if kept.entry is not None:
        view = view_of(UndoButton(kept.entry, label=texts("undo.button")))
    await answer(interaction, kept_card(texts, kept), view, private=restricted([kept.seen.act.scope]))


def kept_card(texts: Texts, kept: KeptPromise) -> discord.Embed:
    record, partners = Written(kept.seen.act.record), list(kept.seen.partners)
    card = Card(texts(f"promise.{kept.outcome}", record=record, partners=partners))
    return card.text(promise_lines(texts, kept.promise)).embed


def promise_lines(texts: Texts, promise: Commitment) -> Iterator[str]:
    """All that a promise says, a line for each."""
    yield texts("promise.what", what=promise.what)
    if promise.owner:
        yield texts("promise.owner", owner=promise.owner)
    yield texts("promise.due", due=promise.due) if promise.due else texts("promise.no_due")
    if promise.done:
        yield texts("promise.done_on", done=promise.done)
    if promise.evidence:
        yield texts("promise.evidence", evidence=promise.evidence)


# Keeping one --------------------------------------------------------------------------------------------------


class PromiseDoneButton(
    PersistentButton, custom_id="promise:done:{number}:{which}", style=discord.ButtonStyle.success
):
    """Opens a small form: on which day a promise was kept, and what shows it."""

    number: int
    which: str

    @presses(Action.EDIT)
    async def callback(self, interaction: Interaction) -> None:
        keys = {"number": str(self.number), "which": self.which}
        await interaction.response.send_modal(await _open_done(interaction, keys, EMPTY))


async def _open_done(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    caller = await caller_of(interaction)
    opened = await open_promise(desk_of(interaction), caller, f"P{keys['number']}", keys["which"])
    texts = Texts(caller.language)
    on = text_field("on", typed, hint=texts("promise.form.on_hint"), longest=DATE)
    evidence = text_field("evidence", typed, hint=texts("promise.form.evidence_hint"), longest=MAX_EVIDENCE)
    title = texts("promise.form.done_title", what=fit(opened.fields.what, SHOWN))
    fields = [(texts("promise.form.on"), on), (texts("promise.form.evidence"), evidence)]
    return make_form(title, form_id("promised", keys["number"], keys["which"]), fields)


async def _take_done(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    record, on, evidence = f"P{keys['number']}", typed.get("on", ""), typed.get("evidence", "")
    await finish(interaction, record, keys["which"], on, evidence)


async def finish(interaction: Interaction, record: str, which: str, on: str, evidence: str) -> None:
    """Note that a promise was kept, and show it."""
    caller = await caller_of(interaction)
    work = finish_promise(desk_of(interaction), caller, record, which, on, evidence)
    await show_kept(interaction, caller, await soon(interaction, work))


register(Form("promised", Action.EDIT, r"(?P<number>\d+):(?P<which>[\d.a-f]+)", _open_done, _take_done))


def done_buttons(
    texts: Texts, number: int, promises: Iterable[tuple[str, Commitment]]
) -> "list[PromiseDoneButton]":
    """A button for each promise (handle and promise), to say that it was kept."""
    texts = Texts(texts.language)  # on a button a text needs no protection from markdown
    return [
        PromiseDoneButton(number, which, label=texts("promise.done_button", what=promise.what))
        for which, promise in promises
    ]


# Lists --------------------------------------------------------------------------------------------------------


def encode_filter(chosen: CommitmentFilter) -> str:
    """A filter as a short text for the custom id of a button."""
    return f"{chosen.partner_id or ''}|{chosen.number or ''}|{chosen.state}"


def decode_filter(text: str) -> CommitmentFilter:
    partner, number, state = text.split("|")
    return CommitmentFilter(
        int(partner) if partner else None, int(number) if number else None, CommitmentState(state)
    )


@paged("promises")
async def commitments_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    listed = await list_commitments(desk, caller, decode_filter(arguments))
    lines = [commitment_line(texts, item) for item in listed.items]
    shown, index, pages = page_of(lines or [texts("promises.none")], index)
    counts = {"open": listed.open, "overdue": listed.overdue, "done": listed.done}
    footer = texts("promises.footer", today=listed.today, page=index + 1, pages=pages, **counts)
    title = texts("promises.title", home=listed.home)
    card = Card(title, footer=footer, colour=QUIET_COLOUR if listed.overdue else COLOUR)
    private = restricted(item.source.scope for item in listed.items)
    return Page(card.text(shown).embed, index, pages, private)


def commitment_line(texts: Texts, item: ListedCommitment) -> str:
    """A promise with its act, or a decision with its exchange, and whom it concerns; below it how it stands."""
    told = item.commitment
    what = Written(texts.write(fit(" ".join(told.what.split()), SHOWN)))
    values = {"record": Written(item.source.record), "partners": list(item.partners), "what": what}
    key = "promises.decision_line" if item.is_decision else "promises.line"
    line = texts(key, standing=Written(_standing(texts, item)), **values)
    return texts("promises.owned_line", line=Written(line), owner=told.owner) if told.owner else line


def _standing(texts: Texts, item: ListedCommitment) -> str:
    told = item.commitment
    if told.done is not None:
        return texts("promises.done", done=told.done)
    if told.due is None:
        return texts("promises.no_due")
    if item.days:
        return texts("promises.overdue", due=told.due, n=item.days)
    return texts("promises.due", due=told.due)


# What is offered while somebody types ---------------------------------------------------------------------


@suggests
async def open_promise_choices(interaction: Interaction, typed: str) -> list[Choice]:
    return await _promise_choices(interaction, typed, CommitmentState.OPEN)


@suggests
async def promise_choices(interaction: Interaction, typed: str) -> list[Choice]:
    return await _promise_choices(interaction, typed, CommitmentState.ALL)


async def _promise_choices(interaction: Interaction, typed: str, state: CommitmentState) -> list[Choice]:
    """The promises of the act that stands in the option `record`."""
    caller = await caller_of(interaction)
    record = read_act_record(str(getattr(interaction.namespace, "record", None) or ""))
    chosen = CommitmentFilter(number=record.number, state=state)
    listed = await list_commitments(desk_of(interaction), caller, chosen)
    texts, wanted = Texts(caller.language), fold(typed)
    labels = [(_label(texts, item), item.handle) for item in listed.items]
    fitting = [(label, handle) for label, handle in labels if wanted in fold(label)]
    return [app_commands.Choice(name=label, value=handle) for label, handle in fitting[:CHOICES]]


def _label(texts: Texts, item: ListedCommitment) -> str:
    what = " ".join(clean(item.commitment.what).split())
    position = item.handle.partition(".")[0]
    due = item.commitment.due
    end = f" · {texts.date(due)}" if due else ""
    return fit(f"{position} · {what}", LABEL - len(end)) + end
