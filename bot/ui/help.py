"""The help card and the welcome of the rehearsal."""

from dataclasses import replace

import discord

from bot.domain.offices import Office
from bot.domain.places import Place
from bot.i18n.commands import command_name
from bot.i18n.texts import Texts, Written
from bot.services.desk import Caller, Desk
from bot.services.posts import News, Post
from bot.services.question_examples import question_examples
from bot.ui.buttons import PersistentButton
from bot.ui.callers import chat_texts
from bot.ui.cards import Card
from bot.ui.pages import ListButton, Page, PageButton, page_of, paged
from bot.ui.posts import post_title

PARTS = {
    "title": (
        "ask", "visit_log", "visit_plan", "partner_show", "partner_list", "quiet", "reminders_upcoming",
        "undo", "language", "office_setup",
    ),
    "exchanges": (
        "visit_list", "visit_show", "visit_edit", "visit_remove", "visit_confirm", "visit_dispute",
        "visit_decision-done", "visit_balance",
        "lesson_add", "lesson_find", "lesson_show",
    ),
    "ties": (
        "partner_add", "partner_edit", "partner_pause", "partner_resume", "partner_end", "partner_timeline",
        "partner_compare", "partner_ties", "partner_claim", "partner_prefer", "partner_calendar", "anniversaries",
    ),
    "care": (
        "partner_health", "partner_revive", "partner_promise", "partner_promise-done", "partner_commitments",
        "partner_match", "partner_profile", "prospect_list", "prospect_move", "prospect_pilot", "prospect_plan",
        "prospect_steps", "prospect_step-done",
    ),
    "people": (
        "contact_add", "contact_edit", "contact_show", "contact_list", "contact_left", "contact_remove",
        "contact_alumni", "contact_confirm",
    ),
    "reminders": (
        "reminders_log", "reminders_settings", "reminders_test", "reminders_snooze", "reminders_assign",
        "reminders_done", "reminders_mute", "reminders_unmute",
    ),
    "records": (
        "history", "scope", "pressure_add", "pressure_edit", "pressure_list", "pressure_show", "pressure_remove",
        "pressure_facts", "privacy_mine", "privacy_forget-me", "privacy_find", "privacy_erase", "privacy_office",
    ),
    "office": (
        "office_settings", "office_questions", "office_kind", "office_savings", "office_cadence", "office_weights",
        "office_check", "group_show", "group_found", "group_invite", "group_withdraw", "group_accept",
        "group_decline", "group_leave",
    ),
}  # fmt: skip
"""The parts of the help and the commands in each: first what is for every day, and nothing else."""

TOPICS = tuple(topic for topics in PARTS.values() for topic in topics)
"""One entry for each command; a test holds them to the command tree."""

FIRST = next(iter(PARTS))

EXAMPLES = 12
"""How many questions are shown that one can ask."""


@paged("help")
async def help_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    """What can be done here, a line for each command of the part that the arguments name."""
    part = arguments if arguments in PARTS else FIRST
    card = Card(texts(f"help.{part}"), footer=texts("help.footer"))
    opening = [_opening(texts, caller.office), ""] if part == FIRST else []
    card.text([*opening, *(_line(texts, topic) for topic in PARTS[part])])
    return Page(card.embed, 0, 1, private=True, more=_buttons(texts, part))


def _opening(texts: Texts, office: Office | None) -> str:
    return texts("help.opening", place=office.place) if office else texts("help.no_office")


def _buttons(texts: Texts, shown: str) -> list[PersistentButton]:
    turns = [
        PageButton("help", texts.language, "n", 0, part, label=texts(f"help.{part}_button")) for part in PARTS
    ]
    for turn in turns:
        turn.item.disabled = turn.arguments == shown
    return [
        *turns,
        ListButton("examples", "", label=texts("answer.examples_button")),
        ListButton("kinds", "", label=texts("kind_rule.button")),
    ]


@paged("examples")
async def examples_page(desk: Desk, caller: Caller, texts: Texts, arguments: str, index: int) -> Page:
    """Questions that the office can ask, of every theme of the bank."""
    found = await question_examples(desk, replace(caller, language=texts.language), number=EXAMPLES)
    shown, index, pages = page_of([f"• {texts.write(each)}" for each in found], index)
    card = Card(texts("answer.examples"), footer=texts("answer.examples_footer"))
    return Page(card.text(shown).embed, index, pages, private=True)


def _line(texts: Texts, topic: str) -> str:
    """A command by the name that it has in this language, with the English one, and what it is for."""
    english = topic.replace("_", " ")
    name = command_name(english, texts.language)
    title = f"**/{name}**" if name == english else texts("help.translated", name=name, english=english)
    return f"{title} {texts(f'help.{topic}.text')}"


def welcome_card(texts: Texts, office: Office, quietest: Place, coming: Post[News] | None) -> discord.Embed:
    """The first message of a rehearsal: what to try, with a partner of the office, and which reminder comes next."""
    card = Card(texts("welcome.title", place=office.place), footer=texts("help.footer"))
    names = {"partner": quietest.name_en, "chinese": quietest.name_zh or quietest.name_en}
    card.text([texts("welcome.text", **names)])
    if coming is not None:
        at = coming.reminder.at
        line = texts(
            "welcome.next",
            when=Written(texts.moment(at, office.zone)),
            title=Written(post_title(chat_texts(coming.office.language), coming)),
            day=Written(office.today(at).isoformat()),
        )
        card.field(texts("welcome.next_title"), [line])
    return card.embed
