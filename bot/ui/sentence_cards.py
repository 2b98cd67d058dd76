"""The card that shows how a free sentence was read, and what its buttons do: confirm, choose, edit, reword, leave it.

What was written and answered so far is a draft of its writer's, so that any process can take a press, also after a
restart. Every press reads the sentence anew as of the day it was written on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta

import discord

from bot.domain.access import Action
from bot.domain.dates import PartialDate, Precision
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.exchanges import ExchangeKind
from bot.domain.places import Place
from bot.i18n.texts import Texts
from bot.services.access import permit
from bot.services.desk import Caller, Desk
from bot.services.preferences import keep_draft, read_draft
from bot.services.sentences import (
    DateQuestion,
    PlaceQuestion,
    Reading,
    Refusal,
    Understood,
    fields_shown,
    log_sentence,
    read_sentence,
)
from bot.ui.access import presses
from bot.ui.buttons import PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import QUIET_COLOUR, Card
from bot.ui.errors import answer, replace_message, soon
from bot.ui.exchanges import logged_view, visit_card
from bot.ui.forms import EMPTY, Form, Keys, Typed, form_id, make_form, register, text_field
from bot.ui.messages import Heard, Reply, reads_messages
from bot.ui.sentence_drafts import Draft
from bot.ui.sentences import sentence_lines
from bot.ui.visit_form import format_words, typed_fields, visit_form

CHOICES = 15
"""Choices that have a button each; more are named, and the sentence reworded."""

LONGEST = 2000
KINDS = (ExchangeKind.VIRTUAL_VISIT, ExchangeKind.VISIT_IN, ExchangeKind.VISIT_OUT, ExchangeKind.WEBINAR)
"""What is offered where a sentence does not say what it was; anything else is chosen in the form."""


async def read_draft_of(desk: Desk, caller: Caller, draft: Draft) -> Understood:
    return await read_sentence(desk, caller, draft.text, draft.today, draft.answers)


async def card_of(desk: Desk, caller: Caller, draft: Draft) -> tuple[discord.Embed, discord.ui.View]:
    """The card of a draft, which is kept, with its buttons; of what is no report, the reason without any."""
    texts = chat_texts(caller.language)
    understood = await read_draft_of(desk, caller, draft)
    reading = understood.reading
    if reading.refusal:
        card = Card(texts("sentence.refused_title"), colour=QUIET_COLOUR)
        return card.text(sentence_lines(texts, understood)).embed, discord.utils.MISSING
    assert caller.user_id is not None
    key = await keep_draft(desk, caller.user_id, f"sentence:{draft.about}", draft.values)
    card = Card(texts("sentence.title"), footer=texts("sentence.footer"))
    card.text([*sentence_lines(texts, understood)])
    return card.embed, view_of(*_buttons(Texts(caller.language), understood, key, caller.user_id))


def _buttons(texts: Texts, understood: Understood, key: str, writer: int) -> Iterator[PersistentButton]:
    reading = understood.reading
    if reading.is_complete:
        yield ConfirmButton(writer, key, label=texts("sentence.confirm"))
    yield from _choices(texts, understood, key, writer)
    if reading.places:
        yield EditSentenceButton(writer, key, label=texts("sentence.edit"))
    yield RewordButton(writer, key, label=texts("sentence.reword"))
    yield CancelButton(writer, label=texts("sentence.cancel"))


def _choices(texts: Texts, understood: Understood, key: str, writer: int) -> Iterator[PersistentButton]:
    """A button for each answer to the first question that is open, else for what a record needs and was not said."""
    reading = understood.reading
    for number, question in enumerate(reading.questions):
        if isinstance(question, PlaceQuestion) and question.choices:
            for place in question.choices[:CHOICES]:
                yield PlaceButton(writer, key, number, place.id, label=texts.place_in_full(place))
            return
        if isinstance(question, DateQuestion) and question.choices:
            for day in question.choices[:CHOICES]:
                yield DayButton(writer, key, day.iso(), label=texts.date(day, weekday=True))
            return
    if "kind" in reading.lacking:
        for kind in KINDS:
            yield KindButton(writer, key, kind, label=texts.word(kind))
    elif "date" in reading.lacking and not reading.questions:
        for days in (0, -1):
            day = PartialDate.of(understood.today + timedelta(days=days))
            yield DayButton(writer, key, day.iso(), label=texts.date(day, weekday=True))


NO_REPORTS = frozenset({Refusal.EMPTY, Refusal.ASKED, Refusal.NO_EXCHANGE})
"""What does not speak of an exchange at all."""


@reads_messages(rank=10)
async def read_report(desk: Desk, heard: Heard) -> Reply | None:
    """A message that reports an exchange is shown as it was read; any other is left to the next reader."""
    draft = _draft_of(heard.message, heard.text, heard.caller.today(desk))
    reading = (await read_draft_of(desk, heard.caller, draft)).reading
    if reading.refusal or (reading.kind is ExchangeKind.SIGNING and not _has_day(reading)):
        return None  # "the cities that signed with us" is rather a question
    permit(heard.caller, Action.LOG)
    return Reply(*await card_of(desk, heard.caller, draft))


def _has_day(reading: Reading) -> bool:
    return reading.day is not None and reading.day.precision is Precision.DAY


@reads_messages(rank=70)
async def refuse_report(desk: Desk, heard: Heard) -> Reply | None:
    """What is no question and speaks of an exchange all the same: what is missing, or why it is not logged."""
    draft = _draft_of(heard.message, heard.text, heard.caller.today(desk))
    understood = await read_draft_of(desk, heard.caller, draft)
    if not heard.addressed or understood.reading.refusal in NO_REPORTS:
        return None
    return Reply(*await card_of(desk, heard.caller, draft))


def _draft_of(message: discord.Message, text: str, today: date) -> Draft:
    """What a message says, written on that day; there is one record for each message, with the link to it."""
    return Draft(text, today, str(message.id), (message.jump_url,))


async def log_message(interaction: Interaction, message: discord.Message) -> None:
    """Show to whoever asks for it how a message is read as an exchange; the record keeps the link to it."""
    caller = await caller_of(interaction)
    written = caller.own_office().today(message.created_at)
    draft = _draft_of(message, message.content, written)
    embed, view = await soon(interaction, card_of(desk_of(interaction), caller, draft))
    await answer(interaction, embed, view, private=True)


# Presses -----------------------------------------------------------------------------------------------------


async def _draft(interaction: Interaction, writer: int, key: str) -> Draft:
    """The draft, for its writer alone. Raises `NotAllowed` (`sentence.others`) and `NotFound` (`form.draft_gone`)."""
    _only(interaction, writer)
    values = await read_draft(desk_of(interaction), writer, key)
    if values is None:
        raise NotFound("form.draft_gone")
    return Draft.from_values(values)


def _only(interaction: Interaction, writer: int) -> None:
    if interaction.user.id != writer:
        raise NotAllowed("sentence.others")


async def _show_again(interaction: Interaction, draft: Draft) -> None:
    made = card_of(desk_of(interaction), await caller_of(interaction), draft)
    embed, view = await soon(interaction, made, in_place=True)
    await replace_message(interaction, embed, view or None)


async def _log(interaction: Interaction, draft: Draft, typed: Typed | None = None) -> None:
    """Log it and put the card of the record in the place of the question."""
    caller = await caller_of(interaction)
    fields = typed_fields(typed) if typed is not None else None
    work = log_sentence(
        desk_of(interaction), caller, draft.text, draft.today, f"sentence:{draft.about}", draft.answers,
        draft.sources, fields,
    )  # fmt: skip
    logged = await soon(interaction, work, in_place=True)
    texts = chat_texts(caller.language)
    await replace_message(interaction, visit_card(texts, logged), logged_view(texts, logged))


class ConfirmButton(
    PersistentButton, custom_id="sentence:confirm:{writer}:{draft}", style=discord.ButtonStyle.success
):
    """Logs the sentence as it is shown; pressed twice, once."""

    writer: int
    draft: str

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        await _log(interaction, await _draft(interaction, self.writer, self.draft))


class DayButton(PersistentButton, custom_id="sentence:day:{writer}:{draft}:{day}"):
    """The day that was meant."""

    writer: int
    draft: str
    day: str

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        draft = await _draft(interaction, self.writer, self.draft)
        await _show_again(interaction, replace(draft, day=self.day))


class KindButton(PersistentButton, custom_id="sentence:kind:{writer}:{draft}:{kind}"):
    """What it was."""

    writer: int
    draft: str
    kind: ExchangeKind

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        draft = await _draft(interaction, self.writer, self.draft)
        await _show_again(interaction, replace(draft, kind=self.kind.value))


class PlaceButton(PersistentButton, custom_id="sentence:place:{writer}:{draft}:{question}:{place}"):
    """The place that was meant, by the number of the question."""

    writer: int
    draft: str
    question: int
    place: int

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        draft = await _draft(interaction, self.writer, self.draft)
        understood = await read_draft_of(desk_of(interaction), await caller_of(interaction), draft)
        asked = understood.reading.questions[self.question : self.question + 1]
        chosen = {each.key: self.place for each in asked if isinstance(each, PlaceQuestion)}
        await _show_again(interaction, replace(draft, places={**draft.places, **chosen}))


class EditSentenceButton(PersistentButton, custom_id="sentence:edit:{writer}:{draft}"):
    """Opens the form of a visit with what the sentence says."""

    writer: int
    draft: str

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        await _draft(interaction, self.writer, self.draft)
        keys = {"writer": str(self.writer), "draft": self.draft}
        await interaction.response.send_modal(await _open_edit(interaction, keys, EMPTY))


class RewordButton(PersistentButton, custom_id="sentence:reword:{writer}:{draft}"):
    """Opens the sentence itself, to be written anew."""

    writer: int
    draft: str

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        await _draft(interaction, self.writer, self.draft)
        keys = {"writer": str(self.writer), "draft": self.draft}
        await interaction.response.send_modal(await _open_reword(interaction, keys, EMPTY))


class CancelButton(PersistentButton, custom_id="sentence:cancel:{writer}"):
    """Leaves it; nothing was logged."""

    writer: int

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        _only(interaction, self.writer)
        texts = chat_texts((await caller_of(interaction)).language)
        await replace_message(interaction, Card(texts("sentence.nothing_logged"), colour=QUIET_COLOUR).embed)


# Forms -------------------------------------------------------------------------------------------------------


def _keys_of(keys: Keys) -> tuple[int, str]:
    return int(keys["writer"]), keys["draft"]


async def _open_edit(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    desk, caller = desk_of(interaction), await caller_of(interaction)
    understood = await read_draft_of(desk, caller, await _draft(interaction, *_keys_of(keys)))
    texts = Texts(caller.language)
    places: Sequence[Place] = understood.reading.places
    return visit_form(
        texts,
        texts("visit.form.title", partner=list(places)),
        form_id("sentence_edit", *_keys_of(keys)),
        typed or asdict(fields_shown(understood)),
        format_words(texts),
    )


async def _take_edit(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    await _log(interaction, await _draft(interaction, *_keys_of(keys)), typed)


async def _open_reword(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    texts = Texts((await caller_of(interaction)).language)
    draft = await _draft(interaction, *_keys_of(keys))
    text = text_field(
        "text",
        typed or {"text": draft.text[:LONGEST]},
        hint=texts("sentence.example.1"),
        longest=LONGEST,
        required=True,
        style=discord.TextStyle.paragraph,
    )
    title = texts("sentence.reword_title")
    return make_form(title, form_id("sentence_reword", *_keys_of(keys)), [(texts("sentence.words"), text)])


async def _take_reword(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    """What was answered was asked of other words, and goes."""
    draft = await _draft(interaction, *_keys_of(keys))
    again = Draft(typed.get("text", ""), draft.today, draft.about, draft.sources)
    await _show_again(interaction, again)


_KEYS = r"(?P<writer>\d+):(?P<draft>[\w-]+)"
register(Form("sentence_edit", Action.LOG, _KEYS, _open_edit, _take_edit))
register(Form("sentence_reword", Action.LOG, _KEYS, _open_reword, _take_reword))
