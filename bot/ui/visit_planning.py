"""/visit plan: the proposed times on one card, the form of a planned visit, and the answer with its calendar file."""

import io
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import discord

from bot.domain.access import Action
from bot.domain.exchanges import MAX_SUMMARY, MAX_TOPIC, Format
from bot.domain.lessons import NotedLesson
from bot.domain.places import Place
from bot.domain.slots import Slot
from bot.i18n.texts import Texts, Written
from bot.services.calendars import calendar_file
from bot.services.exchanges import LoggedVisit
from bot.services.lessons import fitting_lessons
from bot.services.places import place_with_id
from bot.services.visit_planning import USUAL, PlanForm, Proposal, plan_visit, propose_slots
from bot.ui.access import presses
from bot.ui.audience import restricted
from bot.ui.buttons import PersistentButton, Second, view_of
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.errors import answer, soon
from bot.ui.exchange_facts import fact_lines, status_lines, when_lines
from bot.ui.exchange_lists import exchange_entry
from bot.ui.exchanges import logged_view
from bot.ui.forms import Form, Keys, Typed, choice_field, form_id, make_form, register, text_field
from bot.ui.lessons import helped_buttons, lesson_line
from bot.ui.visit_events import EventState, event_line, follow
from bot.ui.visit_form import format_words

WHEN, MINUTES = 60, 20
WALL = "%Y-%m-%d %H:%M"


async def show_proposal(
    interaction: Interaction, partner: str, others: str, minutes: int, first: str
) -> None:
    """Answer with the best times, and a button for each that opens the form."""
    caller = await caller_of(interaction)
    named = [each for each in (partner, others) if each]
    proposal = await soon(interaction, propose_slots(desk_of(interaction), caller, named, minutes, first))
    texts = chat_texts(caller.language)
    await answer(interaction, proposal_card(texts, proposal), _slot_view(texts, proposal), private=True)


def proposal_card(texts: Texts, proposal: Proposal) -> discord.Embed:
    """The times by everybody's clocks, whether they lie in office hours, and what was kept free."""
    card = Card(
        texts("planning.title", partners=list(proposal.partners), n=proposal.minutes),
        footer=texts("planning.footer"),
    )
    lines = [
        line
        for number, slot in enumerate(proposal.slots, 1)
        for line in _slot_lines(texts, proposal, slot, number)
    ]
    if proposal.without_zone:
        lines.append(texts("planning.without_zone", places=list(proposal.without_zone)))
    card.text(lines or [texts("planning.none")])
    kept = [
        texts("planning.holiday", date=each.day, name=each.name, place=each.place)
        for each in proposal.holidays
    ]
    return card.field(texts("planning.kept_free"), kept).embed


def _slot_lines(texts: Texts, proposal: Proposal, slot: Slot, number: int) -> list[str]:
    clocks = [
        texts("planning.clock", place=side.place, moment=Written(texts.moment(slot.at, side.zone)))
        for side in proposal.sides
    ]
    key = "planning.slot_outside" if slot.outside else "planning.slot"
    return [texts(key, number=number, n=slot.outside), *(f"　{clock}" for clock in clocks)]


def _slot_view(texts: Texts, proposal: Proposal) -> discord.ui.View:
    """A button for each time, and one for another."""
    ids = ",".join(str(place.id) for place in proposal.partners)
    texts = Texts(texts.language)  # a button needs no protection from markdown
    slots = [
        SlotButton(ids, proposal.minutes, slot.at, label=texts("planning.take", number=number))
        for number, slot in enumerate(proposal.slots, 1)
    ]
    return view_of(*slots, OtherTimeButton(ids, proposal.minutes, label=texts("planning.other_time")))


class SlotButton(
    PersistentButton, custom_id="plan:slot:{partners}:{minutes}:{at}", style=discord.ButtonStyle.primary
):
    """Opens the form of a planned visit with a proposed time in it."""

    partners: str
    minutes: int
    at: Second

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        caller = await caller_of(interaction)
        zone = ZoneInfo(caller.own_office().zone)
        typed = {"when": self.at.astimezone(zone).strftime(WALL), "minutes": str(self.minutes)}
        await _open(interaction, self.partners, typed)


