"""The buttons under reminders by which people look after them, the forms behind these, and the answers."""

from datetime import timedelta

import discord

from bot.domain.access import Action
from bot.domain.dates import PartialDate
from bot.domain.reminders import ReminderKind
from bot.i18n.texts import Texts, Written
from bot.services.posts import News, Post
from bot.services.tending import Snoozed, Which, assign, finish, read_put_off, snooze
from bot.ui.access import presses
from bot.ui.buttons import Day, PersistentButton, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.errors import answer, soon
from bot.ui.forms import (
    EMPTY,
    Form,
    Keys,
    Typed,
    form_id,
    ids_in,
    make_form,
    person_field,
    register,
    text_field,
)

A_DAY, A_WEEK = 1, 7
DATE = 60


class ReminderButton(PersistentButton):
    """A button that is about one reminder; of one that was put off, about the one that it repeats."""

    kind: ReminderKind
    subject: str
    occurrence: Day
    lead: int

    @property
    def which(self) -> Which:
        return Which(self.kind, self.subject, self.occurrence, self.lead)


# Which -------------------------------------------------------------------------------------------------------


def tending_buttons(texts: Texts, post: Post[News]) -> list[PersistentButton]:
    """To say who is on it, to put it off, and to say that it is done."""
    keys = *post.reminder.marked, post.reminder.lead_days
    return [
        AssignButton(*keys, label=texts("tend.assign_button")),
        SnoozeButton(*keys, label=texts("tend.snooze_button")),
        DoneButton(*keys, label=texts("tend.done_button")),
    ]


KEYS = rf"(?P<kind>{'|'.join(ReminderKind)}):(?P<subject>[^:]+):(?P<occurrence>\d{{4}}-\d\d-\d\d):(?P<lead>-?\d+)"
"""What the forms carry: `which_from` reads it back."""


def which_from(keys: Keys) -> Which:
    occurrence = PartialDate.from_iso(keys["occurrence"]).earliest()
    return Which(ReminderKind(keys["kind"]), keys["subject"], occurrence, int(keys["lead"]))


def _form_id(name: str, which: Which) -> str:
    return form_id(name, which.kind.value, which.subject, which.occurrence.isoformat(), which.lead)


# Putting off -------------------------------------------------------------------------------------------------


class SnoozeButton(ReminderButton, custom_id="snooze:{kind}:{subject}:{occurrence}:{lead}"):
    """Asks for how long."""

    @presses(Action.REMIND)
    async def callback(self, interaction: Interaction) -> None:
        texts = chat_texts((await caller_of(interaction)).language)
        keys = self.kind, self.subject, self.occurrence, self.lead
        view = view_of(
            SnoozeForButton(*keys, A_DAY, label=texts("snooze.day_button")),
            SnoozeForButton(*keys, A_WEEK, label=texts("snooze.week_button")),
            SnoozeUntilButton(*keys, label=texts("snooze.until_button")),
        )
        card = Card(texts("snooze.title")).text([texts("snooze.ask")])
        await answer(interaction, card.embed, view, private=True)


class SnoozeForButton(ReminderButton, custom_id="snooze-for:{kind}:{subject}:{occurrence}:{lead}:{days}"):
    """Puts a reminder off for so many days."""

    days: int

    @presses(Action.REMIND)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        desk = desk_of(interaction)
        until = caller.today(desk) + timedelta(days=self.days)
        await show_snoozed(interaction, await soon(interaction, snooze(desk, caller, self.which, until)))


class SnoozeUntilButton(ReminderButton, custom_id="snooze-until:{kind}:{subject}:{occurrence}:{lead}"):
    """Opens the form that asks for the day."""

    @presses(Action.REMIND)
    async def callback(self, interaction: Interaction) -> None:
        texts = Texts((await caller_of(interaction)).language)
        await interaction.response.send_modal(_snooze_form(texts, self.which))


def _snooze_form(texts: Texts, which: Which, typed: Typed = EMPTY) -> discord.ui.Modal:
    field = text_field("until", typed, hint=texts("snooze.form.until_hint"), longest=DATE, required=True)
    return make_form(texts("snooze.title"), _form_id("snooze", which), [(texts("snooze.form.until"), field)])


