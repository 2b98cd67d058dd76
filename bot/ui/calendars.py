"""The words of the calendar file, and how it is sent."""

import io

import discord

from bot.domain.access import Scope
from bot.domain.calendars import CalendarDay, DayKind, DecisionDay, Inexact, next_milestone
from bot.domain.contacts import Contact
from bot.i18n.texts import Texts, Written
from bot.services.calendars import Entry, OfficeCalendar, calendar_file, office_calendar
from bot.ui.audience import restricted
from bot.ui.callers import Interaction, caller_of, chat_texts, desk_of
from bot.ui.cards import Card
from bot.ui.exchange_lists import exchange_entry
from bot.ui.partnerships import exchange_title, milestone_name

LEFT_OUT_SHOWN = 15


async def send_calendar(interaction: Interaction, reach: Scope) -> None:
    """Answer with the office's calendar as a file, for the person alone, and with what could not go into it."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    caller = await caller_of(interaction)
    found = await office_calendar(desk_of(interaction), caller, reach)
    file = discord.File(io.BytesIO(calendar_content(Texts(caller.language), found)), calendar_name(found))
    card = calendar_card(chat_texts(caller.language), found)
    await interaction.followup.send(embed=card, file=file, ephemeral=True)


def calendar_name(found: OfficeCalendar) -> str:
    return f"partners-{found.home.key}.ics"


def calendar_content(texts: Texts, found: OfficeCalendar) -> bytes:
    """The file itself, in the reader's language."""
    entries = [_entry(texts, found, each) for each in found.days]
    entries += [entry for each in found.planned if (entry := exchange_entry(texts, found.home, each))]
    entries += [_decision_entry(texts, found, each) for each in found.decided]
    entries += [_term_entry(texts, each) for each in found.terms]
    return calendar_file(texts("calendar.name", home=found.home), entries, found.now)


def calendar_card(texts: Texts, found: OfficeCalendar) -> discord.Embed:
    """How many days the file has, and what is left out of it, with record numbers."""
    card = Card(texts("calendar.name", home=found.home))
    lines = [texts("calendar.days", n=found.entries)]
    card.text([*lines, texts("files.restricted") if restricted(found.scopes) else ""])
    card.field(texts("calendar.left_out"), left_out_lines(texts, found))
    return card.embed


def left_out_lines(texts: Texts, found: OfficeCalendar) -> list[str]:
    """What has no exact day, one a line; those that are too many are counted."""
    lines = [_left_out_line(texts, each) for each in found.left_out[:LEFT_OUT_SHOWN]]
    if (more := len(found.left_out) - LEFT_OUT_SHOWN) > 0:
        lines.append(texts("calendar.more_left_out", n=more))
    return lines


def _left_out_line(texts: Texts, each: Inexact) -> str:
    told = texts.date(each.date) if each.date else texts("list.no_date")
    key = "calendar.inexact" if each.kind is DayKind.ANNIVERSARY else "calendar.inexact_due"
    return texts(key, record=Written(each.record), partners=each.partners, date=Written(told))


def _entry(texts: Texts, found: OfficeCalendar, each: CalendarDay) -> Entry:
    return Entry(each.key, each.day, each.yearly, _title(texts, found, each), _text(texts, each))


def _decision_entry(texts: Texts, found: OfficeCalendar, each: DecisionDay) -> Entry:
    """Until when something is to be done, by whom, and the exchange in which that was decided."""
    title = texts("calendar.decision", home=found.home, partners=each.partners, what=each.decision.what)
    lines = [" · ".join(filter(None, (each.exchange.record, exchange_title(texts, each.exchange))))]
    if each.decision.owner:
        lines.append(texts("partner.owner", name=each.decision.owner))
    return Entry(each.key, each.day, yearly=False, title=title, text="\n".join(lines))


def _term_entry(texts: Texts, person: Contact) -> Entry:
    """Where a term ends, and the number by which those who may see it find whose."""
    day = person.until.exact() if person.until else None
    assert day is not None, "what has none is left out"
    title = texts("calendar.term", place=person.place, record=Written(person.record))
    return Entry(f"{person.record}:term", day, yearly=False, title=title, text=person.record)


def _title(texts: Texts, found: OfficeCalendar, each: CalendarDay) -> str:
    if each.kind is DayKind.ANNIVERSARY and each.years is not None:
        return texts("calendar.anniversary_years", home=found.home, partners=each.partners, n=each.years)
    what = each.promise.what if each.promise else ""
    return texts(f"calendar.{each.kind.value}", home=found.home, partners=each.partners, what=what)


def _text(texts: Texts, each: CalendarDay) -> str:
    """The record that the entry rests on; of an anniversary also the next jubilee with a name."""
    act = each.act
    signed = act.signed if act.signed else Written(texts("list.no_date"))
    lines = [texts("calendar.act", record=Written(act.record), kind=act.kind, signed=signed)]
    if act.named:
        lines.append(texts("partner.act_named", named=act.named))
    if each.kind is DayKind.ANNIVERSARY and act.signed:
        coming = next_milestone(act.signed, each.day.year)
        if name := milestone_name(texts, coming.milestone):
            year = Written(str(coming.occurrence.year))
            lines.append(texts("calendar.next_milestone", year=year, n=coming.years, name=Written(name)))
    if each.promise and each.promise.owner:
        lines.append(texts("partner.owner", name=each.promise.owner))
    return "\n".join(lines)