class OtherTimeButton(PersistentButton, custom_id="plan:other:{partners}:{minutes}"):
    """Opens the form without a time."""

    partners: str
    minutes: int

    @presses(Action.LOG)
    async def callback(self, interaction: Interaction) -> None:
        await _open(interaction, self.partners, {"minutes": str(self.minutes)})


async def _open(interaction: Interaction, partners: str, typed: Typed) -> None:
    keys = {"partners": partners, "request": str(interaction.id)}
    await interaction.response.send_modal(await _form(interaction, keys, typed))


async def _partners(interaction: Interaction, keys: Keys) -> list[Place]:
    return [await place_with_id(desk_of(interaction), int(each)) for each in keys["partners"].split(",")]


async def _form(interaction: Interaction, keys: Keys, typed: Typed) -> discord.ui.Modal:
    """The form; its request makes submitting it twice one record."""
    texts = Texts((await caller_of(interaction)).language)
    fields = {
        "when": text_field("when", typed, hint=texts("planning.form.when_hint"), longest=WHEN, required=True),
        "minutes": text_field("minutes", typed, hint=texts("planning.form.minutes_hint", n=USUAL), longest=MINUTES),
        "topic": text_field("topic", typed, hint=texts("visit.form.topic_hint"), longest=MAX_TOPIC),
        "format": choice_field("format", format_words(texts), typed.get("format", Format.VIDEO.value)),
        "link": text_field(
            "link", typed, hint=texts("planning.form.link_hint"), longest=MAX_SUMMARY, style=discord.TextStyle.paragraph
        ),
    }  # fmt: skip
    return make_form(
        texts("planning.form.title", partners=await _partners(interaction, keys)),
        form_id("visit_plan", keys["partners"], keys["request"]),
        [(texts(f"planning.form.{name}"), field) for name, field in fields.items()],
    )


async def _take(interaction: Interaction, keys: Keys, typed: Typed) -> None:
    caller, partners = await caller_of(interaction), await _partners(interaction, keys)
    form = PlanForm(
        partners=[place.key for place in partners],
        when=typed.get("when", ""),
        minutes=typed.get("minutes", ""),
        topic=typed.get("topic", ""),
        format=typed.get("format", Format.VIDEO.value),
        link=typed.get("link", ""),
    )
    work = plan_visit(desk_of(interaction), caller, form, f"discord:{keys['request']}")
    planned = await soon(interaction, work)
    texts = chat_texts(caller.language)
    event = await follow(interaction, planned.exchange, Texts(caller.own_office().language))
    lessons = await fitting_lessons(desk_of(interaction), caller, planned.exchange)
    view = logged_view(texts, planned)
    for button in helped_buttons(texts, lessons):
        view.add_item(button)
    await answer(
        interaction,
        planned_card(texts, planned, event, lessons),
        view,
        private=restricted([planned.exchange.scope, *(each.scope for each in lessons)]),
        file=plan_file(Texts(caller.language), planned, desk_of(interaction).clock()),
    )


register(Form("visit_plan", Action.LOG, r"(?P<partners>\d+(?:,\d+)*):(?P<request>\d+)", _form, _take))


def planned_card(
    texts: Texts,
    planned: LoggedVisit,
    event: EventState = EventState.NONE,
    lessons: Sequence[NotedLesson] = (),
) -> discord.Embed:
    """What was planned, by everybody's clocks, and what comes next; with the lessons that fit it."""
    exchange, places = planned.exchange, [each.place for each in planned.partners]
    card = Card(
        texts("planning.planned", record=Written(exchange.record), partners=places),
        footer=texts("planning.planned_footer"),
    )
    lines: Sequence[str] = [*status_lines(texts, exchange), *when_lines(texts, exchange)]
    card.text([*lines, *fact_lines(texts, exchange), event_line(texts, event)])
    return card.field(texts("lesson.fitting"), [lesson_line(texts, each) for each in lessons]).embed


def plan_file(texts: Texts, planned: LoggedVisit, now: datetime) -> discord.File:
    """The planned visit for one's own calendar; its entry has the id that it has in every other file of ours."""
    return discord.File(io.BytesIO(plan_content(texts, planned, now)), f"{planned.exchange.record}.ics")


def plan_content(texts: Texts, planned: LoggedVisit, now: datetime) -> bytes:
    """The calendar file itself."""
    entry = exchange_entry(texts, planned.home, planned.exchange)
    assert entry is not None, "a planned visit has its day and time"
    return calendar_file(entry.title, [entry], now)