async def _open_snooze(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    return _snooze_form(Texts((await caller_of(interaction)).language), which_from(keys), typed)


async def _take_snooze(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    await put_off(interaction, which_from(keys), typed.get("until", ""))


register(Form("snooze", Action.REMIND, KEYS, _open_snooze, _take_snooze))


async def put_off(interaction: Interaction, which: Which, until: str) -> None:
    """Put a reminder off until a day that was typed, and say when it comes again."""
    desk, caller = desk_of(interaction), await caller_of(interaction)
    day = read_put_off(until, caller.today(desk))
    await show_snoozed(interaction, await soon(interaction, snooze(desk, caller, which, day)))


async def show_snoozed(interaction: Interaction, snoozed: Snoozed) -> None:
    texts = chat_texts((await caller_of(interaction)).language)
    await answer(interaction, snoozed_card(texts, snoozed), private=True)


def snoozed_card(texts: Texts, snoozed: Snoozed) -> discord.Embed:
    """When it comes again; that what comes by itself is untouched."""
    when = Written(texts.moment(snoozed.at, snoozed.post.office.zone))
    return Card(_title(texts, snoozed.post)).text([texts("snooze.done", when=when)]).embed


# Who is on it ------------------------------------------------------------------------------------------------


class AssignButton(ReminderButton, custom_id="assign:{kind}:{subject}:{occurrence}:{lead}"):
    """Opens the form that asks who looks after it."""

    @presses(Action.REMIND)
    async def callback(self, interaction: Interaction) -> None:
        texts = Texts((await caller_of(interaction)).language)
        person = {"person": str(interaction.user.id)}
        await interaction.response.send_modal(_assign_form(texts, self.which, person))


def _assign_form(texts: Texts, which: Which, typed: Typed) -> discord.ui.Modal:
    """The form; whoever opens it is offered first."""
    field = person_field("person", next(iter(ids_in(typed, "person")), None))
    return make_form(texts("assign.title"), _form_id("assign", which), [(texts("assign.form.person"), field)])


async def _open_assign(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    return _assign_form(Texts((await caller_of(interaction)).language), which_from(keys), typed)


async def _take_assign(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    await give_to(interaction, which_from(keys), next(iter(ids_in(typed, "person")), None))


register(Form("assign", Action.REMIND, KEYS, _open_assign, _take_assign))


async def give_to(interaction: Interaction, which: Which, person: int | None) -> None:
    """Say who looks after it, for everybody in the channel to see."""
    desk, caller = desk_of(interaction), await caller_of(interaction)
    post = await soon(interaction, assign(desk, caller, which, person))
    texts = chat_texts(caller.language)
    line = assigned_line(texts, person) if person else texts("assign.nobody")
    await answer(interaction, Card(_title(texts, post)).text([line]).embed)


def assigned_line(texts: Texts, person: int) -> str:
    return texts("post.assigned", person=Written(f"<@{person}>"))


# Done --------------------------------------------------------------------------------------------------------


class DoneButton(ReminderButton, custom_id="done:{kind}:{subject}:{occurrence}:{lead}"):
    """Says that it is done: no more reminders of it come."""

    @presses(Action.REMIND)
    async def callback(self, interaction: Interaction) -> None:
        await finish_it(interaction, self.which, done=True)


class NotDoneButton(ReminderButton, custom_id="not-done:{kind}:{subject}:{occurrence}:{lead}"):
    """Takes that back."""

    @presses(Action.REMIND)
    async def callback(self, interaction: Interaction) -> None:
        await finish_it(interaction, self.which, done=False)


async def finish_it(interaction: Interaction, which: Which, *, done: bool) -> None:
    """Say, for everybody in the channel to see, that something is done, or that it is not."""
    desk, caller = desk_of(interaction), await caller_of(interaction)
    post = await soon(interaction, finish(desk, caller, which, done=done))
    texts = chat_texts(caller.language)
    card = Card(_title(texts, post))
    if not done:
        await answer(interaction, card.text([texts("tend.not_done")]).embed)
        return
    again = NotDoneButton(
        which.kind, which.subject, which.occurrence, which.lead, label=texts("tend.not_done_button")
    )
    person = Written(interaction.user.mention)
    await answer(interaction, card.text([texts("tend.done", person=person)]).embed, view_of(again))


def _title(texts: Texts, post: Post[News]) -> str:
    record = Written(", ".join(post.news.records[:1]))
    return texts("tend.title", record=record, places=list(post.news.partners or post.news.places))
